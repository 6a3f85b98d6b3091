"""The same table as a workbook for spreadsheet programs."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from tolmach.archives import safe_entries
from tolmach.errors import TolmachError
from tolmach.files import largest
from tolmach.glossary.formats import ENTRY, HEAD, Entry, Format, Incoming, Outgoing, _columns, all_of
from tolmach.glossary.formats._fields import hide, show
from tolmach.glossary.formats._tables import Row
from tolmach.glossary.formats._xml import judge
from tolmach.glossary.model import Concept
from tolmach.messages import _
from tolmach.text.cells import plain, safe

_LONGEST = 32_767
# A cell far to the right would make every row as wide as that.
_WIDEST = 256
_MOST_ROWS = 1 << 20
_DAY = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"form": 30, "given": 20, "id": 24, "note": 40, "patronymic": 20, "reason": 40}
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NO_OPENPYXL = "pip install 'tolmach[xlsx]'"


def _write(concepts: Sequence[Concept], _languages: Sequence[str]) -> Outgoing:
    return Outgoing(_timeless(_workbook(concepts)), all_of(concepts))


def _workbook(concepts: Sequence[Concept]) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
    except ImportError:
        raise _missing() from None
    book = Workbook()
    sheet = book.active
    sheet.title = "glossary"
    sheet.freeze_panes = "A2"
    for number, cells in enumerate(_columns.written(concepts), 1):
        for place, text in enumerate(cells, 1):
            if not text:
                continue
            cell = sheet.cell(number, place, _fitting(text))
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
            elif "\n" in text:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, name in enumerate(_columns.COLUMNS, 1):
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = _WIDTHS.get(name, 14)
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fitting(text: str) -> str:
    # XML would make a line feed of a carriage return.
    whole = safe(hide(text)).replace("\r", "\\x{d}")
    if len(whole) > _LONGEST:
        raise TolmachError(
            _("a cell would have more than {count} characters: {text}").format(count=_LONGEST, text=whole[:40]),
            hint=_("shorten it, or choose another format"),
        )
    return whole


def _timeless(content: bytes) -> bytes:
    """The same workbook without the time of writing: what has not changed gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(entry.filename, _DAY), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _missing() -> TolmachError:
    return TolmachError(_("workbooks need the package openpyxl"), hint=_NO_OPENPYXL)


def _read(source: Incoming) -> list[Entry]:
    """The concepts of every sheet that has a heading; a sheet without one is told unless none has."""
    found: list[Entry] = []
    refused: list[TolmachError] = []
    for title, rows in _sheets(source):
        try:
            found += _columns.read(rows, source)
        except TolmachError as error:
            refused.append(error)
            found.append(Entry({}, left_out=_("the sheet {name} has no heading and is not read").format(name=title)))
    if refused and all(entry.left_out for entry in found):
        raise refused[0]
    return found


def _sheets(source: Incoming) -> Iterator[tuple[str, list[Row]]]:
    """The title of each sheet that has something, and its rows; of a formula what it gave when it was saved."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise _missing() from None
    _judge(source)
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it does not know; only texts are read.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if rows := [row for row in _rows(source, sheet) if any(map(str.strip, row.cells))]:
                yield sheet.title, rows
    except (
        InvalidFileException, KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError, OSError,
    ) as error:  # fmt: skip
        raise _unreadable(source, str(error)) from None


def _rows(source: Incoming, sheet: Any) -> Iterator[Row]:
    # openpyxl makes up every empty row that the file claims to have
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=_WIDEST), 1):
        if number > _MOST_ROWS:
            raise _unreadable(source, _("it has more rows than a workbook can have"))
        if any(cells):
            yield Row(number, tuple(map(_text, cells)))


def _text(cell: object) -> str:
    """What stands in a cell, as people see it: a whole number without a point, a day without an hour."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return "" if cell is None else show(plain(str(cell)))


def _judge(source: Incoming) -> None:
    """Raise TolmachError for an archive that is none, is too large, or has XML with declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            for entry in safe_entries(archive, source.path, 4 * largest("glossary")):
                if entry.filename.endswith((".xml", ".rels")):
                    judge(archive.read(entry), source.path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise _unreadable(source, str(error)) from None


def _unreadable(source: Incoming, why: str) -> TolmachError:
    return TolmachError(
        _("not a readable workbook: {reason}").format(reason=why),
        path=source.path,
        hint=_("open it in its program and save it anew"),
    )


FORMAT = Format("workbook (XLSX)", ".xlsx", HEAD, ENTRY, _read, _write, examples=True)
