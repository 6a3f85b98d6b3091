"""The configurations in docs/ci.md are valid, and what they call exists and does what they say."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support import run_program

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parent.parent
HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS: list[Any] = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)]


def snippet(key: str) -> Any:
    (found,) = (one for one in SNIPPETS if key in one)
    return found[key]


def test_hooks_that_are_named_exist() -> None:
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (repository,) = snippet("repos")
    assert {hook["id"] for hook in repository["hooks"]} == known


def test_inputs_of_the_action_that_are_set_exist() -> None:
    known = set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])
    steps = [
        *snippet("jobs")["tolmach"]["steps"],
        *(one for part in SNIPPETS if isinstance(part, list) for one in part),
    ]
    ours = [step for step in steps if step["uses"].startswith("OWNER/tolmach@")]
    assert len(ours) == 2
    assert all(set(step["with"]) <= known for step in ours)


def test_the_job_for_gitlab_writes_the_report_it_hands_over(tmp_path: Path) -> None:
    job = snippet("terms")
    _install, check = job["script"]
    program, *arguments = shlex.split(check)
    assert program == "tolmach"
    (tmp_path / "tolmach.toml").write_text(f"glossary = [{HOUSE!r}]\nsources = ['.']\n", encoding="utf-8")
    (tmp_path / "a_de.txt").write_text("Toqajew\n", encoding="utf-8")
    done = run_program(*arguments, folder=tmp_path)
    assert (done.code, "Toqajew → Tokajew" in done.output) == (1, True)
    (issue,) = json.loads((tmp_path / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"] == {"path": "a_de.txt", "lines": {"begin": 1, "end": 1}}


def test_options_and_formats_that_are_named_exist() -> None:
    manual = subprocess.run(
        [sys.executable, "-m", "tolmach", "check", "--help"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    written = "\n".join(re.findall(r"`(--[^`]*)`", PAGE) + re.findall(r"tolmach check (.*)", PAGE))
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", written))
    assert len(options) > 8
    assert options <= set(re.findall(r"--[a-z][a-z-]*", manual))
    formats = set(re.findall(r"--format (\w+)", written))
    assert formats == {"gitlab", "github", "sarif", "checkstyle", "junit", "html", "json", "jsonl"}
    assert all(re.search(rf"\b{name}\b", manual) for name in formats)
