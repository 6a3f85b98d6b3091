"""Whole documents: acronyms, names and conventions over all sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.memory import po
from tolmach.text.model import Segment, Span
from tolmach.text.sources import Text
from tolmach.translate import engine, job, pipeline
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


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_translations_of_the_house_stay(language: str) -> None:
    for path in sorted((ROOT / "translations" / language).glob("*.po")):
        entries = [entry for entry in po.read(path) if entry.msgstr and not entry.obsolete]
        made = polish(
            [Sentence(entry.msgid, entry.msgstr, paragraph=place) for place, entry in enumerate(entries)],
            Manner("de", language, finder=finder()),
        )
        assert [one.draft for one in made] == [entry.msgstr for entry in entries], path.name


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


def test_a_term_that_is_added_is_told_as_inserted() -> None:
    missing = Outcome(Term("SOZ", "ШОС", "organisation", "sco"), "missing")
    source, draft = (
        "Die Schanghaier Organisation für Zusammenarbeit (SOZ) tagte.",
        "Шанхайская организация сотрудничества заседала.",
    )
    (made,) = polish([Sentence(source, draft, (missing,))], Manner("de", "ru", finder=finder()))
    (outcome,) = made.outcomes
    assert outcome.span is not None
    assert (outcome.status, made.draft[outcome.span.start : outcome.span.end]) == ("inserted", "ШОС")


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


@dataclass
class Copies:
    """An engine whose drafts are given beforehand."""

    drafts_of: dict[str, str]
    name: str = "copies"
    drafts: bool = True

    def pivot(self, source: str, target: str) -> str | None:
        return "en" if (source, target) == ("de", "ru") else None

    def signature(self, source: str, target: str) -> str:
        return f"copies {source}_{target}"

    def translate(self, sentences: Iterable[engine.Sentence], source: str, target: str) -> Iterator[str]:
        for sentence in sentences:
            yield self.drafts_of[sentence.text]

    def decoder(self, source: str, target: str) -> None:
        return None


GERMAN = [
    "Die Organisation für Sicherheit und Zusammenarbeit in Europa (OSZE) entsandte 1.200 Beobachter.",
    "Die OSZE sprach von „Mängeln“.",
]
ENGLISH = [
    "The Organization for Security and Co-operation in Europe sent 1.200 observers.",
    'The OSCE spoke of "shortcomings".',
]
POLISHED = [
    "The Organization for Security and Co-operation in Europe (OSCE) sent 1,200 observers.",
    "The OSCE spoke of “shortcomings”.",
]
RUSSIAN = [
    "Организация по безопасности и сотрудничеству в Европе направила 1,200 наблюдателей.",
    'ОБСЕ говорила о "недостатках".',
]


def run(folder: Path, *, conventions: bool = True) -> list[job.Outcome]:
    known = dict(zip([*GERMAN, *POLISHED, *ENGLISH], [*ENGLISH, *RUSSIAN, *RUSSIAN], strict=True))
    known["The Organization for Security and Co-operation in Europe (OSCE) sent 1.200 observers."] = RUSSIAN[0]
    segments = (Segment(f"x#{place}", one, Span(0, len(one)), place, 0) for place, one in enumerate(GERMAN, 1))
    work = job.Job("de", ("en", "ru"), folder, Copies(known), finder(), frozenset(), conventions=conventions)
    return list(pipeline.run([Text("x", "de", tuple(segments), "seeds/x.txt")], work))


def test_the_polished_sentence_is_what_goes_on_its_way(tmp_path: Path) -> None:
    outcomes = run(tmp_path)
    english, russian = (po.read(tmp_path / language / "x.po") for language in ("en", "ru"))
    assert [entry.msgstr for entry in english] == POLISHED
    assert [entry.msgstr for entry in russian] == [
        "Организация по безопасности и сотрудничеству в Европе (ОБСЕ) направила 1200 наблюдателей.",
        "ОБСЕ говорила о «недостатках».",
    ]
    assert "(OSCE) added; 1.200 → 1,200" in english[0].tcomment
    kinds = [change.kind for one in outcomes[0].terms for change in one.changes]
    assert kinds == ["acronym", "number", "quotes", "quotes"]
    assert all(po.signature(entry) for entry in english)


def test_a_second_run_leaves_the_polished_drafts(tmp_path: Path) -> None:
    run(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    again = run(tmp_path)
    assert [one.unchanged for one in again] == [2, 2]
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.po")}


def test_the_engine_may_keep_its_conventions(tmp_path: Path) -> None:
    run(tmp_path, conventions=False)
    english = po.read(tmp_path / "en" / "x.po")
    assert [entry.msgstr for entry in english] == [POLISHED[0].replace("1,200", "1.200"), ENGLISH[1]]
    # Whoever wants the conventions again gets them.
    run(tmp_path)
    assert [entry.msgstr for entry in po.read(tmp_path / "en" / "x.po")] == POLISHED
