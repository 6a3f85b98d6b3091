"""The rule inconsistent-name: what it reports in one text and among several, and what it leaves to the glossary."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from support import Outcome, run_program

CASES = tomllib.loads((Path(__file__).parent / "cases" / "inconsistent.toml").read_text(encoding="utf-8"))["group"]
SYSTEMS = "Präsident Tokajew sprach. Tokajew schwieg. Tokajew ging. Präsident Toqajew blieb, Toqajews Sohn auch.\n"
RULES = "deprecated-term,forbidden-term,inconsistent-name"
HOUSE = """
[[concept]]
id = "tokayev"
kind = "person"
gender = "m"
[[concept.de]]
form = "Tokajew"
status = "preferred"
"""


def run(folder: Path, *arguments: str, glossary: str = "none") -> Outcome:
    common = ("--select", "inconsistent-name", "--glossary", glossary)
    return run_program("check", *arguments, *common, folder=folder)


def check(folder: Path, *arguments: str, glossary: str = "none") -> list[dict[str, Any]]:
    done = run(folder, *arguments, "--format", "json", glossary=glossary)
    assert (done.code in (0, 1), done.errors) == (True, "")
    found: list[dict[str, Any]] = json.loads(done.output)["findings"]
    return found


def plain(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "[]{}")))


def marked(text: str, findings: list[dict[str, Any]]) -> str:
    for one in reversed(findings):
        opening, closing = "[]" if one["severity"] == "warning" else "{}"
        text = text[: one["start"]] + opening + one["text"] + closing + text[one["end"] :]
    return text


@pytest.mark.parametrize("group", CASES, ids=lambda group: group["why"])
def test_exactly_the_marked_spellings_are_reported(group: dict[str, Any], tmp_path: Path) -> None:
    alone = "most" not in group["why"] and "corpus" not in group["why"]
    runs = [[text] for text in group["texts"]] if alone else [group["texts"]]
    for texts in runs:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(plain(text), encoding="utf-8")
        findings = check(tmp_path, *(f"{number}.txt" for number in range(len(texts))), "--lang", group["language"])
        for number, text in enumerate(texts):
            own = [one for one in findings if one["path"] == f"{number}.txt"]
            assert marked(plain(text), own) == text


def test_more_texts_must_stay_silent_than_not() -> None:
    texts = [text for group in CASES for text in group["texts"]]
    assert sum(plain(text) == text for text in texts) > len(texts) / 2


def test_a_finding_names_the_majority_its_line_and_the_systems(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SYSTEMS.replace("Präsident Toq", "\n\nPräsident Toq"), encoding="utf-8")
    first, second = check(tmp_path, "a.txt", "--lang", "de")
    assert (first["line"], first["column"], first["text"]) == (3, 11, "Toqajew")
    assert first["message"].startswith("Toqajew: this text mostly writes Tokajew, first in line 1 (")
    assert "Kazakh → German" in first["message"]
    assert "Russian → German" in first["message"]
    assert (second["text"], second["replacements"], second["fix"]) == ("Toqajews", ["Tokajews"], "unsafe")
    assert (second["rule"], second["severity"], second["concept"]) == ("inconsistent-name", "warning", None)


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SYSTEMS, encoding="utf-8")
    assert run_program("check", "a.txt", "--glossary", "none", folder=tmp_path).output == "no findings in 1 file\n"
    for arguments in (("--select", "inconsistent-name"), ("--select", "all")):
        assert run_program("check", "a.txt", "--glossary", "none", *arguments, folder=tmp_path).code == 1
    (tmp_path / "tolmach.toml").write_text("select = ['inconsistent-name']\nglossary = 'none'\n", encoding="utf-8")
    assert run_program("check", "a.txt", folder=tmp_path).code == 1
    assert run_program("check", "a.txt", "--ignore", "inconsistent-name", folder=tmp_path).code == 0


@pytest.mark.parametrize(
    ("severity", "found", "code"),
    [("error", {"warning"}, 1), ("warning", {"warning"}, 1), ("hint", {"hint"}, 0)],
)
def test_it_is_never_an_error(severity: str, found: set[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SYSTEMS, encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(f"severity = {{ inconsistent-name = '{severity}' }}\n", encoding="utf-8")
    done = run(tmp_path, "a.txt", "--lang", "de", "--format", "json")
    assert {one["severity"] for one in json.loads(done.output)["findings"]} == found
    assert done.code == code
    assert ("inconsistent-name is never an error" in done.errors) == (severity == "error")
    assert run(tmp_path, "a.txt", "--lang", "de", "--severity", "error").code == 0


def test_a_severity_leaves_hints_hints(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In Sankt Petersburg regnete es. Sankt Petersburg wächst. St. Petersburg.")
    (tmp_path / "tolmach.toml").write_text("severity = { inconsistent-name = 'warning' }\n", encoding="utf-8")
    assert [one["severity"] for one in check(tmp_path, "a.txt", "--lang", "de")] == ["hint"]


# What the glossary decides


def test_what_the_glossary_knows_is_left_to_its_rules(tmp_path: Path) -> None:
    both = HOUSE + '[[concept.de]]\nform = "Toqajew"\nstatus = "deprecated"\n'
    (tmp_path / "a.txt").write_text(SYSTEMS, encoding="utf-8")
    (tmp_path / "house.toml").write_text(both, encoding="utf-8")
    assert check(tmp_path, "a.txt", "--lang", "de", glossary="house.toml") == []
    arguments = ("check", "a.txt", "--lang", "de", "--glossary", "house.toml", "--select", "all", "--format", "json")
    found = json.loads(run_program(*arguments, folder=tmp_path).output)["findings"]
    assert [(one["rule"], one["text"]) for one in found] == [
        ("deprecated-term", "Toqajew"),
        ("deprecated-term", "Toqajews"),
    ]
    (tmp_path / "house.toml").write_text(both.replace("deprecated", "admitted"), encoding="utf-8")
    assert check(tmp_path, "a.txt", "--lang", "de", glossary="house.toml") == []


def test_the_form_of_the_glossary_wins_even_where_it_is_rarer(tmp_path: Path) -> None:
    text = "Präsident Toqajew sprach. Toqajew schwieg. Toqajews Sohn blieb. Präsident Tokajew ging."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    assert [one["text"] for one in check(tmp_path, "a.txt", "--lang", "de")] == ["Tokajew"]
    found = check(tmp_path, "a.txt", "--lang", "de", glossary="house.toml")
    assert [(one["text"], one["replacements"]) for one in found] == [
        ("Toqajew", ["Tokajew"]),
        ("Toqajew", ["Tokajew"]),
        ("Toqajews", ["Tokajews"]),
    ]
    assert "the glossary writes Tokajew, as this text does in line 1" in found[0]["message"]


def test_a_proposal_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SYSTEMS, encoding="utf-8")
    (tmp_path / "house.toml").write_text(
        HOUSE.replace('kind = "person"', 'kind = "person"\nstate = "proposed"') + '[[concept.de]]\nform = "Toqajew"\n'
        'status = "admitted"\n',
        encoding="utf-8",
    )
    assert [one["text"] for one in check(tmp_path, "a.txt", "--lang", "de", glossary="house.toml")] == [
        "Toqajew",
        "Toqajews",
    ]


# Formats, order, input


def test_markup_is_read_through_and_offsets_quote_the_file(tmp_path: Path) -> None:
    text = (
        "# Präsident *Tokajew*\n\nTokajew schwieg, `Toqajew` nicht. Präsident **Toqa&#106;ew** blieb. Tokajew ging.\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (one,) = check(tmp_path, "a.md", "--lang", "de")
    assert text[one["start"] : one["end"]] == one["text"] == "Toqa&#106;ew"
    assert (one["line"], one["column"], one["replacements"]) == (3, 47, ["Tokajew"])


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\nX-Source-Language: en\\n"

msgid "President Tokayev spoke. President Tokaev stayed. Tokayev left."
msgstr "Präsident Tokajew sprach. Tokajew ging."

msgctxt "s2"
msgid "He stayed."
msgstr "Präsident Toqajew blieb."

#~ msgid "x"
#~ msgstr "Präsident Tokajeff"
"""


