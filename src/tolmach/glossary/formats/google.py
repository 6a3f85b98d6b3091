"""A glossary of Google Cloud Translation: a heading of language codes, in each row the terms that are equivalent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._languages import language_and_variety
from tolmach.glossary.formats._pairs import folded, is_language
from tolmach.glossary.formats._tables import Row, rows, written
from tolmach.glossary.formats._termbase import settle
from tolmach.glossary.model import Concept, Designation
from tolmach.messages import _

_DESCRIPTION = "description"
_NO_LANGUAGES = frozenset((_DESCRIPTION, "pos"))


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    codes = [primary(language) for language in languages]
    found = [(concept, forms) for concept in concepts for forms in _rows(concept, codes)]
    lines = (
        [*(folded(forms[code].form) if code in forms else "" for code in codes), folded(concept.note)]
        for concept, forms in found
    )
    used = tuple((concept.id, code, form) for concept, forms in found for code, form in forms.items())
    return Outgoing(written([[*codes, _DESCRIPTION], *lines]), used)


def _rows(concept: Concept, codes: Sequence[str]) -> list[dict[str, Designation]]:
    """Long forms beside long forms, acronyms beside acronyms; else whatever each language has."""
    by_length = [_forms(concept, codes, acronym) for acronym in (False, True)]
    rows = [forms for forms in by_length if len(forms) > 1]
    return rows or [forms for forms in (_forms(concept, codes, None),) if len(forms) > 1]


def _forms(concept: Concept, codes: Sequence[str], acronym: bool | None) -> dict[str, Designation]:
    forms = ((code, concept.preferred(code, acronym=acronym)) for code in codes)
    return {code: form for code, form in forms if form}


def _read(source: Incoming) -> list[Entry]:
    found = rows(source)
    first = next(found, Row(1, ()))
    names = {place: first.cell(place) for place in range(len(first.cells))}
    codes = {place: name for place, name in names.items() if is_language(name) and name not in _NO_LANGUAGES}
    if len(codes) < 2:
        raise TolmachError(
            _("the first row is no heading of language codes"),
            path=source.path,
            line=first.line,
            hint=_("for example: de,en,ru; without a heading it is --format deepl"),
        )
    description = next((place for place, name in enumerate(first.cells) if name.strip().lower() == _DESCRIPTION), -1)
    entries = (_entry(row, codes, description) for row in found)
    return [entry for entry in entries if entry.table or entry.left_out]


def _entry(row: Row, codes: dict[int, str], description: int) -> Entry:
    table: dict[str, Any] = {}
    lines: dict[tuple[str, int], int] = {}
    for place, written_code in codes.items():
        if form := folded(row.cell(place)):
            code, variety = language_and_variety(written_code)
            known = table.setdefault(code, [])
            lines[code, len(known)] = row.line
            known.append({"form": form, **({"variety": variety} if variety else {})})
    if len(table) == 1:
        (alone,) = table.values()
        told = _("a form in one language only: {text}").format(text=alone[0]["form"][:80])
        return Entry({}, row.line, left_out=told)
    settle(table)
    if table and (note := folded(row.cell(description))):
        table["note"] = note
    return Entry(table, row.line, lines)


FORMAT = Format("Google (CSV)", ".csv", frozenset(("note",)), frozenset(("form",)), _read, _write)
