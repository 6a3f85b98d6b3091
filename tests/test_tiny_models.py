"""The sentences that the tiny models are tested with are those of the grammar that they have not learned from."""

from __future__ import annotations

import csv
import hashlib
import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "tests" / "models"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT / "scripts" / "build")
    return importlib.import_module("tiny_corpus")


def test_unseen_sentences_are_the_committed_ones(corpus: Any) -> None:
    with (ROOT / "tests" / "cases" / "tiny_sentences.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == ["de", "en", "ru"]
    assert rows[1:] == [list(sentence) for sentence in corpus.unseen_sentences()]


def test_no_unseen_sentence_is_learned_from(corpus: Any) -> None:
    unseen = {text for sentence in corpus.unseen_sentences() for text in sentence}
    learned = corpus.training_sentences(corpus.unseen_sentences(), 10_000)
    assert len(learned) == 10_000
    assert unseen.isdisjoint(text for sentence in learned for text in sentence)


def test_packages_are_those_the_checksums_name() -> None:
    lines = (MODELS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert named == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MODELS.glob("*.argosmodel")}
    assert sum(path.stat().st_size for path in MODELS.glob("*.argosmodel")) < 4_000_000
