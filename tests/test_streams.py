"""Large texts are read in pieces, and many findings kept in a file: nothing else is seen of it than less memory."""

from __future__ import annotations

import codecs
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.lint.excerpt import Excerpts
from tolmach.lint.runner import Entry, Finding, Suppressed
from tolmach.lint.spool import Spool, Spooled, divided, gathered, prepared
from tolmach.text import decode, formats, sources, streams
from tolmach.text.formats import Source, _blocks, plain
from tolmach.text.model import Document, Span
from tolmach.text.sources import File
from tolmach.text.streams import Stream

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "cp1252")
SENTENCES = {
    "cp1251": "Президент Токаев отменил чрезвычайное положение в Казахстане.\n\n",
    "cp1252": "Der Präsident löste größere Kämpfe für Öl und Äpfel aus.\r\n",
}

# Pieces of a text

TEXTS = st.text(st.sampled_from("aeß \nЯ\r„\U0001f600.-"), max_size=60)


def cut(text: str, places: list[int]) -> Iterator[str]:
    start = 0
    for place in sorted(min(place, len(text)) for place in places):
        yield text[start:place]
        start = place
    yield text[start:]


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8), st.integers(1, 20))
def test_pieces_make_the_blocks_of_the_whole(text: str, places: list[int], size: int) -> None:
    assert list(_blocks.of_pieces(cut(text, places), size)) == list(_blocks.of_prose(text, size))


# Encodings, piece by piece


def stream(path: Path, content: bytes, size: int, configured: str = "") -> Stream:
    path.write_bytes(content)
    return Stream(str(path), "x", size=size, configured=configured)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [5, 64, 1 << 20])
def test_the_text_is_that_of_the_whole_file(encoding: str, size: int, tmp_path: Path) -> None:
    text = SENTENCES.get(encoding, "Größe, Токаев, „北京“ \U0001f600\r\n\n") * 30
    content, configured = text.encode(encoding), encoding if encoding == "utf-16-le" else ""
    pieces = stream(tmp_path / "a.txt", content, size, configured)
    assert "".join(pieces.pieces()) == text
    whole = decode.decoded(content, "a.txt", configured=configured)
    assert (pieces.encoding.encoding, pieces.encoding.mark) == (whole.encoding, whole.mark)


