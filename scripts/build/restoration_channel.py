"""Learns the channel: how units of an original are written in Latin letters, from what the systems write.

A word of the original is cut into units: a letter, a letter with the soft or hard sign behind it, the sign with the
vowel behind it, doubled letters and a few pairs that are written as one. Each is aligned with a piece of the Latin
word: first along the steps of the systems, then by the costs learned so far (Viterbi), for pairs from elsewhere, too.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tolmach.transcription.restoration.channel import AFTER, BEFORE, WORST, Channel, Unit, before, latin
from tolmach.transcription.restoration.letters import NAT

LONGEST = 7  # letters of a piece: щ is written schtsch
VOWELS = frozenset("аеёиоуыэюяіїєәөұүӣӯաեէըիոօուеაეიოუ")
SIBILANTS = frozenset("жчшщҷցձծճչջჟჩცძწჭჯ")
_UNITS = re.compile(
    r"[ьъ'][аеёиоуыэюяіїє]|ий$|ый$|ий|ый|кс|дж|ու|([^\W\d_ьъ])\1(?![ьъ])|[^\W\d_ьъ]['ьъ](?![аеёиоуыэюяіїє])|."
)
_FLOOR = 9.0  # nats: the cost of a piece that the unit was never seen with, and of each of its letters
_YO = 1.5  # nats that ё costs more than е, which the letter model takes for the same letter
_CONTEXT = 4.0  # words: the weight of what a unit does anywhere, against what it does in one place

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Pair:
    """An original and one Latin spelling of it, with a weight and the steps of the system that wrote it, if any."""

    original: str
    written: str
    weight: float = 1.0
    steps: tuple[tuple[str, str], ...] = ()


class Counts:
    """How often each unit was written as each piece, by the places before and behind it."""

    def __init__(self) -> None:
        self.pieces: defaultdict[Place, Counter[str]] = defaultdict(Counter)
        self.anywhere: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, aligned: Iterable[tuple[str, str]], word: str, weight: float) -> None:
        """Count an alignment of a word."""
        after, end = 0, 0
        for unit, piece in aligned:
            end += len(piece)
            self.pieces[unit, after, before(word, end)][piece] += weight
            self.anywhere[unit][piece] += weight
            after = leaves(unit)

    def cost(self, unit: str, piece: str, after: int, behind: int) -> float:
        """Nats that it costs to write the unit as the piece."""
        everywhere = self.anywhere.get(unit)
        general = everywhere[piece] / everywhere.total() if everywhere else 0.0
        here = self.pieces.get((unit, after, behind))
        seen, total = (here[piece], here.total()) if here else (0.0, 0.0)
        chance = (seen + _CONTEXT * general) / (total + _CONTEXT)
        return -math.log(chance) if chance > 0 else math.inf


def units(word: str) -> list[str]:
    """The units of an original in small letters.

    >>> units("васильевский")
    ['в', 'а', 'с', 'и', 'л', 'ье', 'в', 'с', 'к', 'ий']
    """
    return [match[0] for match in _UNITS.finditer(word)]


def leaves(unit: str) -> int:
    """The kind of place behind a unit: a vowel, a consonant or a sibilant."""
    return 1 if unit[-1] in VOWELS else 3 if unit[-1] in SIBILANTS else 2


def learn(pairs: Iterable[Pair], rounds: int = 2) -> Counts:
    """The counts of the pairs, aligned."""
    pairs = list(pairs)
    counts = Counts()
    for pair in pairs:
        if aligned := along_steps(pair):
            counts.add(aligned, pair.written, pair.weight)
    for _ in range(rounds):
        better = Counts()
        for pair in pairs:
            aligned = along_steps(pair) or align(pair.original, pair.written, counts)
            if aligned:
                better.add(aligned, pair.written, pair.weight)
        counts = better
    return counts


def along_steps(pair: Pair) -> list[tuple[str, str]]:
    """The units with the pieces that the steps of the system give them; nothing when a step cuts through units."""
    if not pair.steps:
        return []
    aligned: list[tuple[str, str]] = []
    wanted = iter(units(pair.original))
    unit = piece = letters = ""
    for source, target in pair.steps:
        letters += source
        piece += target
        if not unit:
            unit = next(wanted, "")
        if letters == unit:
            aligned.append((unit, piece))
            unit = piece = letters = ""
        elif len(letters) >= len(unit):
            return []
    return aligned if not letters and all(piece for _unit, piece in aligned) else []


def align(original: str, written: str, counts: Counts) -> list[tuple[str, str]]:
    """The cheapest alignment of the units with pieces of the Latin word, nothing when there is none."""
    parts = units(original)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    after = 0
    for unit in parts:
        row: dict[int, tuple[float, int]] = {}
        for start, (so_far, _start) in best[-1].items():
            for end in range(start + 1, min(len(written), start + LONGEST) + 1):
                piece = written[start:end]
                cost = counts.cost(unit, piece, after, before(written, end))
                cost = so_far + min(cost, _FLOOR * (1 + abs(len(piece) - 1)))
                if end not in row or cost < row[end][0]:
                    row[end] = (cost, start)
        best.append(row)
        after = leaves(unit)
    if len(written) not in best[-1]:
        return []
    end, aligned = len(written), []
    for unit, row in zip(reversed(parts), reversed(best), strict=False):
        start = row[end][1]
        aligned.append((unit, written[start:end]))
        end = start
    return aligned[::-1]


def alignment_cost(aligned: Iterable[tuple[str, str]], word: str, counts: Counts) -> float:
    """Nats that an alignment costs."""
    after, end, total = 0, 0, 0.0
    for unit, piece in aligned:
        end += len(piece)
        total += min(counts.cost(unit, piece, after, before(word, end)), _FLOOR * (1 + abs(len(piece) - 1)))
        after = leaves(unit)
    return total


def channel(counts: Counts, alphabet: str, most: float = 8.5, least: float = 0.0) -> Channel:
    """The table that restoration uses: pieces that cost less than `most` nats somewhere."""
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit, pieces in sorted(counts.anywhere.items()):
        for piece, count in sorted(pieces.items()):
            rare = _YO if "ё" in unit else 0.0
            costs = bytes(
                min(WORST, round(NAT * min(counts.cost(unit, piece, after, behind) + rare, 15)))
                for after in range(AFTER)
                for behind in range(BEFORE)
            )
            if count >= least and min(costs) < NAT * most:
                codes = tuple(alphabet.find(letter.replace("ё", "е")) + 2 for letter in unit)
                found[piece].append(Unit(unit, codes, leaves(unit), costs))
    return Channel({piece: tuple(entries) for piece, entries in found.items()}, max(map(len, found)))


def system_pairs(words: Iterable[str], systems: Iterable[tuple[object, float]]) -> Iterator[Pair]:
    """What the systems write for the words, with their weights."""
    for word in words:
        for system, weight in systems:
            explained = system.explain(word)  # type: ignore[attr-defined]
            steps = tuple((step.source, latin(step.target)) for step in explained.steps)
            written = "".join(target for _source, target in steps)
            if written and written != word:
                yield Pair(word, written, weight, steps)
