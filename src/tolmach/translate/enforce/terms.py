"""The terms of a source sentence: as a list gives them, or as the one matcher finds them in the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.config import primary
from tolmach.glossary.find import Finder, Hit
from tolmach.glossary.model import Concept, Designation
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.model import Term


def of_glossary(finder: Finder, source: str, source_language: str, target_language: str) -> tuple[Term, ...]:
    """The terms of a sentence that the glossary knows, with the form of the house in the target language.

    Of a full name with a given name that the house has decided about, both parts are terms.
    """
    language = primary(target_language)
    return tuple(term for hit in finder.find(source, source_language) for term in _terms(hit, source, language))


def _terms(hit: Hit, source: str, language: str) -> Iterator[Term]:
    concept = hit.concept
    wanted = concept.preferred(language, acronym=hit.designation.is_acronym) or concept.preferred(language)
    if concept.do_not_translate:
        yield Term(hit.designation.form, hit.designation.form, concept.kind, concept.id, hit.span)
        return
    if wanted is None or not hit.certain:
        return
    if hit.given is None:
        yield _term(hit.designation.form, wanted, concept, hit.span, language)
        return
    if hit.given_name and wanted.given:
        others = tuple(one.given for one in concept.designations[language] if one.given and one.given != wanted.given)
        given = source[hit.given.start : hit.given.end]
        known = given_lexeme(wanted.given, concept)
        yield Term(given, wanted.given, concept.kind, concept.id, hit.given, tuple(dict.fromkeys(others)), known)
    family = Span(hit.given.end + 1, hit.span.end)
    yield _term(hit.designation.form, wanted, concept, family, language)


def _term(source: str, wanted: Designation, concept: Concept, span: Span, language: str) -> Term:
    others = (
        one.form
        for one in concept.designations[language]
        if one.form and one.form != wanted.form and one.is_acronym == wanted.is_acronym
    )
    also = tuple(dict.fromkeys(others))
    return Term(source, wanted.form, concept.kind, concept.id, span, also, lexeme(wanted, concept))