REFUSED = {
    "empty": b"",
    "blank": b" \n\t\r\n" * 20,
    "blank behind a mark": codecs.BOM_UTF8 + b"\n\n",
    "a NUL": b"Der Winter war lang.\n" * 9 + b"\0",
    "damaged UTF-8": ("Präsident Größe Öl\n" * 40).encode() + b"\xff\n" + ("Präsident Größe Öl\n" * 40).encode(),
    "damaged UTF-8 behind a mark": codecs.BOM_UTF8 + "Größe\n".encode() * 9 + b"\xc3",
    "half a sign at the end": "Größe\nfür Öl ".encode() * 9 + b"\xc3",
    "damaged UTF-16": "Größe\n".encode("utf-16") + b"\x00\xd8",
    "an unknown encoding": "日本語の文章です。\n".encode("shift_jis") * 9,
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_refused_is_what_is_refused_as_a_whole(name: str, size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(TolmachError) as whole:
        decode.decoded(REFUSED[name], str(path))
    with pytest.raises(TolmachError) as pieces:
        list(stream(path, REFUSED[name], size).pieces())
    assert str(pieces.value) == str(whole.value)
    assert pieces.value.hint == whole.value.hint


def test_what_only_the_rest_of_a_file_shows_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_SAMPLE", 1000)
    # 0x98 is no sign in this encoding.
    content = b"\n\n" + (SENTENCES["cp1251"] * 40).encode("cp1251") + b"\x98"
    with pytest.raises(TolmachError) as whole:
        decode.decoded(content, str(tmp_path / "a.txt"))
    with pytest.raises(TolmachError, match="not UTF-8") as caught:
        list(stream(tmp_path / "a.txt", content, 64).pieces())
    assert str(caught.value) == str(whole.value)
    assert caught.value.line == 3


def test_a_configured_encoding_that_does_not_fit_is_told(tmp_path: Path) -> None:
    content = "Größe\n".encode("cp1252") * 3 + b"\x81"
    with pytest.raises(TolmachError, match="not cp1252, as the configuration says") as caught:
        list(stream(tmp_path / "a.txt", content, 4, "cp1252").pieces())
    assert caught.value.line == 4


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    text = stream(tmp_path / "a.txt", b"Toqajew " * 10_000, 8)
    pieces = text.pieces()
    next(pieces)
    Path(text.path).write_bytes(b"Toqajew " * 3 + b"\xff" * 80_000)
    with pytest.raises(TolmachError, match="has changed"):
        list(pieces)


# Files as documents


@pytest.mark.parametrize("name", ["a.txt", "a_de.txt", "a.md", "b.html", "c_de_ru.csv"])
def test_large_files_are_the_same_documents(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    row = '"Er sprach, sagt er.",Он говорил.\n' if name.endswith("csv") else "Toqajew sprach.\n\nМаксимов молчал.\n\n"
    path.write_text(row * 12_000, encoding="utf-8")
    file = File(path, "a", None, named=True)
    whole, large = sources.reading(file), sources.reading(file, large=1000)
    assert list(large.documents()) == list(whole.documents())
    assert large.size == whole.size == path.stat().st_size


@pytest.mark.parametrize("head", ["de\tru\n", "Nr.\tru\tde\tNotiz\n", "source\ttarget\n", ""])
def test_large_tables_have_the_same_units(head: str, tmp_path: Path) -> None:
    row = "7\tОн в Киеве.\tEr ist in Kiew.\tgut\n" if head.startswith("Nr") else "Er ist in Kiew.\tОн в Киеве.\n"
    path = tmp_path / "a.tsv"
    path.write_text(head + "\n" + (row + "\n") * 40_000, encoding="utf-8")
    file = File(path, "a", None, named=True)
    whole, large = (list(sources.reading(file, large=size).documents()) for size in (1 << 30, 1000))
    assert len(large) > 1
    assert "".join(one.text for one in large) == "".join(one.text for one in whole)
    assert [one for block in large for one in block.units] == [one for block in whole for one in block.units]
    for block in large:
        assert block.line == 1 + "".join(one.text for one in large if one.offset < block.offset).count("\n")


def test_a_row_with_one_column_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a_de_ru.tsv"
    path.write_text("Er ist in Kiew.\tОн в Киеве.\n" * 40_000 + "Er ist in Kiew.\n", encoding="utf-8")
    with pytest.raises(TolmachError, match="one column") as caught:
        list(sources.reading(File(path, "a", None, named=True), large=1000).documents())
    assert caught.value.line == 40_001


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8), st.integers(1, 20))
def test_lines_in_blocks_are_whole(text: str, places: list[int], size: int) -> None:
    blocks = list(_blocks.of_lines(cut(text, places), size))
    assert "".join(block.text for block in blocks) == text
    for before, block in pairwise(blocks):
        assert before.text.endswith("\n")
        assert len(before.text) <= size or before.text.count("\n") == 1
        assert (block.offset, block.line) == (before.offset + len(before.text), before.line + before.text.count("\n"))


def test_a_large_text_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path, sentence = tmp_path / "a.txt", "Der Winter in Almaty war lang und kalt.\n\n"
    path.write_text(sentence * 200_000, encoding="utf-8")
    assert memory(sources.reading(File(path, "a", "de", named=True), large=1000).documents) < 5_000_000
    assert memory(sources.reading(File(path, "a", "de", named=True)).documents) > 8_000_000


def memory(documents: Callable[[], Iterator[Document]]) -> int:
    tracemalloc.start()
    for _document in documents():
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


# Findings


def finding(number: int, path: str = "a.txt") -> Finding:
    span = Span(number, number + 7)
    return Finding(
        "mixed-script",
        "warning",
        path,
        "de",
        span,
        1,
        number + 1,
        "Toqаjew",
        "Sch\u200bön",
        "",
        ("a",),
        "safe",
        str(number),
    )


ODD = [
    replace(finding(1), path="\udcff.txt", severity="hint"),
    replace(finding(2), entry=Entry(3, "4", "target", "Quelle", "Ziel"), baselined=True),
    replace(finding(3), replacements=(), suppressed=Suppressed("text", "a quotation")),
]


@pytest.mark.parametrize("most", [0, 1, 2, 100])
def test_findings_come_back_as_they_were(most: int) -> None:
    spool = Spool(most)
    for number, one in enumerate(ODD):
        spool.add((0, number), [one, finding(number)])
    expected = [one for number, odd in enumerate(ODD) for one in (odd, finding(number))]
    found = Spooled([spool])
    assert list(found) == list(found) == expected
    assert (found[0], found[-1], found[1:3], len(found)) == (expected[0], expected[-1], expected[1:3], 6)
    assert found.counts == {"hint": 1, "known": 1, "warning": 4}
    with pytest.raises(IndexError):
        found[6]


@pytest.mark.parametrize("most", [0, 100])
def test_spools_are_merged_by_their_places(most: int) -> None:
    even, odd = Spool(most, line=str), Spool(most, line=str)
    for number in range(0, 10, 2):
        even.add((0, number), [finding(number)])
        odd.add((0, number + 1), [finding(number + 1), finding(number + 1, "b.txt")])
    found = Spooled([even, odd])
    assert [one.span.start for one in found] == [0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9]
    assert list(found.lines(str)) == list(map(str, found))
    assert list(found.lines(repr)) == list(map(repr, found))


@pytest.mark.parametrize("most", [0, 2, 100])
def test_what_was_found_in_a_text_is_forgotten(most: int) -> None:
    spool = Spool(most)
    for text in range(3):
        spool.add((text, 0), [finding(text), finding(text)])
    spool.drop(1)
    assert [one.span.start for one in Spooled([spool])] == [0, 0, 2, 2]
    assert len(Spooled([spool])) == 4


def test_a_spool_that_another_process_has_filled_is_read_with_its_filling() -> None:
    (spool,) = prepared(1)
    spool.add((0, 0), ODD)
    spool.store()
    assert list(Spooled([spool])) == ODD


@given(st.lists(st.sampled_from(ODD), max_size=9), st.integers(1, 5))
def test_gathered_findings_are_all_findings(findings: list[Finding], most: int) -> None:
    assert list(gathered(iter(findings), most)) == findings
    kept, hidden = divided(findings)
    assert [*kept, *hidden] == sorted(findings, key=lambda one: bool(one.suppressed))


# Lines that are quoted


def test_lines_are_found_in_any_order_and_not_in_files_that_have_changed() -> None:
    text = "Toqajew kam.\n\nToqajew ging.\n\n" * 3
    reads: list[int] = []

    def read() -> Iterator[Document]:
        reads.append(1)
        for name in ("a.txt", "b.txt"):
            blocks = _blocks.of_prose(text, 20)
            yield from (plain.document(name, name, block.text, "de", block.offset, block.line) for block in blocks)

    places = [place for place in range(len(text)) if text.startswith("Toqajew", place)]
    found = [replace(finding(place, name), text="Toqajew") for name in ("a.txt", "b.txt") for place in places]
    excerpts = Excerpts(found, read)
    assert [excerpts[one].after for one in found] == [" kam.", " ging."] * 6
    assert len(reads) == 1
    assert [excerpts[one].after for one in found[::-1]] == [" ging.", " kam."] * 6
    assert finding(10_000) not in excerpts
    assert len(excerpts) == len(list(excerpts)) == 12


def test_a_stream_has_the_documents_of_a_source(tmp_path: Path) -> None:
    content = ("Nach Nur-Sultan.\r\n\r\n" * 60_000).encode("utf-8-sig")
    source = Source(str(tmp_path / "a.txt"), "x", content, "de")
    pieces = replace(stream(tmp_path / "a.txt", content, 1 << 16), language="de")
    assert list(plain.stream(pieces)) == list(formats.read(source))
