"""Right names in a form that cannot be right: nominatives after a preposition («с Путин») or what they own.

Engines leave names as they are that they do not know. Nothing else of a right name is doubted.
"""

from __future__ import annotations

from functools import lru_cache

from tolmach.morphology.lexeme import Lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.russian_demanded import demanded
from tolmach.translate.enforce.russian_place import Place, owns
from tolmach.translate.enforce.russian_words import cell, surroundings
from tolmach.translate.enforce.source_side import source_owner

_REMEMBERED = 1 << 13
_KINDS = {"person": "p", "place": "g"}
_GENITIVE = cell("gent", "sg")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# Other names of persons may be a woman's, or of no declension.
_DECLINING = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ова", "ева", "ёва", "ина", "ская", "цкая")


def is_misplaced(text: str, span: Span, lexeme: Lexeme, source: str, source_span: Span | None, language: str) -> bool:
    """Does a Russian name stand in the nominative where its preposition or the source asks for another case?

    >>> is_misplaced("Он говорит с Путин.", Span(13, 18), Lexeme("Путин", "person"), "", None, "en")
    True
    >>> is_misplaced("Он приехал в Бишкек.", Span(13, 19), Lexeme("Бишкек", "place"), "", None, "en")
    False
    """
    if text[span.start : span.end] != lexeme.text or not text[: span.start].rstrip()[-1:].islower():
        return False
    cells = _cells(lexeme)
    if not cells:
        return False
    kind = _KINDS[lexeme.kind]
    before, _inside, after = surroundings(text, span.start, span.end)
    demand = demanded(before, kind)
    if demand and before[0].text[:1].isupper() and not before[0].facts.nouns & demand:
        return False
    if demand:
        return not cells & demand
    place = Place(before, after, kind, "", False, True, source_owner(source, source_span, language))
    return not cells & _GENITIVE and owns(place)


@lru_cache(_REMEMBERED)
def _cells(lexeme: Lexeme) -> int:
    """The cells that the base form of a name fills; 0 where it does not surely decline."""
    # Other languages do not need the Russian dictionary.
    from tolmach.morphology.russian import tables

    if lexeme.kind not in _KINDS or lexeme.indeclinable or lexeme.acronym:
        return 0
    if lexeme.kind == "person" and not lexeme.text.endswith(_DECLINING):
        return 0
    six = tables(lexeme).get("sg", ())
    return sum(cell(case, "sg") for case, form in zip(_CASES, six, strict=False) if form == lexeme.text)
