"""Where in a translation stands what is marked in its source: emphasis, links, notes, objects.

The stretch of the translation is looked for that has as many links of words with the marked stretch, and as few with
the rest of the sentence, as possible.
"""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.text.bitext.stretches import Pair
from tolmach.text.model import Span


def placed(
    source: str,
    target: str,
    spans: Sequence[Span],
    languages: tuple[str, str],
    links: Sequence[tuple[Span, Span]] = (),
) -> list[Span | None]:
    """Where in the translation `target` stands what the `spans` of `source` hold; None: nowhere.

    Spans are whole words or signs, in code points; the whole sentence is the whole translation, nested ones stay
    nested, disjoint ones disjoint; an empty one (a note) is a place behind or before a word. `languages` are BCP 47
    codes, `links` stretches known to correspond (terms).

    >>> source, target = "Gestern sprach Tokajew in Almaty.", "Вчера в Алматы выступил Токаев."
    >>> [target[span.start:span.end] for span in placed(source, target, [Span(15, 22), Span(26, 32)], ("de", "ru"))]
    ['Токаев', 'Алматы']
    """
    if source == target or not spans:
        return list(spans)
    pair = Pair(source, target, languages, links, spans)
    wanted = {span: rows for span in spans if span.start < span.end and (rows := pair.within(span))}
    if pair.is_long:
        found = {span: pair.in_proportion(rows) for span, rows in wanted.items()}
    else:
        found = _parted(_apart(pair, wanted))
        _put_signs(found, [span for span in spans if span.start < span.end and span not in wanted], source, target)
    return [found.get(span) if span.start < span.end else pair.point(span.start) for span in spans]


def _apart(pair: Pair, wanted: dict[Span, Span]) -> dict[Span, Span | None]:
    """The places of the spans, which stand for these words; the surest first, the others where that leaves room."""
    surest = {span: -pair.best(rows, ()).surety for span, rows in wanted.items()}
    done: list[tuple[Span, Span]] = []  # places of words in both sentences
    found: dict[Span, Span | None] = {}
    for span in sorted(wanted, key=lambda span: (surest[span], span)):
        rows = wanted[span]
        best = pair.best(rows, done)
        if best.columns is not None:
            done.append((rows, best.columns))
        found[span] = pair.written(span, rows, best.columns) if best.columns else None
    return found


def _put_signs(found: dict[Span, Span | None], spans: Sequence[Span], source: str, target: str) -> None:
    """Find the places of spans without words: the same signs, if there are as many of them."""
    for span in spans:
        signs = source[span.start : span.end].strip()
        if not signs or source.count(signs) != target.count(signs):
            continue
        start = -1
        for _number in range(source.count(signs, 0, span.start) + 1):
            start = target.find(signs, start + 1)
        place = Span(start, start + len(signs))
        if start >= 0 and all(_lies_alike(span, place, own, other) for own, other in found.items() if other):
            found[span] = place


def _lies_alike(span: Span, place: Span, own: Span, other: Span) -> bool:
    """Do two stretches of the translation lie to each other as those of the source?"""
    if own.contains(span) or span.contains(own):
        return other.contains(place) >= own.contains(span) and place.contains(other) >= span.contains(own)
    return own.overlaps(span) or not other.overlaps(place)


def _parted(found: dict[Span, Span | None]) -> dict[Span, Span | None]:
    """The same, where no quotation mark or stop at an end stands outside of what is around it, or in two stretches."""
    places = [(own, place) for own, place in found.items() if place is not None]
    around = [
        (own, Span(min(inner.start for inner in inside), max(inner.end for inner in inside)))
        for own, inside in ((own, [place for one, place in places if own.contains(one)]) for own, _place in places)
    ]
    parted: dict[Span, Span | None] = {}
    for own, place in around:
        earlier = [one.end for other, one in around if not own.overlaps(other) and one.start < place.start < one.end]
        parted[own] = Span(max([place.start, *earlier]), place.end)
    return parted
