"""What a glossary says of one concept, ready to be shown: for look-up, hover and term cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.glossary.model import Concept, Designation
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.morphology.lexeme import Case, Form, Number
from tolmach.morphology.paradigm import right_forms

_CASES: dict[str, tuple[Case, ...]] = {
    "de": ("nomn", "gent"),
    "en": ("nomn", "gent"),
    "ru": ("nomn", "gent", "datv", "accs", "ablt", "loct"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One designation with its forms: (case, form) in the order of the language's grammar; for unwanted ones none."""

    language: str
    form: str
    status: str
    system: str
    reason: str
    valid: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A concept as a card: what it is, its original, its designations by language."""

    id: str
    kind: str
    note: str
    original: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    place: str


def card(concept: Concept, languages: Sequence[str], *, cases: bool = True) -> Card:
    """The card of a concept in these languages; without `cases` no form is inflected (nothing is loaded for that)."""
    rows = tuple(
        _row(concept, designation, language, cases=cases)
        for language in languages
        for designation in concept.designations.get(language, ())
    )
    place = f"{concept.path}:{concept.line}" if concept.path else ""
    return Card(concept.id, concept.kind, concept.note, tuple(concept.original.items()), rows, concept.sources, place)


def _row(concept: Concept, designation: Designation, language: str, *, cases: bool) -> Row:
    valid = ", ".join(f"{stretch.first or ''}…{stretch.last or ''}" for stretch in designation.valid)
    declined = _declined(concept, designation, language) if cases and designation.status.wanted else ()
    return Row(
        language, designation.full, designation.status.value, designation.system, designation.reason, valid, declined
    )


def _declined(concept: Concept, designation: Designation, language: str) -> tuple[tuple[str, str], ...]:
    number: Number = "pl" if designation.number == "pl" else "sg"
    return tuple(
        (case, text)
        for case in _CASES.get(language, ("nomn",))
        if (text := declined(concept, designation, language, Form("", case, number)))
    )


def declined(concept: Concept, designation: Designation, language: str, like: Form) -> str:
    """The designation in full, in the case and number of `like`; "" where the rules do not know the form."""
    base = (
        designation.form
        if like.case == "nomn"
        else next(iter(right_forms(lexeme(designation, concept), like, language)), "")
    )
    if not base or not designation.given:
        return base
    given = designation.given
    if language == "ru":
        given = next(iter(right_forms(given_lexeme(given, concept), like, language)), given)
    return f"{given} {base}"
