"""The repository's own glossary, seeds and translations hold what they promise, by our own program."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import polib
import pytest

from support import run_program
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.glossary.model import Glossary
from tolmach.glossary.validate import failing_examples
from tolmach.text import formats
from tolmach.text.identity import fold, segments

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def house() -> Glossary:
    return load([ROOT / "glossary"])


def check(*arguments: str) -> dict[str, Any]:
    done = run_program("check", *arguments, "--format", "json", "--glossary", str(ROOT / "glossary"), folder=ROOT)
    assert done.code in (0, 1), done.errors
    report: dict[str, Any] = json.loads(done.output)
    return report


def test_there_are_five_seeds_and_each_stands_in_sources() -> None:
    sources = tomllib.loads((ROOT / "seeds" / "sources.toml").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in sources["source"]] == [path.name for path in SEEDS]
    assert len(SEEDS) == 5


def test_glossary_is_valid_and_its_examples_hold(house: Glossary) -> None:
    finder = Finder(house)
    assert [str(problem) for language in ("de", "en", "ru") for problem in failing_examples(finder, language)] == []


def test_starter_glossary_is_valid_and_its_examples_hold() -> None:
    finder = Finder(load(["starter"]))
    assert [str(problem) for language in ("de", "en", "ru") for problem in failing_examples(finder, language)] == []


def test_kazakhstan_glossary_is_complete() -> None:
    concepts = load([ROOT / "glossary" / "kazakhstan-2022.toml"]).concepts.values()
    assert len(concepts) >= 80
    for concept in concepts:
        assert concept.sources, concept.id
        if not concept.do_not_translate:
            assert all(concept.preferred(language) for language in ("de", "en", "ru")), concept.id
        for language, designations in concept.designations.items():
            for entry in designations:
                assert entry.status.wanted or entry.reason, (
                    f"{concept.id} {language} {entry.full}: an unwanted form needs its reason"
                )


@pytest.mark.parametrize(
    "concept", sorted(load([ROOT / "glossary"]).concepts.values(), key=lambda one: one.id), ids=lambda one: one.id
)
def test_unwanted_forms_have_examples(concept: Any) -> None:
    for language, designations in concept.designations.items():
        if any(not entry.status.wanted for entry in designations):
            assert language in concept.examples, f"{concept.id} has unwanted forms in {language} and no example"


def test_seeds_have_the_known_inconsistencies() -> None:
    report = check("seeds")
    found = Counter((finding["concept"], finding["text"]) for finding in report["findings"])
    assert report["files"] == 5
    assert found["tokayev", "Toqajew"] == 6
    assert found["odkb", "ODBK"] == 1
    assert found["belarus", "Weißrussland"] == 4
    assert found["belarus", "Weißrusslands"] == 1
    assert found["nur-sultan", "Nursultan"] == 3
    assert found["kyrgyzstan", "Kirgistan"] == 1
    assert found["massimov", "Maximow"] == 1
    assert not any("Nasarbajew" in text for _concept, text in found)
    for finding in report["findings"]:
        text = (ROOT / finding["path"]).read_bytes().decode("utf-8")
        assert text[finding["start"] : finding["end"]] == finding["text"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_translations_are_clean(language: str) -> None:
    assert check(f"translations/{language}")["findings"] == []


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_every_sentence_has_a_reviewed_translation(seed: Path, language: str) -> None:
    source = formats.Source(f"seeds/{seed.name}", seed.stem, seed.read_bytes(), "de")
    sentences = [segment for document in formats.read(source) for segment in segments(document)]
    entries = {
        entry.msgctxt: entry for entry in polib.pofile(str(ROOT / "translations" / language / f"{seed.stem}.po"))
    }
    assert len(sentences) >= 30
    assert [segment.id for segment in sentences] == [entry.msgctxt for entry in entries.values() if not entry.obsolete]
    for segment in sentences:
        entry = entries[segment.id]
        assert fold(entry.msgid) == fold(segment.text)
        assert entry.msgstr.strip()
        assert not entry.fuzzy


def test_parallel_pages_are_those_the_program_makes(tmp_path: Path) -> None:
    done = run_program("parallel", "seeds", "--output", str(tmp_path), folder=ROOT)
    assert done.code == 0, done.errors
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.html")}
    committed = {path.name: path.read_bytes() for path in (ROOT / "translations" / "parallel").glob("*.html")}
    assert sorted(made) == [f"{seed.stem}.html" for seed in SEEDS]
    assert made == committed, "run `tolmach parallel seeds` and look at the changes"


def test_translating_the_seeds_again_changes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "translations"
    shutil.copytree(ROOT / "translations", copy)
    before = {path.name: path.read_bytes() for path in copy.rglob("*.po")}
    done = run_program(
        "translate", "seeds", "--to", "en,ru", "--engine", "memory", "--translations", str(copy), folder=ROOT
    )
    assert done.code == 0, done.errors
    assert {path.name: path.read_bytes() for path in copy.rglob("*.po")} == before
