"""Which of the names a glossary decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tolmach.glossary.find import Finder
from tolmach.glossary.join import concepts_of
from tolmach.glossary.model import Concept, Glossary
from tolmach.report.model import DECISIONS, Coverage, Ruling


def ruling(forms: Iterable[tuple[str, str]], kind: str, finder: Finder) -> Ruling:
    """What the glossary says of a name, given its forms with their languages."""
    found = concepts_of(forms, finder, kind)
    if not found:
        return Ruling()
    if len(found) > 1:
        return Ruling("ambiguous", ", ".join(concept.id for concept in found))
    return Ruling("decided" if found[0].state == "decided" else "proposed", found[0].id, tuple(_preferred(found[0])))


def _preferred(concept: Concept) -> Iterable[tuple[str, str]]:
    for language in concept.designations:
        if entry := concept.preferred(language):
            yield language, entry.full


def coverage(rulings: Iterable[Ruling], glossary: Glossary) -> Coverage:
    """How many of the names are decided."""
    numbers = Counter(one.decision for one in rulings)
    return Coverage(glossary.name, glossary.hash, tuple((decision, numbers[decision]) for decision in DECISIONS))
