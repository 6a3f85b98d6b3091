"""The known names of a language, as a minimal automaton: a word is walked letter by letter, and ends in its kinds."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

SURNAME, GIVEN, PLACE, PROMINENT = 1, 2, 4, 8
NOWHERE = -1
_REMEMBERED = 120_000  # steps
KINDS = 240  # codes from here on are no letters: what is left are the kinds of a word that ends here


class Steps(dict[int, int]):
    """The steps of an automaton by `node << 8 | code`, found when first asked for: the node then, or NOWHERE."""

    def __init__(self, walk: Callable[[int, int], int]) -> None:
        super().__init__()
        self._walk = walk

    def __missing__(self, key: int) -> int:
        """Look for the edge."""
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[key] = self._walk(key >> 8, key & 255)
        return found


@dataclass(frozen=True)
class Lexicon:
    """The automaton: `first[n]` is the first edge of node `n`; node 0 is the start of every word."""

    first: array[int]
    codes: bytes
    targets: array[int]

    @cached_property
    def steps(self) -> Steps:
        """The node after one more letter, NOWHERE if no name goes on like that, by `node << 8 | code`."""
        return Steps(self._walk)

    def _walk(self, node: int, code: int) -> int:
        edge = self.codes.find(code, self.first[node], self.first[node + 1])
        return self.targets[edge] if edge >= 0 else NOWHERE

    def find(self, word: str, alphabet: str) -> int:
        """The kinds of a word written in an alphabet, 0 if it is not known."""
        node = self.after(word, alphabet)
        return self.kinds(node) if node != NOWHERE else 0

    def after(self, beginning: str, alphabet: str) -> int:
        """The node after the first letters of a word, NOWHERE if no name begins so."""
        node, steps = 0, self.steps
        for letter in beginning:
            node = steps[node << 8 | (alphabet.find(letter) + 2)]
            if node == NOWHERE:
                break
        return node

    def kinds(self, node: int) -> int:
        """The kinds of the name that ends at a node, added up (PROMINENT: a large town); 0 if none ends here."""
        end = self.first[node + 1]
        if node >= 0 and end > self.first[node] and self.codes[end - 1] >= KINDS:
            return self.codes[end - 1] - KINDS
        return 0
