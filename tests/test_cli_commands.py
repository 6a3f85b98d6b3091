"""The promises of lookup, glossary, init, segment and of every command's help."""

import io
import json
import sys
import tomllib
from pathlib import Path

import click
import pytest

from support import run_program
from tolmach import plugins
from tolmach.cli.main import COMMANDS, tolmach

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")


def every_command(command: click.Command, *names: str) -> list[tuple[tuple[str, ...], click.Command]]:
    below: list[tuple[tuple[str, ...], click.Command]] = [(names, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            below += every_command(found, *names, name)
    return below


@pytest.mark.parametrize("names", [names for names, _command in every_command(tolmach)], ids=" ".join)
def test_every_command_has_help_with_an_example(names: tuple[str, ...], tmp_path: Path) -> None:
    done = run_program(*names, "--help", folder=tmp_path)
    assert (done.code, done.errors) == (0, "")
    assert done.output.startswith("Usage: tolmach")
    (example,) = (line.strip() for line in done.output.splitlines() if line.strip().startswith("Example: "))
    words = example.removeprefix("Example: ").split()
    assert words[0] == "tolmach"
    assert names == tuple(words[1 : 1 + len(names)]) or not names


def test_the_program_and_its_groups_show_help_when_called_bare(tmp_path: Path) -> None:
    for names in ((), ("glossary",)):
        done = run_program(*names, folder=tmp_path)
        assert (done.code, done.output) == (2, "")
        assert "Commands:" in done.errors


def test_commands_are_found_by_their_files(tmp_path: Path) -> None:
    output = run_program("--help", folder=tmp_path).output
    for name in plugins.names(COMMANDS):
        assert f"\n  {name} " in output


def test_the_version_is_one_line(tmp_path: Path) -> None:
    done = run_program("--version", folder=tmp_path)
    assert done.code == 0
    assert done.output.startswith("tolmach ") and done.output.count("\n") == 1


# lookup


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Tokajew", "tokayev"),
        ("Toqajews", "tokayev"),
        ("Qassym-Schomart Toqajew", "tokayev"),
        ("Токаевым", "tokayev"),
        ("Касымом-Жомартом Токаевым", "tokayev"),
        ("Тоқаев", "tokayev"),
        ("Tokayev's", "tokayev"),
        ("Tokayev\u2019s", "tokayev"),
        ("tokajew", "tokayev"),
        ("TOKAJEW", "tokayev"),
        ("Kassym-Schomart", "tokayev"),
        ("CSTO", "odkb"),
        ("odkb", "odkb"),
        ("ODKB-Truppen", "odkb"),
        ("Weißrusslandreise", "belarus"),
        ("Белоруссии", "belarus"),
    ],
)
def test_any_form_leads_to_its_card(text: str, concept: str, tmp_path: Path) -> None:
    done = run_program("lookup", text, "--glossary", HOUSE, "--format", "json", folder=tmp_path)
    assert (done.code, done.errors) == (0, "")
    record = json.loads(done.output)
    assert (record["schema"], record["text"], record["sentences"]) == ("tolmach.lookup/1", text, [])
    assert [card["id"] for card in record["concepts"]] == [concept]


@pytest.mark.parametrize(
    "text", ["Tokajewa", "Tokajewskaja", "Weißrusse", "Minsk", "weißrussisch", "Odkbe", "ajew", "[", "%s{0}"]
)
def test_other_words_lead_nowhere(text: str, tmp_path: Path) -> None:
    done = run_program("lookup", text, "--glossary", HOUSE, folder=tmp_path)
    assert done.code == 0
    assert done.output.startswith(f"{text}: in no concept of the glossary\n")
    empty = run_program("lookup", text, "--glossary", HOUSE, "--format", "json", folder=tmp_path)
    assert json.loads(empty.output)["concepts"] == []


def test_a_slip_is_answered_with_similar_forms(tmp_path: Path) -> None:
    output = run_program("lookup", "Tokajef", "--glossary", HOUSE, folder=tmp_path).output
    assert output.splitlines()[1].startswith("similar: Tokajew")
    assert run_program("lookup", "Zentralbank", "--glossary", HOUSE, folder=tmp_path).output.count("\n") == 1


