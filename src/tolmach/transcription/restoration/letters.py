"""How likely a string of letters is as a name: an n-gram model of letters, kept as an automaton with failure links.

A state is a context (the last letters); it has an edge for every letter that was seen after it. A letter that was not
seen is looked for in the shorter context, at the state's back-off cost. Costs are whole numbers, sixteenths of a nat
(negative natural logarithms), so that they fit a byte and add up fast.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

NAT = 16
START, END = 0, 1  # codes of the two ends of a word; letters follow
_REMEMBERED = 120_000  # steps
WORST = 255  # the cost of a letter that no name has


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
    _known: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False)

    def step(self, state: int, code: int) -> tuple[int, int]:
        """The cost of a letter after a context, and the context then."""
        key = state << 8 | code
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._walk(state, code)
        return known

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
