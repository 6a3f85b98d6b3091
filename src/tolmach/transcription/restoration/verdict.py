"""Is a Latin word the transcription of a name at all, or an ordinary word or a Western name?

The quick answer adds up the weights of the word's letter groups, which were learned from what the systems write on
one side and from German and English words and Western names on the other. The full answer weighs that with the best
original found: what its spelling and letters cost, whether it is a known name, and whether the word itself is known
as an ordinary word or a Western name.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat

from tolmach.files import load_table
from tolmach.transcription.restoration.channel import latin
from tolmach.transcription.restoration.knowledge import read_lexicon, read_parts
from tolmach.transcription.restoration.lexicon import Lexicon

_PACKAGE = "tolmach.transcription.restoration"
UNITS = 16  # weights are whole numbers, sixteenths of a nat
SHORTEST, LONGEST = 2, 5  # letters of a group; `^` and `$` stand for the ends of the word
WORD, NAME = 1, 2  # the kinds of words in the lexicon of ordinary words
FEATURES = (
    "bias",
    "odds",
    "spelling",
    "letters",
    "known",
    "dictionary",
    "prominent",
    "place",
    "exact",
    "word",
    "name",
    "short",
)
_LATIN = re.compile("[a-z\u00df-\u024f'\"]{2,40}").fullmatch


@dataclass(frozen=True)
class Evidence:
    """What the best original of a word says: costs in nats by letter, and facts (0 or 1)."""

    spelling: float
    letters: float
    known: bool
    dictionary: bool
    prominent: bool
    place: bool
    exact: bool


@dataclass(frozen=True)
class Verdict:
    """The weights of the letter groups, the ordinary words, and the weights of the full answer."""

    groups: Mapping[str, int]
    bias: int
    weights: Mapping[str, float]
    alphabet: str
    ordinary: Lexicon

    def odds(self, word: str) -> float:
        """Log-odds, in nats, that a word in small letters is a transcription, by its letter groups."""
        framed = f"^{word}$"
        groups = map(framed.__getitem__, _stretches(len(framed)))
        return (self.bias + sum(map(self.groups.get, groups, repeat(0)))) / UNITS

    def kinds(self, word: str) -> int:
        """WORD for an ordinary word, NAME for a Western name, their sum for both, 0 for neither."""
        return self.ordinary.find(word, self.alphabet)

    def full(self, word: str, evidence: Evidence) -> float:
        """Log-odds, in nats, that a word in small letters is a transcription, by all that is known."""
        facts = features(word, self.odds(word), self.kinds(word), evidence)
        return sum(self.weights[name] * value for name, value in zip(FEATURES, facts, strict=True))


@cache
def _stretches(length: int) -> tuple[slice, ...]:
    """Where the letter groups of a framed word of that length stand."""
    return tuple(
        slice(start, start + size) for size in range(SHORTEST, LONGEST + 1) for start in range(length - size + 1)
    )


def features(word: str, odds: float, kinds: int, evidence: Evidence) -> tuple[float, ...]:
    """The values of FEATURES."""
    return (
        1.0,
        max(-6.0, min(6.0, odds)),
        min(2.0, evidence.spelling),
        min(4.0, evidence.letters),
        float(evidence.known),
        float(evidence.dictionary),
        float(evidence.prominent),
        float(evidence.place),
        float(evidence.exact),
        float(bool(kinds & WORD)),
        float(bool(kinds & NAME)),
        1 / len(word),
    )


def chance(odds: float) -> float:
    """The probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def is_transcription(word: str) -> bool:
    """Does a Latin word look like the transcription of a name? The quick answer, for scanning a text word by word.

    >>> is_transcription("Tokajew"), is_transcription("Schtscherbakow"), is_transcription("Regierung")
    (True, True, False)
    """
    verdict = load()
    plain = latin(word)
    return _LATIN(plain) is not None and verdict.odds(plain) > verdict.weights["quick"]


@cache
def load() -> Verdict:
    """The shipped verdict."""
    content = resources.files(_PACKAGE).joinpath("verdict.bin").read_bytes()
    header, parts = read_parts(content)
    groups = parts["groups"].decode("utf-8").split("\n")
    values = array("b", parts["values"])
    return Verdict(
        dict(zip(groups, values, strict=True)),
        header["bias"],
        load_table(_PACKAGE, "weights.toml")["verdict"],
        header["alphabet"],
        read_lexicon(parts),
    )
