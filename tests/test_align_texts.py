"""Sentence alignment of whole texts as people translate them: freely, shortened, in short sentences, as lists."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tolmach.parallel.alignment.align import align
from tolmach.parallel.alignment.model import Bead, Side, pairs

CASES = Path(__file__).parent / "cases" / "align"
Place = tuple[int, int, int, int]


def blocks(name: str) -> list[dict[str, str]]:
    """What translates each other, by language; see the heads of the files."""
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    lines = [
        [(line[:2], line[3:]) for line in block.splitlines() if line[0] != "#"] for block in text.strip().split("\n\n")
    ]
    return [dict(block) for block in lines if block]


def sides(name: str, one: str, two: str) -> tuple[Side, Side, set[Place]]:
    """A text in two languages with its right beads; a block of as many sentences on both sides has one for each."""
    right: set[Place] = set()
    sentences: dict[str, list[str]] = {one: [], two: []}
    paragraphs: dict[str, list[int]] = {one: [], two: []}
    for block in blocks(name):
        starts = [len(sentences[language]) for language in (one, two)]
        for language in (one, two):
            begins = block[language].startswith("¶")
            found = [each.strip() for each in block[language].removeprefix("¶").split("|") if each.strip()]
            sentences[language] += found
            paragraphs[language] += [(paragraphs[language] or [-1])[-1] + begins] * len(found)
        counts = [len(sentences[language]) - start for language, start in zip((one, two), starts, strict=True)]
        steps = counts[0] if counts[0] == counts[1] else 1
        high, wide = (count // max(steps, 1) for count in counts)
        right |= {
            (starts[0] + k * high, starts[0] + (k + 1) * high, starts[1] + k * wide, starts[1] + (k + 1) * wide)
            for k in range(steps)
            if high and wide
        }
    return Side(one, sentences[one], paragraphs[one]), Side(two, sentences[two], paragraphs[two]), right


def place(bead: Bead) -> Place:
    return bead.source_start, bead.source_end, bead.target_start, bead.target_end


def missed(source: Side, target: Side, right: set[Place]) -> tuple[int, int]:
    """How many right beads are not found, and how many wrong ones are called sure."""
    found = list(pairs(align(source, target)))
    return len(right - {place(bead) for bead in found}), sum(
        place(bead) not in right for bead in found if not bead.doubtful
    )


def joined(side: Side) -> Side:
    """The side as one paragraph."""
    return Side(side.language, side.sentences)


TEXTS = [
    ("train", "de", "ru"),
    *((name, *two) for name in ("talk", "lists") for two in permutations(["de", "en", "ru"], 2)),
]


@pytest.mark.parametrize(("name", "one", "two"), TEXTS)
@pytest.mark.parametrize("flat", [False, True])
def test_texts_as_people_translate_them(name: str, one: str, two: str, flat: bool) -> None:
    source, target, right = sides(name, one, two)
    assert len(right) > 15
    few, wrong = missed(joined(source), joined(target), right) if flat else missed(source, target, right)
    assert few <= 2
    assert wrong <= 1


@pytest.mark.parametrize(("name", "one", "two"), TEXTS[:3])
@pytest.mark.parametrize("every", [2, 3])
def test_a_translation_that_leaves_out_much(name: str, one: str, two: str, every: int) -> None:
    source, target, right = sides(name, one, two)
    kept = range(0, len(target.sentences), every)
    places = {at: number for number, at in enumerate(kept)}
    short = Side(two, [target.sentences[at] for at in kept], [target.numbered[at] for at in kept])
    left = {(a, b, places[c], places[c] + 1) for a, b, c, d in right if c in places and d == c + 1}
    few, _wrong = missed(source, short, left)
    assert few <= 2


@pytest.mark.parametrize(("name", "one", "two"), TEXTS[:4])
@pytest.mark.parametrize("many", [2, 3, 4])
def test_every_other_time_a_translator_makes_one_sentence_of_several(name: str, one: str, two: str, many: int) -> None:
    source, target, right = sides(name, one, two)
    found = [(" ".join(source.sentences[a:b]), " ".join(target.sentences[c:d])) for a, b, c, d in sorted(right)]
    written: list[str] = []
    wanted: set[Place] = set()
    start = 0
    while start < len(found):
        end = min(start + (many if len(written) % 2 else 1), len(found))
        wanted.add((start, end, len(written), len(written) + 1))
        written.append(" ".join(translated for _original, translated in found[start:end]))
        start = end
    few, _wrong = missed(Side(one, [original for original, _translated in found]), Side(two, written), wanted)
    assert few <= 2
