"""How the classifications of forms are shown: signs, colours, order of importance."""

from __future__ import annotations

from collections.abc import Iterable

from tolmach.files import load_table

_FEW, _LEVELS = 1, 5


def order() -> tuple[str, ...]:
    """All classifications, the most important first."""
    return tuple(load_table(__package__, "classes.toml")["order"])


def rank(classifications: Iterable[str]) -> int:
    """The place of the most important of them in `order`."""
    places = order()
    return min(places.index(one) for one in classifications)


def sign(classification: str) -> str:
    """One character that stands for it beside its name."""
    return str(load_table(__package__, "classes.toml")["sign"][classification])


def colour(classification: str) -> tuple[int, int, int]:
    """Its red, green and blue, 0 to 255."""
    red, green, blue = load_table(__package__, "classes.toml")["colour"][classification]
    return red, green, blue


def level(count: int) -> int:
    """How dark a cell is, from 1 to 5: a step for each doubling.

    >>> [level(count) for count in (1, 2, 3, 4, 15, 16, 1000)]
    [1, 2, 2, 3, 4, 5, 5]
    """
    return min(max(count, _FEW).bit_length(), _LEVELS)
