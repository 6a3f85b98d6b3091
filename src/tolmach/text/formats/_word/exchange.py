"""The table of a parallel document in Word, read back when a translator has worked on it.

Rows and columns are known by what they say unseen (see `tolmach.text.rowcode`), never by their place. Tracked changes
are read as accepted. What is still marked as a draft is one; where that word was deleted, the sentence is reviewed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from tolmach.errors import TolmachError
from tolmach.messages import _, plural
from tolmach.text.exchange import Aligned, Returned, State
from tolmach.text.formats import Source, _expat
from tolmach.text.formats._word import package
from tolmach.text.formats._word.cells import Cell, Paragraph, TableReader, TableRow
from tolmach.text.identity import fold
from tolmach.text.rowcode import ColumnCode, RowCode, column_of, row_of

_STATE_STYLE = "tolmachstate"
_SHOWN = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


@dataclass(slots=True)
class _Collected:
    """The units of the tables that are ours; the second part of a table that was split has no heading of its own.

    `waiting` are the rows that stand before the heading: sorting a table may carry it anywhere.
    """

    columns: dict[int, ColumnCode] = field(default_factory=dict)
    known: dict[str, ColumnCode] = field(default_factory=dict)
    units: list[Aligned] = field(default_factory=list)
    waiting: list[tuple[TableRow, RowCode | None]] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    rows: int = 0
    _tables: dict[int, bool] = field(default_factory=dict)

    def row(self, row: TableRow, table: int) -> None:
        """Take a row: the heading of a table of ours, or a sentence."""
        cells = dict(_placed(row))
        heading = {place: named for place, cell in cells.items() if (named := column_of(cell.everything))}
        if heading and not row.deleted:
            self.columns, self._tables[table] = heading, True
            self.known.update({column.language: column for column in heading.values()})
        else:
            self._sentence(row, table)
        if self.columns:
            for waiting in self.waiting:
                self._known(*waiting)
            self.waiting.clear()

    def _sentence(self, row: TableRow, table: int) -> None:
        code = next((code for cell in row.cells if (code := row_of(cell.everything))), None)
        if code is not None:
            self._tables[table] = True
        if self._tables.get(table) and not row.deleted:
            self.waiting.append((row, code))

    def _known(self, row: TableRow, code: RowCode | None) -> None:
        self.rows += 1
        if any(cell.merged or cell.width > 1 for cell in row.cells):
            self.merged.append(self.rows)
        else:
            self._unit(dict(_placed(row)), code.id if code else "", dict(code.bases) if code else {})

    def _unit(self, cells: dict[int, Cell], name: str, bases: dict[str, str]) -> None:
        texts: dict[str, str] = {}
        states: dict[str, State] = {}
        for place, column in self.columns.items():
            text, label = _read(cells.get(place, Cell()), column)
            texts[column.language] = text
            if not column.original:
                states[column.language] = "missing" if not text else "draft" if label else "reviewed"
        if name or any(texts.values()):
            kept = {code: base for code, base in bases.items() if code in states}
            self.units.append(Aligned(name, texts, states, kept, place=str(self.rows)))


def back(source: Source) -> Returned:
    """The sentences of the table with their translations, in its order.

    A row that was added has no id, one that was copied has its id twice, one that was deleted is not there; `place`
    counts the rows. Raises TolmachError for a document without a table of ours, or with cells merged in it.
    """
    archive, body = package.opened(source)
    found = _Collected()
    reader = TableReader(found)
    _expat.parse(_expat.part(body, archive.read(body), source.path), source.path, reader)
    _refuse(found, source.path)
    original = next((code.source for code in found.known.values()), "")
    targets = tuple(code.language for code in found.known.values() if not code.original)
    return Returned(original, targets, tuple(found.units), tuple(_remarks(reader.changes)))


def _remarks(changes: int) -> Iterator[str]:
    if changes:
        yield plural(
            "{count} tracked change is read as accepted", "{count} tracked changes are read as accepted", changes
        )


def _refuse(found: _Collected, path: str) -> None:
    if not found.rows and not found.waiting:
        raise TolmachError(
            _("the document has no table that tolmach has written"),
            path=path,
            hint=_("write one with tolmach parallel --format docx, by sentences; other documents: tolmach align"),
        )
    if found.waiting:
        raise TolmachError(
            _("the first row of the table, which names the languages, is missing"),
            path=path,
            hint=_("copy it from the document as it was written"),
        )
    if found.merged:
        rows = ", ".join(map(str, found.merged[:5]))
        raise TolmachError(
            _("cells are merged in row {rows} of the table").format(rows=rows),
            path=path,
            hint=_("split them, so that each language has a cell of its own"),
        )


def _placed(row: TableRow) -> Iterator[tuple[int, Cell]]:
    place = row.before
    for cell in row.cells:
        yield place, cell
        place += cell.width


def _read(cell: Cell, column: ColumnCode) -> tuple[str, bool]:
    """The text of the cell without the word that marks its state, and whether that word is there."""
    written = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    label = bool(written) and _is_label(cell, written[-1], column)
    text = " ".join(paragraph.text for paragraph in (written[:-1] if label else written))
    return fold(_SHOWN.sub(_character, text)), label


def _is_label(cell: Cell, paragraph: Paragraph, column: ColumnCode) -> bool:
    if fold(paragraph.text) not in column.labels.values():
        return False
    styled = paragraph.style.replace(" ", "").casefold() == _STATE_STYLE
    # A program may rename styles; but the only paragraph of a cell may well be a translation.
    return styled or paragraph is not cell.paragraphs[0]


def _character(shown: re.Match[str]) -> str:
    """The character that was written out because it acts unseen."""
    code = int(shown[1], 16)
    if code > 0x10FFFF or unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cn", "Zl", "Zp"):
        return shown[0]
    return chr(code)
