"""How much better two groups of sentences fit as translations of each other than as strangers, in natural logarithms.

A token with a counterpart speaks for the pair, the rarer its keys the more; one without speaks against it, the more its
kind usually has one. Lengths follow a normal distribution (Gale & Church 1993, with a variance that grows with the
length); paragraphs that begin on one side only cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tolmach.parallel.alignment.band import Band
from tolmach.parallel.alignment.clock import Clock
from tolmach.parallel.alignment.model import Side
from tolmach.parallel.alignment.tokens import Tokens, distinct, rarity

Floats = NDArray[np.float32]

SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (4, 1), (1, 4))
"""Sentences of the source and the target in a bead."""

_PRIORS = (0.87, 0.02, 0.02, 0.035, 0.035, 0.005, 0.004, 0.004, 0.001, 0.001)
_CROSSING = 0.03  # beads of several sentences that reach over the end of a paragraph
_MOST = 7.0  # what one token may say
_SPREAD = 0.7  # of the logarithm of lengths in any text
_CHOICE = 0.15  # of the logarithm of chance: sentences to be joined can be chosen
_LEXICAL = 0.6  # words of a sentence say the same again


@dataclass(frozen=True, slots=True)
class Model:
    """What is assumed of two texts and learned from the first pass.

    `coverage`: how often a token of each kind has a counterpart. `ratio`: target characters for one of the source;
    `variance`: of a character. `paragraphs`: how often paragraphs begin together.
    """

    coverage: tuple[float, ...] = (0.85, 0.55, 0.2, 0.8, 0.8)
    priors: tuple[float, ...] = _PRIORS
    ratio: float = 1.0
    variance: float = 4.0
    paragraphs: float = 0.9


@dataclass(frozen=True, slots=True)
class Matches:
    """Which tokens of a side have a counterpart in which sentence of the other, within the band."""

    tokens: NDArray[np.int64]
    others: NDArray[np.int64]


def matches(own: Tokens, other: Tokens, band: Band, *, own_is_source: bool) -> Matches:
    """For each token of one side the sentences of the other that have one of its keys, each once."""
    keys, standing = other.table
    codes = keys * (other.count + 1) + standing
    low, high = _reach(band, own.count, own_is_source=own_is_source)
    sentences = own.sentences[own.owners]
    base = own.keys * (other.count + 1)
    starts = np.searchsorted(codes, base + low[sentences], "left")
    counts = np.maximum(np.searchsorted(codes, base + high[sentences], "left") - starts, 0)
    which = np.repeat(np.arange(len(own.keys)), counts)
    place = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + starts[which]
    found = distinct(own.owners[which] * (other.count + 1) + standing[place])
    return Matches(found // (other.count + 1), found % (other.count + 1))


def _reach(band: Band, count: int, *, own_is_source: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each sentence the stretch of the other side's sentences that the band has beside it."""
    nodes = np.arange(1, count + 1)
    if own_is_source:
        first, last = band.columns_of(nodes)
        return first - 1, last
    mirrored = Band(band.columns, band.rows, band.width, np.arange(len(band.firsts)) - band.firsts - band.width + 1)
    first, last = mirrored.columns_of(nodes)
    return first - 1, last


@dataclass(frozen=True, slots=True)
class _Words:
    """What the tokens of one side say: `none` summed up to each sentence, the others for the nodes of the band.

    `gains` for the tokens with a counterpart, `hits` how many they are; `twice` and `hits_twice` the same for those
    that have one in the sentence before on the other side, too.
    """

    none: NDArray[np.float64]
    gains: Floats
    twice: Floats
    hits: NDArray[np.float16]
    hits_twice: NDArray[np.float16]


