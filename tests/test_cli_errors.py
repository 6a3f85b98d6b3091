"""Whatever is wrong: a line what and where and a line hint for each problem, exit code 2, nothing written."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from support import Outcome, run_program

CASES = Path(__file__).parent / "cases"
ERRORS = tomllib.loads((CASES / "cli_errors.toml").read_text(encoding="utf-8"))["case"]
BAD_INPUT = CASES / "bad_input"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def problems(done: Outcome) -> list[tuple[str, str]]:
    """The pairs of error and hint; fails where stderr has anything else, but for notes."""
    lines = [line for line in done.errors.splitlines() if not line.startswith("note: ")]
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    for error, hint in pairs:
        assert error.startswith("error: "), done.errors
        assert hint.startswith("hint: ") and len(hint) > len("hint: "), done.errors
    return [(error.removeprefix("error: "), hint) for error, hint in pairs]


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case["name"])
def test_user_errors(case: dict[str, Any], tmp_path: Path) -> None:
    for name, content in case.get("files", {}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content.encode(case.get("encoding", "utf-8")))
    before = snapshot(tmp_path)
    arguments = [argument.replace("\\udcf6", "\udcf6") for argument in case["arguments"]]
    done = run_program(*arguments, folder=tmp_path)
    found = problems(done)
    assert done.code == case.get("code", 2), done.errors
    assert done.output == case.get("output", "")
    assert len(found) == len(case["errors"]), done.errors
    for (error, _hint), words in zip(found, case["errors"], strict=True):
        assert words in error
    assert snapshot(tmp_path) == before


def expected(path: Path) -> set[tuple[int, str]]:
    """What the comments of a bad glossary say must be reported, by line."""
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    return {(number, words.strip()) for number, line in lines for words in re.findall(r"# error: ([^#]*)", line)}


@pytest.mark.parametrize("name", ["entries.toml", "contradictions.toml", "examples.toml"])
@pytest.mark.parametrize(
    "arguments", [("check", "a.txt", "--glossary"), ("glossary", "validate")], ids=lambda words: words[0]
)
def test_all_errors_of_a_glossary_are_reported_with_their_lines(
    name: str, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Der Sprecher des Präsidenten schwieg.", encoding="utf-8")
    done = run_program(*arguments, str(BAD_INPUT / name), folder=tmp_path)
    assert done.code == (2 if arguments[0] == "check" else 1)
    found = [re.fullmatch(r"(.*):(\d+): (.*)", error) for error, _hint in problems(done)]
    wanted = expected(BAD_INPUT / name)
    assert len(found) == len(wanted), done.errors
    for line, words in wanted:
        assert any(match and int(match[2]) == line and words in match[3] for match in found), (line, words, done.errors)


def test_a_broken_link_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    done = run_program("check", "a.txt", "b.txt", "--glossary", "none", folder=tmp_path)
    assert done.code == 2
    assert [error.partition(":")[0] for error, _hint in problems(done)] == ["a.txt", "b.txt"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read from its start")
def test_an_unreadable_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")
    (tmp_path / "b.txt").write_bytes(b"")
    done = run_program("check", "a.txt", "b.txt", "--glossary", "none", folder=tmp_path)
    assert (done.code, done.output) == (2, "")
    assert [error for error, _hint in problems(done)] == [
        "a.txt: cannot read the file: Input/output error",
        "b.txt: the file is empty",
    ]


def test_empty_files_may_be_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "b.po", "c.docx"):
        (tmp_path / name).write_bytes(b"")
    arguments = ("check", "a.txt", "b.po", "c.docx", "--glossary", "none")
    assert run_program(*arguments, folder=tmp_path).code == 2
    done = run_program(*arguments, "--pass-empty", folder=tmp_path)
    assert (done.code, done.output) == (0, "no findings in 0 files\n")
    assert done.errors == "".join(f"note: {name} is empty\n" for name in ("a.txt", "b.po", "c.docx"))


def test_empty_files_in_a_folder_are_only_noted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Minsk", encoding="utf-8")
    done = run_program("check", ".", "--glossary", "none", folder=tmp_path)
    assert (done.code, done.errors) == (0, "note: a.txt is empty\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p <b>>Minsk</p></div><!-- <script> &#xFFFFFFF; &bogus; <![CDATA[ <a href=' Toqajew"),
        ("a.html", "<" * 2000 + "&" * 2000),
        ("a.md", "# \n``` \n[a](b [c]: <>\n|||\n> > > - * 1. \n<div\n***_`~~ Minsk"),
        ("a.md", "[" * 2000 + "*" * 2000 + "`" * 2000),
        ("a.csv", 'Minsk;"Минск"\n;;;\n'),
        ("a.tsv", "\t\n \t \nMinsk\tМинск\t\t\t\n"),
    ],
)
def test_rubbish_that_is_text_is_read(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = run_program("check", name, "--lang", "de", "--glossary", "none", folder=tmp_path)
    assert done.code in (0, 2)
    assert done.code == 2 or "no findings in 1 file" in done.output
    problems(done)


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Minsk", encoding="utf-8")
    done = run_program("check", "a.txt", "--glossary", "none", "--output", "/dev/null", folder=tmp_path)
    assert done.code == 0
    assert Path("/dev/null").is_char_device()


def test_a_full_disk_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Minsk", encoding="utf-8")
    done = run_program("check", "a.txt", "--glossary", "none", "--output", "/dev/full", folder=tmp_path)
    assert done.code == 2
    ((error, _hint),) = problems(done)
    assert error == "/dev/full: cannot write the file: No space left on device"
