"""The manual of the rules: all of them, as they are, in every form, and the same everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import run_program
from tolmach.config import KEYS
from tolmach.lint import manual
from tolmach.lint import rule as rules
from tolmach.lint.reporter import Report
from tolmach.lint.reporters.sarif import REPORTER

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_rules_say(tmp_path: Path) -> None:
    """After a change of a rule: uv run python scripts/build/rules.py."""
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert run_program("rules", "--format", "markdown", folder=tmp_path).output == page
    chapters = {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")}
    assert set(rules.names()) <= chapters


def test_the_list_names_every_rule_once(tmp_path: Path) -> None:
    head, *lines = run_program("rules", folder=tmp_path).output.splitlines()
    assert head.split() == ["rule", "severity", "on", "fix", "what"]
    assert tuple(line.split()[0] for line in lines) == rules.names()
    for line, name in zip(lines, rules.names(), strict=True):
        one = rules.load(name)
        assert line.split()[1:4] == [one.severity, "yes" if one.default else "no", manual.safety(one)]
        assert line.endswith(one.summary)


@pytest.mark.parametrize("name", rules.names())
def test_a_rule_is_explained_in_every_form(name: str, tmp_path: Path) -> None:
    one = rules.load(name)
    assert manual.safety(one) in ("safe", "unsafe", "none")
    assert set(one.options) <= set(KEYS)
    text = run_program("rules", name.upper(), folder=tmp_path).output
    page = run_program("rules", name, "--format", "markdown", folder=tmp_path).output
    for told in (one.summary, one.why, one.fix, *(example.text for example in (*one.bad, *one.good))):
        assert told in text
        assert told in page
    (record,) = json.loads(run_program("rules", name, "--format", "json", folder=tmp_path).output)["rules"]
    assert (record["id"], record["severity"], record["default"]) == (name, one.severity, one.default)
    assert [example["text"] for example in record["bad"]] == [example.text for example in one.bad]
    assert [example.get("target") for example in record["good"]] == [example.target for example in one.good]


def test_sarif_says_the_same() -> None:
    log = json.loads("".join(REPORTER.write(Report([], 1, "0.1.0", "8", rules.names()))))
    for told in log["runs"][0]["tool"]["driver"]["rules"]:
        one = rules.load(told["id"])
        assert told["help"]["text"] == "\n".join(manual.text(told["id"], one))
        assert told["help"]["markdown"] == "\n".join(manual.markdown(told["id"], one))


@pytest.mark.parametrize(
    ("wrong", "right"), [("quots", "quotes"), ("deprecated-terms", "deprecated-term"), ("xyz", "")]
)
def test_a_rule_that_does_not_exist(wrong: str, right: str, tmp_path: Path) -> None:
    done = run_program("rules", wrong, folder=tmp_path)
    assert (done.code, done.output) == (2, "")
    error, hint = done.errors.splitlines()
    assert error == f"error: there is no rule called {wrong}"
    assert ("did you mean" in hint) == bool(right)
    assert f"did you mean {right}? there are: " in hint or not right
