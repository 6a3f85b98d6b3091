"""Word and OpenDocument texts in another language: their sentences replaced, and nothing else of them lost."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree import ElementTree

import pytest

import libreoffice
from office import archive, member, odf, odf_members, records, text_of, word, word_members
from tolmach.text import formats
from tolmach.text.formats import Rendering, Source
from tolmach.text.formats._word.render import Writer
from tolmach.text.identity import fold, segments

CASES = Path(__file__).parent / "cases" / "office"
TABLE = tomllib.loads((CASES / "renderings.toml").read_text(encoding="utf-8"))
MAKERS: dict[str, Callable[[str], Source]] = {"word": word, "odf": odf}
BODIES = {
    "word": ("word/document.xml", "<w:body>", "</w:body>"),
    "odf": ("content.xml", "<office:text>", "</office:text>"),
}
# What holds letters or only says how they look.
LOOKS = {"r", "rPr", "t", "lang", "b", "i", "rStyle", "proofErr", "s", "span", "ins"}


def renderings(source: Source, translate: Callable[[str], str | None]) -> list[Rendering]:
    return [
        Rendering(segment.span.shifted(document.offset), segment.text, text)
        for document in formats.read(source)
        for segment in segments(document, {})
        if (text := translate(segment.text)) is not None
    ]


def rendered(source: Source, translations: dict[str, str], language: str = "en") -> bytes:
    asked = renderings(source, translations.get)
    assert {one.source for one in asked} == set(translations)
    content, left = formats.render(source, asked, language)
    assert left == ()
    return content


def body(kind: str, content: bytes) -> str:
    name, begin, end = BODIES[kind]
    return member(content, name).decode().partition(begin)[2].rpartition(end)[0]


@pytest.mark.parametrize("kind", MAKERS)
def test_sentences_are_written_where_they_stood(kind: str) -> None:
    for case in TABLE[kind]:
        source = replace(MAKERS[kind](case["body"]), language="de")
        content = rendered(source, dict(case["sentences"]))
        assert body(kind, content) == case["result"], case["why"]
        ElementTree.fromstring(member(content, BODIES[kind][0]))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_translation_that_is_the_source_changes_no_byte(kind: str) -> None:
    for case in TABLE[kind]:
        source = replace(MAKERS[kind](case["body"]), language="de")
        assert formats.render(source, renderings(source, str), "en") == (source.content, ()), case["why"]


@pytest.mark.parametrize("case", TABLE["left"], ids=[case["why"] for case in TABLE["left"]])
def test_what_cannot_be_told_from_its_surroundings_stays(case: dict[str, Any]) -> None:
    source = word(case["body"])
    asked = renderings(source, {case["sentence"]: "Tokayev came."}.get)
    assert formats.render(source, asked, "en") == (source.content, tuple(asked)) and asked


@pytest.mark.parametrize("inner", ["<text:span>sah</text:span>", "sah"])
def test_what_stands_within_a_tab_is_not_torn_out_of_it(inner: str) -> None:
    source = odf(f"<text:p>Tokajew<text:tab>{inner}</text:tab> Putin.</text:p>")
    content, left = formats.render(source, renderings(source, backwards), "en")
    assert (body("odf", content), left) == (f"<text:p>Putin. <text:tab>{inner}</text:tab> Tokajew</text:p>", ())


@pytest.mark.parametrize(
    ("kind", "most", "unit"),
    [
        (
            "word",
            8_000,
            "<w:r><w:t>Osch</w:t><w:t xml:space='preserve'> </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>und</w:t></w:r>",
        ),
        ("odf", 8_000, "<text:span>Osch</text:span> <text:note><text:note-citation>1</text:note-citation></text:note>"),
        (
            "odf",
            4_000,
            'Ein <text:span>Rest</text:span><text:bookmark-start text:name="a"/><text:bookmark-end text:name="a"/>'
            "<text:page-number>1</text:page-number>. ",
        ),
    ],
)
def test_a_paragraph_of_many_marks_takes_linear_time(kind: str, most: int, unit: str) -> None:
    def seconds(count: int) -> float:
        tag = {"word": "w:p", "odf": "text:p"}[kind]
        source = replace(MAKERS[kind](f"<{tag}>{unit * count}</{tag}>"), language="de")
        began = process_time()
        assert formats.render(source, renderings(source, str.upper), "en")[0] != source.content
        return process_time() - began

    assert seconds(most) < 16 * max(seconds(most // 8), 0.06)


def test_a_part_that_would_be_torn_apart_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would tear it: the part is left as it was, and its sentences are told."""
    source = word("<w:p><w:r><w:t>Tokajew kam.</w:t></w:r></w:p>")
    asked = renderings(source, str.upper)
    whole = Writer.written
    monkeypatch.setattr(Writer, "written", lambda self: whole(self).replace(b"</w:p>", b""))
    content, left = formats.render(source, asked, "en")
    assert (body("word", content), left) == (body("word", source.content), tuple(asked))


def test_a_sentence_that_does_not_stand_there_stays_away() -> None:
    source = word("<w:p><w:r><w:t>Tokajew kam.</w:t></w:r></w:p>")
    (right,) = renderings(source, str)
    wrong = [
        replace(right, source="Putin kam.", text="Putin came."),
        replace(right, span=right.span.shifted(1), text="x"),
        replace(right, span=right.span.shifted(400), text="x"),
    ]
    assert formats.render(source, wrong, "en") == (source.content, tuple(wrong))


def test_the_same_sentence_twice_is_written_once() -> None:
    source = word("<w:p><w:r><w:t>Tokajew kam.</w:t></w:r></w:p>")
    (first,) = renderings(source, lambda _text: "Tokayev came.")
    content, left = formats.render(source, [first, replace(first, text="He came.")], "en")
    assert (fold(text_of(source, content)), [one.text for one in left]) == ("Tokayev came.", ["He came."])


