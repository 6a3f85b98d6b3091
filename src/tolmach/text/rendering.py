"""Sentences of a file in another language, on their way into it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from tolmach.text.model import REPLACED, Span

_WORD = re.compile(r"\w+")
_MARKS = r"[.!?\u2026:;,)\]}\"'\u00bb\u2019\u201c\u201d\s]"
_CLOSING = re.compile(rf"(?<!{_MARKS}){_MARKS}*+\Z")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence of a file in another language.

    `span` is where the sentence stands in the file, as `Segment.span` counts, plus the offset of its block; `source`
    and `text` are the sentence and its translation, each folded to one line. U+FFFC in them stands for what is no text
    (code, an address, a picture): the n-th of the translation is the n-th of the source. `links` are stretches of
    `source` and of `text` that are known to correspond (terms of the glossary), in the order of the source.
    """

    span: Span
    source: str
    text: str
    links: tuple[tuple[Span, Span], ...] = ()


def complete(rendering: Rendering) -> Rendering:
    """The rendering with as many object characters in its translation as in its source; its links follow.

    What no text holds goes (control characters), and so do surplus objects, the last first. Lost ones stand beside the
    word they stood beside, where the translation has that word, else at its end, before the closing marks.

    >>> complete(Rendering(Span(0, 9), "Ruft \ufffc auf.", "Call it.")).text.replace("\ufffc", "*")
    'Call it *.'
    """
    if _no_text().search(rendering.text):
        rendering = _legal(rendering)
    wanted, have = rendering.source.count(REPLACED), rendering.text.count(REPLACED)
    for _surplus in range(wanted, have):
        place = rendering.text.rfind(REPLACED)
        blank = rendering.text[place + 1 : place + 2] == " " and rendering.text[:place][-1:] in ("", " ")
        rendering = _changed(rendering, Span(place, place + 1 + blank), "")
    for number in range(have, wanted):
        rendering = _changed(rendering, *_object(rendering.source, number, rendering.text))
    return rendering


@cache
def _no_text() -> re.Pattern[str]:
    from tolmach.text.exchange import ILLEGAL

    return re.compile(f"{ILLEGAL}|\x7f")


def _legal(rendering: Rendering) -> Rendering:
    """The rendering without characters that a file could not hold; its links follow."""
    gone = [found.start() for found in _no_text().finditer(rendering.text)]
    links = tuple(
        (own, Span(other.start - bisect_left(gone, other.start), other.end - bisect_left(gone, other.end)))
        for own, other in rendering.links
    )
    return replace(rendering, text=_no_text().sub("", rendering.text), links=links)


def _changed(rendering: Rendering, span: Span, new: str) -> Rendering:
    text = rendering.text
    by = len(new) - (span.end - span.start)
    links = tuple(
        (own, Span(other.start + by * (span.start <= other.start), other.end + by * (span.start < other.end)))
        for own, other in rendering.links
    )
    return replace(rendering, text=f"{text[: span.start]}{new}{text[span.end :]}", links=links)


def _object(source: str, number: int, text: str) -> tuple[Span, str]:
    """Where the object of that number (from 0) of the source is to stand, behind those that the translation has."""
    before, after = source.split(REPLACED)[number : number + 2]
    first = text.rfind(REPLACED) + 1
    if number == 0 and not before.strip():
        return Span(0, 0), f"{REPLACED} "
    for words, behind in ((_WORD.findall(before)[-1:], True), (_WORD.findall(after)[:1], False)):
        found = re.compile(rf"(?<!\w){re.escape(words[0])}(?!\w)").search(text, first) if words else None
        if found:
            place = found.end() if behind else found.start()
            return Span(place, place), f" {REPLACED}" if behind else f"{REPLACED} "
    place = max(first, _CLOSING.search(text).start())  # type: ignore[union-attr]
    return Span(place, place), f" {REPLACED}"
