"""How likely a string of letters is as a name: an n-gram model of letters, kept as an automaton with failure links.

A state is a context (the last letters); it has an edge for every letter that was seen after it. A letter that was not
seen is looked for in the shorter context, at the state's back-off cost. Costs are whole numbers, sixteenths of a nat
(negative natural logarithms), so that they fit a byte and add up fast.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

NAT = 16
START, END = 0, 1  # codes of the two ends of a word; letters follow
_REMEMBERED = 300_000  # steps
WORST = 255  # the cost of a letter that no name has


class Steps(dict[int, tuple[int, int]]):
    """The steps of a model by `state << 8 | code`, found when first asked for: cost of the letter, context then."""

    def __init__(self, walk: Callable[[int, int], tuple[int, int]]) -> None:
        super().__init__()
        self._walk = walk

    def __missing__(self, key: int) -> tuple[int, int]:
        """Walk the model."""
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[key] = self._walk(key >> 8, key & 255)
        return found


@dataclass(frozen=True)
class Letters:
    """The model: `first[s]` is the first edge of state `s`, `codes`, `costs` and `targets` belong to the edges.

    State 0 is the empty context; `start` is the state at the start of a word.
    """

    alphabet: str
    start: int
    first: array[int]
    codes: bytes
    costs: bytes
    targets: array[int]
    backoff: bytes
    failure: array[int]

    @cached_property
    def steps(self) -> Steps:
        """The cost of a letter after a context, and the context then, by `context << 8 | code of the letter`."""
        return Steps(self._walk)

    def _walk(self, state: int, code: int) -> tuple[int, int]:
        cost = 0
        while True:
            edge = self.codes.find(code, self.first[state], self.first[state + 1])
            if edge >= 0:
                return cost + self.costs[edge], self.targets[edge]
            if state == 0:
                return cost + WORST, 0
            cost += self.backoff[state]
            state = self.failure[state]
