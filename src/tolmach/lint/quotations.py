"""Which places of a text stand in quotations: by quotation marks, `>` in Markdown, `blockquote` and `q` in HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from tolmach.glossary.quotation import is_quoted
from tolmach.text.model import Document, Passage, Span

_TAG = re.compile(r"<(?P<end>/?)(?:blockquote|q)(?=[\s/>])", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n?")
_MARKED = re.compile(r" {0,3}>")


def places_in_quotations(document: Document, places: Iterable[int]) -> set[int]:
    """Those of the places (offsets in the document's text) that stand in a quotation."""
    left = sorted(set(places))
    if not left:
        return set()
    found = places_in_blocks(document, left)
    for passage in document.passages:
        span = passage.locate(Span(0, len(passage.text)))
        for place in _within(left, span):
            if is_quoted(passage.text, _offset(passage, place)):
                found.add(place)
    return found


def places_in_blocks(document: Document, places: Iterable[int]) -> set[int]:
    """Those of the places that stand in what markup, whatever the quotation marks, shows to be a quotation."""
    left = sorted(set(places))
    return {place for block in _blocks(document) for place in _within(left, block)} if left else set()


def _within(places: list[int], span: Span) -> list[int]:
    return places[bisect_left(places, span.start) : bisect_left(places, span.end)]


def _offset(passage: Passage, place: int) -> int:
    return place - passage.start if passage.starts is None else bisect_left(passage.starts, place)


def _blocks(document: Document) -> Iterator[Span]:
    """The stretches of the document's text that markup shows to be quotations."""
    if document.format == "markdown":
        yield from _marked_lines(document.text)
    if document.format in ("markdown", "html"):
        yield from _elements(document.text)


def _marked_lines(text: str) -> Iterator[Span]:
    """The lines that begin with `>`, and those that go on with their paragraph."""
    quoted = False
    for line in _LINE.finditer(text):
        quoted = bool(_MARKED.match(line[0])) or (quoted and bool(line[0].strip()))
        if quoted:
            yield Span(line.start(), line.end())


def _elements(text: str) -> Iterator[Span]:
    """From the outermost start tag to its end tag or, where that is missing, to the end."""
    depth, start = 0, 0
    for tag in _TAG.finditer(text):
        if tag["end"]:
            depth -= depth > 0
            if not depth:
                yield Span(start, tag.start())
        else:
            start = start if depth else tag.end()
            depth += 1
    if depth:
        yield Span(start, len(text))
