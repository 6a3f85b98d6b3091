"""How well sentences are aligned when some were deleted or merged.

    .venv/bin/python scripts/bench/align.py PAIRS.jsonl FROM TO [SEED ...]

PAIRS.jsonl has a `source` and a `reference` on each line. Every ten lines make a paragraph; at random a sentence is
deleted or merged with the next. A bead is right when exactly its sentences are.
"""

import json
import random
import sys
import time
from itertools import pairwise, product
from pathlib import Path

from tolmach.parallel.alignment.align import align
from tolmach.parallel.alignment.model import Evidence, Side, pairs

LINES = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
FROM, TO = sys.argv[2:4]
SEEDS = [int(seed) for seed in sys.argv[4:]] or [1, 2, 3]


def damaged(chance, numbers, often, deleting, only=None):
    """Both sides as lists of (lines, paragraph), changed so `often`, on any or the `only` side; `deleting`: a share."""
    sides = [[([number], number // 10) for number in numbers] for _side in range(2)]
    for number in numbers:
        if chance.random() >= often:
            continue
        side, deletes = sides[chance.randrange(2) if only is None else only], chance.random() < deleting
        place = next((at for at, (lines, _paragraph) in enumerate(side) if number in lines), None)
        if place is None:
            continue
        if deletes and len(side[place][0]) == 1:
            del side[place]
        elif not deletes and place + 1 < len(side) and side[place][1] == side[place + 1][1]:
            side[place : place + 2] = [(side[place][0] + side[place + 1][0], side[place][1])]
    return sides


def truth(sides):
    """The right beads, as pairs of the sentences' places: those that share lines, directly or through others."""
    owners = [{line: place for place, (lines, _p) in enumerate(side) for line in lines} for side in sides]
    found, open_left = [], set(range(len(sides[0])))
    while open_left:
        left, right, fresh = {min(open_left)}, set(), True
        while fresh:
            more = {owners[1][line] for one in left for line in sides[0][one][0] if line in owners[1]}
            back = {owners[0][line] for one in more for line in sides[1][one][0] if line in owners[0]}
            fresh = not (back <= left and more <= right)
            left, right = left | back, right | more
        open_left -= left
        if right:
            found.append((min(left), max(left) + 1, min(right), max(right) + 1))
    return set(found)


def side(rows, language, key, joined):
    """The text of one side."""
    sentences = [" ".join(LINES[line][key] for line in lines) for lines, _paragraph in rows]
    return Side(language, sentences, [] if joined else [paragraph for _lines, paragraph in rows])


def score(what, texts, evidence=None, joined=False, often=0.05, deleting=0.5, only=None):
    """Print the F1 of the beads, all seeds and texts together, and how often those of each confidence are right."""
    right = wanted = said = 0
    sure = {}
    started = time.process_time()
    for seed, numbers in product(SEEDS, texts):
        rows = damaged(random.Random(seed * len(LINES) + numbers[0]), numbers, often, deleting, only)
        gold = truth(rows)
        beads = align(side(rows[0], FROM, "source", joined), side(rows[1], TO, "reference", joined), evidence)
        assert all((a.source_end, a.target_end) == (b.source_start, b.target_start) for a, b in pairwise(beads))
        for bead in pairs(beads):
            hit = (bead.source_start, bead.source_end, bead.target_start, bead.target_end) in gold
            right, said = right + hit, said + 1
            sure.setdefault(min(int(bead.confidence * 10), 9), []).append((hit, bead.confidence))
        wanted += len(gold)
    print(f"{what:24} F1 {2 * right / (wanted + said):.4f}  P {right / said:.4f}  R {right / wanted:.4f}", end="")
    print(f"  {(time.process_time() - started) / len(SEEDS):.1f} s", flush=True)
    for tenth in sorted(sure):
        hits = sure[tenth]
        told = sum(confidence for _hit, confidence in hits) / len(hits)
        print(f"    confidence {told:.3f}: right {sum(hit for hit, _c in hits) / len(hits):.3f} of {len(hits)}")


WHOLE = [range(len(LINES))]
ARTICLES = [range(start, start + 30) for start in range(0, len(LINES) - 29, 30)]
score("everything", WHOLE)
score("one paragraph", WHOLE, joined=True)
score("articles of 30", ARTICLES)
score("20 % changed", ARTICLES, often=0.2)
score("half deleted on one side", ARTICLES, often=0.5, deleting=1, only=1)
score("30 % merged on one side", ARTICLES, often=0.3, deleting=0, only=1)
score("without lexicon", WHOLE, Evidence(lexicon=False))
score("without names", WHOLE, Evidence(names=False))
score("without both", WHOLE, Evidence(lexicon=False, names=False))
