"""What governs a place in a Russian sentence, and the cases that a preposition leaves open.

Engines leave names that they do not know in the nominative, also where none can stand; such a form says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tolmach.translate.enforce.russian_words import Word, cell, lemmas, rules, word_list

OPENING = frozenset("«„“\"‘'‚‹")
_PAIR = "между"
_PAIR_FAR = 5  # words


def governor(before: Sequence[Word], kind: str) -> tuple[int, Word | None]:
    """The first word to the left that is no attribute or part of a name, and how many were passed over."""
    for place, word in enumerate(before):
        if not passed(word, kind):
            return place, word
    return len(before), None


def passed(word: Word, kind: str) -> bool:
    """Is the word an attribute, a sign or a part of the name, so that what governs the place stands before it?"""
    facts = word.facts
    if facts.passive:
        return False
    if facts.sort in ("adjective", "possessive", "numeral", "number", "initial", "latin"):
        return True
    if facts.sort == "sign":
        return word.text in OPENING
    if facts.lemma in word_list("words", "skipped"):
        return True
    return kind == "p" and facts.name in ("Name", "Patr", "Surn") and word.text[:1].isupper()


def demanded(before: Sequence[Word], kind: str) -> int:
    """The cells that a preposition leaves to a name right after it or after its given name; 0 where none is known.

    «между X и Y» governs both.
    """
    if kind == "t":
        return 0
    skipped, ruler = governor(before, kind)
    if ruler is None:
        return 0
    if ruler.facts.sort == "preposition" and all(map(_is_given, before[:skipped])):
        return _ruled(ruler, before[skipped + 1 :])
    return _cells()[_PAIR] if _ends_pair(before) else 0


def _is_given(word: Word) -> bool:
    """A given name or an initial, which are of one case with the surname after them."""
    facts = word.facts
    return facts.sort == "initial" or (facts.name in ("Name", "Patr") and facts.known and word.text[:1].isupper())


def _ruled(preposition: Word, before: Sequence[Word]) -> int:
    """«прибыли в» goes on with the accusative only."""
    lemma = preposition.facts.lemma
    going = word_list("motion", "going")
    if before and lemma in ("в", "во", "на") and not going.isdisjoint(lemmas(before[0].text)):
        return cell("accs", "sg") | cell("accs", "pl")
    return _cells().get(lemma, 0)


def _ends_pair(before: Sequence[Word]) -> bool:
    """Does the second name of «между X и Y» follow?"""
    start = next((at for at, word in enumerate(before) if not word.text[:1].isupper()), len(before))
    if start == len(before) or before[start].facts.lemma != "и":
        return False
    first = next((word for word in before[start + 1 : start + _PAIR_FAR] if not word.text[:1].isupper()), None)
    return first is not None and first.facts.lemma == _PAIR


def is_out_of_place(word: Word, before: Sequence[Word]) -> bool:
    """Can the name not stand in this form after its preposition («между Молдавия и …»)?"""
    demand = demanded(before, "g") if word.text[:1].isupper() else 0
    return bool(demand) and not word.facts.nouns & demand


@cache
def _cells() -> dict[str, int]:
    found: dict[str, int] = {}
    for cases, prepositions in rules()["prepositions"]["cases"].items():
        both = sum(cell(case, number) for case in cases.split("_") for number in ("sg", "pl"))
        found |= dict.fromkeys(prepositions, both)
    return found
