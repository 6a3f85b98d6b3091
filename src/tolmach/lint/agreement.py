"""What must agree with a name that is written otherwise: the function word before it, articles, adjectives, verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tolmach.config import primary
from tolmach.glossary.model import Concept, Designation
from tolmach.glossary.patterns import lexeme
from tolmach.morphology import function_words
from tolmach.morphology.german import agrees_before, share_head, takes_article
from tolmach.morphology.lexeme import Form
from tolmach.text.model import Span

_BEFORE = 30
_FUNCTION_WORD = re.compile(r"(?<![\w'\u2019-])(?P<word>[^\W\d_]{1,3})(?P<gap>[ \u00a0\n]+)\Z")
NAMES = ("person", "place")
# Concepts that German names with common nouns.
NOUNS = ("term", "office", "event", "other")
_ENDINGS = (("m", "бвгджзйклмнпрстфхцчшщ"), ("f", "ая"), ("n", "ое"))


def with_function_word(
    text: str, span: Span, replacements: tuple[str, ...], language: str
) -> tuple[Span, tuple[str, ...]]:
    """The stretch to replace and its replacements, from the word before it on where that must change («a» to «an»).

    >>> with_function_word("Er war a Kievan", Span(9, 15), ("Odesan",), "en")
    (Span(start=7, end=15), ('an Odesan',))
    """
    if not replacements:
        return span, replacements
    match = _FUNCTION_WORD.search(text, max(0, span.start - _BEFORE), span.start)
    if match is None or match["word"].lower() not in function_words.words(language):
        return span, replacements
    old = text[span.start : span.end]
    words = [function_words.before(match["word"], old, new, language) for new in replacements]
    if all(word == match["word"].lower() for word in words):
        return span, replacements
    like = match["word"]
    fitted = (f"{_cased(word, like, new)}{match['gap']}{new}" for word, new in zip(words, replacements, strict=True))
    return Span(match.start("word"), span.end), tuple(fitted)


def _cased(word: str, like: str, before: str) -> str:
    if len(before) > 1 and before.isupper() and like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word


def word_before(text: str, place: int) -> str:
    """The word before `place`, with nothing but blanks between them."""
    window = text[max(0, place - _BEFORE) : place]
    words = window.split()
    return words[-1] if words and window[-1:].isspace() else ""


def holds(
    text: str, place: int, old: Designation, new: Designation, concept: Concept, forms: Iterable[Form], language: str
) -> bool:
    """Do the words around `place` still agree when `new` stands there instead of a form of `old`?"""
    base = primary(language)
    if base == "de":
        return _in_german(text, place, old, new, concept, forms)
    return base != "ru" or concept.kind == "person" or _in_russian(text, place, old, new, concept, forms)


def _in_german(
    text: str, place: int, old: Designation, new: Designation, concept: Concept, forms: Iterable[Form]
) -> bool:
    """Same gender and the same use of the article, or a noun without words before it that depend on its gender."""
    articles = [concept.kind == "place" and _has_article(entry.form) for entry in (old, new)]
    if articles[0] != articles[1]:
        return False
    if concept.kind in NAMES and not articles[0]:
        return True
    if concept.kind in NOUNS and not (old.is_acronym and new.is_acronym) and not _is_plain_singular(old, forms):
        return False
    return _same_german_gender(old, new, concept) or not agrees_before(word_before(text, place))


def _has_article(place: str) -> bool:
    """Does the name of a place stand with an article («die Türkei», «die Volksrepublik China»)?"""
    if " " not in place or takes_article(place):
        return takes_article(place)
    from tolmach.morphology.german_bases import phrase_gender

    return bool(phrase_gender(place.split(" ")))


def _is_plain_singular(entry: Designation, forms: Iterable[Form]) -> bool:
    """Neither a plural nor a noun that declines like an adjective: of these the right ending is not sure."""
    return all(form.number == "sg" and (" " in entry.form or not form.ending) for form in forms)


def _same_german_gender(old: Designation, new: Designation, concept: Concept) -> bool:
    if share_head(old.form, new.form):
        return True
    # Its tables are large.
    from tolmach.morphology.german_bases import phrase_gender

    genders = [entry.gender or phrase_gender(entry.form.split(" ")) for entry in (old, new)]
    if not any(genders):
        # Of names such as «Belsat» and of acronyms nobody knows it.
        return concept.kind not in NOUNS
    acronym = old.is_acronym or new.is_acronym
    return genders[0] == genders[1] or (acronym and "" in genders)


def _in_russian(
    text: str, place: int, old: Designation, new: Designation, concept: Concept, forms: Iterable[Form]
) -> bool:
    """Same gender as before, or no adjective and no verb whose form depends on it."""
    from tolmach.morphology import russian

    before, after = (russian.gender(lexeme(one, concept)) or _by_ending(one, concept) for one in (old, new))
    if before == after:
        return True
    word = word_before(text, place)
    nominative = any(form.case == "nomn" for form in forms)
    return not nominative and not (word and russian.agrees_before(word))


def _by_ending(entry: Designation, concept: Concept) -> str:
    """The gender of a place that no dictionary has: «Лемберг», «Жанаозен»."""
    if concept.kind != "place" or entry.indeclinable or not entry.form.isalpha():
        return ""
    last = entry.form[-1]
    return next((gender for gender, ends in _ENDINGS if last in ends), "")
