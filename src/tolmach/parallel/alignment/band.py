"""Where in the grid of two texts the alignment is looked for: a band along a path of sure anchors.

A node (i, j) of the grid stands behind i sentences of the source and j of the target. Nodes with the same i + j make a
diagonal; the band holds `width` nodes of each, so memory grows with the length of the texts, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tolmach.parallel.alignment.tokens import Tokens

_ALL = 1_000_000  # nodes: so many are looked at without a band
_WIDTH, _SECOND = 112, 48
_RARE = 4  # occurrences of a key that makes an anchor
_LEAST = 9.0  # of the weight of an anchor: about two rare keys in a long text
_WANDER = 12  # sentences: two anchors that lie so far from each other's diagonal contradict


@dataclass(frozen=True, slots=True)
class Band:
    """The nodes (first + k, diagonal - first - k) for each diagonal's `first` and k below `width`."""

    rows: int
    columns: int
    width: int
    firsts: NDArray[np.int64]

    def place(self, row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the nodes lie among all those of the band; -1 for those outside."""
        diagonal = row + column
        offset = row - self.firsts[diagonal]
        return np.where((offset >= 0) & (offset < self.width), diagonal * self.width + offset, -1)

    def columns_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and the last column of the band in each row."""
        first = np.searchsorted(self.firsts + self.width, rows, "right")
        last = np.searchsorted(self.firsts, rows, "right") - 1
        return np.maximum(first - rows, 0), np.minimum(last - rows, self.columns)


def band(source: Tokens, target: Tokens) -> Band:
    """The band for two texts: everything for short ones, else along their anchors."""
    rows, columns = source.count, target.count
    diagonals = np.arange(rows + columns + 1)
    width = min(rows, columns) + 1
    if (rows + columns + 1) * width <= _ALL:
        return Band(rows, columns, width, np.maximum(diagonals - columns, 0))
    return along([(0, 0), *anchors(source, target), (rows, columns)], min(width, _WIDTH))


def narrower(space: Band, path: Sequence[tuple[int, int]]) -> Band:
    """The band along a path found in a wider one."""
    if space.width <= _SECOND:
        return space
    return along([(0, 0), *path, (space.rows, space.columns)], _SECOND)


def along(path: Sequence[tuple[int, int]], width: int) -> Band:
    """The band of that width along a path from the first to the last node."""
    rows, columns = path[-1]
    diagonals = np.arange(rows + columns + 1)
    centre = np.interp(diagonals, [row + column for row, column in path], [row for row, _column in path])
    return Band(rows, columns, width, _steady(np.round(centre).astype(np.int64) - width // 2, rows, columns, width))


def _steady(firsts: NDArray[np.int64], rows: int, columns: int, width: int) -> NDArray[np.int64]:
    """The firsts so that the band holds both corners and moves at most one node from diagonal to diagonal."""
    diagonals = np.arange(len(firsts))
    lowest, highest = np.maximum(diagonals - columns - width // 2, -(width // 2)), rows - width // 2
    return np.clip(firsts, lowest, highest)


def anchors(source: Tokens, target: Tokens) -> list[tuple[int, int]]:
    """Pairs of sentences that share rare keys, the heaviest chain in which both sides only go forward."""
    left, right, weight = _candidates(source, target)
    order = np.lexsort((right, left))
    found = [(int(left[one]), int(right[one]), float(weight[one])) for one in order]
    return _chain([one for one in found if one[2] >= _LEAST])


def _candidates(source: Tokens, target: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of sentences that share a rare key, with the weight of all those they share."""
    (one, here), (two, there) = _rare(source), _rare(target)
    starts, ends = np.searchsorted(two, one, "left"), np.searchsorted(two, one, "right")
    counts = ends - starts
    which = np.repeat(np.arange(len(one)), counts)
    place = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + starts[which]
    codes, inverse = np.unique(here[which] * (target.count + 1) + there[place], return_inverse=True)
    weights = np.log(max(target.count, 1) / np.maximum(counts[which], 1))
    weight = np.bincount(inverse, weights, len(codes)).astype(np.float64)
    return codes // (target.count + 1), codes % (target.count + 1), weight


def _rare(tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The keys that stand in few sentences, in order, with these sentences."""
    keys, sentences = tokens.table
    rare = np.bincount(keys)[keys] <= _RARE if len(keys) else np.zeros(0, bool)
    return keys[rare], sentences[rare]


def _chain(candidates: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The longest chain that goes forward on both sides, by patience sorting; pairs that stray alone are left out."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    rows = sorted(candidates, key=lambda one: (one[0], -one[1]))
    for number, (_row, column, _weight) in enumerate(rows):
        length = bisect_left(ends, column)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1], tails[length : length + 1] = [column], [number]
    chain: list[tuple[int, int]] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(rows[at][:2])
        at = before[at]
    return _calm(chain[::-1])


def _calm(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The chain without lone pairs that lie on no diagonal with either neighbour."""
    drift = [row - column for row, column in chain]
    return [
        pair
        for number, pair in enumerate(chain)
        if any(
            abs(drift[number] - drift[other]) <= _WANDER
            for other in (number - 2, number - 1, number + 1, number + 2)
            if 0 <= other < len(chain)
        )
    ]
