"""Learning the alignment weights of `tolmach compare` from pairs of spellings of one name.

Expectation maximisation on best paths: align, count the steps, weigh each by how much more often it is seen than its
letters would meet by chance, and again. It starts from comparison_sounds.txt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from tolmach.names.comparison import evidence
from tolmach.names.comparison.alignment import NEVER, Paths, Weights, align
from tolmach.names.comparison.spelling import SEPARATOR, alphabet, units

Pair = tuple[str, str]
Chunk = tuple[int, int]
ALPHABET = alphabet()
COUNT = len(ALPHABET.units)
CYRILLIC = np.array([bool(unit) and ALPHABET.cyrillic.issuperset(unit) for unit in ALPHABET.units])
VOWEL = np.array([unit in ALPHABET.vowels for unit in ALPHABET.units])
SEMIVOWEL = np.array([unit in set("ijyíìîïīįıýÿийіїјйьъ'hgw") for unit in ALPHABET.units])
SOUNDS = Path(__file__).with_name("comparison_sounds.txt")
CHANCE = 0.01  # of all steps are of a kind never seen; ten times as much goes to those that the sounds suggest
STRANGER = -3.0


def learn(pairs: Sequence[Pair], weights: Sequence[float]) -> tuple[Weights, list[Chunk]]:
    """Alignment weights, and the chunks of two units that turned out to be of use."""
    chunks = _frequent(pairs, 15)
    _first, counts = _maximise(pairs, weights, chunks, 3)
    used = counts[COUNT:].sum(axis=1)
    kept = [chunk for place, chunk in enumerate(chunks) if used[place] >= 4 or chunk in ALPHABET.pairs]
    return _maximise(pairs, weights, kept, 4)[0], kept


def _frequent(pairs: Sequence[Pair], least: int) -> list[Chunk]:
    seen: Counter[Chunk] = Counter()
    for spelling in (side for pair in pairs for side in pair):
        numbers = units(spelling)
        seen.update(pairwise(numbers))
    separator = ALPHABET.number[SEPARATOR]
    frequent = sorted((chunk for chunk, times in seen.items() if times >= least and separator not in chunk))
    return list(dict.fromkeys([*ALPHABET.pairs, *frequent]))


def _joined(chunks: Sequence[Chunk]) -> np.ndarray:
    joined = np.zeros((COUNT, COUNT), np.int32)
    for place, (first, second) in enumerate(chunks):
        joined[first, second] = COUNT + place
    return joined


def _start(chunks: Sequence[Chunk]) -> Weights:
    """Weights before anything is learned: units of one line of the sounds go together."""
    size = COUNT + len(chunks)
    both = np.full((size, size), -6, np.float32)
    for line in SOUNDS.read_text(encoding="utf-8").splitlines():
        group = [ALPHABET.number[unit] for unit in line.split() if unit in ALPHABET.number and line[0] != "#"]
        for left in group:
            for right in group:
                weight = 2.5 if group[0] in (left, right) else 1.3
                both[left, right] = both[right, left] = max(both[left, right], weight)
    np.fill_diagonal(both[:COUNT, :COUNT], 3)
    single = both[:COUNT, :COUNT]
    linked = (single > 0).astype(int)
    single[((linked @ linked) > 0) & (single < 0)] = 0.3
    single[VOWEL[:, None] & VOWEL[None] & (single < 0)] = -1.5
    for place, (first, second) in enumerate(chunks, COUNT):
        both[place, :COUNT] = np.maximum(both[first, :COUNT], both[second, :COUNT]) - 1.2
        both[:COUNT, place] = both[place, :COUNT]
    alone = np.full((3, COUNT), -2.5, np.float32)
    alone[:, [ALPHABET.number[sign] for sign in "'-ьъ"]] = -0.3
    return Weights(_closed(both, chunks), alone, _joined(chunks))


def _closed(both: np.ndarray, chunks: Sequence[Chunk]) -> np.ndarray:
    both[0], both[:, 0], both[COUNT:, COUNT:] = NEVER, NEVER, NEVER
    for place, chunk in enumerate(chunks, COUNT):
        # A full vowel beside a consonant does not vanish unseen: it stands alone, and that counts.
        if len(set(VOWEL[list(chunk)])) == 2 and not SEMIVOWEL[list(chunk)].any():
            both[place], both[:, place] = NEVER, NEVER
    return both


def aligned(
    pairs: Sequence[Pair], weights: Weights, most: int = 1024
) -> Iterator[tuple[np.ndarray, np.ndarray, Paths]]:
    """Numbers of pairs of like lengths, the classes of their scripts, and their alignments."""
    order = sorted(range(len(pairs)), key=lambda number: max(map(len, pairs[number])))
    for start in range(0, len(order), most):
        numbers = order[start : start + most]
        rows = evidence.rows([pairs[number] for number in numbers])
        yield np.array(numbers), rows.classes, align(rows.left, rows.right, rows.classes, weights)


def _maximise(
    pairs: Sequence[Pair], shares: Sequence[float], chunks: Sequence[Chunk], rounds: int
) -> tuple[Weights, np.ndarray]:
    weights = _start(chunks)
    likely = weights.both > STRANGER
    usual = _frequencies(pairs, shares)
    chunk_usual = np.concatenate([usual, [usual[first] * usual[second] for first, second in chunks]])
    cyrillic = np.concatenate([CYRILLIC, [CYRILLIC[first] for first, _second in chunks]])
    classes = np.where(
        cyrillic[:, None] & cyrillic[None],
        evidence.CYRILLIC,
        np.where(cyrillic[:, None] ^ cyrillic[None], evidence.CYRILLIC_LATIN, evidence.LATIN),
    )
    chance = chunk_usual[:, None] * chunk_usual[None]
    counts = np.zeros_like(chance)
    for _round in range(rounds):
        counts, alone = _counted(pairs, np.asarray(shares), weights)
        steps = np.array([counts[classes == number].sum() / 2 + alone[number].sum() for number in range(3)]) + 1
        share = (counts / 2 + CHANCE * steps[classes] * chance * np.where(likely, 10, 1)) / steps[classes]
        share[classes == evidence.CYRILLIC_LATIN] *= 2  # counted from both sides
        single = np.stack(
            [
                np.log(
                    (alone[number] + 0.002 * (usual * steps[number] + 20 * min(1, steps[number] / 5e4)))
                    / steps[number]
                    / 2
                    / usual
                )
                for number in range(3)
            ]
        )
        both = np.maximum(np.log(share / chance), -7).astype(np.float32)
        # Pairs of one script are there because they differ; that a rare unit is like itself must not be forgotten.
        equal = np.arange(1, COUNT)
        both[equal, equal] = np.maximum(both[equal, equal], np.minimum(-np.log(usual[1:]) - 0.5, 4.5))
        weights = Weights(
            _closed(both, chunks),
            np.clip(single, -7, 0.5).astype(np.float32),
            weights.joined,
        )
    return weights, counts


def _frequencies(pairs: Sequence[Pair], shares: Sequence[float]) -> np.ndarray:
    """How usual each unit is among those of its script."""
    seen = np.full(COUNT, 0.5)
    for pair, share in zip(pairs, shares, strict=True):
        np.add.at(seen, units(pair[0]) + units(pair[1]), share)
    for script in (CYRILLIC, ~CYRILLIC):
        seen[script] /= seen[script].sum()
    seen[0] = 1
    return seen


def _counted(pairs: Sequence[Pair], shares: np.ndarray, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    counts = np.zeros(weights.both.shape)
    alone = np.zeros((3, COUNT))
    for numbers, classes, paths in aligned(pairs, weights):
        share = np.broadcast_to(shares[numbers][:, None], paths.left.shape)
        group = np.broadcast_to(classes[:, None], paths.left.shape)
        together = (paths.left > 0) & (paths.right > 0)
        np.add.at(counts, (paths.left[together], paths.right[together]), share[together])
        np.add.at(counts, (paths.right[together], paths.left[together]), share[together])
        single = (paths.left >= 0) & ~together
        np.add.at(alone, (group[single], np.maximum(paths.left, paths.right)[single]), share[single])
    return counts, alone
