"""The whole glossary as one table: a row for each designation, a column for each key, with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tolmach.errors import TolmachError
from tolmach.glossary.formats import ENTRY, HEAD, Entry, Incoming, _lists, table
from tolmach.glossary.formats._fields import joined, parts, plain, texts
from tolmach.glossary.formats._languages import language_and_variety
from tolmach.glossary.formats._tables import Row
from tolmach.glossary.formats._termbase import settle
from tolmach.glossary.model import Concept
from tolmach.messages import _

_FIRST = ("id", "kind", "language", "form", "given", "patronymic", "status", "reason")
_LOOKED_AT = 20
_PERSON = "gender of the person"
_EXAMPLES = {"examples ok": "ok", "examples flag": "flag"}
_HEADS = {key: _PERSON if key == "gender" else key for key in sorted(HEAD - {"id"})}
COLUMNS = (
    *_FIRST,
    *sorted(ENTRY - set(_FIRST)),
    *(name for name in _HEADS.values() if name not in _FIRST),
    *_EXAMPLES,
)


def written(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """The heading and the rows; what belongs to the concept stands in its first row."""
    yield list(COLUMNS)
    for concept in concepts:
        for cells in _rows(concept):
            yield [cells.get(column, "") for column in COLUMNS]


def _rows(concept: Concept) -> Iterator[dict[str, str]]:
    values = table(concept)
    examples: Mapping[str, Any] = values.get("examples", {})
    head = {name: joined(key, texts(values[key])) for key, name in _HEADS.items() if key in values}
    for code in dict.fromkeys((*concept.designations, *examples)):
        lists = {
            name: joined(key, examples[code][key]) for name, key in _EXAMPLES.items() if key in examples.get(code, {})
        }
        for found in values.get(code, []) or [{}]:
            cells = {key: joined(key, texts(value)) for key, value in found.items()}
            yield {"id": concept.id, "kind": concept.kind, "language": code, **head, **lists, **cells}
            head, lists = {}, {}


def read(rows: Iterable[Row], source: Incoming) -> list[Entry]:
    """The concepts of such a table, or of a list with a column for each language.

    Whatever stands over the heading, and columns that are not known, are passed over; rows of one id are one concept.
    Without a heading the user may have named the languages of the columns; else that raises TolmachError.
    """
    found = list(rows)
    for place, row in enumerate(found[:_LOOKED_AT]):
        names = [row.cell(column).lower() for column in range(len(row.cells))]
        if {"language", "form"} <= set(names):
            return _concepts(found[place + 1 :], names)
        if columns := _lists.heading(row):
            return list(_lists.read(found[place + 1 :], columns, row.line))
    if len(source.languages) > 1:
        return list(_lists.read(found, _lists.unheaded(source.languages, found), 1))
    raise TolmachError(
        _("there is no row with the headings of columns: languages (Deutsch, en, русский …), or language and form"),
        path=source.path,
        line=found[0].line if found else 1,
        hint=_("put such a row above the terms, or name the languages of the columns: --languages de,ru"),
    )


def _concepts(found: Sequence[Row], names: Sequence[str]) -> list[Entry]:
    groups: dict[str, list[tuple[Row, dict[str, str]]]] = {}
    for number, row in enumerate(found):
        cells = {name: row.cells[place] for place, name in enumerate(names) if row.cell(place)}
        groups.setdefault(cells.get("id", "").strip() or f"\n{number}", []).append((row, cells))
    return [_entry("" if name.startswith("\n") else name, group) for name, group in groups.items()]


def _entry(name: str, group: Sequence[tuple[Row, dict[str, str]]]) -> Entry:
    values: dict[str, Any] = {"id": name} if name else {}
    lines: dict[tuple[str, int], int] = {}
    for row, cells in group:
        for key, column in _HEADS.items():
            if column in cells and key not in values:
                values[key] = plain(key, parts(key, cells[column]))
        code, variety = language_and_variety(cells.get("language", ""))
        if code in HEAD or code == "examples":
            return Entry({}, row.line, left_out=_("{code} is no language code").format(code=repr(code)))
        lists = {key: parts(key, cells[column]) for column, key in _EXAMPLES.items() if column in cells}
        if lists:
            values.setdefault("examples", {}).setdefault(code, {}).update(lists)
        if designation := {key: plain(key, parts(key, cells[key])) for key in ENTRY if key in cells}:
            known = values.setdefault(code, [])
            lines[code, len(known)] = row.line
            known.append({**({"variety": variety} if variety else {}), **designation})
    if not name or any("status" not in cells for _row, cells in group if "form" in cells):
        settle(values)
    return Entry(values, group[0][0].line, lines)
