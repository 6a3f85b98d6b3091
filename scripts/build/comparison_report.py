"""What five models of `tolmach compare` say of names that they have not seen, kind by kind."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np
from comparison_rows import FOLDS, HELD_OUT, Labelled

from tolmach.names.compare import SAME, UNSURE, compare_all
from tolmach.names.comparison import pool
from tolmach.names.comparison.model import Model

SHOWN = 40


def scores(rows: Sequence[Labelled], models: Sequence[Model], parts: np.ndarray) -> np.ndarray:
    """The program's score of each row, by a model that knows neither of its entities."""
    found = np.zeros(len(rows))
    for kind in dict.fromkeys(row.kind for row in rows):
        told = None if kind == "hard" else "place" if kind.startswith("place") else "person"
        for fold in range(FOLDS):
            inside = [n for n, row in enumerate(rows) if row.kind == kind and row.folds[0] == fold]
            with patch.object(pool, "load", return_value=replace(models[fold], parts=parts)):
                answers = compare_all([rows[n].texts for n in inside], told)
                found[inside] = [answer.score for answer in answers]
    return found


def report(rows: Sequence[Labelled], found: np.ndarray) -> Iterator[str]:
    """A table, the calibration by tenths, and the worst errors of each kind."""
    same = np.array([row.same for row in rows])
    yield "kind             n     F1  precision  recall  unsure  Brier   best F1 at"
    for kind in dict.fromkeys(row.kind for row in rows):
        inside = np.array([row.kind == kind for row in rows])
        score, truth = found[inside], same[inside]
        yes = score >= SAME
        best = max((f1(score >= bar, truth), bar) for bar in np.arange(0.1, 0.9, 0.01))
        yield (
            f"{kind:12} {len(score):5}  {f1(yes, truth):.3f}  {(yes & truth).sum() / max(yes.sum(), 1):9.3f}"
            f"  {(yes & truth).sum() / truth.sum():6.3f}  {((score >= UNSURE) & ~yes).sum():6}"
            f"  {((score - truth) ** 2).mean():.3f}   {best[0]:.3f} {best[1]:.2f}"
        )
    learnt = np.array([row.kind not in HELD_OUT for row in rows])
    tenth = np.minimum((found * 10).astype(int), 9)
    for number in range(10):
        inside = (tenth == number) & learnt
        yield f"said {found[inside].mean():.2f}, true {same[inside].mean():.2f} ({inside.sum()} pairs)"
    chooser = random.Random(1)
    for kind in dict.fromkeys(row.kind for row in rows):
        wrong = [n for n, row in enumerate(rows) if row.kind == kind and (found[n] >= SAME) != row.same]
        shown = chooser.sample(wrong, min(SHOWN, len(wrong)))
        yield f"{kind}: {len(wrong)} wrong"
        yield "  " + ", ".join(
            f"{'+' if same[n] else '-'}{rows[n].texts[0]}/{rows[n].texts[1]} {found[n]:.2f}" for n in shown
        )


def by_chance(rows: Sequence[Labelled], model: Model) -> Iterator[str]:
    """How many of pairs of names taken by chance are called the same."""
    chooser = random.Random(2)
    names = [text for row in rows if row.kind not in HELD_OUT for text in row.texts]
    pairs = [(chooser.choice(names), chooser.choice(names)) for _time in range(20_000)]
    with patch.object(pool, "load", return_value=model):
        for told in ("person", "place", None):
            taken = sum(answer.verdict == "same" for answer in compare_all(pairs, told))
            yield f"by chance, kind {told}: {taken} of {len(pairs)} same"


def f1(yes: np.ndarray, truth: np.ndarray) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (yes & truth).sum() / max(yes.sum() + truth.sum(), 1))
