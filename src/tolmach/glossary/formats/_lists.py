"""Lists as people keep them in a spreadsheet: a column for each language, whatever its heading calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tolmach.files import load_table
from tolmach.glossary.formats import Entry
from tolmach.glossary.formats._languages import language_and_variety, language_code
from tolmach.glossary.formats._tables import Row
from tolmach.glossary.formats._termbase import settle
from tolmach.glossary.model import Designation, Status
from tolmach.messages import _

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}[-_][A-Za-z]{2}")
# A stroke without blanks stands in words, too (Kirow/Wjatka, km/h); a comma in names (Tokajew, Kassym-Schomart).
_BETWEEN = re.compile(r"[;\n|]|(?<=\s)/(?=\s)")
_REMARK = re.compile(r"(?P<form>.*\S)\s*[(\[](?P<remark>[^()\[\]]+)[)\]]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """Which columns have the forms of which language and variety, which a key of the concept, and the others' names."""

    languages: Mapping[int, tuple[str, str]]
    keys: Mapping[int, str]
    others: tuple[str, ...]


def heading(row: Row) -> Heading | None:
    """What the row says of its columns, if it is the heading of such a list: two columns have languages."""
    columns = load_table(__package__, "lists.toml")["columns"]
    known = {name: key for key, names in columns.items() for name in names}
    languages: dict[int, tuple[str, str]] = {}
    keys: dict[int, str] = {}
    others = []
    for place in range(len(row.cells)):
        words = _WORD.findall(cell := row.cell(place))
        key = next((known[word.casefold()] for word in words if word.casefold() in known), "")
        if key:
            keys[place] = key
        elif named := _language(cell, words):
            languages[place] = named
        elif cell:
            others.append(cell)
    return Heading(languages, keys, tuple(others)) if len({code for code, _variety in languages.values()}) > 1 else None


def unheaded(codes: Sequence[str], rows: Sequence[Row]) -> Heading:
    """A heading for a list that has none: the languages in the order of the columns; others are not known."""
    width = max((len(row.cells) for row in rows), default=0)
    others = tuple(str(place + 1) for place in range(len(codes), width))
    return Heading({place: language_and_variety(code) for place, code in enumerate(codes)}, {}, others)


def _language(cell: str, words: Sequence[str]) -> tuple[str, str] | None:
    """The language of a column: one is named in its heading, as in «Deutsch», «de-CH» or «Term (RU)»."""
    if _TAG.fullmatch(cell):
        code, variety = language_and_variety(cell)
        return (code, variety) if language_code(code) else None
    codes = {
        code for word in words if (code := language_code(word)) and (len(word) > 2 or word.isupper() or word == cell)
    }
    return (codes.pop(), "") if len(codes) == 1 and len(words) < 4 else None


def read(rows: Sequence[Row], found: Heading, line: int) -> Iterator[Entry]:
    """The concepts of the rows below a heading, which stands in that line; a row is a concept.

    The first form of a language is the preferred one; what stands behind it in brackets is a remark.
    """
    for name in found.others:
        yield Entry({}, line, left_out=_("the column {name} is not read").format(name=name))
    for row in rows:
        table, lines = _concept(row, found)
        forms = [
            code for code, value in table.items() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(forms) > 1:
            settle(table)
            yield Entry(table, row.line, lines)
        elif shown := " | ".join(cell for cell in map(_folded, row.cells) if cell):
            yield Entry({}, row.line, left_out=_("forms in fewer than two languages: {text}").format(text=shown[:80]))


def _concept(row: Row, found: Heading) -> tuple[dict[str, Any], dict[tuple[str, int], int]]:
    table: dict[str, Any] = {}
    notes = []
    for place, key in found.keys.items():
        text = _folded(row.cell(place))
        kind = _kind(text) if key == "kind" else ""
        if key == "note" or (key == "kind" and not kind):
            notes.append(text)
        elif text:
            table.setdefault(key, kind or ([text] if key == "sources" else text))
    lines: dict[tuple[str, int], int] = {}
    met: set[tuple[str, str]] = set()
    for place, (code, variety) in found.languages.items():
        for values, note in _forms(row.cell(place)):
            known = table.setdefault(code, [])
            notes.append(note)
            if (code, values["form"]) not in met:
                met.add((code, values["form"]))
                lines[code, len(known)] = row.line
                known.append(values | ({"variety": variety} if variety else {}))
    if note := "; ".join(filter(None, notes)):
        table["note"] = note
    return table, lines


def _kind(text: str) -> str:
    kinds = load_table(__package__, "lists.toml")["kinds"]
    return next((kind for kind, names in kinds.items() if text.casefold() in names), "")


def _forms(cell: str) -> Iterator[tuple[dict[str, str], str]]:
    """The forms of a cell, each with what its brackets say of it, or with the note that stands there."""
    empty = load_table(__package__, "lists.toml")["empty"]["cells"]
    for part in _BETWEEN.split(cell):
        text = _folded(part)
        if not text or text.casefold() in empty:
            continue
        named = _REMARK.fullmatch(text)
        if not named:
            yield {"form": text}, ""
        elif _is_acronym(named["form"]) != _is_acronym(named["remark"]):
            yield {"form": named["form"]}, ""
            yield {"form": named["remark"]}, ""
        elif said := _said(named["remark"]):
            yield {"form": named["form"], **said}, ""
        else:
            yield {"form": named["form"]}, f"{named['form']}: {named['remark']}"


def _said(remark: str) -> dict[str, str]:
    remarks = load_table(__package__, "lists.toml")["remarks"]
    words = [_folded(word).casefold() for word in remark.split(",")]
    meant = {
        key: value
        for key, values in remarks.items()
        for value, names in values.items()
        for word in words
        if word in names
    }
    return meant if len(meant) == len(words) else {}


def _is_acronym(form: str) -> bool:
    return Designation(form, Status.PREFERRED).is_acronym


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
