"""Sentences in plain text that a program has wrapped: their paragraph is wrapped anew."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from tolmach.text.formats import Rendering
from tolmach.text.formats._edits import Splice
from tolmach.text.identity import fold
from tolmach.text.model import Span

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def splices(text: str, paragraphs: Iterable[Span], renderings: Sequence[Rendering]) -> Iterator[Splice]:
    """What must be written for the renderings, which are in order; `paragraphs` of several lines are in order, too."""
    left = list(reversed(renderings))
    for paragraph in paragraphs:
        while left and left[-1].span.start < paragraph.start:
            yield _as_is(left.pop())
        within: list[Rendering] = []
        while left and left[-1].span.end <= paragraph.end:
            within.append(left.pop())
        if within:
            yield Splice(paragraph.start, paragraph.end, _wrapped(text, paragraph, within))
    yield from map(_as_is, reversed(left))


def _as_is(rendering: Rendering) -> Splice:
    return Splice(rendering.span.start, rendering.span.end, rendering.text)


def _wrapped(text: str, paragraph: Span, renderings: Iterable[Rendering]) -> str:
    """The paragraph with its sentences, in lines as long as the longest it had, indented as they were."""
    indent = _indent(text, paragraph.start)
    written = _LINE_END.split(indent + text[paragraph.start : paragraph.end])
    hanging = written[1][: len(written[1]) - len(written[1].lstrip())]
    lines = textwrap.wrap(
        _joined(text, paragraph, renderings),
        max(map(len, written)),
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    line_end = _LINE_END.search(text, paragraph.start)
    return (line_end[0] if line_end else "\n").join(lines).removeprefix(indent)


def _joined(text: str, paragraph: Span, renderings: Iterable[Rendering]) -> str:
    """The paragraph on one line; what is not translated loses its line breaks only."""
    parts: list[str] = []
    place = paragraph.start
    for one in renderings:
        parts += (_one_line(text[place : one.span.start]), one.text)
        place = one.span.end
    return "".join((*parts, _one_line(text[place : paragraph.end])))


def _indent(text: str, place: int) -> str:
    """The blanks before a place on its line."""
    first = place
    while first and text[first - 1].isspace() and not _LINE_END.match(text[first - 1]):
        first -= 1
    return text[first:place]


def _one_line(text: str) -> str:
    words = text.strip()
    if not words:
        return text and " "
    before, after = text[0].isspace(), text[-1].isspace()
    return f"{' ' * before}{fold(words) if _LINE_END.search(words) else words}{' ' * after}"
