"""`tolmach memory import|export|find`: in and out without loss, nothing reviewed is touched, everything is told."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import run_program
from tolmach.errors import TolmachError
from tolmach.memory import po
from tolmach.memory.files import entries_of
from tolmach.memory.incoming import MOST, bring
from tolmach.memory.lookup import Memory
from tolmach.memory.merge import merge, path_of
from tolmach.memory.model import Entry, Row
from tolmach.memory.outgoing import gathered
from tolmach.memory.store import LARGE
from tolmach.text import exchange
from tolmach.text.identity import fold

TSV = "de\ten\nTokajew sprach in Astana.\tTokayev spoke in Astana.\nEr reiste ab.\tHe left.\nLeer.\t\n"
# what XML and PO can hold: no control characters but tabs and line ends, no lone surrogates
TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\u00a0", exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=40,
).filter(fold)


def house(folder: Path, *rows: tuple[str, str], language: str = "en", reviewed: bool = True) -> Path:
    path = path_of(folder / "translations", language, "lage")
    merge(path, "de", language, "lage.txt", [Row(f"lage#{n}", *row[:1], n, row[1], "x") for n, row in enumerate(rows)])
    if reviewed:
        file = polib.pofile(str(path), wrapwidth=0)
        for entry in file:
            entry.fuzzy = False
        file.save()
    return path


def imported(folder: Path, language: str = "en", name: str = "pairs") -> dict[str, tuple[str, bool]]:
    path = folder / "translations" / language / "memory" / f"{name}.po"
    return {entry.msgid: (entry.msgstr, entry.fuzzy) for entry in po.read(path)}


# import


def test_reviewed_translations_are_brought_in(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(TSV, encoding="utf-8")
    done = run_program("memory", "import", "pairs.tsv", "--to", "en", folder=tmp_path)
    assert (done.code, done.output) == (0, "translations/en/memory/pairs.po: 2 imported\n")
    assert imported(tmp_path) == {
        "Tokajew sprach in Astana.": ("Tokayev spoke in Astana.", False),
        "Er reiste ab.": ("He left.", False),
    }
    found = Memory.open(tmp_path / "translations", "de", "en").exact("Er  reiste ab.")
    assert found is not None and found.reviewed


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(TSV, encoding="utf-8")
    run_program("memory", "import", "pairs.tsv", "--to", "en", folder=tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "translations").rglob("*") if path.is_file()}
    done = run_program("memory", "import", "pairs.tsv", "--to", "en", folder=tmp_path)
    assert done.output == "translations/en/memory/pairs.po: 0 imported, 2 known\n"
    assert before == {path: path.read_bytes() for path in (tmp_path / "translations").rglob("*") if path.is_file()}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(TSV, encoding="utf-8")
    done = run_program("memory", "import", "pairs.tsv", "--to", "en", "--dry-run", folder=tmp_path)
    assert done.output == "translations/en/memory/pairs.po: 2 to import\n"
    assert not (tmp_path / "translations").exists()


def test_what_the_house_has_reviewed_stays_and_contradictions_are_told(tmp_path: Path) -> None:
    path = house(tmp_path, ("Er reiste ab.", "He departed."), ("Tokajew sprach in Astana.", "Tokayev spoke in Astana."))
    before = path.read_bytes()
    (tmp_path / "pairs.tsv").write_text(TSV + "Neu.\tNew.\nNeu.\tFresh.\n", encoding="utf-8")
    done = run_program("memory", "import", "pairs.tsv", "--to", "en", folder=tmp_path)
    assert done.output == "translations/en/memory/pairs.po: 1 imported, 1 known, 2 contradictions left out\n"
    assert "pairs.tsv:3: Er reiste ab.: He left.; the house has: He departed." in done.errors
    assert "Neu.: Fresh.; the house has: New." in done.errors
    assert path.read_bytes() == before
    assert imported(tmp_path) == {"Neu.": ("New.", False)}


def test_drafts_of_machines_are_replaced_but_not_those_a_person_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "translations" / "en" / "memory" / "pairs.po"
    rows = [Row("", "Er reiste ab.", 1, "He travelled.", "argos"), Row("", "Ja.", 2, "Yeah.", "argos")]
    merge(path, "de", "en", "lage.txt", rows)
    file = polib.pofile(str(path), wrapwidth=0)
    file[1].msgstr = "Yes, indeed."
    file.save()
    (tmp_path / "pairs.tsv").write_text("de\ten\nEr reiste ab.\tHe left.\nJa.\tYes.\n", encoding="utf-8")
    done = run_program("memory", "import", "pairs.tsv", "--to", "en", folder=tmp_path)
    assert done.output == "translations/en/memory/pairs.po: 1 imported, 1 contradiction left out\n"
    assert imported(tmp_path) == {"Er reiste ab.": ("He left.", False), "Ja.": ("Yes, indeed.", True)}


def test_drafts_in_the_file_are_left_out(tmp_path: Path) -> None:
    house(tmp_path / "other", ("Ja.", "Yes."), reviewed=False)
    done = run_program(
        "memory", "import", "other/translations/en/lage.po", "--to", "en", "--into", "agency", folder=tmp_path
    )
    assert done.output == "translations/en/memory/agency.po: 0 imported, 1 draft left out\n"


@pytest.mark.parametrize("name", ["../x", "a/b", ".x", "a\nb", "c:x"])
def test_names_that_leave_the_folder_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(TSV, encoding="utf-8")
    done = run_program("memory", "import", "pairs.tsv", "--into", name, "--to", "en", folder=tmp_path)
    assert (done.code, (tmp_path / "translations").exists()) == (2, False)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "Ja.\n", "no translations"),
        ("a.tsv", "fr\tes\nOui.\tSí.\n", "no translations from de into"),
        ("a.tmx", "<tmx>", "not well-formed"),
        ("a.xyz", "", "not known"),
    ],
)
def test_files_without_translations_are_user_errors(name: str, content: str, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = run_program("memory", "import", name, folder=tmp_path)
    assert (done.code, done.output) == (2, "")
    assert says in done.errors and "hint: " in done.errors


def test_more_than_people_can_edit_is_for_the_index(tmp_path: Path) -> None:
    entries = (Entry("", f"Satz {number}.", f"Sentence {number}.", True, "big.tmx") for number in range(MOST + 1))
    with pytest.raises(TolmachError, match="too many") as raised:
        bring(tmp_path / "x.po", "de", "en", entries, Memory(), write=False)
    assert "--memory" in (raised.value.hint or "")


# export


def test_a_sentence_in_all_languages_is_one_unit(tmp_path: Path) -> None:
    house(tmp_path, ("Ja & nein <b>", "Yes & no <b>"), ("Nur hier.", "Only here."))
    house(tmp_path, ("Ja & nein <b>", "Да и нет <b>"), language="ru")
    done = run_program("memory", "export", "--to", "out/house.tmx", folder=tmp_path)
    assert (done.code, done.output) == (0, "out/house.tmx: 2 units\n")
    text = (tmp_path / "out" / "house.tmx").read_text(encoding="utf-8")
    assert text.count("<tu ") == 2 and text.count("<tuv ") == 5
    assert 'tuid="lage#0"' in text and "Ja &amp; nein &lt;b&gt;" in text
    first = text.encode()
    run_program("memory", "export", "--to", "out/house.tmx", folder=tmp_path)
    assert (tmp_path / "out" / "house.tmx").read_bytes() == first
    run_program("memory", "export", "--to", "house.tsv", "--languages", "de,ru,en", folder=tmp_path)
    assert (tmp_path / "house.tsv").read_text(encoding="utf-8") == (
        "de\tru\ten\nJa & nein <b>\tДа и нет <b>\tYes & no <b>\nNur hier.\t\tOnly here.\n"
    )


def test_drafts_are_written_only_when_asked_for(tmp_path: Path) -> None:
    house(tmp_path, ("Ja.", "Yes."), reviewed=False)
    done = run_program("memory", "export", "--to", "x.tmx", folder=tmp_path)
    assert (done.code, (tmp_path / "x.tmx").exists()) == (2, False)
    assert "no reviewed translations" in done.errors
    assert run_program("memory", "export", "--to", "x.tmx", "--drafts", folder=tmp_path).output == "x.tmx: 1 unit\n"


@pytest.mark.parametrize(
    ("options", "says"),
    [(("--to", "x.docx"), "no translations are written"), (("--to", "x.tmx", "--languages", "de"), "one language")],
)
def test_what_cannot_be_exported_is_a_user_error(options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    house(tmp_path, ("Ja.", "Yes."))
    done = run_program("memory", "export", *options, folder=tmp_path)
    assert (done.code, says in done.errors) == (2, True)


def test_two_translations_of_a_sentence_are_two_units(tmp_path: Path) -> None:
    for name, target in (("a", "Yes."), ("b", "Yeah.")):
        path = tmp_path / "en" / "memory" / f"{name}.po"
        bring(path, "de", "en", [Entry("", "Ja.", target, True, "x.tsv")], Memory(), write=True)
    assert [unit.texts["en"] for unit in gathered(tmp_path, ("de", "en"))] == ["Yes.", "Yeah."]


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5, unique_by=lambda row: fold(row[0])))
def test_exported_and_imported_again_texts_are_the_same(rows: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        units = [exchange.Aligned("", dict(zip(("de", "en", "ru"), row, strict=True))) for row in rows]
        (folder / "x.tmx").write_bytes("".join(exchange.tmx(units, ("de", "en", "ru"), "1")).encode())
        for column, language in enumerate(("en", "ru"), 1):
            wanted = [(row[0], row[column]) for row in rows]
            read = entries_of(folder / "x.tmx", "de", language)
            assert [(one.source, one.target) for one in read] == wanted
            path = folder / "house" / language / "memory" / "x.po"
            bring(path, "de", language, entries_of(folder / "x.tmx", "de", language), Memory(), write=True)
            again = Memory.open(folder / "house", "de", language)
            assert sorted((one.source, one.target) for one in again) == sorted(wanted)
        assert len(list(gathered(folder / "house", ("de", "en", "ru")))) == len(rows)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_tables_keep_texts_but_for_their_blanks(rows: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "x.tsv"
        units = [exchange.Aligned("", dict(zip(("de", "ru"), row, strict=True))) for row in rows]
        path.write_bytes("".join(exchange.tsv(units, ("de", "ru"))).encode())
        read = [(one.source, one.target) for one in entries_of(path, "de", "ru")]
        assert read == [tuple(" ".join(text.split()) for text in row) for row in rows]


def test_characters_that_xml_forbids_are_replaced() -> None:
    written = "".join(exchange.tmx([exchange.Aligned("a\x01b", {"de": "a\x0bb\r"})], ("de",), "1"))
    assert "a\ufffdb&#13;" in written and 'tuid="a\ufffdb"' in written


# find


def test_find_shows_the_same_similar_and_containing_sentences(tmp_path: Path) -> None:
    house(
        tmp_path,
        ("Tokajew sprach in Astana.", "Tokayev spoke in Astana."),
        ("Putin sprach in Astana.", "Putin spoke in Astana."),
        ("Gestern: Tokajew sprach in Astana. Heute schwieg er und fuhr ab.", "Yesterday …"),
    )
    done = run_program("memory", "find", "Tokajew sprach in Astana.", "--to", "en", folder=tmp_path)
    assert done.output.splitlines() == [
        "the same  translations/en/lage.po",
        "    Tokajew sprach in Astana.",
        "    en: Tokayev spoke in Astana.",
        "0.75  translations/en/lage.po",
        "    [Putin → Tokajew] sprach in Astana.",
        "    en: Putin spoke in Astana.",
        "contains it  translations/en/lage.po",
        "    Gestern: Tokajew sprach in Astana. Heute schwieg er und fuhr ab.",
        "    en: Yesterday …",
    ]


def test_find_as_json_says_where_the_sentences_differ(tmp_path: Path) -> None:
    house(tmp_path, ("Putin sprach in Astana.", "Putin spoke in Astana."), reviewed=False)
    asked = "Tokajew sprach in Astana."
    done = run_program("memory", "find", asked, "--to", "en", "--format", "json", folder=tmp_path)
    record = json.loads(done.output)
    assert (record["schema"], record["text"]) == ("tolmach.memory/1", asked)
    (result,) = record["results"]
    (match,) = result["fuzzy"]
    assert (result["language"], result["exact"], match["reviewed"], match["score"]) == ("en", None, False, 0.75)
    (difference,) = match["differences"]
    for side, text in (("asked", asked), ("found", match["source"])):
        stretch = difference[side]
        assert text[stretch["start"] : stretch["end"]] == stretch["text"]


def test_find_says_when_there_is_nothing(tmp_path: Path) -> None:
    done = run_program("memory", "find", "Ja.", folder=tmp_path)
    assert (done.code, done.output) == (0, "nothing like it in the memory\n")


def test_find_searches_large_files_by_their_index(tmp_path: Path) -> None:
    filler = "<!--" + "x" * LARGE + "-->"
    (tmp_path / "large.tmx").write_text(
        f'<tmx><header srclang="de"/><body>{filler}<tu><tuv xml:lang="de"><seg>Ja, morgen.</seg></tuv>'
        '<tuv xml:lang="en"><seg>Yes, tomorrow.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    options = ("--to", "en", "--memory", "large.tmx")
    done = run_program("memory", "find", "Ja, morgen.", *options, folder=tmp_path)
    assert done.output == "the same  large.tmx\n    Ja, morgen.\n    en: Yes, tomorrow.\n"
    assert "indexing large.tmx" in done.errors
    done = run_program("memory", "find", "morg", *options, folder=tmp_path)
    assert (done.output.splitlines()[0], done.errors) == ("contains it  large.tmx", "")
    (tmp_path / "a.txt").write_text("Ja, morgen.\n", encoding="utf-8")
    done = run_program("translate", "a.txt", "--engine", "memory", *options, "--glossary", "none", folder=tmp_path)
    assert done.output == "translations/en/a.po: 1 from memory, 0 drafted\n"
