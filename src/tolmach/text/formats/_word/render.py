"""Word documents in another language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tolmach.config import primary
from tolmach.text.formats import Rendering, Source, _zip
from tolmach.text.formats._expat import Part, escaped
from tolmach.text.formats._office.languages import documents
from tolmach.text.formats._office.read import Paragraph, Piece, Run, pieces
from tolmach.text.formats._office.rendering import Sentence, put, sentences
from tolmach.text.formats._splices import Splices
from tolmach.text.formats._word import language as word_language
from tolmach.text.formats._word import package as word_package
from tolmach.text.formats._word.composition import Composition
from tolmach.text.formats._word.cuts import beginning, prefix
from tolmach.text.formats._word.edits import PRESERVE
from tolmach.text.formats._word.layout import Layout, layout
from tolmach.text.locales import locale
from tolmach.text.model import Span


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences in the language, and those that could not be put in place."""
    package = word_package.load(source)
    read = documents(source, "docx", package.stories, package.language)
    found, left = sentences(package.stories, read, renderings)
    writers = {story.part.name: Writer(story.part, language) for story in package.stories}
    changed, spoken, others = put(writers, found, source.path)
    if not changed:
        return source.content, (*left, *others)
    changed |= word_language.styles(package, source.path, spoken | {primary(package.language)}, locale(language))
    return _zip.replaced(package.archive, changed), (*left, *others)


@dataclass(slots=True)
class Writer:
    """Writes sentences into a part; `beside` is what must be written next to them then, where it has not gone."""

    part: Part
    language: str
    splices: Splices[bytes] = field(init=False)
    beside: set[tuple[int, int, bytes]] = field(default_factory=set)
    _known: dict[int, Layout | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.splices = Splices(self.part.content)

    def write(self, sentence: Sentence) -> bool:
        """Write a sentence, also in further copies of its paragraph; whether that was possible."""
        made = self._write(sentence, sentence.paragraph)
        for twin in sentence.paragraph.twins if made else ():
            self._write(sentence, twin)
        return made

    def _write(self, sentence: Sentence, paragraph: Paragraph) -> bool:
        letters = sentence.letters()
        found = pieces(paragraph, Span(letters[0].start, letters[-1].end))
        if found is None:
            return False
        if len(letters) == _size(found) and _is_one_text(self.part, found):
            return self._in_one_run(sentence.rendering, found)
        if paragraph.start not in self._known:
            self._known[paragraph.start] = layout(self.part, paragraph)
        known = self._known[paragraph.start]
        return known is not None and Composition(self, sentence, paragraph, known).write(letters)

    def _in_one_run(self, rendering: Rendering, found: list[Piece]) -> bool:
        run, part = found[0].run, self.part
        if run is not None:
            start, end = run.properties or (run.tag_end, run.tag_end)
            told = bool(found[0].language)
            changed = word_language.of_run(part.content[start:end], prefix(part, run), self.language, told=told)
            if changed != part.content[start:end]:
                self.beside.add((start, end, changed))
        return self.splices.add(Span(found[0].start, found[-1].end), escaped(rendering.text))

    def run(self, run: Run, text: str, *, told: bool) -> bytes:
        """A run with this text that looks as that one does."""
        part = self.part
        first, whole, tag = prefix(part, run), beginning(part, run), part.content[run.start : run.tag_end]
        properties = word_language.of_run(whole[len(tag) :], first, self.language, told=told)
        space = PRESERVE if text != text.strip() else b""
        return tag + properties + b"<%bt%b>%b</%bt></%br>" % (first, space, escaped(text), first, first)

    def written(self) -> bytes:
        """The part with all that has been written."""
        for start, end, text in sorted(self.beside):
            self.splices.add_free(Span(start, end), text)
        return self.part.spliced(self.splices.found)


def _is_one_text(part: Part, found: Sequence[Piece]) -> bool:
    """Do the pieces stand in one element with nothing but text between them?"""
    tag = found[0].tag
    held = part.content[found[0].start : found[-1].end]
    return tag is not None and b"<" not in held and all(one.holds_text and one.tag is tag for one in found)


def _size(found: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in found)
