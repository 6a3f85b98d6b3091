"""`tolmach import`: what a careful editor would want of edits that look alike, and that no edit loses reviewed work."""

from __future__ import annotations

import time
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import run_program
from test_import import (
    AGAIN,
    ASKED,
    ENGLISH,
    FORMATS,
    HEADING,
    MISSING,
    SENTENCES,
    SILENT,
    SPOKE,
    Sheet,
    bring,
    change,
    content,
    english,
    export,
    file_of,
    house,
    translate,
)
from tolmach.memory import po
from tolmach.memory.returned import TAKEN, Document, bring_back
from tolmach.text.exchange import Aligned, base
from tolmach.text.identity import fold

__all__ = ["house"]
SAME_FOR_BOTH = (*ENGLISH[:ASKED], "He was silent.", *ENGLISH[AGAIN:])


@FORMATS
def test_short_sentences_may_have_the_same_translation(house: Path, name: str) -> None:
    """One of two sentences that were translated alike changes, and a third one takes what the other one keeps."""
    translate(house, SAME_FOR_BOTH)
    editor = export(house, name)
    editor.set(editor.rows[ASKED], "target", "No one asked.")
    editor.set(editor.rows[SPOKE], "target", "He was silent.")
    editor.save()
    assert bring(house, name) == (0, "translations/en/a.po: 2 changed, 4 the same\n", "")
    assert [text for text, _reviewed in english(house)][SPOKE : ASKED + 1] == ["He was silent.", "No one asked."]


@FORMATS
def test_a_repeated_sentence_is_changed_where_it_was_changed(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[AGAIN], "target", "Again he was silent.")
    editor.confirm(editor.rows[AGAIN], reviewed=True)
    editor.save()
    assert bring(house, name)[0] == 0
    assert english(house)[SILENT] == ("He was silent.", False)
    assert english(house)[AGAIN] == ("Again he was silent.", True)
    editor = export(house, name)
    first, second = editor.rows[SILENT], editor.rows[AGAIN]
    editor.set(first, "target", "Again he was silent.")
    editor.set(second, "target", "He was silent.")
    editor.save()
    assert bring(house, name)[0] == 0
    assert [english(house)[number][0] for number in (SILENT, AGAIN)] == ["Again he was silent.", "He was silent."]


