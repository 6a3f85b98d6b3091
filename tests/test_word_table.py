"""The Word document of `parallel`: valid, complete, and read back after a translator has edited its table."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import W
from test_parallel import HOSTILE, LANGUAGES, article, hostile
from tolmach.errors import TolmachError
from tolmach.parallel.document import Cell, ParallelDocument, Row, Signature
from tolmach.parallel.exchange import bases
from tolmach.parallel.paragraphs import in_paragraphs
from tolmach.parallel.word import column
from tolmach.parallel.writers import load
from tolmach.text import formats, identity, rowcode
from tolmach.text.exchange import Aligned, Returned, base

Element = ElementTree.Element
Edit = Callable[[Element], object]
BODY = "word/document.xml"


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def written(document: ParallelDocument) -> bytes:
    ((ending, content),) = load("docx").write(document)
    assert ending == ".docx"
    return content


def part(content: bytes, name: str = BODY) -> Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def edited(content: bytes, edit: Edit) -> bytes:
    """The document as if a translator had changed its body."""
    body = part(content)
    edit(body)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, ElementTree.tostring(body) if name == BODY else old.read(name))
    return out.getvalue()


def back(content: bytes) -> Returned:
    read = formats.load("docx").back
    assert read is not None
    return read(formats.Source("a.docx", "a", content))


def after(edit: Edit) -> Returned:
    return back(edited(written(article()), edit))


def table(body: Element) -> Element:
    return next(body.iter(q("tbl")))


def rows(body: Element) -> list[Element]:
    return table(body).findall(q("tr"))


def cell(body: Element, row: int, place: int) -> Element:
    return rows(body)[row].findall(q("tc"))[place]


def paragraph(text: str, style: str = "") -> Element:
    made = Element(q("p"))
    if style:
        ElementTree.SubElement(ElementTree.SubElement(made, q("pPr")), q("pStyle"), {q("val"): style})
    ElementTree.SubElement(ElementTree.SubElement(made, q("r")), q("t")).text = text
    return made


def type_over(where: Element, *texts: str) -> None:
    """Replace everything in a cell."""
    for old in where.findall(q("p")):
        where.remove(old)
    where.extend(paragraph(text) for text in texts)


def units(returned: Returned) -> dict[str, Aligned]:
    return {unit.id: unit for unit in returned.units}


IDS = [row.id for row in article().rows]
FIRST, SECOND, THIRD = IDS


def test_an_untouched_document_comes_back_as_it_was() -> None:
    returned = back(written(article()))
    assert (returned.source, returned.targets, returned.remarks) == ("de", ("en", "ru"), ())
    for row, unit in zip(article().rows, returned.units, strict=True):
        assert unit.id == row.id
        assert unit.texts == {code: row.cells[code].text for code in LANGUAGES}
        assert unit.states == {code: row.cells[code].state for code in ("en", "ru")}
        assert unit.bases == bases({code: row.cells[code] for code in ("en", "ru")})


@pytest.mark.parametrize("languages", [("ru", "de"), ("en", "ru"), ("ru", "en", "de")])
def test_columns_may_stand_in_any_order_and_without_the_original(languages: tuple[str, ...]) -> None:
    returned = back(written(replace(article(), languages=languages)))
    assert returned.source == "de"
    assert returned.targets == tuple(code for code in languages if code != "de")
    assert [set(unit.texts) for unit in returned.units] == [set(languages)] * 3


def test_an_edited_sentence_comes_back_with_the_checksum_of_the_old_one() -> None:
    returned = after(lambda body: type_over(cell(body, 1, 3), "Токаев прибыл", " в  Алматы"))
    unit = units(returned)[FIRST]
    assert unit.texts["ru"] == "Токаев прибыл в Алматы"
    assert unit.states["ru"] == "reviewed"
    assert unit.bases["ru"] == base("Токаев едет в Алматы", reviewed=True)


def test_a_draft_stays_one_until_its_mark_is_deleted() -> None:
    assert units(back(written(article())))[SECOND].states["en"] == "draft"

    def delete_mark(body: Element) -> None:
        where = cell(body, 2, 2)
        where.remove(where.findall(q("p"))[-1])

    unit = units(after(delete_mark))[SECOND]
    assert unit.states["en"] == "reviewed"
    assert unit.texts["en"] == article().rows[1].cells["en"].text


@pytest.mark.parametrize(
    ("texts", "text", "state"),
    [
        (("Ответа не было.",), "Ответа не было.", "reviewed"),
        (("Ответа не было.", "нет перевода"), "Ответа не было.", "draft"),
        (("", "нет перевода"), "", "missing"),
        (("",), "", "missing"),
        ((), "", "missing"),
        (("нет перевода",), "нет перевода", "reviewed"),
    ],
)
def test_a_missing_sentence_may_be_filled_in(texts: tuple[str, ...], text: str, state: str) -> None:
    unit = units(after(lambda body: type_over(cell(body, 3, 3), *texts)))[THIRD]
    assert (unit.texts["ru"], unit.states["ru"]) == (text, state)


def test_the_mark_alone_in_its_style_is_no_translation() -> None:
    def leave_mark(body: Element) -> None:
        where = cell(body, 3, 3)
        where.remove(where.findall(q("p"))[0])

    assert units(after(leave_mark))[THIRD].states["ru"] == "missing"


def test_rows_are_known_by_their_sentence_and_not_by_their_place() -> None:
    def swap(body: Element) -> None:
        moved = rows(body)[1]
        table(body).remove(moved)
        table(body).append(moved)

    returned = after(swap)
    assert [unit.id for unit in returned.units] == [SECOND, THIRD, FIRST]
    assert units(returned)[FIRST].texts == units(back(written(article())))[FIRST].texts


def test_a_deleted_row_is_not_there() -> None:
    assert [unit.id for unit in after(lambda body: table(body).remove(rows(body)[2])).units] == [FIRST, THIRD]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_the_heading_may_stand_anywhere_as_after_sorting(place: int) -> None:
    def move(body: Element) -> None:
        sorted_rows = rows(body)
        for row in sorted_rows:
            table(body).remove(row)
        heading = sorted_rows.pop(0)
        sorted_rows.insert(place, heading)
        table(body).extend(sorted_rows)

    returned = after(move)
    assert returned == back(written(article()))


def test_a_copied_row_comes_back_twice() -> None:
    returned = after(lambda body: table(body).append(copy.deepcopy(rows(body)[1])))
    assert [unit.id for unit in returned.units] == [*IDS, FIRST]
    assert [unit.place for unit in returned.units] == ["1", "2", "3", "4"]


def test_an_added_row_has_no_id_and_an_empty_one_is_nothing() -> None:
    def add(body: Element) -> None:
        for text in ("Neu.", ""):
            row = ElementTree.SubElement(table(body), q("tr"))
            for _place in range(4):
                ElementTree.SubElement(row, q("tc")).append(paragraph(text))

    returned = after(add)
    assert [unit.id for unit in returned.units] == [*IDS, ""]
    assert returned.units[-1].texts == dict.fromkeys(LANGUAGES, "Neu.")


def test_cells_that_were_shifted_keep_the_checksums_that_tell_it() -> None:
    def shift(body: Element) -> None:
        first, second = cell(body, 1, 3), cell(body, 2, 3)
        for old in first.findall(q("p")):
            first.remove(old)
        first.extend(second.findall(q("p")))

    unit = units(after(shift))[FIRST]
    other = units(back(written(article())))[SECOND].bases["ru"]
    assert base(unit.texts["ru"], reviewed=True) == other != unit.bases["ru"]


def test_a_deleted_and_a_moved_column() -> None:
    def rearrange(body: Element) -> None:
        for row in rows(body):
            number, german, english, russian = row.findall(q("tc"))
            for one in (number, german, english):
                row.remove(one)
            row.append(english)
            row.append(number)
            assert russian in row

    returned = after(rearrange)
    assert (returned.source, set(returned.targets)) == ("de", {"en", "ru"})
    assert [unit.id for unit in returned.units] == IDS
    assert set(returned.units[0].texts) == {"en", "ru"}
    assert returned.units[0].texts["ru"] == "Токаев едет в Алматы"


def test_the_second_half_of_a_split_table_is_read() -> None:
    def split(body: Element) -> None:
        holder = next(iter(body))
        half = Element(q("tbl"))
        for row in rows(body)[2:]:
            table(body).remove(row)
            half.append(row)
        holder.insert(1, paragraph("Fortsetzung"))
        holder.insert(2, half)

    assert [unit.id for unit in after(split).units] == IDS


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    def track(body: Element) -> None:
        line = cell(body, 1, 3).find(q("p"))
        assert line is not None
        old = [run for run in line.findall(q("r")) if "".join(run.itertext()).startswith(" едет")]
        deleted = Element(q("del"), {q("id"): "1", q("author"): "x"})
        place = list(line).index(old[0])
        line.remove(old[0])
        for text in old[0].iter(q("t")):
            text.tag = q("delText")
        deleted.append(old[0])
        line.insert(place, deleted)
        inserted = Element(q("ins"), {q("id"): "2", q("author"): "x"})
        inserted.extend(paragraph(" летит в ").findall(q("r")))
        line.insert(place + 1, inserted)
        gone = rows(body)[2].find(q("trPr"))
        assert gone is not None
        ElementTree.SubElement(gone, q("del"), {q("id"): "3", q("author"): "x"})

    returned = after(track)
    assert [unit.id for unit in returned.units] == [FIRST, THIRD]
    assert returned.units[0].texts["ru"] == "Токаев летит в Алматы"
    assert returned.remarks == ("3 tracked changes are read as accepted",)


def merge_cells(body: Element) -> None:
    properties = cell(body, 2, 2).find(q("tcPr"))
    assert properties is not None
    ElementTree.SubElement(properties, q("gridSpan"), {q("val"): "2"})
    rows(body)[2].remove(cell(body, 2, 3))


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (merge_cells, "cells are merged in row 2"),
        (lambda body: table(body).remove(rows(body)[0]), "which names the languages, is missing"),
        (lambda body: next(iter(body)).remove(table(body)), "no table that tolmach has written"),
    ],
)
def test_what_cannot_be_read_safely_is_refused(edit: Edit, complaint: str) -> None:
    with pytest.raises(TolmachError, match=complaint) as refused:
        after(edit)
    assert refused.value.hint
    assert str(refused.value.path) == "a.docx"


def test_paragraph_rows_are_not_brought_back() -> None:
    with pytest.raises(TolmachError, match="no table"):
        back(written(in_paragraphs(article())))


def test_hidden_text_that_a_program_shows_is_no_translation() -> None:
    def show(body: Element) -> None:
        for properties in body.iter(q("rPr")):
            for name in ("vanish", "rStyle"):
                found = properties.find(q(name))
                if found is not None:
                    properties.remove(found)

    assert after(show).units == back(written(article())).units


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.text())
def test_texts_come_back_letter_by_letter(texts: list[str], name: str) -> None:
    made = [
        Row(f"{name}#{number:08x}", number, False, {"de": Cell(text, "reviewed"), "ru": Cell(text, "draft")})
        for number, text in enumerate(identity.fold(text) for text in texts)
        # What was written out in the text itself cannot be told from what the page writes out.
        if text and not re.search(r"\[U\+|[\ud800-\udfff]", text + name)
    ]
    if not made:
        return
    document = ParallelDocument("t", "x", ("de", "ru"), tuple(made), (), Signature("0"))
    got = [(unit.id, dict(unit.texts)) for unit in back(written(document)).units]
    assert got == [(row.id, {code: identity.fold(row.cells[code].text) for code in ("de", "ru")}) for row in made]


def test_a_row_code_says_what_it_was_given() -> None:
    code = rowcode.RowCode("a b%/ü\u202e#1c2d3e4f-2", {"de-CH": "0123abcd", "ru": "ffffffff"})
    assert rowcode.row_of(f"12 {code}") == code
    assert rowcode.row_of("12") is None
    assert rowcode.column_of("Deutsch") is None


def test_every_part_of_a_hostile_document_is_well_formed_and_shows_its_text() -> None:
    content = written(hostile())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    shown = "".join(part(content).itertext())
    assert HOSTILE[0] in shown
    assert "Tokajew[U+202E]<wejakoT>[U+2066] Astana[U+202C]" in shown


def test_the_heading_is_repeated_and_runs_name_their_language() -> None:
    body = part(written(article()))
    assert [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in rows(body)] == [True, False, False, False]
    for row in rows(body)[1:]:
        for place, locale in zip(row.findall(q("tc"))[1:], ("de-DE", "en-GB", "ru-RU"), strict=True):
            said = [run.find(f"{q('rPr')}/{q('lang')}") for run in place.iter(q("r")) if run.find(q("t")) is not None]
            assert {lang.get(q("val")) if lang is not None else "" for lang in said} <= {locale}


def test_a_language_written_from_the_right_is_marked_so() -> None:
    assert "<w:rtl/>" in column("fa").proofing
    assert column("<b>").locale == "x-none"


def test_terms_have_one_comment_each_where_they_first_stand_in_the_original() -> None:
    content = written(article())
    comments = part(content, "word/comments.xml").findall(q("comment"))
    anchors = [one.get(q("id")) for one in part(content).iter(q("commentReference"))]
    assert [one.get(q("id")) for one in comments] == sorted(str(one) for one in anchors)
    assert len(comments) == len(article().terms)
    assert not any(one.get(q("date")) for one in comments)
    for number in (2, 3):
        assert not list(cell(part(content), 1, number).iter(q("commentReference")))


def test_every_style_that_is_used_is_defined() -> None:
    content = written(hostile())
    defined = {style.get(q("styleId")) for style in part(content, "word/styles.xml").findall(q("style"))}
    for name in (BODY, "word/comments.xml", "word/footer1.xml"):
        kinds = ("pStyle", "rStyle", "tblStyle")
        assert {one.get(q("val")) for kind in kinds for one in part(content, name).iter(q(kind))} <= defined


def test_no_sentence_stands_twice() -> None:
    text = "".join(part(written(article())).itertext())
    for row in article().rows:
        for one in row.cells.values():
            assert not one.text or text.count(one.text) == 1


def test_the_checker_reads_the_document_in_its_languages() -> None:
    documents = list(formats.load("docx").read(formats.Source("a.docx", "a", written(article()))))
    text = "\n".join(document.text for document in documents)
    assert "tolmach-row" not in text
    assert "Токаев едет в Алматы" in text
