"""What is known of a word before any text was seen: its translations, those of its parts, what it sounds like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from tolmach.config import primary
from tolmach.text.bitext.reading import Word, table
from tolmach.text.bitext.words import stemmer, translations

_SHORTEST_SOUND, _SHORTEST_HEAD, _SHORTEST_PART, _LONG_PART = 3, 3, 4, 8  # letters
_PARTICIPLE = re.compile(r"(.{0,4})ge(.{3,})t")
_ALIKE, _ALIKE_WORDS = 62, 74  # per cent of sounds in common, for names and for other words
_DOUBLED = re.compile(r"(\w)\1+")


class Known:
    """The usual translations of the words of a language, and of the parts of German compounds."""

    def __init__(self, language: str, other: str) -> None:
        self._stems = stemmer(language)
        self._known = translations(language, other)
        self._is_german = primary(language) == "de"

    def stem(self, word: str) -> str:
        """The stem by which a word is compared."""
        return self._stems.stem(word)

    def of(self, word: str) -> frozenset[str]:
        """The stems of the translations of a word; «gesperrt» is a form of «sperren»."""
        stem = self.stem(word)
        found = self._known.get(stem, frozenset())
        participle = _PARTICIPLE.fullmatch(stem) if self._is_german and not found else None
        return self._known.get(participle[1] + participle[2], found) if participle else found

    def of_parts(self, word: str) -> frozenset[str]:
        """The stems of the translations of what a German compound is made of."""
        stem = self.stem(word)
        return frozenset().union(*self._parts(stem)) if self._is_german and word[0].isupper() else frozenset()

    def _parts(self, stem: str) -> list[frozenset[str]]:
        for cut in range(_SHORTEST_PART, len(stem) - _SHORTEST_HEAD + 1):
            head = self._known.get(stem[cut:])
            if head is not None:
                return [head, *self._first(stem[:cut])]
        return self._first(stem)[:1] if len(stem) > _LONG_PART else []

    def _first(self, stem: str) -> list[frozenset[str]]:
        """What the first parts of a compound mean: «Menschenrechts-»; an unknown beginning is passed over."""
        for cut in range(len(stem), _SHORTEST_PART - 1, -1):
            found = next((self._known[form] for form in _joints(stem[:cut]) if form in self._known), None)
            if found is not None:
                return [found, *(self._first(stem[cut:]) if cut < len(stem) else [])]
        return []


def _joints(part: str) -> tuple[str, ...]:
    """A part of a compound with and without what joins it to the next."""
    return part, part.removesuffix("s"), part.removesuffix("es"), part.removesuffix("n"), part.removesuffix("en")


def alike(source: Sequence[Word], target: Sequence[Word]) -> NDArray[np.float64]:
    """Names and foreign words: how much of their sounds they share (0 … 1)."""
    from rapidfuzz import fuzz, process

    left, right = [_sound(one.text) for one in source], [_sound(one.text) for one in target]
    ratios = process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=_ALIKE).astype(np.float64)
    height, width = np.array([len(one) for one in left])[:, None], np.array([len(one) for one in right])[None, :]
    long = (height + width >= 2 * _SHORTEST_SOUND) & (np.minimum(height, width) > 0.6 * np.maximum(height, width))
    names = np.array([one.text[0].isupper() for one in source])[:, None] & np.array(
        [one.text[0].isupper() for one in target]
    )
    usable = (ratios >= np.where(names, _ALIKE, _ALIKE_WORDS)) & long
    grammar = np.array([one.function for one in source])[:, None] | np.array([one.function for one in target])
    strength = (ratios - _ALIKE + 8) / (108 - _ALIKE)
    return np.where(usable & ~grammar, strength, 0.0)


@cache
def _letters() -> tuple[dict[int, str], list[tuple[str, str]]]:
    rules = table()["sound"]
    pairs = [(one[0], one[1:]) for one in rules["letters"].split()]
    clusters = [tuple(one.split()) for one in rules["clusters"]]
    return {ord(letter): sound for letter, sound in pairs}, [(one[0], one[1]) for one in clusters]


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    letters, clusters = _letters()
    written = word.casefold().translate(letters)
    for cluster, sound in clusters:
        written = written.replace(cluster, sound)
    return _DOUBLED.sub(r"\1", written)
