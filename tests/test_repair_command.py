"""`tolmach repair` as a user runs it: JSON lines and PO files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import run_program
from tolmach.cli.pairs import Reader
from tolmach.glossary.find import Finder
from tolmach.glossary.model import Glossary

ROW = {
    "source": "Obama met Joseph.",
    "target": "Обома встретил Иосифа.",
    "source_lang": "en",
    "target_lang": "ru",
    "terms": [{"source": "Obama", "target": "Обама", "kind": "person"}, {"source": "Joseph", "target": "Джозеф"}],
}
GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
gender = "m"

[[concept.de]]
form = "Tokajew"
status = "preferred"

[[concept.ru]]
form = "Токаев"
status = "preferred"

[[concept.ru]]
form = "Токайев"
status = "forbidden"
"""
PO = """# Drafts of the desk.
msgid ""
msgstr ""
"Language: ru\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: de\\n"

# Checked with the author.
#: a.txt:1
#, fuzzy
msgctxt "a#1"
msgid "Tokajew reist nach Minsk."
msgstr "Токайев едет в Минск."

#: a.txt:2
#, fuzzy
msgctxt "a#2"
msgid "Alle danken Tokajew."
msgstr "Все благодарят президента."

#: a.txt:3
msgctxt "a#3"
msgid "Tokajews Rede war kurz."
msgstr "Речь Токайева была короткой."

#: a.txt:4
msgctxt "a#4"
msgid "Noch nicht übersetzt: Tokajew."
msgstr ""
"""


def answers(folder: Path, *rows: dict[str, Any], options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What the program answers to the rows."""
    sent = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    outcome = run_program("repair", "--jsonl", *options, folder=folder, stdin=sent)
    assert outcome.code == 0, outcome.errors
    return [json.loads(line) for line in outcome.output.splitlines()]


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    path = tmp_path / "a.po"
    path.write_text(PO, encoding="utf-8", newline="\n")
    return path


def test_a_line_for_each_line(tmp_path: Path) -> None:
    found = answers(tmp_path, ROW, {**ROW, "terms": []}, ROW)
    assert [answer["target"] for answer in found] == [
        "Обама встретил Джозефа.",
        "Обома встретил Иосифа.",
        "Обама встретил Джозефа.",
    ]
    first = found[0]["terms"][0]
    assert first == {
        "source": "Obama",
        "target": "Обама",
        "status": "repaired",
        "before": "Обома",
        "after": "Обама",
        "step": "sound",
        "start": 0,
        "end": 5,
    }
    assert found[1]["terms"] == []


def test_without_terms_those_of_the_glossary_count(tmp_path: Path, glossary: Path) -> None:
    row = {"source": "Tokajew kam.", "target": "Токайев приехал.", "source_lang": "de", "target_lang": "ru"}
    (answer,) = answers(tmp_path, row, options=("--glossary", str(glossary)))
    assert answer["target"] == "Токаев приехал."
    assert answer["terms"][0]["concept"] == "tokayev"


def test_the_kind_of_the_line_is_that_of_its_terms() -> None:
    line = json.dumps({**ROW, "kind": "place"})
    pair = Reader(lambda: Finder(Glossary({}))).pair(line, 1)
    assert [term.kind for term in pair.terms] == ["person", "place"]


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert run_program("repair", "--jsonl", folder=tmp_path, stdin="").output == ""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "no JSON object"),
        ("", "not JSON"),
        ("null", "no JSON object"),
        ('{"target": "a"}', "source is missing"),
        (json.dumps({**ROW, "target": 1}), "target is missing or no text"),
        (json.dumps({**ROW, "source_lang": "English"}), "no language code"),
        (json.dumps({**ROW, "terms": {}}), "terms is no list"),
        (json.dumps({**ROW, "terms": ["Obama"]}), "a term is no object"),
        (json.dumps({**ROW, "terms": [{"source": "Obama"}]}), "target is missing"),
        (json.dumps({**ROW, "terms": [{"source": "", "target": "a"}]}), "a term is empty"),
        (json.dumps({**ROW, "terms": [{"source": "a", "target": "b", "also": "c"}]}), "also is no list"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    outcome = run_program("repair", "--jsonl", folder=tmp_path, stdin=json.dumps(ROW) + "\n" + line + "\n")
    assert outcome.code == 2
    assert message in outcome.errors
    assert "line 2" in outcome.errors or ":2" in outcome.errors


def test_neither_files_nor_lines_is_a_mistake(tmp_path: Path) -> None:
    assert run_program("repair", folder=tmp_path).code == 2
    assert run_program("repair", "--jsonl", "a.po", folder=tmp_path).code == 2


def test_drafts_are_repaired_and_reviewed_translations_left(tmp_path: Path, glossary: Path, drafts: Path) -> None:
    outcome = run_program("repair", "a.po", "--glossary", str(glossary), folder=tmp_path)
    assert outcome.code == 0, outcome.errors
    after = drafts.read_text(encoding="utf-8")
    assert 'msgstr "Токаев едет в Минск."' in after
    assert "# Checked with the author.\n# tolmach terms: Tokajew: repaired (Токайев → Токаев)" in after
    assert "# tolmach terms: Tokajew: missing (Токаев)" in after
    assert 'msgstr "Речь Токайева была короткой."' in after
    assert "a.po:" in outcome.output
    assert "Токайева" in outcome.output
    assert "0 kept, 1 repaired, 1 missing, 1 reviewed translation left" in outcome.output


def test_a_second_time_nothing_changes(tmp_path: Path, glossary: Path, drafts: Path) -> None:
    run_program("repair", "a.po", "--glossary", str(glossary), folder=tmp_path)
    once = drafts.read_text(encoding="utf-8")
    run_program("repair", "a.po", "--glossary", str(glossary), folder=tmp_path)
    assert drafts.read_text(encoding="utf-8").replace("kept (Токаев)", "repaired (Токайев → Токаев)") == once


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_changes_nothing(tmp_path: Path, glossary: Path, drafts: Path, option: str) -> None:
    outcome = run_program("repair", "a.po", option, "--glossary", str(glossary), folder=tmp_path)
    assert drafts.read_text(encoding="utf-8") == PO
    assert ('+msgstr "Токаев едет в Минск."' in outcome.output) == (option == "--diff")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"X-Source-Language: de\\n"\n', ""), "translated from"),
        (('"Language: ru\\n"\n', ""), "translated into"),
        (('msgstr "Речь', 'msgstt "Речь'), "not a well-formed PO file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, glossary: Path, drafts: Path, change: tuple[str, str], message: str
) -> None:
    drafts.write_text(PO.replace(*change), encoding="utf-8")
    outcome = run_program("repair", "a.po", "--glossary", str(glossary), folder=tmp_path)
    assert outcome.code == 2
    assert message in outcome.errors


def test_an_empty_glossary_is_a_mistake(tmp_path: Path, drafts: Path) -> None:
    assert run_program("repair", "a.po", "--glossary", "none", folder=tmp_path).code == 2
