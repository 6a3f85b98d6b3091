"""The message catalogues are complete, and the program speaks the language of its user."""

from __future__ import annotations

import ast
import gettext
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tolmach.config import SEVERITIES
from tolmach.glossary.model import Status

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tolmach"
LOCALE = PACKAGE / "locale"
GERMAN = LOCALE / "de" / "LC_MESSAGES" / "tolmach.po"
BUILD = "run: uv run python scripts/build/messages.py"
GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
[[concept.de]]
form = "Tokajew"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
"""


def own(catalogue: polib.POFile) -> list[tuple[str, str, list[str]]]:
    """The messages of our own code with their files; click's words change with its version."""
    rows = [
        (entry.msgid, entry.msgid_plural, [file for file, _line in entry.occurrences if file.startswith("tolmach/")])
        for entry in catalogue
    ]
    return [row for row in rows if row[2]]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w+(?:!r)?\}|%\(\w+\)s", text))


def test_template_holds_every_message_of_the_code() -> None:
    found = runpy.run_path(str(ROOT / "scripts" / "build" / "messages.py"))["template"]()
    assert own(polib.pofile(str(LOCALE / "tolmach.pot"))) == own(found), BUILD


def test_template_changes_only_with_the_messages() -> None:
    text = (LOCALE / "tolmach.pot").read_text(encoding="utf-8")
    assert not re.search(r"^#: .*\.py:\d", text, re.MULTILINE)
    assert "-Date" not in text
    assert "Generated-By" not in text


def test_messages_are_written_out_or_marked() -> None:
    """What `_` is given must be readable for the extractor: a plain text, or a table of words marked by `N_`."""
    calls = [(path, *call) for path in PACKAGE.rglob("*.py") for call in _unreadable(path)]
    assert calls == []


def _unreadable(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and all(map(_is_marked, node.value.values))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ("_", "plural"):
            continue
        for text in node.args[: 2 if node.func.id == "plural" else 1]:
            plain = isinstance(text, ast.Constant) and isinstance(text.value, str)
            looked_up = isinstance(text, ast.Subscript) and isinstance(text.value, ast.Name) and text.value.id in marked
            if not plain and not looked_up:
                yield node.lineno, ast.unparse(node)


def _is_marked(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "N_"


def test_german_is_complete() -> None:
    catalogue = polib.pofile(str(GERMAN))
    template = polib.pofile(str(LOCALE / "tolmach.pot"))
    assert [(one.msgid, one.msgid_plural) for one in catalogue] == [
        (one.msgid, one.msgid_plural) for one in template
    ], BUILD
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/LC_MESSAGES/tolmach.po")), ids=lambda path: path.parts[-3])
def test_translations_keep_placeholders_and_edges(path: Path) -> None:
    for entry in polib.pofile(str(path)).translated_entries():
        pairs = [(entry.msgid, entry.msgstr)] if entry.msgstr else []
        pairs += [(entry.msgid_plural if form else entry.msgid, text) for form, text in entry.msgstr_plural.items()]
        for message, text in pairs:
            assert placeholders(text) == placeholders(message), entry.msgid
            assert (text != text.strip()) == (message != message.strip()), entry.msgid
            assert text.count("\n\n") == message.count("\n\n"), entry.msgid


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/LC_MESSAGES/tolmach.po")), ids=lambda path: path.parts[-3])
def test_compiled_catalogue_is_that_of_the_text(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary(), BUILD


def test_words_passed_by_name_are_translated() -> None:
    german = gettext.translation("tolmach", LOCALE, ["de"])
    words = [*SEVERITIES, *(status.value for status in Status)]
    assert [german.gettext(word) for word in words] == [
        "Fehler", "Warnung", "Hinweis", "bevorzugt", "zulässig", "veraltet", "verboten",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "text"), [(0, "{count} Dateien"), (1, "{count} Datei"), (2, "{count} Dateien"), (21, "{count} Dateien")]
)
def test_plural_forms(count: int, text: str) -> None:
    assert gettext.translation("tolmach", LOCALE, ["de"]).ngettext("{count} file", "{count} files", count) == text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "glossary.toml").write_text(GLOSSARY, encoding="utf-8", newline="\n")
    (tmp_path / "text.txt").write_text("Toqajew sprach. Toqajews Sprecher schwieg.\n", encoding="utf-8", newline="\n")
    return tmp_path


def tolmach(language: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own: the language is chosen once, at the start."""
    environment = {**os.environ, "LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "tolmach", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


CHECK = ("check", "text.txt", "--glossary", "glossary.toml", "--lang", "de")


def test_report_speaks_german_and_keeps_its_names(folder: Path) -> None:
    done = tolmach("de", folder, *CHECK)
    assert done.stderr == ""
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "text.txt:1:1: Warnung: Toqajew: Tokajew schreiben [deprecated-term]",
        "text.txt:1:17: Warnung: Toqajews: Tokajews schreiben [deprecated-term]",
        "2 Warnungen in 1 Datei",
    ]


def test_report_for_programs_differs_in_messages_only(folder: Path) -> None:
    german, english = (
        json.loads(tolmach(language, folder, *CHECK, "--format", "json").stdout) for language in ("de", "en")
    )
    assert [finding.pop("message") for finding in german["findings"]] == [
        "Toqajew: Tokajew schreiben",
        "Toqajews: Tokajews schreiben",
    ]
    for finding in english["findings"]:
        del finding["message"]
    assert german == english


def test_unknown_language_gives_english(folder: Path) -> None:
    done = tolmach("tlh", folder, *CHECK)
    assert done.stdout.splitlines()[0] == "text.txt:1:1: warning: Toqajew: write Tokajew [deprecated-term]"
    assert done.stdout == tolmach("en", folder, *CHECK).stdout


def test_help_and_complaints_of_click_are_german(folder: Path) -> None:
    shown = tolmach("de", folder, "check", "--help").stdout
    assert shown.startswith("Aufruf: tolmach check ")
    assert "Diese Hilfe anzeigen und beenden." in shown
    assert not re.search(r"Usage|Options:|default:|Show this|Example", shown)
    refused = tolmach("de", folder, "check", "--xyzzy")
    assert refused.returncode == 2
    assert "Fehler: Unbekannte Option '--xyzzy'." in refused.stderr.splitlines()
