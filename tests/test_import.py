"""`tolmach import`: a translator's edits come back, and nothing else; each mistake has its verdict in each format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polib
import pytest

from support import run_program
from test_parallel import HOSTILE
from tolmach.config import Config
from tolmach.memory.merge import merge, path_of
from tolmach.memory.model import Row
from tolmach.text.sources import find, texts
from word_table import WordTable

SENTENCES = (
    "Tokajew in Almaty",
    "Er schwieg.",
    "Dann sprach er lange.",
    "Niemand fragte.",
    "Er schwieg.",
    "Er reiste ab.",
)
ENGLISH = ("Tokayev in Almaty", "He was silent.", "Then he spoke at length.", "Nobody asked.", "He was silent.", "")
SOURCE = "\n\n".join(SENTENCES) + "\n"
HEADING, SILENT, SPOKE, ASKED, AGAIN, MISSING = range(6)
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
METADATA = "{urn:oasis:names:tc:xliff:metadata:2.0}"
XLIFF12 = "{urn:oasis:names:tc:xliff:document:1.2}"
FILES = {
    "xliff": "a.en.xlf",
    "xliff12": "a.en.xliff",
    "po": "a.en.po",
    "tsv": "a.tsv",
    "tmx": "a.tmx",
    "docx": "a.docx",
}
FORMATS = pytest.mark.parametrize("name", FILES)
PO_FIELDS = {"id": "msgctxt", "source": "msgid", "target": "msgstr", "base": "comment"}
TSV_COLUMNS = {"id": 0, "source": 1, "target": 2, "state": 3, "base": 4}


class Sheet:
    """A table as a spreadsheet opens and saves it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8-sig")
        self.heading, *self.rows = list(csv.reader(io.StringIO(text, newline=""), "excel-tab"))

    def get(self, row: list[str], what: str) -> str:
        return row[TSV_COLUMNS[what]]

    def set(self, row: list[str], what: str, text: str) -> None:
        row[TSV_COLUMNS[what]] = text

    def confirm(self, row: list[str], *, reviewed: bool) -> None:
        self.set(row, "state", "reviewed" if reviewed else "draft")

    def save(self) -> None:
        with self.path.open("w", encoding="utf-16", newline="") as stream:
            csv.writer(stream, "excel-tab").writerows([self.heading, *self.rows])


class Catalogue:
    """A PO file as an editor for it opens and saves it, wrapped and all."""

    def __init__(self, path: Path) -> None:
        self.file = polib.pofile(str(path), wrapwidth=60)
        self.rows = list(self.file)

    def get(self, row: polib.POEntry, what: str) -> str:
        return str(getattr(row, PO_FIELDS[what]))

    def set(self, row: polib.POEntry, what: str, text: str) -> None:
        setattr(row, PO_FIELDS[what], text)

    def confirm(self, row: polib.POEntry, *, reviewed: bool) -> None:
        row.flags = [] if reviewed else ["fuzzy"]

    def save(self) -> None:
        del self.file[:]
        self.file.extend(self.rows)
        self.file.save()


