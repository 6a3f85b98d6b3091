"""Repairing translations: cases, laws that hold for every pair, windows, the terms of the glossary."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.translate.enforce.model import Pair, Term
from tolmach.translate.enforce.repair import Repair, repair
from tolmach.translate.enforce.terms import of_glossary

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "repair.toml").read_text(encoding="utf-8")
)["case"]


def term(written: str) -> Term:
    """The term as a case writes it."""
    names, *rest = (part.strip() for part in written.split("|"))
    source, target = names.split(" → ")
    kind, also = rest[0] if rest else "", rest[1] if len(rest) > 1 else ""
    return Term(source, target, kind, also=tuple(one.strip() for one in also.split(",") if one.strip()))


def pair(case: dict[str, Any], target: str = "") -> Pair:
    """The pair of a case."""
    return Pair(case["source"], target or case["target"], case["from"], case["to"], tuple(map(term, case["terms"])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['from']}-{case['to']}: {case['target']}")
def test_case(case: dict[str, Any]) -> None:
    (answer,) = repair([pair(case)])
    if "contains" in case:
        assert all(part in answer.target for part in case["contains"])
        assert not any(part in answer.target for part in case["absent"])
    else:
        assert answer.target == case.get("expected", case["target"])
    assert [outcome.status for outcome in answer.outcomes] == case["status"]


def test_more_is_left_than_repaired() -> None:
    untouched = sum("expected" not in case and "contains" not in case for case in CASES)
    assert len(CASES) >= 60
    assert untouched > len(CASES) - untouched


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['from']}-{case['to']}: {case['target']}")
def test_repairing_twice_changes_nothing(case: dict[str, Any]) -> None:
    (first,) = repair([pair(case)])
    (second,) = repair([pair(case, first.target)])
    assert second.target == first.target


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['from']}-{case['to']}: {case['target']}")
def test_spans_quote_what_they_say(case: dict[str, Any]) -> None:
    (answer,) = repair([pair(case)])
    for outcome in answer.outcomes:
        if outcome.span is not None:
            assert answer.target[outcome.span.start : outcome.span.end] == outcome.after


def test_all_at_once_as_one_by_one() -> None:
    together = [answer.target for answer in repair(map(pair, CASES))]
    assert together == [answer.target for case in CASES for answer in repair([pair(case)])]


def test_windows_do_not_change_the_order() -> None:
    small = [answer.target for answer in repair(map(pair, CASES), window=3)]
    assert small == [answer.target for answer in repair(map(pair, CASES))]


@given(st.text(), st.text(), st.text(min_size=1), st.text(min_size=1), st.sampled_from(["de", "en", "ru", "kk"]))
@example("A00", "A0", ":", "A", "de")
def test_any_text_is_answered(source: str, target: str, name: str, wanted: str, language: str) -> None:
    (answer,) = repair([Pair(source, target, "en", language, (Term(name, wanted),))])
    assert len(answer.outcomes) == 1


@given(st.text(), st.text())
def test_without_terms_nothing_changes(source: str, target: str) -> None:
    assert next(repair([Pair(source, target, "de", "ru")])).target == target


def test_what_is_missing_is_inserted_only_when_asked_for() -> None:
    lost = Pair("Obama came and spoke.", "Он пришёл и выступил.", "en", "ru", (Term("Obama", "Обама", "person"),))
    (inserted,) = Repair(insert=True).run([lost])
    assert inserted.target == "Он пришёл и выступил [Обама]."
    assert [outcome.status for outcome in inserted.outcomes] == ["inserted"]


def test_a_translated_term_is_found_by_its_company() -> None:
    sentences = [
        ("Open the pane.", "Откройте окно."),
        ("Close the pane.", "Закройте окно."),
        ("The pane is empty.", "Окно пустое."),
        ("Move the pane to the left.", "Переместите окно влево."),
        ("Open the list.", "Откройте список."),
        ("Close the list.", "Закройте список."),
    ]
    terms = (Term("pane", "область", "term"),)
    pairs = [Pair(source, target, "en", "ru", terms if "pane" in source else ()) for source, target in sentences]
    answers = [answer.target for answer in repair(pairs)]
    assert answers[1] == "Закройте область."
    assert answers[4:] == ["Откройте список.", "Закройте список."]


GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
gender = "m"

[[concept.de]]
form = "Tokajew"
given = "Kassym-Schomart"
status = "preferred"

[[concept.ru]]
form = "Токаев"
given = "Касым-Жомарт"
status = "preferred"

[[concept]]
id = "belarus"
kind = "place"

[[concept.de]]
form = "Belarus"
status = "preferred"

[[concept.ru]]
form = "Беларусь"
status = "preferred"

[[concept.ru]]
form = "Белоруссия"
status = "deprecated"
"""


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    path = tmp_path / "house.toml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return Finder(load([path]))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Tokajew kam.", "Токайев приехал.", "Токаев приехал."),
        (
            "Kassym-Schomart Tokajew kam nach Belarus.",
            "Касым-Джомарт Токаев приехал в Белоруссию.",
            "Касым-Жомарт Токаев приехал в Беларусь.",
        ),
        ("Kassym-Schomart Tokajew kam.", "Токаев приехал.", "Токаев приехал."),
        ("Er kam aus Belarus.", "Он приехал из Беларуси.", "Он приехал из Беларуси."),
        ("Er kam aus Minsk.", "Он приехал из Белоруссии.", "Он приехал из Белоруссии."),
    ],
)
def test_terms_of_the_glossary(finder: Finder, source: str, target: str, expected: str) -> None:
    terms = of_glossary(finder, source, "de", "ru")
    assert next(repair([Pair(source, target, "de", "ru", terms)])).target == expected
