"""Which rows of an index may hold a sentence similar to the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tolmach.memory.indexing import words
from tolmach.memory.model import Entry
from tolmach.text.identity import fold

if TYPE_CHECKING:
    import numpy.typing

    Numbers = numpy.typing.NDArray[Any]

_BUDGET = 30_000  # rows that one question may touch
_RANKED = 150
_BY_CHANCE = 0.6
_MARGIN = 1.3  # inflection changes words that are nearly the same
_FEWEST = 3
_MOST_WORDS = 200

Rows = Callable[[str, str, int], list[int]]


def lengths(content: bytes) -> Numbers:
    """The lengths of the sources as an index keeps them; that of row 1 comes first."""
    import numpy as np

    return np.frombuffer(content, dtype=np.uint16)


def is_same(one: str, other: str) -> bool:
    """Are the two the same text, whatever their blanks?"""
    return fold(one) == fold(other)


def comparable(text: str) -> str:
    """The text as a concordance compares it."""
    return fold(text).casefold()


def ranked(text: str, minimum: float, frequent: Mapping[str, int], known: Numbers, rows: Rows) -> list[int]:
    """The numbers of the rows that share the rarer words of the text, those that share most first.

    Two texts that are similar to that degree cannot differ in more than a certain share of their letters, so as many
    words are asked for as make up more than that share. Rows too long or too short for the score are left out.
    """
    import numpy as np

    length = len(fold(text))
    asked = {word: frequent.get(word, 0) for word in words(text)[:_MOST_WORDS] if not word.isdigit()}
    order = sorted(asked, key=lambda word: (asked[word], -len(word)))
    if not order:
        return []
    enough = _MARGIN * (2 - 2 * minimum) / (2 - minimum) * sum(map(len, order))
    left, taken = _BUDGET, 0
    numbers: list[Numbers] = []
    weights: list[Numbers] = []
    for place, word in enumerate(order):
        if left <= 0 or (taken > enough and place >= _FEWEST):
            break
        following = order[place + 1] if asked[word] > left and place + 1 < len(order) else ""
        found = np.asarray(rows(word, following, left), dtype=np.int64)
        numbers.append(found)
        weights.append(np.full(len(found), len(word), dtype=np.int64))
        taken += len(word)
        left -= len(found)
    return _best(np.concatenate(numbers), np.concatenate(weights), known, length, minimum)


def _best(numbers: Numbers, weights: Numbers, known: Numbers, length: int, minimum: float) -> list[int]:
    import numpy as np

    # a damaged index may name rows that it does not have
    there = (numbers > 0) & (numbers <= len(known))
    distinct, places = np.unique(numbers[there], return_inverse=True)
    shared = np.bincount(places, weights=weights[there], minlength=len(distinct))
    sizes = known[distinct - 1].astype(np.float64)
    # of two texts, the shorter one can be similar only as far as the longer one has no more
    fitting = 2 * np.minimum(sizes, length) >= minimum * (sizes + length)
    distinct, shared, sizes = distinct[fitting], shared[fitting], sizes[fitting]
    # words that differ have some letters in common
    rest = np.minimum(length - shared, sizes - shared)
    order = np.argsort(-(2 * shared + _BY_CHANCE * rest) / (sizes + length), kind="stable")[:_RANKED]
    return [int(number) for number in distinct[order]]


def scored(text: str, entries: Iterable[Entry], minimum: float, best: int) -> list[tuple[float, Entry]]:
    """The best of the entries with the similarity of their source, one for each translation."""
    from rapidfuzz import fuzz

    asked = fold(text)
    found: dict[tuple[str, str], tuple[float, Entry]] = {}
    for entry in entries:
        score = fuzz.ratio(asked, fold(entry.source), score_cutoff=100 * minimum)
        if score:
            found.setdefault((fold(entry.source), entry.target), (score / 100, entry))
    return sorted(found.values(), key=lambda pair: (-pair[0], not pair[1].reviewed, pair[1].line))[:best]
