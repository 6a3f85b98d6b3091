"""The SARIF report holds what the official schema and the standard demand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support import run_program
from test_reporters import HOUSE, NOTHING, REPORT, written

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
TEXT = "\ufeffIn 北京 sprach\r\nToqajews Sohn \U0001f600 von der ODBK,\r\nKassym-Schomart Toqajew aus Weißrussland.\r\n"


def valid(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft7Validator(SCHEMA).validate(log)
    return log


def run_of(log: dict[str, Any]) -> dict[str, Any]:
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_is_not_asleep() -> None:
    log = json.loads(written("sarif"))
    run_of(log)["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(log))


@pytest.mark.parametrize("report", [REPORT, NOTHING], ids=["findings", "none"])
def test_reports_are_valid(report: Any) -> None:
    run = run_of(valid(written("sarif", report)))
    names = [one["id"] for one in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert names[result["ruleIndex"]] == result["ruleId"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_known_results_are_marked() -> None:
    results = run_of(valid(written("sarif")))["results"]
    assert [one["baselineState"] for one in results] == ["new", "unchanged", *["new"] * 7]
    assert [len(one.get("suppressions", [])) for one in results] == [0, 1, 0, 0, 0, 0, 1, 1, 1]


def test_what_is_left_alone_is_told_and_counts_nowhere(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a_de.txt").write_text("Toqajew von der ODBK", encoding="utf-8")
    (tmp_path / "b_de.txt").write_text(
        "Toqajew # tolmach: ignore deprecated-term (wie gesprochen)\n\nToqajew // tolmach: ignore\n", encoding="utf-8"
    )
    (tmp_path / "tolmach.toml").write_text(
        f"glossary = [{HOUSE!r}]\nignore-in = {{ 'archive/**' = ['deprecated-term'] }}\n"
        "[severity-in.'archive/**']\nforbidden-term = 'hint'\n",
        encoding="utf-8",
    )
    for jobs in ("1", "2"):
        done = run_program("check", ".", "--format", "sarif", "--jobs", jobs, folder=tmp_path)
        assert done.code == 0
        told = [(one["ruleId"], one["level"], one.get("suppressions")) for one in run_of(valid(done.output))["results"]]
        assert told == [
            ("forbidden-term", "note", None),
            ("deprecated-term", "warning", [external("ignored here by the configuration")]),
            ("deprecated-term", "warning", [{"kind": "inSource", "justification": "wie gesprochen"}]),
            ("deprecated-term", "warning", [{"kind": "inSource"}]),
        ]
    for name in ("json", "text"):
        done = run_program("check", ".", "--format", name, folder=tmp_path)
        assert "Toqajew" not in done.output
    before = (tmp_path / "b_de.txt").read_bytes()
    mended = run_program("check", ".", "--fix", "--format", "sarif", folder=tmp_path)
    assert (tmp_path / "archive" / "a_de.txt").read_text(encoding="utf-8") == "Toqajew von der ODKB"
    assert (tmp_path / "b_de.txt").read_bytes() == before
    assert [one["suppressions"][0]["kind"] for one in run_of(valid(mended.output))["results"]] == [
        "inSource", "inSource", "external",
    ]  # fmt: skip


def external(why: str) -> dict[str, str]:
    return {"kind": "external", "justification": why}


def test_brackets_in_messages_make_no_links() -> None:
    assert run_of(valid(written("sarif")))["results"][2]["message"]["text"].endswith(r"\[sic\](x) {0}")


def test_regions_quote_the_file_and_fixes_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "Über 1_de.txt"
    path.write_bytes(TEXT.encode())
    common = ("check", path.name, "--glossary", HOUSE)
    run = run_of(valid(run_program(*common, "--format", "sarif", folder=tmp_path).output))
    text = TEXT.removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").split("\n")
    mended = text
    assert len(run["results"]) == 4
    for result in reversed(run["results"]):
        region = result["locations"][0]["physicalLocation"]["region"]
        start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        assert text[start:end] == region["snippet"]["text"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        (change,) = result["fixes"][0]["artifactChanges"]
        (replacement,) = change["replacements"]
        assert replacement["deletedRegion"] == {key: region[key] for key in replacement["deletedRegion"]}
        mended = mended[:start] + replacement["insertedContent"]["text"] + mended[end:]
    assert run_program(*common, "--fix", folder=tmp_path).code == 0
    assert path.read_bytes().decode() == "\ufeff" + mended


def test_bilingual_results_name_their_unit(tmp_path: Path) -> None:
    (tmp_path / "a_ru_de.tsv").write_text("ОДКБ молчала.\tMan schwieg.\n", encoding="utf-8")
    done = run_program("check", "a_ru_de.tsv", "--glossary", HOUSE, "--format", "sarif", folder=tmp_path)
    (result,) = run_of(valid(done.output))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1, "snippet": {"text": ""}}
    assert location["logicalLocations"][0]["name"] == "1"
    assert "fixes" not in result


def test_the_gravity_that_the_configuration_gives_counts(tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text(f"glossary = [{HOUSE!r}]\nseverity = {{ deprecated-term = 'hint' }}\n")
    (tmp_path / "a_de.txt").write_text("Toqajew", encoding="utf-8")
    run = run_of(valid(run_program("check", "a_de.txt", "--format", "sarif", folder=tmp_path).output))
    assert [one["level"] for one in run["results"]] == ["note"]
