"""Lists as colleagues keep them come in, what cannot be read is named, and what comes twice is no news."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support import run_program
from test_glossary_exchange import ROOT
from tolmach.errors import TolmachError
from tolmach.glossary import formats, incoming
from tolmach.glossary.formats import Found, xlsx
from tolmach.glossary.load import load

HEADING = ("Deutsch", "Englisch", "Russisch", "Anmerkung")
ROW = ("Wehr", "weir", "водослив", "Wasserbau")


def read(name: str, content: bytes | str, encoding: str = "") -> Found:
    whole = content.encode() if isinstance(content, str) else content
    return formats.read(formats.load(name), formats.Incoming(whole, "list", (), encoding))


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blatt {number + 1}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(found: Found) -> list[dict[str, str]]:
    return [
        {
            code: "; ".join(f"{one.form} {one.status.value}" for one in entries)
            for code, entries in concept.designations.items()
        }
        for concept in found.concepts
    ]


def told(found: Found) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in found.left_out]


WEIR = {"de": "Wehr preferred", "en": "weir preferred", "ru": "водослив preferred"}


@pytest.mark.parametrize(
    "heading",
    [
        "Deutsch;Englisch;Russisch;Anmerkung",
        "de;en;ru;Notiz",
        "DE;EN;RU;Kommentar",
        "de-DE;en-US;ru-RU;Note",
        "Deutsche Form;Englische Form;Russische Form;Bemerkungen",
        "German;English;Russian;Comment",
        "немецкий;английский;русский;Примечание",
        "Нем.;Англ.;Рус.;Комментарий",
        "Term (DE);Term (EN);Term (RU);Hinweis (intern)",
    ],
)
def test_headings_are_known_by_many_names(heading: str) -> None:
    found = read("csv", f"{heading}\n{';'.join(ROW)}\n")
    assert (shown(found), found.concepts[0].note, told(found)) == ([WEIR], "Wasserbau", [])


@pytest.mark.parametrize(
    "heading",
    ["Wort;Seite;Zahl", "Deutsch;Seite;Zahl", "Deutsch;German;Zahl", "Deutsch-Russisch;Englisch-Deutsch;a", "so;in;an"],
)
def test_other_headings_are_none(heading: str) -> None:
    with pytest.raises(TolmachError, match="headings") as caught:
        read("csv", f"{heading}\nWehr;weir;водослив\n")
    assert caught.value.hint


def test_without_a_heading_the_user_names_the_languages() -> None:
    source = formats.Incoming(b"Wehr;weir;dam\nAue;meadow;\n", "list", ("de", "en"))
    found = formats.read(formats.load("csv"), source)
    assert shown(found) == [
        {"de": "Wehr preferred", "en": "weir preferred"},
        {"de": "Aue preferred", "en": "meadow preferred"},
    ]
    assert told(found) == [(1, "the column 3 is not read")]
    # A heading is believed.
    source = formats.Incoming(b"English;Deutsch\nweir;Wehr\n", "list", ("de", "en"))
    assert shown(formats.read(formats.load("csv"), source)) == [{"en": "weir preferred", "de": "Wehr preferred"}]


@pytest.mark.parametrize(
    ("cells", "forms", "note"),
    [
        (("Kiew; Kyjiw", "Kyiv"), {"de": "Kiew preferred; Kyjiw admitted", "en": "Kyiv preferred"}, ""),
        (("Kiew / Kyjiw", "Kyiv\nKiev"),
         {"de": "Kiew preferred; Kyjiw admitted", "en": "Kyiv preferred; Kiev admitted"}, ""),
        (("Nur-Sultan (veraltet)\nAstana", "Astana"),
         {"de": "Nur-Sultan deprecated; Astana preferred", "en": "Astana preferred"}, ""),
        (("Kiew (bis 1991)", "Kyiv"), {"de": "Kiew preferred", "en": "Kyiv preferred"}, "Kiew: bis 1991"),
        (("Vereinte Nationen (UN)", "UN (United Nations)"),
         {"de": "Vereinte Nationen preferred; UN preferred", "en": "UN preferred; United Nations preferred"}, ""),
        # A stroke within a word and a comma within a name set nothing apart.
        (("km/h", "kph"), {"de": "km/h preferred", "en": "kph preferred"}, ""),
        (("Tokajew, Kassym-Schomart", "Tokayev"),
         {"de": "Tokajew, Kassym-Schomart preferred", "en": "Tokayev preferred"}, ""),
        (("Wehr; Wehr", "weir"), {"de": "Wehr preferred", "en": "weir preferred"}, ""),
        (("Wehr", "weir; —"), {"de": "Wehr preferred", "en": "weir preferred"}, ""),
    ],
)  # fmt: skip
def test_a_cell_may_have_several_spellings_and_remarks(cells: Sequence[str], forms: dict[str, str], note: str) -> None:
    found = read("xlsx", workbook([("Deutsch", "Englisch"), cells]))
    assert (shown(found), found.concepts[0].note, told(found)) == ([forms], note, [])


def test_remarks_may_be_grammar() -> None:
    found = read(
        "xlsx",
        workbook([("Deutsch", "Russisch"), ("Wehr (n.)", "водослив (м.)"), ("Truppen (pl.)", "войска (мн. ч.)")]),
    )
    said = [
        (one.form, one.gender, one.number) for concept in found.concepts for (one,) in concept.designations.values()
    ]
    assert said == [("Wehr", "n", ""), ("водослив", "m", ""), ("Truppen", "", "pl"), ("войска", "", "pl")]


def test_a_column_may_say_the_kind() -> None:
    rows = [("Art", "de", "ru"), ("Ort", "Minsk", "Минск"), ("Fluss", "Wolga", "Волга"), (None, "Wehr", "водослив")]
    found = read("xlsx", workbook(rows))
    assert [(one.kind, one.note) for one in found.concepts] == [("place", ""), ("term", "Fluss"), ("term", "")]
    assert len(found.unkinded) == 2


def test_what_cannot_be_read_is_named_with_its_row() -> None:
    rows = [
        ("Glossar 2022",),
        ("Stand: Mai",),
        (*HEADING, "Abteilung"),
        ("Personen",),
        (*ROW, "Bau"),
        (),
        ("%", "!", "§"),
        ("Wehr", ""),
    ]
    found = read("xlsx", workbook(rows))
    assert shown(found) == [WEIR]
    assert told(found) == [
        (3, "the column Abteilung is not read"),
        (4, "forms in fewer than two languages: Personen"),
        (7, "bad value for form: letters expected, all on one line"),
        (8, "forms in fewer than two languages: Wehr"),
    ]


def test_every_sheet_is_read_and_one_without_heading_is_named() -> None:
    found = read("xlsx", workbook([HEADING, ROW], [("Quellen",), ("Duden",)], [("de", "ru"), ("Aue", "пойма")], []))
    assert shown(found) == [WEIR, {"de": "Aue preferred", "ru": "пойма preferred"}]
    assert told(found) == [(None, "the sheet Blatt 2 has no heading and is not read")]


def test_numbers_days_and_formulas_are_read_as_people_see_them() -> None:
    rows = [
        HEADING,
        ("Agenda 2030", 2030.0, "2030", date(2022, 5, 1)),
        ("x1", 1.5, "y", datetime(2022, 5, 1, 8, 30)),
        ("=1+1", "weir", "a", "b"),
    ]
    found = read("xlsx", workbook(rows))
    assert [(one.designations["en"][0].form, one.note) for one in found.concepts] == [
        ("2030", "2022-05-01"),
        ("1.5", "2022-05-01 08:30:00"),
        ("weir", "b"),
    ]
    # A formula that no program has reckoned yet has no value.
    assert "de" not in found.concepts[2].designations


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "Deutsch;Englisch\nKöln;Cologne\nStraße nach „Łódź\u201d;road\n".replace("Łódź", "Lodz")),
        ("windows-1251", "Русский;Английский\nМосква;Moscow\nКиев;Kyiv\n"),
        ("utf-8-sig", 'Deutsch;Russisch\n"Wehr; Stauwehr";"в ""кавычках"""\n'),
        ("utf-16", "Deutsch\tRussisch\nKöln\tКёльн\n"),
    ],
)
def test_lists_are_read_in_the_encodings_of_spreadsheets(encoding: str, text: str) -> None:
    found = read("csv", text.encode(encoding), encoding if encoding.startswith("windows") else "")
    assert len(found.concepts) == text.count("\n") - 1 and not found.left_out


