"""The right form of a term for its place (tests/cases/inflect.toml)."""

from __future__ import annotations

import re
import time
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.files import load_table
from tolmach.morphology.lexeme import Base, Lexeme
from tolmach.morphology.russian import tables
from tolmach.text.model import Span
from tolmach.translate.enforce.inflect import Choice, choices

_GROUPS = tomllib.loads((Path(__file__).parent / "cases" / "inflect.toml").read_text(encoding="utf-8"))["group"]
_SURE = 0.6
_CASES = [
    pytest.param(group["language"], case, id=f"{group['language']}: {case['text']} {case['term']}")
    for group in _GROUPS
    for case in group["cases"]
]


def _marked(text: str) -> tuple[str, Span | None]:
    """The text without its first brackets, and what stood in them."""
    found = re.search(r"\[([^\]]+)\]", text)
    if not found:
        return text, None
    return text[: found.start()] + found[1] + text[found.end() :], Span(found.start(), found.end() - 2)


def _lexeme(case: dict[str, Any]) -> Lexeme:
    return Lexeme(case["term"], case.get("kind", "term"), case.get("gender", ""), acronym=case.get("acronym", False))


def _chosen(language: str, case: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
    text, span = _marked(case["text"])
    source, source_span = _marked(case.get("source", ""))
    assert span is not None
    found = choices(
        text,
        span,
        _lexeme(case),
        language,
        source=source,
        source_span=source_span,
        source_language=case.get("source_language", ""),
    )
    return text, found


def _written(text: str, choice: Choice) -> str:
    for change in sorted(choice.changes, key=lambda change: -change.span.start):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    return text


@pytest.mark.parametrize(("language", "case"), _CASES)
def test_the_first_choice(language: str, case: dict[str, Any]) -> None:
    text, found = _chosen(language, case)
    if case.get("doubt"):
        assert found[0].confidence < _SURE, found[0]
    else:
        assert _written(text, found[0]) == case["result"], found


def test_there_are_enough_cases() -> None:
    assert len(_CASES) >= 120
    assert {case.values[0] for case in _CASES} == {"ru", "de", "en"}


@given(
    st.text(max_size=80),
    st.integers(0, 90),
    st.integers(0, 90),
    st.sampled_from(
        ["Обама", "выбрать", "Organisation des Vertrags", "anlegen", "EU", "«Таймс»", "-", " ", "\x00", "Moldau"]
    ),
    st.sampled_from(["person", "place", "organisation", "term", ""]),
    st.sampled_from(["ru", "de", "en", "kk"]),
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_choices(text: str, start: int, length: int, term: str, kind: str, language: str) -> None:
    span = Span(start, start + length)
    found = choices(text, span, Lexeme(term, kind), language, like=(Base("x", "gent"),), source=text, source_span=span)
    assert found
    assert all(0 <= choice.confidence <= 1 for choice in found)
    for change in found[0].changes:
        assert 0 <= change.span.start <= change.span.end


@given(st.sampled_from(["Токаев", "Обама", "Меркулова", "Шойгу", "Навальный"]), st.integers(0, 5))
@settings(deadline=None)
def test_a_right_oblique_form_comes_back_after_its_preposition(name: str, place: int) -> None:
    lexeme = Lexeme(name, "person")
    preposition = ["", "без ", "к ", "про ", "над ", "при "][place]
    form = tables(lexeme)["sg"][place]
    text = f"{preposition}{form} всё спорят"
    found = choices(text, Span(len(preposition), len(preposition) + len(form)), lexeme, "ru")
    if place:
        assert found[0].form == form


def test_a_huge_sentence_takes_no_longer() -> None:
    lexeme = Lexeme("Обама", "person")
    choices("о Obama", Span(2, 7), lexeme, "ru")
    text = "слово " * 200_000 + "о Obama"
    start = time.perf_counter()
    found = choices(text, Span(len(text) - 5, len(text)), lexeme, "ru")
    assert found[0].form == "Обаме"
    assert found[0].changes[0].span == Span(len(text) - 5, len(text))
    assert time.perf_counter() - start < 1.0


def test_the_table_of_signs_is_well_formed() -> None:
    text = resources.files("tolmach.translate.enforce").joinpath("russian_signs.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len({row[0] for row in rows}) == len(rows) > 500
    assert {len(row) for row in rows} == {2, 7}
    assert all(-9 <= float(number) <= 9 for row in rows for number in row[1:])


def test_no_noun_has_two_genders_and_no_naming_noun_two_habits() -> None:
    german = load_table("tolmach.translate.enforce", "german.toml")["nouns"]["whole"]
    russian = load_table("tolmach.translate.enforce", "russian.toml")["appositions"]
    habits = [russian[name] for name in ("same", "places", "stays", "called", "relations", "abstract")]
    for lists in (list(german.values()), habits):
        seen = [noun for nouns in lists for noun in set(nouns)]
        assert not [noun for noun, count in Counter(seen).items() if count > 1]
