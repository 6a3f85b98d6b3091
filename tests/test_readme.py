"""What the README shows is what the program does; its two commands and links exist."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
BLOCKS = {page: "".join(re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)) for page, text in PAGES.items()}
# A command is one line, or goes on to the end of what it says it reads.
COMMAND = re.compile(
    r"^\$ (?P<command>[^\n]*<<'(?P<end>\w+)'\n.*?\n(?P=end)|[^\n]*)\n(?P<shown>.*?)(?=^\$ |\Z)", re.M | re.S
)


def commands(block: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output shown below it."""
    return [(found["command"], found["shown"]) for found in COMMAND.finditer(block)]


@pytest.mark.parametrize("block", [pytest.param(block, id=page) for page, block in sorted(BLOCKS.items()) if block])
def test_console_blocks_run_as_shown(block: str, tmp_path: Path) -> None:
    """All blocks of a page in one folder, as somebody does who follows it."""
    (tmp_path / "glossary").symlink_to(ROOT / "glossary")
    (tmp_path / "tolmach.toml").write_text('glossary = ["glossary"]\n', encoding="utf-8")
    environment = {
        **os.environ,
        "LANGUAGE": "en",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for command, shown in commands(block):
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.stdout == shown, done.stderr


@pytest.mark.parametrize("page", sorted(page for page, text in PAGES.items() if "\n>>> " in text))
def test_python_examples_give_what_they_show(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "glossary").symlink_to(ROOT / "glossary")
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(PAGES[page], {}, page, None, 0)
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_first_output_comes_early() -> None:
    assert README.index("```console") < README.index("\n" * 1 + "2 warnings")
    assert README[: README.index("$ tolmach check")].count("\n") < 12


def test_linked_files_and_named_scripts_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
    for script in re.findall(r"^    (\./scripts/\w+)", README, re.MULTILINE):
        assert os.access(ROOT / script, os.X_OK), script


def test_public_interface_is_small_and_complete() -> None:
    import tolmach

    assert len(tolmach.__all__) <= 15
    for name in tolmach.__all__:
        assert getattr(tolmach, name) is not None
    with pytest.raises(AttributeError):
        tolmach.nothing_of_that_name  # noqa: B018
