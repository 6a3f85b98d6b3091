"""The promises of `tolmach check`: its JSON, exit codes, options, languages, layers and configuration."""

import io
import json
import re
import shutil
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from support import Outcome, run_program

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
FINDING = {
    "rule": str,
    "severity": str,
    "path": str,
    "language": str,
    "start": int,
    "end": int,
    "line": int,
    "column": int,
    "text": str,
    "message": str,
    "concept": str,
    "replacements": list,
    "fix": str,
    "fingerprint": str,
    "baselined": bool,
}
ENTRY = {"index": int, "id": str, "side": str, "source": str, "target": str}
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"
"X-Source-Language: ru\\n"

msgctxt "s1"
msgid "Тоқаев молчал."
msgstr "Der Sprecher sagte: Toqajew schwieg."

msgid "ОДКБ молчала."
msgstr "Man schwieg."

msgid "Всё."
msgstr ""
"""


def write(folder: Path, **files: str) -> None:
    for name, content in files.items():
        stem, _line, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(content, encoding="utf-8", newline="")


def check(folder: Path, *arguments: str, glossary: str = HOUSE) -> dict[str, Any]:
    done = run_program("check", *arguments, "--format", "json", "--glossary", glossary, folder=folder)
    assert done.code in (0, 1), done.errors
    assert done.errors == ""
    report: dict[str, Any] = json.loads(done.output)
    assert set(report) == {"schema", "version", "glossary", "files", "findings", "summary"}
    assert report["schema"] == "tolmach.check/1"
    assert report["version"] == metadata.version("tolmach")
    assert re.fullmatch(r"[0-9a-f]+", report["glossary"])
    for finding in report["findings"]:
        assert set(finding) == {*FINDING, "entry"}
        for key, kind in FINDING.items():
            assert type(finding[key]) is kind, key
        assert finding["severity"] in ("error", "warning", "hint")
        assert finding["fix"] in ("safe", "unsafe", "none")
        if finding["entry"] is not None:
            assert {key: type(value) for key, value in finding["entry"].items()} == ENTRY
            side = finding["entry"][finding["entry"]["side"]]
            assert side[finding["start"] : finding["end"]] == finding["text"]
    levels = [finding["severity"] for finding in report["findings"]]
    assert report["summary"] == {level: levels.count(level) for level in ("error", "warning", "hint")}
    assert done.code == int("error" in levels or "warning" in levels)
    return report


def places(report: dict[str, Any]) -> list[tuple[str, int, int, str]]:
    return [(one["path"], one["line"], one["column"], one["text"]) for one in report["findings"]]


# The report


@pytest.mark.parametrize(
    "text",
    [
        "Gestern schwieg Toqajew.\nToqajews Sprecher auch.\n\nWeißrusslands Grenze.",
        "\ufeffGestern schwieg Toqajew.\r\nToqajews Sprecher auch.\r\n\r\nWeißrusslands Grenze.\r\n",
        "\U0001f600\U0001f600 Toqajew\nund\n\u0301 Toqajews Sprecher\n\u2028\u0085 Weißrussland!",
    ],
    ids=["LF", "byte order mark and CRLF", "beyond the basic plane, other line ends"],
)
def test_offsets_quote_the_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_bytes(text.encode())
    decoded = text.removeprefix("\ufeff")
    findings = check(tmp_path, "a_de.txt")["findings"]
    assert [one["concept"] for one in findings] == ["tokayev", "tokayev", "belarus"]
    for one in findings:
        assert decoded[one["start"] : one["end"]] == one["text"]
        before = decoded[: one["start"]]
        assert one["line"] == before.count("\n") + 1
        assert one["column"] == len(before) - before.rfind("\n")
        assert one["entry"] is None


def test_a_finding_says_all_it_knows(tmp_path: Path) -> None:
    write(tmp_path, a_de_txt="Gestern sprach\nToqajews Sohn in der ODBK.")
    first, second = check(tmp_path, "a_de.txt")["findings"]
    assert re.fullmatch(r"[0-9a-f]{16}", first.pop("fingerprint"))
    assert first == {
        "rule": "deprecated-term",
        "severity": "warning",
        "path": "a_de.txt",
        "language": "de",
        "start": 15,
        "end": 23,
        "line": 2,
        "column": 1,
        "text": "Toqajews",
        "message": "Toqajews: write Tokajews (from the Kazakh spelling)",
        "concept": "tokayev",
        "replacements": ["Tokajews"],
        "fix": "safe",
        "baselined": False,
        "entry": None,
    }
    assert (second["rule"], second["severity"], second["replacements"]) == ("forbidden-term", "error", ["ODKB"])


def test_fingerprints_survive_new_lines_and_tell_equal_findings_apart(tmp_path: Path) -> None:
    text = "Als er das hörte, schwieg er, und Toqajew schwieg, wie es auch sonst seine Art war.\n" * 2
    write(tmp_path, a_txt=text, b_txt=f"Titel\n\n\n{text}", c_txt=text.replace("schwieg, wie", "sprach, wie"))
    first, moved, changed = (
        {one["fingerprint"] for one in check(tmp_path, name, "--lang", "de")["findings"]}
        for name in ("a.txt", "b.txt", "c.txt")
    )
    assert len(first) == 2
    assert first == moved
    assert not first & changed


def test_the_report_for_people(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Gestern sprach\nToqajews Sohn in der ODBK.")
    done = run_program("check", "a.txt", "--lang", "de", "--glossary", HOUSE, folder=tmp_path)
    assert done == Outcome(
        1,
        "a.txt:2:1: warning: Toqajews: write Tokajews (from the Kazakh spelling) [deprecated-term]\n"
        "a.txt:2:22: error: ODBK: write ODKB (letters transposed) [forbidden-term]\n"
        "1 error, 1 warning in 1 file\n",
        "",
    )


def test_the_report_goes_to_a_file(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Toqajew")
    common = ("check", "a.txt", "--lang", "de", "--glossary", HOUSE, "--format", "json")
    shown = run_program(*common, folder=tmp_path)
    written = run_program(*common, "--output", "new/report.json", folder=tmp_path)
    assert (written.code, written.output) == (1, "")
    assert (tmp_path / "new" / "report.json").read_text(encoding="utf-8") == shown.output
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "report.json"]


# Exit codes, rules, severities


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("Tokajew kam.", (), 0),
        ("Toqajew kam.", (), 1),
        ("Toqajew kam.", ("--severity", "hint"), 1),
        ("Toqajew kam.", ("--severity", "error"), 0),
        ("ODBK tagt.", ("--severity", "error"), 1),
        ("Toqajew kam.", ("--ignore", "deprecated-term"), 0),
        ("Toqajew kam.", ("--select", "forbidden-term, term-missing"), 0),
        ("Toqajew kam.", ("--select", "all", "--ignore", "deprecated-term"), 0),
        ("Toqajew kam.", ("--select", "all"), 1),
        ("Toqajew kam.", ("--lang", "en"), 0),
        ("Toqajew kam.", ("--lang", "de-AT"), 1),
    ],
)
def test_exit_codes(text: str, options: tuple[str, ...], code: int, tmp_path: Path) -> None:
    write(tmp_path, a_txt=text)
    arguments = options if "--lang" in options else (*options, "--lang", "de")
    assert run_program("check", "a.txt", "--glossary", HOUSE, *arguments, folder=tmp_path).code == code


# Bilingual files


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("target", [("deprecated-term", 0, "target", "Toqajew"), ("term-missing", 1, "target", "")]),
        ("source", [("deprecated-term", 0, "source", "Тоқаев"), ("term-missing", 1, "target", "")]),
        (
            "both",
            [
                ("deprecated-term", 0, "source", "Тоқаев"),
                ("deprecated-term", 0, "target", "Toqajew"),
                ("term-missing", 1, "target", ""),
            ],
        ),
    ],
)
@pytest.mark.parametrize("kind", ["po", "tsv"])
def test_sides_of_bilingual_files(kind: str, side: str, expected: list[Any], tmp_path: Path) -> None:
    name = f"pairs_ru_de.{kind}"
    rows = "Тоқаев молчал.\tDer Sprecher sagte: Toqajew schwieg.\nОДКБ молчала.\tMan schwieg.\nВсё.\t\n"
    (tmp_path / name).write_text(PO if kind == "po" else rows, encoding="utf-8")
    findings = check(tmp_path, name, "--side", side)["findings"]
    found = [(one["rule"], one["entry"]["index"], one["entry"]["side"], one["text"]) for one in findings]
    assert sorted(found) == sorted(expected)
    missing = next(one for one in findings if one["rule"] == "term-missing")
    assert (missing["start"], missing["end"], missing["language"]) == (0, 0, "de")
    assert "ODKB" in missing["message"]
    unwanted = next(one for one in findings if one["rule"] == "deprecated-term")
    assert unwanted["entry"]["id"] == ("s1" if kind == "po" else "1")
    assert unwanted["line"] == (9 if kind == "po" else 1)


# What is checked


def test_paths_in_order_each_once(tmp_path: Path) -> None:
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    for name in ("texts/b.txt", "texts/a.md", "texts/sub/c.html", "texts/d.xyz", "texts/.e.txt"):
        (tmp_path / name).write_text("Toqajew", encoding="utf-8")
    report = check(tmp_path, "texts/b.txt", "texts", "./texts/a.md", str(tmp_path / "texts"), "--lang", "de")
    assert [place[0] for place in places(report)] == ["texts/b.txt", "texts/a.md", "texts/sub/c.html"]
    assert report["files"] == 3


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        (None, "Toqajew `Toqajew`\n", ("stdin.txt", 1, 1, "Toqajew")),
        ("x.md", "`Toqajew` Toqajew\n", ("x.md", 1, 11, "Toqajew")),
        ("de.po", 'msgid "a"\nmsgstr "ein Toqajew"\n', ("de.po", 2, 5, "Toqajew")),
        ("de.po", '\ufeffmsgid "a"\r\nmsgstr "ein Toqajew"\r\n', ("de.po", 2, 5, "Toqajew")),
    ],
)
def test_standard_input(
    name: str | None, content: str, place: tuple[str, int, int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode()), encoding="utf-8"))
    options = ("--stdin-filename", name) if name else ()
    assert place in places(check(tmp_path, "-", "--lang", "de", *options))


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("a_ru.txt", {"ru"}),
        ("a.en.txt", {"en"}),
        ("a-de-CH.txt", {"de-CH"}),
        ("to-be.txt", {"de", "ru"}),
        ("a.txt", {"de", "ru"}),
    ],
)
def test_the_language_of_a_plain_text(name: str, languages: set[str], tmp_path: Path) -> None:
    text = "Der Präsident Toqajew ist nicht da, sagte der Sprecher.\n\nВчера Тоқаев молчал, и все его слушали.\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = {one["language"] for one in check(tmp_path, name)["findings"]}
    assert found <= languages
    assert found or languages == {"en"}
    assert {one["language"] for one in check(tmp_path, name, "--lang", "ru")["findings"]} == {"ru"}


# Glossaries and configuration


CLIENT = """
[[concept]]
id = "tokayev"
kind = "person"
[[concept.de]]
form = "Toqajew"
status = "preferred"
[[concept.de]]
form = "Tokajew"
status = "deprecated"
reason = "the client's wish"
"""


def test_layers_override_by_concept(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Toqajew und Tokajew aus Weißrussland", client_toml=CLIENT)

    def texts(*layers: str) -> list[str]:
        options = [word for layer in layers for word in ("--glossary", layer)]
        done = run_program("check", "a.txt", "--lang", "de", "--format", "json", *options, folder=tmp_path)
        return [one["text"] for one in json.loads(done.output)["findings"]]

    assert texts(HOUSE) == ["Toqajew", "Weißrussland"]
    assert texts(HOUSE, "client.toml") == ["Tokajew", "Weißrussland"]
    assert texts("client.toml", HOUSE) == ["Toqajew", "Weißrussland"]
    assert texts("starter", "client.toml") == ["Tokajew"]
    assert texts("none") == []
    assert texts("none", "client.toml") == ["Tokajew"]


def test_the_starter_is_used_only_without_any_configuration(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Minsk")
    done = run_program("check", "a.txt", folder=tmp_path)
    assert done.code == 0
    (line,) = done.errors.splitlines()
    assert "starter" in line and "tolmach init" in line
    assert run_program("check", "a.txt", "--glossary", "starter", folder=tmp_path).errors == ""
    write(tmp_path, tolmach_toml="glossary = []\nsources = ['a.txt']\n")
    assert "starter" in run_program("check", folder=tmp_path).errors
    write(tmp_path, tolmach_toml="glossary = 'none'\nsources = ['a.txt']\n")
    assert run_program("check", folder=tmp_path) == Outcome(0, "no findings in 1 file\n", "")


def configured(folder: Path, name: str, extra: str = "") -> Path:
    table = "[tool.tolmach]\n" if name == "pyproject.toml" else ""
    (folder / "deep" / "er").mkdir(parents=True, exist_ok=True)
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "a.txt").write_text("Toqajew von der ODBK", encoding="utf-8")
    (folder / name).write_text(
        f"{table}glossary = [{HOUSE!r}]\nsources = ['texts']\nlanguage_of = {{ 'texts/*' = 'de' }}\n{extra}",
        encoding="utf-8",
    )
    return folder / "deep" / "er"


def findings(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    done = run_program("check", "--format", "json", *arguments, folder=folder)
    assert done.code in (0, 1), done.errors
    return [(one["rule"], one["severity"]) for one in json.loads(done.output)["findings"]]


@pytest.mark.parametrize("name", ["tolmach.toml", "pyproject.toml"])
def test_configuration_is_found_upwards_and_options_win(name: str, tmp_path: Path) -> None:
    below = configured(tmp_path, name, "severity = { deprecated-term = 'hint' }\nignore = ['forbidden-term']\n")
    (below.parent / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert findings(below) == findings(tmp_path) == [("deprecated-term", "hint")]
    assert findings(tmp_path, "--ignore", "deprecated-term") == [("forbidden-term", "error")]
    assert findings(tmp_path, "--select", "deprecated-term") == [("deprecated-term", "hint")]
    assert findings(tmp_path, "--lang", "ru") == []
    assert findings(tmp_path, "--glossary", "none") == []
    (below / "own.txt").write_text("Tokajew", encoding="utf-8")
    assert findings(below, "own.txt", "--lang", "de") == []


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    below = configured(tmp_path, "tolmach.toml")
    (below / "tolmach.toml").write_text("glossary = 'none'\nsources = ['../../texts']\n", encoding="utf-8")
    assert findings(tmp_path) != []
    assert findings(below) == []


# Hostile and large texts


def test_a_configuration_is_named(tmp_path: Path) -> None:
    """Its paths are seen from its folder, wherever the check runs; what would be found from here is not looked at."""
    (tmp_path / "settings" / "texts").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    shutil.copy(HOUSE, tmp_path / "settings" / "house.toml")
    (tmp_path / "settings" / "texts" / "a_de.txt").write_text("Toqajew", encoding="utf-8")
    (tmp_path / "work" / "tolmach.toml").write_text("broken", encoding="utf-8")
    own = 'glossary = ["house.toml"]\nsources = ["texts"]\nseverity = { deprecated-term = "error" }\n'
    (tmp_path / "settings" / "strict.toml").write_text(own, encoding="utf-8")
    (tmp_path / "settings" / "pyproject.toml").write_text(f"[tool.tolmach]\n{own}", encoding="utf-8")
    for name in ("strict.toml", "pyproject.toml"):
        done = run_program("check", "--config", f"../settings/{name}", folder=tmp_path / "work")
        assert (done.code, ": error: Toqajew" in done.output) == (1, True), done.errors
        assert (tmp_path / "work" / done.output.partition(":")[0]).resolve().name == "a_de.txt"
    (tmp_path / "settings" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    arguments = ("check", "../settings/texts", "--glossary", HOUSE, "--config")
    assert run_program(*arguments, "../settings/pyproject.toml", folder=tmp_path / "work").code == 1
    for name in ("missing.toml", "../settings/house.toml", "../settings"):
        done = run_program(*arguments, name, folder=tmp_path / "work")
        assert (done.code, done.output) == (2, "")
        assert "hint: " in done.errors


def test_foreign_signs_do_not_reach_the_terminal(tmp_path: Path) -> None:
    text = "Die Toqajew\u00ad\x1b[31m-Rede \u202eund Toqa\u200bjew\x07 kam."
    name = "e\x1b[31mvil\u202e\nx.txt"
    (tmp_path / name).write_text(text, encoding="utf-8")
    house = CLIENT.replace('form = "Toqajew"\nstatus = "preferred"', 'form = "Toqajew"\nstatus = "deprecated"').replace(
        "the client's wish", "\\u001b]0;owned\\u0007\\u202e"
    )
    write(tmp_path, house_toml=house)
    done = run_program("check", name, "--lang", "de", "--glossary", "house.toml", folder=tmp_path)
    assert done.code == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", done.output)
    assert "e\\x1b[31mvil\\u202e\\nx.txt:1:5: " in done.output
    report = check(tmp_path, name, "--lang", "de", glossary="house.toml")
    assert {one["path"] for one in report["findings"]} == {name}
    for one in report["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]
    lookup = run_program("lookup", "Toqajew", "--glossary", "house.toml", folder=tmp_path)
    assert "tokayev" in lookup.output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", lookup.output)


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = "gr\udcf6sse.txt"
    try:
        (tmp_path / name).write_text("Toqajew", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    arguments = ("check", name, "--lang", "de", "--glossary", HOUSE, "--format", "json", "--output", "report.json")
    assert run_program(*arguments, folder=tmp_path).code == 1
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["findings"][0]["path"] == name
    shown = run_program("check", name, "--lang", "de", "--glossary", HOUSE, folder=tmp_path)
    assert shown.output.startswith("gr\\udcf6sse.txt:1:1: ")


def test_a_line_of_five_megabytes(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Der Sprecher schwieg und ging, " * 165_000 + "Toqajew")
    began = time.process_time()
    (one,) = check(tmp_path, "a.txt", "--lang", "de")["findings"]
    assert (one["start"], one["line"]) == (31 * 165_000, 1)
    assert time.process_time() - began < 15


def test_many_findings_take_linear_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        write(tmp_path, a_txt="Toqajew schwieg. " * count)
        began = time.process_time()
        done = run_program("check", "a.txt", "--lang", "de", "--glossary", HOUSE, folder=tmp_path)
        assert done.output.endswith(f"\n{count} warnings in 1 file\n")
        return time.process_time() - began

    # Quadratic work takes 25 times as long for five times the findings.
    assert seconds(5_000) < 12 * max(seconds(1_000), 0.05)
