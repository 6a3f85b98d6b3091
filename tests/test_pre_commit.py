"""The hooks, run by pre-commit itself in a scratch repository: it builds this program and installs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tolmach.text import formats

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parent.parent
HOUSE = Path(__file__).parent / "cases" / "cli_house.toml"
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
# All that the program is built from.
PARTS = ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
BESIDE = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
PROGRAM = shutil.which("pre-commit", path=BESIDE)


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def program_repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This program as a repository, as it is now, and its revision."""
    folder = tmp_path_factory.mktemp("program")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Build")
    return folder, git(folder, "rev-parse", "HEAD")


class Scratch:
    """A repository of texts whose commits pre-commit guards."""

    def __init__(self, folder: Path, home: Path, program: tuple[Path, str]) -> None:
        self.folder, self.home = folder, home
        git(folder, "init", "--quiet")
        shutil.copy(HOUSE, folder / "house.toml")
        (folder / "tolmach.toml").write_text('glossary = ["house.toml"]\n', encoding="utf-8")
        repository, revision = program
        hooks = [{"id": hook["id"], "stages": ["pre-commit", "manual"]} for hook in HOOKS]
        settings = {"repos": [{"repo": str(repository), "rev": revision, "hooks": hooks}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        git(folder, "add", "--all")

    def run(self, hook: str) -> tuple[int, str]:
        """Add everything and run a hook on what is to be committed."""
        git(self.folder, "add", "--all")
        variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LANGUAGE")}
        done = subprocess.run(
            [str(PROGRAM), "run", hook, "--color", "never"],
            cwd=self.folder,
            env={**variables, "PRE_COMMIT_HOME": str(self.home), "LANGUAGE": "en"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hooks")


@pytest.fixture
def scratch(tmp_path: Path, home: Path, program_repository: tuple[Path, str]) -> Scratch:
    if PROGRAM is None:
        pytest.skip("needs pre-commit")
    return Scratch(tmp_path, home, program_repository)


def test_a_commit_fails_is_mended_and_passes(scratch: Scratch) -> None:
    text = scratch.folder / "Bericht über uns_de.txt"
    text.write_bytes("Präsident Toqajew schwieg.\r\nToqajews Sprecher auch.\r\n".encode())
    (scratch.folder / "notes.py").write_text("name = 'Toqajew'\n", encoding="utf-8")
    code, said = scratch.run("tolmach")
    assert code == 1, said
    assert f"{text.name}:1:11: warning: Toqajew: write Tokajew" in said
    assert f"{text.name}:2:1: warning: Toqajews: write Tokajews" in said
    assert "notes.py" not in said
    code, said = scratch.run("tolmach-fix")
    assert code == 1 and "files were modified by this hook" in said, said
    assert text.read_bytes() == "Präsident Tokajew schwieg.\r\nTokajews Sprecher auch.\r\n".encode()
    for hook in ("tolmach-fix", "tolmach"):
        code, said = scratch.run(hook)
        assert (code, "Passed" in said) == (0, True), said


def test_texts_that_need_nothing_pass(scratch: Scratch) -> None:
    (scratch.folder / "gut_de.md").write_text("Präsident Tokajew\n", encoding="utf-8")
    (scratch.folder / "leer.txt").write_bytes(b"")
    for _commit in range(2):
        code, said = scratch.run("tolmach")
        assert (code, "Passed" in said) == (0, True), said
        # Now the empty text is alone.
        (scratch.folder / "gut_de.md").unlink(missing_ok=True)


def test_a_commit_without_texts_runs_nothing(scratch: Scratch) -> None:
    (scratch.folder / "notes.py").write_text("name = 'Toqajew'\n", encoding="utf-8")
    code, said = scratch.run("tolmach")
    assert (code, "Skipped" in said) == (0, True), said


def test_a_text_that_cannot_be_read_fails(scratch: Scratch) -> None:
    (scratch.folder / "kaputt.po").write_text('msgid "offen\n', encoding="utf-8")
    code, said = scratch.run("tolmach")
    assert code == 1 and "exit code: 2" in said and "hint: " in said, said


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_are_for_all_formats(hook: dict[str, Any]) -> None:
    wanted = re.compile(hook["files"])
    assert [suffix for suffix in formats.by_suffix() if not wanted.search(f"a/b{suffix}")] == []
    assert wanted.search("A.TXT")
    others = ("a.py", "a.toml", "a.xml", "txt", "a.txt.py", "a.doc", "a.xmd", "a.xlff", "Makefile", "a.txt~")
    assert [name for name in others if wanted.search(name)] == []


def test_the_hooks_are_a_check_and_a_fix() -> None:
    assert [(hook["id"], hook["entry"]) for hook in HOOKS] == [
        ("tolmach", "tolmach check --pass-empty"),
        ("tolmach-fix", "tolmach check --pass-empty --fix"),
    ]
    assert all(hook["require_serial"] and hook["pass_filenames"] for hook in HOOKS)
