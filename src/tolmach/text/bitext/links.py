"""Which words of a sentence stand for which words of its translation, told from this one pair alone.

What is known beforehand decides: terms that were found on both sides, the lexicon, equal numbers, names that sound
alike. All other words follow their neighbours. For what many pairs teach together see `translate.enforce.align`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.bitext.words import stemmer, translations
from tolmach.text.model import Span

Matrix = NDArray[np.float64]

_OBJECT = "\ufffc"
_WORD = re.compile(
    rf"{_OBJECT}|\d+(?:[.,:'\u2019\u00a0\u202f]\d+|[ ]\d{{3}}(?!\d))*(?:-?\w+)*|\w+(?:[-'\u2019\u2011.]\w+)*"
)
_ROUNDS = 3
_LONGEST = 300  # words; what is longer is no sentence and is set by its places alone

_SURE, _SAME, _LISTED, _PART = 12.0, 8.0, 6.0, 2.5  # evidence that two words translate each other …
_SAME_FUNCTION, _LISTED_FUNCTION = 1.5, 1.0  # … and less where they only carry grammar
_NEITHER = 0.25  # of two words of which nothing is known
_UNLIKE = 0.03  # of a word that carries meaning and one that carries grammar
_NOTHING, _NOTHING_FUNCTION = 0.06, 0.5  # that a word translates nothing
_CLEAR = 0.5  # a link that is more likely than not
_BESIDE_PART = 0.7  # of a word beside the translation of a part of a compound
_SHORTEST_SOUND, _SHORTEST_HEAD, _SHORTEST_PART, _LONG_PART = 3, 3, 4, 8  # letters
_SHORTEST_ADJECTIVE = 4
_PARTICIPLE = re.compile(r"(.{0,4})ge(.{3,})t")
_ALIKE = 62  # per cent of sounds in common


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or object of a sentence: where it stands, and whether it only carries grammar."""

    text: str
    span: Span
    function: bool


def words(text: str, language: str) -> list[Word]:
    """The words of a sentence in order; a compound with hyphens and a number with its points are one word each."""
    grammar = _listed("function", primary(language))
    return [
        Word(found[0], Span(*found.span()), found[0].casefold() in grammar and not found[0].isupper())
        for found in _WORD.finditer(text)
    ]


def in_parts(source: list[Word], target: list[Word], cuts: Collection[int]) -> tuple[list[Word], list[Word]]:
    """The words of both sides, those in parts that a mark begins or ends within.

    `cuts` are its places in the source. A word is cut beside a hyphen («Tokajew-Lager»), or where the translation has
    the same word, which is cut likewise («H2O»).
    """
    same = {one.text.casefold() for one in target}
    parts: dict[str, list[int]] = {}
    left: list[Word] = []
    for one in source:
        own = [cut - one.span.start for cut in sorted(cuts) if one.span.start < cut < one.span.end]
        if own and one.text.casefold() in same:
            parts.setdefault(one.text.casefold(), own)
        else:
            own = [cut for cut in own if not one.text[cut - 1 : cut + 1].isalnum()]
        left += _cut(one, own)
    return left, [part for one in target for part in _cut(one, parts.get(one.text.casefold(), []))]


def _cut(word: Word, cuts: Sequence[int]) -> Iterator[Word]:
    places = [0, *cuts, len(word.text)]
    for first, last in pairwise(places):
        text = word.text[first:last]
        if text.strip("-\u2011'\u2019."):
            yield Word(text, Span(word.span.start + first, word.span.start + last), word.function)


def is_article(word: str, language: str) -> bool:
    """Is this word an article of the language?"""
    return word.casefold() in _listed("articles", primary(language))


def is_adjective(word: str, language: str) -> bool:
    """Does it look like an adjective, where the language shows that?"""
    return (
        len(word) > _SHORTEST_ADJECTIVE
        and word.endswith(tuple(_listed("adjectives", primary(language))))
        and not word[0].isdigit()
    )


@cache
def _table() -> dict[str, Any]:
    return load_table(__package__ or "", "links.toml")


@cache
def _listed(name: str, language: str) -> frozenset[str]:
    return frozenset(_table()[name].get(language, "").split())


