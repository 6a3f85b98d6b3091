"""Aligning two spellings unit by unit, many pairs at once, at the least cost.

One unit stands for one, two or none of the other side. A step's weight is a logarithm: how much likelier the two stand
side by side in spellings of one name than by chance. Weights, and which two units may go together, are learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NEVER = np.float32(-1e4)
ONE_FOR_ONE, TWO_FOR_ONE, ONE_FOR_TWO, LEFT_ALONE, RIGHT_ALONE = range(5)
_TAKES_LEFT = np.array([1, 2, 1, 1, 0], np.int32)
_TAKES_RIGHT = np.array([1, 1, 2, 0, 1], np.int32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned weights: `both` of two chunks side by side, `alone` of one unit without a partner.

    A chunk is a unit or, from `len(joined)` on, two units: `joined[x, y]` is the number of the chunk x-y, 0 for none.
    `alone` has a row for each class of pairs (Cyrillic and Latin, Latin only, Cyrillic only).
    """

    both: Floats
    alone: Floats
    joined: Ints


@dataclass(frozen=True, slots=True)
class Paths:
    """The best alignment of each pair: the chunks of both sides step by step (0: nothing), padded with -1 in front."""

    left: Ints
    right: Ints
    weight: Floats
    total: Floats


def padded(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows of different lengths as one matrix, filled up with 0, and their lengths."""
    lengths = np.fromiter(map(len, rows), np.int32, len(rows))
    matrix = np.zeros((len(rows), max(int(lengths.max(initial=1)), 1)), np.int32)
    matrix[np.arange(matrix.shape[1]) < lengths[:, None]] = [number for row in rows for number in row]
    return matrix, lengths


def align(left: tuple[Ints, Ints], right: tuple[Ints, Ints], classes: Ints, weights: Weights) -> Paths:
    """The alignment of the greatest total weight for each pair of rows."""
    grid = _Grid.of(left[0], right[0], classes, weights)
    return _trace(grid, left[1], right[1], _best(grid))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Chunks that end at each place of both sides, and the weights of putting them side by side."""

    left: tuple[Ints, Ints]
    right: tuple[Ints, Ints]
    steps: tuple[Floats, Floats, Floats]
    left_alone: Floats
    right_alone: Floats

    @classmethod
    def of(cls, left: Ints, right: Ints, classes: Ints, weights: Weights) -> _Grid:
        left_two, right_two = _joined(left, weights.joined), _joined(right, weights.joined)
        width = weights.both.shape[1]
        flat = weights.both.ravel()
        rows, columns = left[:, :, None] * width, right[:, None, :]
        return cls(
            left=(left, left_two),
            right=(right, right_two),
            steps=(
                flat[rows + columns],
                flat[left_two[:, :, None] * width + columns],
                flat[rows + right_two[:, None, :]],
            ),
            left_alone=weights.alone[classes[:, None], left],
            right_alone=weights.alone[classes[:, None], right],
        )


def _joined(rows: Ints, joined: Ints) -> Ints:
    chunks = np.zeros_like(rows)
    chunks[:, 1:] = joined[rows[:, :-1], rows[:, 1:]]
    return chunks


def _best(grid: _Grid) -> Floats:
    """best[i, n, j]: the greatest weight of aligning the first i units of pair n's left side with its right first j."""
    one, two_one, one_two = grid.steps
    count, height, width = one.shape
    skipped = np.zeros((count, width + 1), np.float32)
    np.cumsum(grid.right_alone, axis=1, out=skipped[:, 1:])
    best = np.empty((height + 1, count, width + 1), np.float32)
    best[0] = skipped
    for row in range(1, height + 1):
        here = best[row - 1] + grid.left_alone[:, row - 1 : row]
        np.maximum(here[:, 1:], best[row - 1][:, :-1] + one[:, row - 1], out=here[:, 1:])
        np.maximum(here[:, 2:], best[row - 1][:, :-2] + one_two[:, row - 1, 1:], out=here[:, 2:])
        if row > 1:
            np.maximum(here[:, 1:], best[row - 2][:, :-1] + two_one[:, row - 1], out=here[:, 1:])
        # Units of the right side that stand alone: a running maximum, once what skipping costs is taken out.
        here -= skipped
        np.maximum.accumulate(here, axis=1, out=here)
        np.add(here, skipped, out=best[row])
    return best


def _trace(grid: _Grid, left_lengths: Ints, right_lengths: Ints, best: Floats) -> Paths:
    """Walk all pairs back from their ends at once, along the steps that gave the best weights."""
    pair = np.arange(len(left_lengths))
    row, column = left_lengths.copy(), right_lengths.copy()
    total = best[row, pair, column]
    lefts, rights, gained = [], [], []
    while (live := (row > 0) | (column > 0)).any():
        choices = _choices(grid, best, pair, row, column)
        step = choices.argmax(axis=0)
        before_row, before_column = np.maximum(row - 1, 0), np.maximum(column - 1, 0)
        chunk_left = np.where(step == TWO_FOR_ONE, grid.left[1][pair, before_row], grid.left[0][pair, before_row]) * (
            step != RIGHT_ALONE
        )
        chunk_right = np.where(
            step == ONE_FOR_TWO, grid.right[1][pair, before_column], grid.right[0][pair, before_column]
        ) * (step != LEFT_ALONE)
        next_row = np.where(live, row - _TAKES_LEFT[step], 0)
        next_column = np.where(live, column - _TAKES_RIGHT[step], 0)
        gained.append(np.where(live, best[row, pair, column] - best[next_row, pair, next_column], 0))
        lefts.append(np.where(live, chunk_left, -1))
        rights.append(np.where(live, chunk_right, -1))
        row, column = next_row, next_column
    if not lefts:
        empty = np.full((len(pair), 1), -1, np.int32)
        return Paths(empty, empty, np.zeros((len(pair), 1), np.float32), total)
    return Paths(
        np.stack(lefts[::-1], 1).astype(np.int32),
        np.stack(rights[::-1], 1).astype(np.int32),
        np.stack(gained[::-1], 1).astype(np.float32),
        total,
    )


def _choices(grid: _Grid, best: Floats, pair: npt.NDArray[np.intp], row: Ints, column: Ints) -> Floats:
    """What each of the five steps into the present cell gives; impossible ones give NEVER."""
    before_row, before_column = np.maximum(row - 1, 0), np.maximum(column - 1, 0)
    inside = (row > 0) & (column > 0)
    one, two_one, one_two = (step[pair, before_row, before_column] for step in grid.steps)
    lowest = np.float32(2 * NEVER * 10)
    return np.stack(
        [
            np.where(inside, best[before_row, pair, before_column] + one, lowest),
            np.where(inside & (row > 1), best[np.maximum(row - 2, 0), pair, before_column] + two_one, lowest),
            np.where(inside & (column > 1), best[before_row, pair, np.maximum(column - 2, 0)] + one_two, lowest),
            np.where(row > 0, best[before_row, pair, column] + grid.left_alone[pair, before_row], lowest),
            np.where(column > 0, best[row, pair, before_column] + grid.right_alone[pair, before_column], lowest),
        ]
    )
