"""The tables of exonyms and renamings: what they say, that they say it once, and that the glossaries agree."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.transcription import house, system
from tolmach.transcription.established import (
    COLUMNS,
    PACKAGE,
    Established,
    established,
    fold,
    forms,
    native,
    originals,
    rows,
    same,
)

KINDS = frozenset(("person", "place", "organisation", "office", "event", "term", "other"))
RELATIONS = frozenset(("exonym", "established", "renaming", "native"))
# ISO 639 codes of the languages whose names the tables hold or may come to hold.
_CODES = """
ab ar av az ba be bg bs ca ce crh cs cu cv da de el en es et eu fa fi fr ga gag ha he hi hr hu hy id is it ja ka kaa kk
km ko ky la lb lt lv mk mn mo ms mt my ne nl no os pl ps pt ro ru sah sk sl so sq sr sv sw ta tg th tk tr tt tyv udm ug
uk ur uz vi yi zh
"""
LANGUAGES = frozenset(_CODES.split())
ROOT = Path(__file__).resolve().parent.parent
CASES = tomllib.loads((ROOT / "tests" / "cases" / "exonyms.toml").read_text(encoding="utf-8"))
STARTER = ROOT / "src" / "tolmach" / "glossary" / "starter"
TABLES = sorted(entry.name for entry in resources.files(PACKAGE).iterdir() if entry.name.endswith(".tsv"))
HEADER = "\t".join(COLUMNS)
NAMED = ("place", "organisation")


def default_systems() -> dict[tuple[str, str], system.System]:
    loaded = map(system.load, system.names())
    return {(found.source, found.target): found for found in loaded if found.default}


SYSTEMS = default_systems()


def written(name: str, source: str, target: str) -> str:
    """What transcription alone makes of a name; nothing where no system leads there."""
    found = SYSTEMS.get((source, target))
    return found.transcribe(name) if found else ""


@pytest.mark.parametrize(("original", "source", "target", "form"), CASES["first"])
def test_the_form_to_write(original: str, source: str, target: str, form: str) -> None:
    row = established(original, source, target)
    assert row is not None
    assert row.form == form


@pytest.mark.parametrize(("original", "source", "target"), CASES["none"])
def test_no_row_for(original: str, source: str, target: str) -> None:
    assert established(original, source, target) is None


@pytest.mark.parametrize(("original", "source", "target", "kind", "form"), CASES["written"])
def test_what_is_written_in_the_end(original: str, source: str, target: str, kind: str, form: str) -> None:
    assert house.transcribe(original, source, target, kind) == form


@pytest.mark.parametrize(("a", "b"), CASES["one_name"])
def test_one_name(a: str, b: str) -> None:
    assert same(a, b) is not None
    assert same(b, a) is not None


@pytest.mark.parametrize(("a", "b"), CASES["two_names"])
def test_two_names(a: str, b: str) -> None:
    assert same(a, b) is None
    assert same(b, a) is None


def test_the_reason_names_both_spellings_where_one_row_does() -> None:
    row = same("Danzig", "Гданьск")
    assert row is not None
    assert {row.original, row.form} == {"Гданьск", "Danzig"}


@pytest.mark.parametrize(("name", "language", "day", "expected"), CASES["renamed"])
def test_the_name_on_a_day(name: str, language: str, day: date, expected: str) -> None:
    row = established(name, language, language, "place", on=day)
    assert (row.form if row else "") == expected


def test_a_kind_that_does_not_fit_finds_nothing() -> None:
    assert established("Москва", "ru", "de", "person") is None
    assert established("ОДКБ", "ru", "de", "place") is None


def test_native_names() -> None:
    row = native("Ереван", "ru")
    assert row is not None
    assert (row.target, row.form) == ("hy", "Երևան")
    assert native("Москва", "ru") is None


@given(st.sampled_from(rows()))
def test_every_row_is_found_by_both_of_its_names(row: Established) -> None:
    assert row in forms(row.original, row.source, row.target)
    assert row in forms(row.original.upper(), row.source, row.target)
    assert row in originals(row.form, row.target, row.source)
    assert same(row.original, row.form) is not None


@given(st.text())
def test_any_text_is_looked_up(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert established(text, "ru", "de") in (None, *forms(text, "ru", "de"))


def is_date(text: str) -> bool:
    """Is it a year, a day or left open?"""
    if len(text) in (0, 4):
        return not text or text.isdecimal()
    return str(date.fromisoformat(text)) == text


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_well_formed(name: str) -> None:
    content = resources.files(PACKAGE).joinpath(name).read_text(encoding="utf-8")
    header, *lines = [line for line in content.split("\n") if line and not line.startswith("#")]
    assert header == HEADER
    for line in lines:
        row = Established(*line.split("\t"))
        assert row.kind in KINDS and row.relation in RELATIONS, line
        assert {row.source, row.target} <= LANGUAGES, line
        assert all(text and text == text.strip() for text in (row.original, row.form, row.authority)), line
        assert is_date(row.since) and is_date(row.until) and (not row.until or row.since <= row.until), line
        assert row.relation != "renaming" or row.source == row.target, line


@pytest.mark.parametrize("name", TABLES)
def test_tables_name_licence_and_sources_and_end_with_a_line(name: str) -> None:
    content = resources.files(PACKAGE).joinpath(name).read_text(encoding="utf-8")
    top = content.split(HEADER)[0]
    assert "Licence:" in top
    assert "Sources:" in top
    assert content.endswith("\n")
    assert not content.endswith("\n\n")


def test_no_row_stands_in_two_tables() -> None:
    counted = Counter(
        (row.kind, row.source, row.original, row.target, row.form, row.since, row.until) for row in rows()
    )
    assert [key for key, count in counted.items() if count > 1] == []


def test_an_exonym_is_no_transcription() -> None:
    """A row that calls exonym what the system writes anyway says nothing."""
    useless = [
        (row.original, row.target, row.form)
        for row in rows()
        if row.relation == "exonym" and written(row.original, row.source, row.target) == row.form
    ]
    assert useless == []


def test_a_renaming_changes_the_name() -> None:
    assert [row for row in rows() if row.relation == "renaming" and fold(row.original) == fold(row.form)] == []


def test_the_names_of_one_place_do_not_overlap_in_time() -> None:
    """For one old name no two new names are in force on one day, unless one of them has no dates."""
    groups: dict[tuple[str, ...], list[Established]] = {}
    for row in rows():
        if row.relation == "renaming" and row.since:
            groups.setdefault((row.kind, row.source, fold(row.original)), []).append(row)
    clashes = [
        (one.original, one.form, two.form)
        for group in groups.values()
        for place, one in enumerate(group)
        for two in group[place + 1 :]
        if one.form != two.form and _overlap(one, two)
    ]
    assert clashes == []


def _overlap(one: Established, two: Established) -> bool:
    later, earlier = (one, two) if one.since >= two.since else (two, one)
    return not earlier.until or later.since < earlier.until[: len(later.since)]


def test_names_of_states_are_those_of_cldr() -> None:
    from babel import Locale

    territories = {language: Locale(language).territories for language in ("de", "en", "ru")}
    lacking = []
    for code, name in territories["ru"].items():
        if len(code) != 2 or code in CASES["no_state"]:
            continue
        original = CASES["cldr_original"].get(code, name)
        for target in ("de", "en"):
            wanted = CASES["cldr_form"].get(code, {}).get(target) or territories[target][code].replace("&", "and")
            if wanted not in [row.form for row in forms(original, "ru", target)]:
                lacking.append((code, original, wanted))
    assert lacking == []


def test_what_is_called_cldr_stands_in_cldr() -> None:
    from babel import Locale

    known = {
        (language, fold(name)) for language in ("de", "en", "ru") for name in Locale(language).territories.values()
    }
    called = [row for row in rows() if row.authority.startswith("CLDR") and "territory" in row.authority]
    assert len(called) > 400
    assert [row for row in called if (row.target, fold(row.form)) not in known] == []


def concepts(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.toml")):
        for concept in tomllib.loads(path.read_text(encoding="utf-8"))["concept"]:
            if concept["kind"] in NAMED:
                yield concept


@cache
def connections() -> Mapping[tuple[str, str], frozenset[tuple[str, str]]]:
    """The originals that native names and renamings connect with a name."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows():
        if row.relation in ("native", "renaming"):
            for name in ((row.source, row.original), (row.target, row.form)):
                found.setdefault(name, set()).add((row.source, row.original))
    return {name: frozenset(connected) for name, connected in found.items()}


