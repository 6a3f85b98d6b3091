"""The electronic book of `parallel`: valid, complete, the same when made again."""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from test_parallel import LANGUAGES, article, hostile
from tolmach.parallel.document import Cell, ParallelDocument, Row, Signature
from tolmach.parallel.writers import load

JAR = Path("/usr/share/java/epubcheck.jar")
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def book(document: ParallelDocument) -> zipfile.ZipFile:
    ((ending, content),) = load("epub").write(document)
    assert ending == ".epub"
    return zipfile.ZipFile(io.BytesIO(content))


def page(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(f"EPUB/{name}"))


def spine(archive: zipfile.ZipFile) -> list[str]:
    package = page(archive, "package.opf")
    files = {one.get("id"): one.get("href", "") for one in package.iter(f"{OPF}item")}
    return [files[one.get("idref")] for one in package.iter(f"{OPF}itemref")]


def long_book(count: int, every: int = 0) -> ParallelDocument:
    rows = (
        Row(
            f"x#{number:08x}",
            number // 3,
            bool(every) and number % every == 0,
            {"de": Cell(f"Satz {number}.", "reviewed"), "ru": Cell(f"Предложение {number}.", "draft")},
        )
        for number in range(count)
    )
    return ParallelDocument("Ein Buch", "x", ("de", "ru"), tuple(rows), (), Signature("0"))


def right_to_left() -> ParallelDocument:
    cells = {"de": Cell("Donau" * 2000, "reviewed"), "fa": Cell("این یک جمله است\u202e", "draft"), "ru": Cell()}
    rows = (Row("x y#00000001", 0, True, cells), Row("x y#00000001-2", 1, False, cells))
    return ParallelDocument("\x00\ufffe\uffff", "x y", ("fa", "de", "ru"), rows, (), Signature("0"), source="fa")


DOCUMENTS = {
    "article": article,
    "hostile": hostile,
    "two languages": lambda: replace(article(), languages=("ru", "de")),
    "without the original": lambda: replace(article(), languages=("ru", "en"), source="de"),
    "right to left": right_to_left,
    "long": lambda: long_book(1000, 70),
    "empty": lambda: ParallelDocument("Leer", "x", ("de", "en"), (), (), Signature("0")),
}


@pytest.mark.parametrize("name", ["article", "hostile", "right to left", "long", "empty"])
def test_epubcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    if not JAR.exists():
        pytest.skip("epubcheck is not installed")
    ((_ending, content),) = load("epub").write(DOCUMENTS[name]())
    (tmp_path / "book.epub").write_bytes(content)
    done = subprocess.run(
        ["java", "-jar", str(JAR), "--failonwarnings", "book.epub"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_kind_of_file_stands_first_and_readable() -> None:
    first = book(article()).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere_and_ids_are_unique(name: str) -> None:
    archive = book(DOCUMENTS[name]())
    pages = {file: page(archive, file) for file in (*spine(archive), "nav.xhtml")}
    ids = {file: [one.get("id") for one in root.iter() if one.get("id")] for file, root in pages.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    for file, root in pages.items():
        for link in root.iter(f"{XHTML}a"):
            target, _sign, anchor = link.get("href", "").partition("#")
            target = posixpath.normpath(target or file)
            assert target in pages
            assert not anchor or anchor in ids[target]


def test_every_sentence_stands_once_in_its_language() -> None:
    archive = book(article())
    roots = [page(archive, file) for file in spine(archive)]
    text = "".join("".join(one.itertext()) for root in roots for one in root.iter(f"{XHTML}body"))
    for row in article().rows:
        for code, cell in row.cells.items():
            assert not cell.text or text.count(cell.text) == 1
            cells = [one for root in roots for one in root.iter() if "".join(one.itertext()) == cell.text and cell.text]
            assert not cell.text or any(one.get("lang") == one.get(LANG) == code for one in _with_parents(roots, cells))


def _with_parents(roots: list[ElementTree.Element], found: list[ElementTree.Element]) -> list[ElementTree.Element]:
    parents = {child: parent for root in roots for parent in root.iter() for child in parent}
    return [*found, *(parents[one] for one in found if one in parents)]


def test_states_are_words() -> None:
    text = "".join(page(book(article()), "part-0001.xhtml").itertext())
    assert text.count("draft") == 1
    assert text.count("нет перевода") == 1


def test_a_long_book_is_cut_between_paragraphs() -> None:
    archive = book(long_book(1000))
    parts = [file for file in spine(archive) if file.startswith("part")]
    assert len(parts) == 4
    for part in parts:
        rows = [one for one in page(archive, part).iter(f"{XHTML}div") if one.get("id")]
        assert len(rows) <= 400
        assert int(rows[0].get("id", "")[2:], 16) % 3 == 0
    entries = ["".join(one.itertext()) for one in page(archive, "nav.xhtml").iter(f"{XHTML}a")]
    assert entries[:2] == ["Sätze 1–300", "Sätze 301–600"]


def test_a_paragraph_without_end_is_cut_all_the_same() -> None:
    document = long_book(1000)
    endless = replace(document, rows=tuple(replace(row, paragraph=0) for row in document.rows))
    assert len([file for file in spine(book(endless)) if file.startswith("part")]) == 3


def test_headings_are_the_contents() -> None:
    nav = page(book(article()), "nav.xhtml")
    assert ["".join(one.itertext()) for one in nav.iter(f"{XHTML}a")] == [
        "Tokajew reist nach Almaty",
        "Namen und Begriffe",
    ]


def test_another_content_is_another_book_and_the_same_is_the_same() -> None:
    def identifier(document: ParallelDocument) -> str:
        package = page(book(document), "package.opf")
        return next(package.iter("{http://purl.org/dc/elements/1.1/}identifier")).text or ""

    changed = replace(article(), rows=article().rows[:2])
    assert identifier(article()) == identifier(article()) != identifier(changed)
    assert identifier(article()) != identifier(replace(article(), languages=LANGUAGES[:2]))


@pytest.mark.parametrize("name", ["docx", "epub"])
def test_archives_carry_no_time(name: str) -> None:
    ((_ending, content),) = load(name).write(article())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {(one.date_time, one.create_system, one.external_attr) for one in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)
        }


def test_the_colours_of_text_and_paper_are_those_of_the_reading_program() -> None:
    """A colour of ours would be unreadable on the paper that some of them have by night."""
    style = book(article()).read("EPUB/style.css").decode("utf-8")
    assert re.findall(r"(?<![\w-])(?:color|background(?:-color)?): *(\S+);", style) == ["inherit"]


@pytest.mark.parametrize(("languages", "said"), [(LANGUAGES, "Satz für Satz"), (("ru", "en"), "Satz für Satz")])
def test_the_package_says_how_it_can_be_read(languages: tuple[str, ...], said: str) -> None:
    package = page(book(replace(article(), languages=languages)), "package.opf")
    told = {one.get("property"): one.text or "" for one in package.iter(f"{OPF}meta")}
    assert said in told["schema:accessibilitySummary"]


def test_the_first_headline_is_the_title_and_the_others_are_below_it() -> None:
    archive = book(long_book(1000, 70))
    levels = [
        one.get("aria-level")
        for file in spine(archive)
        for one in page(archive, file).iter()
        if one.get("role") == "heading"
    ]
    assert levels[:4] == ["1", "1", "2", "2"]
    assert set(levels[2:]) == {"2"}
