"""What may stand at a place of a text, and which of several that overlap is meant."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import NamedTuple

from tolmach.glossary.patterns import Meaning
from tolmach.text.model import Span


class Candidate(NamedTuple):
    """A meaning at `span` of the text, which begins at `first` and ends before `last` of the normalised text."""

    span: Span
    first: int
    last: int
    meaning: Meaning
    tail: str
    prefixed: bool
    certain: bool


def longest(candidates: list[Candidate]) -> Iterator[Candidate]:
    """The longest candidates that do not overlap; of equal ones fixed phrases, then the wanted, then the certain."""
    cluster: list[Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda one: one.first):
        if cluster and candidate.first >= reach:
            yield from _resolve(cluster)
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate.last)
    yield from _resolve(cluster)


def _resolve(cluster: list[Candidate]) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for candidate in sorted(cluster, key=_rank) if len(cluster) > 1 else cluster:
        place = (candidate.first, candidate.last)
        index = bisect_left(taken, place)
        free_before = index == 0 or taken[index - 1][1] <= candidate.first
        if free_before and (index == len(taken) or candidate.last <= taken[index][0]):
            insort(taken, place)
            yield candidate


def _rank(candidate: Candidate) -> tuple[int, bool, bool, bool, int]:
    designation = candidate.meaning.designation
    unwanted = designation is not None and not designation.status.wanted
    return (
        candidate.first - candidate.last,
        candidate.meaning.concept is not None,
        unwanted,
        not candidate.certain,
        candidate.first,
    )
