"""What a glossary says of one concept, ready to be shown: for look-up, hover and term cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.glossary.model import Concept, Designation, Kind, State, Status, Validity
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.morphology.lexeme import Case, Form, Lexeme, Number
from tolmach.morphology.paradigm import right_forms, table

_CASES: dict[str, tuple[Case, ...]] = {
    "de": ("nomn", "gent"),
    "en": ("nomn", "gent"),
    "ru": ("nomn", "gent", "datv", "accs", "ablt", "loct"),
}


_RANK = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Row:
    """One designation in full, with its forms as (case, form) in the order of the grammar; for unwanted ones none."""

    language: str
    form: str
    status: Status
    system: str = ""
    reason: str = ""
    valid: tuple[Validity, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A concept as a card: what it is, its originals as (language, name), its designations, preferred first.

    `note` is English, `place` the file and line of the decision, `state` whether there is one.
    """

    id: str
    kind: Kind
    note: str = ""
    original: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    sources: tuple[str, ...] = ()
    place: str = ""
    state: State = "decided"

    @property
    def heading(self) -> tuple[str, str]:
        """The name the card goes by, as (language, name): the first wanted form, else the original, else the id."""
        wanted = ((row.language, row.form) for row in self.rows if row.status.wanted)
        return next(wanted, self.original[0] if self.original else ("", self.id))


def card(concept: Concept, languages: Sequence[str], *, cases: bool = True) -> Card:
    """The card of a concept in these languages; without `cases` no form is inflected (nothing is loaded for that)."""
    rows = tuple(
        _row(concept, designation, language, cases=cases)
        for language in languages
        for designation in sorted(
            concept.designations.get(primary(language), ()), key=lambda entry: _RANK[entry.status]
        )
    )
    place = f"{concept.path}:{concept.line}" if concept.path else ""
    original = tuple(concept.original.items())
    return Card(concept.id, concept.kind, concept.note, original, rows, concept.sources, place, concept.state)


def _row(concept: Concept, designation: Designation, language: str, *, cases: bool) -> Row:
    declined = _declined(concept, designation, language) if cases and designation.status.wanted else ()
    return Row(
        language,
        designation.full,
        designation.status,
        designation.system,
        designation.reason,
        designation.valid,
        declined,
    )


def _declined(concept: Concept, designation: Designation, language: str) -> tuple[tuple[str, str], ...]:
    number: Number = "pl" if designation.number == "pl" else "sg"
    return tuple(
        (case, text)
        for case in _CASES.get(primary(language), ("nomn",))
        if (text := declined(concept, designation, language, Form("", case, number)))
    )


def declined(concept: Concept, designation: Designation, language: str, like: Form) -> str:
    """The designation in full, in the case and number of `like`; "" where the rules do not know the form."""
    if primary(language) == "de" and like.case == "gent" and concept.kind != "person" and not designation.indeclinable:
        # The paradigm knows heads and articles: der Europäischen Bank, Sankt Petersburgs.
        forms = table(Lexeme(designation.form, concept.kind, designation.gender), "de").singular
        return next(iter(forms.get("gen", ())), "")
    base = (
        designation.form
        if like.case == "nomn"
        else next(iter(right_forms(lexeme(designation, concept), like, language)), "")
    )
    if not base or not designation.given:
        return base
    given = designation.given
    if primary(language) == "ru":
        given = next(iter(right_forms(given_lexeme(given, concept), like, language)), given)
    return f"{given} {base}"