def _words(own: Tokens, found: Matches, rare: NDArray[np.float64], band: Band, model: Model, *, source: bool) -> _Words:
    coverage = np.array(model.coverage)[own.kinds]
    chance = np.clip(rare, 1e-6, 0.98)
    gain = np.clip(np.log(coverage / chance), 0, _MOST)
    loss = np.minimum(np.log((1 - coverage) / (1 - chance)), 0)
    none = np.concatenate(([0.0], np.cumsum(np.bincount(own.sentences, loss, own.count))))
    worth = (gain - loss)[found.tokens]
    inside = own.sentences[found.tokens]
    rows, columns = (inside, found.others) if source else (found.others, inside)
    codes = found.tokens * (int(found.others.max(initial=0)) + 2) + found.others
    again = np.zeros(len(codes), bool)
    again[1:] = codes[1:] == codes[:-1] + 1
    ones = np.ones(len(worth))
    return _Words(
        none,
        _laid(rows, columns, worth, band),
        _laid(rows[again], columns[again], worth[again], band),
        _laid(rows, columns, ones, band).astype(np.float16),
        _laid(rows[again], columns[again], ones[again], band).astype(np.float16),
    )


def _laid(rows: NDArray[np.int64], columns: NDArray[np.int64], worth: NDArray[np.float64], band: Band) -> Floats:
    places = band.place(rows + 1, columns + 1)
    inside = places >= 0
    size = len(band.firsts) * band.width
    laid = np.bincount(places[inside], worth[inside], size).astype(np.float32)
    return laid.reshape(len(band.firsts), band.width)


