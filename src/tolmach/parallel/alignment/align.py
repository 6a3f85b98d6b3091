"""Aligning the sentences of two texts in two passes: the second one has learned from the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

import numpy as np
from numpy.typing import NDArray

from tolmach.parallel.alignment.band import Band, band, narrower
from tolmach.parallel.alignment.clock import Clock
from tolmach.parallel.alignment.model import Bead, Evidence, Side
from tolmach.parallel.alignment.scores import SHAPES, Matches, Model, Scores
from tolmach.parallel.alignment.search import Search, Step
from tolmach.parallel.alignment.tokens import KINDS, Learned, Reading, Tokens, read, tokens

SHARPNESS = 0.6
"""How much of a score is evidence of its own; scripts/bench/align.py compares the confidence with the truth."""

_ENOUGH = 20  # beads to learn from
_TRUST = 20.0  # beads that what was assumed counts for
_OFTEN, _DICE = 2, 0.35
_MANY = 40  # unmatched words of a sentence


def align(source: Side, target: Side, evidence: Evidence | None = None) -> list[Bead]:
    """The beads of two texts in order; every sentence is in exactly one.

    Memory is proportional to the length of the texts, and so is time.
    """
    evidence = evidence or Evidence()
    if not source.sentences or not target.sentences:
        return [*_alone(source, target)]
    sides = source, target
    readings = read(source, evidence), read(target, evidence)
    model, learned, space, clock = _first_pass(sides, readings, evidence)
    found = tokens(*readings, evidence, learned)
    search = Search(Scores(sides, found, space, model, clock), space, keep=True)
    steps = search.best()
    return [_bead(step, sure) for step, sure in zip(steps, search.sureness(steps, SHARPNESS), strict=True)]


def _first_pass(
    sides: tuple[Side, Side], readings: tuple[Reading, Reading], evidence: Evidence
) -> tuple[Model, Learned, Band, Clock | None]:
    """What can be learned from the beads of a first alignment, the band that lies along it, and a clock by it."""
    source, target = sides
    found = tokens(*readings, evidence)
    space = band(*found)
    model = Model(ratio=_ratio(source, target))
    scores = Scores(sides, found, space, model)
    steps = Search(scores, space).best()
    closer = narrower(space, [(step.row, step.column) for step in steps])
    clock = Clock.of(source.times, target.times, _single(steps))
    return _learned_model(sides, found, scores, steps, model), _learned_words(found, scores, steps), closer, clock


def _alone(source: Side, target: Side) -> Iterator[Bead]:
    yield from (Bead(place, place + 1, 0, 0) for place in range(len(source.sentences)))
    yield from (Bead(0, 0, place, place + 1) for place in range(len(target.sentences)))


def _bead(step: Step, confidence: float) -> Bead:
    high, wide = SHAPES[step.shape]
    return Bead(step.row - high, step.row, step.column - wide, step.column, confidence)


def _characters(side: Side) -> int:
    return sum(map(len, side.sentences)) or 1


def _ratio(source: Side, target: Side) -> float:
    """The ratio of lengths as it is before anything is known of the beads.

    All of both texts misleads where one leaves much out, their average sentences where one splits them: what is nearer
    to one is the likelier.
    """
    whole = _characters(target) / _characters(source)
    return min(whole, whole * len(source.sentences) / len(target.sentences), key=lambda ratio: abs(log(ratio)))


def _single(steps: Sequence[Step]) -> NDArray[np.int64]:
    """The pairs of the beads with one sentence on each side."""
    return np.array([(step.row - 1, step.column - 1) for step in steps if step.shape == 0], np.int64).reshape(-1, 2)


def _learned_model(
    sides: tuple[Side, Side], found: tuple[Tokens, Tokens], scores: Scores, steps: Sequence[Step], model: Model
) -> Model:
    """The model with the coverage, ratio and variance of the first pass; what was assumed counts as some beads."""
    model = replace(model, priors=_learned_priors(steps, model))
    single = _single(steps)
    if len(single) < _ENOUGH:
        return model
    weight = len(single) / (len(single) + _TRUST)
    covered = _coverage(found, scores, single)
    coverage = tuple(
        float(np.clip(weight * new + (1 - weight) * old, 0.05, 0.95)) if new > 0 else old
        for new, old in zip(covered, model.coverage, strict=True)
    )
    one, two = (np.array([len(side.sentences[place]) for place in single[:, axis]]) for axis, side in enumerate(sides))
    ratio = float(two.sum() / one.sum())
    squares = (two - one * ratio) ** 2 / np.maximum((one * ratio + two) / 2, 10)
    # The median of a squared normal variable is 0.455 of its variance; the mean would count wrong beads, too.
    variance = float(np.clip((np.median(squares) / 0.455 + squares.mean()) / 2, 1.0, 40.0))
    return replace(model, coverage=coverage, ratio=ratio, variance=weight * variance + (1 - weight) * model.variance)


def _learned_priors(steps: Sequence[Step], model: Model) -> tuple[float, ...]:
    """How often each shape is, by the first pass; what was assumed counts as some beads."""
    counts = np.bincount([step.shape for step in steps], minlength=len(SHAPES)) + _TRUST * np.array(model.priors)
    likelier = np.maximum(counts / counts.sum(), model.priors)
    return tuple((likelier / likelier.sum()).tolist())


def _partners(single: NDArray[np.int64], count: int, axis: int) -> NDArray[np.int64]:
    partners = np.full(count, -1)
    partners[single[:, axis]] = single[:, 1 - axis]
    return partners


def _matched(own: Tokens, found: Matches, partners: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens have their counterpart in the partner of their sentence."""
    hit = partners[own.sentences[found.tokens]] == found.others
    matched = np.zeros(len(own.sentences), bool)
    matched[found.tokens[hit]] = True
    return matched


