"""The gender of German nouns that end names of organisations, offices, events and places."""

from __future__ import annotations

from functools import cache
from typing import Literal

from tolmach.files import load_table

Gender = Literal["m", "f", "n", "pl", ""]

_GENDERS: tuple[Gender, ...] = ("m", "f", "n", "pl")


def gender(noun: str, stem: str = "") -> Gender:
    """The gender of a known noun by the longest end that fits; `stem` is the noun without the ending of the genitive.

    A dative plural («Staaten», «Gebieten») is one, too. Nothing for an unknown noun.

    >>> gender("Stadttor"), gender("Sektor"), gender("Ostsee"), gender("Aralsee"), gender("Parlaments", "Parlament")
    ('n', 'm', 'f', 'm', 'n')
    """
    small = noun.lower()
    whole, genitive, dative = _longest(small), _longest(stem.lower()), _longest(small.removesuffix("n"))
    found = [whole]
    # Feminines have no ending in the genitive, and plurals none but -n.
    if genitive[1] in ("m", "n"):
        found.append(genitive)
    if dative[1] == "pl":
        found.append(dative)
    return max(found, key=lambda reading: reading[0])[1]


def is_plural(noun: str) -> bool:
    """Is it a noun that stands in names as a plural («Streitkräfte»), in the nominative?"""
    return _longest(noun.lower())[1] == "pl"


def _longest(noun: str) -> tuple[int, Gender]:
    """How long the longest known end is, and its gender."""
    ends = _ends()
    return next(((len(noun) - cut, ends[noun[cut:]]) for cut in range(len(noun)) if noun[cut:] in ends), (0, ""))


@cache
def _ends() -> dict[str, Gender]:
    tables = load_table("tolmach.morphology", "german_genders.toml")
    return {end: gender for gender in _GENDERS for end in tables[gender]}