class Scores:
    """The scores of all beads that end at a node of the band."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        tokens: tuple[Tokens, Tokens],
        band: Band,
        model: Model,
        clock: Clock | None = None,
    ) -> None:
        source, target = tokens
        self._band, self._model, self._clock = band, model, clock
        self.found = (
            matches(source, target, band, own_is_source=True),
            matches(target, source, band, own_is_source=False),
        )
        self._source, self._target = (
            _words(own, found, rare, band, model, source=own is source)
            for own, found, rare in (
                (source, self.found[0], rarity(source, target)),
                (target, self.found[1], rarity(target, source)),
            )
        )
        self._lengths = tuple(_cumulated([max(len(one), 1) for one in side.sentences]) for side in sides)
        self._strange = np.concatenate(([0.0], np.cumsum(_usual(sides[1]))))
        self._starts = tuple(_starts(side) for side in sides)
        self._bounds = _Bounds.of(self._starts, model.paragraphs)

    def of(self, diagonals: slice) -> Floats:
        """The scores of each shape (first axis) at the nodes of some diagonals."""
        numbers = np.arange(*diagonals.indices(len(self._band.firsts)))
        rows = self._band.firsts[numbers][:, None] + np.arange(self._band.width)[None, :]
        columns = numbers[:, None] - rows
        return np.stack([self._shape(number, rows, columns) for number in range(len(SHAPES))]).astype(np.float32)

    def _shape(self, number: int, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
        high, wide = SHAPES[number]
        possible = (rows >= high) & (columns >= wide) & (rows <= self._band.rows) & (columns <= self._band.columns)
        if not possible.any():
            return np.full(rows.shape, -1e9)
        row, column = np.where(possible, rows, high), np.where(possible, columns, wide)
        score = np.full(rows.shape, np.log(self._model.priors[number]))
        if high and wide:
            score += self._said(row, column, high, wide) + self._length(row, column, high, wide)
            if self._clock is not None:
                score += self._clock.agreement(row, column, high, wide)
        left, right = self._starts[0][row], self._starts[1][column]
        # A bead that goes on one side only has nothing to say of a paragraph that began on the other before it.
        score += self._bounds.ends[left if high else left * right, right if wide else left * right]
        inner = self._inner(0, row, high) + self._inner(1, column, wide)
        score += inner * self._bounds.crossing
        return np.where(possible, score, -1e9)

    def _inner(self, side: int, at: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """How many paragraphs begin within the last `count` sentences."""
        starts = self._starts[side]
        return sum((starts[at - back] for back in range(1, count)), np.zeros(at.shape, np.int64))

    def _said(self, row: NDArray[np.int64], column: NDArray[np.int64], high: int, wide: int) -> NDArray[np.float64]:
        source, target = self._source, self._target
        said = source.none[row] - source.none[row - high] + target.none[column] - target.none[column - wide]
        longer = _longer(self._lengths[0], row, high), _longer(self._lengths[1], column, wide)
        for up in range(high):
            for back in range(wide):
                places = self._band.place(row - up, column - back)
                said += _at(source, places, longer[1], several=wide > 1, further=back + 1 < wide)
                said += _at(target, places, longer[0], several=high > 1, further=up + 1 < high)
        return _LEXICAL * said

    def _length(self, row: NDArray[np.int64], column: NDArray[np.int64], high: int, wide: int) -> NDArray[np.float64]:
        one = self._lengths[0][row] - self._lengths[0][row - high]
        two = self._lengths[1][column] - self._lengths[1][column - wide]
        expected = one * self._model.ratio
        variance = self._model.variance * np.maximum((expected + two) / 2, 10)
        fits = -((two - expected) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2
        strange = self._strange[column] - self._strange[column - wide]
        score: NDArray[np.float64] = fits - (wide - 1) * np.log(two) - strange
        return score


def _longer(lengths: NDArray[np.float64], at: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """How much oftener a token finds a counterpart by chance in the last `count` sentences than in one; a logarithm.

    As often as they are longer than the longest of them; and there was a choice of sentences to be joined.
    """
    longest = np.max([lengths[at - back] - lengths[at - back - 1] for back in range(count)], axis=0)
    times: NDArray[np.float64] = np.log((lengths[at] - lengths[at - count]) / longest) + _CHOICE * (count > 1)
    return times


def _at(
    words: _Words, places: NDArray[np.int64], longer: NDArray[np.float64], *, several: bool, further: bool
) -> NDArray[np.float64]:
    """What the words say at some nodes, once where the sentence before, which is there `further`, says the same."""
    said: NDArray[np.floating] = words.gains.ravel()[places]
    if several:
        said = said - longer * words.hits.ravel()[places]
    if further:
        said = said - words.twice.ravel()[places] + longer * words.hits_twice.ravel()[places]
    return np.where(places >= 0, said, 0.0)


def _usual(side: Side) -> NDArray[np.float64]:
    """The logarithm of the probability of each sentence's length in any text."""
    lengths = np.log([max(len(one), 1) for one in side.sentences])
    distance = (lengths - lengths.mean()) / _SPREAD
    usual: NDArray[np.float64] = -(distance**2) / 2 - lengths - np.log(_SPREAD) - np.log(2 * np.pi) / 2
    return usual


def _cumulated(lengths: list[int]) -> NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(lengths)))


def _starts(side: Side) -> NDArray[np.int64]:
    """For each node whether a paragraph begins behind it; none does at the end, nor at the beginning."""
    numbers = np.array(side.numbered, np.int64)
    return (
        np.concatenate(([0], (np.diff(numbers) > 0).astype(np.int64), [0])) if len(numbers) else np.zeros(1, np.int64)
    )


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What the beginnings of paragraphs say: at the `ends` of a bead on neither side, one side, both; and within it."""

    ends: NDArray[np.float64]
    crossing: float

    @classmethod
    def of(cls, starts: tuple[NDArray[np.int64], ...], together: float) -> _Bounds:
        shares = [float(np.clip(one.mean(), 1e-3, 0.999)) for one in starts]
        if not all(one.sum() for one in starts):
            return cls(np.zeros((2, 2)), 0.0)
        fewest, most = sorted(int(one.sum()) for one in starts)
        sure = together * fewest / most
        both = np.log(sure / max(shares) + 1 - sure)
        one = np.log(1 - sure + sure * 0.02)
        return cls(np.array([[0.0, one], [one, max(both, 0.0)]]), float(np.log(_CROSSING + 1 - sure)))
