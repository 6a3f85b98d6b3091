import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.memory import po
from tolmach.memory.files import entries_of
from tolmach.memory.lookup import Memory, differences
from tolmach.memory.merge import merge, path_of
from tolmach.memory.model import Entry, Row
from tolmach.text.identity import fold

CASES = tomllib.loads((Path(__file__).parent / "cases" / "memory.toml").read_text(encoding="utf-8"))
MEMORY = Memory(Entry(path="translations/en/x.po", **row) for row in CASES["memory"] if row["target"])
ROWS = (
    Row("lage#1", "Tokajew sprach in Astana.", 1, "Tokayev spoke in Astana.", "argos de_en 1.0; glossary 1a2b"),
    Row("lage#2", "Nasarbajew trat zurück.", 3, "Nazarbayev resigned.", "argos de_en 1.0; glossary 1a2b"),
    Row("lage#3", "Almaty war die Hauptstadt.", 5),
)


def why(case: dict[str, object]) -> str:
    return str(case["why"])


def write(path: Path, rows: Sequence[Row] = ROWS, *, force: bool = False, text: str = "seeds/lage.txt") -> bool:
    return merge(path, "de", "en", text, rows, force=force)


def review(path: Path, sentence: str, target: str, *, fuzzy: bool = False) -> None:
    file = polib.pofile(str(path), wrapwidth=0)
    entry = next(entry for entry in file if entry.msgctxt == sentence)
    entry.msgstr, entry.fuzzy = target, fuzzy
    file.save()


