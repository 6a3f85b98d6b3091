"""Of all that an automaton finds: what stands in each other's way with the few matches that matter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

Match = tuple[int, int, int]
"""Start, end and number of a pattern."""

_END = itemgetter(1)
_WIDEST = 2000
"""Matches that overlap over more code points than this are no text; then everything is looked at."""


def neighbours(matches: Sequence[Match], seeds: Iterable[tuple[int, int]], longest: int) -> Sequence[Match]:
    """The matches that overlap a seed (start, end), overlap those, and so on.

    `matches` are in the order of their ends, none is longer than `longest`. Judging them gives the same about the seeds
    as judging all matches.
    """
    found: list[Match] = []
    reach = 0
    for start, end in sorted(seeds):
        if end <= reach:
            continue
        group = _group(matches, start, end, longest)
        if group is None:
            return matches
        # A group that begins before the last one ended has been gathered with it.
        found += (match for match in group if match[1] > reach)
        reach = max(end, max((match[1] for match in group), default=end), reach)
    return found


def _group(matches: Sequence[Match], start: int, end: int, longest: int) -> list[Match] | None:
    """The matches around the stretch that overlap it, and each other; None where they take too much room."""
    while end - start <= _WIDEST:
        group = list(_overlapping(matches, start, end, longest))
        first = min((match[0] for match in group), default=start)
        last = max((match[1] for match in group), default=end)
        if first >= start and last <= end:
            return group
        start, end = min(first, start), max(last, end)
    return None


def _overlapping(matches: Sequence[Match], start: int, end: int, longest: int) -> Iterator[Match]:
    for place in range(bisect_right(matches, start, key=_END), len(matches)):
        match = matches[place]
        if match[1] - longest >= end:
            break
        if match[0] < end:
            yield match
