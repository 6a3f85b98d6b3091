"""The terms of a source sentence: as a list gives them, or as the one matcher finds them in the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tolmach.config import primary
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.model import Outcome, Term

_POSSESSIVE = re.compile("['\u2019]s?$")


def of_glossary(finder: Finder, source: str, source_language: str, target_language: str) -> tuple[Term, ...]:
    """The terms of a sentence that the glossary knows, with the form of the house in the target language.

    Of a full name with a given name that the house has decided about, both parts are terms.
    """
    language = primary(target_language)
    return tuple(term for hit in finder.find(source, source_language) for term in _terms(hit, source, language))


def on_the_way(finder: Finder, source: str, source_language: str, via: str, target_language: str) -> tuple[Term, ...]:
    """The terms of a sentence for the second half of its way through another language.

    They are matched in the source and known by their concept; their own form is that wanted in the language between,
    their spellings are the others known there.
    """
    between = {(term.id, term.span): term for term in of_glossary(finder, source, source_language, via)}
    terms = of_glossary(finder, source, source_language, target_language)
    return tuple(_through(between.get((term.id, term.span)), term) for term in terms)


def as_written(terms: tuple[Term, ...], outcomes: Iterable[Outcome]) -> tuple[Term, ...]:
    """The terms for the second half of the way with the spellings that the engine itself wrote in the first one.

    What it has written for a name it knows, more likely than the form wanted.

    >>> on = Term("Jeenbekov", "Жээнбеков", "person", "jeenbekov")
    >>> first = Term("Dscheenbekow", "Jeenbekov", "person", "jeenbekov")
    >>> as_written((on,), [Outcome(first, "repaired", "Zheenbekov’s", "Jeenbekov")])[0].spellings
    ('Zheenbekov',)
    """
    own: dict[tuple[str, str], str] = {}
    for one in outcomes:
        if one.status == "repaired" and one.before:
            own.setdefault((one.term.id, one.term.target), _POSSESSIVE.sub("", one.before))
    return tuple(
        replace(term, spellings=tuple(dict.fromkeys((own[term.id, term.source], *term.spellings))))
        if term.id and (term.id, term.source) in own
        else term
        for term in terms
    )


def _through(between: Term | None, term: Term) -> Term:
    if between is None:
        return replace(term, span=None, spellings=())
    return replace(term, source=between.target, span=None, spellings=(*between.admitted, *between.also))


def _terms(hit: Hit, source: str, language: str) -> Iterator[Term]:
    concept = hit.concept
    wanted = _wanted(hit, language)
    if concept.do_not_translate:
        yield Term(hit.designation.form, hit.designation.form, concept.kind, concept.id, hit.span)
        return
    if wanted is None or not hit.certain:
        return
    if hit.given is None:
        yield _term(hit.designation.form, wanted, concept, hit.span, language)
        return
    if hit.given_name and wanted.given:
        given = source[hit.given.start : hit.given.end]
        yield _given(given, wanted.given, concept, hit.given, language)
    family = Span(hit.given.end + 1, hit.span.end)
    yield _term(hit.designation.form, wanted, concept, family, language)


def _wanted(hit: Hit, language: str) -> Designation | None:
    """The preferred form of the same length, of the same time if the source has a name of a certain time."""
    preferred = [
        one for one in hit.concept.designations.get(language, ()) if one.status is Status.PREFERRED and one.form
    ]
    return min(
        preferred,
        key=lambda one: (one.is_acronym != hit.designation.is_acronym, one.valid != hit.designation.valid),
        default=None,
    )


def _given(source: str, wanted: str, concept: Concept, span: Span, language: str) -> Term:
    others = [one for one in concept.designations[language] if one.given and one.given != wanted]
    return Term(
        source,
        wanted,
        concept.kind,
        concept.id,
        span,
        tuple(dict.fromkeys(one.given for one in others if not one.status.wanted)),
        given_lexeme(wanted, concept),
        tuple(dict.fromkeys(one.given for one in others if one.status.wanted)),
    )


def _term(source: str, wanted: Designation, concept: Concept, span: Span, language: str) -> Term:
    others = [one for one in concept.designations[language] if one.form and one.form != wanted.form]
    return Term(
        source,
        wanted.form,
        concept.kind,
        concept.id,
        span,
        tuple(dict.fromkeys(one.form for one in others if not one.status.wanted)),
        lexeme(wanted, concept),
        tuple(dict.fromkeys(one.form for one in others if one.status.wanted)),
        tuple(dict.fromkeys(one.form for one in concept.wanted("en") if one.form != source)),
    )
