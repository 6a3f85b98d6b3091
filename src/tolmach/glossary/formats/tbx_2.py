"""TBX-Basic version 2 (MARTIF), for programs that show every term they find: OmegaT, Lokalize, Weblate.

They look at no status, so only what is wanted stands in it, the preferred forms first and without a word about it,
which they would show as a comment. Persons stand with their family name, as texts have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolmach.glossary.formats import Format, Outgoing, _tbx, all_of
from tolmach.glossary.model import Concept, Designation, Status


def _write(concepts: Sequence[Concept], _languages: Sequence[str]) -> Outgoing:
    wanted = [replace(concept, designations=_wanted(concept)) for concept in concepts]
    kept = [concept for concept in wanted if concept.designations]
    return Outgoing(_tbx.write([_short(concept) for concept in kept], "martif", "TBX-Basic"), all_of(kept))


def _wanted(concept: Concept) -> dict[str, tuple[Designation, ...]]:
    found = ((code, concept.wanted(code)) for code in concept.designations)
    return {
        code: tuple(sorted(entries, key=lambda entry: entry.status is not Status.PREFERRED))
        for code, entries in found
        if entries
    }


def _short(concept: Concept) -> Concept:
    # Without given names two spellings may be one; and of namesakes nobody would know whose the sources are.
    found = {
        code: tuple({entry.form: replace(entry, given="", patronymic="") for entry in reversed(entries)}.values())[::-1]
        for code, entries in concept.designations.items()
    }
    return replace(concept, designations=found, sources=())


FORMAT = Format(
    "TBX-Basic 2 (MARTIF)",
    ".tbx",
    frozenset(("note", "definition")),
    frozenset(("form", "status", "gender", "variety", "source", "reason")),
    _tbx.read,
    _write,
    statuses=frozenset((Status.PREFERRED, Status.ADMITTED)),
)
