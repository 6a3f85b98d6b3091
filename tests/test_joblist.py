"""Names found in texts meet the decisions of a glossary: which concept it is, and the list of names of a job."""

from __future__ import annotations

import io
import sys
import zipfile
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from support import run_program
from tolmach.cli.joblist import as_tsv, as_xlsx, cells, heading
from tolmach.glossary.find import Finder
from tolmach.glossary.joblist import Row
from tolmach.glossary.join import concept_of, concepts_of
from tolmach.glossary.load import load
from tolmach.glossary.suggestion import suggest

ROOT = Path(__file__).resolve().parent.parent


@cache
def house() -> Finder:
    return Finder(load([ROOT / "glossary"]))


def de(*forms: str) -> list[tuple[str, str]]:
    return [("de", form) for form in forms]


@pytest.mark.parametrize(
    ("forms", "identity"),
    [
        (de("Tokajew"), "tokayev"),
        (de("Kassym-Schomart Tokajew", "Tokajew"), "tokayev"),
        (de("Qasym-Jomart Tokajew", "Tokajew"), "tokayev"),  # a spelling of the given name that no entry has
        (de("K. Tokajew", "Tokajew"), "tokayev"),
        (de("Toqajew", "Tokajeff"), "tokayev"),  # a deprecated spelling and an unknown one
        (de("TOKAJEW"), "tokayev"),
        ([("ru", "Касым-Жомарта Токаева")], "tokayev"),  # a base form that was not found: both names are declined
        (de("ODKB", "ODBK"), "odkb"),
        (de("Nur-Sultan", "Astana"), "nur-sultan"),
        (de("Maximow"), "massimov"),
        ([("en", "Moldavia")], "moldova"),  # a homograph; there is no sentence that could tell
        ([("ru", "Касым-Жомарт Кемелевич Токаев")], "tokayev"),
        ([("ru", "Организация Договора о коллективной безопасности"), ("ru", "ОДКБ")], "odkb"),
        ([("", "Токаев")], "tokayev"),
        ([("", "Tokayev"), ("", "Tokajew"), ("", "Токаев")], "tokayev"),
    ],
)
def test_spellings_lead_to_their_concept(forms: list[tuple[str, str]], identity: str) -> None:
    for order in permutations(forms):
        found = concept_of(order, house())
        assert found is not None
        assert found.id == identity


@pytest.mark.parametrize(
    "forms",
    [
        [],
        de(""),
        de(" "),
        de("Merkel"),
        de("tokajew"),
        de("Tokajews"),  # not the base form
        de("Tokajew-Regierung"),
        de("Präsident Tokajew"),
        de("Anna Tokajew", "Tokajew"),
        de("Wladimir Maximow", "Maximow"),
        de("Wladimir Maximow"),
        de("ODKB-Staaten"),
        de("Token"),
        [("en", "Tokajewka")],
        [("ru", "Токаева")],  # a woman, though the genitive of the man is written so, too
        [("xx", "Tokajew")],
        [("", "\x1b[31mTokajew")],
    ],
)
def test_other_spellings_lead_nowhere(forms: list[tuple[str, str]]) -> None:
    assert concepts_of(forms, house()) == ()
    assert concept_of(forms, house()) is None


def test_spellings_of_two_concepts_are_ambiguous() -> None:
    forms = de("Minsk", "Tokajew")
    assert concept_of(forms, house()) is None
    assert [concept.id for concept in concepts_of(forms, house())] == ["tokayev", "minsk"]
    assert [concept.id for concept in concepts_of(forms, house(), "place")] == ["minsk"]


def test_a_full_name_tells_namesakes_apart(tmp_path: Path) -> None:
    """Nicolae and Elena Ceaușescu, Heydar and İlham Əliyev: the family name alone is both, a full name is one."""
    entries = (("heydar", "Heydär"), ("ilham", "Ilham"))
    (tmp_path / "family.toml").write_text(
        "\n".join(
            f'[[concept]]\nid = "{identity}"\nkind = "person"\noriginal = {{ ru = "Алиев" }}\n'
            f'[[concept.de]]\nform = "Alijew"\ngiven = "{given}"\nstatus = "preferred"\n'
            for identity, given in entries
        ),
        encoding="utf-8",
    )
    family = Finder(load([tmp_path]))
    assert len(concepts_of(de("Alijew"), family)) == 2
    assert concept_of(de("Alijew"), family) is None
    for identity, given in entries:
        found = concept_of(de("Alijew", f"{given} Alijew"), family)
        assert found is not None
        assert found.id == identity


