"""What of a sentence can be recognised in its translation: numbers, signs, names by their sound, words, terms.

A token carries keys; two tokens may translate each other where they share one. Words of the source carry the stems of
their translations, those of the target their own stem.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tolmach.parallel.alignment.model import Evidence, Side
from tolmach.text.bitext.words import translations, words
from tolmach.text.numbers import numbers
from tolmach.transcription.skeleton import keys as sound_keys

NUMBER, KNOWN, UNKNOWN, SIGN, TERM = range(5)
KINDS = 5
_SIGNS = {"?": "?", "!": "!", ":": ":", "(": "(", "[": "(", "…": "…", ";": ";", "%": "%"}
_SIGNS |= dict.fromkeys('\u00ab\u00bb\u201e\u201c\u201d"', '"')
_CLOSING = ".!?\u2026:"
_AFTER = "\"'\u00bb\u201c\u201d\u2019)] "
_SHORTEST_SOUND = 3
_SHORTEST_PART = 4
_LONGEST_COMPOUND = 80  # letters: whatever is longer is no word, and has as many parts
# In so many of the sentences of a text a key may stand to be worth looking at.
_COMMON, _COMMON_IN_SHORT, _SHORT = 0.25, 0.6, 100
_LONGEST = 300  # words: what is longer is no sentence, and a hostile text stays linear

Learned = Mapping[str, frozenset[str]]
"""Stems of the source with those of the target that were seen beside them again and again."""


_KindOf = Callable[[str], tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a side: the sentence, kind and stem of each, and its keys as pairs (token, key)."""

    count: int
    sentences: NDArray[np.int64]
    kinds: NDArray[np.int64]
    stems: Sequence[str]
    owners: NDArray[np.int64]
    keys: NDArray[np.int64]

    @property
    def table(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Keys and the sentences they stand in, in order, each pair once."""
        codes = distinct(self.keys * (self.count + 1) + self.sentences[self.owners])
        return codes // (self.count + 1), codes % (self.count + 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A side as it was read once: for each sentence the stems of its words, and the kinds and keys of all else."""

    language: str
    sentences: Sequence[tuple[list[str], list[tuple[int, list[str]]]]]


def read(side: Side, evidence: Evidence) -> Reading:
    """Find the words, numbers, signs and terms of a side."""
    return Reading(
        side.language,
        [
            (
                [one.stem for one in words(sentence, side.language)[:_LONGEST] if one.text[0].isalpha()],
                [*_others(sentence, side.language, evidence)],
            )
            for sentence in side.sentences
        ],
    )


def tokens(
    source: Reading, target: Reading, evidence: Evidence, learned: Learned | None = None
) -> tuple[Tokens, Tokens]:
    """The tokens of both sides that tell sentences apart, with keys that both share; `learned` adds to the lexicon."""
    known = translations(source.language, target.language) if evidence.lexicon else {}
    learned = learned or {}
    back = frozenset(stem for stems in (*known.values(), *learned.values()) for stem in stems)

    def of_source(stem: str) -> tuple[int, list[str]]:
        found = [*known.get(stem, ()), *learned.get(stem, ())]
        if found or not _is_compound(stem, source.language):
            return KNOWN if found else UNKNOWN, [stem, *found]
        return UNKNOWN, [stem, *(one for part in _parts(stem) for one in known.get(part, ()))]

    def of_target(stem: str) -> tuple[int, list[str]]:
        if stem in back or not _is_compound(stem, target.language):
            return KNOWN if stem in back else UNKNOWN, [stem]
        return UNKNOWN, [stem, *(part for part in _parts(stem) if part in back)]

    numbered: dict[str, int] = {}
    left = _gathered(source, of_source, numbered, names=evidence.names)
    right = _gathered(target, of_target, numbered, names=evidence.names)
    return _telling(left, right), _telling(right, left)


def _is_compound(stem: str, language: str) -> bool:
    """May it be a German compound?"""
    return language.startswith("de") and 2 * _SHORTEST_PART <= len(stem) <= _LONGEST_COMPOUND


def _parts(stem: str) -> Iterator[str]:
    """What a compound may begin or end with."""
    for cut in range(_SHORTEST_PART, len(stem) - _SHORTEST_PART + 1):
        yield stem[:cut]
        yield stem[cut:]


def _gathered(side: Reading, kind_of: _KindOf, numbered: dict[str, int], *, names: bool) -> Tokens:
    places, kinds, owners, keys = array("q"), array("q"), array("q"), array("q")
    stems: list[str] = []
    remembered: dict[str, tuple[int, list[int]]] = {}

    def numbers_of(found: Iterable[str]) -> list[int]:
        return [numbered.setdefault(key, len(numbered)) for key in dict.fromkeys(found)]

    def word(stem: str) -> tuple[int, list[int]]:
        if stem not in remembered:
            kind, found = kind_of(stem)
            remembered[stem] = kind, numbers_of((*found, *(_sounds(stem) if names else ())))
        return remembered[stem]

    for place, (own, others) in enumerate(side.sentences):
        found = [(stem, *word(stem)) for stem in own]
        found += (("", kind, numbers_of(signs)) for kind, signs in others)
        for stem, kind, own_keys in found:
            owners.extend([len(kinds)] * len(own_keys))
            keys.extend(own_keys)
            kinds.append(kind)
            stems.append(stem)
        places.extend([place] * len(found))
    arrays = [np.array(one, np.int64) for one in (places, kinds, owners, keys)]
    return Tokens(len(side.sentences), arrays[0], arrays[1], stems, arrays[2], arrays[3])


def _telling(own: Tokens, other: Tokens) -> Tokens:
    """Without the tokens that have a counterpart in so many sentences that they tell nothing."""
    often = np.append(rarity(own, other), 0.0) > (_COMMON if other.count > _SHORT else _COMMON_IN_SHORT)
    kept = ~often[:-1]
    keys = kept[own.owners]
    renumbered = np.cumsum(kept) - 1
    stems = [own.stems[place] for place in np.flatnonzero(kept).tolist()]
    return Tokens(own.count, own.sentences[kept], own.kinds[kept], stems, renumbered[own.owners[keys]], own.keys[keys])


def rarity(own: Tokens, other: Tokens) -> NDArray[np.float64]:
    """For each token the probability that a sentence of the other side has one of its keys by chance.

    One of the places where it stands there is not by chance if the texts translate each other; without that every word
    of a short text would be frequent.
    """
    most = int(max(own.keys.max(initial=0), other.keys.max(initial=0))) + 1
    counts = np.bincount(other.table[0], minlength=most)
    standing = np.bincount(own.owners, counts[own.keys], len(own.sentences))
    rare: NDArray[np.float64] = (np.maximum(standing - 1, 0) + 0.5) / (other.count + 1)
    return rare


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers in order, each once; much faster than `numpy.unique` for many."""
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def _sounds(stem: str) -> Iterator[str]:
    """Keys of sound, for names and foreign words in whatever script."""
    return (f"~{key}" for key in sound_keys(stem) if len(key) >= _SHORTEST_SOUND)


def _others(sentence: str, language: str, evidence: Evidence) -> Iterator[tuple[int, list[str]]]:
    """The tokens of a sentence that are no words."""
    for found in numbers(sentence, language):
        values = {value for one in (found, *found.parts) for value in one.values}
        yield NUMBER, sorted(f"#{value}" for value in values)
    for sign in sorted({_SIGNS[letter] for letter in sentence if letter in _SIGNS}):
        yield SIGN, [f" {sign}"]
    if not sentence.rstrip(_AFTER).endswith(tuple(_CLOSING)):
        yield SIGN, [" heading"]
    if evidence.finder is not None:
        for concept in sorted({hit.concept.id for hit in evidence.finder.find(sentence, language) if hit.certain}):
            yield TERM, [f"={concept}"]
