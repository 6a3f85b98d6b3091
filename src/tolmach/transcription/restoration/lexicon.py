"""The known names of a language, as a minimal automaton: a word is walked letter by letter, and ends in its kinds."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

SURNAME, GIVEN, PLACE, PROMINENT = 1, 2, 4, 8
NOWHERE = -1
_REMEMBERED = 120_000  # steps
KINDS = 240  # codes from here on are no letters: what is left are the kinds of a word that ends here


@dataclass(frozen=True)
class Lexicon:
    """The automaton: `first[n]` is the first edge of node `n`; node 0 is the start of every word."""

    first: array[int]
    codes: bytes
    targets: array[int]
    _known: dict[int, int] = field(default_factory=dict, repr=False)

    def step(self, node: int, code: int) -> int:
        """The node after one more letter, NOWHERE if no name goes on like that."""
        key = node << 8 | code
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            edge = self.codes.find(code, self.first[node], self.first[node + 1])
            known = self._known[key] = self.targets[edge] if edge >= 0 else NOWHERE
        return known

    def find(self, word: str, alphabet: str) -> int:
        """The kinds of a word written in an alphabet, 0 if it is not known."""
        node = 0
        for letter in word:
            node = self.step(node, alphabet.find(letter) + 2)
            if node == NOWHERE:
                return 0
        return self.kinds(node)

    def kinds(self, node: int) -> int:
        """The kinds of the name that ends at a node, added up (PROMINENT: a large town); 0 if none ends here."""
        end = self.first[node + 1]
        if node >= 0 and end > self.first[node] and self.codes[end - 1] >= KINDS:
            return self.codes[end - 1] - KINDS
        return 0
