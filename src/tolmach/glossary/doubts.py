"""Where in a text doubtful hits may be, found much faster than the hits themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.text.model import Passage
from tolmach.text.sieve import Places


@dataclass(frozen=True)
class Doubts:
    """Places to look at closely, in order, in each of the languages that parts of a text may be in.

    Unusual signs stand at the `unusual` ones.
    """

    by_language: Mapping[str, Sequence[int]]
    unusual: Sequence[int]

    def __iter__(self) -> Iterator[int]:
        return iter(sorted({place for places in self.by_language.values() for place in places}))

    def within(self, passage: Passage) -> Places:
        """Those in a stretch of the text, counted from its beginning, that count in its language."""
        start, end = passage.start, passage.start + len(passage.text)
        own = self.by_language.get(primary(passage.language), ())
        return Places(list(_between(own, start, end)), list(_between(self.unusual, start, end)))


def _between(places: Sequence[int], start: int, end: int) -> Iterator[int]:
    for number in range(bisect_left(places, start), len(places)):
        if places[number] >= end:
            return
        yield places[number] - start
