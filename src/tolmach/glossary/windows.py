"""The stretches of a text that are looked at closely: around some places, cut where a text may be cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tolmach.text.model import Span

_SPARE = 40


def windows(text: str, places: Iterable[int], before: int, after: int) -> Iterator[Span]:
    """Stretches around the places (in order), at least so many code points `before` and `after` each.

    They are in order and apart. What `normalise` makes of one is what it makes of it within the text.

    >>> text = "In Osch traf man sich, in Almaty nicht mehr."
    >>> [text[span.start : span.end] for span in windows(text, [26], 4, 8)]
    ['sich, in Almaty nicht']
    """
    first = last = 0
    for place in places:
        if place + after + _SPARE < last:
            continue
        # What has been covered is not searched again, so that hostile texts stay linear.
        start = _before(text, place - before, last) if place - before > last else last
        if start > last:
            if last:
                yield Span(first, last)
            first = start
        last = max(last, _after(text, place + after))
    if last:
        yield Span(first, last)


def _before(text: str, place: int, least: int) -> int:
    """The last beginning of a word at or before the place, behind a single blank between two letters or digits."""
    while place > least:
        blank = text.rfind(" ", least, place)
        if blank <= least:
            break
        if text[blank - 1].isalnum() and text[blank + 1].isalnum():
            return blank + 1
        place = blank
    return least


def _after(text: str, place: int) -> int:
    """The first end of a word at or behind the place, before a single blank between two letters or digits."""
    while place < len(text):
        blank = text.find(" ", place)
        if blank < 0 or blank + 1 >= len(text):
            break
        if blank and text[blank - 1].isalnum() and text[blank + 1].isalnum():
            return blank
        place = blank + 1
    return len(text)