@FORMATS
def test_a_swap_that_is_meant_goes_by_the_po_file(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", ENGLISH[ASKED])
    editor.set(editor.rows[ASKED], "target", ENGLISH[SPOKE])
    editor.set(editor.rows[MISSING], "target", "He left.")
    editor.save()
    code, shown, errors = bring(house, name, "--dry-run")
    assert (code, shown) == (1, "translations/en/a.po: 1 changed, but not taken, 3 the same, 2 refused\n")
    assert "one that is meant so goes into the PO file first" in errors
    change(house, SPOKE, ENGLISH[ASKED])
    change(house, ASKED, ENGLISH[SPOKE])
    assert bring(house, name)[0] == 0
    assert english(house)[MISSING][0] == "He left."


def test_cells_that_moved_with_their_checksum(house: Path) -> None:
    """A spreadsheet has pushed down all cells but id and original: the last sentence had none yet."""
    editor, before = export(house, "tsv"), content(house)
    for what in ("target", "state", "base"):
        for row, text in [
            (row, editor.get(above, what)) for above, row in zip(editor.rows, editor.rows[1:], strict=False)
        ][::-1]:
            editor.set(row, what, text)
    editor.save()
    code, _shown, errors = bring(house, "tsv")
    assert (code, content(house)) == (1, before)
    assert "this is the translation of another sentence: He was silent." in errors


@FORMATS
def test_what_a_person_has_done_comes_before_a_new_draft(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.confirm(editor.rows[SILENT], reviewed=True)
    editor.save()
    translate(house, (*ENGLISH[:SILENT], "He kept quiet.", "Then he spoke long.", "None asked.", *ENGLISH[AGAIN:]))
    code, shown, errors = bring(house, name)
    assert (code, errors) == (0, "")
    assert shown == "translations/en/a.po: 2 changed, 3 the same, 1 kept, for the house has newer ones\n"
    assert english(house)[SILENT] == ("He was silent.", True)
    assert english(house)[SPOKE][0] == "Then he talked."
    assert english(house)[ASKED] == ("None asked.", False)


@pytest.mark.parametrize("name", ["xliff", "po", "tmx", "tsv"])
def test_a_reviewed_sentence_that_is_doubted_stays_and_is_told(house: Path, name: str) -> None:
    editor, before = export(house, name), content(house)
    editor.confirm(editor.rows[HEADING], reviewed=False)
    editor.save()
    told = "translations/en/a.po: 5 the same, 1 kept as reviewed, though marked as a draft\n"
    assert bring(house, name) == (0, told, "")
    assert content(house) == before
    shown = bring(house, name, "--dry-run")[1]
    assert f"{SENTENCES[HEADING]}\n  {ENGLISH[HEADING]}\n  [kept, though marked as a draft]\n" in shown


@FORMATS
def test_what_the_house_doubts_now_is_not_confirmed_by_an_old_file(house: Path, name: str) -> None:
    editor = export(house, name)
    file = file_of(house)
    file[HEADING].flags = ["fuzzy"]
    file.save()
    before = content(house)
    told = "translations/en/a.po: 5 the same, 1 kept, for the house has newer ones\n"
    assert bring(house, name) == (0, told, "")
    assert content(house) == before
    editor.set(editor.rows[HEADING], "target", "Tokayev visits Almaty")
    editor.save()
    assert bring(house, name)[0] == 0
    assert english(house)[HEADING] == ("Tokayev visits Almaty", True)


@FORMATS
def test_two_sentences_made_one_are_shown(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he spoke at length, and nobody asked.")
    editor.set(editor.rows[ASKED], "target", "")
    editor.save()
    shown = bring(house, name, "--dry-run")[1]
    assert f"{SENTENCES[SPOKE]}\n- {ENGLISH[SPOKE]}\n+ Then he spoke at length, and nobody asked." in shown
    assert f"{SENTENCES[ASKED]}\n  {ENGLISH[ASKED]}\n  [kept, though emptied]\n" in shown
    assert bring(house, name)[1] == "translations/en/a.po: 1 changed, 4 the same, 1 kept, though emptied\n"


@FORMATS
def test_the_text_of_a_lost_row_is_told(house: Path, name: str) -> None:
    """An id that a spell checker has mended: what was written there must not be lost unseen."""
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "id", "A#1234ABCD")
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.save()
    code, _shown, errors = bring(house, name)
    assert (code, "no such sentence in the document: Then he talked." in errors) == (1, True)


@pytest.mark.parametrize("name", ["xliff", "po", "tmx", "tsv"])
def test_blanks_that_keep_words_together_stay(house: Path, name: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "He spoke  for 5\u00a0hours \u2014 5\u202f%.")
    editor.save()
    assert bring(house, name)[0] == 0
    assert english(house)[SPOKE][0] == "He spoke for 5\u00a0hours \u2014 5\u202f%."
    assert bring(house, name)[1] == "translations/en/a.po: 6 the same\n"


def test_a_character_that_no_po_file_can_hold(house: Path) -> None:
    editor = export(house, "xliff")
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.save()
    path = house / "out" / "a.en.xlf"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("he talked", 'he <ns0:cp hex="0000"/>talked'), encoding="utf-8")
    assert bring(house, "xliff")[0] == 0
    assert english(house)[SPOKE][0] == "Then he \ufffdtalked."
    assert bring(house, "xliff")[1] == "translations/en/a.po: 6 the same\n"


def test_one_sentence_many_times(tmp_path: Path) -> None:
    """A row that was copied down a whole table is judged in time that grows with the table."""
    catalogue(tmp_path / "a.po", [("Yes.", True)] * 5)
    units = [Aligned(IDS[0], {"de": SOURCES[0], "en": "Yes."}, {"en": "reviewed"})] * 20_000
    start = time.process_time()
    verdicts = bring_back(Document(tmp_path / "a.po", "de", "en"), units, write=False)
    assert [verdict.kind for verdict in verdicts] == ["same", *["repeated"] * 19_999, *["deleted"] * 4]
    assert time.process_time() - start < 10


def test_nothing_is_taken_in_any_language_where_one_is_shifted(house: Path) -> None:
    file = house / "tolmach.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"en"]', '"en", "ru"]'), encoding="utf-8")
    editor = export(house, "tsv")
    editor.rows[HEADING][4] = "Токаев в Алматы"
    for row, target in zip(editor.rows[SILENT:], [*ENGLISH[SPOKE:], ""], strict=True):
        editor.set(row, "target", target)
    editor.save()
    code, shown, errors = bring(house, "tsv")
    assert (code, "nothing of out/a.tsv is taken" in errors) == (1, True)
    assert "translations/ru/a.po: 1 changed, but not taken, 5 the same\n" in shown
    assert not (house / "translations" / "ru").exists()


@pytest.mark.parametrize(("name", "written"), [("xliff", 'trgLang="en"'), ("tmx", 'lang="en"'), ("po", "Language: en")])
def test_a_region_that_a_program_has_added_is_left_out(house: Path, name: str, written: str) -> None:
    editor = export(house, name)
    editor.set(editor.rows[SPOKE], "target", "Then he talked.")
    editor.save()
    (path,) = (house / "out").iterdir()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(written, written.replace("en", "en-GB")), encoding="utf-8")
    assert bring(house, name) == (0, "translations/en/a.po: 1 changed, 5 the same\n", "")
    path.write_text(text.replace(written, written.replace("en", "fr")), encoding="utf-8")
    code, shown, errors = bring(house, name)
    assert (code, errors) == (0, f"note: out/{path.name}: fr is none of the configured languages\n")
    assert shown == "translations/fr/a.po: 5 changed, 1 the same\n"


