"""The pictures of a report, and the commands `tolmach report` and `tolmach variants --format html`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support import run_program
from test_pages import Elements
from test_report import CASES, GLOSSARY, TEXTS, corpus, documents, group, hostile
from tolmach.errors import TolmachError
from tolmach.report.build import build
from tolmach.report.picture import COLUMNS, ROWS, picture

# The picture


@pytest.mark.parametrize("style", ["svg", "png"])
def test_a_picture_is_the_same_whenever_it_is_made(style: str) -> None:
    pytest.importorskip("matplotlib")
    made = picture(corpus(), style, "de")
    assert made == picture(corpus(), style, "de")
    assert made.startswith(b"\x89PNG" if style == "png" else b"<?xml")
    assert b"date" not in made.lower()


def test_a_vector_picture_is_well_formed_and_asks_for_nothing() -> None:
    pytest.importorskip("matplotlib")
    for report in (corpus(), hostile(), build([], list, ["a.txt"])):
        root = ElementTree.fromstring(picture(report, "svg", "en"))
        links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
        assert all(link.startswith("#") for link in links)
        assert not [element for element in root.iter() if element.tag.endswith(("}script", "}image", "}foreignObject"))]


def test_a_picture_of_too_much_is_cut_and_says_so() -> None:
    pytest.importorskip("matplotlib")
    texts = {f"{number:03}.txt": "Tokajew, Toqajew" for number in range(COLUMNS + 5)}
    case = CASES["groups"][0]
    many = [replace(group(number, case, texts), id=f"g{number}") for number in range(1, ROWS)]
    report = build(many, lambda: documents(texts), list(texts))
    root = ElementTree.fromstring(picture(report, "svg", "en"))
    small = ElementTree.fromstring(picture(corpus(), "svg", "en"))
    assert float(root.attrib["height"].removesuffix("pt")) < (ROWS + 15) * 0.24 * 72
    assert float(root.attrib["width"].removesuffix("pt")) > float(small.attrib["width"].removesuffix("pt"))


def test_without_matplotlib_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(TolmachError) as raised:
        picture(corpus(), "svg")
    assert raised.value.hint == "pip install 'tolmach[plot]'"


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "texte" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "house.toml").write_text(GLOSSARY, encoding="utf-8", newline="\n")
    return tmp_path


def test_the_command_writes_a_page(folder: Path) -> None:
    arguments = ("report", "texte", "--lang", "de", "--glossary", "house.toml", "--output", "report.html")
    done = run_program(*arguments, folder=folder)
    assert (done.code, done.output, done.errors) == (0, "", "")
    written = (folder / "report.html").read_text(encoding="utf-8")
    elements = Elements(written)
    assert "Toqajew" in elements.text
    assert "findings of the check" in elements.text
    assert str(folder) not in written
    done = run_program(
        "report", str(folder / "texte"), "--lang", "de", "--glossary", str(folder / "house.toml"), folder=folder
    )
    assert done.output == written


def test_without_a_glossary_nothing_is_said_of_one(folder: Path) -> None:
    done = run_program("report", "texte", "--lang", "de", "--glossary", "none", folder=folder)
    assert done.code == 0
    assert "What the glossary decides" not in done.output


def test_rules_follow_the_configuration(folder: Path) -> None:
    arguments = ("report", "texte", "--lang", "de", "--glossary", "house.toml")
    (folder / "tolmach.toml").write_text('[severity]\ndeprecated-term = "hint"\n', encoding="utf-8")
    done = run_program(*arguments, folder=folder)
    assert ("severity hint" in done.output, "severity warning" in done.output) == (True, False)
    (folder / "tolmach.toml").write_text('ignore = ["deprecated-term"]\n', encoding="utf-8")
    assert "The check found nothing." in run_program(*arguments, folder=folder).output


@pytest.mark.parametrize("more", [(), ("--all",), ("--no-occurrences",)])
def test_variants_are_written_as_the_page_without_findings(folder: Path, more: tuple[str, ...]) -> None:
    done = run_program("variants", "texte", "--lang", "de", "--format", "html", *more, folder=folder)
    elements = Elements(done.output)
    ids = {attributes.get("id") for _tag, attributes in elements.found}
    assert done.code == 0
    assert {"matrix", "g1"} <= ids
    assert ("plain" in ids) == (more == ("--all",))
    assert not {"findings", "coverage"} & ids
    assert ("places in the texts" in elements.text) == (more != ("--no-occurrences",))


def test_the_command_writes_pictures(folder: Path) -> None:
    pytest.importorskip("matplotlib")
    done = run_program("report", "texte", "--lang", "de", "--format", "svg", folder=folder)
    assert ElementTree.fromstring(done.output).tag.endswith("svg")
    done = run_program("report", "texte", "--lang", "de", "--format", "png", "--output", "a.png", folder=folder)
    assert done.code == 0
    assert (folder / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_text_is_never_overwritten(folder: Path) -> None:
    text = sorted((folder / "texte").iterdir())[0]
    before = text.read_bytes()
    done = run_program("report", "texte", "--lang", "de", "--output", f"texte/{text.name}", folder=folder)
    assert done.code == 2
    assert "this is one of the texts" in done.errors
    assert text.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("texte", "--format", "png"), "a picture is not written to standard output"),
        (("texte", "--lang", "fr"), "names are not found in fr"),
        (("nichts",), "no such file or folder"),
        (("texte", "--output", "house.toml/report.html"), "is not a folder"),
        (("texte", "--format", "pdf"), "'pdf' is not one of"),
        (("texte", "--glossary", "fehlt.toml"), "fehlt.toml"),
    ],
)
def test_wrong_use_is_told_in_two_lines(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run_program("report", *arguments, folder=folder)
    assert done.code == 2
    assert done.output == ""
    assert message in done.errors
    assert "hint: " in done.errors
