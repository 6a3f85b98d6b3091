"""When the sentences of subtitles are shown: the times of one film in two languages, brought onto one clock."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_CUE = re.compile(rf"^[^\S\n]*{_TIME}[^\S\n]*-->[^\S\n]*{_TIME}(?=\s|$)", re.MULTILINE)
# Frames per second in cinemas and on European and American television: a film shown at another rate is shorter.
_RATES = (24.0, 25.0, 24 / 1.001)
_FEWEST = 3  # pairs that tell how two clocks differ
_CLOSEST, _FARTHEST = 0.5, 4.0  # seconds: how exactly cues begin and end together; beyond that the films are different
_AGREES, _CONTRADICTS = 2.0, -4.0  # what a beginning or an end may say, in natural logarithms

Times = NDArray[np.float64]


def cue_times(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """From when to when, in seconds, sentences are shown that stand at these places (offset, length) of subtitles.

    The sentences of one cue share its time by their lengths. The text is that of an SRT or VTT file; nothing for one
    without times.
    """
    cues = [(found.end(), _seconds(found.groups()[:4]), _seconds(found.groups()[4:])) for found in _CUE.finditer(text)]
    if not cues:
        return []
    offsets = [cue[0] for cue in cues]
    numbers = [max(bisect_right(offsets, start) - 1, 0) for start, _length in places]
    whole: dict[int, int] = {}
    for number, (_start, length) in zip(numbers, places, strict=True):
        whole[number] = whole.get(number, 0) + max(length, 1)
    times: list[tuple[float, float]] = []
    passed: dict[int, int] = {}
    for number, (_start, length) in zip(numbers, places, strict=True):
        _offset, start, end = cues[number]
        before = passed.get(number, 0)
        after = passed[number] = before + max(length, 1)
        pace = (end - start) / whole[number]
        times.append((start + pace * before, start + pace * after))
    return times


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction}")


@dataclass(frozen=True, slots=True)
class Clock:
    """Both sides' times on one clock, a row of beginning and end for each sentence; and how exactly they agree."""

    source: Times
    target: Times
    spread: float

    @classmethod
    def of(
        cls, source: Sequence[tuple[float, float]], target: Sequence[tuple[float, float]], pairs: NDArray[np.int64]
    ) -> Clock | None:
        """The clock that fits most of some pairs of sentences; none for texts without times and for different films."""
        if not source or not target or len(pairs) < _FEWEST:
            return None
        one, two = np.array(source, np.float64), np.array(target, np.float64)
        left, right = one[pairs[:, 0], 0], two[pairs[:, 1], 0]
        found = []
        for rate in sorted({a / b for a in _RATES for b in _RATES}, key=lambda rate: abs(rate - 1)):
            later = float(np.median(left - right * rate))
            found.append((float(np.median(np.abs(left - right * rate - later))), rate, later))
        # Of rates that fit alike the first, which is nearest to none.
        spread, rate, later = min(found, key=lambda one: one[0])
        return None if spread > _FARTHEST else cls(one, two * rate + later, max(spread, _CLOSEST))

    def agreement(self, row: NDArray[np.int64], column: NDArray[np.int64], high: int, wide: int) -> NDArray[np.float64]:
        """What it says for beads that they begin and end together."""
        starts = self.source[row - high, 0] - self.target[column - wide, 0]
        ends = self.source[row - 1, 1] - self.target[column - 1, 1]
        return self._says(starts) + self._says(ends)

    def _says(self, apart: Times) -> Times:
        return np.maximum(_AGREES - np.abs(apart) / self.spread, _CONTRADICTS)
