"""The case that a misspelt form shows: that of the most similar form of the name wanted («Обомы», «Обамы»)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein, Postfix

from tolmach.morphology.lexeme import Base, Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.translate.enforce.known import base_of
from tolmach.translate.enforce.sentence import key

_REMEMBERED = 1 << 14
_FURTHEST = 0.34  # of the letters may differ
_LONGEST_ENDING = 3


def shown(written: str, lexemes: Iterable[Lexeme], language: str) -> tuple[Base, ...]:
    """The forms of the lexemes that are written most alike and end alike; none where that says nothing.

    >>> [one.case for one in shown("Пакыстану", [Lexeme("Пакистан", "place")], "ru")]
    ['datv']
    >>> [one.case for one in shown("Tadchikistans", [Lexeme("Tadschikistan", "place")], "de")]
    ['gen']
    >>> shown("Мартела", [Lexeme("Мартель", "person")], "ru")
    ()
    """
    small = key(written)
    every = (entry for lexeme in lexemes for entry in _forms(lexeme, language))
    ranked = sorted(
        (Levenshtein.distance(small, form), -_common_ending(small, form), number, reading)
        for number, (form, reading) in enumerate(every)
    )
    if not ranked or ranked[0][0] > _FURTHEST * len(small) or not ranked[0][1]:
        return ()
    best = ranked[0][:2]
    alike = [reading for distance, ending, _number, reading in ranked if (distance, ending) == best]
    return tuple(dict.fromkeys(alike))


def distance(written: str, lexemes: Iterable[Lexeme], language: str) -> int:
    """How many letters set a word apart from the most similar form that begins alike; its length where there is none.

    >>> distance("Mizchustins", [Lexeme("Mischustin", "person")], "de")
    1
    """
    small = key(written)
    every = (form for lexeme in lexemes for form, _reading in _forms(lexeme, language))
    return min((Levenshtein.distance(small, form) for form in every if form[:1] == small[:1]), default=len(small))


@lru_cache(_REMEMBERED)
def _forms(lexeme: Lexeme, language: str) -> tuple[tuple[str, Base], ...]:
    found = ((key(form.text), base_of(form, lexeme, language)) for form in forms(lexeme, language))
    return tuple(dict.fromkeys(found))


def _common_ending(left: str, right: str) -> int:
    """How many of the last letters are the same, three at most."""
    return Postfix.similarity(left[-_LONGEST_ENDING:], right[-_LONGEST_ENDING:])