@pytest.mark.parametrize(
    ("name", "content", "line", "why"),
    [
        ("deepl", "Wehr,водослив\nAue,\n", 2, "one language only: Aue"),
        ("omegat", "Wehr\tводослив\nAue\n", 2, "one language only: Aue"),
        ("po", 'msgid "Wehr"\nmsgstr "водослив"\n\n#, fuzzy\nmsgid "Aue"\nmsgstr "пойма"\n', 4, "fuzzy: Aue"),
        ("po", 'msgid "Wehr"\nmsgstr "водослив"\n\nmsgid "Aue"\nmsgstr ""\n', 4, "one language only: Aue"),
        ("google", "de,ru\nWehr,водослив\n%,!\n", 3, "letters expected"),
        ("google", "de,ru\nWehr,водослив\nAue,\n", 3, "one language only: Aue"),
        ("google", "de,ru,description\nWehr,водослив,\n,пойма,meadow\n", 3, "one language only: пойма"),
        ("google", "de-DE,de-AT,ru\nWehr,Wehr,водослив\nAue,Au,\n", 3, "one language only: Aue"),
    ],
)
def test_pairs_that_are_none_are_named(name: str, content: str, line: int, why: str) -> None:
    found = formats.read(formats.load(name), formats.Incoming(content.encode(), "list", ("de", "ru")))
    ((where, message),) = told(found)
    assert len(found.concepts) == 1 and why in message and where is not None and abs(where - line) < 2


