"""How the parts of full names add up: weights for `tolmach compare`, learned from full names put together by chance.

Nobody's full name is used: a full name here is a given name and a surname of the labelled single names, each pair of
parts judged by a model that does not know them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from tolmach.names.comparison.fullnames import Agreement, numbers
from tolmach.names.comparison.identities import relations
from tolmach.names.comparison.model import PERSON, Model

Parts = tuple[str, str]
Row = Any  # a labelled pair of comparison.py


def parts_weights(rows: Sequence[Row], models: Sequence[Model]) -> np.ndarray:
    """A constant and the weights of `fullnames.numbers`."""
    chooser = random.Random(1)
    table: list[tuple[float, ...]] = []
    truths: list[bool] = []
    for fold, model in enumerate(models):
        for kind in ("cyr-german", "cyr-latin", "net-en-ru", "latin-latin"):
            inside = [row for row in rows if row.kind == kind and row.folds[0] == fold]
            samples = list(_samples(inside, chooser))
            wholes = ask([("-".join(left), "-".join(right)) for left, right, _truth in samples], model)
            parts = ask([pair for left, right, _truth in samples for pair in zip(left, right, strict=True)], model)
            for place, sample in enumerate(samples):
                table.append(numbers(parts[2 * place : 2 * place + 2], wholes[place].odds))
                truths.append(sample[2])
    fitted = LogisticRegression(C=10, max_iter=1000).fit(np.array(table), np.array(truths))
    return np.array([fitted.intercept_[0], *fitted.coef_[0]], np.float32)


def _samples(rows: Sequence[Row], chooser: random.Random) -> Iterator[tuple[Parts, Parts, bool]]:
    """Full names of two parts, half of them of one person; of the others half share a part."""
    same = [row.pair for row in rows if row.same]
    other = [row.pair for row in rows if not row.same]

    def strangers() -> tuple[str, str]:
        # A look-alike, or anybody: who shares a given name need not have a like surname.
        return chooser.choice(other) if chooser.random() < 0.4 else (chooser.choice(same)[0], chooser.choice(same)[1])

    for _time in range(2 * len(same)):
        truth = chooser.random() < 0.5
        shared = (chooser.choice(same), chooser.choice(same))
        if truth:
            parts = shared
        else:
            parts = chooser.choice([(shared[0], strangers()), (strangers(), shared[1]), (strangers(), strangers())])
        yield (parts[0][0], parts[1][0]), (parts[0][1], parts[1][1]), truth


def ask(pairs: Sequence[tuple[str, str]], model: Model) -> list[Agreement]:
    """How well spellings of persons agree."""
    judged = model.judge(pairs, np.column_stack([np.full(len(pairs), PERSON, np.float32), relations(pairs)]))
    return [Agreement(*pair) for pair in zip(judged.odds.tolist(), judged.support.tolist(), strict=True)]
