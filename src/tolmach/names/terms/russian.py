"""Russian terms: nouns with agreeing adjectives, and what a genitive or a preposition joins to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from tolmach.morphology.russian_lexicon import readings
from tolmach.names.terms.chunks import Token, chunks, opened
from tolmach.names.terms.model import Candidate, Forms
from tolmach.names.terms.spelling import listed

_NOUN, _ADJECTIVE, _PREPOSITION, _ELSE = "NAP-"
_NAMES = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"))
_NO_QUALITIES = frozenset(("Apro", "Anum"))
_SHORTEST, _MOST = 3, 2
_SURE = 0.4
_REMEMBERED = 1 << 17


@cache
def _plain(key: str) -> frozenset[str]:
    return frozenset(word.replace("ё", "е") for word in listed("ru", key))


@lru_cache(_REMEMBERED)
def class_of(word: str) -> str:
    """The class of a word as a part of terms; only words in small letters are parts."""
    if not word.islower() or word.endswith("-"):
        return _ELSE
    if word in listed("ru", "prepositions"):
        return _PREPOSITION
    found = readings(word)
    if len(word) < _SHORTEST or not found:
        return _ELSE
    tag = found[0].tag
    plain = found[0].normal_form.replace("ё", "е")
    if "NOUN" in tag and not _NAMES & tag.grammemes and plain not in _plain("no_nouns") and _is_noun(found):
        return _NOUN
    if "ADJF" in tag and not _NO_QUALITIES & tag.grammemes and plain not in _plain("no_adjectives"):
        return _ADJECTIVE
    return _ELSE


def _is_noun(found: Sequence[Any]) -> bool:
    """Are all likely readings those of a noun, in the dictionary or by the last part of a compound?"""
    others = [one for one in found if "NOUN" not in one.tag and one.score >= _SURE]
    return not others


@lru_cache(_REMEMBERED)
def lemma(word: str) -> str:
    """The base form in the word's own spelling: without ё where the word is written without its ё.

    >>> lemma("самолетов"), lemma("самолётов"), lemma("вице-премьера")
    ('самолет', 'самолёт', 'вице-премьер')
    """
    found = readings(word)[0]
    base: str = found.normal_form
    if "ё" in base and "ё" in found.word and "ё" not in word:
        return base.replace("ё", "е")
    return base


def is_neutral(word: str) -> bool:
    """Does the form not show how the writer spells ё («орла»)?"""
    found = readings(word)[0]
    return "ё" in found.normal_form and "ё" not in found.word


def candidates(text: str) -> Iterator[Candidate]:
    """Every noun in small letters, with agreeing adjectives before it and the genitive or the preposition after it."""
    for chunk in map(opened, chunks(text)):
        classes = "".join(class_of(token.text) for token in chunk)
        for place, found in enumerate(classes):
            if found == _NOUN and not is_neutral(chunk[place].text):
                yield from _around(chunk, classes, place)


def _around(chunk: Sequence[Token], classes: str, noun: int) -> Iterator[Candidate]:
    first = _first(chunk, classes, noun)
    ends = [noun]
    after = noun + 2 if classes[noun + 1 : noun + 2] == _PREPOSITION else noun + 1
    last = next((at for at in range(after, min(len(classes), after + _MOST + 1)) if classes[at] != _ADJECTIVE), after)
    is_phrase = classes[last : last + 1] == _NOUN and _first(chunk, classes, last) <= after
    if is_phrase and (after > noun + 1 or "gent" in _cases(chunk[last].text)):
        ends.append(last)
    for start in range(noun, first - 1, -1):
        for end in ends:
            yield _candidate(chunk[start : end + 1], classes[start : end + 1])


def _first(chunk: Sequence[Token], classes: str, noun: int) -> int:
    """Where the agreeing adjectives before a noun begin."""
    first = noun
    while (
        first > max(0, noun - _MOST)
        and classes[first - 1] == _ADJECTIVE
        and _agree(chunk[first - 1].text, chunk[noun].text)
    ):
        first -= 1
    return first


@lru_cache(_REMEMBERED)
def _agree(adjective: str, noun: str) -> bool:
    return bool(_grammar(adjective, "ADJF") & _grammar(noun, "NOUN"))


@lru_cache(_REMEMBERED)
def _grammar(word: str, part: str) -> frozenset[tuple[str, str]]:
    """The case and the gender, or the plural, of each reading as a part of speech."""
    return frozenset(
        (str(one.tag.case), "plur" if one.tag.number == "plur" else str(one.tag.gender))
        for one in readings(word)
        if part in one.tag
    )


def _cases(noun: str) -> frozenset[str]:
    return frozenset(case for case, _number in _grammar(noun, "NOUN"))


def _candidate(tokens: Sequence[Token], classes: str) -> Candidate:
    parts = [
        token.text if found == _PREPOSITION else lemma(token.text) for token, found in zip(tokens, classes, strict=True)
    ]
    parts = ["о" if part == "об" else part for part in parts]
    return Candidate(tokens[0].start, tokens[-1].end, " ".join(parts), len(parts) - (_PREPOSITION in classes))


def is_compound(variant: str) -> bool:
    """Is the word made of several, which only a hyphen tells?"""
    return "-" in variant


def label(variant: str, forms: Forms) -> str:
    """The head in the nominative, its adjectives agreeing with it, the rest as it mostly stands; a word as it is."""
    if " " not in variant:
        return variant
    usual = forms.usual.lower().split()
    place = next((at for at, word in enumerate(usual) if class_of(word) == _NOUN), len(usual) - 1)
    head = _head(usual[: place + 1])
    if head is None:
        return " ".join(usual)
    number = str(head.tag.number)
    asked = {"nomn", number}
    noun = head.inflect(asked)
    grammar = asked if number == "plur" else {*asked, str(head.tag.gender)}
    inflected = [*(_inflected(word, grammar) for word in usual[:place]), noun.word if noun else usual[place]]
    spelled = (_as_printed(printed, form) for printed, form in zip(usual, inflected, strict=False))
    return " ".join((*spelled, *usual[place + 1 :]))


def _head(words: Sequence[str]) -> Any:
    """The reading of the last word that agrees with the adjectives before it; without any the likeliest one."""
    *adjectives, noun = words
    found = [one for one in readings(noun) if "NOUN" in one.tag]
    for one in found:
        agreement = (str(one.tag.case), "plur" if one.tag.number == "plur" else str(one.tag.gender))
        if all(agreement in _grammar(word, "ADJF") for word in adjectives):
            return one
    return next(iter(found), None)


def _inflected(word: str, asked: set[str]) -> str:
    found = next((one for one in readings(word) if "ADJF" in one.tag), None)
    inflected = found.inflect(asked) if found else None
    return str(inflected.word) if inflected else word


def _as_printed(printed: str, base: str) -> str:
    """The base form without ё where the printed form leaves it out."""
    return base if "ё" in printed or "ё" not in readings(printed)[0].word else base.replace("ё", "е")
