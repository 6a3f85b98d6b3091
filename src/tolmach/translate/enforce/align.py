"""Which words of two sentences translate each other, learned from the sentences themselves.

Two word translation models (IBM model 1; Brown et al. 1993, Computational Linguistics 19/2) with a preference for the
diagonal (as in Dyer, Chahuneau and Smith 2013, NAACL) are trained together so that they agree (Liang, Taskar and
Klein 2006, HLT-NAACL). What is known beforehand – a lexicon, numbers, names that sound alike – enters as prior counts,
so that few sentences are enough. Words are compared by their stems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.int64, np.float64)
Words = Sequence[str]
# Given the stems of both sides: pairs of places in them with the count they are believed to have translated each other.
Prior = Callable[[Sequence[str], Sequence[str]], Iterable[tuple[int, int, float]]]

_ROUNDS = 5
_DIAGONAL = 4.0  # how strongly words at the same part of both sentences are preferred
_NOTHING = 0.2  # how probable it is beforehand that a word translates nothing
_SMOOTH = 0.05  # count of a pair of words before anything was seen
_LONGEST = 120  # words: what is longer is no sentence


@dataclass(frozen=True, slots=True)
class _Cells:
    """All pairs of words of all pairs of sentences: which pair of stems, and which row and column they share.

    A row is a target word in its sentence, a column a source word in its sentence.
    """

    kinds: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    near: NDArray[np.float64]
    row_words: NDArray[np.int64]
    column_words: NDArray[np.int64]
    starts: NDArray[np.int64]
    codes: NDArray[np.int64]
    sources: tuple[str, ...]
    targets: tuple[str, ...]


class Alignment:
    """The links between the words of pairs of sentences it has learned from.

    >>> pairs = [("the house", "das Haus"), ("the book", "das Buch"), ("a book", "ein Buch")]
    >>> alignment = Alignment.learn([(left.split(), right.split()) for left, right in pairs])
    >>> alignment.of(2).argmax(axis=1)
    array([0, 1])
    """

    def __init__(
        self, links: NDArray[np.float64], starts: NDArray[np.int64], shapes: Sequence[tuple[int, int]]
    ) -> None:
        self._links = links
        self._starts = starts
        self._shapes = shapes

    @classmethod
    def learn(cls, pairs: Iterable[tuple[Words, Words]], prior: Prior | None = None) -> Alignment:
        """Learn from pairs of sentences, each a sequence of stems; `prior` tells what is known beforehand.

        Memory and time are proportional to the sum of the products of both lengths.
        """
        sentences = [(tuple(source[:_LONGEST]), tuple(target[:_LONGEST])) for source, target in pairs]
        shapes = [(len(source), len(target)) for source, target in sentences]
        cells = _cells(sentences)
        if not len(cells.kinds):
            return cls(np.zeros(0), cells.starts, shapes)
        return cls(_trained(cells, _known(cells, prior)), cells.starts, shapes)

    def __len__(self) -> int:
        return len(self._shapes)

    def of(self, number: int) -> NDArray[np.float64]:
        """How probably each source word (row) and each target word (column) of a pair translate each other."""
        start, shape = self._starts[number], self._shapes[number]
        return self._links[start : start + shape[0] * shape[1]].reshape(shape)


def _cells(sentences: Sequence[tuple[Words, Words]]) -> _Cells:
    source_ids: dict[str, int] = {}
    target_ids: dict[str, int] = {}
    stretches, starts, rows, columns, near = [], [], [], [], []
    lefts, rights = [], []
    start = row = column = 0
    for source, target in sentences:
        left = np.array([source_ids.setdefault(word, len(source_ids)) for word in source], np.int64)
        right = np.array([target_ids.setdefault(word, len(target_ids)) for word in target], np.int64)
        lefts.append(left)
        rights.append(right)
        starts.append(start)
        start += len(left) * len(right)
        stretches.append((np.repeat(left, len(right)) << 32) | np.tile(right, len(left)))
        columns.append(np.repeat(np.arange(column, column + len(left)), len(right)))
        rows.append(np.tile(np.arange(row, row + len(right)), len(left)))
        near.append(_near(len(left), len(right)))
        row, column = row + len(right), column + len(left)
    codes, kinds = np.unique(_joined(stretches, np.int64), return_inverse=True)
    return _Cells(
        kinds,
        _joined(rows, np.int64),
        _joined(columns, np.int64),
        _joined(near, np.float64),
        _joined(rights, np.int64),
        _joined(lefts, np.int64),
        np.array(starts, np.int64),
        codes,
        tuple(source_ids),
        tuple(target_ids),
    )


def _joined(arrays: list[NDArray[Number]], kind: type[Number]) -> NDArray[Number]:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)


def _near(height: int, width: int) -> NDArray[np.float64]:
    """The preference for the diagonal."""
    down = (np.arange(height) + 0.5) / max(height, 1)
    across = (np.arange(width) + 0.5) / max(width, 1)
    return np.exp(-_DIAGONAL * np.abs(down[:, None] - across[None, :])).ravel()


def _known(cells: _Cells, prior: Prior | None) -> NDArray[np.float64]:
    """The count of each pair of stems before anything was seen."""
    counts = np.full(len(cells.codes), _SMOOTH)
    if prior is None:
        return counts
    for source, target, count in prior(cells.sources, cells.targets):
        code = (source << 32) | target
        place = int(np.searchsorted(cells.codes, code))
        if place < len(counts) and cells.codes[place] == code:
            counts[place] += count
    return counts


def _trained(cells: _Cells, known: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each link after some rounds of expectation and maximisation."""
    sources, targets = cells.codes >> 32, cells.codes & 0xFFFFFFFF
    no_source, no_target = _frequency(cells.row_words), _frequency(cells.column_words)
    counts = known
    links = cells.near
    for _round in range(_ROUNDS):
        given_source = (counts / _sums(counts, sources))[cells.kinds] * cells.near
        given_target = (counts / _sums(counts, targets))[cells.kinds] * cells.near
        links = _shares(given_source, cells.rows, no_source) * _shares(given_target, cells.columns, no_target)
        counts = known + np.bincount(cells.kinds, links, len(known)).astype(np.float64)
    return np.sqrt(links)


def _sums(counts: NDArray[np.float64], stems: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each pair of stems the sum over all pairs with the same stem."""
    return np.bincount(stems, counts).astype(np.float64)[stems]


def _frequency(words: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weight that each word has for translating nothing: the more, the more frequent its stem is."""
    frequency: NDArray[np.float64] = _NOTHING * np.bincount(words)[words] / max(len(words), 1)
    return frequency


def _shares(
    weights: NDArray[np.float64], groups: NDArray[np.int64], nothing: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of each link in its row or column, where something is left for the word that translates nothing."""
    totals = np.bincount(groups, weights, len(nothing)) + nothing
    shares: NDArray[np.float64] = weights / np.maximum(totals, 1e-300)[groups]
    return shares
