"""Markdown in another language: sentences among emphasis, links and notes, lines as long as they were."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tolmach.config import primary
from tolmach.text.decode import Decoded
from tolmach.text.formats import Rendering, _inline, _marked, _rendering
from tolmach.text.formats._composed import completed
from tolmach.text.formats._edits import Place
from tolmach.text.formats._markdown.blocks import Paragraph
from tolmach.text.formats._splices import Splices
from tolmach.text.model import REPLACED, Passage, Span

_LINK = re.compile(r"!?\[|<a\b|<[^>]*\s(?:id|name|href)\s*=", re.IGNORECASE)
# Signs that would be marks where they stand: \ before a sign, * not between blanks, _ at the edge of a word …
_WOULD_MARK = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]) | ` | (?<!\s)\* | \*(?!\s) | (?<!\w)_ | _(?!\w) | ~~ | <(?=[A-Za-z/!?])
      | &(?=\#?\w{1,32};) | !?\[(?=[^\]]*\](?:[(\[:]|\[\])) | \[(?=[\[^])
      | \{(?=[{%]) | \$(?=\S)""",
    re.VERBOSE,
)
_MARK = re.compile(r"[\\`*_\[\]<>~|&${]")
# What at the beginning of a line would be a list entry, a heading, a quote, a rule or a fence.
_OPENS_BLOCK = re.compile(
    r"(?:\d{1,9}(?=[.)](?:\s|$)))?(?P<sign>(?<=\d)[.)]|[-+*](?=\s|$)|#{1,6}(?=\s|$)|>|~~~|[=-]+$)"
)
_ATTRIBUTES = re.compile(r"\{(?=[#.:\w])[^{}\n]{1,300}\}")
_FEW = 8  # emphases in a sentence that are tried without each
_LABEL_ENDS = ("]", "][]")  # what ends a link that is its own label
_PREFIX = re.compile(r"\n[ \t>]*")


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it was read: its passages, its paragraphs as they are written, the names of addresses in it, and where
    the front matter names the language."""

    decoded: Decoded
    passages: Sequence[Passage]
    paragraphs: Sequence[Paragraph]
    labels: frozenset[str]
    language: Span | None


def render(page: Page, renderings: Iterable[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The text with these sentences in the language, and those that could not be put in place."""
    text = page.decoded.text
    splices = Splices(text)
    found, left = _marked.found_in(page.passages, sorted(renderings, key=lambda one: one.span))
    written = _Paragraphs(page, splices)
    for one, place in found:
        if one.text != one.source and not written.put(place, one, language):
            left.append(one)
    written.refer()
    spoken = {primary(place.passage.language) for _one, place in found}
    if page.language and primary(text[page.language.start : page.language.end].lower().replace("_", "-")) in spoken:
        splices.add(page.language, language)
    return _rendering.encoded(page.decoded, splices.raw(Span(0, len(text)))), tuple(left)


