"""What an alignment and the two spellings themselves tell about whether they are one name: a row of numbers a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tolmach.names.comparison.alignment import Flags, Floats, Ints, Paths, Weights, align, padded
from tolmach.names.comparison.spelling import alphabet, is_cyrillic, units

Column = npt.NDArray[Any]

CYRILLIC_LATIN, LATIN, CYRILLIC = range(3)
HABITS = 1 << 15
"""Steps and pairs of steps have a learned weight each, in a table of this length (by a hash)."""

HABIT_SUM, SUPPORT = 30, 34
"""The columns of the sum of all habits, and of the alignment's weight for each unit of both sides."""

_BAD, _WORST = 0.0, -1.5


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the evidence is measured with: alignment weights, habits of spelling, how usual a row of letters is."""

    weights: Weights
    habits: Floats
    letters: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs of plain spellings as numbered units; the classes say which scripts meet."""

    left: tuple[Ints, Ints]
    right: tuple[Ints, Ints]
    classes: Ints


def rows(pairs: Sequence[tuple[str, str]]) -> Rows:
    """The pairs as matrices of unit numbers."""
    cyrillic = np.array([[is_cyrillic(left), is_cyrillic(right)] for left, right in pairs], bool).reshape(-1, 2)
    both, either = cyrillic.all(axis=1), cyrillic.any(axis=1)
    return Rows(
        padded([units(left) for left, _right in pairs]),
        padded([units(right) for _left, right in pairs]),
        np.where(both, CYRILLIC, np.where(either, CYRILLIC_LATIN, LATIN)).astype(np.int32),
    )


def vowel_chunks(weights: Weights) -> Flags:
    """For each chunk: is it written with vowels only?"""
    known = alphabet()
    single = np.array([unit in known.vowels for unit in known.units], bool)
    flags = np.zeros(weights.both.shape[0], bool)
    flags[: len(single)] = single
    first, second = np.nonzero(weights.joined)
    flags[weights.joined[first, second]] = single[first] & single[second]
    return flags


def steps(paths: Paths) -> Ints:
    """A number for each step of each path, the same from either side; -1 before the path begins."""
    lower, upper = np.minimum(paths.left, paths.right), np.maximum(paths.left, paths.right)
    return np.where(paths.left < 0, -1, lower * 4096 + upper).astype(np.int32)


def habits(paths: Paths) -> tuple[Ints, Ints]:
    """Places in the table of habits: of each step, and of each step with the one before it (-1: none)."""
    step = steps(paths).astype(np.int64)
    # The start and the end of a name are steps, too: -1 comes before the first, -2 follows the last.
    border = np.full((len(step), 1), -2, np.int64)
    before = np.concatenate([np.full((len(step), 1), -1, np.int64), step], axis=1)
    after = np.concatenate([step, border], axis=1)
    single = np.where(step < 0, -1, (step * 2654435761 >> 7) % HABITS)
    double = np.where((after == -1), -1, (before * 1000003 + after * 7368787 + 13) % HABITS)
    return single.astype(np.int32), double.astype(np.int32)


def habit_sum(paths: Paths, table: Floats) -> Floats:
    """The sum of the learned weights of all steps and pairs of steps of each path."""
    ended = np.append(table, np.float32(0))
    single, double = habits(paths)
    total: Floats = ended[single].sum(axis=1) + ended[double].sum(axis=1)
    return total


def usualness(matrix: tuple[Ints, Ints], letters: Floats) -> Floats:
    """The logarithm of the probability of each row of units, letter after letter; 0 marks both ends."""
    numbers, lengths = matrix
    before = np.concatenate([np.zeros((len(numbers), 1), np.int32), numbers], axis=1)
    after = np.concatenate([numbers, np.zeros((len(numbers), 1), np.int32)], axis=1)
    inside = np.arange(after.shape[1]) <= lengths[:, None]
    total: Floats = np.where(inside, letters[before, after], 0).sum(axis=1)
    return total


