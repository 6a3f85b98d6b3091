"""How the letters of an original come to be written in Latin letters, and what they may have been.

The channel knows, for every piece of Latin letters, which units of the original are written so, and at what cost
(negative logarithm of the probability, in sixteenths of a nat), after the start of the word, a vowel, a consonant or
a sibilant, and before the end, a vowel, a j or y, or a consonant.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

WORST = 255  # the cost of what does not happen
AFTER = 4  # kinds of places before a unit: start of the word, vowel, consonant, sibilant
BEFORE = 4  # kinds of places behind a piece: end of the word, vowel, j or y, consonant
_VOWELS = frozenset("aeiouäöüæœıəøɵ")
_MEAN_ONE = str.maketrans(
    dict.fromkeys("\u2019\u2018\u02bc\u02bb\u02b9\u2032`\u00b4", "'") | dict.fromkeys("\u02ba\u2033\u201d", '"')
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Letters of an original that are written as one piece: their codes, what they leave behind, the costs.

    `costs[BEFORE * after + before]`.
    """

    text: str
    codes: tuple[int, ...]
    leaves: int
    costs: bytes


@dataclass(frozen=True, slots=True)
class Option:
    """A unit that the letters up to `end` may stand for; `costs` by the place before it."""

    end: int
    text: str
    codes: tuple[int, ...]
    leaves: int
    costs: bytes


@dataclass(frozen=True)
class Channel:
    """The units behind every piece of Latin letters."""

    pieces: dict[str, tuple[Unit, ...]]
    longest: int

    def options(self, word: str, start: int) -> list[Option]:
        """What the letters of `word` from `start` on may stand for."""
        found = []
        for end in range(start + 1, min(len(word), start + self.longest) + 1):
            units = self.pieces.get(word[start:end])
            if units:
                behind = before(word, end)
                found += [Option(end, unit.text, unit.codes, unit.leaves, unit.costs[behind::BEFORE]) for unit in units]
        return found


def before(word: str, end: int) -> int:
    """What stands behind the place `end` of a Latin word: 0 nothing, 1 a vowel, 2 j or y, 3 a consonant."""
    if end >= len(word):
        return 0
    letter = word[end]
    return 1 if letter in _VOWELS else 2 if letter in "jy" else 3


def latin(word: str) -> str:
    """A Latin word as the channel reads it: small letters, one sign for all apostrophes and one for double primes.

    >>> latin("Qostanaı\u02b9")
    "qostanaı'"
    """
    return unicodedata.normalize("NFC", word.lower()).translate(_MEAN_ONE).replace("ß", "ss")
