"""Pairs of sentences, one a line: source TAB target, or the same as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path, PurePath

from tolmach.errors import TolmachError, raise_all
from tolmach.files import read_bytes
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.exchange import Aligned, Notes, Returned
from tolmach.text.formats import Edit, Format, Source, _blocks, _cells
from tolmach.text.formats._cells import Row
from tolmach.text.model import Document, Passage, Unit
from tolmach.text.streams import Stream

_PAIR_IN_NAME = re.compile(r"(?<![^._-])(?=([a-z]{2}(?:-[A-Z]{2})?)[_-]([a-z]{2}(?:-[A-Z]{2})?)(?:[._-]|$))")
_HEADINGS = (("source", "target"), ("src", "tgt"), ("quelle", "ziel"))
_GUESSED_FROM = 50  # rows
_MOST_COLUMNS = 50  # of a heading


def read(source: Source) -> Iterator[Document]:
    """The pairs as units; their ids are their numbers, counted from 1.

    These are the first two columns, or those that a heading row names by codes (`de`, `ru`) or `source` and `target`.
    The languages come from such codes, else from the caller, else from the file name (`pairs_de_ru.tsv`), else they
    are guessed. Raises TolmachError for every row with a single column.
    """
    text = decode(source.content, source.path, source.encoding)
    heading, rows = _headed(_rows(source, text, _columns(text, source.path)))
    languages = _languages(source, rows, heading)
    units = ((_unit(index, row, languages), row.end) for index, row in enumerate(rows))
    yield from _blocks.of_units(source, text, "tsv", units)


def stream(source: Stream) -> Iterator[Document]:
    """The same pairs of a table that is too large to be in memory; one of CSV, where cells may have lines, must be.

    Raises TolmachError for the rows with a single column that stand near each other.
    """
    if _is_csv(source.path):
        content = read_bytes(Path(source.path))
        yield from read(
            Source(source.path, source.id, content, source.language, source.source_language, source.configured)
        )
        return
    pair, languages, index = (0, 1), ("", ""), 0
    for block in _blocks.of_lines(source.pieces()):
        if not block.offset:
            pair = _columns(block.text, source.path)
        rows = _rows(source, block.text, pair, block.line)
        if not block.offset:
            heading, rows = _headed(rows)
            languages = _languages(source, rows, heading)
        units = tuple(_unit(index + number, row, languages) for number, row in enumerate(rows))
        index += len(units)
        yield Document(source.path, source.id, "tsv", block.text, units=units, offset=block.offset, line=block.line)


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; cells are quoted as they were, or where they must."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path, configured=source.encoding)
    _heading, rows = _headed(_rows(source, text.text, _columns(text.text, source.path)))
    sign = _cells.delimiter(text.text) if _is_csv(source.path) else None
    changes: list[_edits.Change | None] = []
    for edit in edits:
        number, side = edit.entry or (-1, "target")
        cell = rows[number].cells[side == "target"] if 0 <= number < len(rows) else None
        if cell is None or not 0 <= edit.span.start <= edit.span.end <= len(cell.text):
            changes.append(None)
        else:
            changes.append(_cells.edited(text.text, cell, edit.span, edit.text, sign))
    return _edits.write(source.content, text, edits, changes)


def _headed(rows: list[Row]) -> tuple[tuple[str, str] | None, list[Row]]:
    heading = _heading(rows[0]) if rows else None
    return heading, rows if heading is None else rows[1:]


def _unit(index: int, row: Row, languages: tuple[str, str]) -> Unit:
    source, target = Passage(row.cells[0].text, languages[0]), Passage(row.cells[1].text, languages[1])
    return Unit(index, str(index + 1), source, target, row.line, "reviewed" if target.text else "untranslated")


def _heading(row: Row) -> tuple[str, str] | None:
    """The languages of a heading row; two empty strings where it says only which side is which."""
    return _named(*(cell.text.strip() for cell in row.cells)) if len(row.cells) > 1 else None


def _named(first: str, second: str) -> tuple[str, str] | None:
    if detect.is_code(first) and detect.is_code(second) and first != second:
        return first, second
    return ("", "") if (first.lower(), second.lower()) in _HEADINGS else None


def _columns(text: str, path: str) -> tuple[int, int]:
    """The columns of source and target: the first two that the heading names, without such a heading the first two."""
    cells = _cells.heading(text, path)[:_MOST_COLUMNS]
    return next((pair for pair in combinations(range(len(cells)), 2) if _named(cells[pair[0]], cells[pair[1]])), (0, 1))


def _languages(source: Source | Stream, rows: list[Row], heading: tuple[str, str] | None) -> tuple[str, str]:
    headed, named, sample = heading or ("", ""), _from_name(source.path), rows[:_GUESSED_FROM]
    return (
        headed[0] or source.source_language or named[0] or _guess(row.cells[0].text for row in sample),
        headed[1] or source.language or named[1] or _guess(row.cells[1].text for row in sample),
    )


def _guess(texts: Iterable[str]) -> str:
    return detect.guess(" ".join(texts))


def _from_name(path: str) -> tuple[str, str]:
    for first, second in _PAIR_IN_NAME.findall(PurePath(path.replace("\\", "/")).stem):
        if detect.is_code(first) and detect.is_code(second):
            return first, second
    return "", ""


def _rows(source: Source | Stream, text: str, pair: tuple[int, int], first: int = 1) -> list[Row]:
    """The rows with a source and a target, in these columns; the text begins on the line `first`."""
    csv = _is_csv(source.path)
    rows: list[Row] = []
    problems: list[TolmachError] = []
    for row in _cells.of_csv(text, source.path, pair) if csv else _cells.of_tabs(text, pair):
        if len(row.cells) > 1 and (row.cells[0].text.strip() or row.cells[1].text.strip()):
            rows.append(row._replace(line=row.line + first - 1) if first > 1 else row)
        elif row.cells and row.cells[0].text.strip():
            problems.append(_single_column(source.path, row.line + first - 1, is_csv=csv))
    raise_all(problems)
    return rows


def _is_csv(path: str) -> bool:
    return PurePath(path).suffix.lower() == ".csv"


def _single_column(path: str, line: int, *, is_csv: bool) -> TolmachError:
    sign = _("comma or semicolon") if is_csv else _("tab")
    return TolmachError(
        _("a source without a translation: the row has one column"),
        path=path,
        line=line,
        hint=_("write source, {sign}, target").format(sign=sign),
    )


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as a file of this format, piece by piece."""
    from tolmach.text.formats import _tsv_exchange

    return _tsv_exchange.write(units, languages, notes)


def back(source: Source) -> Returned:
    """The units of a file of this format that this program wrote and others have worked on."""
    from tolmach.text.formats import _tsv_exchange

    return _tsv_exchange.back(source)


FORMAT = Format((".tsv", ".csv"), read, bilingual=True, rewrite=rewrite, stream=stream, write=write, back=back)
