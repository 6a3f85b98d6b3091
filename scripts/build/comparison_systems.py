"""Pairs of spellings that the program's own systems write, and look-alikes: every system's habits, the rare ones too.

Input: natasha 0.10.0 (MIT), natasha/data/dicts/last.txt: Russian surnames. SHA-256 of the wheel on PyPI:
2d1de8e425f3d3ee1d7b3eba50c97a6ecc2c1511e1e5c7e499df0dd51bb29761
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from comparison_alignment import Pair
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tolmach.names.comparison.spelling import is_cyrillic, plain
from tolmach.transcription.system import System, systems

LANGUAGES = ("ru",)
GENDERS = 0.15
_FEMALE = re.compile("(?:([оеё]в|[иы]н)|[оеё]ва|[иы]на)$")
_GENDER = re.compile("(?:а|ая|ый|ий|ой)$")


def system_pairs(path: Path, count: int) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """`count` pairs of one surname, each by a system chosen by chance, and as many of nearest look-alikes.

    The third list holds names of towns that differ in gender: of persons they are one name, of towns two.
    """
    chooser = random.Random(3)
    surnames = [name for name in path.read_text(encoding="utf-8").split() if 4 < len(name) < 14 and name.isalpha()]
    chosen = chooser.sample(surnames, count)
    crowd = chooser.sample(surnames, 20 * count // 4)
    writers = [system for system in systems() if system.source in LANGUAGES]
    same = []
    other = []
    towns = []
    for name in chosen:
        left, right = _written(name, name, writers, chooser)
        if left != right:
            same.append((left, right))
        if chooser.random() < GENDERS and (found := _FEMALE.search(name)):
            # In the labelled pairs the forms of a surname for a man and a woman are one name.
            same.append(_written(name, name + "а" if found[1] else name[:-1], writers, chooser, cyrillic=0.5))
            stem = name if found[1] else name[:-1]
            forms = chooser.sample([stem, stem + "а", stem + "о"], 2)
            towns.append(_written(forms[0], forms[1], writers, chooser, cyrillic=0.5))
            if stem[-1] == "в":
                # A surname is no patronymic: Миронова, Мироновна; Миронов, Миронович.
                ending = chooser.choice(["на", "ич"])
                surname = stem + "а" if ending == "на" else stem
                other.append(_written(surname, stem + ending, writers, chooser, cyrillic=0.2))
        neighbour = next(_neighbours(name, crowd), "")
        if neighbour:
            left, right = _written(name, neighbour, writers, chooser)
            if left != right:
                other.append((left, right))
    return same, other, towns


def _written(first: str, second: str, writers: list[System], chooser: random.Random, cyrillic: float = 0.05) -> Pair:
    """Both names by systems, half of the first in Cyrillic, some of the second; in the order of the program."""
    left, right = (
        name if chooser.random() < share else chooser.choice(writers).transcribe(name)
        for name, share in ((first, 0.5), (second, cyrillic))
    )
    pair = plain(left), plain(right)
    ordered = sorted(pair, key=lambda text: (is_cyrillic(text), text))
    return ordered[0], ordered[1]


def _neighbours(name: str, crowd: list[str]) -> Iterator[str]:
    """Like names that are not its form of the other gender."""
    stem = _GENDER.sub("", name).replace("ё", "е")
    for near, _score, _place in process.extract(name, crowd, scorer=JaroWinkler.similarity, limit=5):
        if _GENDER.sub("", near).replace("ё", "е") != stem:
            yield near
