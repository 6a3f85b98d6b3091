"""What the replaced German words tell: gender, number, genitive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tolmach.morphology.german_bases import bases
from tolmach.morphology.lexeme import Base
from tolmach.translate.enforce import german_nouns as nouns

_REMEMBERED = 1 << 13
_SURE, _LIKELY, _SELDOM = 0.97, 0.75, 0.08
_SINGULAR_ENDINGS = ("ung", "heit", "keit", "schaft", "ion", "tät", "enz", "anz", "ment", "nis")
_NO_GENITIVES = ("nis", "ss", "us")
_OPEN = 0.3
_OTHER_CASE = 0.03
_PLURAL_ENDINGS = (
    "kosten",
    "eltern",
    "leute",
    "ungen",
    "heiten",
    "keiten",
    "schaften",
    "ionen",
    "täten",
    "enzen",
    "anzen",
    "eien",
    "ien",
    "innen",
    "ismen",
    "oren",
    "nisse",
)


@dataclass(frozen=True, slots=True)
class Old:
    """The gender (letters of m, f, n; none: unknown), the chance of a plural, and whether a genitive shows."""

    text: str
    genders: str
    plural: float
    genitive: bool
    dative: bool = False

    def speaks(self, case: str) -> float:
        """A factor for a case."""
        if self.genitive:
            return 1.0 if case == "g" else _OTHER_CASE
        if self.dative:
            return 1.0 if case == "d" else _OTHER_CASE
        return 1.0


def replaced(text: str, like: Sequence[Base], source_number: str) -> Old:
    """Read the old words: by the given readings, else by their looks and the source's number (`pl`, `sg`, none)."""
    readings = tuple(like) or _bases(text)
    head = text.rpartition(" ")[2]
    plural, genders = _number(head)
    if like and like[0].number == "pl":
        plural = _SURE
    elif like and like[0].form != text and plural != _SURE:
        # A reading that is the printed word itself tells nothing.
        plural = 1 - _SURE
    elif plural not in (_SURE, 1 - _SURE):
        plural = _by_source(plural, source_number)
    genitive = bool(readings) and all(base.case in ("gen", "poss") for base in readings[:1]) and plural < _LIKELY
    genitive = genitive and not head.endswith(_NO_GENITIVES)
    return Old(text, genders, plural, genitive, plural == _SURE and _is_dative(head))


@lru_cache(_REMEMBERED)
def _bases(text: str) -> tuple[Base, ...]:
    return tuple(bases(text))


@lru_cache(_REMEMBERED)
def _number(noun: str) -> tuple[float, str]:
    """The chance that the noun is a plural, and its gender in the singular."""
    small = noun.lower()
    if _known_plural(small) or small.endswith(_PLURAL_ENDINGS) or _is_dative(noun):
        return _SURE, ""
    gender = nouns.gender(noun)
    if nouns.listed(small) or small.endswith(_SINGULAR_ENDINGS):
        # «Filter» is both.
        return (_OPEN if nouns.plural(noun)[0] == noun else 1 - _SURE), gender
    if small.endswith(("en", "e", "s", "n")) and not (gender and not small.endswith(("e", "en"))):
        return _LIKELY if small.endswith("en") and gender != "n" else 0.4, gender
    return _SELDOM, gender


@lru_cache(_REMEMBERED)
def is_plural(noun: str) -> bool:
    """Is the noun surely a plural («Daten», «Einstellungen»)?

    >>> is_plural("Kontaktdaten"), is_plural("Datum")
    (True, False)
    """
    small = noun.lower()
    return _known_plural(small) == "plural" or small.endswith(_PLURAL_ENDINGS)


@lru_cache(_REMEMBERED)
def _is_dative(noun: str) -> bool:
    """Is it the dative of a plural that has no n otherwise («Feldern», «Projekten», «Anbietern»)?"""
    small = noun.lower()
    known = _known_plural(small)
    if known:
        return known == "dative"
    return small.endswith(("ern", "eln")) and nouns.gender(noun[:-1]) in ("m", "n") and nouns.gender(noun) != "n"


def _known_plural(small: str) -> str:
    """`plural` or `dative` when the word ends in a plural of the list, or in a noun of the list and -e, -en."""
    found = next((_plurals()[small[cut:]] for cut in range(max(1, len(small) - 2)) if small[cut:] in _plurals()), "")
    if found or nouns.listed(small):
        return found
    if small.endswith("e") and nouns.listed(small[:-1]) in ("m", "n"):
        return "plural"
    weak = nouns.is_weak(small[:-2])
    return "dative" if small.endswith("en") and nouns.listed(small[:-2]) in ("m", "n") and not weak else ""


@cache
def _plurals() -> dict[str, str]:
    table: dict[str, str] = nouns.rules()["plurals"]
    changing = [plural for singular, plural in table.items() if plural != singular]
    return {nouns.dative_plural(plural): "dative" for plural in changing} | dict.fromkeys(changing, "plural")


def _by_source(plural: float, number: str) -> float:
    return _SURE if number == "pl" else min(plural, 0.15) if number == "sg" else plural