def test_a_cell_of_a_megabyte_is_no_term() -> None:
    found = read("csv", f"de;ru\n{'W' * 1_000_000};водослив\nWehr;водослив\n{'W' * 1000};я\n")
    assert told(found) == [(2, "a form of 1000000 characters is no term")] and len(found.concepts) == 2


def test_a_cell_far_to_the_right_does_not_widen_the_others() -> None:
    rows = [("de", "ru"), ("Wehr", "водослив"), (*[None] * 16_000, "x")]
    form = formats.Incoming(workbook(rows), "list")
    assert max(len(row.cells) for _title, sheet in xlsx._sheets(form) for row in sheet) <= 256
    assert shown(formats.read(formats.load("xlsx"), form)) == [{"de": "Wehr preferred", "ru": "водослив preferred"}]


@pytest.mark.filterwarnings("error")
def test_a_workbook_without_styles_is_read_without_a_warning() -> None:
    # As Gnumeric writes it.
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEADING, ROW]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, re.sub(rb"<cellStyle(Xf)?s .*</cellStyle(Xf)?s>", b"", part) if "styles" in name else part
            )
    assert shown(read("xlsx", out.getvalue())) == [WEIR]


def test_a_term_in_no_language_does_not_keep_the_others_out() -> None:
    entry = '<termEntry><langSet xml:lang="{}"><tig><term>Wehr</term></tig></langSet></termEntry>'
    found = read("tbx", f"<martif><text><body>{entry.format('de')}\n{entry.format('x-none')}</body></text></martif>")
    assert [one.id for one in found.concepts] == ["wehr"]
    assert told(found) == [(2, "the concept has no designation in any language")]


def test_a_key_of_the_table_is_no_language() -> None:
    """A heading that stands again among the rows, in whatever column."""
    found = read("csv", "id,language,form\nwehr,de,Wehr\nid,note,form\nx,definition,Damm\n")
    assert [one.id for one in found.concepts] == ["wehr"]
    assert told(found) == [(3, "'note' is no language code"), (4, "'definition' is no language code")]


# What comes again is no news


@pytest.mark.parametrize(
    ("name", "glossary"),
    # A workbook is the same table as TSV, and takes ten times as long.
    [
        *((name, str(ROOT / "glossary")) for name in formats.names()),
        *((name, "starter") for name in formats.names() if name != "xlsx"),
    ],
)
def test_our_own_export_brings_nothing_new(name: str, glossary: str) -> None:
    loaded = load(glossary)
    form = formats.load(name)
    languages = ("de", "ru") if form.languages else ("de", "en", "ru")
    content = form.write(list(loaded.concepts.values()), languages).content
    found = formats.read(form, formats.Incoming(content, "list", languages if form.languages else ()))
    plan = incoming.plan(found, loaded.everything.concepts, ())
    assert (plan.added, plan.changed, plan.waiting, plan.conflicts, found.left_out) == ([], [], [], [], ())
    assert plan.same


def test_the_same_row_twice_is_one_concept() -> None:
    found = read("csv", "de;ru\nWehr;водослив\nWehr;плотина\nWehr;водослив\n")
    plan = incoming.plan(found, {}, ())
    assert [one.id for one in plan.added] == ["wehr", "wehr-2"]


def test_a_column_that_is_missing_takes_nothing_from_what_the_house_knows() -> None:
    home = load(ROOT / "glossary").everything.concepts
    content = "id,language,form,status\ntokayev,de,Tokajew,preferred\ntokayev,de,Toqajew,deprecated\n"
    plan = incoming.plan(read("csv", content), home, ())
    assert (plan.added, plan.waiting, plan.conflicts, plan.same) == ([], [], [], 1)
    # What the file says clearly is a conflict all the same.
    plan = incoming.plan(read("csv", content.replace("deprecated", "forbidden")), home, ())
    assert [one.about for one in plan.conflicts] == ["de Qassym-Schomart Toqajew status"]


