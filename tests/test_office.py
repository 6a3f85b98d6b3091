"""Documents of word processors: what is read of them, and which archives are refused."""

from __future__ import annotations

import io
import struct
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import archive, odf, odf_members, text_of, word, word_members
from support import run_program
from tolmach.errors import TolmachError
from tolmach.files import Limits, use_limits
from tolmach.text.formats import Source, read
from tolmach.text.formats._blocks import SIZE

CASES = Path(__file__).parent / "cases" / "office"
WORD = tomllib.loads((CASES / "word.toml").read_text(encoding="utf-8"))["case"]
ODF = tomllib.loads((CASES / "odf.toml").read_text(encoding="utf-8"))["case"]


def name(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", WORD, ids=name)
def test_word_is_read_as_it_is_shown(case: dict[str, Any]) -> None:
    check(word(case["body"]), case)


@pytest.mark.parametrize("case", ODF, ids=name)
def test_opendocument_is_read_as_it_is_shown(case: dict[str, Any]) -> None:
    check(odf(case["body"]), case)


def check(source: Source, case: dict[str, Any]) -> None:
    # An empty header ends the document.
    (document,) = read(source)
    assert document.text == "\n".join(case["text"])
    if "languages" in case:
        assert [passage.language for passage in document.passages] == case["languages"]
    for passage in document.passages:
        assert "\n" not in passage.text


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_what_an_office_program_has_written_is_read(ending: str) -> None:
    path = CASES / f"article.{ending}"
    (document,) = read(Source(str(path), "a", path.read_bytes()))
    lines = document.text.split("\n")
    assert lines[:2] == [
        "Unruhen in Kasachstan",
        "Der Präsident Kassym-Schomart Toqajew hat die ODKB\ufffc um Hilfe gebeten, wie Toqajews Sprecher sagte.",
    ]
    assert {
        "Der Satz The President of Kazakhstan has asked for help stand am 7.  Januar in der Zeitung. "
        "In Nur-Sultan & Almaty war es ruhig.",
        "Президент Токаев отменил режим чрезвычайного положения.",
        "Toqajew",
        "Toqajew im Kasten",
        "Lukaschenko kam nicht.",
        "Bericht über Toqajew",
    } <= set(lines)
    assert [line for line in lines if line.endswith("Die OVKS ist dasselbe Bündnis.")]
    assert lines.count("Toqajew im Kasten") == 1
    assert "Nasarbajew" not in document.text
    assert "prüfen" not in document.text
    assert {passage.language for passage in document.passages} == {"de-DE", "en-GB", "ru-RU"}
    for passage in document.passages:
        for place, letter in enumerate(passage.text):
            if letter != "\ufffc":
                starts = passage.starts
                at = passage.start + place if starts is None else starts[place]
                assert document.text[at] == letter


def test_headers_and_notes_follow_the_body() -> None:
    note = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
    note += '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> Note</w:t></w:r></w:p></w:footnote>'
    found = word(
        "<w:p><w:r><w:t>Text</w:t></w:r></w:p>",
        footnotes=note,
        endnotes='<w:endnote w:id="3"><w:p><w:r><w:t>Ende</w:t></w:r></w:p></w:endnote>',
        header="<w:p><w:r><w:t>Kopf</w:t></w:r></w:p>",
        comments='<w:comment w:id="0"><w:p><w:r><w:t>Toqajew?</w:t></w:r></w:p></w:comment>',
    )
    assert text_of(found) == "Text\nKopf\n\ufffcNote\nEnde"


def test_the_header_follows_the_text() -> None:
    assert text_of(odf("<text:p>Text</text:p>", header="<text:p>Kopf</text:p>")) == "Text\nKopf"


def test_a_named_language_is_not_guessed_and_the_variety_is_known() -> None:
    body = "<w:p><w:r><w:t>Minsk, Astana</w:t></w:r></w:p>"
    members = archive(word_members(body))
    for path, given_language, expected in (
        ("a.docx", None, "de-DE"),
        ("a.docx", "en", "en"),
        ("a_en.docx", None, "en"),
        ("a_en.docx", "de-AT", "de-AT"),
    ):
        (document,) = read(Source(path, "a", members, given_language))
        assert [passage.language for passage in document.passages] == [expected]


def test_a_document_in_the_wrong_language_of_its_template_is_guessed() -> None:
    (document,) = read(word("<w:p><w:r><w:t>The president of the republic has left the city</w:t></w:r></w:p>"))
    assert [passage.language for passage in document.passages] == ["en"]


def test_large_documents_come_in_blocks_of_whole_paragraphs() -> None:
    line = "Tokajew ist in Astana und nicht in Minsk."
    found = list(read(word(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" * 30_000)))
    assert len(found) > 1
    assert "".join(document.text for document in found) == "\n".join([line] * 30_000)
    for document in found:
        assert len(document.text) <= SIZE
        assert document.offset == (document.line - 1) * (len(line) + 1)


def test_the_program_names_paragraph_and_column(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes((CASES / "article.docx").read_bytes())
    (tmp_path / "glossary.toml").write_text(
        '[[concept]]\nid = "tokayev"\nkind = "person"\n[[concept.de]]\nform = "Tokajew"\nstatus = "preferred"\n'
        '[[concept.de]]\nform = "Toqajew"\nstatus = "deprecated"\nreason = "house style"\n',
        encoding="utf-8",
    )
    done = run_program("check", "a.docx", "--glossary", "glossary.toml", folder=tmp_path)
    assert done.code == 1, done.errors
    assert "a.docx:2:31" in done.output.replace(":31:", ":31 ")
    assert done.output.count("Toqajew") >= 5


@pytest.mark.parametrize("source", [word(""), word("<w:p/>"), odf(""), odf("<text:p/>", header="<text:p/>")])
def test_a_document_without_text_is_an_empty_one(source: Source) -> None:
    (document,) = read(source)
    assert document.text.strip() == ""
    assert document.passages == ()


# What is refused


def hostile() -> dict[str, tuple[str, bytes, str]]:
    """By name: the path, the bytes and a part of the message."""
    body = "<w:p><w:r><w:t>Minsk</w:t></w:r></w:p>"
    members = word_members(body)
    document = str(members["word/document.xml"])
    laughs = document.replace(
        "<w:document",
        '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document',
    ).replace("Minsk", "&b;")
    outside = document.replace("<w:document", '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w:document')
    whole = archive(members)
    return {
        "no archive": ("a.docx", b"Minsk", "zip"),
        "nothing": ("a.docx", b"", "zip"),
        "truncated": ("a.docx", whole[:-100], "zip"),
        "cut in front": ("a.docx", whole[200:], "twice"),
        "damaged": ("a.docx", whole[:1100] + bytes(100) + whole[1200:], "zip"),
        "encrypted or old": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        "entities": ("a.docx", archive(members | {"word/document.xml": laughs}), "document type"),
        "external entity": ("a.docx", archive(members | {"word/document.xml": outside}), "document type"),
        "unknown entity": ("a.docx", archive(members | {"word/document.xml": document.replace("Minsk", "&x;")}), "XML"),
        "cut XML": ("a.docx", archive(members | {"word/document.xml": document[:-20]}), "XML"),
        "other encoding": (
            "a.docx", archive(members | {"word/document.xml": document.replace("UTF-8", "windows-1251")}), "UTF-8",
        ),
        "odd UTF-16": ("a.docx", archive(members | {"word/document.xml": b"\xff\xfe<\0x"}), "UTF-16"),
        "path out of the archive": ("a.docx", archive(members | {"../../etc/x": "x"}), "leaves its folder"),
        "absolute path": ("a.docx", archive(members | {"/etc/x": "x"}), "leaves its folder"),
        "no relationships": ("a.docx", archive({"word/document.xml": document}), "_rels/.rels"),
        "missing body": (
            "a.docx", archive({name: text for name, text in members.items() if name != "word/document.xml"}), "no part",
        ),
        "too deep": ("a.docx", archive(word_members("<w:p>" * 3000 + "</w:p>" * 3000)), "deep"),
        "too deep a text": ("a.odt", archive(odf_members("<text:p>" * 3000 + "</text:p>" * 3000)), "deep"),
        "another archive": ("a.docx", archive({"_rels/.rels": "<Relationships/>"}), "no Word document"),
        "OpenDocument as Word": ("a.docx", archive(odf_members("<text:p>a</text:p>")), "_rels/.rels"),
        "Word as OpenDocument": ("a.odt", whole, "no OpenDocument text"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", hostile())
def test_hostile_files_are_refused(kind: str) -> None:
    path, content, message = hostile()[kind]
    with pytest.raises(TolmachError, match=message) as caught:
        list(read(Source(path, "a", content)))
    assert caught.value.path == path
    assert caught.value.hint


def test_the_line_of_broken_xml_is_named() -> None:
    members = word_members("\n\n<w:p></w:q>")
    with pytest.raises(TolmachError, match=r"word/document\.xml") as caught:
        list(read(Source("a.docx", "a", archive(members))))
    assert caught.value.line == 4


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    use_limits(Limits(part=1))
    try:
        source = word(f"<w:p><w:r><w:t>{'a' * (1 << 20)}</w:t></w:r></w:p>")
        with pytest.raises(TolmachError, match=r"word/document\.xml unpacks to more than 1 MB"):
            list(read(source))
    finally:
        use_limits(Limits())


def test_a_member_that_claims_to_be_small_is_refused() -> None:
    content = bytearray(archive(word_members(f"<w:p><w:r><w:t>{'a' * 5000}</w:t></w:r></w:p>")))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        place = opened.start_dir
    while content[place + 46 : place + 63] != b"word/document.xml":
        sizes = struct.unpack_from("<3H", content, place + 28)
        place += 46 + sum(sizes)
    content[place + 24 : place + 28] = struct.pack("<L", 100)
    with pytest.raises(TolmachError):
        list(read(Source("a.docx", "a", bytes(content))))


def test_members_that_share_bytes_or_a_name_are_refused() -> None:
    members = word_members("<w:p><w:r><w:t>Minsk</w:t></w:r></w:p>")
    content = archive(members)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        place = opened.start_dir
    shared = bytearray(content)
    first = struct.unpack_from("<3H", content, place + 28)
    second = place + 46 + sum(first)
    shared[second + 42 : second + 46] = content[place + 42 : place + 46]
    renamed = content.replace(b"word/styles.xml", b"word/docume.xml").replace(
        b"word/document.xml", b"word/docume.xml\0\0"
    )
    for hostile_content in (bytes(shared), renamed):
        with pytest.raises(TolmachError):
            list(read(Source("a.docx", "a", hostile_content)))


@given(st.data())
def test_damaged_bytes_never_break_the_program(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([word("<w:p><w:r><w:t>Minsk</w:t></w:r></w:p>"), odf("<text:p>Minsk</text:p>")]))
    content = bytearray(source.content)
    for _count in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = list(read(Source(source.path, "a", bytes(content))))
    except TolmachError as problem:
        assert problem.hint
    else:
        assert found
