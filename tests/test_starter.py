"""The starter glossary: where its entries come from, what it reports in texts, and that its builder still writes it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.glossary.model import Concept, Designation, Examples, Glossary, Status, Validity
from tolmach.glossary.parse import parse
from tolmach.glossary.systems import untrue_systems
from tolmach.glossary.validate import unmarked

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "tolmach" / "glossary" / "starter"
CASES = tomllib.loads((ROOT / "tests" / "cases" / "starter.toml").read_text(encoding="utf-8"))
LANGUAGES = ("de", "en", "ru")
# A source names a work, a body or a document; these words alone name none.
_ANY = """
a all and atlases body common country decree decrees dictionaries dictionary encyclopedia encyclopedias english general
german government highest house in internet knowledge language languages maps media news newspapers observation of
official older on or organisation organisations own pages parliament person press reference russian site sites source
sources soviet spelling state style text texts the three usage various web website wikipedia works
"""
VAGUE_WORDS = frozenset(_ANY.split())
# Parts of the world have no language of their own.
NO_OWN_NAME = re.compile(r"Part of the world|Continent around the South Pole")


@pytest.fixture(scope="module")
def starter() -> Glossary:
    return load(["starter"])


@cache
def finder() -> Finder:
    return Finder(load(["starter"]))


@cache
def module(name: str) -> ModuleType:
    """A builder of scripts/build, which are no package."""
    folder = str(ROOT / "scripts" / "build")
    sys.path.insert(0, folder)
    try:
        return __import__(name)
    finally:
        sys.path.remove(folder)


def is_specific(source: str) -> bool:
    """Does the source name a work, a body or a document that one can look up?"""
    return any(word not in VAGUE_WORDS for word in re.findall(r"\w+", source.casefold()))


@pytest.mark.parametrize("source", CASES["no_source"])
def test_no_source(source: str) -> None:
    assert not is_specific(source)


@pytest.mark.parametrize(
    "source",
    [
        "Duden, Die deutsche Rechtschreibung",
        "CLDR 47, territory names",
        "КАТО, classifier of the administrative units of Kazakhstan",
        "Verkhovna Rada, resolution of 19 May 2016",
        "OSCE, official site osce.org, English and Russian pages",
    ],
)
def test_a_source(source: str) -> None:
    assert is_specific(source)


def test_every_concept_has_sources_and_all_are_specific(starter: Glossary) -> None:
    assert [concept.id for concept in starter.concepts.values() if not concept.sources] == []
    vague = {source for concept in starter.concepts.values() for source in concept.sources if not is_specific(source)}
    assert vague == set()


def test_there_are_enough_concepts_of_every_kind(starter: Glossary) -> None:
    files: dict[str, int] = {}
    for concept in starter.concepts.values():
        files[concept.path] = files.get(concept.path, 0) + 1
    assert files["starter/territories.toml"] >= 250
    assert files["starter/places.toml"] >= 700
    assert files["starter/nationalities.toml"] >= 50
    assert len(starter) >= 1500


def test_every_territory_of_cldr_is_there() -> None:
    from babel import Locale

    written = {form for concept in _concepts("territories.toml") for form in _forms(concept, "en")}
    written |= {form for concept in _concepts("organisations.toml") for form in _forms(concept, "en")}
    pseudo = {"XA", "XB", "ZZ", "QO", "EZ", "CQ"}
    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code not in pseudo}
    usual = {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "HK": "Hong Kong", "MO": "Macao"}
    usual |= {"MM": "Myanmar", "KN": "Saint Kitts and Nevis", "VC": "Saint Vincent and the Grenadines"}
    lacking = {code for code, name in names.items() if usual.get(code, name.replace("&", "and")) not in written}
    assert lacking == {"PS"}  # «Palestinian territories» in running text


def _concepts(name: str) -> list[Concept]:
    return parse((FOLDER / name).read_bytes(), name)[0]


def _forms(concept: Concept, language: str) -> set[str]:
    return {entry.form for entry in concept.wanted(language)}


def test_every_name_has_its_original(starter: Glossary) -> None:
    lacking = [
        concept.id
        for concept in starter.concepts.values()
        if concept.kind in ("place", "person") and not concept.original and not NO_OWN_NAME.match(concept.note)
    ]
    assert lacking == []


def test_every_concept_is_called_something_in_three_languages(starter: Glossary) -> None:
    lacking = [
        (concept.id, language)
        for concept in starter.concepts.values()
        for language in LANGUAGES
        if concept.preferred(language) is None and not concept.do_not_translate
    ]
    assert lacking == []


def test_the_engine_agrees_with_every_system(starter: Glossary) -> None:
    explained = [
        entry for concept in starter.concepts.values() for found in concept.designations.values() for entry in found
    ]
    assert sum(bool(entry.system) for entry in explained) > 1000
    assert [str(problem) for problem in untrue_systems(starter)] == []


def test_a_wrong_system_would_be_noticed(starter: Glossary) -> None:
    kyiv = starter.concepts["kyiv"]
    first, *others = kyiv.designations["de"]
    changed = {**kyiv.designations, "de": (replace(first, form="Kyiv"), *others)}
    assert len([*untrue_systems(Glossary({"kyiv": replace(kyiv, designations=changed)}))]) == 1


def test_unwanted_forms_have_a_reason_and_examples(starter: Glossary) -> None:
    lacking = [
        (concept.id, language, entry.full)
        for concept in starter.concepts.values()
        for language, found in concept.designations.items()
        for entry in found
        if not entry.status.wanted and not (entry.reason and language in concept.examples)
    ]
    assert lacking == []


def _reported(sentence: str, language: str) -> list[str]:
    hits = finder().find(sentence, language)
    return [sentence[hit.span.start : hit.span.end] for hit in hits if not hit.wanted and hit.certain]


@pytest.mark.parametrize(("language", "sentence"), CASES["found"])
def test_it_reports(language: str, sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert _reported(text, language) == [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(("language", "sentence"), CASES["silent"])
def test_it_is_silent(language: str, sentence: str) -> None:
    assert _reported(sentence, language) == []


def _certain(language: str, sentence: str, concept: str) -> list[bool]:
    return [hit.certain for hit in finder().find(sentence, language, nested=True) if hit.concept.id == concept]


@pytest.mark.parametrize(("language", "sentence", "concept"), CASES["unclear"])
def test_it_is_not_taken_for(language: str, sentence: str, concept: str) -> None:
    assert not any(_certain(language, sentence, concept))


@pytest.mark.parametrize(("language", "sentence", "concept"), CASES["clear"])
def test_it_is_taken_for(language: str, sentence: str, concept: str) -> None:
    assert all(found := _certain(language, sentence, concept)) and found


@pytest.mark.parametrize(("identifier", "language", "form", "status"), CASES["rated"])
def test_how_a_spelling_is_rated(starter: Glossary, identifier: str, language: str, form: str, status: str) -> None:
    entries = {entry.form: entry for entry in starter.concepts[identifier].designations[language]}
    assert entries[form].status.value == status


@pytest.mark.parametrize(("identifier", "language", "day", "form"), CASES["on_a_day"])
def test_the_name_on_a_day(starter: Glossary, identifier: str, language: str, day: date, form: str) -> None:
    entry = starter.concepts[identifier].preferred(language, when=Validity(day, day))
    assert entry is not None and entry.form == form


def test_the_committed_files_are_what_the_builder_writes() -> None:
    """Run scripts/build/starter.py after a change of the lists or the tables."""
    contents: Mapping[str, str] = module("starter").contents()
    assert set(contents) == {"territories.toml", "places.toml", "nationalities.toml"}
    for name, content in contents.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == content, name


def test_the_curated_lists_say_nothing_in_vain() -> None:
    """What stands in the lists for a place or a territory is used."""
    from babel import Locale

    places = {place.name for place in module("starter_places").places()}
    curated = module("starter_forms").CURATED
    for table in ("own", "id", "note", "source", "besides"):
        assert set(curated[table]) - places == set(), table
    territories = module("starter_territories").CURATED
    codes = {*Locale("en").territories, *territories["past"]}
    for table in ("russian", "besides", "renamed", "id", "note", "preferred", "language"):
        assert set(territories[table]) - codes == set(), table
    known = set(load(["starter"]).concepts)
    unwanted = tomllib.loads((ROOT / "scripts" / "build" / "starter" / "unwanted.toml").read_text(encoding="utf-8"))
    assert set(unwanted) - known == set()


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).map(
    lambda text: f"x{text}".strip()
)
days = st.dates()
designations = st.builds(
    Designation,
    form=texts,
    status=st.sampled_from(Status),
    reason=st.just("") | texts,
    indeclinable=st.booleans(),
    valid=st.just(()) | days.map(lambda day: (Validity(day, None),)) | days.map(lambda day: (Validity(None, day),)),
    keeps=st.lists(texts, max_size=2).map(tuple),
)


@given(
    st.builds(
        Concept,
        id=st.just("a-1"),
        kind=st.sampled_from(("place", "term", "person")),
        designations=st.dictionaries(
            st.sampled_from(LANGUAGES), st.lists(designations, min_size=1, max_size=3).map(tuple), min_size=1
        ),
        original=st.dictionaries(st.sampled_from(("kk", "uk")), texts, max_size=2),
        note=st.just("") | texts,
        sources=st.lists(texts, max_size=2).map(tuple),
        examples=st.just({}) | texts.map(lambda text: {"de": Examples((text,), ())}),
    )
)
def test_what_is_written_is_read_again(concept: Concept) -> None:
    content = module("starter_toml").document('A "title"', "back\\slash", [concept])
    found, problems = parse(content.encode("utf-8"), "a.toml")
    assert problems == []
    assert [replace(one, path="", line=0) for one in found] == [concept]
