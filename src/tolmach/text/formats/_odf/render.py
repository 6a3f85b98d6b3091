"""OpenDocument texts in another language."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tolmach.config import primary
from tolmach.text.formats import Rendering, Source, _expat, _marked, _zip
from tolmach.text.formats._composed import composed
from tolmach.text.formats._edits import Place
from tolmach.text.formats._expat import Part, Splice, escaped
from tolmach.text.formats._odf import edits
from tolmach.text.formats._odf.inline import Line, Pair, lines
from tolmach.text.formats._odf.read import attribute, short
from tolmach.text.formats._office.languages import documents
from tolmach.text.formats._office.rendering import Sentence, byte_places, put, sentences
from tolmach.text.formats._splices import Splices
from tolmach.text.locales import locale
from tolmach.text.model import REPLACED, Passage, Span

# A text of one code point for each byte, so that places in the bytes are places in it.
_BYTES = "latin-1"
_BREAK = re.compile(rb"<(?![\w.-]*:?s[\s/>])")


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences in the language, and those that could not be put in place."""
    archive, stories, default = edits.load(source)
    found, left = sentences(stories, documents(source, "odt", stories, default), renderings)
    writers = {story.part.name: _Writer(story.part, lines(story.part, source.path), language) for story in stories}
    changed, spoken, others = put(writers, found, source.path)
    if not changed:
        return source.content, (*left, *others)
    for story in stories:
        name = story.part.name
        part = _expat.part(name, changed.get(name, archive.read(name)), source.path)
        named = _languages(part, source.path, spoken | {primary(default)}, locale(language))
        if named:
            changed[name] = part.spliced(named)
    return _zip.replaced(archive, changed), (*left, *others)


@dataclass(frozen=True, slots=True)
class _Written:
    """A passage that knows the bytes of its code points; the pairs around them; are there sections of characters?

    `fields` and `stretches` are how those begin that must not be lost.
    """

    passage: Passage
    pairs: _marked.Pairs
    sections: bool
    fields: frozenset[str]
    stretches: frozenset[str]


@dataclass(slots=True)
class _Writer:
    """Writes sentences into a part."""

    part: Part
    lines: dict[int, Line]
    language: str
    splices: Splices[str] = field(init=False)
    _known: dict[tuple[int, int], _Written] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.splices = Splices(self.part.content.decode(_BYTES))

    def write(self, sentence: Sentence) -> bool:
        """Write a sentence; whether that was possible."""
        line = self.lines.get(sentence.paragraph.start)
        if line is None:
            return False
        if sentence.passage_key not in self._known:
            self._known[sentence.passage_key] = _read(self.part, sentence, line)
        known = self._known[sentence.passage_key]
        if known.sections:
            return False
        found = _marked.marked(
            Place(known.passage, sentence.place.span),
            known.pairs,
            self.splices,
            lambda written: written.startswith("<"),
        )
        pieces = composed(
            sentence.rendering,
            found,
            (sentence.language, self.language),
            lambda text: [escaped(sign).decode(_BYTES) for sign in text],
            lambda mark: mark.begin in known.fields or mark.begin.startswith("<text:a "),
        )
        text = "".join(" " if piece is None else piece for piece in pieces)
        lost = (mark for mark in found.marks if mark.begin in known.stretches and mark.begin not in pieces)
        text += "".join(mark.begin + mark.end for mark in lost)
        return self.splices.add(found.extent, text)

    def written(self) -> bytes:
        """The part with all that has been written."""
        return self.part.spliced((start, end, text.encode(_BYTES)) for start, end, text in self.splices.found)


def _read(part: Part, sentence: Sentence, line: Line) -> _Written:
    """The passage of the sentence with the bytes of its code points, and where lines break."""
    passage, paragraph = sentence.place.passage, sentence.paragraph
    places, signs = byte_places(paragraph), []
    starts, ends = array("q"), array("q")
    around = {begin.end: (begin, tail) for begin, tail in line.pairs}
    for letter, sign in enumerate(passage.text):
        read = passage.locate(Span(letter, letter + 1)).shifted(-sentence.first)
        start, end = places[read.start].start, places[read.end - 1].end
        if sign == REPLACED:
            start, end = _whole(line.objects.get(start, Span(start, end)), around)
        signs.append("\n" if sign == " " and _BREAK.match(part.content, start) else sign)
        starts.append(start)
        ends.append(end)
    objects = sorted(Span(starts[letter], ends[letter]) for letter, sign in enumerate(signs) if sign == REPLACED)
    free = (pair for pair in (*line.pairs, *line.fields, *line.stretches) if not _is_inside(pair, objects))
    sections = b"<!" in part.content[paragraph.start : paragraph.pieces[-1].end]
    written = Passage("".join(signs), passage.language, starts[0], starts, ends)
    return _Written(written, _marked.Pairs(free), sections, _begins(part, line.fields), _begins(part, line.stretches))


def _begins(part: Part, pairs: Iterable[Pair]) -> frozenset[str]:
    return frozenset(part.content[begin.start : begin.end].decode(_BYTES) for begin, _end in pairs)


def _whole(held: Span, around: Mapping[int, Pair]) -> tuple[int, int]:
    """An object, or a stretch in another language, with the tags just around it (`around`: by where these begin it)."""
    start, end = held.start, held.end
    while start in around and around[start][1].start == end:
        begin, tail = around[start]
        start, end = begin.start, tail.end
    return start, end


def _is_inside(pair: Pair, objects: Sequence[Span]) -> bool:
    """Does one of the objects, which are in order and apart, hold all of the pair?"""
    number = bisect_right(objects, pair[0].start, key=lambda one: one.start) - 1
    return number >= 0 and pair[1].end <= objects[number].end


def _languages(part: Part, path: str, spoken: Collection[str], language: str) -> list[Splice]:
    """Where the styles name one of the languages, that one instead; `language` has its region."""
    code, _hyphen, region = language.partition("-")
    found: list[Splice] = []
    for name, attributes, place in _expat.tags(part, path):
        if short(name) == "style:text-properties" and attribute(attributes, "fo:language") in spoken:
            for local, value in ((b"language", code), (b"country", region.rpartition("-")[2] or "none")):
                place_of = re.compile(rb":" + local + rb"\s*=\s*[\"']([^\"']*)").search(part.content, place)
                if place_of and place_of.start() < part.tag(place)[0]:
                    found.append((*place_of.span(1), value.encode()))
    return found
