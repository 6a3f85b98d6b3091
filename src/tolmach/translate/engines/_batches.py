"""Which sentences an engine computes together.

A window of sentences is read, sorted by length, and cut into batches in which little is padding. Results come back in
the order of the sentences; a stopped run loses one window at most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

Result = TypeVar("Result")
Pieces = list[str]
# Gives at once a function that waits for the results of a batch.
Submit = Callable[[Sequence[Pieces]], Callable[[], Sequence[Result]]]


def windows(sentences: Iterable[Pieces], pieces: int) -> Iterator[list[Pieces]]:
    """The sentences in groups of about so many pieces."""
    window: list[Pieces] = []
    size = 0
    for sentence in sentences:
        window.append(sentence)
        size += len(sentence)
        if size >= pieces:
            yield window
            window, size = [], 0
    if window:
        yield window


def batches(window: Sequence[Pieces], pieces: int) -> Iterator[list[int]]:
    """The places of the sentences, longest first, in groups of at most so many pieces, padding counted."""
    batch: list[int] = []
    for place in sorted(range(len(window)), key=lambda place: -len(window[place])):
        if batch and (len(batch) + 1) * len(window[batch[0]]) > pieces:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def compute(window: Sequence[Pieces], pieces: int, submit: Submit[Result], at_once: int) -> list[Result]:
    """The results for the sentences of a window, in order; `at_once` batches are under way at a time.

    More are not submitted, so that little is left to finish when the run is stopped.
    """
    running: deque[tuple[list[int], Callable[[], Sequence[Result]]]] = deque()
    found: dict[int, Result] = {}
    for batch in batches(window, pieces):
        if len(running) >= at_once:
            places, wait = running.popleft()
            found.update(zip(places, wait(), strict=True))
        running.append((batch, submit([window[place] for place in batch])))
    for places, wait in running:
        found.update(zip(places, wait(), strict=True))
    return [found[place] for place in range(len(window))]