def targets(path: Path) -> dict[str, tuple[str, bool, bool]]:
    return {entry.msgctxt: (entry.msgstr, entry.fuzzy, bool(entry.obsolete)) for entry in po.read(path)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return path_of(tmp_path, "en", "lage")


@pytest.mark.parametrize("case", CASES["exact"], ids=why)
def test_finds_the_same_sentence(case: dict[str, str]) -> None:
    match = MEMORY.exact(case["asked"], case.get("id", ""))
    assert match is not None
    assert (match.target, match.score) == (case["target"], 1.0)


@pytest.mark.parametrize("case", CASES["no_exact"], ids=why)
def test_takes_no_other_sentence_for_the_same(case: dict[str, str]) -> None:
    assert MEMORY.exact(case["asked"]) is None


@pytest.mark.parametrize("case", CASES["fuzzy"], ids=why)
def test_finds_similar_sentences_and_what_differs(case: dict[str, str]) -> None:
    match = MEMORY.fuzzy(case["asked"])[0]
    assert match.target == case["target"]
    assert 0.75 <= match.score < 1.0
    quoted = [
        [case["asked"][one.asked.start : one.asked.end], match.source[one.found.start : one.found.end]]
        for one in match.differences
    ]
    assert quoted == case["differences"]


@pytest.mark.parametrize("case", CASES["no_fuzzy"], ids=why)
def test_takes_nothing_unlike_for_similar(case: dict[str, str]) -> None:
    assert MEMORY.fuzzy(case["asked"]) == []


def test_similar_sentences_come_best_first_and_no_more_than_asked_for() -> None:
    found = MEMORY.fuzzy("Nasarbajew trat 2018 zurück.", minimum=0.2, best=3)
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert [one.reviewed for one in found[:2]] == [True, False]
    assert found[0].id == "reise#00000002"


@given(st.text("Tokajew пр.,\u00a0\n", max_size=30), st.text("Tokajew пр.,\u00a0\n", max_size=30))
def test_between_the_differences_texts_are_the_same(asked: str, found: str) -> None:
    rest = ["", ""]
    ends = [0, 0]
    for one in differences(asked, found):
        rest[0] += asked[ends[0] : one.asked.start] + "|"
        rest[1] += found[ends[1] : one.found.start] + "|"
        ends = [one.asked.end, one.found.end]
    rest[0] += asked[ends[0] :]
    rest[1] += found[ends[1] :]
    assert fold(rest[0]) == fold(rest[1])


def test_an_absent_folder_is_an_empty_memory(tmp_path: Path) -> None:
    assert len(Memory.open(tmp_path / "nowhere", "de", "en")) == 0


def test_files_from_another_language_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    merge(tmp_path / "en" / "a.po", "ru", "en", "a.txt", ROWS)
    merge(tmp_path / "en" / ".b.po", "de", "en", "b.txt", ROWS)
    assert len(Memory.open(tmp_path, "de", "en")) == 0
    assert len(Memory.open(tmp_path, "ru", "en")) == 2


@pytest.mark.parametrize("case", CASES["malformed"], ids=why)
def test_a_malformed_file_is_named_with_the_line(case: dict[str, str], path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(case["text"].removeprefix("\n"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(TolmachError) as raised:
        Memory.open(path.parents[1], "de", "en")
    assert (raised.value.path, raised.value.line) == (str(path), case["line"])
    assert raised.value.hint
    with pytest.raises(TolmachError):
        write(path)
    assert path.read_bytes() == before


def test_a_file_in_another_encoding_than_it_says_is_an_error(path: Path) -> None:
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_bytes((head + 'msgid "Токаев"\nmsgstr "Tokayev"\n').encode("cp1251"))
    with pytest.raises(TolmachError, match="encoding"):
        po.read(path)
    path.write_bytes(head.replace("UTF-8", "UTF-16").encode("ascii"))
    with pytest.raises(TolmachError, match="encoding"):
        po.read(path)


def test_drafts_are_marked_and_say_what_made_them(path: Path) -> None:
    assert write(path)
    entry = po.read(path)[0]
    assert entry.fuzzy
    assert "argos de_en 1.0; glossary 1a2b" in entry.tcomment
    assert po.signature(entry) == "argos de_en 1.0; glossary 1a2b"
    assert entry.occurrences == [("seeds/lage.txt", "1")]
    assert [entry.msgctxt for entry in po.read(path)] == ["lage#1", "lage#2", "lage#3"]
    assert targets(path)["lage#3"] == ("", False, False)


def test_the_header_says_the_languages_and_no_date(path: Path) -> None:
    write(path)
    metadata = po.read(path).metadata
    assert (metadata["Language"], metadata["X-Source-Language"], metadata["X-Generator"]) == ("en", "de", "tolmach")
    assert not [key for key, value in metadata.items() if "Date" in key and value]


def test_merging_twice_changes_and_writes_nothing(path: Path) -> None:
    write(path)
    before, written = path.read_bytes(), path.stat().st_mtime_ns
    assert not write(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, written)


def test_a_file_wrapped_by_an_editor_is_left_as_it_is(path: Path) -> None:
    write(path, [Row("lage#1", "Tokajew sprach lange " * 9, 1, "Tokayev spoke at length " * 9, "argos")])
    file = polib.pofile(str(path), wrapwidth=78)
    file.save()
    assert len(path.read_text(encoding="utf-8").splitlines()) > 20
    assert not write(path, [Row("lage#1", "Tokajew sprach lange " * 9, 1)])


def test_a_reviewed_translation_is_never_replaced(path: Path) -> None:
    write(path)
    review(path, "lage#1", "Mr Tokayev spoke in Astana.")
    for force in (False, True):
        write(path, [Row(row.id, row.source, row.line, "WRONG", "argos 9") for row in ROWS], force=force)
        assert targets(path)["lage#1"] == ("Mr Tokayev spoke in Astana.", False, False)
        assert targets(path)["lage#3"] == ("WRONG", True, False)


def test_a_draft_changed_by_hand_is_replaced_by_force_only(path: Path) -> None:
    write(path)
    review(path, "lage#1", "Tokayev, by hand.", fuzzy=True)
    fresh = [Row(row.id, row.source, row.line, "fresh", "argos 9") for row in ROWS]
    write(path, fresh)
    assert targets(path)["lage#1"] == ("Tokayev, by hand.", True, False)
    assert targets(path)["lage#2"] == ("fresh", True, False)
    write(path, fresh, force=True)
    assert targets(path)["lage#1"] == ("fresh", True, False)


def test_lost_sentences_stay_when_a_person_worked_on_them_and_come_back(path: Path) -> None:
    write(path)
    review(path, "lage#1", "Reviewed.")
    write(path, ROWS[2:])
    assert targets(path) == {"lage#3": ("", False, False), "lage#1": ("Reviewed.", False, True)}
    assert Memory.open(path.parents[1], "de", "en").exact("Tokajew sprach in Astana.") is not None
    assert not write(path, ROWS[2:])
    write(path)
    assert targets(path)["lage#1"] == ("Reviewed.", False, False)


def test_a_changed_sentence_under_the_same_id_loses_its_translation(path: Path) -> None:
    write(path)
    review(path, "lage#1", "Reviewed.")
    write(path, [Row("lage#1", "Tokajew sprach in Almaty.", 1), *ROWS[1:]])
    entries = [
        (entry.msgid, entry.msgstr, bool(entry.obsolete)) for entry in po.read(path) if entry.msgctxt == "lage#1"
    ]
    assert entries == [("Tokajew sprach in Almaty.", "", False), ("Tokajew sprach in Astana.", "Reviewed.", True)]


def test_entries_without_ids_are_taken_over_by_their_text(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Tokajew sprach in Astana."\nmsgstr "Old."\n', encoding="utf-8")
    write(path)
    assert targets(path)["lage#1"] == ("Old.", False, False)


def test_comments_and_header_fields_of_people_stay(path: Path) -> None:
    write(path)
    file = po.read(path)
    file.metadata["Last-Translator"] = "Anna"
    file[0].tcomment += "\nCheck the title."
    file.save(str(path))
    write(path, [Row(row.id, row.source, row.line, "fresh", "argos 9") for row in ROWS])
    assert po.read(path).metadata["Last-Translator"] == "Anna"
    assert po.read(path)[0].tcomment.startswith("Check the title.\ntolmach: argos 9; draft ")


def test_a_translation_from_another_language_is_not_touched(path: Path) -> None:
    write(path)
    before = path.read_bytes()
    with pytest.raises(TolmachError, match="translation from de, not from ru"):
        merge(path, "ru", "en", "seeds/lage.txt", ROWS)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["seeds/lage.txt", "meine Texte/zur Lage 7.1.22.txt", "тексты/о Токаеве.txt", "a-b*c.txt"]
)
def test_file_names_in_references_survive(name: str, path: Path) -> None:
    write(path, text=name)
    assert po.references(po.read(path)[1]) == [(name, "3")]
    assert not write(path, text=name)


def test_a_document_without_sentences_makes_no_file(path: Path) -> None:
    assert not write(path, [])
    assert not path.exists()


# it writes files
@given(st.lists(st.tuples(st.text(min_size=1), st.text()), unique_by=lambda pair: fold(pair[0]), max_size=4))
def test_any_text_survives_and_merging_again_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    pairs = [(fold(source), target) for source, target in pairs if fold(source)]
    rows = [Row(f"x#{number}", source, 1, target, "argos") for number, (source, target) in enumerate(pairs)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        write(path, rows)
        found = [(entry.msgid, entry.msgstr) for entry in po.read(path)] if rows else []
        assert found == pairs
        assert not write(path, rows)


def test_gettext_accepts_the_file(path: Path) -> None:
    checker = shutil.which("msgfmt")
    if checker is None:
        pytest.skip("GNU gettext is not installed")
    write(path, text="meine Texte/zur Lage.txt")
    review(path, "lage#1", "Reviewed.")
    write(path, ROWS[1:], text="meine Texte/zur Lage.txt")
    done = subprocess.run([checker, "-cv", "-o", "-", str(path)], capture_output=True, check=False)
    assert (done.returncode, b"missing in header" in done.stderr) == (0, False), done.stderr


def test_other_files_are_memories_when_they_are_bilingual(tmp_path: Path, path: Path) -> None:
    write(path)
    review(path, "lage#1", "Reviewed.")
    found = [(entry.id, entry.target, entry.reviewed) for entry in entries_of(path, "de", "en")]
    assert found == [("", "Reviewed.", True), ("", "Nazarbayev resigned.", False)]
    assert len(list(entries_of(path, "de-CH", "en"))) == 2
    assert list(entries_of(path, "ru", "en")) == []
    plain = tmp_path / "plain.txt"
    plain.write_text("Tokajew", encoding="utf-8")
    with pytest.raises(TolmachError, match="no translations"):
        list(entries_of(plain, "de", "en"))
