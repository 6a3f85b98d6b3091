"""Trains the letter model of a language's names: interpolated Kneser-Ney n-grams, written as an automaton."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable

from tolmach.transcription.restoration.letters import END, NAT, START, WORST, Letters

_DISCOUNT = 0.8


def train(names: Iterable[tuple[str, int]], alphabet: str, order: int = 6, least: int = 2) -> Letters:
    """The model of the names with their weights; n-grams longer than three letters must be met `least` times."""
    counts = _counts(names, alphabet, order)
    chances = _chances(counts, order, len(alphabet) + 1)
    kept = _kept(counts, order, least)
    return _automaton(alphabet, chances, kept)


def _counts(names: Iterable[tuple[str, int]], alphabet: str, order: int) -> list[Counter[bytes]]:
    """n-grams of every order with their counts: of words for the longest, of letters before them for the others."""
    code = {letter: place + 2 for place, letter in enumerate(alphabet)}
    longest: Counter[bytes] = Counter()
    for name, weight in names:
        coded = bytes((START, *(code[letter] for letter in name), END))
        for end in range(2, len(coded) + 1):
            longest[coded[max(0, end - order) : end]] += weight
    counts: list[Counter[bytes]] = [Counter() for _ in range(order + 1)]
    for gram, count in longest.items():
        counts[len(gram)][gram] += count
    for size in range(order, 1, -1):
        for gram in counts[size]:
            # what begins a word has no letter before it; all others count by how many letters stand before them
            counts[size - 1][gram[1:]] += 1
    return counts


def _chances(counts: list[Counter[bytes]], order: int, letters: int) -> dict[bytes, tuple[float, float]]:
    """The probability of each n-gram's last letter after the others, and the weight left for shorter contexts."""
    totals: dict[bytes, float] = defaultdict(float)
    kinds: dict[bytes, int] = defaultdict(int)
    for size in range(1, order + 1):
        for gram, count in counts[size].items():
            totals[gram[:-1]] += count
            kinds[gram[:-1]] += 1
    left = {context: _DISCOUNT * kinds[context] / totals[context] for context in totals}
    chances: dict[bytes, tuple[float, float]] = {}
    for size in range(1, order + 1):
        for gram, count in counts[size].items():
            context = gram[:-1]
            shorter = chances[gram[1:]][0] if size > 1 else 1 / letters
            chance = max(count - _DISCOUNT, 0) / totals[context] + left[context] * shorter
            chances[gram] = (chance, left.get(gram, 1.0))
    chances[b""] = (1.0, left[b""])
    chances[bytes((START,))] = (1.0, left[bytes((START,))])
    return chances


def _kept(counts: list[Counter[bytes]], order: int, least: int) -> set[bytes]:
    kept = {gram for size in range(1, min(order, 3) + 1) for gram in counts[size]}
    for size in range(4, order + 1):
        kept |= {gram for gram, count in counts[size].items() if count >= least and gram[:-1] in kept}
    return kept


def _automaton(alphabet: str, chances: dict[bytes, tuple[float, float]], kept: set[bytes]) -> Letters:
    contexts = {gram[:-1] for gram in kept} | {b"", bytes((START,))}
    ordered = sorted(contexts, key=lambda context: (len(context), context))
    number = {context: place for place, context in enumerate(ordered)}
    edges: dict[bytes, list[bytes]] = defaultdict(list)
    for gram in kept:
        edges[gram[:-1]].append(gram)
    first, targets = array("I", [0]), array("I")
    codes, costs = bytearray(), bytearray()
    for context in ordered:
        for gram in sorted(edges[context]):
            codes.append(gram[-1])
            costs.append(_cost(chances[gram][0]))
            targets.append(number[_longest(gram, number)])
        first.append(len(codes))
    backoff = bytes(_cost(chances[context][1]) for context in ordered)
    failure = array("I", [number[_longest(context[1:], number)] for context in ordered])
    return Letters(alphabet, number[bytes((START,))], first, bytes(codes), bytes(costs), targets, backoff, failure)


def _longest(gram: bytes, number: dict[bytes, int]) -> bytes:
    """The longest end of an n-gram that is a context."""
    while gram not in number:
        gram = gram[1:]
    return gram


def _cost(chance: float) -> int:
    return min(WORST, max(0, round(-NAT * math.log(chance))))
