"""Pairs of sentences, one a line: source TAB target, or the same as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import decode
from tolmach.text.formats import Format, Source, _blocks
from tolmach.text.model import Document, Passage, Unit

_PAIR_IN_NAME = re.compile(r"(?<![^._-])(?=([a-z]{2}(?:-[A-Z]{2})?)[_-]([a-z]{2}(?:-[A-Z]{2})?)(?:[._-]|$))")
_HEADINGS = (("source", "target"), ("src", "tgt"), ("quelle", "ziel"))
_GUESSED_FROM = 50  # rows


@dataclass(frozen=True, slots=True)
class _Row:
    source: str
    target: str
    line: int
    end: int


def read(source: Source) -> Iterator[Document]:
    """The pairs as units; their ids are their numbers, counted from 1.

    The languages come from a heading row of codes (`de`, `ru`), else from the caller, else from the file name
    (`pairs_de_ru.tsv`), else they are guessed. Raises TolmachError for every row with a single column.
    """
    text = decode(source.content, source.path)
    rows = _rows(source, text)
    heading = _heading(rows[0]) if rows else None
    if heading is not None:
        rows = rows[1:]
    languages = _languages(source, rows, heading)
    units = ((_unit(index, row, languages), row.end) for index, row in enumerate(rows))
    yield from _blocks.of_units(source, text, "tsv", units)


def _unit(index: int, row: _Row, languages: tuple[str, str]) -> Unit:
    source, target = Passage(row.source, languages[0]), Passage(row.target, languages[1])
    return Unit(index, str(index + 1), source, target, row.line, "reviewed" if row.target else "untranslated")


def _heading(row: _Row) -> tuple[str, str] | None:
    """The languages of a heading row; two empty strings where it says only which side is which."""
    first, second = row.source.strip(), row.target.strip()
    if detect.is_code(first) and detect.is_code(second) and first != second:
        return first, second
    return ("", "") if (first.lower(), second.lower()) in _HEADINGS else None


def _languages(source: Source, rows: list[_Row], heading: tuple[str, str] | None) -> tuple[str, str]:
    headed, named, sample = heading or ("", ""), _from_name(source.path), rows[:_GUESSED_FROM]
    return (
        headed[0] or source.source_language or named[0] or _guess(row.source for row in sample),
        headed[1] or source.language or named[1] or _guess(row.target for row in sample),
    )


def _guess(texts: Iterable[str]) -> str:
    return detect.guess(" ".join(texts))


def _from_name(path: str) -> tuple[str, str]:
    for first, second in _PAIR_IN_NAME.findall(PurePath(path.replace("\\", "/")).stem):
        if detect.is_code(first) and detect.is_code(second):
            return first, second
    return "", ""


def _rows(source: Source, text: str) -> list[_Row]:
    is_csv = PurePath(source.path).suffix.lower() == ".csv"
    records = _csv_records(source, text) if is_csv else _tab_records(text)
    rows: list[_Row] = []
    problems: list[TolmachError] = []
    for columns, line, end in records:
        if not any(column.strip() for column in columns):
            continue
        if len(columns) > 1:
            rows.append(_Row(columns[0], columns[1], line, end))
        else:
            problems.append(_single_column(source.path, line, is_csv=is_csv))
    raise_all(problems)
    return rows


def _single_column(path: str, line: int, *, is_csv: bool) -> TolmachError:
    sign = _("comma or semicolon") if is_csv else _("tab")
    return TolmachError(
        _("a source without a translation: the row has one column"),
        path=path,
        line=line,
        hint=_("write source, {sign}, target").format(sign=sign),
    )


def _tab_records(text: str) -> Iterator[tuple[list[str], int, int]]:
    end = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        end += len(line)
        yield line.rstrip("\r\n").split("\t"), number, end


def _csv_records(source: Source, text: str) -> Iterator[tuple[list[str], int, int]]:
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.StringIO(text, newline="\n"):
            end += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=_delimiter(text), strict=True)
    first = 1
    try:
        for columns in reader:
            yield columns, first, end
            first = reader.line_num + 1
    except csv.Error as error:
        raise TolmachError(
            _("malformed CSV: {reason}").format(reason=error),
            path=source.path,
            line=first,
            hint=_("check the quotation marks of this row"),
        ) from None


def _delimiter(text: str) -> str:
    """The sign that the first row with any of them has most often, quoted parts left out."""
    for line in io.StringIO(text, newline="\n"):
        unquoted = re.sub(r'"[^"]*"', "", line)
        best = max(";\t,", key=unquoted.count)
        if best in unquoted:
            return best
    return ","


FORMAT = Format((".tsv", ".csv"), read, bilingual=True)
