"""`tolmach forms`: paradigms and base forms of names nobody has put into a glossary."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.paradigm import bases, lexeme, table

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
FOLDER = Path(__file__).parent / "cases"


def _groups(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["group"]
    return found


RUSSIAN, GERMAN, REVERSE = _groups("forms_ru.toml"), _groups("forms_de.toml"), _groups("forms_reverse.toml")


GENITIVES = tomllib.loads((FOLDER / "forms_de.toml").read_text(encoding="utf-8"))["genitive"]


def _cells() -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every oblique form of the Russian cases with its base."""
    for group in RUSSIAN:
        for row in group["rows"]:
            yield from ((group, form.split("|")[0], row[0]) for form in row[1:])


@pytest.mark.parametrize("group", RUSSIAN, ids=[group["set"] for group in RUSSIAN])
def test_russian_paradigms(group: dict[str, Any]) -> None:
    wrong = []
    for row in group["rows"]:
        found = table(Lexeme(row[0], group["kind"], group.get("gender", "")), "ru").singular
        got = [found[case][0] for case in CASES]
        wrong += [(want, form) for want, form in zip(row, got, strict=True) if form not in want.split("|")]
    assert wrong == []


@pytest.mark.parametrize("group", GERMAN, ids=[group["type"] for group in GERMAN])
def test_german_bases(group: dict[str, Any]) -> None:
    wrong = []
    for printed, base, *tail in group["rows"]:
        for kind in {"", group.get("kind", "")}:
            found = bases(printed, "de", kind)[0]
            if (found.form, found.tail) != (base, "".join(tail)):
                wrong.append((printed, kind, found))
    assert wrong == []


@pytest.mark.parametrize("group", GERMAN, ids=[group["type"] for group in GERMAN])
def test_german_genitives_have_their_base(group: dict[str, Any]) -> None:
    genitive = group["type"].startswith(("genitive", "case", "apostrophe"))
    for printed, base, *_tail in group["rows"] if genitive else ():
        found = table(lexeme(base, "de", group.get("kind", "")), "de").singular
        forms = {form.replace("’", "'") for case in ("gen", "dat") for form in found[case]}
        assert printed.replace("’", "'") in forms, (base, forms)


@pytest.mark.parametrize("group", GENITIVES, ids=[group["kind"] for group in GENITIVES])
def test_german_genitives(group: dict[str, Any]) -> None:
    for base, genitive in group["rows"]:
        found = table(Lexeme(base, group["kind"]), "de").singular["gen"]
        assert genitive in found, (base, found)


def test_a_name_with_an_article_has_no_ending() -> None:
    assert table(Lexeme("Wolga", "place"), "de").singular["gen"][0] == "Wolga"
    assert table(Lexeme("Wladimir Wolga", "person"), "de").singular["gen"] == ("Wladimir Wolgas",)
    assert table(Lexeme("Kasachstan", "place"), "de").singular["gen"] == ("Kasachstans",)


@pytest.mark.parametrize("group", REVERSE, ids=[group["set"] for group in REVERSE])
def test_bases_best_first(group: dict[str, Any]) -> None:
    for printed, base, case, *tail in group["rows"]:
        found = bases(printed, group["language"], group.get("kind", ""), group.get("gender", ""))[0]
        assert (found.form, found.case, found.tail) == (base, case, "".join(tail)), printed


def test_the_base_is_among_the_candidates_and_mostly_first() -> None:
    ranks = []
    for group, form, base in _cells():
        found = [one.form for one in bases(form, "ru", group["kind"], group.get("gender", ""))]
        ranks.append(found.index(base) if base in found else -1)
    assert sum(rank >= 0 for rank in ranks) / len(ranks) >= 0.99
    assert ranks.count(0) / len(ranks) >= 0.92


SYLLABLE = st.sampled_from(
    ["ба", "гу", "до", "жа", "ки", "ла", "му", "на", "ра", "са", "ту", "шо", "бек", "мур", "тул"]
)
STEM = st.lists(SYLLABLE, min_size=2, max_size=3).map("".join)


@given(STEM, st.sampled_from(["баев", "лов", "тин", "ский", "нко", "рян", "швили"]))
@settings(max_examples=60)
def test_unseen_surnames_of_men_lead_back(stem: str, ending: str) -> None:
    name = (stem + ending).capitalize()
    forms = table(Lexeme(name, "person", "m"), "ru").singular
    for case in ("gent", "datv", "ablt"):
        assert bases(forms[case][0], "ru", "person", "m")[0].form == name


@given(STEM, st.sampled_from(["баева", "лова", "тина", "ская"]))
@settings(max_examples=40)
def test_unseen_surnames_of_women_lead_back(stem: str, ending: str) -> None:
    name = (stem + ending).capitalize()
    forms = table(Lexeme(name, "person", "f"), "ru").singular
    for case in ("accs", "ablt"):
        assert bases(forms[case][0], "ru", "person", "f")[0].form == name


LATIN = st.lists(st.sampled_from(["ba", "gu", "do", "scha", "ki", "la", "mu", "na", "ra", "tsch", "bek"]), min_size=2)


@given(
    LATIN.map("".join), st.sampled_from(["bajew", "low", "tin", "ski", "nko", "rjan", "schwili", "stan", "grad", "owa"])
)
@settings(max_examples=60)
def test_unseen_german_genitives_lead_back(stem: str, ending: str) -> None:
    name = (stem[:12] + ending).capitalize()
    assert bases(name + "s", "de")[0].form == name
    assert bases(name, "de")[0].form == name


@given(st.text(max_size=30), st.sampled_from(["ru", "de", "en", "kk"]))
@settings(max_examples=150)
def test_any_text_has_a_paradigm_and_a_base(text: str, language: str) -> None:
    assert table(lexeme(text, language), language).singular
    assert bases(text, language)


