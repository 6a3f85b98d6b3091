"""The best way through a band of nodes, and how sure each of its steps is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tolmach.parallel.alignment.band import Band
from tolmach.parallel.alignment.scores import SHAPES, Scores

Doubles = NDArray[np.float64]
Precision = TypeVar("Precision", np.float32, np.float64)

_IMPOSSIBLE = np.float32(-1e9)
_MARGIN = 8  # nodes beside the band, so that every shift of a diagonal stays within a row
_BLOCK = 2048  # diagonals scored at once


@dataclass(frozen=True, slots=True)
class Step:
    """A bead by its number among the shapes and the node at its end."""

    shape: int
    row: int
    column: int


class Search:
    """Viterbi and forward–backward sweeps, diagonal by diagonal.

    No more scores than those of a block of diagonals are in memory, but with `keep`, which `sureness` needs.
    """

    def __init__(self, scores: Scores, band: Band, *, keep: bool = False) -> None:
        self._band = band
        self._of = scores.of
        self._begun = 0  # the diagonal with which the scores in memory begin
        self._scores = self._all() if keep else np.empty((len(SHAPES), 0, band.width), np.float32)
        self._sources = _sources(band)

    def best(self) -> list[Step]:
        """The steps of the likeliest path, in order."""
        table = self._table(np.float32)
        choices = np.zeros((len(table), self._band.width), np.uint8)
        inner = slice(_MARGIN, _MARGIN + self._band.width)
        for diagonal in range(1, len(table)):
            candidates = self._candidates(table, diagonal, 1.0)
            choices[diagonal] = candidates.argmax(axis=0)
            table[diagonal, inner] = np.maximum(candidates.max(axis=0), _IMPOSSIBLE)
        return self._back(choices)

    def _table(self, precision: type[Precision]) -> NDArray[Precision]:
        table = np.full((len(self._band.firsts), self._band.width + 2 * _MARGIN), _IMPOSSIBLE, precision)
        table[0, _MARGIN - self._band.firsts[0]] = 0
        return table

    def _scores_at(self, diagonal: int) -> NDArray[np.float32]:
        """The scores of each shape at the nodes of a diagonal."""
        if not 0 <= diagonal - self._begun < self._scores.shape[1]:
            self._begun = diagonal - diagonal % _BLOCK
            self._scores = self._of(slice(self._begun, self._begun + _BLOCK))
        return self._scores[:, diagonal - self._begun]

    def _candidates(self, table: NDArray[Precision], diagonal: int, sharpness: float) -> NDArray[Precision]:
        """The value of each node of a diagonal by each shape of the last bead."""
        begins = self._sources[diagonal][:, None]
        before = table.ravel()[np.maximum(begins, 0) + np.arange(self._band.width)]
        found: NDArray[Precision] = before + self._scores_at(diagonal) * table.dtype.type(sharpness)
        found[begins[:, 0] < 0] = _IMPOSSIBLE
        return found

    def _back(self, choices: NDArray[np.uint8]) -> list[Step]:
        row, column = self._band.rows, self._band.columns
        steps: list[Step] = []
        while row or column:
            diagonal = row + column
            number = int(choices[diagonal, row - self._band.firsts[diagonal]])
            steps.append(Step(number, row, column))
            row, column = row - SHAPES[number][0], column - SHAPES[number][1]
        return steps[::-1]

    def sureness(self, steps: list[Step], sharpness: float) -> list[float]:
        """The probability of each step among all paths; scores count `sharpness` times."""
        width, firsts = self._band.width, self._band.firsts
        # Sums over a whole book: single precision would round away what tells two ways apart.
        forward = self._table(np.float64)
        for diagonal in range(1, len(forward)):
            forward[diagonal, _MARGIN : _MARGIN + width] = _sum(self._candidates(forward, diagonal, sharpness))
        backward = np.full_like(forward, _IMPOSSIBLE)
        last = len(forward) - 1
        backward[last, _MARGIN + self._band.rows - firsts[last]] = 0
        for diagonal in range(last, 0, -1):
            own = backward[diagonal, _MARGIN : _MARGIN + width]
            for number, (high, wide) in enumerate(SHAPES):
                before = diagonal - high - wide
                shift = _MARGIN + int(firsts[diagonal] - high - firsts[max(before, 0)])
                if before >= 0 and 0 <= shift <= 2 * _MARGIN:
                    there = backward[before, shift : shift + width]
                    np.logaddexp(there, own + self._scores[number, diagonal] * sharpness, out=there)
        total = float(forward[last, _MARGIN + self._band.rows - firsts[last]])
        return [self._sure(step, forward, backward, sharpness, total) for step in steps]

    def _all(self) -> NDArray[np.float32]:
        count = len(self._band.firsts)
        scores = np.empty((len(SHAPES), count, self._band.width), np.float32)
        for start in range(0, count, _BLOCK):
            scores[:, start : start + _BLOCK] = self._of(slice(start, start + _BLOCK))
        return scores

    def _sure(self, step: Step, forward: Doubles, backward: Doubles, sharpness: float, total: float) -> float:
        high, wide = SHAPES[step.shape]
        firsts, diagonal = self._band.firsts, step.row + step.column
        before, offset = diagonal - high - wide, step.row - int(firsts[diagonal])
        value = (
            float(forward[before, _MARGIN + step.row - high - int(firsts[before])])
            + float(self._scores[step.shape, diagonal, offset]) * sharpness
            + float(backward[diagonal, _MARGIN + offset])
        )
        return float(np.exp(min(value - total, 0.0)))


def _sources(band: Band) -> NDArray[np.int64]:
    """For each diagonal and shape where in a table the values begin to which its beads are added; -1 for nowhere."""
    diagonals = np.arange(len(band.firsts))
    found = np.full((len(diagonals), len(SHAPES)), -1)
    for number, (high, wide) in enumerate(SHAPES):
        before = diagonals - high - wide
        shift = _MARGIN + band.firsts - high - band.firsts[np.maximum(before, 0)]
        possible = (before >= 0) & (shift >= 0) & (shift <= 2 * _MARGIN)
        found[possible, number] = (before * (band.width + 2 * _MARGIN) + shift)[possible]
    return found


def _sum(candidates: Doubles) -> Doubles:
    highest = candidates.max(axis=0)
    total: Doubles = highest + np.log(np.exp(candidates - highest).sum(axis=0))
    return np.maximum(total, _IMPOSSIBLE)
