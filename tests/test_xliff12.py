"""XLIFF 1.2 for programs that know nothing newer: valid, and its states as these programs set them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from test_exchange import DOCUMENTS, back, files
from test_parallel import article
from tolmach.parallel.document import ParallelDocument
from tolmach.text.exchange import State

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def structure(content: bytes) -> Iterator[str]:
    """What is wrong with a file, as far as the standard's text says it of what we write."""
    root = ElementTree.fromstring(content)
    (file,) = root
    header, body = file
    if (root.tag, root.get("version")) != (f"{XLIFF}xliff", "1.2"):
        yield "root"
    if not all(file.get(name) for name in ("original", "source-language", "target-language", "datatype")):
        yield "file"
    if [part.tag for part in header] != [f"{XLIFF}tool", f"{XLIFF}note"]:
        yield "header"
    for number, unit in enumerate(body, 1):
        parts = "".join(f"{part.tag.removeprefix(XLIFF)} " for part in unit)
        if unit.get("id") != f"s{number}" or not re.fullmatch("source (target )?(note )*", parts):
            yield f"unit {number}: {parts}"


def schema(content: bytes) -> Iterator[str]:
    """What the strict schema of OASIS says; it is not ours to hand on, the variable says in which folder it is."""
    etree: Any = pytest.importorskip("lxml.etree")
    folder = Path(os.environ["XLIFF12_SCHEMA"])

    class Beside(etree.Resolver):  # type: ignore[misc]
        def resolve(self, url: str, _name: str, context: object) -> object:
            return self.resolve_filename(str(folder / Path(url).name), context)

    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    strict = etree.XMLSchema(etree.parse(str(folder / "xliff-core-1.2-strict.xsd"), parser))
    strict.validate(etree.fromstring(content))
    yield from map(str, strict.error_log)


JUDGES = pytest.mark.parametrize("judge", [structure, *([schema] if "XLIFF12_SCHEMA" in os.environ else [])])


@JUDGES
@DOCUMENTS
def test_it_is_valid(document: ParallelDocument, judge: Callable[[bytes], Iterator[str]]) -> None:
    written = files(document, "xliff12")
    assert list(written) == [".en.xliff", ".ru.xliff"]
    assert [problem for content in written.values() for problem in judge(content)] == []


@JUDGES
def test_the_judge_finds_faults(judge: Callable[[bytes], Iterator[str]]) -> None:
    good = files(article(), "xliff12")[".en.xliff"].decode()
    for before, after in (
        ('original="news/almaty" ', ""),
        ("<source>", "<note>1</note><source>"),
        ("<header>", "<header><sources/>"),
    ):
        assert before in good
        assert list(judge(good.replace(before, after).encode()))


def units(language: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(files(article(), "xliff12")[f".{language}.xliff"]).iter(f"{XLIFF}trans-unit"))


def states(language: str) -> list[tuple[str | None, str | None]]:
    targets = [(unit.get("approved"), unit.find(f"{XLIFF}target")) for unit in units(language)]
    return [(approved, None if target is None else target.get("state")) for approved, target in targets]


def test_it_says_what_is_reviewed_a_draft_or_missing() -> None:
    assert [unit.get("resname") for unit in units("en")] == [row.id for row in article().rows]
    assert states("en") == [("yes", "signed-off"), ("no", "needs-translation"), ("yes", "signed-off")]
    assert states("ru") == [("yes", "signed-off"), ("yes", "signed-off"), ("no", None)]


def test_terms_are_notes_and_no_tags_which_would_have_to_be_put_into_the_translation() -> None:
    notes = [note.text for note in units("en")[0].iter(f"{XLIFF}note")]
    assert notes == ["Kassym-Schomart Tokajew = Kassym-Jomart Tokayev", "Almaty = Almaty"]
    assert not [part for unit in units("en") for part in unit.findall(f"{XLIFF}*/*")]


@pytest.mark.parametrize(
    ("unit", "target", "state"),
    [
        ("", ' state="translated"', "reviewed"),
        (' approved="no"', ' state="translated"', "reviewed"),
        (' approved="no"', ' state="final"', "reviewed"),
        (' approved="yes"', "", "reviewed"),
        (' approved="yes"', ' state="needs-l10n"', "draft"),
        (' approved="yes"', ' state="needs-review-translation"', "draft"),
        (' approved="no"', "", "draft"),
        ("", ' state="new"', "draft"),
        ("", ' state="x-done"', "draft"),
        ("", "", "draft"),
    ],
)
def test_the_state_of_the_translation_goes_before_the_approval_of_the_unit(
    unit: str, target: str, state: State
) -> None:
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="de" '
        f'target-language="en"><body><group><trans-unit id="s1" resname="a#0"{unit}><source>Ja.</source>'
        f"<target{target}>Yes.</target><alt-trans><target>No.</target></alt-trans></trans-unit></group></body></file></xliff>"
    )
    returned = back("xliff12", ".xliff", text.encode())
    assert (returned.source, returned.targets) == ("de", ("en",))
    (one,) = returned.units
    assert (one.id, one.texts, one.states) == ("a#0", {"de": "Ja.", "en": "Yes."}, {"en": state})


def test_segments_and_tags_that_a_program_has_put_in_are_read_through() -> None:
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="de" '
        'target-language="en"><body><trans-unit id="s1" resname="a#0"><source>Ja. Nein.</source>'
        '<seg-source><mrk mtype="seg" mid="1">Ja.</mrk> <mrk mtype="seg" mid="2">Nein.</mrk></seg-source>'
        '<target state="translated"><mrk mtype="seg" mid="1"><g id="1">Yes.</g></mrk> '
        '<mrk mtype="seg" mid="2">No<ph id="2">code</ph>.</mrk></target></trans-unit></body></file></xliff>'
    )
    (one,) = back("xliff", ".xlf", text.encode()).units
    assert one.texts == {"de": "Ja. Nein.", "en": "Yes. No."}
