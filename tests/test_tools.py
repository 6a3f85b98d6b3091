"""Files as other programs write them: what is mended in them by the command line, and that nothing else is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from office import accepted, archive, member, records, rejected
from support import Outcome, run_program

CASES = Path(__file__).parent / "cases"
TOOLS = CASES / "tools"
HOUSE = str(CASES / "cli_house.toml")
_CHANGE = re.compile(r"\u27e6([^|\u27e7]*)\|([^\u27e7]*)\u27e7")
# Findings that are reported and stay: locked segments, quotations, names of links, what a program makes.
STAY = {
    "article.md": 1, "film.vtt": 0, "film_de.srt": 0, "hugo.md": 0, "keys.tsv": 0, "memoq.mqxliff": 1, "names.csv": 0,
    "okapi.xlf": 3, "omegat.tmx": 0, "page.html": 2, "phrase.mxliff": 1, "poedit.po": 0, "speech_de.txt": 1,
    "trados.sdlxliff": 1, "xliff-2.xliff": 1, "report.docx": 2, "report.odt": 3,
}  # fmt: skip
DOCUMENTS = ("report.docx", "report.odt")
TEXTS = sorted(set(STAY) - set(DOCUMENTS))
# Another writing of the word counts once although it is in two pieces, or twice although it is one finding.
COUNTED = {"report.docx": -1}


def check(folder: Path, *arguments: str) -> Outcome:
    return run_program("check", *arguments, "--glossary", HOUSE, folder=folder)


def before(marked: str) -> str:
    return _CHANGE.sub(r"\1", marked)


def after(marked: str) -> str:
    return _CHANGE.sub(r"\2", marked)


def mend(path: Path, changes: int) -> None:
    """Check the file, mend it by the command line, and mend it again."""
    stay = STAY[path.name]
    found = json.loads(check(path.parent, path.name, "--format", "json").output)["findings"]
    assert len(found) == changes + stay
    assert {one["rule"] for one in found} == {"deprecated-term"}
    done = check(path.parent, path.name, "--fix")
    assert (done.code, done.errors) == (int(stay > 0), "")
    assert done.output.startswith(f"{path.name}:") and f"{changes} fixed" in done.output
    once = path.read_bytes()
    assert "; 0 fixed" in check(path.parent, path.name, "--fix").output
    assert path.read_bytes() == once


def test_every_file_is_tested() -> None:
    assert {path.name for path in TOOLS.iterdir()} == {*STAY, "README.md"}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", TEXTS)
def test_just_these_words_are_mended(name: str, end: str, tmp_path: Path) -> None:
    marked = "\ufeff" * (end == "\r\n") + (TOOLS / name).read_bytes().decode().replace("\n", end)
    path = tmp_path / name
    path.write_bytes(before(marked).encode())
    mend(path, len(_CHANGE.findall(marked)))
    assert path.read_bytes().decode() == after(marked)


def members(name: str) -> dict[str, str]:
    """The members of an archive, with the marks of changes; those that must come first do."""
    root = TOOLS / name
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {
        key: found[key].read_text(encoding="utf-8")
        for key in sorted(found, key=lambda key: (key not in ("mimetype", "[Content_Types].xml"), key))
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_just_these_words_of_a_document_are_mended(name: str, tmp_path: Path) -> None:
    parts = members(name)
    old = archive({key: before(text) for key, text in parts.items()}, stored=("mimetype",))
    path = tmp_path / name
    path.write_bytes(old)
    changes = sum(len(_CHANGE.findall(text)) for text in parts.values())
    mend(path, changes + COUNTED.get(name, 0))
    new = path.read_bytes()
    assert {key: member(new, key).decode() for key in parts} == {key: after(text) for key, text in parts.items()}
    untouched = [key for key, text in parts.items() if not _CHANGE.search(text)]
    assert list(records(new)) == list(records(old))
    for key in untouched:
        assert records(new)[key] == records(old)[key]


def test_what_is_not_plain_text_of_a_document_is_tracked(tmp_path: Path) -> None:
    old = archive({key: before(text) for key, text in members("report.docx").items()})
    path = tmp_path / "report.docx"
    path.write_bytes(old)
    # Within a control of plain text a change would look like text to some programs.
    assert "; 10 fixed" in check(tmp_path, path.name, "--fix", "--track").output
    new = path.read_bytes()
    assert rejected(new) == rejected(old)
    control = "Sohn und Toqajew und die"
    assert control in accepted(old) and control in accepted(new)
    assert accepted(new).count("Tokajew") == accepted(old).count("Toqajew") - 5


def test_a_content_control_is_commented_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(archive({key: before(text) for key, text in members("report.docx").items()}))
    assert check(tmp_path, path.name, "--format", "docx-comments", "--output", "b.docx").code == 1
    new = member((tmp_path / "b.docx").read_bytes(), "word/document.xml").decode()
    controls = re.findall(r"<w:sdt>.*?</w:sdt>", new)
    assert len(controls) == 2
    assert all(
        "comment" not in one and re.search(rf'<w:commentRangeStart w:id="\d+"/>{re.escape(one)}', new)
        for one in controls
    )


RUSSIAN = """\
[[concept]]
id = "belarus"
kind = "place"
[[concept.ru]]
form = "Беларусь"
status = "preferred"
[[concept.ru]]
form = "Белоруссия"
status = "deprecated"
"""
SENTENCE = "Вчера президент говорил о том, что Белоруссия остаётся в союзе. Другие страны ещё не ответили на это."
ENCODED = tomllib.loads((CASES / "formats" / "encoded.toml").read_text(encoding="utf-8"))["encoded"]


@pytest.mark.parametrize(
    ("name", "encoding", "frame"), ENCODED, ids=[f"{name} {code}" for name, code, _frame in ENCODED]
)
def test_the_encoding_of_a_program_stays(name: str, encoding: str, frame: str, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(RUSSIAN, encoding="utf-8")
    path = tmp_path / name
    path.write_bytes(frame.format(SENTENCE).encode(encoding))
    done = run_program("check", name, "--fix", "--glossary", "house.toml", folder=tmp_path)
    assert (done.code, done.errors) == (0, "")
    assert path.read_bytes() == frame.format(SENTENCE.replace("Белоруссия", "Беларусь")).encode(encoding)
