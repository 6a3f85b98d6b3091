"""Files made to hurt, or damaged: every reader takes them or refuses them in one line, and none fails or hangs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tolmach.errors import TolmachError
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


def test_a_workbook_with_a_name_space_that_is_none(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["language", "form"])
    book.save(tmp_path / "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"/2006/relationships", b"/2006`relationships"))
    incoming = glossary_formats.Incoming(out.getvalue(), "a.xlsx")
    refused(lambda: glossary_formats.read(glossary_formats.load("xlsx"), incoming))


def test_a_line_of_a_subtitle_that_shows_nothing() -> None:
    content = b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}\nMinsk.\n"
    (document,) = formats.read(formats.Source("a.srt", "a", content))
    assert [passage.text for passage in document.passages] == ["Minsk."]


def test_a_memory_with_elements_within_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX.format("<hi>" * 2_000 + "Minsk" + "</hi>" * 2_000), encoding="utf-8")
    assert "nested" in refused(lambda: list(streamed.tmx(path, "de", "ru"))).message
