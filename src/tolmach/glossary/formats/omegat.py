"""A glossary of OmegaT: source, translation and comment with tabs, in UTF-8; a line with # is a comment."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._pairs import Read, folded, joined, pairs, two, used
from tolmach.glossary.model import Concept
from tolmach.text.decode import decode


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    found = list(pairs(concepts, languages))
    lines = (
        "\t".join(map(folded, (pair.source.form, pair.target.form, pair.concept.note))).rstrip("\t") for pair in found
    )
    return Outgoing("".join(f"{line}\n" for line in lines).encode(), used(found, languages))


def _read(source: Incoming) -> list[Entry]:
    lines = decode(source.content, source.path, source.encoding).split("\n")
    rows = [(number, [*line.split("\t"), "", ""]) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    found = (Read(number, folded(cells[0]), folded(cells[1]), note=folded(cells[2])) for number, cells in rows)
    return joined(found, two(source))


FORMAT = Format(
    "OmegaT (tabs)",
    ".txt",
    frozenset(("note",)),
    frozenset(("form",)),
    _read,
    _write,
    languages=2,
)
