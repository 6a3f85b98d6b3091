"""Misspelt names: words of a translation that a letter or two set apart from a known form of a missing term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tolmach.text.bitext.words import stemmer, translations
from tolmach.translate.enforce.heard import Candidate, other_names
from tolmach.translate.enforce.known import LANGUAGES, target_lexeme
from tolmach.translate.enforce.rendering import MEANT, Group, Rendering, Work, settle
from tolmach.translate.enforce.sentence import key
from tolmach.translate.enforce.shown import distance
from tolmach.translate.enforce.sound import Ear, Question

_SHORTEST = 5  # letters
_LONG = 9  # letters from which on two may differ


def by_spelling(works: Iterable[Work], ear: Ear) -> None:
    """Take words with a capital that are written nearly like a form of a term that is still missing."""
    for work in works:
        for group in work.open if work.language in LANGUAGES else ():
            found = sorted(_alike(work, group, ear))[: group.open]
            for _apart, place in found:
                span = work.target.span(place, place)
                settle(work, group, Rendering(place, place, span, "sound", False))


def _alike(work: Work, group: Group, ear: Ear) -> Iterator[tuple[int, int]]:
    """How many letters differ, and the place of the word."""
    term = group.term
    if term.kind in MEANT:
        return
    written = (term.target, *(other for other in term.also if " " not in other))
    lexemes = [
        target_lexeme(replace(term, target=one, lexeme=term.lexeme if one == term.target else None), work.language)
        for one in written
        if one[:1].isupper() and one.isalpha()
    ]
    for place, word in enumerate(work.target.words if lexemes else ()):
        if word[0].isupper() and len(word) >= _SHORTEST and work.target.free(place, place) and _is_strange(work, word):
            apart = distance(word, lexemes, work.language)
            if 0 < apart <= (1 if len(word) < _LONG else 2) and not _is_other_name(work, group, place, ear):
                yield apart, place


def _is_other_name(work: Work, group: Group, place: int, ear: Ear) -> bool:
    """Does the word sound more like another name of the source?"""
    term = group.term
    question = Question(term.source, term.target, term.kind, work.target.words[place], work.language)
    others = list(other_names(Candidate(work, group, term, place, place, question)))
    ear.listen((question, *others))
    return any(ear.answer(other).score > ear.answer(question).score for other in others)


def _is_strange(work: Work, word: str) -> bool:
    """Is the word none that is known, and no name of the source?"""
    if key(word) in work.source.keys:
        return False
    if work.language == "ru":
        from tolmach.morphology.russian_lexicon import known as in_dictionary

        return not in_dictionary(word.lower())
    stems = stemmer(work.language)
    return stems.stem(word) not in translations(work.language, "ru")
