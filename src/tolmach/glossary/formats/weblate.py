"""A glossary component of Weblate as CSV: source, target, the id as context, explanation, flags."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.errors import TolmachError
from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._flags import context, flags_of
from tolmach.glossary.formats._pairs import Read, folded, heading, identity, joined, pairs, two, used
from tolmach.glossary.formats._tables import Row, rows, written
from tolmach.glossary.model import Concept, Status
from tolmach.messages import _

_COLUMNS = ("source", "target", "context", "developer_comments", "flags")


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    found = list(pairs(concepts, languages, unwanted=True))
    lines = (
        [
            folded(pair.source.form),
            folded(pair.target.form),
            context(pair),
            folded(pair.concept.note),
            ", ".join(flags_of(pair)),
        ]
        for pair in found
    )
    return Outgoing(written([_COLUMNS, *lines]), used(found, languages))


def _read(source: Incoming) -> list[Entry]:
    found = rows(source)
    first = next(found, Row(1, ()))
    columns = heading(first)
    if not {"source", "target"} <= set(columns):
        raise TolmachError(
            _("the first row is no heading with source and target"),
            path=source.path,
            line=first.line,
            hint=_("without a heading it is --format deepl"),
        )
    return joined((_pair(row, columns) for row in found), two(source))


def _pair(row: Row, columns: dict[str, int]) -> Read:
    source, target, name, note, flags = (row.cell(columns.get(column, -1)) for column in _COLUMNS)
    said = frozenset(flag.strip() for flag in flags.split(","))
    return Read(row.line, folded(source), folded(target), identity(name), folded(note), said)


FORMAT = Format(
    "Weblate (CSV)",
    ".csv",
    frozenset(("id", "note", "do_not_translate")),
    frozenset(("form", "status")),
    _read,
    _write,
    statuses=frozenset((Status.PREFERRED, Status.ADMITTED, Status.FORBIDDEN)),
    languages=2,
)
