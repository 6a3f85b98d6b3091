"""Paradigms of names and terms."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tolmach.morphology.german_bases import head_gender
from tolmach.morphology.german_compounds import is_compound_prefix, is_compound_tail
from tolmach.morphology.lexeme import Form, Lexeme
from tolmach.morphology.paradigm import forms, right_forms

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "morphology.toml").read_text(encoding="utf-8"))
ORDER = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def _lexeme(case: dict[str, Any]) -> Lexeme:
    keys = ("text", "kind", "gender", "number", "acronym")
    return Lexeme(**{key: case[key] for key in keys if key in case})


def _texts(case: dict[str, Any]) -> str:
    return str(case["text"])


@pytest.mark.parametrize("language", ["german", "english"])
def test_forms_that_texts_show(language: str) -> None:
    for case in CASES[language]:
        found = {form.text for form in forms(_lexeme(case), {"german": "de", "english": "en"}[language])}
        assert set(case["has"]) <= found, case["text"]
        assert not set(case["lacks"]) & found, case["text"]


def test_the_longest_end_of_a_noun_says_its_gender() -> None:
    wanted = {noun: gender for gender, nouns in CASES["genders"].items() for noun in nouns}
    found = {noun: head_gender(noun) or "unknown" for noun in wanted}
    assert found == wanted


@pytest.mark.parametrize("case", CASES["russian"], ids=_texts)
def test_russian_cases(case: dict[str, Any]) -> None:
    found: dict[str, str] = {}
    for form in forms(_lexeme(case), "ru"):
        if form.number == case.get("number", "sg") or form.case == "nomn":
            found.setdefault(form.case, form.text)
    assert [found[name].replace("ё", "е") for name in ORDER] == [text.replace("ё", "е") for text in case["cases"]]


@pytest.mark.parametrize("case", CASES["compound"], ids=_texts)
def test_closed_compounds(case: dict[str, Any]) -> None:
    assert [tail for tail in case["tails"] if not is_compound_tail(tail, _lexeme(case))] == []
    assert [tail for tail in case["no_tails"] if is_compound_tail(tail, _lexeme(case))] == []


def test_first_parts_of_compounds() -> None:
    assert is_compound_prefix("nord")
    assert is_compound_prefix("gross")
    assert not is_compound_prefix("un")


@pytest.mark.parametrize("case", CASES["like"], ids=_texts)
def test_right_forms(case: dict[str, Any]) -> None:
    assert right_forms(_lexeme(case), Form(*case["like"]), case["language"])[0] == case["right"]


def test_plural_of_a_head_with_its_complement() -> None:
    found = {form.text for form in forms(Lexeme("глава государства", "office"), "ru")}
    assert {"главы государств", "глав государств", "главы государства", "главами государств"} <= found


def test_indeclinable_names_have_one_text_in_six_cases() -> None:
    found = forms(Lexeme("Алматы", "place", indeclinable=True), "ru")
    assert {form.text for form in found} == {"Алматы"}
    assert {form.case for form in found} == set(ORDER)


def test_an_unknown_language_has_the_base_form_only() -> None:
    assert forms(Lexeme("Тоқаев", "person"), "kk") == (Form("Тоқаев"),)


def test_german_and_english_load_no_russian_dictionary() -> None:
    program = (
        "import sys; from tolmach.morphology.paradigm import forms; from tolmach.morphology.lexeme import Lexeme\n"
        "forms(Lexeme('Tokajew', 'person'), 'de'); forms(Lexeme('Tokayev', 'person'), 'en')\n"
        "sys.exit('pymorphy3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