def names_of(concept: dict[str, Any]) -> set[tuple[str, str]]:
    """The names of a concept in the languages of its originals: its own, and those that the tables connect with it."""
    found = {(language, name) for language, name in concept.get("original", {}).items()}
    found |= {("ru", designation["form"]) for designation in concept.get("ru", ())}
    connected = {name for pair in found for name in connections().get(pair, ())}
    return found | connected | {(row.target, row.form) for pair in found for row in forms(pair[1], pair[0], pair[0])}


def unknown(concept: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The wanted forms of a concept that neither a row nor a system makes of one of its names."""
    names = names_of(concept)
    for language in ("de", "en"):
        for designation in concept.get(language, ()):
            form = designation["form"]
            if designation["status"] not in ("preferred", "admitted") or form in CASES["in_no_table"]:
                continue
            if (language, form) in names:
                continue
            if any(row.form == form for source, name in names for row in forms(name, source, language)):
                continue
            if not any(written(name, source, language) == form for source, name in names):
                yield concept["id"], language, form


def test_the_starter_glossary_knows_no_name_that_the_tables_do_not() -> None:
    assert [found for concept in concepts(STARTER) for found in unknown(concept)] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_starter_glossary_prefers_what_the_tables_write(language: str) -> None:
    for concept in concepts(STARTER):
        today = {
            designation["form"]
            for designation in concept[language]
            if designation["status"] == "preferred" and _in_force(designation, date.today())
        }
        names_today = [
            designation["form"]
            for designation in concept["ru"]
            if designation["status"] == "preferred" and _in_force(designation, date.today())
        ]
        rows_today = [established(name, "ru", language, concept["kind"]) for name in names_today]
        # What no row knows is left to the systems.
        expected = {row.form for row in rows_today if row} or {
            house.transcribe(name, "ru", language, concept["kind"]) for name in names_today
        }
        assert expected == today, concept["id"]


def _in_force(designation: dict[str, Any], day: date) -> bool:
    stretches = designation.get("valid", [{}])
    return any(stretch.get("from", date.min) <= day <= stretch.get("until", date.max) for stretch in stretches)


def test_the_starter_glossary_has_the_dates_of_the_tables() -> None:
    dated = [
        (concept, designation)
        for concept in concepts(STARTER)
        for designation in concept["ru"]
        if designation.get("valid")
    ]
    assert len(dated) >= 2
    for concept, designation in dated:
        stretches = {(str(stretch.get("from", "")), str(stretch.get("until", ""))) for stretch in designation["valid"]}
        recorded = {
            (_day(row.since), _day(row.until))
            for row in originals(designation["form"], "ru", "ru")
            if row.relation == "renaming" and row.kind == concept["kind"]
        }
        assert stretches == recorded - {("", "")}, designation["form"]
        for language in ("de", "en"):
            same_dates = [other for other in concept[language] if other.get("valid") == designation["valid"]]
            assert {other["form"] for other in same_dates} >= {
                row.form for row in forms(designation["form"], "ru", language)[:1]
            }


def _day(text: str) -> str:
    """A day of the tables; of a year alone the glossary makes no day, it leaves that end open."""
    return text if len(text) == 10 else ""


def test_the_house_glossary_knows_no_place_that_the_tables_do_not() -> None:
    """The house decides freely which form it wants, but it has invented none."""
    lacking = [
        found for concept in concepts(ROOT / "glossary") if concept["kind"] == "place" for found in unknown(concept)
    ]
    assert lacking == []
