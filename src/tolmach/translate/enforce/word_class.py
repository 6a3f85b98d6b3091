"""May some words be replaced by a term: are both nouns, both verbs, both neither?"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from tolmach.translate.enforce.sentence import Sentence, words_of

Class = Literal["noun", "verb", "finite", "other"]
_REMEMBERED = 1 << 15
_NOUNS = frozenset({"NOUN", "NPRO"})
_FINITE = frozenset({"VERB", "GRND"})
_LIKELY = 0.1


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
        infinitive = len(words) == 1 and term.islower() and term.endswith("n") and words[0].endswith("n")
        return infinitive or capital == any(word[0].isupper() for word in term.split())
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