@pytest.mark.parametrize(
    ("name", "source", "target", "kind", "form"),
    [
        ("Касым-Жомарт Токаев", "ru", "de", "person", "Kassym-Schomart Tokajew"),
        ("Тоқаев", "ru", "de", "person", "Toqajew"),
        ("Эмманюэль Макрон", "ru", "de", "person", "Emmanuel Macron"),
        ("Кишинёв", "ru", "en", "place", "Chișinău"),
        ("Еврокомиссия", "ru", "de", "organisation", "EU-Kommission"),
        ("Антониу Гутерриш", "ru", "en", "person", "António Guterres"),
        ("Antony Blinken", "de", "ru", "person", "Энтони Блинкен"),
        ("Tokajew", "de", "ru", "person", "Токаев"),
        ("Breslau", "de", "en", "place", "Wrocław"),
        ("Petr Fiala", "de", "en", "person", "Petr Fiala"),  # not by way of Пётр
        ("Robert Habeck", "de", "en", "person", "Robert Habeck"),
        ("Andrew Morgan", "de", "en", "person", "Andrew Morgan"),  # not by way of Андрев
        ("Gazprom", "de", "en", "organisation", "Gazprom"),
        # the family name of a woman is no genitive of that of a man
        ("Rybakina", "de", "ru", "person", "Рыбакина"),
        ("Frolowa", "de", "en", "person", "Frolova"),
        ("Elina Svitolina", "de", "ru", "person", "Элина Свитолина"),
        ("Фролова", "ru", "de", "person", "Frolowa"),
        ("Новак Джокович", "ru", "de", "person", "Novak Đoković"),
        # nothing is better than a transcription where people translate
        ("Центральная сигнальная комиссия", "ru", "de", "organisation", ""),
        ("Zentrale Signalkommission", "de", "en", "organisation", ""),
        ("Robert Habeck", "de", "ru", "person", ""),
        ("Andrew Morgan", "de", "ru", "person", ""),
        ("Qwertz", "de", "ru", "other", ""),
        ("Anti-Terror-Operation", "de", "ru", "term", ""),
    ],
)
def test_a_form_is_proposed_or_left_open(name: str, source: str, target: str, kind: str, form: str) -> None:
    found = suggest(name, source, target, kind)
    assert found.form == form
    assert (found.probability > 0) == bool(form)
    assert form or found.note


def test_an_original_is_told_in_the_own_language_too() -> None:
    assert dict(suggest("Christine Lagarde", "de", "ru", "person").original) == {
        "ru": "Кристин Лагард",
        "fr": "Christine Lagarde",
    }
    assert dict(suggest("Rybakina", "de", "en", "person").original) == {"ru": "Рыбакина"}


def test_an_acronym_of_another_language_is_a_guess() -> None:
    acronym, name = suggest("EMRK", "de", "en", "organisation"), suggest("Robert Habeck", "de", "en", "person")
    assert acronym.probability < name.probability
    assert acronym.note != name.note


def test_the_style_of_the_house_counts() -> None:
    forms = {style: suggest("Иван Уссурийский", "ru", "de", "person", style).form for style in ("duden", "wikipedia")}
    assert forms["duden"] != forms["wikipedia"]
    found = suggest("Иван Уссурийский", "ru", "de", "person", "duden")
    assert found.system == "ru-de-duden"
    assert any("ru-de-wikipedia" in other for other in found.alternatives)


TEXTS = {
    "a.txt": "Президент Касым-Жомарт Токаев прилетел в Нур-Султан. По словам Токаева, он встретил Эмманюэля Макрона.\n"
    "Организация Договора о коллективной безопасности (ОДКБ) ждёт его в Минске.\n",
    "b.txt": "В Минске Центральная избирательная комиссия встретилась с Касым-Жомартом Токаевым.\n",
}


