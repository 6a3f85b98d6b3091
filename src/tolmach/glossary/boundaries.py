"""Where a pattern may stand: at the edges of words, as part of a compound, with the capitals that a name has."""

from __future__ import annotations

import re

from tolmach.glossary.patterns import Meaning
from tolmach.morphology.german_compounds import is_adjective_tail, is_compound_prefix
from tolmach.text.model import Span

_LONGEST_PREFIX = 30
_SHORTEST_NOUN = 3
# What may stand between the parts of a compound.
_JOINTS = ("", "s", "es", "n", "en")
_TERMS = ("term", "office", "event")
_LONG_TERM = 5


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
    return is_compound_prefix(letters[word_start(letters, start) : start])


def word_start(letters: str, start: int) -> int:
    """Where the word begins that goes on before `start`."""
    first = start
    while first and start - first <= _LONGEST_PREFIX and letters[first - 1].isalpha():
        first -= 1
    return first


def ends_compounds(meaning: Meaning) -> bool:
    """Is it an unwanted term that may be the last part of a word that begins with any noun: «Kriegs|flüchtling»?"""
    designation, concept = meaning.designation, meaning.concept
    if designation is None or concept is None or designation.status.wanted or concept.kind not in _TERMS:
        return False
    return len(designation.form) >= _LONG_TERM and " " not in designation.form


def has_noun(letters: str, start: int) -> bool:
    """Does a German noun, and nothing else, stand before `start` in the same word?"""
    first = word_start(letters, start)
    if start - first < _SHORTEST_NOUN:
        return False
    # The list of nouns is large, and few texts need it.
    from tolmach.names.mentions.german import is_noun

    prefix = letters[first:start]
    return any(is_noun(prefix.removesuffix(joint)) for joint in _JOINTS if prefix.endswith(joint))


def joint(tail: str) -> str:
    """What joins a common noun to the noun behind it: «s» of «s|chef» in «Kanzleramtschef»; "" where nothing does.

    >>> joint("slager"), joint("reise")
    ('s', '')
    """
    from tolmach.names.mentions.german import is_noun

    found = (joint for joint in _JOINTS[1:] if tail.startswith(joint) and is_noun(tail.removeprefix(joint)))
    return "" if is_noun(tail) else next(found, "")


def within_dots(text: str, span: Span) -> bool:
    """Is it a part of a longer acronym with full stops («O.W.G.O.»)?"""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end - 1 : span.end + 2]
    return (before[:1].isalpha() and before.endswith(".")) or bool(re.match(r"\w?\.\w", after))


def joins_name(tail: str, meaning: Meaning) -> bool:
    """Does the tail follow a name without «s»? Names take none in a compound, unless the noun has it («Stadt»)."""
    if not tail.startswith("s") or meaning.concept is None or meaning.concept.kind not in ("person", "place"):
        return True
    from tolmach.names.mentions.german import is_noun

    return is_adjective_tail(tail) or is_noun(tail)


def capitals_fit(meaning: Meaning, written: str, tail: str, *, may_be_small: bool) -> bool:
    """Names begin with a capital, acronyms are written as the glossary writes them."""
    common = tail and meaning.lexeme is not None and meaning.lexeme.text[:1].isupper()
    if meaning.letters:
        letters = "".join(filter(str.isalpha, written))
        return letters.startswith(meaning.letters) or letters.isupper()
    return not (meaning.capital or common) or may_be_small or written[:1].isupper()
