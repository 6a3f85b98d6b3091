"""Which of several designations is the one to prefer, and what becomes of those that were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.spellings import equal

_ORDER = tuple(Status)


def preferring(
    rows: Sequence[Designation], chosen: Designation, old: Designation | None = None
) -> tuple[Designation, ...]:
    """The rows with the chosen one preferred, in the place of `old`; what competes with it is preferred no more."""
    kept = [_demoted(row, chosen) for row in rows if row is not old]
    return (chosen, *(row for row in kept if row is not None))


def _demoted(row: Designation, chosen: Designation) -> Designation | None:
    """The row beside a preferred one; what was only proposed and stands in no text goes."""
    if row.status is not Status.PREFERRED or row.is_acronym != chosen.is_acronym or row.variety != chosen.variety:
        return row
    if not row.found:
        return None
    if row.valid and chosen.valid:
        return replace(row, status=Status.ADMITTED, reason="its name at another time")
    return replace(row, status=Status.DEPRECATED, reason=f"the house writes {chosen.form}")


def together(concept: Concept, other: Concept) -> Concept:
    """The first concept with what the second one says more; what that one preferred gives way."""
    designations = dict(concept.designations)
    for language, entries in other.designations.items():
        designations[language] = _joined(designations.get(language, ()), entries)
    return replace(
        concept,
        designations=designations,
        original={**other.original, **concept.original},
        sources=tuple(dict.fromkeys((*concept.sources, *other.sources))),
    )


def _joined(rows: Sequence[Designation], others: Iterable[Designation]) -> tuple[Designation, ...]:
    """The rows with those of another concept; what that one preferred gives way to what is preferred here."""
    found = list(rows)
    for other in others:
        same = next((row for row in found if equal(row.form, other.form) and equal(row.given, other.given)), None)
        if same is not None:
            counts = dict(other.found)
            for text, count in same.found:
                counts[text] = counts.get(text, 0) + count
            found[found.index(same)] = replace(same, found=tuple(counts.items()))
            continue
        rivals = [row for row in found if row.status is Status.PREFERRED and row.is_acronym == other.is_acronym]
        added = other if not rivals else _demoted(other, rivals[0])
        if added is not None:
            found.append(added)
    return tuple(sorted(found, key=lambda row: (_ORDER.index(row.status), not row.form)))