def test_a_region_that_goes_without_saying_does_not_hide_a_second_preferred_form(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(
        '[[concept]]\nid = "weir"\nkind = "term"\n\n[[concept.de]]\nform = "Wehr"\nstatus = "preferred"\n\n'
        '[[concept.ru]]\nform = "водослив"\nstatus = "preferred"\n',
        encoding="utf-8",
    )
    (tmp_path / "list.csv").write_text("de-DE,ru-RU\nWehranlage,водослив\n", encoding="utf-8")
    done = run_program("glossary", "import", "list.csv", "--glossary", "house.toml", folder=tmp_path)
    assert done.code == 1 and "two preferred forms in de: Wehr and Wehranlage" in done.errors


# Many rows


@pytest.fixture
def quarrel(tmp_path: Path) -> Path:
    rows = "".join(f"Wort{number}burg;слово{number}\n" for number in range(60))
    (tmp_path / "list.csv").write_text(f"Deutsch;Russisch\n{rows}", encoding="utf-8")
    assert (
        run_program(
            "glossary", "import", "list.csv", "--glossary", "none", "--into", "a.toml", "--decided", folder=tmp_path
        ).code
        == 0
    )
    (tmp_path / "list.csv").write_text(f"Deutsch;Russisch\n{rows.replace('burg', 'dorf')}Aue;пойма\n", encoding="utf-8")
    return tmp_path


def test_many_conflicts_are_capped_and_the_report_has_them_all(quarrel: Path) -> None:
    command = ("glossary", "import", "list.csv", "--glossary", "a.toml", "--report", "report.json")
    done = run_program(*command, folder=quarrel)
    lines = done.errors.splitlines()
    assert done.code == 1 and done.output == "+ aue (term): de Aue, ru пойма\n"
    assert [line.split(":")[2] for line in lines[:20]] == [str(number) for number in range(2, 22)]
    assert lines[20].startswith("hint: ") and "40 more are not shown: --report" in lines[21]
    assert lines[22] == "1 new; 60 in conflict" and len(lines) == 24
    found = json.loads((quarrel / "report.json").read_text(encoding="utf-8"))
    assert len(found["conflicts"]) == 60 and found["problems"] == []
    assert found["added"][0]["de"] == [{"form": "Aue", "status": "preferred"}]
    assert found["conflicts"][0]["ours"] == {"path": "a.toml", "line": 1, "value": ""}


def test_the_report_names_what_was_not_read(quarrel: Path) -> None:
    (quarrel / "list.csv").write_text("Deutsch;Russisch\nWehr;\nAue;пойма\n", encoding="utf-8")
    done = run_program(
        "glossary", "import", "list.csv", "--glossary", "a.toml", "--report", "report.json", folder=quarrel
    )
    assert done.code == 0 and "note: 1 place could not be read:\nlist.csv:2: forms in fewer" in done.errors
    assert "1 new; 1 not read" in done.errors
    found = json.loads((quarrel / "report.json").read_text(encoding="utf-8"))
    assert found["left_out"] == [{"path": "list.csv", "line": 2, "message": "forms in fewer than two languages: Wehr"}]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with a glossary folder beside the starter, and a list that touches both."""
    assert run_program("init", "--languages", "de,en,ru", folder=tmp_path).code == 0
    rows = ("Deutsch;Russisch;Anmerkung", "Kyjiw;Киев;Hauptstadt", "Wehr;водослив;", "Tokajew;Токаев;")
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_a_preview_counts_as_the_import_does(house: Path) -> None:
    seen = run_program("glossary", "import", "list.csv", folder=house)
    done = run_program("glossary", "import", "list.csv", "--into", "glossary/list.toml", folder=house)
    assert seen.output == done.output == "+ wehr (term): de Wehr, ru водослив\n"
    assert "1 new; 1 known" in seen.errors and "1 new; 1 known" in done.errors


def test_an_import_says_how_to_go_on(house: Path) -> None:
    arguments = ("glossary", "import", "list.csv", "--into", "glossary/list.toml")
    assert "next: tolmach glossary review glossary/list.toml\n" in run_program(*arguments, folder=house).errors
    assert "next:" not in run_program(*arguments, folder=house).errors  # nothing new
    (house / "glossary/list.toml").unlink()
    assert "next:" not in run_program(*arguments, "--decided", folder=house).errors


def test_what_contradicts_the_starter_is_to_be_decided_in_the_house(house: Path) -> None:
    (house / "list.csv").write_text("Deutsch;Russisch\nToqajew (nicht verwenden);Токаев\n", encoding="utf-8")
    done = run_program("glossary", "import", "list.csv", folder=house)
    assert done.code == 1 and "in starter/persons.toml" in done.errors
    assert "hint: the concept is left out: your glossary wins over the starter; decide there" in done.errors