# the rest of the file


def test_all_other_parts_keep_their_bytes() -> None:
    members = word_members("<w:p><w:r><w:t>Tokajew kam.</w:t></w:r></w:p>", header="<w:p/>")
    members |= {"word/media/image1.png": b"\x89PNG", "docProps/app.xml": "<x/>"}
    source = Source("a.docx", "a", archive(members, stored=("word/media/image1.png",)))
    before, after = records(source.content), records(rendered(source, {"Tokajew kam.": "Tokayev came."}))
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/styles.xml"}


def test_headers_notes_and_boxes_are_written_too() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Er schwieg.</w:t></w:r></w:p></w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    text = f"<w:p><w:r>{twice}</w:r><w:r><w:t>Tokajew </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>kam.</w:t></w:r></w:p>"
    note = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Niemand fragte.</w:t></w:r></w:p></w:footnote>'
    line = "<w:p><w:r><w:t>Lage in Almaty</w:t></w:r></w:p>"
    source = word(text.replace("Tokajew ", "Tokajew"), footnotes=note, header=line)
    content = rendered(
        source,
        {
            "Tokajewkam.": "Tokayev came.",
            "Er schwieg.": "He was silent.",
            "\ufffcNiemand fragte.": "\ufffcNobody asked.",
            "Lage in Almaty": "The situation in Almaty",
        },
    )
    assert member(content, "word/document.xml").decode().count("<w:t>He was silent.</w:t>") == 2
    assert "<w:footnoteRef/><w:t>Nobody asked.</w:t>" in member(content, "word/footnotes.xml").decode().replace(
        "</w:r><w:r>", ""
    )
    assert "The situation in Almaty" in member(content, "word/header.xml").decode()


@pytest.mark.parametrize(("language", "named"), [("en", "en-GB"), ("de-CH", "de-CH"), ("ru", "ru-RU"), ("eo", "eo")])
def test_a_word_document_is_in_the_language_now(language: str, named: str) -> None:
    source = replace(word("<w:p><w:r><w:t>Tokajew kam.</w:t></w:r></w:p>"), language="de")
    styles = member(rendered(source, {"Tokajew kam.": "x"}, language), "word/styles.xml").decode()
    assert re.findall(r'w:lang (?:w:eastAsia="en-US" )?w:val="([^"]*)"', styles) == [named, "ru-RU", "en-US"]


def test_an_opendocument_text_is_in_the_language_now() -> None:
    source = replace(odf("<text:p>Tokajew kam.</text:p>"), language="de")
    content = rendered(source, {"Tokajew kam.": "Tokayev came."})
    named = re.findall(r'fo:language="(\w+)" fo:country="(\w+)"', member(content, "styles.xml").decode())
    assert named == [("en", "GB"), ("ru", "RU")]
    assert member(content, "content.xml").decode().count('fo:language="ru"') == 1


def test_an_opendocument_header_is_written() -> None:
    source = odf("<text:p>Tokajew kam.</text:p>", header="<text:p>Lage <text:span>in</text:span> Almaty</text:p>")
    content = rendered(source, {"Lage in Almaty": "In Almaty"})
    assert "<text:p><text:span>In</text:span> Almaty</text:p>" in member(content, "styles.xml").decode()
    assert list(records(content)) == list(odf_members(""))


# documents as programs write them


def elements(content: bytes) -> Counter[tuple[str, ...]]:
    """All elements with their attributes but for those that hold letters or say how they look."""
    found: Counter[tuple[str, ...]] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            if not re.search(r"^(?!.*styles).*\.xml$", name):
                continue
            for element in ElementTree.fromstring(opened.read(name)).iter():
                local = element.tag.rpartition("}")[2]
                if local not in LOOKS and "language" not in str(element.attrib):
                    found[(name, local, *map(str, sorted(element.attrib.items())))] += 1
    return found


def upper(text: str) -> str:
    return text.upper()


def backwards(text: str) -> str:
    return " ".join(text.split(" ")[::-1])


@pytest.mark.parametrize("translate", [upper, backwards])
@pytest.mark.parametrize("name", ["article.docx", "article.odt"])
def test_nothing_of_a_document_is_lost(name: str, translate: Callable[[str], str]) -> None:
    source = Source(name, "a", (CASES / name).read_bytes(), language="de")
    asked = renderings(source, translate)
    content, left = formats.render(source, asked, "ru")
    assert left == () and len(asked) > 10
    assert elements(content) == elements(source.content)
    if translate is upper:
        assert fold(text_of(source, content)) == fold(text_of(source)).upper()


def lines(source: Source, content: bytes) -> Counter[str]:
    """The paragraphs, without what programs write as they like: the signs of notes, the numbers of pages."""
    found = (fold(line.replace("\ufffc", "")) for line in text_of(source, content).splitlines())
    return Counter(line for line in found if "Seite" not in line)


@libreoffice.NEEDED
def test_libreoffice_reads_every_sentence(tmp_path: Path) -> None:
    for name, ending in (("article.docx", "odt"), ("article.odt", "docx")):
        source = Source(name, "a", (CASES / name).read_bytes(), language="de")
        content, _left = formats.render(source, renderings(source, backwards), "ru")
        (tmp_path / name).write_bytes(content)
        libreoffice.convert([tmp_path / name], ending, tmp_path / "out")
        saved = tmp_path / "out" / f"article.{ending}"
        assert lines(Source(saved.name, "a", b""), saved.read_bytes()) == lines(source, content)
