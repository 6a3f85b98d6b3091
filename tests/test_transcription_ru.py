"""Russian names: forms that other people print, forms that must not come out, and the tables of Russian names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tolmach.transcription.established import Established, fold, rows
from tolmach.transcription.house import default, transcribe
from tolmach.transcription.system import load, names

Case = dict[str, Any]
CASES: dict[str, list[Case]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "transcription_ru.toml").read_text(encoding="utf-8")
)


def written(case: Case) -> str:
    if "system" in case:
        return load(case["system"]).transcribe(case["original"])
    return transcribe(case["original"], "ru", case["target"], case["kind"])


def title(case: Case) -> str:
    return f"{case.get('system') or case['target']}: {case['original']}"


@pytest.mark.parametrize("case", CASES["name"], ids=title)
def test_names_come_out_as_they_are_printed(case: Case) -> None:
    form = written(case)
    assert form == case["form"]
    assert form not in case["not"]


@pytest.mark.parametrize("case", CASES["known_failure"], ids=title)
@pytest.mark.xfail(strict=True, reason="the word is no Russian word; a row of its own would be the cure")
def test_known_failures(case: Case) -> None:
    assert written(case) == case["form"]


@pytest.mark.parametrize("name", [name for name in names() if name.startswith("ru-")])
def test_other_scripts_and_figures_stay(name: str) -> None:
    text = "Tokajew 2019, § 5 — Ελλάδα"
    assert load(name).transcribe(text) == text


@pytest.mark.parametrize("name", ["ru-de-iso9", "ru-en-scholarly"])
def test_one_sign_systems_keep_every_letter_apart(name: str) -> None:
    targets = list(load(name).letters.values())
    current = [load(name).letters[letter] for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"]
    assert len(set(current)) == len(current)
    assert all(targets)


def of_table(authority: str) -> list[Established]:
    return [row for row in rows() if row.source == "ru" and row.authority == authority]


def test_names_printed_without_dots_are_written_as_with_dots() -> None:
    table = of_table("Russian spelling with ё")
    assert len(table) > 100
    wrong = [row for row in table if row.form != default("ru", row.target).transcribe(row.original)]
    assert not wrong
    for row in table:
        bare = row.original.replace("ё", "е").replace("Ё", "Е")
        assert transcribe(bare, "ru", row.target, row.kind) == transcribe(row.original, "ru", row.target, row.kind)


def test_given_names_keep_their_rows_apart_from_surnames_with_the_same_start() -> None:
    given = {fold(row.original) for row in rows() if row.kind == "person" and row.source == "ru"}
    assert {"александр", "сергей", "петр"} <= given
    assert not given & {"александров", "сергеев", "петров"}


def test_towns_on_a_river_have_a_german_and_an_english_form() -> None:
    towns = [row for row in rows() if row.source == "ru" and re.search("-на-(Дону|Амуре|Оби|Кубани)$", row.original)]
    german = {row.original for row in towns if row.target == "de" and " am " in row.form}
    english = {row.original for row in towns if row.target == "en"}
    assert len(german) == 6
    assert german == english