def links(
    source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str], known: Sequence[tuple[Span, Span]] = ()
) -> Matrix:
    """How surely (0 … 1) each source word (row) and target word (column) stand for each other.

    `known` are stretches of both texts that correspond. Empty where a side has no words, or too many for a sentence.
    """
    shape = len(source), len(target)
    if not min(shape) or max(shape) > _LONGEST:
        return np.zeros((0, 0))
    listed = _in_lexicon(source, target, languages)
    evidence = _evidence(source, target, languages, listed)
    _insist(evidence, source, target, known)
    left = np.array([_NOTHING_FUNCTION if one.function else _NOTHING for one in source])
    right = np.array([_NOTHING_FUNCTION if one.function else _NOTHING for one in target])
    found = _shares(evidence * _near(_diagonal(*shape), shape[1]), left, right)
    for _round in range(_ROUNDS):
        found = _shares(evidence * _near(_expected(found), shape[1]), left, right)
    part = listed == _PART
    return _with_compounds(_with_compounds(found, part).T, part.T).T


def _evidence(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str], listed: Matrix) -> Matrix:
    """What speaks for each pair of words, wherever they stand."""
    left = np.array([one.function for one in source])
    right = np.array([one.function for one in target])
    evidence = np.where(left[:, None] == right[None, :], _NEITHER, _UNLIKE)
    evidence = np.maximum(evidence, _alike(source, target))
    weak = left[:, None] | right[None, :]
    evidence = np.maximum(evidence, np.where(weak & (listed >= _LISTED), _LISTED_FUNCTION, listed))
    evidence = np.maximum(evidence, np.where(weak, 0.0, _beside_parts(listed)))
    articles = [
        [is_article(one.text, code) for one in side] for side, code in zip((source, target), languages, strict=True)
    ]
    evidence[np.ix_(*map(np.flatnonzero, articles))] = _LISTED_FUNCTION
    for row, one in enumerate(source):
        for column, other in enumerate(target):
            special = _special(one, other)
            if special is not None:
                evidence[row, column] = special
    return evidence


def _special(one: Word, other: Word) -> float | None:
    """The evidence for words that are the same, and for numbers and objects, which stand for nothing else."""
    if _OBJECT in (one.text, other.text):
        return _SURE if one.text == other.text else 0.0
    if one.text[0].isdigit() or other.text[0].isdigit():
        return _SAME if _digits(one.text) == _digits(other.text) else 0.01
    if _numeral(one.text) and _numeral(one.text) == _numeral(other.text):
        return _LISTED
    if one.text.casefold() == other.text.casefold():
        return _SAME_FUNCTION if one.function or other.function else _SAME
    return None


@cache
def _numerals() -> dict[str, int]:
    return {word: number for number, row in enumerate(_table()["numerals"], 1) for word in row.split()}


def _numeral(text: str) -> int | None:
    return _numerals().get(text.casefold())


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _in_lexicon(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str]) -> Matrix:
    """Words that translate each other by the lexicon, and compounds of which a part does."""
    left, right = _Known(languages[0], languages[1]), _Known(languages[1], languages[0])
    renderings, back = [left.of(one.text) for one in source], [right.of(one.text) for one in target]
    parts, parts_back = [left.of_parts(one.text) for one in source], [right.of_parts(one.text) for one in target]
    found = np.zeros((len(source), len(target)))
    for row, one in enumerate(source):
        own = left.stem(one.text)
        for column, other in enumerate(target):
            stem = right.stem(other.text)
            if stem in renderings[row] or own in back[column]:
                found[row, column] = _LISTED
            elif stem in parts[row] or own in parts_back[column]:
                found[row, column] = _PART
    return found


def _with_compounds(found: Matrix, part: NDArray[np.bool_]) -> Matrix:
    """The links with those of a compound's other parts: words beside the first that are linked with nothing else."""
    found = found.copy()
    for row, column in np.argwhere(part):
        beside = found[row, max(0, column - 1) : column + 2].max()
        if beside > _CLEAR and found[:, column].sum() < _CLEAR:
            found[row, column] = _CLEAR
    return found


