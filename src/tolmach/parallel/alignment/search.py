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
    sureness: float = 1.0


class Search:
    """Viterbi and forward–backward sweeps, diagonal by diagonal."""

    def __init__(self, scores: Scores, band: Band) -> None:
        self._band = band
        count = len(band.firsts)
        self._scores = np.empty((len(SHAPES), count, band.width), np.float32)
        for start in range(0, count, _BLOCK):
            self._scores[:, start : start + _BLOCK] = scores.of(slice(start, start + _BLOCK))

    def best(self) -> list[Step]:
        """The steps of the likeliest path, in order."""
        table = self._table(np.float32)
        choices = np.zeros((len(table), self._band.width), np.uint8)
        for diagonal in range(1, len(table)):
            candidates = self._candidates(table, diagonal, 1.0)
            choice = candidates.argmax(axis=0)
            choices[diagonal] = choice
            inner = slice(_MARGIN, _MARGIN + self._band.width)
            table[diagonal, inner] = np.maximum(candidates[choice, np.arange(self._band.width)], _IMPOSSIBLE)
        return self._back(choices)

    def _table(self, precision: type[Precision]) -> NDArray[Precision]:
        table = np.full((len(self._band.firsts), self._band.width + 2 * _MARGIN), _IMPOSSIBLE, precision)
        table[0, _MARGIN - self._band.firsts[0]] = 0
        return table

    def _candidates(self, table: NDArray[Precision], diagonal: int, sharpness: float) -> NDArray[Precision]:
        """The value of each node of a diagonal by each shape of the last bead."""
        width, firsts = self._band.width, self._band.firsts
        found = np.full((len(SHAPES), width), _IMPOSSIBLE, table.dtype)
        for number, (high, wide) in enumerate(SHAPES):
            before = diagonal - high - wide
            if before >= 0:
                shift = _MARGIN + int(firsts[diagonal] - high - firsts[before])
                if 0 <= shift <= 2 * _MARGIN:
                    found[number] = table[before, shift : shift + width] + self._scores[number, diagonal] * sharpness
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


def _sum(candidates: Doubles) -> Doubles:
    highest = candidates.max(axis=0)
    total: Doubles = highest + np.log(np.exp(candidates - highest).sum(axis=0))
    return np.maximum(total, _IMPOSSIBLE)
