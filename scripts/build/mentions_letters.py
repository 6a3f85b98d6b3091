"""Make names/mentions/letters.bin: how much the letters of a word look like a name rather than a German noun.

    python scripts/build/mentions_letters.py

A logistic regression on groups of two to four letters, trained on the shipped lexicon alone (lexicon.bin beside it;
scripts/build/mentions_lexicon.py names its sources): its surnames, given names and cities against its German nouns.
A tenth of the words is kept back; the shares printed at the end are those of words the training has not seen.
"""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tolmach.files import write_atomic
from tolmach.names.mentions.letters import SCALE, groups
from tolmach.names.mentions.lists import lexicon

TARGET = Path(__file__).parents[2] / "src/tolmach/names/mentions/letters.bin"
_FEWEST = 12  # words that a group of letters must occur in
_ROUNDS, _RATE, _COOLING = 4, 0.2, 0.6
_Example = tuple[npt.NDArray[np.int64], float]


def words() -> tuple[list[str], list[str]]:
    """Names and nouns, shuffled always alike."""
    lists = lexicon()
    ordinary = lists["de.noun"] | lists["de.word"]
    listed = lists["surname"] | lists["given"] | lists["city"]
    names = sorted(word for word in listed - ordinary if len(word) > 3 and word.isalpha())
    nouns = sorted(word for word in lists["de.noun"] if len(word) > 3)
    shuffle = random.Random(1).shuffle
    shuffle(names)
    shuffle(nouns)
    return names, nouns


def trained(examples: Sequence[_Example], size: int) -> npt.NDArray[np.float64]:
    """The weight of every group; the last one stands for every word."""
    weights = np.zeros(size + 1)
    order = list(range(len(examples)))
    rate = _RATE
    for turn in range(_ROUNDS):
        random.Random(turn).shuffle(order)
        for place in order:
            found, truth = examples[place]
            share = 1 / (1 + len(found) ** 0.5)
            sum_ = weights[-1] + weights[found].sum() * share
            step = rate * (truth - 1 / (1 + np.exp(-sum_)))
            weights[-1] += step / 10
            np.add.at(weights, found, step * share)
        rate *= _COOLING
    return weights


def build() -> bytes:
    """The groups and their weights in hundredths."""
    names, nouns = words()
    kept = [(names[: len(names) // 10], 1.0), (nouns[: len(nouns) // 10], 0.0)]
    used = [(names[len(names) // 10 :], 1.0), (nouns[len(nouns) // 10 :], 0.0)]
    counts = Counter(group for part, _truth in used for word in part for group in groups(word))
    index = {group: place for place, group in enumerate(sorted(g for g, count in counts.items() if count >= _FEWEST))}

    def example(word: str, truth: float) -> _Example:
        return np.array([index[group] for group in groups(word) if group in index], dtype=np.int64), truth

    weights = trained([example(word, truth) for part, truth in used for word in part], len(index))
    for part, truth in kept:
        sums = []
        for word in part:
            found, _truth = example(word, truth)
            sums.append(weights[-1] + weights[found].sum() / (1 + len(found) ** 0.5))
        shares = ", ".join(f"above {bar}: {np.mean(np.array(sums) > bar):.3f}" for bar in (0, 1, 2, 3))
        print("names" if truth else "nouns", shares)
    rounded = {group: round(weights[place] * SCALE) for group, place in index.items()}
    content = json.dumps({"": round(weights[-1] * SCALE), **rounded}, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(content.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    compressed = build()
    write_atomic(TARGET, compressed)
    print(f"{TARGET}: {len(compressed):,} bytes")
