"""Which words of a sentence stand for which words of its translation, told from this one pair alone.

What is known beforehand decides: terms that were found on both sides, the lexicon, equal numbers, names that sound
alike. All other words follow their neighbours. For what many pairs teach together see `translate.enforce.align`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tolmach.config import primary
from tolmach.text.bitext.known import Known, alike
from tolmach.text.bitext.reading import Word, attributes, is_article, numeral
from tolmach.text.model import REPLACED, Span

Matrix = NDArray[np.float64]

_ROUNDS = 3
_LONGEST = 300  # words; what is longer is no sentence and is set by its places alone

_SURE, _SAME, _LISTED, _PART = 12.0, 8.0, 6.0, 2.5  # evidence that two words translate each other …
_SAME_FUNCTION, _LISTED_FUNCTION = 1.5, 1.0  # … and less where they only carry grammar
_BOTH_ADJECTIVES, _ONE_ADJECTIVE = 1.5, 0.5  # how much more and less that is where one or both are adjectives
_ARTICLE = 0.2  # how much less a word says of an article than of other words
_ONE_NAME = 0.4  # how much less one with a capital says of one without
_NEITHER = 0.25  # of two words of which nothing is known
_UNLIKE = 0.03  # of a word that carries meaning and one that carries grammar
_NOTHING, _NOTHING_FUNCTION = 0.06, 0.5  # that a word translates nothing
_FAINT = 1e-9  # for a word without any link
_CLEAR = 0.5  # a link that is more likely than not
_BESIDE_PART = 0.7  # of a word beside the translation of a part of a compound


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
    best = np.maximum(found.max(axis=1)[:, None], found.max(axis=0)[None, :])
    # What has a better link elsewhere is hardly meant here, but a compound may have several.
    compound = part.any(axis=1)[:, None] | part.any(axis=0)[None, :]
    found = np.where(compound, found, found * found / np.maximum(best, _FAINT))
    return _with_compounds(_with_compounds(found, part).T, part.T).T


def _evidence(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str], listed: Matrix) -> Matrix:
    """What speaks for each pair of words, wherever they stand."""
    left = np.array([one.function for one in source])
    right = np.array([one.function for one in target])
    evidence = np.where(left[:, None] == right[None, :], _NEITHER, _UNLIKE)
    evidence = np.where(left[:, None] | right[None, :], evidence, evidence * _of_a_kind(source, target, languages))
    evidence[_one_is_a_name(source, target, languages)] *= _ONE_NAME
    evidence = np.maximum(evidence, _SAME * alike(source, target))
    weak = left[:, None] | right[None, :]
    evidence = np.maximum(evidence, np.where(weak & (listed >= _LISTED), _LISTED_FUNCTION, listed))
    evidence = np.maximum(evidence, np.where(weak, 0.0, _beside_parts(listed)))
    sides = zip((source, target), languages, strict=True)
    left, right = (np.array([is_article(one.text, code) for one in side]) for side, code in sides)
    evidence[left[:, None] != right[None, :]] *= _ARTICLE
    evidence[left[:, None] & right[None, :]] = _LISTED_FUNCTION
    for row, column in _comparable(source, target):
        special = _special(source[row], target[column])
        if special is not None:
            evidence[row, column] = special
    return evidence


def _comparable(source: Sequence[Word], target: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The pairs of words that may be special: objects, what begins with a digit, the same words and numerals."""
    alone = [column for column, other in enumerate(target) if _is_alone(other)]
    same = _places(other.text.casefold() for other in target)
    numerals = _places(str(numeral(other.text)) for other in target)
    for row, one in enumerate(source):
        if _is_alone(one):
            yield from ((row, column) for column in range(len(target)))
            continue
        number = numeral(one.text)
        like = (*same.get(one.text.casefold(), ()), *(numerals.get(str(number), ()) if number else ()))
        yield from ((row, column) for column in {*alone, *like})


def _is_alone(word: Word) -> bool:
    """Does it stand for nothing but its like: an object, a number?"""
    return word.text == REPLACED or word.text[0].isdigit()


def _places(texts: Iterable[str]) -> dict[str, list[int]]:
    """Where each text is among these."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    return places


def _one_is_a_name(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str]) -> NDArray[np.bool_]:
    """Where a word with a capital within a sentence would stand for one without; German has one for every noun."""
    sides = [(source, languages[0]), (target, languages[1])]
    large = [np.array([one.text[0].isupper() for one in side]) for side, _code in sides]
    within = np.array([place > 0 for place in range(max(len(source), len(target)))])
    (left, right), (first, second) = large, [primary(code) != "de" for _side, code in sides]
    names = (left & within[: len(left)] & first)[:, None] & ~right[None, :]
    found: NDArray[np.bool_] = names | (~left[:, None] & (right & within[: len(right)] & second)[None, :])
    return found


def _of_a_kind(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str]) -> Matrix:
    """How much likelier it is that two adjectives correspond, and less that one does not stand for another."""
    first, second = (np.array(attributes(side, code)) for side, code in zip((source, target), languages, strict=True))
    if not first.any() or not second.any():
        return np.ones((len(source), len(target)))
    both, one = first[:, None] & second[None, :], first[:, None] | second[None, :]
    kinds: Matrix = np.where(both, _BOTH_ADJECTIVES, np.where(one, _ONE_ADJECTIVE, 1.0))
    return kinds


def _special(one: Word, other: Word) -> float | None:
    """The evidence for words that are the same, and for numbers and objects, which stand for nothing else."""
    if REPLACED in (one.text, other.text):
        return _SURE if one.text == other.text else 0.0
    if one.text[0].isdigit() or other.text[0].isdigit():
        return _SAME if _digits(one.text) == _digits(other.text) else 0.01
    if numeral(one.text) and numeral(one.text) == numeral(other.text):
        return _LISTED
    if one.text.casefold() == other.text.casefold():
        return _SAME_FUNCTION if one.function or other.function else _SAME
    return None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _in_lexicon(source: Sequence[Word], target: Sequence[Word], languages: tuple[str, str]) -> Matrix:
    """Words that translate each other by the lexicon, and compounds of which a part does."""
    left, right = Known(languages[0], languages[1]), Known(languages[1], languages[0])
    rows = _places(left.stem(one.text) for one in source)
    columns = _places(right.stem(one.text) for one in target)
    found = np.zeros((len(source), len(target)))
    for worth, of, back in ((_PART, left.of_parts, right.of_parts), (_LISTED, left.of, right.of)):
        for row, one in enumerate(source):
            for stem in of(one.text) & columns.keys():
                found[row, columns[stem]] = worth
        for column, other in enumerate(target):
            for stem in back(other.text) & rows.keys():
                found[rows[stem], column] = worth
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
            block = evidence[np.ix_(rows, columns)] + _LISTED
            evidence[rows, :] = 0.0
            evidence[:, columns] = 0.0
            evidence[np.ix_(rows, columns)] = block
