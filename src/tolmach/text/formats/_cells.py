"""Two cells of each row of a table, and where they are written."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats._prose import Block
from tolmach.text.model import Passage, Span

if TYPE_CHECKING:
    from tolmach.text.formats._edits import Change

_QUOTED = re.compile(r'"(?P<inside>(?:[^"]++|"")*+)"')
_SEPARATOR = re.compile(r"sep=(?P<sign>[;,\t])\r?\n")  # a first line that spreadsheets write and obey


class Cell(NamedTuple):
    """What a cell says; where its content stands in the file, and whether quotation marks stand around it."""

    text: str
    start: int
    end: int
    quoted: bool = False

    def written(self, text: str) -> Passage:
        """The cell with where each code point of it is written in the `text` of the file."""
        if not self.quoted:
            return Passage(self.text, "", self.start)
        block, start = Block(), self.start
        for mark in re.finditer('""', text[self.start : self.end]):
            block.add(text[start : self.start + mark.start()], start)
            start = self.start + mark.end()
            block.add_written('"', start - 2, start)
        block.add(text[start : self.end], start)
        return Passage(block.text(), "", self.start, block.starts, block.ends)


class Row(NamedTuple):
    """The cells wanted of a row (at most two), the line it begins on and where it ends."""

    cells: tuple[Cell, ...]
    line: int
    end: int


def heading(text: str, path: str) -> list[str]:
    """All cells of the first row, without blanks around them."""
    line = text[: text.find("\n") + 1] or text
    if not path.lower().endswith(".csv"):
        return [cell.strip() for cell in line.split("\t")]
    named, sign = _SEPARATOR.match(text), delimiter(text)
    start = named.end() if named else 0
    line = text[start : text.find("\n", start) + 1] or text[start:]
    return [cell.strip().strip('"').strip() for cell in line.split(sign)]


def of_tabs(text: str, pair: tuple[int, int] = (0, 1)) -> Iterator[Row]:
    """The rows of a table with tabs between its cells, none of them quoted; `pair` are the columns wanted."""
    start = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        columns = line.rstrip("\r\n").split("\t", pair[1] + 1)[: pair[1] + 1]
        place, cells = start, []
        for column_number, column in enumerate(columns):
            if column_number in pair:
                cells.append(Cell(column, place, place + len(column)))
            place += len(column) + 1
        start += len(line)
        yield Row(tuple(cells), number, start)


def of_csv(text: str, path: str, pair: tuple[int, int] = (0, 1)) -> Iterator[Row]:
    """The rows of a CSV table (RFC 4180), the columns of `pair`; raises TolmachError for marks that do not fit."""
    named, sign = _SEPARATOR.match(text), delimiter(text)
    bare = re.compile(rf"[^{sign}\r\n]*+")
    end_of_cell = re.compile(rf"{sign}|\r?\n|\Z")
    place, line = (named.end(), 2) if named else (0, 1)
    while place < len(text):
        first, closed, column = place, False, 0
        cells: list[Cell] = []
        while not closed:
            cell, place = _cell(text, place, bare, path, line)
            ending = end_of_cell.match(text, place)
            if ending is None:
                raise _malformed(_("text after the closing quotation mark, or a lone carriage return"), path, line)
            cells += [cell] if column in pair else []
            column += 1
            place, closed = ending.end(), not ending.group() or ending.group().endswith("\n")
        yield Row(tuple(cells), line, place)
        line += text.count("\n", first, place)


def _cell(text: str, place: int, bare: re.Pattern[str], path: str, line: int) -> tuple[Cell, int]:
    """The cell that begins at `place`, and where its writing ends."""
    if not text.startswith('"', place):
        found = bare.match(text, place)
        end = found.end() if found else place
        return Cell(text[place:end], place, end), end
    quoted = _QUOTED.match(text, place)
    if quoted is None:
        raise _malformed(_("a quotation mark that is never closed"), path, line)
    return Cell(quoted["inside"].replace('""', '"'), *quoted.span("inside"), quoted=True), quoted.end()


def _malformed(reason: str, path: str, line: int) -> TolmachError:
    return TolmachError(
        _("malformed CSV: {reason}").format(reason=reason),
        path=path,
        line=line,
        hint=_("check the quotation marks of this row"),
    )


def delimiter(text: str) -> str:
    """The sign that the first line names, else the one that the first row with any has most often unquoted."""
    named = _SEPARATOR.match(text)
    if named is not None:
        return named["sign"]
    for line in io.StringIO(text, newline="\n"):
        unquoted = re.sub(r'"[^"]*"', "", line)
        best = max(";\t,", key=unquoted.count)
        if best in unquoted:
            return best
    return ","


def edited(text: str, cell: Cell, span: Span, new: str, sign: str | None) -> Change | None:
    """What must be written so that `new` stands in a stretch of the cell.

    `sign` is the delimiter of a CSV table, where a bare cell is quoted if it must be; None: a table with tabs.
    """
    from tolmach.text.formats import _edits

    place = _edits.Place(cell.written(text), span)
    special = "\t\r\n" if sign is None else f'{sign}"\r\n'
    if cell.quoted:
        return _edits.change(place, new, lambda words, _start: words.replace('"', '""'), across=True)
    if not any(sign in new for sign in special):
        return _edits.change(place, new, lambda words, _start: words, across=True)
    if sign is None:
        return None
    whole = (cell.text[: span.start] + new + cell.text[span.end :]).replace('"', '""')
    return _edits.Change(Span(cell.start, cell.end), (_edits.Splice(cell.start, cell.end, f'"{whole}"'),))