def test_the_card_for_people_has_everything(tmp_path: Path) -> None:
    lines = run_program("lookup", "Tokajew", "--glossary", HOUSE, folder=tmp_path).output.splitlines()
    assert lines[0] == "tokayev (person): President of Kazakhstan since 2019"
    assert "  original: Касым-Жомарт Токаев (ru), Қасым-Жомарт Тоқаев (kk)" in lines
    assert "    Qassym-Schomart Toqajew: deprecated, kk-de, from the Kazakh spelling" in lines
    assert "      nom. Kassym-Schomart Tokajew · gen. Kassym-Schomart Tokajews" in lines
    assert any("dat. Касым-Жомарту Токаеву" in line and "instr. Касым-Жомартом Токаевым" in line for line in lines)
    assert lines[-1] == f"  decided in {HOUSE}:3"


def test_sentences_of_the_memory_that_name_the_concept(tmp_path: Path) -> None:
    (tmp_path / "translations" / "ru").mkdir(parents=True)
    entries = [
        ("Tokajew kam.", "Токаев пришёл."),
        ("Die ODKB tagte.", "ОДКБ заседала."),
        ("Tokajews Sohn.", "Сын Токаева."),
    ]
    (tmp_path / "translations" / "ru" / "a.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"X-Source-Language: de\\n"\n'
        + "".join(f'\nmsgid "{source}"\nmsgstr "{target}"\n' for source, target in entries)
        + '\n#, fuzzy\nmsgid "Tokajew ging."\nmsgstr "Токаев шёл."\n',
        encoding="utf-8",
    )
    done = run_program("lookup", "Токаевым", "--glossary", HOUSE, "--format", "json", folder=tmp_path)
    assert json.loads(done.output)["sentences"] == [
        {"language": "ru", "source": "Tokajew kam.", "target": "Токаев пришёл.", "reviewed": True},
        {"language": "ru", "source": "Tokajews Sohn.", "target": "Сын Токаева.", "reviewed": True},
        {"language": "ru", "source": "Tokajew ging.", "target": "Токаев шёл.", "reviewed": False},
    ]
    whole = run_program("lookup", "Токаевым", "--glossary", HOUSE, folder=tmp_path).output
    assert whole.endswith("\nde: Tokajew ging.\nru (draft): Токаев шёл.\n") and whole.count("(draft)") == 1
    shown = run_program("lookup", "Токаевым", "--glossary", HOUSE, "--sentences", "1", folder=tmp_path).output
    assert shown.endswith("\nde: Tokajew kam.\nru: Токаев пришёл.\n")


# glossary


