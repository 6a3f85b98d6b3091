"""Learns to tell transcriptions from ordinary words: logistic regression on the letter groups of a word (NumPy).

    uv run scripts/build/restoration_verdict.py INPUTS

INPUTS is the folder of restoration_names.py and restoration_ordinary.py. Writes restoration/verdict.bin.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import restoration
import restoration_lexicon
import restoration_ordinary
from restoration_ordinary import bucket

from tolmach.transcription.restoration.channel import latin
from tolmach.transcription.restoration.knowledge import lexicon_parts, write_parts
from tolmach.transcription.restoration.lexicon import Lexicon
from tolmach.transcription.restoration.verdict import LONGEST, NAME, SHORTEST, UNITS, WORD

_LEAST = 12  # examples that a letter group must stand in
_ROUNDS = 120
_DECAY = 2e-6
_SMALL = 1  # weights up to this, in UNITS, are dropped


def transcriptions(folder: Path) -> dict[str, float]:
    """Words that systems write for names, with weights: every name by one system drawn by its hash."""
    found: dict[str, float] = {}
    for language in restoration.TABLE["languages"]:
        writers = [
            (system, weight)
            for readers in ("de", "en")
            for system, weight in restoration.weighted(language, readers)
            if weight > restoration.TABLE["weights"]["other"]
        ]
        wheel = [system for system, weight in writers for _ in range(round(weight * 20))]
        masks = restoration.kinds(restoration.names(folder, language))
        names = sorted(name for name in masks if not set(restoration.SIGNS) & set(name))
        members = names if language == "ru" else restoration.sample(names, 8000)
        for name in members:
            drawn = hashlib.sha256(f"{language} {name}".encode()).digest()
            word = latin(wheel[int.from_bytes(drawn[:4], "big") % len(wheel)].word(name))
            found[word] = 1.0 if language == "ru" else 0.6
    return found


def ordinary(folder: Path) -> dict[str, float]:
    """Words that are no transcriptions, with weights that make up for the lengths of the lists."""
    lists = {
        "german": (restoration_ordinary.german(folder), 0.5),
        "english": (restoration_ordinary.english(folder), 0.12),
        "western": (restoration_ordinary.western(folder), 0.28),
        "cities": (restoration_ordinary.cities(folder), 0.1),
    }
    found: dict[str, float] = {}
    for words, share in lists.values():
        for word in words:
            found[word] = max(found.get(word, 0.0), share / len(words))
    return found


def ordinary_lexicon(folder: Path) -> tuple[str, Lexicon]:
    """The ordinary words and Western names, and the letters they are written with."""
    kinds: dict[str, int] = {}
    for kind, words in (
        (WORD, restoration_ordinary.german(folder)),
        (NAME, restoration_ordinary.western(folder) | restoration_ordinary.cities(folder)),
    ):
        for word in words:
            if bucket(word) != 1:
                kinds[word] = kinds.get(word, 0) | kind
    letters = Counter(letter for word in kinds for letter in word)
    alphabet = "".join(sorted(letter for letter, count in letters.items() if count >= 20))
    usual = {word: kind for word, kind in kinds.items() if set(alphabet).issuperset(word)}
    return alphabet, restoration_lexicon.build(usual, alphabet)


def groups(word: str) -> Iterator[str]:
    """The letter groups of a word."""
    framed = f"^{word}$"
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(len(framed) - size + 1):
            yield framed[start : start + size]


def train(yes: dict[str, float], no: dict[str, float]) -> tuple[dict[str, int], int]:
    """The weights of the groups and the bias, in UNITS; both sides weigh the same together."""
    words = [*sorted(yes), *sorted(no)]
    truth = np.array([1.0] * len(yes) + [0.0] * len(no))
    weight = np.array([yes[word] for word in sorted(yes)] + [no[word] for word in sorted(no)])
    weight[: len(yes)] *= 0.5 / weight[: len(yes)].sum()
    weight[len(yes) :] *= 0.5 / weight[len(yes) :].sum()
    met = Counter(group for word in words for group in set(groups(word)))
    known = {group: place for place, group in enumerate(sorted(g for g, count in met.items() if count >= _LEAST))}
    rows = [[known[group] for group in groups(word) if group in known] for word in words]
    bounds = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((place for row in rows for place in row), dtype=np.int32, count=int(bounds[-1]))
    owner = np.repeat(np.arange(len(words)), np.diff(bounds))
    values, bias = np.zeros(len(known)), 0.0
    squares = np.full(len(known), 1e-9)
    for _ in range(_ROUNDS):
        scores = np.bincount(owner, values[columns], len(words)) + bias
        error = weight * (truth - 1 / (1 + np.exp(-scores)))
        slope = np.bincount(columns, error[owner], len(known)) - _DECAY * values
        squares += slope * slope
        values += 0.35 * slope / np.sqrt(squares)
        bias += 2.0 * error.sum()
    rounded = np.clip(np.round(values * UNITS), -127, 127).astype(int)
    return {g: int(rounded[p]) for g, p in known.items() if abs(rounded[p]) > _SMALL}, round(bias * UNITS)


def main(arguments: list[str]) -> None:
    """Write the verdict."""
    folder = Path(arguments[0])
    no = {word: share for word, share in ordinary(folder).items() if bucket(word) > 1}
    yes = {word: share for word, share in transcriptions(folder).items() if word not in no}
    found, bias = train(yes, no)
    ordered = sorted(found)
    alphabet, lexicon = ordinary_lexicon(folder)
    parts = {
        "groups": "\n".join(ordered).encode("utf-8"),
        "values": array("b", (found[group] for group in ordered)).tobytes(),
        **lexicon_parts(lexicon),
    }
    content = write_parts({"bias": bias, "alphabet": alphabet}, parts)
    restoration.write_artefact("verdict.bin", content)
    print(f"{len(yes)} and {len(no)} words, {len(found)} groups")


if __name__ == "__main__":
    main(sys.argv[1:])