@pytest.fixture
def job(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    return tmp_path


def table(folder: Path, *arguments: str) -> dict[str, dict[str, str]]:
    done = run_program("variants", "texts", "--format", "tsv", *arguments, folder=folder)
    assert done.code == 0, done.errors
    head, *lines = (line.split("\t") for line in done.output.splitlines())
    head = ["source", "target", *head[2:]]
    return {line[0]: dict(zip(head, line, strict=True)) for line in lines}


GLOSSARY = str(ROOT / "glossary")
NAMES_TSV = ("--output", "names.tsv", "--glossary", GLOSSARY)
NAMES_XLSX = ("--output", "names.xlsx", "--glossary", "none")


def test_the_list_has_every_name_the_most_frequent_first(job: Path) -> None:
    rows = table(job, "--lang", "ru", "--to", "de", "--glossary", GLOSSARY)
    assert next(iter(rows)) == "Касым-Жомарт Токаев"
    president = rows["Касым-Жомарт Токаев"]
    assert (president["target"], president["status"]) == ("Kassym-Schomart Tokajew", "decided")
    assert (president["count"], president["texts"], president["variants"]) == ("3", "2", "Токаев")
    assert president["genitive"] == "Kassym-Schomart Tokajews"
    assert president["system"] == "ru-de-duden"
    assert rows["Эмманюэль Макрон"]["status"] == "proposed"
    counts = [int(row["count"]) for row in rows.values() if row["kind"] == "place"]
    assert counts == sorted(counts, reverse=True)


def test_names_answer_in_their_length_and_time(job: Path) -> None:
    """An acronym answers an acronym, a long form a long form; texts of 2021 fly to Nur-Sultan, not to Astana."""
    rows = table(job, "--lang", "ru", "--to", "de", "--glossary", GLOSSARY)
    assert rows["ОДКБ"]["target"] == "ODKB"
    long = rows["Организация Договора о коллективной безопасности"]
    assert long["target"] == "Organisation des Vertrags über kollektive Sicherheit"
    assert rows["Нур-Султан"]["target"] == "Nur-Sultan"


def test_without_a_glossary_all_is_proposed(job: Path) -> None:
    rows = table(job, "--lang", "ru", "--to", "en", "--glossary", "none")
    assert {row["status"] for row in rows.values()} <= {"proposed", "open"}
    assert rows["Касым-Жомарт Токаев"]["target"] == "Kassym-Jomart Tokayev"
    assert all(row["genitive"] == "" for row in rows.values())


def test_terms_are_a_list_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(
        "Die nukleare Abrüstung stockt, von nuklearer Abrüstung schweigt er. Der Delfin taucht, ein Delphin springt.\n",
        encoding="utf-8",
    )
    (tmp_path / "terms.toml").write_text(
        '[[concept]]\nid = "disarmament"\nkind = "term"\n'
        '[[concept.de]]\nform = "nukleare Abrüstung"\nstatus = "preferred"\n'
        '[[concept.ru]]\nform = "ядерное разоружение"\nstatus = "preferred"\n',
        encoding="utf-8",
    )
    rows = table(tmp_path, "--lang", "de", "--to", "ru", "--glossary", "terms.toml", "--kind", "term")
    assert rows["Delfin"]["status"] == "open"
    assert rows["Delfin"]["variants"] == "Delphin"
    term = rows["nukleare Abrüstung"]
    assert (term["target"], term["genitive"], term["status"]) == (
        "ядерное разоружение",
        "ядерного разоружения",
        "decided",
    )


def test_a_russian_target_comes_with_its_genitive(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Nikol Paschinjan flog nach Minsk.\n", encoding="utf-8")
    rows = table(tmp_path, "--lang", "de", "--to", "ru", "--glossary", GLOSSARY)
    assert rows["Nikol Paschinjan"]["genitive"] == "Никола Пашиняна"
    assert rows["Minsk"]["genitive"] == "Минска"


def test_a_german_genitive_knows_the_heads_of_names(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(
        "The European Court of Human Rights (ECHR) met the European Bank for Reconstruction and Development (EBRD).\n",
        encoding="utf-8",
    )
    rows = table(tmp_path, "--lang", "en", "--to", "de", "--glossary", "starter")
    court, bank = "European Court of Human Rights", "European Bank for Reconstruction and Development"
    assert rows[court]["genitive"] == "Europäischen Gerichtshofs für Menschenrechte"
    assert rows[bank]["genitive"] == "Europäischen Bank für Wiederaufbau und Entwicklung"


def test_a_family_name_that_many_bear_is_marked(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(
        "In Washington sprach Präsident Bush. In London sprach Gordon Brown mit Angela Merkel.\n", encoding="utf-8"
    )
    rows = table(tmp_path, "--lang", "de", "--to", "ru", "--glossary", "starter")
    assert "others bear this family name, too" in rows["Bush"]["note"]
    assert "others bear" not in rows["Gordon Brown"]["note"] + rows["Angela Merkel"]["note"]


def test_what_has_foreign_letters_is_not_taken_for_a_target(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Компания Siemens Energy строит завод в Минске.\n", encoding="utf-8")
    rows = table(tmp_path, "--lang", "ru", "--to", "de", "--glossary", "none")
    assert rows["Минск"]["target"] == "Minsk"
    assert not [row["target"] for row in rows.values() if not row["target"].isascii()]


def test_the_target_is_the_other_configured_language(job: Path) -> None:
    assert run_program("variants", "texts", "--format", "tsv", "--glossary", "none", folder=job).output.startswith(
        "ru\tde\t"
    )
    (job / "tolmach.toml").write_text('languages = ["ru"]\n', encoding="utf-8")
    refused = run_program("variants", "texts", "--format", "tsv", "--glossary", "none", folder=job)
    assert refused.code == 2
    assert "--to" in refused.errors


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--to", "de"), "--format tsv"),
        (("--glossary", "starter"), "--format tsv"),
        (("--format", "xlsx"), "--output"),
        (("--format", "tsv", "--to", "Deutsch"), "--to"),
        (("--format", "tsv", "--glossary", "nowhere"), "nowhere"),
    ],
)
def test_options_that_do_not_fit_are_refused(job: Path, arguments: tuple[str, ...], hint: str) -> None:
    done = run_program("variants", "texts", *arguments, folder=job)
    assert done.code == 2
    assert hint in done.errors
    assert done.output == ""


def row(source: str, *, path: str = "texts/a.txt") -> Row:
    return Row(source, "x", "ru", "open", "other", 1, 1, "", (), "", (), (), 0.5, "", "", ((path, 1),))


HOSTILE = [
    '=HYPERLINK("http://a.example","a")',
    "+1",
    "-1",
    "@SUM(A1)",
    "a\tb",
    "a\nb",
    "\x1b[31m",
    "\x00",
    "\ud800",
    "<b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_stay_in_their_cell_as_text(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    _head, line = as_tsv([row(text, path=f"{text}.txt")], "ru", "de")
    assert len(line.split("\t")) == len(heading("ru", "de"))
    assert line.isprintable() or line.replace("\t", "").isprintable()
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([row(text)], "ru", "de"))).active
    assert sheet["A2"].value == cells(row(text))[0]
    assert sheet["A2"].data_type == "s"


def test_a_spreadsheet_can_be_made_again(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    rows = [row("Токаев"), row("=1+1")]
    first, second = (as_xlsx(rows, "ru", "de") for _time in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_spreadsheet_has_a_frozen_heading_a_filter_and_numbers(job: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    done = run_program("variants", "texts", "--format", "xlsx", "--to", "de", *NAMES_XLSX, folder=job)
    assert done.code == 0, done.errors
    sheet = openpyxl.load_workbook(job / "names.xlsx").active
    head, first, *_rest = sheet.values
    assert head == heading("ru", "de")
    assert first[0] == "Касым-Жомарт Токаев"
    assert first[5] == 3
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["A"].width > 20


def test_a_missing_package_is_named(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run_program("variants", "texts", "--format", "xlsx", "--to", "de", *NAMES_XLSX, folder=job)
    assert done.code == 2
    assert "tolmach[xlsx]" in done.errors
    assert not (job / "names.xlsx").exists()


def test_the_list_is_a_table_of_pairs(job: Path) -> None:
    """The first two columns are headed by the languages, so that the list itself can be checked."""
    done = run_program("variants", "texts", "--format", "tsv", "--to", "de", *NAMES_TSV, folder=job)
    assert (done.code, done.output) == (0, "")
    checked = run_program("check", "names.tsv", "--glossary", GLOSSARY, "--select", "term-missing", folder=job)
    assert checked.code == 0, checked.output