class _Paragraphs:
    """The paragraphs of a file while their sentences are written."""

    def __init__(self, page: Page, splices: Splices[str]) -> None:
        self.page = page
        self.splices = splices
        self.starts = [one.written.starts[0] for one in page.paragraphs]
        self.changed: set[int] = set()
        self.number, self.pairs = -1, _marked.Pairs(())

    def put(self, place: Place, rendering: Rendering, language: str) -> bool:
        """Write a sentence; False where it would not be read as it should."""
        number = bisect_right(self.starts, rendering.span.start) - 1
        paragraph = self.page.paragraphs[number]
        self.changed.add(number)
        if number != self.number:
            self.number, self.pairs = number, _marked.Pairs(self._pairs(paragraph))
        found = _marked.marked(place, self.pairs, self.splices, _is_break)
        found = replace(found, marks=tuple(map(self._referring, found.marks)))
        begins = self._begins_line(paragraph, found.extent.start)
        begins = begins and not _OPENS_BLOCK.match(self.page.decoded.text, found.extent.start)
        languages = place.passage.language, language
        for attempt in _attempts(found):
            for everything in (False, True):
                escape = partial(_escaped, kind=paragraph.kind, begins=begins, everything=everything)
                text, composed = completed(rendering, attempt, languages, escape, _keeps)
                pieces = list(_with_code_apart(composed))
                if self._is_read(attempt, pieces, text):
                    written = self._in_lines(paragraph, attempt, pieces)
                    return self.splices.add(found.extent, self._with_short_links(written, attempt.marks))
        return False

    def refer(self) -> None:
        """Give links around whole sentences that are their own labels these labels."""
        text = self.page.decoded.text
        for number in self.changed:
            for begin, end in self._pairs(self.page.paragraphs[number]):
                label = text[begin.end : end.start]
                if text[end.start : end.end] in _LABEL_ENDS and self.splices.raw(Span(begin.end, end.start)) != label:
                    self.splices.add(end, f"][{label}]")

    def _pairs(self, paragraph: Paragraph) -> Iterator[_marked.Pair]:
        """The pairs of a paragraph; attributes behind one belong to its end."""
        for begin, end in _inline.pairs(paragraph.written, self.page.labels):
            attributes = _ATTRIBUTES.match(self.page.decoded.text, end.end)
            yield begin, Span(end.start, attributes.end()) if attributes else end

    def _referring(self, mark: _marked.Mark) -> _marked.Mark:
        """A link that is its own label, as one with that label: `[Aul]` as `[…][Aul]`."""
        if mark.end not in _LABEL_ENDS:
            return mark
        label = self.page.decoded.text[mark.extent.start + len(mark.begin) : mark.extent.end - len(mark.end)]
        return mark._replace(end=f"][{label}]")

    def _with_short_links(self, written: str, marks: Iterable[_marked.Mark]) -> str:
        """The text with links as they were whose words are still their labels."""
        text = self.page.decoded.text
        for mark in marks:
            if mark.end.startswith("]["):
                label, end = mark.end[1:], mark.extent.end
                # `[Aul]: …` would be a definition, `[Aul](…)` another link.
                behind = "[]" if text.startswith("[]", end - 2) else ""
                follows = "" if behind else r"(?![:(\[])"
                short = (label + behind).replace("\\", r"\\")
                written = re.sub(re.escape(label + label) + follows, short, written)
        return written

    def _begins_line(self, paragraph: Paragraph, start: int) -> bool:
        text = self.page.decoded.text
        before = text[text.rfind("\n", 0, start) + 1 : start]
        return start == paragraph.written.starts[0] or not before.strip(" \t>")

    def _is_read(self, sentence: _marked.Marked, pieces: Sequence[str | None], text: str) -> bool:
        """Is the sentence read as its translation, whatever stands for objects? One with half a pair is trusted."""
        if not all(mark.opens and mark.closes for mark in sentence.marks):
            return True
        wanted = _MARK.sub(r"\\\g<0>", text)
        written = _PREFIX.sub("\n", _one_line(pieces))
        return self._letters(written) == self._letters(wanted) or REPLACED in _one_line(pieces)

    def _letters(self, written: str) -> str:
        places = array("I", range(len(written) + 1))
        block = _inline.read(_inline.Written(written, places[:-1], places[1:]), self.page.labels)
        return "".join(block.text().replace(REPLACED, "").split())

    def _in_lines(self, paragraph: Paragraph, sentence: _marked.Marked, pieces: Sequence[str | None]) -> str:
        """The sentence in lines no longer than those of its paragraph, where that had been wrapped."""
        if not sentence.soft:
            return _one_line(pieces)
        text, first, last = self.page.decoded.text, paragraph.written.starts[0], paragraph.written.ends[-1]
        start = text.rfind("\n", 0, first) + 1
        width = max(map(len, text[start:last].splitlines()))
        before = self.splices.raw(Span(start, sentence.extent.start))
        column = len(before) - before.rfind("\n") - 1
        lines = ""
        for word in _words(pieces):
            if lines and column + 1 + len(word) > width and not _OPENS_BLOCK.match(word):
                lines, column = f"{lines}{sentence.soft}", len(sentence.soft) - sentence.soft.rfind("\n") - 1
            elif lines:
                lines, column = f"{lines} ", column + 1
            lines, column = lines + word, len(word) + (column if "\n" not in word else 0)
        return lines


def _attempts(sentence: _marked.Marked) -> Iterator[_marked.Marked]:
    """The sentence with all its marks, without one emphasis, and without any: some places are none for emphasis."""
    yield sentence
    may_go = [mark for mark in sentence.marks if not _stays(mark)]
    if len(may_go) <= _FEW:
        for gone in may_go:
            yield replace(sentence, marks=tuple(mark for mark in sentence.marks if mark is not gone))
    yield replace(sentence, marks=tuple(filter(_stays, sentence.marks)))


def _words(pieces: Iterable[str | None]) -> Iterator[str]:
    word = ""
    for piece in pieces:
        if piece is None and word:
            yield word
        word = "" if piece is None else word + piece
    if word:
        yield word


def _with_code_apart(pieces: Iterable[str | None]) -> Iterator[str | None]:
    """The pieces with a blank where code would stand right behind other code, and both would be one."""
    last: str | None = None
    for piece in pieces:
        if last and piece and last.endswith("`") and piece.startswith("`") and last != "\\`":
            yield None
        yield piece
        last = last if piece == "" else piece


def _one_line(pieces: Iterable[str | None]) -> str:
    return "".join(" " if piece is None else piece for piece in pieces)


def _is_break(written: str) -> bool:
    """Two blanks or a backslash at the end of a line, or `<br>`."""
    return written.startswith(("  ", "\\", "<"))


def _keeps(mark: _marked.Mark) -> bool:
    return _LINK.match(mark.begin) is not None


def _stays(mark: _marked.Mark) -> bool:
    return _keeps(mark) or not (mark.opens and mark.closes)


def _escaped(text: str, kind: str, *, begins: bool, everything: bool) -> list[str]:
    """How each code point is written: with a backslash where it would be a mark."""
    places = {found.start() for found in (_MARK if everything else _WOULD_MARK).finditer(text)}
    brackets = {place for place, sign in enumerate(text) if sign in "[]"}
    if brackets & places or not _is_balanced(text):
        # Else one of them would end the link that the sentence stands in.
        places |= brackets
    opening = _OPENS_BLOCK.match(text) if begins and kind == "text" else None
    if opening:
        places.add(opening.start("sign"))
    if kind == "cell":
        places |= {place for place, sign in enumerate(text) if sign == "|"}
    if kind == "line" and text.endswith(" #"):
        places.add(len(text) - 1)
    return [f"\\{sign}" if place in places else sign for place, sign in enumerate(text)]


def _is_balanced(text: str) -> bool:
    """Does every bracket that opens close, and none else?"""
    depth = 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return False
    return depth == 0