def _records(*arguments: str, folder: Path) -> list[dict[str, Any]]:
    outcome = run_program("forms", *arguments, folder=folder)
    assert (outcome.code, outcome.errors) == (0, "")
    return [json.loads(line) for line in outcome.output.splitlines()]


def test_one_object_for_each_text(tmp_path: Path) -> None:
    first, second = _records("--lang", "ru", "Токаев", "Иваново", folder=tmp_path)
    assert first["forms"]["ablt"] == "Токаевым"
    assert first["plural"]["gent"] == "Токаевых"
    assert second["forms"]["gent"] == "Иванова"
    assert second["admitted"]["gent"] == ["Иваново"]


def test_the_family_may_stand_first() -> None:
    forms = table(Lexeme("Токаев, Касым-Жомарт", "person", "m"), "ru").singular
    assert forms["ablt"] == ("Токаевым, Касым-Жомартом",)
    assert table(Lexeme("Токаев Касым-Жомарт", "person", "m"), "ru").singular["ablt"] == ("Токаевым Касым-Жомартом",)


def test_kind_and_gender_decide(tmp_path: Path) -> None:
    (man,) = _records("--lang", "ru", "--kind", "person", "--gender", "m", "Калина", folder=tmp_path)
    (woman,) = _records("--lang", "ru", "--kind", "person", "--gender", "f", "Гоголь", folder=tmp_path)
    (place,) = _records("--lang", "ru", "--kind", "place", "Киров", folder=tmp_path)
    (person,) = _records("--lang", "ru", "--kind", "person", "Киров", folder=tmp_path)
    assert man["forms"]["gent"] == "Калины"
    assert woman["forms"]["gent"] == "Гоголь"
    assert (place["forms"]["ablt"], person["forms"]["ablt"]) == ("Кировом", "Кировым")


def test_german_and_english_cells(tmp_path: Path) -> None:
    (german,) = _records("--lang", "de", "--kind", "organisation", "Islamischer Staat", folder=tmp_path)
    (english,) = _records("--lang", "en", "--kind", "office", "head of state", folder=tmp_path)
    assert german["forms"]["gen"] == ["Islamischen Staats", "Islamischen Staates"]
    assert german["forms"]["compound"] == ["Islamischer-Staat-"]
    assert english["forms"]["poss"] == ["head of state’s"]
    assert english["plural"]["nom"] == "heads of state"


def test_reverse_names_the_tail(tmp_path: Path) -> None:
    (record,) = _records("--lang", "de", "--reverse", "ODKB-Staaten", folder=tmp_path)
    assert record == {"text": "ODKB-Staaten", "bases": [{"form": "ODKB", "case": "nom", "tail": "-Staaten"}]}


STRANGE = [
    "",
    "   ",
    "\t",
    "Tokayev",
    "Токаев Tokayev",
    "T\u043eкаев",
    "а" * 10_000,
    "а " * 3_000,
    "-" * 3_000,
    "1234",
    "2-й",
    "«»",
    "«",
    "’",
    "...",
    "Ъ",
    "\U0001f600",
    "\x00",
    "«Известия»",
    "„Известия“",
    '"Известия"',
    "А. С. Пушкин",
    "им. Ленина",
    "Нур\tОтан",
    "Королe\u0308в",
    "Токаев\u200b",
    "\u4e2d\u56fd",
    "ОАО «НК «Роснефть»",
    "Й-Я",
    "Ы-",
    ", ",
    "-а",
    "и",
]


@pytest.mark.parametrize("kind", ["person", "place", "organisation", "term", "office"])
@pytest.mark.parametrize("language", ["ru", "de", "en"])
def test_strange_lines_have_forms_and_bases(language: str, kind: str) -> None:
    for line in STRANGE:
        assert table(lexeme(line, language, kind), language).singular
        assert bases(line, language, kind)


def test_blanks_inside_a_name_are_one(tmp_path: Path) -> None:
    (record,) = _records("--lang", "ru", "--kind", "person", "--gender", "f", "Ангела\u00a0Меркель", folder=tmp_path)
    assert (record["text"], record["forms"]["gent"]) == ("Ангела\u00a0Меркель", "Ангелы Меркель")


def test_a_line_out_for_each_line_in() -> None:
    command = [sys.executable, "-m", "tolmach", "forms", "--lang", "ru", "--kind", "person"]
    lines = "Токаев\n\nПутин\r\n  Лукашенко  \n"
    found = subprocess.run(command, input=lines.encode(), capture_output=True, check=True).stdout.decode().splitlines()
    assert [json.loads(line)["text"] for line in found] == ["Токаев", "", "Путин", "Лукашенко"]


@pytest.mark.parametrize("arguments", [("Токаев",), ("--lang", "kk", "Тоқаев"), ("--lang", "ru", "--gender", "x", "А")])
def test_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    outcome = run_program("forms", *arguments, folder=tmp_path)
    assert outcome.code == 2
    assert outcome.output == ""


@pytest.mark.parametrize("language", ["ru", "de", "en"])
@pytest.mark.parametrize(
    "text",
    ["", "Папуа — " * 7 + "Гвинея", "Иванов" + "," * 1500, "Босния и " * 1500, "г. " * 1500, "Nowo" * 10_000],
    ids=["empty", "links", "commas", "coordination", "abbreviations", "long"],
)
def test_what_is_no_name_stays_as_it_is(text: str, language: str) -> None:
    # exponential or recursive readings of these would not come to an end
    found = table(lexeme(text, language), language)
    assert found.singular["nomn" if language == "ru" else "nom"][0] == text
    assert bases(text, language)[0].form or not text
