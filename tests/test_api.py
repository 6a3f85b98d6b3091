"""`tolmach.check`: one text, one glossary, a list of findings; the same as the command finds."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import threading
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tolmach
from support import run_program

ROOT = Path(__file__).resolve().parent.parent
HOUSE = Path(__file__).parent / "cases" / "cli_house.toml"
HOME = tolmach.load_glossary([HOUSE])
WORDS = [
    "Toqajew",
    "Tokajew",
    "Weißrusslands",
    "ODBK",
    "ODKB",
    " ",
    "\n",
    "\r\n",
    "\ufeff",
    "\U0001f600",
    "北京",
    "\t",
    "\u00ad",
]


def found(text: str | bytes, **options: Any) -> list[str]:
    return [finding.text for finding in tolmach.check(text, HOME, **options)]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("Toqajews Sohn, die ODBK", "text.txt", ["Toqajews", "ODBK"]),
        ("Nach *Weißrussland*, `Weißrussland`", "a.md", ["Weißrussland"]),
        ("<p>Wei&szlig;russland <code>Toqajew</code>", "a.html", ["Wei&szlig;russland"]),
        ("Toqajew und ODBK".encode("utf-16"), "a.txt", ["Toqajew", "ODBK"]),
        ("Präsident Toqajew, Grüße".encode("cp1252"), "a.txt", ["Toqajew"]),
        ('msgid "Toqajew"\nmsgstr "Тоқаев"\n', "a_de_ru.po", ["Тоқаев"]),
        ("Tokajew in Belarus", "text.txt", []),
        ("Toqajew <!-- tolmach: ignore -->", "a.md", []),
        ("", "text.txt", []),
        (b"", "a.docx", []),
        (" \r\n", "a.po", []),
    ],
)
def test_findings_of_a_text(text: str | bytes, path: str, expected: list[str]) -> None:
    assert found(text, path=path, language=None if path.endswith(".po") else "de") == expected


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=12).map("".join))
def test_spans_quote_the_text(text: str) -> None:
    try:
        findings = tolmach.check(text, HOME, language="de")
    except tolmach.TolmachError:
        assert "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
        return
    for finding in findings:
        assert text[finding.span.start : finding.span.end] == finding.text


def test_it_finds_what_the_command_finds(tmp_path: Path) -> None:
    text = "In 北京 sprach\r\nToqajews Sohn \U0001f600 von der ODBK,\r\nToqajew aus Weißrussland.\r\n"
    (tmp_path / "a_de.txt").write_bytes(text.encode())
    done = run_program("check", "a_de.txt", "--glossary", str(HOUSE), "--format", "json", folder=tmp_path)
    told = json.loads(done.output)["findings"]
    own = tolmach.check(text, HOME, path="a_de.txt")
    assert len(own) == 4
    for finding, one in zip(own, told, strict=True):
        same = (
            "rule",
            "severity",
            "path",
            "language",
            "line",
            "column",
            "text",
            "message",
            "concept",
            "fix",
            "fingerprint",
        )
        assert {key: getattr(finding, key) for key in same} == {key: one[key] for key in same}
        assert (finding.span.start, finding.span.end) == (one["start"], one["end"])


def test_rules_are_chosen() -> None:
    text = "Toqajew und die ODBK"
    assert found(text, select=["forbidden-term"]) == ["ODBK"]
    assert found(text, ignore=["forbidden-term"]) == ["Toqajew"]
    assert found("Er sagte: “Ja”.", language="de") == []
    assert found("Er sagte: “Ja”.", language="de", select=["all"]) != []
    assert (
        found("Tokajew, dann wieder Toqajev, Tokajev und Tokajew.", language="de", select=["inconsistent-name"]) != []
    )


def test_configuration_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tolmach.toml").write_text('ignore = ["all"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert found("Toqajew") == ["Toqajew"]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("Toqajew", {"path": "a.exe"}, "format of this file is not known"),
        ("Toqajew", {"select": ["no-rule"]}, "no-rule"),
        ("Toqajew \x00", {}, "no text"),
        ("Toqajew \ud800", {}, "damaged UTF-8"),
        (b"PK\x03\x04", {"path": "a.docx"}, "zip"),
        ('msgid "', {"path": "a.po"}, "quotation"),
    ],
)
def test_what_cannot_be_checked(text: str | bytes, options: dict[str, Any], message: str) -> None:
    with pytest.raises(tolmach.TolmachError, match=message) as raised:
        found(text, **options)
    assert raised.value.hint


def test_a_glossary_is_compiled_once_and_each_has_its_own() -> None:
    other = tolmach.load_glossary(["none"])
    assert [found("Toqajew"), tolmach.check("Toqajew", other), found("Toqajew")] == [["Toqajew"], [], ["Toqajew"]]
    glossaries = [tolmach.load_glossary([HOUSE]) for _number in range(12)]
    assert all(len(tolmach.check("Toqajew", one)) == 1 for one in (*glossaries, *glossaries))


def test_a_glossary_may_be_a_single_layer() -> None:
    for names in (str(HOUSE), HOUSE, [HOUSE], (str(HOUSE),)):
        one = tolmach.load_glossary(names)
        assert (one.hash, one.name) == (HOME.hash, "cli_house.toml")


def test_threads_with_glossaries_of_their_own() -> None:
    wrong: list[list[str]] = []

    def work() -> None:
        own = tolmach.load_glossary([HOUSE])
        for _number in range(50):
            texts = [finding.text for finding in tolmach.check("Toqajew, ODBK", own, language="de")]
            if texts != ["Toqajew", "ODBK"]:
                wrong.append(texts)

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# What is promised


def test_the_interface_is_the_promised_one() -> None:
    assert str(inspect.signature(tolmach.check)) == (
        "(text: 'str | bytes', glossary: 'Glossary', *, language: 'str | None' = None, path: 'str' = 'text.txt', "
        "select: 'Sequence[str]' = (), ignore: 'Sequence[str]' = (), side: 'rules.Side' = 'target') "
        "-> 'list[runner.Finding]'"
    )
    names = [
        "rule", "severity", "path", "language", "span", "line", "column", "text", "message", "concept", "replacements",
        "fix", "fingerprint", "entry", "baselined", "suppressed",
    ]  # fmt: skip
    assert [one.name for one in fields(tolmach.Finding)] == names
    manual = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in manual for name in (*names, "language", "path", "select", "ignore", "side"))


@pytest.mark.parametrize("name", tolmach.__all__)
def test_public_names_explain_themselves(name: str) -> None:
    assert inspect.getdoc(getattr(tolmach, name))


def test_importing_it_does_no_work() -> None:
    code = "import sys, tolmach; print([name for name in sys.modules if name.startswith('tolmach.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def test_the_name_of_a_glossary_is_no_glossary() -> None:
    with pytest.raises(TypeError, match="as load_glossary gives it, not str"):
        tolmach.check("Toqajew", "glossary")  # type: ignore[arg-type]
