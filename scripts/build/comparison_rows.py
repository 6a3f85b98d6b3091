"""The labelled pairs of spellings that `tolmach compare` learns from; comparison.py names the inputs."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from comparison_alignment import learn
from comparison_systems import system_pairs
from comparison_towns import eastern_pairs, western_pairs

from tolmach.names.comparison import identities
from tolmach.names.comparison.model import PERSON, PLACE, UNKNOWN
from tolmach.names.comparison.spelling import is_cyrillic, plain

HELD_OUT = ("full-de-ru", "hard")
FOLDS = 5
WEST, EAST, SYSTEMS, GENDERS, CHANCE = "west", "east", "systems", "genders", "chance"
# What a row weighs: a town of the West is there for its spelling, and its Cyrillic name is a guess; names by our own
# systems are easier than those that people write; pairs by chance keep the model from taking what has nothing in
# common for one of the labelled pairs that have nothing in common but their bearer.
SHARES = {WEST: 0.4, EAST: 0.2, SYSTEMS: 0.3, GENDERS: 0.3, CHANCE: 0.5}
SURNAMES = 4000
TOWNS = 2000
CHANCES = 8000
TOLD = {"place-de-en": PLACE, "place-ru-de": PLACE, WEST: UNKNOWN, EAST: PLACE, GENDERS: PLACE, CHANCE: PERSON}


@dataclass(frozen=True)
class Labelled:
    """A labelled pair; `folds` are the parts of the data that its two entities belong to, `group` the first one's."""

    kind: str
    texts: tuple[str, str]
    pair: tuple[str, str]
    same: bool
    folds: tuple[int, int]
    group: int


def read(path: Path) -> list[Labelled]:
    """The pairs; entities that share a spelling come into one fold."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while (above := parent.setdefault(node, node)) != node:
            node = above
        return node

    for row in table:
        if row["kind"] not in HELD_OUT:
            for side in "ab":
                parent[root("spelling " + plain(row[side]))] = root("entity " + row[f"id_{side}"])
    rows = []
    for row in table:
        left, right = (sha256(root("entity " + row[f"id_{side}"]).encode()).digest() for side in "ab")
        folds = left[0] % FOLDS, right[0] % FOLDS
        pair = tuple(sorted((plain(row["a"]), plain(row["b"])), key=lambda text: (is_cyrillic(text), text)))
        rows.append(Labelled(row["kind"], (row["a"], row["b"]), pair, row["same"] == "1", folds, left[1]))
    return rows


def kinds(rows: Sequence[Labelled], known: float | None = None) -> np.ndarray:
    """What the model is told beside the spellings: the kind (`known`: of all rows) and what the gazetteer says."""
    told = [TOLD.get(row.kind, PERSON) for row in rows] if known is None else [known] * len(rows)
    relations = identities.relations([row.pair for row in rows])
    # These pairs are there to learn spelling from, not who is in the tables.
    relations[[row.kind in SHARES for row in rows]] = identities.UNKNOWN
    return np.column_stack([told, relations]).astype(np.float32)


def more(rows: Sequence[Labelled], surnames: Path) -> list[Labelled]:
    """Towns of the West and the East, and surnames as the systems write them, as labelled pairs."""
    positive = [row.pair for row in rows if row.same and row.kind not in HELD_OUT]
    weights = learn(positive, [1.0] * len(positive))[0]
    written = system_pairs(surnames, SURNAMES)
    found = {
        WEST: western_pairs(weights),
        EAST: eastern_pairs(weights, TOWNS),
        SYSTEMS: written[:2],
        GENDERS: ([], written[2]),
    }
    known = [pair for both in found.values() for pair in both[0]] + positive
    found[CHANCE] = ([], [chance(known, number) for number in range(CHANCES)])
    return [
        Labelled(kind, pair, pair, same, (FOLDS, FOLDS), sha256(pair[0].encode()).digest()[1])
        for kind, both in found.items()
        for same, pairs in zip((True, False), both, strict=True)
        for pair in pairs
    ]


def chance(pairs: Sequence[tuple[str, str]], number: int) -> tuple[str, str]:
    """A side of one pair and a side of another, in the order of the program."""
    chooser = random.Random(number)
    sides = [chooser.choice(pair) for pair in chooser.sample(pairs, 2)]
    left, right = sorted(sides, key=lambda text: (is_cyrillic(text), text))
    return left, right
