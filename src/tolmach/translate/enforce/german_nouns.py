"""German nouns: their gender, whether they are weak, their plural."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.german_bases import head_gender

_REMEMBERED = 1 << 13
_SHORTEST = 4  # letters of a noun that is looked for at the end of a compound
_OR = ("tor", "itor", "sor", "dor")
_SAME = ("er", "el", "en", "chen", "lein")
_N_AFTER = ("e", "er", "el")
_VOWELS = ("a", "i", "o", "u", "y")


@cache
def rules() -> dict[str, Any]:
    """The tables of `german.toml`."""
    return load_table("tolmach.translate.enforce", "german.toml")


@lru_cache(_REMEMBERED)
def gender(noun: str) -> str:
    """`m`, `f` or `n`, by the list of nouns (whole or ending a compound), else by the ending; nothing when unknown.

    >>> gender("Wirtschaftsunion"), gender("Datenfeld"), gender("Obama")
    ('f', 'n', '')
    """
    small = noun.rpartition("-")[2].lower()
    if found := listed(small):
        return found
    if (known := head_gender(noun)) in ("m", "f", "n"):
        return known
    endings = rules()["nouns"]["endings"]
    fitting = [(len(end), sex) for sex, ends in endings.items() for end in ends if small.endswith(end)]
    longest = max(fitting, default=(0, ""))
    # One letter says little of a name.
    return longest[1] if longest[0] > 1 or small.endswith("e") else ""


@cache
def _whole() -> dict[str, str]:
    return {noun: sex for sex, nouns in rules()["nouns"]["whole"].items() for noun in nouns}


@lru_cache(_REMEMBERED)
def listed(noun: str) -> str:
    """The gender of a noun in small letters, or of the longest noun of the list that it ends in; nothing for others."""
    table = _whole()
    if noun in table:
        return table[noun]
    return next((table[noun[cut:]] for cut in range(1, len(noun) - _SHORTEST + 1) if noun[cut:] in table), "")


def is_weak(noun: str) -> bool:
    """Is it a masculine with -en outside the nominative («Präsidenten»)?"""
    return noun.lower().endswith(tuple(rules()["nouns"]["weak"]["ends"]))


@lru_cache(_REMEMBERED)
def plural(noun: str) -> tuple[str, bool]:
    """The plural, and whether it is sure.

    >>> plural("Berechtigungstyp"), plural("Nutzung")
    (('Berechtigungstypen', True), ('Nutzungen', True))
    """
    small = noun.lower()
    plurals: dict[str, str] = rules()["plurals"]
    for cut in range(len(small)):
        if small[cut:] in plurals and (not cut or len(small) - cut >= _SHORTEST - 1):
            ending = plurals[small[cut:]]
            return noun[:cut] + (ending.capitalize() if noun[cut : cut + 1].isupper() else ending), True
    sex = gender(noun)
    if small.endswith(_OR):
        return noun + "en", True
    if sex == "f":
        return (noun + ("n" if small.endswith(_N_AFTER) else "nen" if small.endswith("in") else "en")), True
    if is_weak(noun):
        return noun + ("n" if small.endswith("e") else "en"), True
    if small.endswith(_SAME):
        return noun, bool(sex)
    if noun.isupper() or small[-1:] in _VOWELS:
        return noun + "s", True
    return noun + ("n" if small.endswith("e") else "e"), False


def dative_plural(text: str) -> str:
    """«Feldern», «Typen», «Apps»."""
    return text if text.endswith(("n", "s")) else text + "n"


def genitive(noun: str) -> str:
    """The genitive singular of a masculine or neuter common noun, in its usual shape."""
    small = noun.lower()
    if is_weak(noun):
        return noun + ("n" if small.endswith("e") else "en")
    if small.endswith(("nis",)):
        return noun + "ses"
    if small.endswith(("us", "fonds", "ismus")):
        return noun
    if small.endswith(("s", "ß", "x", "z", "tsch", "st")):
        return noun + "es"
    return noun + ("ns" if small.endswith(("name", "gedanke", "wille", "buchstabe")) else "s")
