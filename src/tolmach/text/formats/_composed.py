"""The translation of a sentence with its marks, where they belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from tolmach.text.formats import Rendering
from tolmach.text.formats._marked import Mark, Marked, Point
from tolmach.text.model import REPLACED, Span


def composed(
    rendering: Rendering,
    sentence: Marked,
    languages: tuple[str, str],
    escape: Callable[[str], Sequence[str]],
    keeps: Callable[[Mark], bool],
) -> list[str | None]:
    """The translation as the file must hold it, in pieces; None is a blank, at which a line may end.

    `escape` gives for each code point of a text how it is written; a mark that `keeps` something is never left out,
    if need be with its words in the language of the source.
    """
    return completed(rendering, sentence, languages, escape, keeps)[1]


def completed(
    rendering: Rendering,
    sentence: Marked,
    languages: tuple[str, str],
    escape: Callable[[str], Sequence[str]],
    keeps: Callable[[Mark], bool],
) -> tuple[str, list[str | None]]:
    """The same pieces, after the text that they write: the translation, and words that marks have kept."""
    from tolmach.text.placing import placed

    spans = [mark.span for mark in sentence.marks] + [Span(one.place, one.place) for one in sentence.points]
    found = placed(rendering.source, rendering.text, spans, languages, rendering.links)
    text, places = _with_lost(rendering, sentence.marks, found[: len(sentence.marks)], keeps)
    marks = [
        (mark, _forced(mark, place, len(text)))
        for mark, place in zip(sentence.marks, places, strict=True)
        if place is not None or not (mark.opens and mark.closes)
    ]
    points = [
        (point, place.start if place else len(text))
        for point, place in zip(sentence.points, found[len(sentence.marks) :], strict=True)
    ]
    breaks = {place for point, place in points if point.breaks}
    return text, list(_pieces(text, escape(text), _inserted(marks, points), iter(sentence.objects), breaks))


def _pieces(
    text: str, escaped: Sequence[str], inserted: Mapping[int, list[str]], objects: Iterator[str], breaks: Container[int]
) -> Iterator[str | None]:
    """The code points as they are written, with what stands before each; a break takes the place of a blank."""
    for place, written in enumerate([*escaped, ""]):
        yield from inserted.get(place, ())
        sign = text[place : place + 1]
        if sign == REPLACED:
            yield next(objects, "")
        elif sign != " ":
            yield written
        elif place not in breaks and place + 1 not in breaks:
            yield None


def _forced(mark: Mark, place: Span | None, size: int) -> Span:
    """The place of a mark: one that began in the sentence before begins here with the sentence."""
    start = place.start if place and mark.opens else 0 if not mark.opens else size
    end = place.end if place and mark.closes else size if not mark.closes else 0
    return Span(min(start, end), end) if mark.closes else Span(start, max(start, end))


def _with_lost(
    rendering: Rendering, marks: Sequence[Mark], places: Sequence[Span | None], keeps: Callable[[Mark], bool]
) -> tuple[str, list[Span | None]]:
    """The translation and the places of the marks, where those that must stay have got their words from the source."""
    text, found = rendering.text, list(places)
    added: list[tuple[Span, int]] = []  # stretches of the source, and how much later they stand in the text
    for number, mark in enumerate(marks):
        if found[number] is not None or not mark.opens or not mark.closes:
            continue
        by = next((later for one, later in added if one.contains(mark.span)), None)
        if by is None and keeps(mark):
            words = rendering.source[mark.span.start : mark.span.end].replace(REPLACED, "\u2026")
            by = len(text) + 1 - mark.span.start
            text = f"{text} {words}"
            added.append((mark.span, by))
        found[number] = None if by is None else mark.span.shifted(by)
    return text, found


def _inserted(marks: Sequence[tuple[Mark, Span]], points: Sequence[tuple[Point, int]]) -> dict[int, list[str]]:
    """What stands before each code point: ends of marks, the inner first, points, beginnings, the outer first."""
    ending: dict[int, list[tuple[Mark, Span]]] = defaultdict(list)
    beginning: dict[int, list[tuple[Mark, Span]]] = defaultdict(list)
    standing: dict[int, list[Point]] = defaultdict(list)
    for mark, span in marks:
        if mark.closes:
            ending[span.end].append((mark, span))
        if mark.opens:
            beginning[span.start].append((mark, span))
    for point, place in points:
        standing[place].append(point)
    inserted: dict[int, list[str]] = {}
    for place in ending.keys() | beginning.keys() | standing.keys():
        # The outer of marks around the same words come first in `marks`.
        ends = [mark for mark, _span in sorted(ending[place], key=lambda one: one[1].start)[::-1]]
        begins = [mark for mark, _span in sorted(beginning[place], key=lambda one: -one[1].end)]
        inserted[place] = list(_ordered(ends, standing[place], begins))
    return inserted


def _ordered(ends: Sequence[Mark], points: list[Point], begins: Sequence[Mark]) -> Iterator[str]:
    """What stands at one place; a point stays within its marks."""
    for mark in ends:
        yield from _leave(points, mark, begins)
        yield mark.end
    within = [point for point in points if any(_holds(mark, point) for mark in begins)]
    yield from (point.written for point in points if point not in within)
    for number, mark in enumerate(begins):
        yield mark.begin
        yield from _leave(within, mark, begins[number + 1 :])


def _holds(mark: Mark, point: Point) -> bool:
    return mark.extent.start <= point.at < mark.extent.end


def _leave(points: list[Point], mark: Mark, others: Sequence[Mark]) -> list[str]:
    """Take those points out that stand in the mark, but in none of the others; return how they are written."""
    found = [one for one in points if _holds(mark, one) and not any(_holds(other, one) for other in others)]
    points[:] = [one for one in points if one not in found]
    return [point.written for point in found]
