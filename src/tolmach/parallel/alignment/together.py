"""Several translations of one text, each aligned with it, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.parallel.alignment.model import DOUBTFUL, Bead


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some sentences of the source, from `start` to `end`, and for each translation the stretch beside them.

    `confidences` are those of the least certain bead of each translation in it.
    """

    start: int
    end: int
    targets: tuple[tuple[int, int], ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """That of the least certain bead in it."""
        return min(self.confidences)

    @property
    def doubtful(self) -> bool:
        """Should a person look at it?"""
        return self.confidence < DOUBTFUL


def together(alignments: Sequence[Sequence[Bead]]) -> Iterator[Stretch]:
    """The shortest stretches that cut no bead of any alignment, in order.

    What only a translation has stands alone, before the sentences that follow it; who has nothing there, has (0, 0).

    >>> one = [Bead(0, 1, 0, 1), Bead(1, 2, 1, 2)]
    >>> two = [Bead(0, 2, 0, 1), Bead(2, 2, 1, 2)]
    >>> [(found.start, found.end, found.targets) for found in together([one, two])]
    [(0, 2, ((0, 2), (0, 1))), (2, 2, ((0, 0), (1, 2)))]
    """
    count = max((bead.source_end for beads in alignments for bead in beads), default=0)
    cuts = set(range(count + 1))
    for beads in alignments:
        for bead in beads:
            cuts.difference_update(range(bead.source_start + 1, bead.source_end))
    places = [0] * len(alignments)
    start = 0
    for end in sorted(cuts):
        if end:
            yield _stretch(alignments, places, start, end)
        start = end
        yield from _additions(alignments, places, start)


def _stretch(alignments: Sequence[Sequence[Bead]], places: list[int], start: int, end: int) -> Stretch:
    """The beads up to `end`, which are taken."""
    targets, confidences = [], []
    for number, beads in enumerate(alignments):
        first = places[number]
        while places[number] < len(beads) and beads[places[number]].source_start < end:
            places[number] += 1
        taken = beads[first : places[number]]
        confidences.append(min((bead.confidence for bead in taken), default=1.0))
        targets.append((taken[0].target_start, taken[-1].target_end) if taken else (0, 0))
    return Stretch(start, end, tuple(targets), tuple(confidences))


def _additions(alignments: Sequence[Sequence[Bead]], places: list[int], at: int) -> Iterator[Stretch]:
    """The beads without a source that stand there."""
    for number, beads in enumerate(alignments):
        while places[number] < len(beads) and beads[places[number]].source_end == at:
            bead = beads[places[number]]
            places[number] += 1
            targets = [(0, 0)] * len(alignments)
            targets[number] = (bead.target_start, bead.target_end)
            confidences = [1.0] * len(alignments)
            confidences[number] = bead.confidence
            yield Stretch(at, at, tuple(targets), tuple(confidences))
