"""Builds the minimal automaton of a language's known names (Daciuk and others 2000, words in sorted order)."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from tolmach.transcription.restoration.lexicon import KINDS, Lexicon

Node = dict[int, int]


def build(kinds: Mapping[str, int], alphabet: str) -> Lexicon:
    """The lexicon of the names with their kinds."""
    code = {letter: place + 2 for place, letter in enumerate(alphabet)}
    entries = sorted((bytes(code[letter] for letter in name) + bytes((KINDS + mask,))) for name, mask in kinds.items())
    nodes: list[tuple[tuple[int, int], ...]] = []
    known: dict[tuple[tuple[int, int], ...], int] = {}
    open_nodes: list[list[tuple[int, int]]] = [[]]
    before = b""

    def close(depth: int) -> None:
        while len(open_nodes) > depth:
            edges = tuple(open_nodes.pop())
            if edges not in known:
                known[edges] = len(nodes)
                nodes.append(edges)
            open_nodes[-1].append((before[len(open_nodes) - 1], known[edges]))

    for entry in entries:
        same = next((place for place, (a, b) in enumerate(zip(before, entry, strict=False)) if a != b), 0)
        close(same + 1)
        before = entry
        open_nodes.extend([] for _ in range(len(entry) - same))
    close(1)
    return _arrays(nodes, tuple(open_nodes[0]))


def _arrays(nodes: list[tuple[tuple[int, int], ...]], root: tuple[tuple[int, int], ...]) -> Lexicon:
    """The nodes in order of their first visit from the start, so that they compress well."""
    order: list[tuple[tuple[int, int], ...]] = [root]
    number: dict[int, int] = {}
    codes, targets, first = bytearray(), array("I"), array("I", [0])
    place = 0
    while place < len(order):
        for code, node in sorted(order[place]):
            if node not in number:
                number[node] = len(order)
                order.append(nodes[node])
            codes.append(code)
            targets.append(number[node])
        first.append(len(codes))
        place += 1
    return Lexicon(first, bytes(codes), targets)
