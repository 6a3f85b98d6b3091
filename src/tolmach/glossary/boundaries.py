"""Where a pattern may stand: at the edges of words, as part of a compound, with the capitals that a name has."""

from __future__ import annotations

from tolmach.glossary.patterns import Meaning
from tolmach.morphology.german import is_compound_prefix

_LONGEST_PREFIX = 12


def joins(letters: str, start: int, end: int, *, in_compounds: int) -> tuple[bool, bool] | None:
    """Does the word go on behind and before the pattern? None where it may not: «EU» within «heute»."""
    closed = end < len(letters) and _goes_on(letters, end, 1)
    if closed and not in_compounds:
        return None
    prefixed = start > 0 and _goes_on(letters, start - 1, -1)
    return None if prefixed and not in_compounds else (closed, prefixed)


def _goes_on(letters: str, place: int, step: int) -> bool:
    """Does the word go on at `place`, seen from the side that `step` leads away from?

    Letters, digits and the underscores of identifiers belong to it; an underscore at its edge is a mark of emphasis
    («_Kiew_»), a raised number that of a note («Kiew\u00b2»).
    """
    sign = letters[place]
    if sign == "_":
        beyond = letters[max(0, place + step) : place + step + 1]
        return beyond.isalnum() or beyond == "_"
    return sign.isalpha() or sign.isdecimal()


def has_prefix(letters: str, start: int) -> bool:
    """Does a known first part of a compound, and nothing else, stand before `start` in the same word?"""
    first = start
    while first and start - first <= _LONGEST_PREFIX and letters[first - 1].isalpha():
        first -= 1
    return is_compound_prefix(letters[first:start])


def capitals_fit(meaning: Meaning, written: str, *, may_be_small: bool) -> bool:
    """Names begin with a capital, acronyms are written as the glossary writes them."""
    if meaning.letters:
        letters = "".join(filter(str.isalpha, written))
        return letters.startswith(meaning.letters) or letters.isupper()
    return not meaning.capital or may_be_small or written[:1].isupper()
