"""How much of a term a recurring phrase is: its C-value.

K. Frantzi, S. Ananiadou, H. Mima, Automatic recognition of multi-word terms: the C-value/NC-value method, International
Journal on Digital Libraries 3 (2000): a phrase is a term if it is frequent by itself, not only within longer ones. The
length counts as log2(words + 1), so that compounds of one word get a value too (A. Barrón-Cedeño et al., An improved
automatic term recognition method for Spanish, CICLing 2009).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping


def c_values(counts: Mapping[str, int]) -> dict[str, float]:
    """The C-value of each phrase (words with one blank between them) by how often the phrases stand in the texts.

    >>> found = c_values({"nuclear test ban": 5, "test ban": 5, "trade union": 5})
    >>> found["test ban"], found["trade union"] > found["test ban"]
    (0.0, True)
    """
    within: dict[str, list[int]] = defaultdict(list)
    for phrase, count in counts.items():
        for part in set(_parts(phrase.split(" "))):
            if part in counts:
                within[part].append(count)
    return {phrase: _value(phrase, count, within.get(phrase, [])) for phrase, count in counts.items()}


def _parts(words: list[str]) -> list[str]:
    size = len(words)
    return [
        " ".join(words[first:last])
        for first in range(size)
        for last in range(first + 1, size + 1)
        if last - first < size
    ]


def _value(phrase: str, count: int, longer: list[int]) -> float:
    alone = count - sum(longer) / len(longer) if longer else count
    return math.log2(phrase.count(" ") + 2) * max(0.0, alone)
