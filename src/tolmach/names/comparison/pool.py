"""All the pairs of spellings that a block of comparisons asks about, judged at once, for the sake of speed."""

from __future__ import annotations

import numpy as np

from tolmach.names.comparison.alignment import Paths
from tolmach.names.comparison.identities import relations
from tolmach.names.comparison.model import PERSON, PLACE, UNKNOWN, Model, chunk_names, load
from tolmach.names.comparison.spelling import bare, is_cyrillic, units

_UNMARKED = 3.0  # log-odds of spellings that differ in the marks on letters only, which many leave out


class Pool:
    """Ask about pairs, `judge` once, then read the answers by the numbers that `ask` gave."""

    def __init__(self, kind: str | None) -> None:
        self.model: Model = load()
        self._kind = {None: UNKNOWN, "person": PERSON}.get(kind, PLACE)
        self._numbers: dict[tuple[str, str], int] = {}
        self._odds: list[float] = []
        self._known: list[list[float]] = []
        self._support: list[float] = []
        self._paths: tuple[Paths, ...] = ()
        self._place: list[list[int]] = []

    def ask(self, pair: tuple[str, str]) -> int:
        """The number under which the answer for a pair of plain spellings can be read."""
        left, right = pair
        if (is_cyrillic(left), left) > (is_cyrillic(right), right):
            pair = right, left
        return self._numbers.setdefault(pair, len(self._numbers))

    def judge(self) -> None:
        """Answer all that was asked."""
        pairs = list(self._numbers)
        if not pairs:
            return
        known = relations(pairs)
        kinds = np.column_stack([np.full(len(pairs), self._kind, np.float32), known])
        judged = self.model.judge(pairs, kinds)
        self._paths = judged.paths
        self._odds, self._support = judged.odds.tolist(), judged.support.tolist()
        for place, (left, right) in enumerate(pairs):
            if left.isascii() != right.isascii() and bare(left) == bare(right) != "" and not is_cyrillic(left + right):
                self._odds[place] = max(self._odds[place], _UNMARKED)
        self._known, self._place = known.tolist(), judged.place.tolist()

    def odds(self, number: int) -> float:
        """The log-odds that a pair is one name."""
        return self._odds[number]

    def support(self, number: int) -> float:
        """The weight of a pair's alignment for each unit of both sides."""
        return self._support[number]

    def town(self, number: int) -> float:
        """What the gazetteer says of a pair."""
        return self._known[number][0]

    def given_name(self, number: int) -> float:
        """What the table of given names says of a pair."""
        return self._known[number][1]

    @property
    def chunks(self) -> tuple[str, ...]:
        """The letters of the chunks that `steps` names by number."""
        return chunk_names()

    def agrees_throughout(self, number: int) -> bool:
        """Does every unit of one side have its likeness on the other?"""
        return all(left and right and weight > 0 for left, right, weight in self.steps(number))

    def begin_alike(self, left: str, right: str) -> bool:
        """Can the first units of two plain spellings stand for one sound, as ю and ju do?"""
        weights = self.model.knowledge.weights
        first, second = units(left)[:2], units(right)[:2]
        starts = [(first[0], second[0])]
        if len(first) > 1:
            starts.append((int(weights.joined[first[0], first[1]]), second[0]))
        if len(second) > 1:
            starts.append((first[0], int(weights.joined[second[0], second[1]])))
        return max(float(weights.both[start]) for start in starts) > 0

    def steps(self, number: int) -> list[tuple[int, int, float]]:
        """The steps of a pair's alignment: both chunks (0: none) and the weight."""
        group, row = self._place[number]
        paths = self._paths[group]
        return [
            step
            for step in zip(
                paths.left[row].tolist(), paths.right[row].tolist(), paths.weight[row].tolist(), strict=True
            )
            if step[0] >= 0
        ]
