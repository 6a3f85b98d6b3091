"""May some words be replaced by a term: are both nouns, both verbs, both neither?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from tolmach.translate.enforce.function_words import is_function_word
from tolmach.translate.enforce.sentence import Sentence, key, words_of

Class = Literal["noun", "verb", "finite", "other"]
_REMEMBERED = 1 << 15
_NOUNS = frozenset({"NOUN", "NPRO"})
_FINITE = frozenset({"VERB", "GRND"})
_LIKELY = 0.1
# Endings of German adjectives before a noun, and of whatever may be a form of a verb.
_ATTRIBUTIVE = ("e", "en", "em", "er", "es")
_VERBAL = ("n", "t", "e", "st")


def trimmed(term: str, sentence: Sentence, first: int, last: int, best: int, language: str) -> tuple[int, int] | None:
    """The words from `first` to `last` that may belong to a rendering around the word `best`; None where it may not.

    A rendering neither begins nor ends with an article, a preposition or the like, unless the term does. What renders a
    noun has no verb, and in German ends with a noun.
    """
    own = words_of(term)
    if _is_loose(sentence, best, own, language):
        return None
    noun = _is_noun(term, language)
    if noun and language == "ru":
        # Of a noun and a verb that both answer to a noun, the noun is meant.
        others = [place for place in range(first, last + 1) if not _is_verb(sentence, place)]
        best = min(others, key=lambda place: abs(place - best), default=best) if _is_verb(sentence, best) else best
        first = next((place + 1 for place in range(best - 1, first - 1, -1) if _is_verb(sentence, place)), first)
        last = next((place - 1 for place in range(best + 1, last + 1) if _is_verb(sentence, place)), last)
    while last > best and (
        _is_loose(sentence, last, own, language) or (noun and language == "de" and sentence.words[last][0].islower())
    ):
        last -= 1
    while first < best and (
        _is_loose(sentence, first, own, language)
        or (noun and language == "de" and _is_no_attribute(sentence.words[first]))
    ):
        first += 1
    return first, last


def _is_loose(sentence: Sentence, place: int, own: tuple[str, ...], language: str) -> bool:
    word = sentence.words[place]
    return key(word) not in own and is_function_word(word, language)


def _is_noun(term: str, language: str) -> bool:
    return russian_class(term) == "noun" if language == "ru" else term[:1].isupper()


def _is_verb(sentence: Sentence, place: int) -> bool:
    return _russian(sentence.words[place]) in ("finite", "verb")


def _is_no_attribute(word: str) -> bool:
    return word[0].islower() and not word.endswith(_ATTRIBUTIVE)


def fits(term: str, sentence: Sentence, first: int, last: int, language: str) -> bool:
    """May the words be replaced by the term, by what they and the term are?

    German nouns are told by their capitals, except at the beginning of a sentence; English words may be anything.
    """
    if language == "ru":
        classes = {_russian(word) for word in sentence.words[first : last + 1]}
        wanted = russian_class(term)
        # Labels may be a verb or a noun: «Редактировать», «Редактирование».
        return wanted in classes or (sentence.starts_label(first) and wanted != "other" and bool(classes - {"other"}))
    if language == "de" and sentence.keys[last + 1 : last + 2] == ["sie"] and term[0].isupper():
        return False
    if language == "de" and not sentence.starts_label(first):
        words = sentence.words[first : last + 1]
        capital = any(word[0].isupper() for word in words)
        if term.islower() and term.endswith("n") and len(words) == 1:
            return words[0].endswith("n") or (not capital and words[0].endswith(_VERBAL))
        return capital == any(word[0].isupper() for word in term.split())
    return True


@lru_cache(_REMEMBERED)
def russian_class(term: str) -> Class:
    """What a Russian term is: a phrase with a noun is a noun.

    >>> russian_class("срок хранения"), russian_class("обновить"), russian_class("неактивно")
    ('noun', 'verb', 'other')
    """
    classes = [_russian(word) for word in words_of(term)]
    return "noun" if "noun" in classes else classes[0] if classes else "other"


@lru_cache(_REMEMBERED)
def _russian(word: str) -> Class:
    from tolmach.morphology.russian_lexicon import readings

    found = [parse.tag.POS for parse in readings(word.lower()) if parse.score >= _LIKELY]
    if not found or found[0] is None or not _NOUNS.isdisjoint(found):
        return "noun"
    if "INFN" in found:
        return "verb"
    return "finite" if not _FINITE.isdisjoint(found) else "other"


def is_attribute(word: str, noun: str, language: str) -> bool:
    """Is a word in small letters or at the beginning an adjective that may belong to the noun after it?

    >>> is_attribute("рабочий", "процесс", "ru"), is_attribute("новый", "процесса", "ru")
    (True, False)
    """
    if language != "ru":
        return False
    from tolmach.morphology.russian_lexicon import readings

    cells = {_cell(parse.tag) for parse in readings(noun.lower()) if parse.tag.POS in ("NOUN", "ADJF")}
    return any(
        parse.tag.POS == "ADJF" and "Apro" not in parse.tag and _agrees(_cell(parse.tag), cells)
        for parse in readings(word.lower())
        if parse.score >= _LIKELY
    )


def _cell(tag: Any) -> tuple[str, str, str]:
    return str(tag.case), str(tag.number), str(tag.gender) if tag.number == "sing" else ""


def _agrees(cell: tuple[str, str, str], cells: set[tuple[str, str, str]]) -> bool:
    return any(cell[:2] == other[:2] and (cell[2] == other[2] or "None" in (cell[2], other[2])) for other in cells)


def is_genitive(word: str, language: str) -> bool:
    """Is a Russian word in small letters first of all the genitive of a noun («запуска»)?"""
    return language == "ru" and word.islower() and _noun_case(word) == "gent"


def is_head(word: str, language: str) -> bool:
    """Is a Russian word a noun, so that a genitive may follow it?"""
    return language == "ru" and _noun_case(word) != ""


@lru_cache(_REMEMBERED)
def _noun_case(word: str) -> str:
    from tolmach.morphology.russian_lexicon import known

    parses = [parse for parse in known(word.lower()) if parse.score >= _LIKELY]
    return str(parses[0].tag.case) if parses and parses[0].tag.POS == "NOUN" else ""
