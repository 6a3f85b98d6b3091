"""Whole documents: acronyms, names and conventions over all sentences."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.text.model import Span
from tolmach.translate.conventions.edit import Change
from tolmach.translate.document import Manner, Polished, Sentence, changed, polish
from tolmach.translate.enforce.model import Outcome, Term

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "cases" / "documents.toml"
DOCUMENTS = tomllib.loads(FILE.read_text(encoding="utf-8").replace("_", "\u00a0"))["document"]
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["about"])


@cache
def finder() -> Finder:
    return Finder(load(["starter", ROOT / "glossary"]))


def manner(document: dict[str, Any]) -> Manner:
    source, target = document["pair"].split("-")
    return Manner(source, target, finder=finder())


def polished(document: dict[str, Any]) -> list[Polished]:
    return polish([Sentence(one["source"], one["draft"]) for one in document["sentences"]], manner(document))


@each_document
def test_a_document_is_made_consistent(document: dict[str, Any]) -> None:
    made = polished(document)
    assert [one.draft for one in made] == [one.get("right", one["draft"]) for one in document["sentences"]]
    assert [changed(one.changes) for one in made] == [one.get("told", "") for one in document["sentences"]]


@each_document
def test_twice_changes_nothing_more(document: dict[str, Any]) -> None:
    made = polished(document)
    sentences = [Sentence(one["source"], new.draft) for one, new in zip(document["sentences"], made, strict=True)]
    again = polish(sentences, manner(document))
    assert [one.draft for one in again] == [one.draft for one in made]


@each_document
def test_what_a_person_has_written_stays(document: dict[str, Any]) -> None:
    sentences = [Sentence(one["source"], one["draft"], fixed=True) for one in document["sentences"]]
    assert polish(sentences, manner(document)) == [Polished(one["draft"]) for one in document["sentences"]]


def test_most_sentences_stay() -> None:
    sentences = [one for document in DOCUMENTS for one in document["sentences"]]
    assert len(DOCUMENTS) >= 15
    assert sum("right" in one for one in sentences) < len(sentences) / 2


def test_a_person_has_introduced_it_before() -> None:
    first = Sentence(
        "Die Schanghaier Organisation für Zusammenarbeit (SOZ) tagte.",
        "Шанхайская организация сотрудничества (ШОС) заседала.",
        fixed=True,
    )
    second = Sentence("Die SOZ tagte.", "Шанхайская организация сотрудничества (ШОС) заседала.")
    made = polish([first, second], Manner("de", "ru", finder=finder()))
    assert [one.draft for one in made] == [first.draft, "Шанхайская организация сотрудничества заседала."]


def test_a_term_that_was_missing_is_there_afterwards() -> None:
    missing = Outcome(Term("OVKS", "ОДКБ", "organisation", "odkb"), "missing")
    (made,) = polish([Sentence("Die OVKS ging.", "ОВКС ушла.", (missing,))], Manner("de", "ru", finder=finder()))
    assert made.draft == "ОДКБ ушла."
    expected = replace(missing, status="repaired", before="ОВКС", after="ОДКБ", span=Span(0, 4), step="form")
    assert made.outcomes == (expected,)


def test_conventions_can_be_left_to_the_engine() -> None:
    draft = 'The OSZE spoke of "10.000".'
    sentence = Sentence("Die OSZE sprach von „10.000“.", draft)
    with_conventions = Manner("de", "en", finder=finder())
    assert polish([sentence], with_conventions)[0].draft == "The OSCE spoke of “10,000”."
    assert polish([sentence], replace(with_conventions, conventions=False))[0].draft == 'The OSCE spoke of "10.000".'


def test_numbers_are_those_of_the_language_between() -> None:
    sentence = Sentence("Es kamen 10.000.", "Пришло 10,000.", asked="10,000 came.")
    assert polish([sentence], Manner("de", "ru", via="en"))[0].draft == "Пришло 10\u00a0000."


def test_sentences_without_a_draft_are_passed_over() -> None:
    assert polish([Sentence("Die OVKS ging.", "")], Manner("de", "ru", finder=finder())) == [Polished("")]
    assert polish([], Manner("de", "ru")) == []


def test_marks_and_blanks_are_not_told() -> None:
    assert changed((Change("quotes", '"', "“"), Change("number", "1.000", "1,000"))) == "1.000 → 1,000"