@pytest.mark.parametrize("name", ["docx", "tsv"])
def test_without_the_original_a_file_is_refused_once(house: Path, name: str) -> None:
    export(house, name)
    if name == "docx":
        run_program("parallel", "a", "--format", "docx", "--languages", "en,ru", "--output", "out", folder=house)
    else:
        editor = Sheet(house / "out" / "a.tsv")
        for row in editor.rows:
            editor.set(row, "source", "")
        editor.save()
    code, shown, errors = bring(house, name)
    assert (code, shown) == (2, "")
    assert "the file has no texts in de, the language of the original" in errors
    assert errors.count("error: ") == 1


def test_the_second_of_two_translators_does_not_undo_the_first(house: Path) -> None:
    for text in ("Then he talked.", "Then he held a speech."):
        editor = export(house, "po")
        editor.save()
        editor.path = house / f"{text[-3]}.po"
        editor.set(editor.rows[SPOKE], "target", text)
        editor.set(editor.rows[ASKED], "target", "No one asked.")
        editor.confirm(editor.rows[SPOKE], reviewed=True)
        editor.file.save(str(editor.path))
    first = run_program("import", "e.po", folder=house)
    assert (first.code, first.output) == (0, "translations/en/a.po: 2 changed, 4 the same\n")
    second = run_program("import", "c.po", folder=house)
    assert (second.code, second.output) == (1, "translations/en/a.po: 5 the same, 1 refused\n")
    assert "the house has: Then he talked." in second.errors
    assert english(house)[SPOKE] == ("Then he talked.", True)


TEXTS = st.sampled_from(["", "Yes.", "No.", "Perhaps.", "He left.", "He  left.", "5\u00a0%", "\u201cYes.\u201d"])
SOURCES = ("Ja.", "Nein.", "Vielleicht.", "Ja.", "Er ging.")
IDS = ("a#1", "a#2", "a#3", "a#1-2", "a#5")
ENTRIES = st.tuples(TEXTS, st.booleans())
STATES = st.sampled_from(["reviewed", "draft", None])


def catalogue(path: Path, entries: list[tuple[str, bool]]) -> None:
    file = po.new_file("de", "en")
    for name, source, (text, stands) in zip(IDS, SOURCES, entries, strict=True):
        entry = polib.POEntry(msgctxt=name, msgid=source, msgstr=text)
        if not stands:
            po.set_draft(entry, text, "engine 1")
        file.append(entry)
    path.write_text(po.render(file), encoding="utf-8")


def entries_of(path: Path) -> dict[str, tuple[str, bool]]:
    return {entry.msgctxt: (entry.msgstr, not entry.fuzzy) for entry in polib.pofile(str(path))}


@given(
    given_out=st.lists(ENTRIES, min_size=5, max_size=5),
    now=st.lists(ENTRIES, min_size=5, max_size=5),
    rows=st.lists(
        st.tuples(
            st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.one_of(st.none(), TEXTS), STATES, st.booleans()
        ),
        max_size=7,
    ),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edit_loses_what_is_reviewed(
    tmp_path: Path,
    given_out: list[tuple[str, bool]],
    now: list[tuple[str, bool]],
    rows: list[tuple[int, int, int, str | None, str | None, bool]],
) -> None:
    """Rows take id, original, translation and checksum from any sentence, while the house has gone on."""
    path = tmp_path / "a.po"
    catalogue(path, now)
    units = []
    for name, source, target, text, state, has_base in rows:
        handed = given_out[target][0]
        said = {} if state is None else {"en": state}
        bases = {"en": base(given_out[name][0], reviewed=given_out[name][1])} if has_base else {}
        texts = {"de": SOURCES[source], "en": handed if text is None else text}
        units.append(Aligned(IDS[name], texts, said, bases))  # type: ignore[arg-type]
    before = entries_of(path)
    document = Document(path, "de", "en")
    dry = bring_back(document, units, write=False)
    assert entries_of(path) == before
    verdicts = bring_back(document, units, write=True)
    assert verdicts == dry
    after = entries_of(path)
    spoilt = any(verdict.kind in ("moved", "shifted") for verdict in verdicts)
    taken = {verdict.unit.id: verdict for verdict in verdicts if verdict.kind in TAKEN and not spoilt}
    for name, (text, stands) in before.items():
        if name not in taken:
            assert after[name] == (text, stands)
            continue
        verdict = taken[name]
        assert after[name][0] == " ".join(verdict.text.replace("\u00a0", "~").split()).replace("~", "\u00a0")
        assert after[name][1] == verdict.reviewed
        assert fold(verdict.unit.texts["de"]) == SOURCES[IDS.index(name)]
        if stands and text:
            assert verdict.reviewed
            assert verdict.unit.bases["en"][1:] == base(text, reviewed=True)[1:]
    again = bring_back(document, units, write=True)
    assert spoilt or not any(verdict.kind in TAKEN for verdict in again)
