"""The people and bodies of the starter glossary: the tables and systems write them so, and they harm nobody."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.glossary.model import Concept, Glossary, Status
from tolmach.glossary.systems import untrue_systems
from tolmach.transcription import house, system
from tolmach.transcription.established import fold

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "src" / "tolmach" / "glossary" / "starter"
CASES = tomllib.loads((ROOT / "tests" / "cases" / "starter_people.toml").read_text(encoding="utf-8"))
FILES = ("bodies.toml", "media.toml", "organisations.toml", "persons.toml")
LANGUAGES = ("de", "en", "ru")
# A source names a work, a site, a law or a document: one capital word and more than a phrase of habit.
VAGUE = re.compile(r"own knowledge|common usage|usage of|dictionaries of|official site of the|various sources", re.I)


@cache
def built() -> dict[str, str]:
    """What the builder writes today."""
    return builder().contents()  # type: ignore[no-any-return]


def builder() -> ModuleType:
    sys.path.insert(0, str(ROOT / "scripts" / "build"))
    try:
        return importlib.import_module("starter_people")
    finally:
        sys.path.remove(str(ROOT / "scripts" / "build"))


@cache
def shipped() -> Glossary:
    concepts = {id_: concept for name in FILES for id_, concept in load([STARTER / name]).concepts.items()}
    return Glossary(concepts)


@cache
def finder() -> Finder:
    return Finder(load(["starter"]))


def people() -> list[Concept]:
    return [concept for concept in shipped().concepts.values() if concept.kind == "person"]


def bodies() -> list[Concept]:
    return [concept for concept in shipped().concepts.values() if concept.kind != "person"]


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_what_the_builder_writes(name: str) -> None:
    assert (STARTER / name).read_text(encoding="utf-8") == built()[name]


def test_there_are_enough_of_each() -> None:
    counted = Counter(concept.kind for concept in shipped().concepts.values())
    assert counted["person"] >= 350
    assert counted["organisation"] >= 400


def test_every_concept_has_its_original_a_note_and_all_three_languages() -> None:
    for concept in shipped().concepts.values():
        assert concept.original and concept.note, concept.id
        assert all(concept.preferred(language) for language in LANGUAGES), concept.id


def test_every_concept_names_a_specific_source() -> None:
    assert [concept.id for concept in shipped().concepts.values() if not concept.sources] == []
    assert [
        (concept.id, source)
        for concept in shipped().concepts.values()
        for source in concept.sources
        if VAGUE.search(source) or len(source) < 12 or not re.search(r"[A-ZÄÖÜÉ]", source)
    ] == []


@pytest.mark.parametrize("source", ["own knowledge", "common usage", "official site of the organisation", "press", ""])
def test_a_vague_source_would_be_seen(source: str) -> None:
    assert VAGUE.search(source) or len(source) < 12


def test_the_systems_write_what_they_are_said_to() -> None:
    assert [str(problem) for problem in untrue_systems(shipped())] == []
    named = [entry for concept in people() for entry in concept.designations["de"] if entry.system]
    assert len(named) > 250


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_engine_writes_a_person_as_the_glossary_wants(language: str) -> None:
    """What `transcribe --kind person` makes of the Russian name is a wanted form; the list of exceptions is data."""
    strange = []
    for concept in people():
        russian = concept.designations["ru"][0]
        written = house.transcribe(f"{russian.given} {russian.form}".strip(), "ru", language, "person")
        families = {fold(entry.form) for entry in concept.wanted(language)}
        if not any(fold(written).endswith(family) for family in families):
            strange.append(concept.id)
    assert sorted(strange) == sorted(CASES["outside_the_tables"][language])


def test_an_own_name_in_a_system_s_language_is_written_by_that_system() -> None:
    """Ukrainian, Georgian and other politicians have a form from their own language among the wanted ones."""
    for concept in people():
        for code in ("uk", "ky", "tg", "ka", "hy"):
            if code in concept.original:
                family = house.default(code, "de").transcribe(concept.original[code]).split()[-1]
                assert family in {entry.form for entry in concept.wanted("de")}, concept.id


def test_families_of_two_people_are_homographs() -> None:
    bearers = Counter(concept.designations["ru"][0].form for concept in people())
    shared = {form for form, count in bearers.items() if count > 1}
    assert {"Алиев", "Каллас", "Бердымухамедов", "Саргсян"} <= shared
    for concept in people():
        entry = concept.designations["ru"][0]
        assert entry.homograph or entry.form not in shared, concept.id


def test_an_acronym_has_its_long_form_in_russian() -> None:
    """The preferred acronym stands beside a preferred long form, or the body has no other name."""
    for concept in bodies():
        preferred = [entry for entry in concept.designations["ru"] if entry.status is Status.PREFERRED]
        assert 1 <= len(preferred) <= 2, concept.id
        assert len({entry.is_acronym for entry in preferred}) == len(preferred), concept.id


def hits(text: str, language: str) -> Iterator[tuple[str, str]]:
    for hit in finder().find(text, language):
        if hit.certain and hit.concept.id in shipped().concepts:
            yield hit.concept.id, text[hit.span.start : hit.span.end]


@pytest.mark.parametrize(("language", "text", "concept", "form"), CASES["found"])
def test_found(language: str, text: str, concept: str, form: str) -> None:
    assert (concept, form) in list(hits(text, language))


@pytest.mark.parametrize(("language", "text"), CASES["silent"])
def test_ordinary_words_and_other_people(language: str, text: str) -> None:
    assert list(hits(text, language)) == []


@pytest.mark.parametrize(("language", "text"), CASES["unflagged"])
def test_common_spellings_are_accepted(language: str, text: str) -> None:
    assert [hit for hit in finder().find(text, language) if hit.certain and not hit.wanted] == []


def test_nothing_is_deprecated_but_the_slips_that_the_data_names() -> None:
    unwanted = {
        entry.form
        for concept in shipped().concepts.values()
        for entries in concept.designations.values()
        for entry in entries
        if not entry.status.wanted
    }
    assert unwanted == set(CASES["unwanted"])


def test_every_system_of_a_german_form_is_one_a_house_may_choose() -> None:
    allowed = {"ru-de-duden", "ru-de-wikipedia", *(name for name in system.names() if system.load(name).default)}
    used = {entry.system for concept in shipped().concepts.values() for entry in concept.designations["de"]}
    assert used - {""} <= allowed
