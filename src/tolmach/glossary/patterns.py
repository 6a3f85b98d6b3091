"""What the matcher looks for: every form of every designation, normalised, with what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from tolmach.glossary.model import Concept, Designation
from tolmach.morphology.lexeme import Case, Form, Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.text.normal import normalise

# What must begin with a capital; terms may begin a sentence or stand in a headline.
_CAPITAL_KINDS = ("person", "place", "organisation")
# Two letters with dots are initials of a person.
_SHORT_ACRONYM = 2
_PARTS = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a found pattern stands for.

    `text` is the normalised pattern, `forms` are the forms it may be (one text, several cases), `capital` whether it
    must begin with a capital, `letters` those of an acronym, `lexeme` the base form when the pattern may begin a closed
    compound. `concept` and `designation` say whose form it is; they are None for a fixed phrase that protects a form.
    In a full name `given_name` is the designation that decides about the spelling of the given name, which takes the
    first `given_length` code points of the pattern.
    """

    text: str
    concept: Concept | None
    designation: Designation | None
    forms: tuple[Form, ...]
    capital: bool = False
    letters: str = ""
    lexeme: Lexeme | None = None
    given_name: Designation | None = None
    given_length: int = 0


def lexeme(designation: Designation, concept: Concept) -> Lexeme:
    """The designation as the paradigm engine needs it."""
    return Lexeme(
        designation.form,
        concept.kind,
        gender=concept.gender or designation.gender,
        number=designation.number,
        indeclinable=designation.indeclinable,
        acronym=designation.is_acronym,
        irregular=designation.forms,
    )


def given_lexeme(given: str, concept: Concept) -> Lexeme:
    """A given name as the paradigm engine needs it."""
    return Lexeme(given, "person", gender=concept.gender, given=True)


def meanings(concept: Concept, language: str) -> Iterator[Meaning]:
    """Every pattern of a concept in one language."""
    designations = concept.designations.get(language, ())
    for designation in designations:
        if designation.form:
            yield from _plain(concept, designation, language)
        for phrase in designation.keeps:
            for form in forms(Lexeme(phrase, "term"), language):
                yield Meaning(_normal(form.text), None, None, (form,))
    if concept.kind == "person":
        yield from _full_names(concept, designations, language)


def _plain(concept: Concept, designation: Designation, language: str) -> Iterator[Meaning]:
    base = lexeme(designation, concept)
    capital = designation.form[:1].isupper() and concept.kind in _CAPITAL_KINDS and not _may_be_small(base, language)
    letters = "".join(filter(str.isalpha, designation.form)) if base.acronym else ""
    found = forms(base, language)
    noun = language == "de" and concept.kind not in _CAPITAL_KINDS and base.text[:1].isupper() and " " not in base.text
    adjectival = any(form.ending for form in found) and " " not in base.text
    for form in found:
        # «die tokajewsche Reform» is small; «der Behinderte» is not «behinderte», nor «Kriegen» «kriegen».
        must = capital and not form.ending if concept.kind == "person" else capital
        must = must or (noun and (adjectival or form.text != base.text))
        begins = form.text == base.text or (adjectival and form.ending == "en")
        compound = base if language == "de" and not base.acronym and begins else None
        yield Meaning(_normal(form.text), concept, designation, (form,), must, letters, compound)
        if language == "de" and _is_hyphenated_term(designation, concept):
            head, _hyphen, last = form.text.rpartition("-")
            closed = head + last[:1].lower() + last[1:]
            yield Meaning(_normal(closed), concept, designation, (replace(form, text=closed),), must, letters, compound)
    if len(letters) > _SHORT_ACRONYM and letters == designation.form:
        dotted = ".".join(letters)
        for text in (dotted, f"{dotted}."):
            yield Meaning(_normal(text), concept, designation, (Form(text),), False, letters)