def test_glossary_list(tmp_path: Path) -> None:
    done = run_program("glossary", "list", "--glossary", HOUSE, folder=tmp_path)
    assert [line.split("\t") for line in done.output.splitlines()] == [
        ["odkb", "organisation", "ODKB", "CSTO", "ОДКБ"],
        ["tokayev", "person", "Kassym-Schomart Tokajew", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"],
        ["belarus", "place", "Belarus", "Belarus", "Белоруссия"],
    ]
    places = run_program(
        "glossary", "list", "--glossary", HOUSE, "--kind", "place", "--languages", "ru,kk", folder=tmp_path
    )
    assert places.output == "belarus\tplace\tБелоруссия\t\n"
    (tmp_path / "tolmach.toml").write_text('languages = ["de-CH", "en"]\n', encoding="utf-8")
    configured = run_program("glossary", "list", "--glossary", HOUSE, "--kind", "place", folder=tmp_path)
    assert configured.output == "belarus\tplace\tBelarus\tBelarus\n"
    assert run_program("glossary", "list", "--glossary", "none", folder=tmp_path).output == ""


def test_glossary_show(tmp_path: Path) -> None:
    done = run_program("glossary", "show", "tokayev", "--glossary", HOUSE, "--format", "json", folder=tmp_path)
    card = json.loads(done.output)
    assert (card["id"], card["kind"], card["place"]) == ("tokayev", "person", f"{HOUSE}:3")
    assert [(row["language"], row["form"], row["status"]) for row in card["rows"]][:2] == [
        ("de", "Kassym-Schomart Tokajew", "preferred"),
        ("de", "Qassym-Schomart Toqajew", "deprecated"),
    ]
    near = run_program("glossary", "show", "tokajew", "--glossary", HOUSE, folder=tmp_path)
    assert near.errors.splitlines()[1] == "hint: did you mean tokayev?"


def test_glossary_validate(tmp_path: Path) -> None:
    assert run_program("glossary", "validate", HOUSE, folder=tmp_path).output == "3 concepts, no problems\n"
    done = run_program("glossary", "validate", "starter", folder=tmp_path)
    assert (done.code, done.errors) == (0, "")


# init


def test_init_writes_a_configuration_that_works(tmp_path: Path) -> None:
    done = run_program("init", "--languages", "de, en,ru", "--style", "duden", "--sources", "texts", folder=tmp_path)
    assert done.code == 0
    assert done.output.splitlines() == ["wrote tolmach.toml", f"wrote {Path('glossary/house.toml')}"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["glossary", "house.toml", "tolmach.toml"]
    settings = tomllib.loads((tmp_path / "tolmach.toml").read_text(encoding="utf-8"))
    assert settings == {
        "languages": ["de", "en", "ru"],
        "transcription": "duden",
        "glossary": ["starter", "glossary"],
        "sources": ["texts"],
        "translations": "translations",
    }
    valid = run_program("glossary", "validate", folder=tmp_path)
    assert (valid.code, valid.errors) == (0, "")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(
        "Der Präsident kam nach Kiew und sprach über die Kiewer Rus.", encoding="utf-8"
    )
    checked = run_program("check", folder=tmp_path)
    assert (checked.code, checked.errors) == (1, "")
    assert checked.output.startswith("texts/a.txt:1:24: warning: Kiew: write Kyjiw")
    assert checked.output.endswith("\n1 warning in 1 file\n")


@pytest.mark.parametrize(("choice", "unwanted"), [("kyjiw", "Kiew"), ("kiew", "Kyjiw")])
def test_init_decides_the_name_of_kyiv(choice: str, unwanted: str, tmp_path: Path) -> None:
    assert run_program("init", "--kyiv", choice, folder=tmp_path).code == 0
    (tmp_path / "a.txt").write_text("Von Kiew nach Kyjiw ist es nicht weit.", encoding="utf-8")
    report = json.loads(run_program("check", "a.txt", "--format", "json", folder=tmp_path).output)
    assert [one["text"] for one in report["findings"]] == [unwanted]


def test_init_never_overwrites(tmp_path: Path) -> None:
    assert run_program("init", folder=tmp_path).code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    done = run_program("init", "--kyiv", "kiew", "--glossary", "other", folder=tmp_path)
    assert done.code == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before


def test_init_quotes_what_toml_would_misread(tmp_path: Path) -> None:
    assert run_program("init", "--sources", 'a "b"\\c', "--glossary", "Größe ü", folder=tmp_path).code == 0
    settings = tomllib.loads((tmp_path / "tolmach.toml").read_text(encoding="utf-8"))
    assert (settings["sources"], settings["glossary"]) == (['a "b"\\c'], ["starter", "Größe ü"])


# segment


def segment(
    content: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, language: str = "de"
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    done = run_program("segment", "--lang", language, folder=folder)
    return done.code, done.output, done.errors


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Dr. Tokajew kam am 5. Januar. Er blieb.\n\n\nDann\tging er.",
            "Dr. Tokajew kam am 5. Januar.\nEr blieb.\n\nDann ging er.\n",
        ),
        ("de", "\ufeffMinsk.\r\n\r\nAstana.\r\n", "Minsk.\n\nAstana.\n"),
        ("en", "Mr. Tokayev came. He stayed.", "Mr. Tokayev came.\nHe stayed.\n"),
        ("ru", "В 2022 г. Токаев молчал. Потом ушёл.", "В 2022 г. Токаев молчал.\nПотом ушёл.\n"),
        ("de", "", ""),
        ("de", " \n\n", ""),
    ],
)
def test_segment(language: str, text: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert segment(text.encode(), tmp_path, monkeypatch, language) == (0, expected, "")


@pytest.mark.parametrize("content", ["Größe".encode("cp1252"), b"Min\0sk", "Минск".encode("cp1251")])
def test_segment_refuses_what_is_no_text(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output, errors = segment(content, tmp_path, monkeypatch)
    assert (code, output) == (2, "")
    assert errors.startswith(("error: standard input: ", "error: standard input:1: "))
    assert errors.count("\n") == 2 and "\nhint: " in errors