def measure(pairs: Sequence[tuple[str, str]], knowledge: Knowledge) -> tuple[Floats, Paths]:
    """The evidence for each pair of plain spellings, a row each, and the alignments that it was taken from."""
    matrices = rows(pairs)
    paths = align(matrices.left, matrices.right, matrices.classes, knowledge.weights)
    columns = (
        *_weights(paths),
        *_kinds(paths, vowel_chunks(knowledge.weights)),
        *_ends(paths),
        *_spellings(matrices, paths, knowledge),
    )
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1), paths


def _weights(paths: Paths) -> tuple[Column, ...]:
    """How good all steps are together, and how bad the worst of them."""
    inside = paths.left >= 0
    count = inside.sum(axis=1)
    ordered = np.sort(np.where(inside, paths.weight, 5), axis=1)
    ordered = np.pad(ordered, ((0, 0), (0, 3)), constant_values=5)
    bad = np.minimum(paths.weight, 0)
    place = np.where(inside, paths.weight, 99).argmin(axis=1) - (inside.shape[1] - count)
    size = np.maximum(count, 1)
    return (
        paths.total,
        paths.total / size,
        ordered[:, 0],
        ordered[:, 1],
        ordered[:, 2],
        bad.sum(axis=1),
        (paths.weight < _WORST).sum(axis=1),
        place / size,
        np.minimum(place, 6),
        np.minimum(count - place, 6),
        count,
        (paths.weight > 1).sum(axis=1),
    )


def _kinds(paths: Paths, vowels: Flags) -> tuple[Column, ...]:
    """The same for consonants alone, and how many units stand alone."""
    inside = paths.left >= 0
    alone = inside & ((paths.left == 0) | (paths.right == 0))
    ended = np.append(vowels, False)
    vowel = np.where(alone, ended[np.maximum(paths.left, paths.right)], ended[paths.left] & ended[paths.right])
    consonant = inside & ~vowel
    weight = np.where(consonant, paths.weight, 0)
    size = consonant.sum(axis=1)
    return (
        np.minimum(weight, 0).sum(axis=1),
        (weight < _BAD).sum(axis=1),
        (weight < _WORST).sum(axis=1),
        weight.sum(axis=1) / np.maximum(size, 1),
        size,
        alone.sum(axis=1),
        (alone & consonant).sum(axis=1),
        np.where(inside & vowel, np.minimum(paths.weight, 0), 0).sum(axis=1),
    )


def _ends(paths: Paths) -> tuple[Column, ...]:
    """The steps at the beginning and at the end, and what is left without the ending."""
    inside = paths.left >= 0
    count = inside.sum(axis=1)
    pair = np.arange(len(count))
    width = inside.shape[1]
    first = [
        np.where(count > place, paths.weight[pair, np.minimum(width - count + place, width - 1)], 5)
        for place in range(3)
    ]
    last = [np.where(count > place, paths.weight[pair, max(width - 1 - place, 0)], 5) for place in range(4)]
    bad = np.minimum(paths.weight, 0)
    from_start = np.arange(width) - (width - count)[:, None]
    return (
        *first,
        *last,
        bad[:, : max(width - 2, 0)].sum(axis=1),
        np.where(from_start >= 2, bad, 0).sum(axis=1),
        np.where(from_start < 3, np.where(inside, paths.weight, 0), 0).sum(axis=1),
    )


def _spellings(matrices: Rows, paths: Paths, knowledge: Knowledge) -> tuple[Column, ...]:
    """Lengths, scripts, habits of spelling and how usual the letters are: agreement in a rare name means more."""
    left, right = usualness(matrices.left, knowledge.letters), usualness(matrices.right, knowledge.letters)
    left_size, right_size = matrices.left[1], matrices.right[1]
    left_mean, right_mean = left / (left_size + 1), right / (right_size + 1)
    return (
        habit_sum(paths, knowledge.habits),
        matrices.classes,
        np.abs(left_size - right_size),
        np.minimum(left_size, right_size),
        paths.total / np.maximum(left_size + right_size, 1),
        left + right,
        np.minimum(left, right),
        np.minimum(left_mean, right_mean),
        np.maximum(left_mean, right_mean),
        paths.total / np.minimum(left + right, -1),
    )
