"""The tables of a Word document as rows of cells: what stands in each paragraph once tracked changes are accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from tolmach.text.formats._expat import Kind, refuse_depth
from tolmach.text.formats._word.names import attribute, elements, short

_CHANGES = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
_UNREAD = frozenset({"mc:Fallback", "w:txbxContent"})
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a cell: its style, what is seen of it, and all its letters with the hidden ones."""

    style: str = ""
    text: str = ""
    everything: str = ""


@dataclass(slots=True)
class Cell:
    """A cell; `width` is the number of columns it takes, `merged` whether it belongs to cells above or below."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    width: int = 1
    merged: bool = False

    @property
    def everything(self) -> str:
        """All letters of the cell on one line."""
        return " ".join(paragraph.everything for paragraph in self.paragraphs)


@dataclass(slots=True)
class TableRow:
    """A row: its cells, the columns left out before them, whether it was deleted as a tracked change."""

    cells: list[Cell] = field(default_factory=list)
    before: int = 0
    deleted: bool = False


class Rows(Protocol):
    """What is told about the tables of a document."""

    def row(self, row: TableRow, table: int) -> None:
        """A row is complete; `table` counts the tables, one within another too."""


@dataclass(slots=True)
class _Open:
    """What is open in the innermost table."""

    table: int
    row: TableRow | None = None
    cell: Cell | None = None


@dataclass(slots=True)
class TableReader:
    """Tells `rows` every row of every table; counts the tracked changes."""

    rows: Rows
    changes: int = 0
    _tables: int = 0
    _stack: list[_Open] = field(default_factory=list)
    _trail: list[str] = field(default_factory=list)
    _silent: int = 0
    _hidden: bool = False
    _unread: frozenset[str] = field(default_factory=lambda: elements().unread | _UNREAD)

    def start(self, name: str, attributes: dict[str, str], _place: int) -> None:
        """An element begins."""
        called = short(name)
        within = self._trail[-1] if self._trail else ""
        self._trail.append(called)
        refuse_depth(len(self._trail))
        if called in _CHANGES:
            self._change(called, within)
        if called in self._unread:
            self._silent += 1
        elif not self._silent:
            self._open(called, attributes)

    def _change(self, called: str, within: str) -> None:
        self.changes += 1
        if called == "w:del" and within == "w:trPr" and self._stack and self._stack[-1].row:
            self._stack[-1].row.deleted = True

    def _open(self, called: str, attributes: dict[str, str]) -> None:
        if called == "w:tbl":
            self._tables += 1
            self._stack.append(_Open(self._tables))
        elif self._stack:
            self._open_within(self._stack[-1], called, attributes)

    def _open_within(self, top: _Open, called: str, attributes: dict[str, str]) -> None:
        if called == "w:tr":
            top.row = TableRow()
        elif called == "w:tc" and top.row:
            top.cell = Cell()
            top.row.cells.append(top.cell)
        elif called == "w:gridBefore" and top.row:
            top.row.before = _number(attributes)
        elif top.cell:
            self._open_in_cell(top.cell, called, attributes)

    def _open_in_cell(self, cell: Cell, called: str, attributes: dict[str, str]) -> None:
        if called == "w:p":
            cell.paragraphs.append(Paragraph())
        elif called == "w:gridSpan":
            cell.width = max(1, _number(attributes))
        elif called == "w:vMerge":
            cell.merged = True
        elif called == "w:r":
            self._hidden = False
        elif called == "w:vanish" and "w:r" in self._trail:
            self._hidden = attribute(attributes, "w:val") not in _OFF
        elif called == "w:pStyle" and cell.paragraphs:
            cell.paragraphs[-1].style = attribute(attributes, "w:val")
        elif called in elements().signs and "w:r" in self._trail:
            self._write(elements().marks.get(called, " "))

    def end(self, _name: str, _place: int) -> None:
        """An element ends."""
        called = self._trail.pop()
        if called in self._unread:
            self._silent -= 1
        elif not self._silent and self._stack:
            self._close(self._stack[-1], called)

    def _close(self, top: _Open, called: str) -> None:
        if called == "w:tbl":
            self._stack.pop()
        elif called == "w:tc":
            top.cell = None
        elif called == "w:tr" and top.row:
            self.rows.row(top.row, top.table)
            top.row = None

    def text(self, text: str, _start: int, _end: int, _kind: Kind) -> None:
        """Text of an element."""
        if self._trail and self._trail[-1] == "w:t" and not self._silent:
            self._write(text)

    def _write(self, text: str) -> None:
        cell = self._stack[-1].cell if self._stack else None
        if cell is None or not cell.paragraphs:
            return
        paragraph = cell.paragraphs[-1]
        paragraph.everything += text
        if not self._hidden:
            paragraph.text += text


def _number(attributes: dict[str, str]) -> int:
    said = attribute(attributes, "w:val")
    return min(int(said[:9]), 100) if said.isascii() and said.isdigit() else 0