def _coverage(found: tuple[Tokens, Tokens], scores: Scores, single: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each kind how many of its tokens have a counterpart; 0 for kinds that are not there."""
    have, all_ = np.zeros(KINDS), np.zeros(KINDS)
    for axis, own in enumerate(found):
        partners = _partners(single, own.count, axis)
        paired = partners[own.sentences] >= 0
        matched = _matched(own, scores.found[axis], partners)
        have += np.bincount(own.kinds[paired & matched], minlength=KINDS)
        all_ += np.bincount(own.kinds[paired], minlength=KINDS)
    covered: NDArray[np.float64] = have / np.maximum(all_, 1)
    return covered


def _learned_words(found: tuple[Tokens, Tokens], scores: Scores, steps: Sequence[Step]) -> Learned:
    """Stems without a counterpart that stand beside each other again and again (Dice coefficient)."""
    single = _single(steps)
    left, right = (
        _unmatched(own, scores.found[axis], _partners(single, own.count, axis)) for axis, own in enumerate(found)
    )
    counts: dict[tuple[str, str], int] = defaultdict(int)
    ones: dict[str, int] = defaultdict(int)
    twos: dict[str, int] = defaultdict(int)
    for row, column in single.tolist():
        here, there = left.get(row, ()), right.get(column, ())
        for stem in here:
            ones[stem] += 1
        for stem in there:
            twos[stem] += 1
        for stem in here:
            for other in there:
                counts[stem, other] += 1
    learned: dict[str, set[str]] = defaultdict(set)
    for (stem, other), count in counts.items():
        if count >= _OFTEN and 2 * count / (ones[stem] + twos[other]) >= _DICE:
            learned[stem].add(other)
    return {stem: frozenset(others) for stem, others in learned.items()}


def _unmatched(own: Tokens, found: Matches, partners: NDArray[np.int64]) -> dict[int, list[str]]:
    """For each sentence its words without a counterpart, each once."""
    open_ = ~_matched(own, found, partners) & (partners[own.sentences] >= 0)
    words: dict[int, dict[str, None]] = defaultdict(dict)
    for place in np.flatnonzero(open_).tolist():
        if own.stems[place]:
            words[int(own.sentences[place])][own.stems[place]] = None
    return {sentence: [*stems][:_MANY] for sentence, stems in words.items()}
