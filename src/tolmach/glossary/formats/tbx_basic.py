"""TBX-Basic version 3, for programs that take nothing but its categories; names stand in it in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolmach.glossary.formats import Format, Outgoing, _tbx, all_of
from tolmach.glossary.model import Concept, Designation, Status


def _write(concepts: Sequence[Concept], _languages: Sequence[str]) -> Outgoing:
    # A spelling of a given name alone would be read as a name of the concept.
    whole = [replace(concept, designations=dict(_with_form(concept))) for concept in concepts]
    kept = [concept for concept in whole if concept.designations]
    return Outgoing(_tbx.write(kept, "dca", "TBX-Basic"), all_of(kept))


def _with_form(concept: Concept) -> list[tuple[str, tuple[Designation, ...]]]:
    found = ((code, tuple(one for one in entries if one.form)) for code, entries in concept.designations.items())
    return [(code, entries) for code, entries in found if entries]


FORMAT = Format(
    "TBX-Basic 3 (DCA)",
    ".tbx",
    frozenset(("note", "definition", "sources")),
    frozenset(("form", "given", "patronymic", "status", "gender", "variety", "source", "reason")),
    _tbx.read,
    _write,
    statuses=frozenset(Status) - {Status.FORBIDDEN},
)
