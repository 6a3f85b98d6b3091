"""A term base of memoQ as CSV: a row for each concept, columns repeated for each language and term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._languages import language_and_variety, language_names
from tolmach.glossary.formats._pairs import folded
from tolmach.glossary.formats._tables import Row, rows, written
from tolmach.glossary.formats._termbase import settle
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.messages import _

_ID, _NOTE, _INFO, _EXAMPLE = "Entry_ID", "Entry_Note", "Term_Info", "Term_Example"
_FORBIDDEN = "Forbidden"


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    codes = list(dict.fromkeys(primary(language) for language in languages))
    forms = [{code: _forms(concept, code) for code in codes} for concept in concepts]
    widths = {code: max((len(found[code]) for found in forms), default=0) for code in codes}
    names = language_names()
    heading = [_ID, _NOTE]
    for code in codes:
        name = names.get(code, code)
        heading += [f"{name}_Def", *([name, _INFO, _EXAMPLE] * widths[code])]
    lines, used = [heading], []
    for number, (concept, found) in enumerate(zip(concepts, forms, strict=True), 1):
        if not any(found.values()):
            continue
        cells = [str(number), folded(concept.note)]
        for code in codes:
            cells.append(folded(concept.definition) if code == codes[0] else "")
            for entry in found[code]:
                cells += [folded(entry.form), "" if entry.status.wanted else _FORBIDDEN, ""]
                used.append((concept.id, code, entry))
            cells += [""] * 3 * (widths[code] - len(found[code]))
        lines.append(cells)
    return Outgoing(written(lines, ";"), tuple(used))


def _forms(concept: Concept, code: str) -> list[Designation]:
    found = [entry for entry in concept.designations.get(code, ()) if entry.form]
    return sorted(found, key=lambda entry: list(Status).index(entry.status))


def _read(source: Incoming) -> list[Entry]:
    found = rows(source)
    first = next(found, Row(1, ()))
    names = {name.lower() for name in language_names().values()}
    columns = [first.cell(place) for place in range(len(first.cells))]
    if not any(_language(column) in names for column in columns):
        raise TolmachError(
            _("the first row is no heading with names of languages"),
            path=source.path,
            line=first.line,
            hint=_("memoQ writes German, English, Russian …; export with the names of the fields in the first row"),
        )
    entries = (_entry(row, columns, names) for row in found)
    return [entry for entry in entries if any(isinstance(value, list) for value in entry.table.values())]


def _language(column: str) -> str:
    return column.partition("_")[0].lower() if not column.endswith("_Def") else ""


def _entry(row: Row, columns: Sequence[str], names: set[str]) -> Entry:
    table: dict[str, Any] = {}
    lines: dict[tuple[str, int], int] = {}
    last: dict[str, str] = {}
    for place, column in enumerate(columns):
        text = folded(row.cell(place))
        if _language(column) in names:
            # Term_Info after an empty cell must not be taken for that of the term before.
            last = {}
            if text:
                code, variety = _code(column)
                last = {"form": text, **({"variety": variety} if variety else {})}
                lines[code, len(table.setdefault(code, []))] = row.line
                table[code].append(last)
        elif column == _INFO and last and _FORBIDDEN.lower() in text.lower():
            last["status"] = "forbidden"
        elif text:
            table |= _head(column, text, table)
    settle(table)
    return Entry(table, row.line, lines)


def _head(column: str, text: str, table: Mapping[str, Any]) -> dict[str, str]:
    key = "note" if column == _NOTE else "definition" if column.endswith("_Def") else ""
    return {key: text} if key and key not in table else {}


def _code(column: str) -> tuple[str, str]:
    return language_and_variety(column.partition("_")[0])


FORMAT = Format(
    "memoQ (CSV)",
    ".csv",
    frozenset(("note", "definition")),
    frozenset(("form", "status")),
    _read,
    _write,
    statuses=frozenset((Status.PREFERRED, Status.ADMITTED, Status.FORBIDDEN)),
)
