"""Which signs of a Markdown paragraph begin and end emphasis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tolmach.text.model import Span


@dataclass(slots=True)
class Mark:
    """A run of `*`, `_` or `~~` that may begin or end emphasis; `left` code points from `place` on are not yet used."""

    sign: str
    place: int
    left: int
    opens: bool
    closes: bool


def pairs_of(marks: list[Mark]) -> Iterator[tuple[Span, Span]]:
    """The signs that begin and those that end emphasis (CommonMark 6.2, without its rule of three)."""
    openers: dict[str, list[Mark]] = {"*": [], "_": [], "~": []}
    for mark in marks:
        own = openers[mark.sign]
        while mark.closes and mark.left and own:
            opener = own[-1]
            count = min(2, opener.left, mark.left)
            begins = opener.place + opener.left
            yield Span(begins - count, begins), Span(mark.place, mark.place + count)
            opener.left -= count
            mark.left -= count
            mark.place += count
            if not opener.left:
                own.pop()
            for others in openers.values():
                while others and others[-1].place > opener.place:
                    others.pop()
        if mark.opens and mark.left:
            own.append(mark)