def _is_hyphenated_term(designation: Designation, concept: Concept) -> bool:
    """Is it an unwanted German noun of two parts with a hyphen («Ukraine-Konflikt»), which stands without one, too?"""
    parts = designation.form.split("-")
    if designation.status.wanted or concept.kind not in ("term", "office", "event") or " " in designation.form:
        return False
    # «E-Mail», «Fußball-WM»
    return len(parts) == _PARTS and all(len(part) > _PARTS and not part.isupper() for part in parts)


def _may_be_small(base: Lexeme, language: str) -> bool:
    """Is it the descriptive name of a body, which may begin with a small letter («der europäische …»)?"""
    if base.kind != "organisation" or " " not in base.text:
        return False
    if language == "ru":
        from tolmach.morphology.russian import is_descriptive

        return is_descriptive(base.text)
    if language == "de":
        from tolmach.morphology.german import is_descriptive

        return is_descriptive(base.text)
    return False


def _full_names(concept: Concept, designations: tuple[Designation, ...], language: str) -> Iterator[Meaning]:
    """Every given name with every family name: «Kassym-Jomart Tokajew» has one wanted and one unwanted part."""
    families = [entry for entry in designations if entry.form]
    for given, decided_by in _given_names(designations).items():
        for family in families:
            for first, last in _agreeing(given, family, concept, language):
                written = " ".join((*first, last.text))
                start = len(_normal(" ".join(first)))
                yield Meaning(
                    _normal(written), concept, family, (last,), True, given_name=decided_by, given_length=start
                )


def _given_names(designations: tuple[Designation, ...]) -> dict[str, Designation]:
    """Each given name (with its patronymic, if any) and the designation that decides about it.

    A wanted designation decides before an unwanted one, an entry of its own before one with a family name.
    """
    found: dict[str, Designation] = {}
    for entry in sorted(designations, key=lambda one: (not one.status.wanted, bool(one.form))):
        if entry.given:
            found.setdefault(entry.given, entry)
            if entry.patronymic:
                found.setdefault(f"{entry.given} {entry.patronymic}", entry)
    return found


def _agreeing(
    given: str, family: Designation, concept: Concept, language: str
) -> Iterator[tuple[tuple[str, ...], Form]]:
    """Given names and family name in the same case; in German and English only the family name carries the ending."""
    lasts = forms(lexeme(family, concept), language)
    names = given.split(" ")
    if language != "ru":
        yield from (((given,), last) for last in lasts)
        return
    by_case = [_by_case(name, concept) for name in names]
    for last in lasts:
        for first in product(*(cases.get(last.case, (name,)) for cases, name in zip(by_case, names, strict=True))):
            yield first, last


def _by_case(name: str, concept: Concept) -> dict[Case, tuple[str, ...]]:
    found: dict[Case, tuple[str, ...]] = {}
    for form in forms(given_lexeme(name, concept), "ru"):
        found[form.case] = tuple(dict.fromkeys((*found.get(form.case, ()), form.text)))
    return found


def compile_patterns(concepts: Iterable[Concept], language: str) -> dict[str, tuple[Meaning, ...]]:
    """All patterns of a language with their meanings; equal texts of one designation are one meaning, several forms."""
    found: dict[str, tuple[Meaning, ...]] = {}
    for concept in concepts:
        for meaning in meanings(concept, language):
            others = found.get(meaning.text)
            found[meaning.text] = _joined(others, meaning) if others else (meaning,)
    return found


def _joined(others: tuple[Meaning, ...], meaning: Meaning) -> tuple[Meaning, ...]:
    """The meanings of one text with one more, or with more forms of one of them."""
    for place, other in enumerate(others):
        if _key(other) == _key(meaning):
            forms = tuple(dict.fromkeys((*other.forms, *meaning.forms)))
            return (*others[:place], replace(other, forms=forms), *others[place + 1 :])
    return (*others, meaning)


def _key(meaning: Meaning) -> tuple[object, ...]:
    return meaning.concept and meaning.concept.id, meaning.designation, meaning.given_name


def _normal(text: str) -> str:
    """The text as the matcher compares it; most words need nothing but small letters."""
    return text.lower() if text.isascii() and text.isalnum() else normalise(text).text
