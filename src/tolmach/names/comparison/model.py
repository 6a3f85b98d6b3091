"""The learned part of the comparison: evidence in, log-odds out that two spellings are one name.

The model is a sum of oblivious decision trees (every level of a tree asks one question of all pairs), trained by
scripts/build/comparison.py and kept as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
import numpy.typing as npt

from tolmach.names.comparison.alignment import NEVER, Floats, Ints, Paths, Weights
from tolmach.names.comparison.evidence import SUPPORT, Knowledge, measure
from tolmach.names.comparison.spelling import alphabet

PERSON, PLACE, UNKNOWN = 0.0, 1.0, 0.5
"""What the model is told of the kind of the names."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Questions (`column` > `border`, one row a level) and, for each tree, the log-odds of its leaves."""

    columns: Ints
    borders: Floats
    leaves: Floats
    start: float

    def sum(self, evidence: Floats) -> Floats:
        """The log-odds for each row of evidence."""
        by_column = np.ascontiguousarray(evidence.T)
        trees = self.leaves.shape[0]
        leaf = np.zeros((trees, evidence.shape[0]), np.int32)
        for level, (column, border) in enumerate(zip(self.columns, self.borders, strict=True)):
            leaf |= (by_column[column] > border[:, None]).astype(np.int32) << level
        leaf += (np.arange(trees, dtype=np.int32) * self.leaves.shape[1])[:, None]
        total: Floats = self.leaves.ravel()[leaf].sum(axis=0, dtype=np.float64) + self.start
        return total


@dataclass(frozen=True, slots=True)
class Judged:
    """The log-odds that each pair is one name, the weight of its alignment for each unit, and the alignments.

    Pair n is row `place[n, 1]` of `paths[place[n, 0]]`.
    """

    odds: Floats
    support: Floats
    paths: tuple[Paths, ...]
    place: Ints


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned: how spellings are measured, the trees, and how the parts of full names add up."""

    knowledge: Knowledge
    trees: Trees
    parts: Floats

    def judge(self, pairs: Sequence[tuple[str, str]], kinds: Floats) -> Judged:
        """What the model says of each pair of plain spellings; `kinds` has columns for the kind, towns, given names."""
        odds = np.zeros(len(pairs), np.float32)
        support = np.zeros(len(pairs), np.float32)
        place = np.zeros((len(pairs), 2), np.int32)
        paths: list[Paths] = []
        # The alignments are made in groups of like lengths: a group is as wide as its longest name.
        for group in _groups(pairs):
            evidence, aligned = measure([pairs[number] for number in group], self.knowledge)
            # Sums may differ in their last bit with the company a pair is in; its answer must not.
            table = np.round(np.column_stack([evidence, kinds[group]]), 3).astype(np.float32)
            odds[group] = self.trees.sum(table)
            support[group] = table[:, SUPPORT]
            place[group, 0] = len(paths)
            place[group, 1] = np.arange(len(group))
            paths.append(aligned)
        return Judged(odds, support, tuple(paths), place)


def _groups(pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """Numbers of the pairs, those of like lengths together: a group is as wide as its longest name."""
    sizes = [max(len(left), len(right)) for left, right in pairs]
    order = sorted(range(len(pairs)), key=sizes.__getitem__)
    groups: list[list[int]] = []
    widest = 0
    for number in order:
        if not groups or sizes[number] > widest or len(groups[-1]) >= 512:
            groups.append([])
            widest = sizes[number] + 3
        groups[-1].append(number)
    return groups


@cache
def load() -> Model:
    """The shipped model."""
    content = resources.files("tolmach.names.comparison").joinpath("model.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return unpack({name: stored[name] for name in stored.files})


@cache
def chunk_names() -> tuple[str, ...]:
    """The letters of all chunks: the units, then two units together."""
    names = list(alphabet().units)
    joined = load().knowledge.weights.joined
    names += [""] * (int(joined.max()) + 1 - len(names))
    for first, second in zip(*np.nonzero(joined), strict=True):
        names[joined[first, second]] = names[first] + names[second]
    return tuple(names)


def unpack(stored: dict[str, npt.NDArray[np.generic]]) -> Model:
    """The model from its arrays, as the build script packs them."""
    count = len(alphabet().units)
    joined = np.zeros((count, count), np.int32)
    chunks = stored["chunks"].astype(np.int32)
    joined[chunks[:, 0], chunks[:, 1]] = count + np.arange(len(chunks), dtype=np.int32)
    both = stored["both"].astype(np.float32)
    both[0], both[:, 0], both[count:, count:] = NEVER, NEVER, NEVER
    weights = Weights(both, stored["alone"].astype(np.float32), joined)
    return Model(
        Knowledge(weights, stored["habits"].astype(np.float32), stored["letters"].astype(np.float32)),
        Trees(
            stored["tree_columns"].astype(np.int32),
            stored["tree_borders"].astype(np.float32),
            stored["tree_leaves"].astype(np.float32),
            float(stored["tree_start"][0]),
        ),
        stored["parts"].astype(np.float32),
    )