def _beside_parts(listed: Matrix) -> Matrix:
    """What speaks for the words beside the translation of a part: «иностранных дел» in «Außenministerium»."""
    part = np.pad(listed == _PART, 1)
    beside: Matrix = _BESIDE_PART * (part[1:-1, :-2] | part[1:-1, 2:] | part[:-2, 1:-1] | part[2:, 1:-1])
    return beside


class _Known:
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


def _alike(source: Sequence[Word], target: Sequence[Word]) -> Matrix:
    """Names and foreign words: how much of their sounds they share."""
    from rapidfuzz import fuzz, process

    left, right = [_sound(one.text) for one in source], [_sound(one.text) for one in target]
    ratios = process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=_ALIKE).astype(np.float64)
    height, width = np.array([len(one) for one in left])[:, None], np.array([len(one) for one in right])[None, :]
    long = (height + width >= 2 * _SHORTEST_SOUND) & (np.minimum(height, width) > 0.6 * np.maximum(height, width))
    names = np.array([one.text[0].isupper() for one in source])[:, None] & np.array(
        [one.text[0].isupper() for one in target]
    )
    usable = (ratios >= np.where(names, _ALIKE, _ALIKE + 12)) & long
    grammar = np.array([one.function for one in source])[:, None] | np.array([one.function for one in target])
    strength = (ratios - _ALIKE + 8) / (108 - _ALIKE) * _SAME
    return np.where(usable & ~grammar, strength, 0.0)


@cache
def _letters() -> tuple[dict[int, str], list[tuple[str, str]]]:
    rules = _table()["sound"]
    pairs = [(one[0], one[1:]) for one in rules["letters"].split()]
    clusters = [tuple(one.split()) for one in rules["clusters"]]
    return {ord(letter): sound for letter, sound in pairs}, [(one[0], one[1]) for one in clusters]


def _sound(word: str) -> str:
    letters, clusters = _letters()
    written = word.casefold().translate(letters)
    for cluster, sound in clusters:
        written = written.replace(cluster, sound)
    return re.sub(r"(\w)\1+", r"\1", written)


def _diagonal(height: int, width: int) -> Matrix:
    return (np.arange(height) + 0.5) / height * width - 0.5


def _near(expected: Matrix, width: int) -> Matrix:
    """How likely each place is when a word is expected at another; far is not impossible."""
    away = np.abs(np.arange(width)[None, :] - expected[:, None])
    near: Matrix = np.exp(-0.45 * np.minimum(away, 6.0)) + 0.05
    return near


def _expected(found: Matrix) -> Matrix:
    """Where each source word is expected: where its nearest neighbours with sure links lead, else on the diagonal."""
    height, width = found.shape
    sure = found.max(axis=1)
    place = found.argmax(axis=1)
    rows = np.arange(height)
    away = np.abs(rows[:, None] - rows[None, :])
    weight = np.where(away > 0, np.exp(-0.8 * away), 0.0) * (sure**2)[None, :]
    guess = place[None, :] + (rows[:, None] - rows[None, :]) * np.minimum(1.0, width / height)
    diagonal, own = _diagonal(height, width), 0.05
    expected: Matrix = ((weight * guess).sum(axis=1) + own * diagonal) / (weight.sum(axis=1) + own)
    return np.clip(expected, 0, width - 1)


def _shares(weights: Matrix, left: Matrix, right: Matrix) -> Matrix:
    """The share of each link among those of both its words, where something is left for translating nothing."""
    found = weights
    for _step in range(2):
        rows = weights / (weights.sum(axis=1) + left)[:, None]
        columns = weights / (weights.sum(axis=0) + right)[None, :]
        found = np.sqrt(rows * columns)
        weights = weights * found
    return found


def _insist(
    evidence: Matrix, source: Sequence[Word], target: Sequence[Word], known: Sequence[tuple[Span, Span]]
) -> None:
    """Let the words of stretches that are known to correspond be linked with each other only."""
    for one, other in known:
        rows = [place for place, word in enumerate(source) if word.span.overlaps(one)]
        columns = [place for place, word in enumerate(target) if word.span.overlaps(other)]
        if rows and columns:
            evidence[rows, :] = 0.0
            evidence[:, columns] = 0.0
            evidence[np.ix_(rows, columns)] = _SURE
