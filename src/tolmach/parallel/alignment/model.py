"""What is aligned and what comes of it: sides, beads, and the evidence to be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder

DOUBTFUL = 0.8
"""Below this confidence a bead is marked for a person to look at."""

UNLIKELY = 0.5
"""Below this confidence a bead is rather wrong than right."""

STRANGERS = 0.35
"""Texts with less accord do not translate each other; of unrelated texts at most .33 was seen, of translations .82."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Some sentences of the source and those of the target that translate them; one side may be empty.

    Counted from 0, `source_end` and `target_end` exclusive. `confidence` is the probability that exactly these
    sentences belong together.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    confidence: float = 1.0

    @property
    def shape(self) -> tuple[int, int]:
        """How many sentences it has of the source and of the target."""
        return self.source_end - self.source_start, self.target_end - self.target_start

    @property
    def doubtful(self) -> bool:
        """Should a person look at it?"""
        return self.confidence < DOUBTFUL

    @property
    def unlikely(self) -> bool:
        """Is it rather wrong than right?"""
        return self.confidence < UNLIKELY


@dataclass(frozen=True)
class Side:
    """A text in one language: its sentences and the number of the paragraph that each stands in (never falling).

    Those of subtitles have `times`, from when to when each is shown, in seconds.
    """

    language: str
    sentences: Sequence[str]
    paragraphs: Sequence[int] = ()
    times: Sequence[tuple[float, float]] = ()

    @cached_property
    def numbered(self) -> Sequence[int]:
        """The paragraphs; without any the whole text is one."""
        return self.paragraphs or [0] * len(self.sentences)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells that sentences translate each other, besides their length, their numbers and signs."""

    lexicon: bool = True
    names: bool = True
    finder: Finder | None = None


def pairs(beads: Sequence[Bead]) -> Iterator[Bead]:
    """The beads that have both sides."""
    return (bead for bead in beads if all(bead.shape))


def accord(beads: Sequence[Bead]) -> float:
    """The share of the shorter text, counted in sentences, that stands in pairs which are not doubtful."""
    counts = [sum(bead.shape[side] for bead in beads) for side in (0, 1)]
    shorter = counts.index(min(counts))
    sure = sum(bead.shape[shorter] for bead in pairs(beads) if not bead.doubtful)
    return sure / max(min(counts), 1)
