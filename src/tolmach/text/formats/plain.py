"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Source, _blocks
from tolmach.text.model import Document, Passage, Span

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")


def read(source: Source) -> Iterator[Document]:
    """The text in documents of at most 1 MB, each with one passage per run of paragraphs in one language."""
    for block in _blocks.of_prose(decode(source.content, source.path)):
        yield document(source.path, source.id, block.text, source.language, block.offset, block.line)


def document(path: str, identity: str, text: str, language: str | None, offset: int = 0, line: int = 1) -> Document:
    """A stretch of a file as a document, in `language`, else in that of the file's name, else by paragraphs."""
    found = passages(text, language or detect.from_name(path))
    return Document(path, identity, "plain", text, passages=found, offset=offset, line=line)


def passages(text: str, language: str | None) -> tuple[Passage, ...]:
    """The text as one passage in `language`, or in runs of paragraphs in the language each seems to be written in."""
    if language is not None:
        return (Passage(text, language),)
    spans = list(_paragraphs(text))
    found = detect.languages(text[span.start : min(span.end, span.start + 1000)] for span in spans)
    runs = groupby(zip(found, spans, strict=True), key=lambda pair: pair[0])
    return tuple(_passage(text, code, [span for _code, span in run]) for code, run in runs)


def _passage(text: str, language: str, spans: list[Span]) -> Passage:
    start = spans[0].start
    return Passage(text[start : spans[-1].end], language, start)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The text with the edits made, in its own encoding, and those that could not be; line breaks stay."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path)
    places = _edits.Places((Passage(text.text, ""),))
    changes = [places.change(edit, _as_is, across=True) for edit in edits]
    return _edits.write(source.content, text, edits, changes)


def _as_is(text: str, _place: int) -> str:
    return text


FORMAT = Format((".txt", ".text"), read, rewrite=rewrite)
