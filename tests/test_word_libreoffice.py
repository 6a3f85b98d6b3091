"""The Word table of `parallel` after LibreOffice has opened, changed and saved it."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

import libreoffice
from office import member
from test_parallel import article
from test_word_table import (
    FIRST,
    IDS,
    SECOND,
    THIRD,
    Edit,
    Element,
    back,
    cell,
    edited,
    paragraph,
    q,
    rows,
    table,
    type_over,
    units,
    written,
)
from tolmach.parallel.document import Cell, ParallelDocument
from tolmach.text.exchange import Returned

MACRO = Path(__file__).parent / "cases" / "office" / "edits.bas"
FLIES = "Tokayev flies to Almaty"

pytestmark = libreoffice.NEEDED


def plain() -> ParallelDocument:
    """The article without terms: for a card beside the page LibreOffice needs a screen."""
    bare = [
        replace(row, cells={code: Cell(one.text, one.state) for code, one in row.cells.items()})
        for row in article().rows
    ]
    return replace(article(), rows=tuple(bare), terms=())


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what was edited in LibreOffice."""
    folder = tmp_path_factory.mktemp("edited")
    (folder / "in.docx").write_bytes(written(plain()))
    libreoffice.run_macro(MACRO, folder)
    errors = folder / "errors.txt"
    assert not errors.exists(), errors.read_text(encoding="utf-8")
    return folder


@pytest.fixture(params=["{}.docx", "{}_odt.docx"], ids=["word", "opendocument"])
def saved(changed: Path, request: pytest.FixtureRequest) -> Path:
    """The pattern of the names of the edited files: saved as Word text, or as OpenDocument text and then as that."""
    return changed / str(request.param)


def returned(saved: Path, name: str) -> Returned:
    return back(Path(str(saved).format(name)).read_bytes())


UNTOUCHED = back(written(plain()))


@pytest.mark.parametrize("name", ["untouched", "across", "rejected"])
def test_what_leaves_the_sentences_alone_changes_nothing(saved: Path, name: str) -> None:
    assert returned(saved, name) == UNTOUCHED


@pytest.mark.parametrize(
    ("name", "id_", "text", "state", "remarks"),
    [
        ("changed", FIRST, FLIES, "reviewed", ()),
        ("emptied", FIRST, "", "missing", ()),
        ("confirmed", SECOND, plain().rows[1].cells["en"].text, "reviewed", ()),
        ("accepted", FIRST, FLIES, "reviewed", ()),
        ("tracked", FIRST, FLIES, "reviewed", ("2 tracked changes are read as accepted",)),
    ],
)
def test_an_edit_changes_its_sentence_alone(
    saved: Path, name: str, id_: str, text: str, state: str, remarks: tuple[str, ...]
) -> None:
    now, before = returned(saved, name), units(UNTOUCHED)
    assert (list(units(now)), now.remarks) == (IDS, remarks)
    unit = units(now).pop(id_)
    assert (unit.texts["en"], unit.states["en"], unit.bases) == (text, state, before[id_].bases)
    assert (unit.texts["de"], unit.texts["ru"]) == (before[id_].texts["de"], before[id_].texts["ru"])
    assert [units(now)[other] for other in IDS if other != id_] == [before[other] for other in IDS if other != id_]


@pytest.mark.parametrize(
    ("name", "ids"),
    [("row_deleted", [FIRST, THIRD]), ("row_pasted", [FIRST, *IDS]), ("sorted", IDS[::-1])],
)
def test_rows_are_known_wherever_they_stand(saved: Path, name: str, ids: list[str]) -> None:
    now = returned(saved, name)
    assert [unit.id for unit in now.units] == ids
    assert [(unit.texts, unit.states, unit.bases) for unit in now.units] == [
        (units(UNTOUCHED)[id_].texts, units(UNTOUCHED)[id_].states, units(UNTOUCHED)[id_].bases) for id_ in ids
    ]


def test_a_deleted_column_leaves_the_others(saved: Path) -> None:
    now = returned(saved, "column_deleted")
    assert (now.source, now.targets) == ("de", ("ru",))
    assert [unit.texts for unit in now.units] == [
        {code: unit.texts[code] for code in ("de", "ru")} for unit in UNTOUCHED.units
    ]


# edits of the file that is then opened and saved, with the cards of its terms


def swap(body: Element) -> None:
    moved = rows(body)[1]
    table(body).remove(moved)
    table(body).append(moved)


def split(body: Element) -> None:
    holder, half = next(iter(body)), ElementTree.Element(q("tbl"))
    half.extend(copy.deepcopy(table(body).findall(q("tblPr")) + table(body).findall(q("tblGrid"))))
    for row in rows(body)[2:]:
        table(body).remove(row)
        half.append(row)
    holder.insert(1, paragraph("Fortsetzung"))
    holder.insert(2, half)


def track_deleted_row(body: Element) -> None:
    row = rows(body)[2]
    properties = row.find(q("trPr"))
    assert properties is not None
    made = {q("id"): "90", q("author"): "Anna", q("date"): "2026-01-02T10:00:00Z"}
    ElementTree.SubElement(properties, q("del"), made)
    for line in row.iter(q("p")):
        for place, run in enumerate(list(line)):
            if run.tag == q("r"):
                line.remove(run)
                deleted = ElementTree.Element(q("del"), made)
                for text in run.iter(q("t")):
                    text.tag = q("delText")
                deleted.append(run)
                line.insert(place, deleted)


def comment(body: Element) -> None:
    """Fasten the card of the first term to a translation too, as an answer of the translator would be."""
    line = cell(body, 1, 3).find(q("p"))
    number = next(body.iter(q("commentReference"))).get(q("id"), "")
    assert line is not None
    run = ElementTree.SubElement(line, q("r"))
    ElementTree.SubElement(run, q("commentReference"), {q("id"): number})


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "nothing": (lambda _body: None, IDS),
    "typed": (lambda body: type_over(cell(body, 1, 2), FLIES), IDS),
    "swapped": (swap, [SECOND, THIRD, FIRST]),
    "doubled": (lambda body: table(body).append(copy.deepcopy(rows(body)[2])), [*IDS, SECOND]),
    "split": (split, IDS),
    "commented": (comment, IDS),
    "row_struck": (track_deleted_row, [FIRST, THIRD]),
}


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what was edited otherwise and then saved by LibreOffice."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    for name, (edit, _ids) in EDITS.items():
        (before / f"{name}.docx").write_bytes(edited(written(article()), edit))
    libreoffice.convert([before / f"{name}.docx" for name in EDITS], "docx", after)
    return after


@pytest.mark.parametrize("name", EDITS)
def test_a_document_with_cards_comes_back_from_libreoffice(resaved: Path, name: str) -> None:
    content = (resaved / f"{name}.docx").read_bytes()
    edit, ids = EDITS[name]
    now, meant = back(content), back(edited(written(article()), edit))
    assert [unit.id for unit in now.units] == ids
    assert (now.source, set(now.targets), now.units) == (meant.source, set(meant.targets), meant.units)
    assert bool(now.remarks) == bool(meant.remarks)
    assert content != written(article()) and b"LibreOffice" in member(content, "docProps/app.xml")
    assert b"tolmach" in member(content, "word/comments.xml")