@pytest.mark.parametrize(
    ("side", "texts"), [("target", ["Toqajew"]), ("source", ["Tokaev"]), ("both", ["Tokaev", "Toqajew"])]
)
def test_of_bilingual_files_one_side_counts(side: str, texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PO, encoding="utf-8")
    found = check(tmp_path, "a.po", "--side", side)
    assert [one["text"] for one in found] == texts
    for one in found:
        assert one["entry"][one["entry"]["side"]][one["start"] : one["end"]] == one["text"]
    if side == "target":
        assert (found[0]["line"], found[0]["entry"]["id"]) == (9, "s2")
        assert "first in line 5" in found[0]["message"]


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    texts = ("Präsident Tokajew kam. Tokajew blieb. Tokajew ging.", "Präsident Toqajew kam.", "In Sankt Petersburg.")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    one, other = (
        {(found["path"], found["start"], found["message"]) for found in check(tmp_path, *names, "--lang", "de")}
        for names in (("0.txt", "1.txt", "2.txt"), ("2.txt", "1.txt", "0.txt"))
    )
    assert one == other
    assert len(one) == 1


def test_findings_stand_by_file_and_place(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(SYSTEMS, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"Wort.\n{SYSTEMS}ODBK\n", encoding="utf-8")
    (tmp_path / "house.toml").write_text(
        '[[concept]]\nid = "word"\nkind = "term"\n[[concept.de]]\nform = "Wort"\nstatus = "preferred"\n'
        '[[concept.de]]\nform = "Sohn"\nstatus = "deprecated"\n',
        encoding="utf-8",
    )
    done = run_program(
        "check", "b.txt", "a.txt", "--lang", "de", "--glossary", "house.toml", "--select", RULES, folder=tmp_path
    )
    places = re.findall(r"(?m)^(\w\.txt):(\d+):(\d+): ", done.output)
    assert [place[0] for place in places] == ["b.txt"] * 3 + ["a.txt"] * 3
    assert [(int(line), int(column)) for _path, line, column in places[:3]] == sorted(
        (int(line), int(column)) for _path, line, column in places[:3]
    )


def test_standard_input_counts_among_the_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Präsident Tokajew kam. Tokajew blieb.", encoding="utf-8")
    done = run_program(
        *("check", "-", "a.txt", "--lang", "de", "--glossary", "none", "--select", "inconsistent-name"),
        folder=tmp_path,
        stdin="Präsident Toqajew kam.",
    )
    assert done.output.startswith("stdin.txt:1:11: hint: Toqajew: the other texts mostly write Tokajew (")
    assert done.code == 0


def test_what_cannot_be_read_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SYSTEMS, encoding="utf-8")
    (tmp_path / "b.po").write_text('msgid "a\n', encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run(tmp_path, ".")
    assert (done.code, done.output.splitlines()[-1]) == (2, "2 warnings in 1 file")
    assert done.errors.count("b.po") == 1
    assert done.errors.count("empty.txt is empty") == 1


def test_hostile_texts_and_names(tmp_path: Path) -> None:
    name = "e\x1b[31mvil\u202e\nx.txt"
    (tmp_path / name).write_text(SYSTEMS.replace("Toqajew b", "Toqajew\x1b[31m\u202e b") * 20, encoding="utf-8")
    done = run(tmp_path, name, "--lang", "de")
    assert done.code == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", done.output)
    for text in ("1", "-" * 50_000, "Toqajew" * 20_000, "„" * 20_000, "A. B. C. " * 5_000):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        assert run(tmp_path, "a.txt", "--lang", "de").code == 0
