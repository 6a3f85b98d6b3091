"""A Word document: a table of the languages side by side, to be read, printed, edited and brought back.

A term carries its card as a comment where it first stands in the source. Comments, not footnotes: they are no part of
the text, so that a translator's copy and a print stay clean. Rows and columns say unseen (as hidden text, which travels
with a row that is moved or copied) what they are; see `tolmach.text.formats.docx`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.parallel.archive import Member, pack
from tolmach.parallel.document import ParallelDocument, Row
from tolmach.parallel.exchange import bases, signed
from tolmach.parallel.labels import label_language, labels
from tolmach.parallel.word import Column, column
from tolmach.parallel.writers import Writer
from tolmach.text.rowcode import ColumnCode, RowCode

_ROOM = "tolmach.parallel"
_NUMBER = 680  # twentieths of a point, as all lengths here
_ORIGINAL = 2600
_KIND = 2300
_UNSPLIT = 1500  # characters of a cell that surely fit on a page
_EDGE = '<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="8F897D"/></w:tcBorders>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
_FILLS = {"draft": "FBF0DC", "missing": "F1F0EE"}
_PARTS = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "package.rels"),
    ("docProps/core.xml", "core.xml"),
    ("word/_rels/document.xml.rels", "document.rels"),
    ("word/styles.xml", "styles.xml"),
    ("word/settings.xml", "settings.xml"),
    ("word/footer1.xml", "footer.xml"),
    ("word/comments.xml", "comments.xml"),
    ("word/document.xml", "document.xml"),
)


@dataclass(frozen=True)
class _Sheet:
    """A sheet of A4 paper: upright for two languages, else across."""

    width: int
    height: int
    margin: int = 850

    @property
    def room(self) -> int:
        return self.width - 2 * self.margin


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The document, as its only file."""
    from tolmach.pages import stream

    values = _values(document)
    yield ".docx", pack(Member(name, stream(_ROOM, f"docx/{template}", values)) for name, template in _PARTS)


def _values(document: ParallelDocument) -> dict[str, object]:
    from markupsafe import Markup

    source = document.original
    sheet = _Sheet(11906, 16838) if len(document.languages) < 3 else _Sheet(16838, 11906)
    width = (sheet.room - _NUMBER) // len(document.languages)
    columns = [column(code, width) for code in document.languages]
    commented = _commented(document)
    cards = {card.id: card for card in document.terms}
    return {
        "document": document,
        "columns": columns,
        "page": column(label_language(source)),
        "english": column("en"),
        "of_language": column,
        "labels": labels(source),
        "sheet": sheet,
        "widths": [_NUMBER, *(width for _column in columns)],
        "term_widths": _term_widths(sheet.room, columns),
        "comment": _once(commented),
        "commented": [(number, cards[concept]) for concept, number in commented.items()],
        "edge": Markup(_EDGE),
        "shades": {"reviewed": "", **{state: Markup(_SHADE).format(fill) for state, fill in _FILLS.items()}},
        "fits": _fits,
        "row_code": lambda row: _row_code(document, row),
        "column_code": lambda code: _column_code(document, code),
        "signature": signed(document),
    }


def _term_widths(room: int, columns: Sequence[Column]) -> list[int]:
    kind, original = (_KIND, _ORIGINAL) if len(columns) > 2 else (_KIND * 3 // 4, _ORIGINAL * 3 // 4)
    return [kind, original, *((room - kind - original) // len(columns) for _column in columns)]


def _commented(document: ParallelDocument) -> dict[str, int]:
    """The concepts in the order in which they first stand in the source, numbered."""
    known = {card.id for card in document.terms}
    source = document.original
    found = dict.fromkeys(mark.concept for row in document.rows for mark in row.cells[source].marks)
    return {concept: number for number, concept in enumerate(one for one in found if one in known)}


def _once(numbers: dict[str, int]) -> Callable[[str], int | None]:
    """A function that gives the number of a concept when it is first asked for it, and then none."""
    left = dict(numbers)
    return lambda concept: left.pop(concept, None)


def _fits(row: Row) -> bool:
    return all(len(cell.text) <= _UNSPLIT for cell in row.cells.values())


def _row_code(document: ParallelDocument, row: Row) -> RowCode:
    return RowCode(row.id, bases({code: row.cells[code] for code in document.targets}))


def _column_code(document: ParallelDocument, code: str) -> ColumnCode:
    words = labels(code)
    return ColumnCode(code, document.original, {state: words[state] for state in ("draft", "missing")})


WRITER = Writer(write, ".docx")
