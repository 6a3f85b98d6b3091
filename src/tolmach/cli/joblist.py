"""The list of names of a job as a table: tab-separated text, or a spreadsheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tolmach.cli.options import load_glossary
from tolmach.cli.show import visible
from tolmach.config import Config, primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.glossary.joblist import Row
    from tolmach.names.variants.find import Group

Cell = str | int | float
_COLUMNS: dict[str, int] = {
    "source": 30,
    "target": 30,
    "language": 9,
    "status": 10,
    "kind": 12,
    "count": 7,
    "texts": 7,
    "genitive": 30,
    "original": 28,
    "system": 18,
    "alternatives": 40,
    "variants": 40,
    "confidence": 11,
    "concept": 16,
    "note": 50,
    "sources": 50,
}
"""The columns after the first two, which are headed by the languages, and the widths of all in letters."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Place:
    """What a list depends on: the language of each text, the target asked for, the glossaries and the settings."""

    language_of: Callable[[str], str]
    target: str | None
    glossary: tuple[str, ...]
    settings: Config


def table(groups: Iterable[Group], paths: Sequence[str], place: Place, style: str) -> Iterator[str] | bytes:
    """The list of the names in `groups`, found in the texts with these paths: lines for `tsv`, bytes for `xlsx`.

    Raises TolmachError where no target language is named or configured.
    """
    from tolmach.glossary.find import Finder
    from tolmach.glossary.joblist import Job, rows

    languages = sorted({primary(place.language_of(path)) for path in paths} - {""})
    source = languages[0] if len(languages) == 1 else "source"
    target = place.target or _other(languages, place.settings)
    finder = Finder(load_glossary(place.glossary, place.settings))
    found = rows(groups, Job(finder, target, place.language_of, place.settings.transcription))
    return as_tsv(found, source, target) if style == "tsv" else as_xlsx(found, source, target)


def _other(languages: Sequence[str], settings: Config) -> str:
    """The first configured language that the texts are not written in."""
    found = next((code for code in settings.languages if primary(code) not in languages), None)
    if found is None:
        raise TolmachError(_("no target language is named"), hint=_("add --to with a language code: de, en, ru"))
    return found


def heading(source: str, target: str) -> tuple[str, ...]:
    """The names of the columns; the first two are the codes of the languages, so that the table is one of pairs."""
    return (source, target, *list(_COLUMNS)[2:])


def cells(row: Row) -> tuple[Cell, ...]:
    """The values of a row in the order of the columns; text without control characters."""
    found: tuple[Cell, ...] = (
        row.source,
        row.target,
        row.language,
        row.status,
        row.kind,
        row.count,
        row.texts,
        row.genitive,
        "; ".join(f"{text} ({language})" for language, text in row.original),
        row.system,
        "; ".join(row.alternatives),
        "; ".join(row.variants),
        row.confidence,
        row.concept,
        row.note,
        "; ".join(f"{path} {count}" for path, count in row.sources),
    )
    return tuple(visible(cell) if isinstance(cell, str) else cell for cell in found)


def as_tsv(rows: Iterable[Row], source: str, target: str) -> Iterator[str]:
    """The lines of a tab-separated table. Nothing is quoted: no cell has a tab or a line break."""
    yield "\t".join(heading(source, target))
    for row in rows:
        yield "\t".join(map(str, cells(row)))


def as_xlsx(rows: Iterable[Row], source: str, target: str) -> bytes:
    """A workbook with one sheet; the same rows give the same bytes. Raises TolmachError where openpyxl is missing."""
    workbook = _workbook()
    sheet = workbook.active
    sheet.title = _("names")
    _write(sheet, 1, heading(source, target))
    for number, row in enumerate(rows, start=2):
        _write(sheet, number, cells(row))
    _lay_out(sheet)
    written = io.BytesIO()
    workbook.save(written)
    return _dateless(written.getvalue())


def _workbook() -> Any:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise TolmachError(
            _("spreadsheets need a package that is not installed"), hint="pip install 'tolmach[xlsx]'"
        ) from None
    return Workbook()


def _write(sheet: Any, number: int, values: Sequence[Cell]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column, value)
        if isinstance(value, str):
            # Text is text: a name that begins with = is no formula, and stays none when somebody edits the cell.
            cell.data_type = "s"
            if value.startswith(_FORMULA):
                cell.style = _literal(sheet)


def _literal(sheet: Any) -> str:
    from openpyxl.styles import NamedStyle

    style = "literal"
    if style not in sheet.parent.named_styles:
        sheet.parent.add_named_style(NamedStyle(style, number_format="@"))
    return style


def _lay_out(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, width in enumerate(_COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for cells_of_row in sheet.iter_rows(min_row=2):
        for cell in cells_of_row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)


def _dateless(content: bytes) -> bytes:
    """The same workbook without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = _STAMP.sub(b"", old.read(entry))
            plain = zipfile.ZipInfo(entry.filename, _FIRST_DAY)
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, part)
    return made.getvalue()
