"""What the replaced German words tell: gender, number, genitive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tolmach.morphology.german_bases import bases
from tolmach.morphology.lexeme import Base
from tolmach.text.model import Span
from tolmach.translate.enforce import german_nouns as nouns

_REMEMBERED = 1 << 13
_SURE, _LIKELY, _SELDOM = 0.97, 0.75, 0.08
_PLURAL_ENDINGS = (
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

    def speaks(self, case: str) -> float:
        """A factor for a case."""
        if self.genitive:
            return 1.0 if case == "g" else 0.03
        return 1.0


def replaced(text: str, like: Sequence[Base], source: str, span: Span | None) -> Old:
    """Read the old words: by the given readings, else by their looks; the source tells a plural."""
    readings = tuple(like) or _bases(text)
    head = text.rpartition(" ")[2]
    plural, genders = _number(head)
    if like:
        plural = _SURE if like[0].number == "pl" else 1 - _SURE
    elif span is not None and plural in (_LIKELY, _SELDOM):
        plural = _by_source(plural, source[span.start : span.end])
    genitive = bool(readings) and all(base.case in ("gen", "poss") for base in readings[:1]) and plural < _LIKELY
    return Old(text, genders, plural, genitive)


@lru_cache(_REMEMBERED)
def _bases(text: str) -> tuple[Base, ...]:
    return tuple(bases(text))


@lru_cache(_REMEMBERED)
def _number(noun: str) -> tuple[float, str]:
    """The chance that the noun is a plural, and its gender in the singular."""
    small = noun.lower()
    if any(small[cut:] in _plurals() for cut in range(max(1, len(small) - 2))):
        return _SURE, ""
    if small.endswith(_PLURAL_ENDINGS):
        return _SURE, ""
    gender = nouns.gender(noun)
    if small.endswith(("en", "e", "s", "n")) and not (gender and not small.endswith(("e", "en"))):
        return _LIKELY if small.endswith("en") and gender != "n" else 0.4, gender
    return _SELDOM, gender


@cache
def _plurals() -> frozenset[str]:
    table: dict[str, str] = nouns.rules()["plurals"]
    return frozenset(
        form
        for singular, plural in table.items()
        if plural != singular
        for form in (plural, nouns.dative_plural(plural))
    )


def _by_source(plural: float, words: str) -> float:
    ends = words.lower().endswith("s") and not words.lower().endswith(("ss", "us", "is"))
    return _SURE if ends else min(plural, 0.15)