class Xml:
    """What the two XML formats have in common."""

    unit: str

    def __init__(self, path: Path) -> None:
        self.path, self.tree = path, ElementTree.parse(path)
        self.parent = next(one for one in self.tree.iter() if one.find(self.unit) is not None)
        self.rows = self.parent.findall(self.unit)

    def save(self) -> None:
        for one in self.parent.findall(self.unit):
            self.parent.remove(one)
        self.parent.extend(self.rows)
        self.tree.write(self.path, encoding="utf-8", xml_declaration=True)

    def place(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        raise NotImplementedError

    def get(self, row: ElementTree.Element, what: str) -> str:
        return row.get(self.name, "") if what == "id" else "".join(self.place(row, what).itertext())

    def set(self, row: ElementTree.Element, what: str, text: str) -> None:
        if what == "id":
            row.set(self.name, text)
            return
        place = self.place(row, what)
        for child in list(place):
            place.remove(child)
        place.text = text

    name: str


class Xliff(Xml):
    unit, name = f"{XLIFF}unit", "name"

    def place(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        if what == "base":
            return next(row.iter(f"{METADATA}meta"))
        segment = next(row.iter(f"{XLIFF}segment"))
        found = segment.find(XLIFF + what)
        return ElementTree.SubElement(segment, XLIFF + what) if found is None else found

    def confirm(self, row: ElementTree.Element, *, reviewed: bool) -> None:
        next(row.iter(f"{XLIFF}segment")).set("state", "translated" if reviewed else "initial")


class OldXliff(Xml):
    unit, name = f"{XLIFF12}trans-unit", "resname"

    def place(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        found = row.find(XLIFF12 + what)
        if found is None:
            found = ElementTree.Element(XLIFF12 + what)
            row.insert(1, found)
        return found

    def set(self, row: ElementTree.Element, what: str, text: str) -> None:
        if what == "base":
            row.set("extradata", text)
        else:
            super().set(row, what, text)

    def confirm(self, row: ElementTree.Element, *, reviewed: bool) -> None:
        self.place(row, "target").set("state", "translated" if reviewed else "needs-l10n")


class Tmx(Xml):
    unit, name = "tu", "tuid"

    def place(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        source, target = row.findall("tuv")
        path = {"base": "prop[@type='x-from']", "state": "prop[@type='x-state']"}.get(what, "seg")
        found = (source if what == "source" else target).find(path)
        assert found is not None
        return found

    def confirm(self, row: ElementTree.Element, *, reviewed: bool) -> None:
        self.set(row, "state", "reviewed" if reviewed else "draft")


EDITORS: dict[str, Callable[[Path], Any]] = {
    "xliff": Xliff,
    "xliff12": OldXliff,
    "po": Catalogue,
    "tsv": Sheet,
    "tmx": Tmx,
    "docx": WordTable,
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one text: a reviewed translation, drafts, and a sentence without any."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(
        'sources = ["seeds"]\nglossary = "none"\nlanguages = ["de", "en"]\n', encoding="utf-8"
    )
    translate(tmp_path, ENGLISH)
    change(tmp_path, HEADING, ENGLISH[HEADING])
    return tmp_path


def translate(folder: Path, targets: tuple[str, ...]) -> None:
    text = next(texts(find([folder / "seeds"], Config()), "de"))
    rows = [
        Row(segment.id, segment.text, segment.line, target, "engine 1")
        for segment, target in zip(text.segments, targets, strict=True)
    ]
    merge(path_of(folder / "translations", "en", "a"), "de", "en", "seeds/a.txt", rows)


def file_of(folder: Path) -> polib.POFile:
    return polib.pofile(str(folder / "translations" / "en" / "a.po"), wrapwidth=0)


def change(folder: Path, number: int, text: str) -> None:
    """A reviewer of the house stands for a translation."""
    file = file_of(folder)
    file[number].msgstr, file[number].flags, file[number].tcomment = text, [], ""
    file.save()


def english(folder: Path) -> list[tuple[str, bool]]:
    return [(entry.msgstr, not entry.fuzzy) for entry in file_of(folder)]


def export(folder: Path, name: str) -> Any:
    done = run_program("parallel", "a", "--format", name, "--output", "out", folder=folder)
    assert (done.code, done.errors) == (0, "")
    return EDITORS[name](folder / "out" / FILES[name])


def bring(folder: Path, name: str, *options: str) -> tuple[int, str, str]:
    done = run_program("import", f"out/{FILES[name]}", *options, folder=folder)
    return done.code, done.output, done.errors


def content(folder: Path) -> bytes:
    return (folder / "translations" / "en" / "a.po").read_bytes()


@FORMATS
def test_what_nobody_has_touched_changes_nothing(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    for _time in range(2):
        assert bring(house, name) == (0, "translations/en/a.po: 6 the same\n", "")
        editor.save()
    assert content(house) == before


@FORMATS
def test_an_edit_is_shown_and_brought_in(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    editor.set(editor.rows[SPOKE], "target", 'Then he spoke for "hours" & <days>.')
    editor.confirm(editor.rows[SPOKE], reviewed=True)
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.confirm(editor.rows[ASKED], reviewed=False)
    editor.confirm(editor.rows[SILENT], reviewed=True)
    editor.set(editor.rows[MISSING], "target", "=He left.")
    editor.confirm(editor.rows[MISSING], reviewed=True)
    editor.save()
    code, shown, errors = bring(house, name, "--dry-run")
    assert (code, errors, content(house)) == (0, "", before)
    assert "- Nobody asked.\n+ No one asked. [draft]\n" in shown
    assert "  He was silent.\n+ [reviewed]\n" in shown
    assert bring(house, name) == (0, "translations/en/a.po: 3 changed, 1 confirmed, 2 the same\n", "")
    assert english(house) == [
        ("Tokayev in Almaty", True),
        ("He was silent.", True),
        ('Then he spoke for "hours" & <days>.', True),
        ("No one asked.", False),
        ("He was silent.", False),
        ("=He left.", True),
    ]
    assert bring(house, name)[:2] == (0, "translations/en/a.po: 6 the same\n")
    # a draft that a person has touched is no machine's any more
    translate(house, ("x",) * 6)
    assert [text for text, _reviewed in english(house)] == [
        "Tokayev in Almaty", "He was silent.", 'Then he spoke for "hours" & <days>.', "No one asked.", "x", "=He left.",
    ]  # fmt: skip


@FORMATS
def test_deleted_and_swapped_rows_do_no_harm(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    del editor.rows[ASKED]
    editor.rows.reverse()
    editor.save()
    assert bring(house, name) == (0, "translations/en/a.po: 1 changed, 4 the same, 1 not in the file\n", "")
    assert [text for text, _reviewed in english(house)] == [*ENGLISH[:2], "Then he talked.", *ENGLISH[3:]]


@FORMATS
def test_swapped_translations_are_refused_with_the_whole_file(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    first, second = editor.rows[SPOKE], editor.rows[ASKED]
    texts = [editor.get(row, "target") for row in (first, second)]
    editor.set(first, "target", texts[1])
    editor.set(second, "target", texts[0])
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.save()
    code, shown, errors = bring(house, name)
    assert (code, content(house)) == (1, before)
    assert shown == "translations/en/a.po: 1 changed, but not taken, 3 the same, 2 refused\n"
    assert errors.count("this is the translation of another sentence") == 2
    assert "nothing of out/" in errors


@FORMATS
def test_a_column_pulled_up_is_refused(house: Path, name: str) -> None:
    """Somebody has deleted a cell, and all below it have moved up beside the wrong sentences."""
    editor, before = export(house, name), content(house)
    targets = [editor.get(row, "target") for row in editor.rows]
    for row, target in zip(editor.rows[SILENT:], [*targets[SILENT + 1 :], ""], strict=True):
        editor.set(row, "target", target)
    editor.save()
    code, _shown, errors = bring(house, name)
    assert (code, content(house)) == (1, before)
    assert "this is the translation of another sentence" in errors


@FORMATS
def test_swapped_ids_are_refused_with_the_whole_file(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    first, second = editor.rows[SPOKE], editor.rows[ASKED]
    ids = [editor.get(row, "id") for row in (first, second)]
    editor.set(first, "id", ids[1])
    editor.set(second, "id", ids[0])
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.save()
    code, _shown, errors = bring(house, name)
    assert (code, content(house)) == (1, before)
    assert errors.count("the source text is that of another sentence") == 2


@FORMATS
def test_the_same_translation_for_another_sentence_is_no_swap(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[ASKED], "target", "He was silent.")
    editor.save()
    assert bring(house, name)[0] == 0
    assert english(house)[ASKED][0] == "He was silent."


@FORMATS
def test_repeated_rows_count_once_and_contradictions_not_at_all(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.rows += [deepcopy(editor.rows[SILENT]), deepcopy(editor.rows[SPOKE])]
    editor.set(editor.rows[-1], "target", "Then he talked.")
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.save()
    code, shown, errors = bring(house, name)
    assert (code, shown) == (1, "translations/en/a.po: 1 changed, 4 the same, 1 repeated, 2 refused\n")
    assert errors.count("the sentence occurs twice, with different contents") == 2
    assert [text for text, _reviewed in english(house)][SILENT : ASKED + 1] == [*ENGLISH[1:3], "No one asked."]


@FORMATS
def test_changes_on_both_sides_are_a_conflict(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.confirm(editor.rows[SPOKE], reviewed=True)
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.save()
    change(house, SPOKE, "Then he spoke for a long time.")
    change(house, MISSING, "He departed.")
    change(house, ASKED, "No one asked.")
    before = content(house)
    code, shown, errors = bring(house, name)
    assert (code, shown, content(house)) == (1, "translations/en/a.po: 4 the same, 2 refused\n", before)
    assert "changed on both sides: Then he talked.\n" in errors
    assert "the house has: He departed.\n" in errors


@FORMATS
def test_a_draft_made_meanwhile_gives_way_to_a_translation(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.confirm(editor.rows[MISSING], reviewed=True)
    editor.save()
    translate(house, (*ENGLISH[:MISSING], "He travelled off."))
    assert bring(house, name) == (0, "translations/en/a.po: 1 changed, 5 the same\n", "")
    assert english(house)[MISSING] == ("He left.", True)


@FORMATS
def test_a_draft_that_the_house_has_confirmed_is_not_replaced(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.confirm(editor.rows[SPOKE], reviewed=True)
    editor.confirm(editor.rows[ASKED], reviewed=True)
    editor.save()
    change(house, SPOKE, ENGLISH[SPOKE])
    change(house, ASKED, ENGLISH[ASKED])
    code, shown, errors = bring(house, name)
    assert (code, shown) == (1, "translations/en/a.po: 5 the same, 1 refused\n")
    assert "changed on both sides: Then he talked.\n" in errors
    assert english(house)[SPOKE] == (ENGLISH[SPOKE], True)


@FORMATS
def test_a_newer_translation_of_the_house_stays(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.confirm(editor.rows[SPOKE], reviewed=True)
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.save()
    change(house, SPOKE, "Then he spoke for a long time.")
    change(house, HEADING, "Tokayev visits Almaty")
    assert bring(house, name) == (
        0, "translations/en/a.po: 1 changed, 3 the same, 2 kept, for the house has newer ones\n", "",
    )  # fmt: skip
    assert english(house)[SPOKE] == ("Then he spoke for a long time.", True)
    assert english(house)[HEADING] == ("Tokayev visits Almaty", True)


@FORMATS
def test_a_draft_does_not_replace_what_is_reviewed(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    editor.set(editor.rows[HEADING], "target", "Tokayev visits Almaty")
    editor.confirm(editor.rows[HEADING], reviewed=False)
    editor.save()
    code, _shown, errors = bring(house, name)
    assert (code, content(house)) == (1, before)
    assert "a draft does not replace a reviewed translation" in errors
    editor.confirm(editor.rows[HEADING], reviewed=True)
    editor.save()
    assert bring(house, name)[0] == 0
    assert english(house)[HEADING] == ("Tokayev visits Almaty", True)


@FORMATS
def test_unknown_ids_and_altered_sources_are_left_out(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SILENT], "id", "a#00000000")
    editor.set(editor.rows[SPOKE], "source", "Dann sprach er lange und laut.")
    editor.set(editor.rows[SPOKE], "target", "Then he spoke loudly.")
    editor.set(editor.rows[HEADING], "id", "gone")
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.save()
    code, shown, errors = bring(house, name)
    assert (code, shown) == (1, "translations/en/a.po: 1 changed, 2 the same, 2 not in the file, 3 refused\n")
    assert "a#00000000: no such sentence in the document" in errors
    assert "gone: no such sentence in the document" in errors
    assert "the source text is not that of the sentence: Then he spoke loudly." in errors
    assert english(house)[SPOKE][0] == ENGLISH[SPOKE]


@FORMATS
def test_an_emptied_translation_stays(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    editor.set(editor.rows[SPOKE], "target", "")
    editor.set(editor.rows[HEADING], "target", " ")
    editor.save()
    assert bring(house, name) == (0, "translations/en/a.po: 4 the same, 2 kept, though emptied\n", "")
    assert content(house) == before


@FORMATS
def test_without_a_checksum_only_untouched_drafts_are_replaced(house: Path, name: str) -> None:
    editor = export(house, name)
    for number in (HEADING, SPOKE):
        editor.set(editor.rows[number], "base", "")
        editor.set(editor.rows[number], "target", f"Changed {number}.")
        editor.confirm(editor.rows[number], reviewed=True)
    editor.save()
    code, _shown, errors = bring(house, name)
    assert (code, errors.count("changed on both sides")) == (1, 1)
    assert [english(house)[number][0] for number in (HEADING, SPOKE)] == [ENGLISH[HEADING], f"Changed {SPOKE}."]


@FORMATS
def test_a_text_that_has_changed_meanwhile_keeps_its_other_sentences(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SILENT], "target", "He kept silent.")
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.save()
    (house / "seeds" / "a.txt").write_text("Neu.\n\n" + SOURCE.replace("lange", "kurz"), encoding="utf-8")
    code, shown, errors = bring(house, name)
    assert (code, shown) == (1, "translations/en/a.po: 1 changed, 4 the same, 2 not in the file, 1 refused\n")
    assert errors.count("no such sentence in the document") == 1
    assert [entry.msgid for entry in file_of(house) if not entry.obsolete][:2] == ["Neu.", "Tokajew in Almaty"]


@FORMATS
@pytest.mark.parametrize("known", ["text", "translations", "named"])
def test_the_first_translation_of_a_document(house: Path, name: str, known: str) -> None:
    """By the configured text, by the PO file alone, by the text that the user names."""
    editor = export(house, name)
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.save()
    options = []
    if known == "translations":
        (house / "seeds" / "a.txt").rename(house / "gone.txt")
        (house / "seeds" / "b.txt").write_text("Anderes.\n", encoding="utf-8")
    else:
        (house / "translations" / "en" / "a.po").unlink()
    if known == "named":
        (house / "seeds").rename(house / "texts")
        options = ["--text", "texts"]
        (house / "tolmach.toml").write_text('glossary = "none"\n', encoding="utf-8")
    code, _shown, errors = bring(house, name, *options)
    assert (code, errors) == (0, "")
    assert [entry.msgid for entry in file_of(house)] == list(SENTENCES)
    assert [text for text, _reviewed in english(house)] == [*ENGLISH[:MISSING], "He left."]


@FORMATS
def test_hostile_texts_come_back_as_they_went(house: Path, name: str) -> None:
    # no program hands on U+0000
    (house / "seeds" / "a.txt").write_text("\n\n".join(HOSTILE).replace("\0", "") + "\n", encoding="utf-8")
    text = next(texts(find([house / "seeds"], Config()), "de"))
    rows = [Row(one.id, one.text, one.line, f"=\"'{one.text}", "engine 1") for one in text.segments]
    merge(path_of(house / "translations", "en", "a"), "de", "en", "seeds/a.txt", rows)
    editor, before = export(house, name), content(house)
    shown = f"translations/en/a.po: {len(rows)} the same\n"
    assert bring(house, name) == (0, shown, "")
    editor.save()
    assert bring(house, name) == (0, shown, "")
    assert content(house) == before


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


TMX = (
    '<tmx version="1.4"><header srclang="de"/><body><tu tuid="{id}"><tuv xml:lang="de"><seg>Ja.</seg></tuv>'
    '<tuv xml:lang="{target}"><seg>Yes.</seg></tuv></tu></body></tmx>'
)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.tmx", TMX.format(id="../../x#00000000", target="en"), "is no name of a document"),
        ("x.tmx", TMX.format(id="/etc/x#00000000", target="en"), "is no name of a document"),
        ("x.tmx", TMX.format(id="a#00000000", target="../en"), "which languages"),
        ("x.tmx", TMX.format(id="b#00000000", target="en"), "neither the text nor a translation"),
        ("x.tmx", TMX.format(id="1", target="en"), "no sentence ids"),
        ("x.tmx", TMX.format(id="a#00000000+2", target="en"), "paragraphs"),
        ("x.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]>' + TMX.format(id="a#00000000", target="en"), "entities"),
        ("x.tmx", "<tmx>", "not well-formed"),
        ("x.xlf", '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="de"/>', "sentence ids"),
        ("x.tsv", "de\ten\nJa.\tYes.\n", "no table of a parallel document"),
        ("x.tsv", "id\ten\ten state\tru\tru state\na#00000000\tYes.\tdraft\tДа.\tdraft\n", "with its original"),
        ("x.tsv", "id\tde\ten\ten state\na#00000000\tJa.\tYes.\tfine\n", "x.tsv:2: 'fine' is no state"),
        (
            "x.tsv",
            'id\tde\ten\ten state\na#0\tJa.\t"Yes.\tdraft\na#1\tNein.\tNo.\tdraft\n',
            "x.tsv:2: the quotation marks",
        ),
        ("x.tsv", 'id\tde\ten\ten state\na#0\tJa.\t"Yes" he said\tdraft\n', "x.tsv:2: the quotation marks"),
        ("x.po", 'msgctxt "a#0"\nmsgid "Ja."\n', "without msgstr"),
        ("x.srt", "1\n00:00:01,000 --> 00:00:02,000\nJa.\n", "not brought back"),
        ("x.txt", "Ja.\n", "not brought back"),
    ],
)
def test_files_that_cannot_be_brought_in(house: Path, name: str, text: str, says: str) -> None:
    before = sorted(path for path in house.rglob("*"))
    done = run_program("import", write(house, name, text), folder=house)
    assert (done.code, done.output) == (2, "")
    assert says in done.errors and "hint: " in done.errors
    assert sorted(path for path in house.rglob("*")) == sorted([*before, house / name])


def test_paragraphs_are_told_from_sentences(house: Path) -> None:
    (house / "seeds" / "a.txt").write_text("Er schwieg. Er reiste ab.\n", encoding="utf-8")
    run_program("parallel", "a", "--format", "tsv", "--rows", "paragraph", "--output", "out", folder=house)
    code, _shown, errors = bring(house, "tsv")
    assert (code, "only sentences can be brought back" in errors) == (2, True)


def test_a_spreadsheet_with_semicolons_is_read(house: Path) -> None:
    editor = export(house, "tsv")
    editor.rows[SPOKE][2] = "Then; he\nspoke."
    with editor.path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([editor.heading, *editor.rows])
    assert bring(house, "tsv")[0] == 0
    assert english(house)[SPOKE][0] == "Then; he spoke."


def test_segments_that_a_program_has_split_are_joined(house: Path) -> None:
    editor = export(house, "xliff")
    unit = editor.rows[SPOKE]
    segment = next(unit.iter(f"{XLIFF}segment"))
    unit.remove(segment)
    for tag, source, target in (
        ("segment", "Dann sprach", "Then he"),
        ("ignorable", " ", " "),
        ("segment", "er lange.", "talked."),
    ):
        part = ElementTree.SubElement(unit, XLIFF + tag, {"state": "translated"} if tag == "segment" else {})
        ElementTree.SubElement(part, f"{XLIFF}source").text = source
        ElementTree.SubElement(part, f"{XLIFF}target").text = target
    editor.save()
    assert bring(house, "xliff")[0] == 0
    assert english(house)[SPOKE] == ("Then he talked.", True)


def test_what_poedit_marks_as_needing_work_is_a_draft(house: Path) -> None:
    editor = export(house, "xliff")
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    segment = next(editor.rows[SPOKE].iter(f"{XLIFF}segment"))
    segment.set("state", "translated")
    segment.set("subState", "poedit:fuzzy")
    editor.save()
    assert bring(house, "xliff")[0] == 0
    assert english(house)[SPOKE] == ("Then he talked.", False)


@pytest.mark.parametrize("written", ["en_GB", "en-US", "EN"])
@pytest.mark.parametrize("name", ["po", "xliff", "xliff12", "tmx"])
def test_a_program_may_name_the_language_by_a_country(house: Path, name: str, written: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.save()
    text = editor.path.read_text(encoding="utf-8") if name != "po" else str(editor.file)
    text = re.sub('((?:trgLang|target-language|lang)="|Language: )en', rf"\g<1>{written}", text)
    (house / "out" / FILES[name]).write_text(text, encoding="utf-8")
    assert written in text
    assert bring(house, name) == (0, "translations/en/a.po: 1 changed, 5 the same\n", "")


def test_a_language_that_the_house_has_twice_is_taken_as_it_is_named(house: Path) -> None:
    editor = export(house, "tsv")
    (house / "translations" / "en-GB").mkdir()
    editor.heading[2:4] = ["en-GB", "en-GB state"]
    editor.save()
    _code, shown, _errors = bring(house, "tsv")
    assert shown.startswith("translations/en-GB/a.po: ")


RUSSIAN = ("Токаев в Алматы", "Он молчал.", "Неужели…", "Никто не спросил.", "Он молчал.", "Он уехал!")


@pytest.fixture
def russian(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(
        'sources = ["seeds"]\nglossary = "none"\nlanguages = ["de", "ru"]\n', "utf-8"
    )
    text = next(texts(find([tmp_path / "seeds"], Config()), "de"))
    rows = [Row(one.id, one.text, one.line, russian) for one, russian in zip(text.segments, RUSSIAN, strict=True)]
    merge(path_of(tmp_path / "translations", "ru", "a"), "de", "ru", "seeds/a.txt", rows)
    return tmp_path


@pytest.mark.parametrize("rewritten", ["", "Потом он долго говорил."])
def test_a_table_whose_letters_became_question_marks_is_left_alone(russian: Path, rewritten: str) -> None:
    """A spreadsheet that saves «text with tabs» in the encoding of Windows for western Europe."""
    editor = export(russian, "tsv")
    path = russian / "translations" / "ru" / "a.po"
    before = path.read_bytes()
    if rewritten:
        del editor.rows[:SPOKE], editor.rows[1:]
        editor.set(editor.rows[0], "target", rewritten)
    editor.save()
    table = editor.path.read_text(encoding="utf-16").encode("cp1252", "replace").decode("cp1252")
    editor.path.write_text(table, encoding="utf-8")
    code, _shown, errors = bring(russian, "tsv")
    assert (code, path.read_bytes()) == (1, before)
    assert errors.count("letters of the translation have become question marks") == (1 if rewritten else 6)
    assert "nothing of out/a.tsv is taken" in errors


@pytest.mark.parametrize("text", ["Неужели?", "Неужели??", "Что?? Как??", "Неужели!"])
def test_a_question_is_no_lost_letter(russian: Path, text: str) -> None:
    editor = export(russian, "tsv")
    editor.set(editor.rows[SPOKE], "target", text)
    editor.set(editor.rows[MISSING], "target", "Он уехал?")
    editor.save()
    assert bring(russian, "tsv") == (0, "translations/ru/a.po: 2 changed, 4 the same\n", "")
