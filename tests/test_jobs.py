"""Several processes find what one finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import run_program
from tolmach.cli.jobs import available, shared
from tolmach.errors import TolmachError

ROOT = Path(__file__).parents[1]
SENTENCE = "Präsident Toqajew sprach mit den OVKS-Truppen über Weißrusslands Grenze.\n\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(SENTENCE * number + "Der Winter war lang.\n", encoding="utf-8")
    # Long enough to be cut into blocks that the processes share.
    (folder / "long.txt").write_text((SENTENCE + "Der Winter war lang. " * 400 + "\n\n") * 150, encoding="utf-8")
    (folder / "page.html").write_text("<p>In Toqajew&shy;s Haus</p>", encoding="utf-8")
    return folder


@pytest.mark.parametrize("jobs", ["2", "3"])
@pytest.mark.parametrize("select", [(), ("--select", "deprecated-term,inconsistent-name")])
def test_the_report_is_the_same(jobs: str, select: tuple[str, ...], texts: Path) -> None:
    words = ("check", str(texts), "--glossary", str(ROOT / "glossary"), "--format", "json", *select)
    alone, together = run_program(*words, folder=texts), run_program(*words, "--jobs", jobs, folder=texts)
    assert together == alone
    assert alone.code == 1
    assert len(json.loads(alone.output)["findings"]) >= 3 * (150 + 21) + 1


def test_problems_are_told_once_and_in_order(texts: Path) -> None:
    (texts / "0_bad.txt").write_bytes(b"Gr\xfc\xdfe")
    (texts / "bad.txt").write_bytes(b"Der Winter war lang. " * 60_000 + b"\xff")
    (texts / "empty.txt").write_text("", encoding="utf-8")
    words = ("check", str(texts), "--glossary", "none")
    alone, together = run_program(*words, folder=texts), run_program(*words, "--jobs", "2", folder=texts)
    assert alone.code == together.code == 2
    assert sorted(together.errors.split("\n")) == sorted(alone.errors.split("\n"))
    assert together.errors.count("bad.txt") == 2


def test_a_glossary_that_fails_its_examples_is_told_by_any_process(texts: Path) -> None:
    (texts / "house.toml").write_text(
        '[[concept]]\nid = "a"\nkind = "place"\n[[concept.en]]\nform = "Kyiv"\nstatus = "preferred"\n'
        '[[concept.en]]\nform = "Kiev"\nstatus = "deprecated"\n[concept.examples.en]\nflag = ["[Kief] is a city."]\n',
        encoding="utf-8",
    )
    (texts / "1_en.txt").write_text("They saw Kiev.", encoding="utf-8")
    words = ("check", str(texts), "--glossary", str(texts / "house.toml"))
    alone, together = run_program(*words, folder=texts), run_program(*words, "--jobs", "2", folder=texts)
    assert alone == together
    assert "not flagged: Kief" in alone.errors


def test_one_is_the_least(texts: Path) -> None:
    done = run_program("check", str(texts), "--jobs", "0", folder=texts)
    assert done.code == 2
    assert "jobs" in done.errors


@pytest.mark.parametrize("form", ["text", "jsonl", "github", "sarif", "statistics"])
def test_every_report_is_the_same(form: str, texts: Path) -> None:
    words = ("check", str(texts), "--glossary", str(ROOT / "glossary"), "--format", form)
    assert run_program(*words, "--jobs", "3", folder=texts) == run_program(*words, folder=texts)


def test_a_baseline_marks_what_several_processes_found(texts: Path) -> None:
    words = ("check", str(texts), "--glossary", str(ROOT / "glossary"), "--baseline", "known.json", "--jobs", "2")
    assert run_program(*words, "--write-baseline", folder=texts).code == 0
    again = run_program(*words, folder=texts)
    assert again.code == 0
    assert "more in the baseline" in again.output


@pytest.mark.skipif(available(2) == 1, reason="there is no way to copy a process")
def test_what_a_copy_raises_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    def work(number: int) -> int:
        if number == 2:
            raise TolmachError("no room", path="a.txt", hint="make some")
        if number == 4:
            raise LookupError("a fault of the program")
        return number

    assert shared(work, 2) == [0, 1]
    with pytest.raises(TolmachError, match="no room") as caught:
        shared(work, 3)
    assert (caught.value.path, caught.value.hint) == ("a.txt", "make some")
    with pytest.raises(RuntimeError):
        shared(lambda number: work(number * 4), 2)
    assert "LookupError: a fault of the program" in capfd.readouterr().err
