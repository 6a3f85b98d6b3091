"""Parallel documents as translation programs have saved them: the same work of a translator comes back from each."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from support import run_program

FOLDER = Path(__file__).parent / "cases" / "exchange" / "programs"
CONFIRMED, REWRITTEN, REPEATED, UNTOUCHED, NEW = 2, 4, 6, 7, 8
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name not in ("README.md", "lage.txt", "lage.po"))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "translations" / "en").mkdir(parents=True)
    shutil.copy(FOLDER / "lage.txt", tmp_path / "seeds")
    shutil.copy(FOLDER / "lage.po", tmp_path / "translations" / "en")
    (tmp_path / "tolmach.toml").write_text(
        'sources = ["seeds"]\nglossary = "none"\nlanguages = ["de", "en"]\n', encoding="utf-8"
    )
    return tmp_path


def english(folder: Path) -> list[tuple[str, bool]]:
    file = polib.pofile(str(folder / "translations" / "en" / "lage.po"), wrapwidth=0)
    return [(entry.msgstr, not entry.fuzzy) for entry in file]


@pytest.mark.parametrize("name", FILES)
def test_the_work_of_a_translator_comes_back_and_nothing_else(house: Path, name: str) -> None:
    before = english(house)
    done = run_program("import", str(FOLDER / name), folder=house)
    assert (done.code, done.errors) == (0, "")
    after = english(house)
    assert after[CONFIRMED] == (before[CONFIRMED][0], True)
    assert after[REWRITTEN] == ("Then he talked for hours about the CSTO & its peacekeepers (<peacekeepers>).", True)
    assert after[NEW] == ("He left.", True)
    # OmegaT gives all sentences that are the same one translation
    assert after[REPEATED] == (before[REPEATED][0], name.startswith("omegat"))
    assert after[UNTOUCHED] == before[UNTOUCHED]
    assert [after[number] for number in (0, 1, 3, 5)] == [before[number] for number in (0, 1, 3, 5)]
    again = run_program("import", str(FOLDER / name), folder=house)
    assert (again.code, english(house)) == (0, after)


@pytest.mark.parametrize("name", FILES)
def test_what_the_house_has_changed_meanwhile_is_not_lost(house: Path, name: str) -> None:
    path = house / "translations" / "en" / "lage.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for number, text in ((REWRITTEN, "He spoke."), (UNTOUCHED, "They were released.")):
        file[number].msgstr, file[number].flags, file[number].tcomment = text, [], ""
    file.save()
    done = run_program("import", str(FOLDER / name), folder=house)
    assert (done.code, done.errors.count("changed on both sides")) == (1, 1)
    after = english(house)
    assert (after[REWRITTEN], after[UNTOUCHED]) == (("He spoke.", True), ("They were released.", True))
    assert after[NEW] == ("He left.", True)
