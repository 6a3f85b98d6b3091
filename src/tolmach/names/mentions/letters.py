"""What the letters of a word alone say: does it look like a name rather than like a German noun?"""

from __future__ import annotations

import json
import lzma
import math
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

SCALE = 100  # the weights are kept in hundredths
_SIZES = (2, 3, 4)


def groups(plain: str) -> Iterator[str]:
    """The groups of two to four letters of a word in small letters, its borders marked.

    >>> list(groups("ob"))
    ['^o', 'ob', 'b$', '^ob', 'ob$', '^ob$']
    """
    marked = f"^{plain}$"
    for size in _SIZES:
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


@cache
def _weights() -> Mapping[str, int]:
    content = resources.files("tolmach.names.mentions").joinpath("letters.bin").read_bytes()
    weights: dict[str, int] = json.loads(lzma.decompress(content))
    return weights


def likeness(plain: str) -> float:
    """The log-odds that a word in small letters is a name and no German noun, by its letters alone.

    >>> likeness("puigdemont") > 0 > likeness("fachkräftemangel")
    True
    """
    weights = _weights()
    found: list[int] = [weights[group] for group in groups(plain) if group in weights]
    return (weights[""] + sum(found) / (1 + math.sqrt(len(found)))) / SCALE
