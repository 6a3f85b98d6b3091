"""Files made to hurt, or damaged: every reader takes them or refuses them in one line, and none fails or hangs."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from office import archive, word_members
from support import run_program
from tolmach.errors import TolmachError
from tolmach.files import parse_toml
from tolmach.glossary import formats as glossary_formats
from tolmach.text import formats, streamed

XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="ru"><file id="f1">'
    '<unit id="s1" name="a#00000000"><segment><source>{0}</source><target>{0}</target></segment></unit></file></xliff>'
)
TMX = (
    '<tmx version="1.4"><header srclang="de"/><body><tu tuid="a#00000000"><tuv xml:lang="de"><seg>{0}</seg></tuv>'
    '<tuv xml:lang="ru"><seg>{0}</seg></tuv></tu></body></tmx>'
)
TBX = (
    '<tbx type="TBX-Basic" style="dca" xml:lang="de" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>'
    '<conceptEntry id="a"><langSec xml:lang="de"><termSec><term>{0}</term></termSec></langSec></conceptEntry>'
    "</body></text></tbx>"
)
OWN_TBX = TBX.format("Minsk").replace("TBX-Basic", "TBX-Tolmach").replace("<langSec", "{0}<langSec", 1)
MULTITERM = (
    "<mtf><conceptGrp><concept>1</concept><languageGrp><language type='German' lang='DE'/><termGrp><term>{0}</term>"
    "</termGrp></languageGrp></conceptGrp></mtf>"
)
TEXTS = {".xlf": XLIFF, ".tmx": TMX}
GLOSSARIES = {"tbx-basic": TBX, "multiterm": MULTITERM}


def read(name: str, content: bytes) -> None:
    list(formats.read(formats.Source(name, "a", content)))


def bring_back(name: str, content: bytes) -> None:
    back = formats.for_path(name).back
    assert back is not None
    back(formats.Source(name, "a", content))


def refused(use: Callable[[], object]) -> TolmachError:
    with pytest.raises(TolmachError) as caught:
        use()
    assert caught.value.hint
    assert caught.value.path
    return caught.value


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("depth", [150, 2_000, 100_000])
def test_elements_within_each_other(ending: str, depth: int) -> None:
    content = TEXTS[ending].format("<mrk>" * depth + "Minsk" + "</mrk>" * depth).encode()
    if depth < 200:
        bring_back(f"a{ending}", content)
    else:
        assert "nested more than 200 deep" in refused(lambda: bring_back(f"a{ending}", content)).message
    read(f"a{ending}", content)


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("broken", ["<x:b>Minsk</x:b>", "&minsk;", "<b x:a='1'/>"])
def test_what_only_one_parser_finds_malformed(ending: str, broken: str) -> None:
    start = '<!DOCTYPE x SYSTEM "x.dtd">\n' if "&" in broken else "\n"
    problem = refused(lambda: bring_back(f"a{ending}", (start + TEXTS[ending].format(broken)).encode()))
    assert (problem.message.partition(":")[0], problem.line) == ("this is not well-formed XML", 2)


@pytest.mark.parametrize("written", ["D800", "DFFF", "110000", "-1", "x", ""])
def test_numbers_that_are_no_characters(written: str) -> None:
    back = formats.for_path("a.xlf").back
    assert back is not None
    unit = back(formats.Source("a.xlf", "a", XLIFF.format(f'a<cp hex="{written}"/>b').encode())).units[0]
    assert dict(unit.texts) == {"de": "a\ufffdb", "ru": "a\ufffdb"}


@pytest.mark.parametrize("name", GLOSSARIES)
@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "utf-16-be", "shift_jis", "idna", "hex", "undefined", "none"])
def test_encodings_that_a_glossary_cannot_be_in(name: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{GLOSSARIES[name].format("Minsk")}'.encode()
    incoming = glossary_formats.Incoming(content, "a.xml")
    assert "encoding" in refused(lambda: glossary_formats.read(glossary_formats.load(name), incoming)).message


def test_an_encoding_that_is_none_in_a_glossary_po() -> None:
    content = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UF-8\\n"\n\nmsgid "Kiew"\nmsgstr "Київ"\n'
    form = glossary_formats.load("po")
    found = glossary_formats.read(form, glossary_formats.Incoming(content.encode(), "a.po", ("de", "uk")))
    assert [concept.id for concept in found.concepts] == ["kiew"]
    incoming = glossary_formats.Incoming(content.encode("cp1251", "replace"), "a.po", ("de", "uk"))
    assert "not UTF-8" in refused(lambda: glossary_formats.read(form, incoming)).message


def test_a_row_without_its_form_is_named() -> None:
    table = "id,language,form,reason\nkiew,de,Kyjiw,\nkiew,de,,no form here\n"
    incoming = glossary_formats.Incoming(table.encode(), "a.csv")
    problem = refused(lambda: glossary_formats.read(glossary_formats.load("csv"), incoming))
    assert (problem.line, "form" in problem.message) == (3, True)


@pytest.mark.parametrize("written", [b"/2006/relationships", b"sheet.main+xml"])
def test_a_workbook_with_a_damaged_name(tmp_path: Path, written: bytes) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["language", "form"])
    book.save(tmp_path / "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(written, b"`".join((written[:5], written[6:]))))
    incoming = glossary_formats.Incoming(out.getvalue(), "a.xlsx")
    refused(lambda: glossary_formats.read(glossary_formats.load("xlsx"), incoming))


@pytest.mark.parametrize(
    ("written", "hostile", "message"),
    [
        (b'ref="A1:B2"', b'ref="A1:XFD1048576"', ""),
        (b'<row r="2"', b'<row r="999999999999"', "more rows than a workbook can have"),
        (b'<c r="A2"', b'<c r="XFD2"', ""),
    ],
)
def test_a_workbook_that_claims_to_be_huge(tmp_path: Path, written: bytes, hostile: bytes, message: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["language", "form"])
    book.active.append(["de", "Minsk"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old:
        members: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    sheet = bytes(members["xl/worksheets/sheet1.xml"])  # type: ignore[arg-type]
    assert written in sheet
    content = archive(members | {"xl/worksheets/sheet1.xml": sheet.replace(written, hostile)})
    incoming = glossary_formats.Incoming(content, "a.xlsx")
    start = time.process_time()
    if message:
        assert message in refused(lambda: glossary_formats.read(glossary_formats.load("xlsx"), incoming)).message
    else:
        with suppress(TolmachError):
            glossary_formats.read(glossary_formats.load("xlsx"), incoming)
    assert time.process_time() - start < 10


def test_a_line_of_a_subtitle_that_shows_nothing() -> None:
    content = b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}\nMinsk.\n"
    (document,) = formats.read(formats.Source("a.srt", "a", content))
    assert [passage.text for passage in document.passages] == ["Minsk."]


def test_a_memory_with_elements_within_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX.format("<hi>" * 2_000 + "Minsk" + "</hi>" * 2_000), encoding="utf-8")
    assert "nested" in refused(lambda: list(streamed.tmx(path, "de", "ru"))).message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "{a = " * 100_000, "nested too deeply"),
        ("a = " + "9" * 5_000, "too many digits"),
        ("x = 1\n" + "a." * 100_000 + "b = 1", "keys are nested too deeply"),
        ("x = 1\n[" + '"a" . ' * 100_000 + "b]", "keys are nested too deeply"),
        ("x = { " + "a." * 100_000 + "b = 1 }", "keys are nested too deeply"),
    ],
)
def test_tables_within_each_other(content: str, says: str) -> None:
    assert says in refused(lambda: parse_toml(content.encode(), "a.toml")).message


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "a." * 90 + "b", "." * 1_000_000, "-" * 1_000_000, "a. " * 90, '"' * 9]
)
def test_long_texts_in_tables(text: str) -> None:
    assert parse_toml(f"a = {tomlkit.item(text).as_string()}".encode(), "a.toml") == {"a": text}


def test_a_glossary_with_one_form_many_times() -> None:
    """Every one gets an id of its own, and the last as fast as the first."""
    rows = "".join(f"Minsk,\u041c\u0456\u043d\u0441\u043a {number}\n" for number in range(20_000))
    incoming = glossary_formats.Incoming(f"de,be\n{rows}".encode(), "a.csv")
    start = time.process_time()
    found = glossary_formats.read(glossary_formats.load("google"), incoming)
    assert len({concept.id for concept in found.concepts}) == 20_000
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tsv", "de\tru\nMinsk" + " " * 300_000 + "Brest\tМинск\n"),
        ("tsv", "de\tru\n" + "; ".join(f"Minsk-{number}" for number in range(60_000)) + "\tМинск\n"),
        ("deepl", "".join(f"Minsk {number};Минск\n" for number in range(60_000))),
        ("tbx", OWN_TBX.format("".join(f'<note xml:lang="de-{number}">Minsk</note>' for number in range(60_000)))),
    ],
    ids=["blanks in a cell", "forms in a cell", "forms with one translation", "languages of one concept"],
)  # fmt: skip
def test_a_concept_of_many_parts_is_read_in_time(name: str, content: str) -> None:
    start = time.process_time()
    with suppress(TolmachError):
        incoming = glossary_formats.Incoming(content.encode(), "a", ("de", "ru"))
        glossary_formats.read(glossary_formats.load(name), incoming)
    assert time.process_time() - start < 10


def test_a_cell_as_wide_as_a_thousand_digits() -> None:
    wide = "9" * 5_000
    row = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr><w:p/></w:tc></w:tr>'
    content = archive(word_members(f"<w:tbl>{row}</w:tbl>"))
    assert "no table" in refused(lambda: bring_back("a.docx", content)).message


@pytest.mark.parametrize("output", ["texts", "texts/a.md", "link"])
def test_a_parallel_document_does_not_take_the_place_of_its_text(tmp_path: Path, output: str) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "link").symlink_to("texts")
    text = tmp_path / "texts" / "a.md"
    text.write_text("Er schwieg.\n", encoding="utf-8")
    options = ("--format", "md", "--languages", "de,en", "--glossary", "none")
    done = run_program("parallel", "texts/a.md", *options, "--output", output, folder=tmp_path)
    assert (done.code, done.output) == (2, "")
    assert "this is one of the texts" in done.errors
    assert text.read_text(encoding="utf-8") == "Er schwieg.\n"


OFFICE = Path(__file__).parent / "cases" / "office"
VALID = {
    "a.xlf": XLIFF.format("Er schwieg &amp; ging.").encode(),
    "a.tmx": TMX.format("Er <hi>schwieg</hi>.").encode(),
    "a.po": b'msgid ""\nmsgstr "Language: ru\\n"\n\n#. tolmach: from d1234abcd\n#, fuzzy\nmsgctxt "a#1"\n'
    b'msgid "Minsk"\nmsgstr ""\n',
    "a.tsv": b'id\tde\ten\ten state\tmade from\na#1\tMinsk\t"Minsk"\tdraft\ten#d1234abcd\n',
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<i>Er schwieg.</i>\n{\\an8}Lange.\n\n",
    "a.vtt": b"WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\n<v Bob>Er <c.x>schwieg</c>.</v>\n",
    "a.md": b'# Minsk\n\n- *Er* `schwieg` [lange](b "c").\n\n> | a | b |\n> |---|---|\n> | c | d |\n\n[^1]: x\n',
    "a.html": b"<!DOCTYPE html><p lang=de title='x'>Er &shy;schwieg.<!-- a --><pre>b</pre><script>c</script><td>d",
    "a.docx": (OFFICE / "article.docx").read_bytes(),
    "a.odt": (OFFICE / "article.odt").read_bytes(),
}
LISTS = {
    "tbx-basic": TBX.format("Minsk").encode(),
    "multiterm": MULTITERM.format("Minsk").encode(),
    "csv": 'id,kind,language,form,status\nminsk,place,de,Minsk,preferred\nminsk,place,ru,"Минск",\n'.encode(),
    "po": 'msgid "Minsk"\nmsgstr "Минск"\n'.encode(),
}
SIGNS = (
    b"<",
    b">",
    b"&",
    b'"',
    b"\\",
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xfe\xff",
    b"\n",
    b"\t",
    b"<!--",
    b"]]>",
    b"{\\an8}",
    b"9" * 5_000,
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """The file with some of it cut out, repeated or overwritten; of an archive, mostly the text in it."""
    if whole.startswith(b"PK") and draw(st.integers(0, 3)):
        with zipfile.ZipFile(io.BytesIO(whole)) as old:
            members: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
        name = "content.xml" if "content.xml" in members else "word/document.xml"
        return archive(members | {name: draw(damaged(bytes(members[name])))})  # type: ignore[arg-type]
    for _time in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(whole)))
        end = min(len(whole), start + draw(st.integers(0, 40)))
        new = draw(st.one_of(st.sampled_from(SIGNS), st.binary(max_size=3), st.just(whole[start:end] * 3)))
        whole = whole[:start] + new + whole[end:]
    return whole


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files(name: str, data: st.DataObject) -> None:
    content = data.draw(damaged(VALID[name]))
    for use in (read, bring_back) if formats.for_path(name).back else (read,):
        with suppress(TolmachError):
            use(name, content)


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_glossaries(name: str, data: st.DataObject) -> None:
    incoming = glossary_formats.Incoming(data.draw(damaged(LISTS[name])), "a", ("de", "ru"))
    with suppress(TolmachError):
        glossary_formats.read(glossary_formats.load(name), incoming)
