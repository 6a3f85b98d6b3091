"""A glossary of DeepL: two columns with commas and no heading."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._pairs import Read, folded, joined, pairs, two, used
from tolmach.glossary.formats._tables import rows, written
from tolmach.glossary.model import Concept


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    found = list(pairs(concepts, languages))
    return Outgoing(
        written([folded(pair.source.form), folded(pair.target.form)] for pair in found), used(found, languages)
    )


def _read(source: Incoming) -> list[Entry]:
    found = (Read(row.line, folded(row.cell(0)), folded(row.cell(1))) for row in rows(source))
    return joined(found, two(source))


FORMAT = Format("DeepL (CSV)", ".csv", frozenset(), frozenset(("form",)), _read, _write, languages=2)
