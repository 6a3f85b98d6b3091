"""Capitals of a form put in the place of other words."""

from __future__ import annotations

from tolmach.text.model import Span

_SENTENCE_ENDS = ".!?:…"
_SIGNS = " \t\n\u00ab\u201e\u201c\"'(\u2013\u2014-"
_SHORTEST_SHOUT = 4


def fitted(form: str, sentence: str, span: Span) -> str:
    """The form with the capitals of its place: those of a heading in capitals, of a sentence's start, of the old words.

    >>> fitted("тип", "Тип операции", Span(0, 3)), fitted("Обама", "ВСТРЕЧА С OBAMA", Span(10, 15))
    ('Тип', 'ОБАМА')
    """
    old = sentence[span.start : span.end]
    if _shouts(old, sentence):
        return form.upper()
    if not form[:1].islower() or not old[:1].isupper():
        return form
    # An acronym is in capitals anywhere.
    return form[:1].upper() + form[1:] if not old.isupper() or begins(sentence, span.start) else form


def _shouts(old: str, sentence: str) -> bool:
    """Is the sentence around written in capitals?"""
    if not old.isupper() or len(old) < _SHORTEST_SHOUT:
        return False
    letters = [letter for letter in sentence[:200] if letter.isalpha()]
    small = sum(letter.islower() for letter in letters)
    return small * 5 < len(letters)


def begins(sentence: str, start: int) -> bool:
    """Does a sentence begin there, quotation marks and dashes aside?"""
    before = sentence[:start].rstrip(_SIGNS)
    return not before or before[-1] in _SENTENCE_ENDS
