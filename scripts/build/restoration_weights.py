"""Learns the weights of restoration/weights.toml and prints them with cross-validated figures (NumPy).

    uv run scripts/build/restoration_weights.py INPUTS PAIRS.tsv

The ranking is a conditional logit over the candidates of each attested pair, the verdict a logistic regression that
sets the pairs apart from ordinary words and Western names. In each of five rounds the channel and the weights are
learned from four fifths of the pairs and tried on the rest; pairs whose Russian forms begin alike stay together. Run
it after restoration.py and restoration_verdict.py and write the printed tables into weights.toml.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
import restoration
import restoration_channel
import restoration_ordinary

from tolmach.transcription.restoration import knowledge, lattice, ranking, verdict
from tolmach.transcription.restoration.channel import Channel, latin

_FOLDS = 5
_FACTS = [field.name for field in fields(ranking.Facts)]
Matrix = np.ndarray[Any, Any]
Case = tuple[str, str, list[tuple[str, ranking.Facts]]]  # set, Latin word, originals with their facts


def fold(row: dict[str, str]) -> int:
    """The part in which a pair is tried."""
    return int(hashlib.sha256(row["ru"].lower()[:6].encode("utf-8")).hexdigest(), 16) % _FOLDS


def plain(name: str) -> str:
    """The form in which originals are compared."""
    return name.lower().replace("ё", "е")


def originals(
    word: str, kind: str | None, channel: Channel, known: knowledge.Knowledge
) -> list[tuple[str, ranking.Facts]]:
    """The readings of a word with their facts."""
    readings = lattice.readings(ranking.readable(word, channel), channel, known.letters, known.lexicon)
    chosen = ranking.distinct(readings, known.language)[: ranking.WEIGHED]
    return [(reading.text, ranking.weighed(reading, word, "de", known.language, kind)) for reading in chosen]


def tried(folder: Path, rows: list[dict[str, str]], known: knowledge.Knowledge) -> list[tuple[dict[str, str], Case]]:
    """Every pair of one word with the readings by a channel that has not seen it."""
    alphabet = known.letters.alphabet
    names = restoration.names(folder, "ru")
    members = sorted({name for kind, found in names.items() if kind != "phrase" for name in found})
    pairs = restoration.written_pairs(folder, "ru", members, "de")
    first = restoration_channel.learn(pairs, 1)
    found = []
    for part in range(_FOLDS):
        seen = [row for row in rows if fold(row) != part]
        counts = restoration_channel.learn([*pairs, *restoration.weighed_pairs(seen, first, pairs, alphabet)], 1)
        channel = restoration_channel.channel(counts, alphabet)
        for row in rows:
            word = latin(row["source"])
            if fold(row) == part and word.isalpha():
                found.append((row, (row["set"], word, originals(word, row["kind"], channel, known))))
    return found


def ranking_matrices(cases: list[tuple[dict[str, str], Case]]) -> tuple[Matrix, Matrix]:
    """Facts of the candidates (case, candidate, fact) and which of them are right."""
    facts = np.zeros((len(cases), ranking.WEIGHED, len(_FACTS)))
    facts[:, :, 0] = 99.0
    right = np.zeros((len(cases), ranking.WEIGHED))
    for place, (row, (_set, _word, found)) in enumerate(cases):
        accepted = {plain(form) for form in row["target"].split("|")}
        for rank, (text, fact) in enumerate(found):
            facts[place, rank] = astuple(fact)
            right[place, rank] = plain(text) in accepted
    return facts, right


def logit(facts: Matrix, right: Matrix) -> Matrix:
    """Weights of the facts that make the right candidates likely."""
    usable = right.any(1)
    facts, right = facts[usable], right[usable]
    weights, speed = np.array([-0.5, -0.5] + [0.0] * (len(_FACTS) - 2)), 0.0
    for _ in range(400):
        scores = facts @ weights
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        wanted = chances * right
        wanted /= wanted.sum(1, keepdims=True)
        speed = 0.9 * speed + np.einsum("nmf,nm->f", facts, wanted - chances) / len(facts) - 1e-4 * weights
        weights = weights + 0.15 * speed
    return weights


def regression(values: Matrix, truth: Matrix, weight: Matrix) -> Matrix:
    """Weights of a logistic regression (Newton's method, small ridge)."""
    weights = np.zeros(values.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (weight * (truth - chances)) - 1e-3 * weights
        curve = (values * (weight * chances * (1 - chances))[:, None]).T @ values + 1e-3 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def best_evidence(word: str, found: list[tuple[str, ranking.Facts]], weights: dict[str, float]) -> verdict.Evidence:
    """The evidence of the best original."""
    if not found:
        return verdict.Evidence(9.0, 9.0, False, False, False, False, False)
    candidates = [ranking.Candidate(text, ranking.score(facts, weights), facts) for text, facts in found]
    return max(candidates, key=lambda candidate: candidate.score).evidence(len(word))


def main(arguments: list[str]) -> None:
    """Print weights and figures."""
    folder, path = map(Path, arguments)
    known, judge = knowledge.load("ru"), verdict.load()
    cases = tried(folder, restoration.attested(path), known)
    parts = np.array([fold(row) for row, _case in cases])
    sets = np.array([row["set"] for row, _case in cases])
    facts, right = ranking_matrices(cases)
    order = np.zeros(right.shape, int)
    for part in range(_FOLDS):
        order[parts == part] = np.argsort(
            -(facts[parts == part] @ logit(facts[parts != part], right[parts != part])), 1
        )
    hits = np.take_along_axis(right, order, 1)
    for name in sorted(set(sets)):
        chosen = hits[sets == name]
        print(f"{name}: {len(chosen)}, first {chosen[:, 0].mean():.3f}, five {chosen[:, :5].any(1).mean():.3f}")
    weights = dict(zip(_FACTS, logit(facts, right).round(3).tolist(), strict=True))
    print("[score]", *(f"{name} = {value}" for name, value in weights.items()), sep="\n")
    calibrate(folder, cases, known, judge, weights, hits)


def calibrate(
    folder: Path,
    cases: list[tuple[dict[str, str], Case]],
    known: knowledge.Knowledge,
    judge: verdict.Verdict,
    weights: dict[str, float],
    hits: Matrix,
) -> None:
    """Print the weights of the verdict, what they let through, and how often an answer is given and right."""
    least = judge.weights["least"]
    values, truth, weight, groups = [], [], [], []
    for row, (_set, word, found) in cases:
        evidence = best_evidence(word, found, weights)
        values.append(verdict.features(word, judge.odds(word), judge.kinds(word), evidence))
        groups.append((row["set"], fold(row)))
    lists = (
        ("german", restoration_ordinary.german(folder), 1500),
        ("western", restoration_ordinary.western(folder), 1500),
        ("english", restoration_ordinary.english(folder), 500),
    )
    pairs = len(values)
    for name, words, most in lists:
        for number, word in enumerate(
            restoration.sample((w for w in words if restoration_ordinary.bucket(w) < 2), most)
        ):
            kind = (None, "person", "place")[number % 3]
            found = originals(word, kind, known.channel("de"), known)
            # words that the lexicon does not know must be told by the rest: half of the words, for training
            kinds = judge.kinds(word) if number % 2 else 0
            values.append(verdict.features(word, judge.odds(word), kinds, best_evidence(word, found, weights)))
            groups.append((name if restoration_ordinary.bucket(word) else f"{name}, calibrating", number % _FOLDS))
    matrix = np.array(values)
    truth = np.array([1.0] * pairs + [0.0] * (len(values) - pairs))
    weight = np.ones(len(values))
    parts = np.array([part for _name, part in groups])
    scores = np.zeros(len(values))
    for part in range(_FOLDS):
        seen = (parts != part) & np.array([name not in ("german", "western", "english") for name, _part in groups])
        scores[parts == part] = matrix[parts == part] @ regression(matrix[seen], truth[seen], weight[seen])
    answered = scores[:pairs] > least
    for name in sorted({row["set"] for row, _case in cases}):
        here = np.array([row["set"] == name for row, _case in cases])
        shown = hits[here] * answered[here][:, None]
        print(f"{name}, answered: first {shown[:, 0].mean():.3f}, five {shown[:, :5].any(1).mean():.3f}")
    for limit in (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0):
        let = {
            name: f"{np.mean([s > limit for s, (g, _p) in zip(scores, groups, strict=True) if g == name]):.3f}"
            for name in sorted({group for group, _part in groups})
        }
        print(limit, let)
    print(
        "[verdict]",
        *(f"{n} = {v:.3f}" for n, v in zip(verdict.FEATURES, regression(matrix, truth, weight), strict=True)),
        sep="\n",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
