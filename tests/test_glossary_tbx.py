"""TBX: what we write stands where the standard has a place for it, and what other programs write is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from test_glossary_exchange import HOUSE, LISTS
from tolmach.glossary import formats
from tolmach.glossary.load import load
from tolmach.glossary.model import Concept, Designation, Status

ROOT = Path(__file__).resolve().parent.parent
TBX_BASIC = {
    "termNote": {
        "administrativeStatus",
        "grammaticalGender",
        "geographicalUsage",
        "partOfSpeech",
        "termLocation",
        "termType",
    },
    "descrip": {"context", "definition", "subjectField"},
    "admin": {"customerSubset", "projectSubset", "source"},
}


def misplaced(content: bytes) -> list[str]:
    schema = etree.RelaxNG(etree.parse(ROOT / "tests" / "schemas" / "tbx.rng"))
    return [] if schema.validate(etree.fromstring(content)) else [str(error) for error in schema.error_log]


@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx-basic"])
@settings(max_examples=40, deadline=None)
@given(concepts=LISTS)
def test_whatever_the_glossary_says_stands_where_tbx_has_a_place_for_it(name: str, concepts: list[Concept]) -> None:
    named = [one for one in concepts if any(entry.form for entries in one.designations.values() for entry in entries)]
    assert not named or misplaced(formats.load(name).write(named, ()).content) == []


@pytest.mark.parametrize("glossary", ["starter", str(ROOT / "glossary")])
@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx-basic"])
def test_the_shipped_glossaries_are_valid_tbx(name: str, glossary: str) -> None:
    content = formats.load(name).write(list(load(glossary).everything.concepts.values()), ()).content
    assert misplaced(content) == []
    if name == "tbx-basic":
        for tag, known in TBX_BASIC.items():
            found = etree.fromstring(content).iter(f"{{urn:iso:std:iso:30042:ed-2}}{tag}")
            assert {node.get("type") for node in found} <= known


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</termSec>", '<termNote type="partOfSpeech">noun</termNote></termSec>'),
        ("<langSec ", '<langSec xml:lang="en"/><langSec '),
        ('style="dca" ', ""),
        ("<term>", "<note>a</note><term>"),
        ("</langSec>", "</langSec><note>a</note>"),
    ],
)
def test_the_schema_sees_what_stands_in_a_wrong_place(old: str, new: str) -> None:
    content = formats.load("tbx").write([replace(HOUSE[0], sources=("TASS",))], ()).content.decode()
    assert misplaced(content.encode()) == [] and misplaced(content.replace(old, new).encode())


CASES = ROOT / "tests" / "cases" / "exchange"
WRITTEN = {
    "iate": {
        "de": "Organisation des Vertrags über kollektive Sicherheit preferred; OVKS preferred; "
        "Taschkenter Vertrag deprecated",
        "en": "Collective Security Treaty Organization preferred; CSTO preferred",
    },
    "memoq": {"de": "Astana preferred; Nur-Sultan deprecated", "ru": "Астана preferred"},
    "microsoft": {"en": "prime minister preferred", "ru": "премьер-министр preferred"},
    "min": {"de": "Kyjiw admitted; Kiew preferred; Kijew deprecated", "ru": "Киев preferred"},
}
DEFINED = {
    "iate": "Verteidigungsbündnis von sechs Staaten",
    "memoq": "Hauptstadt von Kasachstan",
    "microsoft": "the head of the government of a country",
    "min": "",
}


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_termbase_in_the_shape_of_another_program_is_read(name: str) -> None:
    path = CASES / f"{name}.tbx"
    (found,) = formats.read(formats.load("tbx"), formats.Incoming(path.read_bytes(), str(path))).concepts
    shown = {
        code: "; ".join(f"{one.form} {one.status.value}" for one in entries)
        for code, entries in found.designations.items()
    }
    assert (shown, found.definition) == (WRITTEN[name], DEFINED[name])


def test_version_2_has_what_is_wanted_as_texts_have_it() -> None:
    form = formats.load("tbx-2")
    out = form.write(HOUSE, ())
    root = etree.fromstring(out.content)
    assert root.tag == "martif" and "DOCTYPE" not in out.content.decode()
    assert [node.text for node in root.iter("term")] == [
        "Tokajew", "Токаев", "OVKS", "Organisation des Vertrags über kollektive Sicherheit",
        "ОДКБ", "Организация Договора о коллективной безопасности", "TASS",
    ]  # fmt: skip
    assert "admn-sts" not in out.content.decode()
    lost = formats.losses(form, HOUSE, out)
    assert (lost["deprecated"], lost["forbidden"], lost["given"]) == (2, 1, 1)
    found = formats.read(form, formats.Incoming(out.content, "a")).concepts
    assert {entry.status for one in found for entries in one.designations.values() for entry in entries} == {
        Status.PREFERRED
    }


def test_version_2_says_what_is_admitted() -> None:
    entries = (Designation("Kyjiw", Status.ADMITTED), Designation("Kiew", Status.PREFERRED))
    out = formats.load("tbx-2").write([Concept("kyiv", "place", {"de": entries})], ())
    (found,) = formats.read(formats.load("tbx"), formats.Incoming(out.content, "a")).concepts
    assert [(one.form, one.status.value) for one in found.designations["de"]] == [
        ("Kiew", "preferred"),
        ("Kyjiw", "admitted"),
    ]
