"""A glossary of DeepL: two columns with commas and no heading."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._pairs import Pair, Read, folded, joined, pairs, two, used
from tolmach.glossary.formats._tables import rows, written
from tolmach.glossary.model import Concept

# Bytes of UTF-8 in a term (source: DeepL's documentation of its API).
_LONGEST = 1024


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    found = [pair for pair in pairs(concepts, languages) if _fits(pair)]
    return Outgoing(
        written([folded(pair.source.form), folded(pair.target.form)] for pair in found), used(found, languages)
    )


def _fits(pair: Pair) -> bool:
    return all(len(folded(one.form).encode()) <= _LONGEST for one in (pair.source, pair.target))


def _read(source: Incoming) -> list[Entry]:
    found = (Read(row.line, folded(row.cell(0)), folded(row.cell(1))) for row in rows(source))
    return joined(found, two(source))


FORMAT = Format("DeepL (CSV)", ".csv", frozenset(), frozenset(("form",)), _read, _write, languages=2)
