"""What stands beside a word: the beginning of a sentence, a word that governs it, what belongs to it."""

from __future__ import annotations

import re
from functools import cache

from tolmach.names.mentions.german import ends_in
from tolmach.names.mentions.lists import GENITIVE, NOUN, OFFICE, WORD, folded, listed, table
from tolmach.names.mentions.words import Words

CONTEXT = 32  # letters before a word that are looked at
_WHITE = "".join(map(chr, filter(lambda code: chr(code).isspace(), range(0x3001))))
_OPENED = "\"\u201e\u201c\u201a\u00ab\u00bb'("  # what may stand before the first letter of a sentence or a name
_OPENERS, _FILLERS = _WHITE + _OPENED + "\u2013-", _WHITE + _OPENED + "\u2039\u203a"
_WORD_AT_END = re.compile(r"[\w.-]+$")
_AFTER = re.compile("[\"\u201c\u201d\u00ab\u00bb'\u2018\u2019)\u2039\u203a]?,?[ \\n](\\w+)")
_OWNED = re.compile("(?:s|.['\u2019])[ \\n]([A-Z\u00c4\u00d6\u00dc][\\w-]+)")


@cache
def listed_as_is(language: str, key: str) -> frozenset[str]:
    """One list of words of the table, as it is written."""
    return frozenset(table(language)[key].split())


def opens_sentence(before: str) -> bool:
    """Does a sentence, a line, a list or a bracket begin after the letters that stand before a word?"""
    stripped = before.rstrip(_OPENERS)
    if not stripped or any(mark in before[len(stripped) :] for mark in "\n\u2013("):
        return True
    return stripped[-1] in ".!?:;\u2026\u2022" or (stripped[-1] == ")" and stripped[-2:-1].isdecimal())


def last_word(before: str) -> str:
    """The word right before, with nothing but blanks, quotation marks and brackets between; else nothing."""
    found = _WORD_AT_END.search(before.rstrip(_FILLERS).rpartition(" ")[2])
    return found[0] if found else ""


def next_word(text: str, end: int) -> str:
    """The word right after, a comma between or not; else nothing."""
    found = _AFTER.match(text, end)
    return found[1] if found else ""


def is_owner(text: str, end: int, words: Words) -> bool:
    """Is it rather a genitive before what belongs to it: Nauers Rede?"""
    owned = _OWNED.match(text, end - 1)
    return owned is not None and bool(words.kinds(owned[1]) & (NOUN | OFFICE))


def role(before: str, words: Words) -> str:
    """The kind of a name after a noun that says what it is."""
    plain = folded(before)
    kinds = words.kinds(before)
    if not kinds & (NOUN | WORD) or kinds & GENITIVE:
        return ""
    if ends_in(plain, listed(words.language, "places_follow")):
        return "place"
    return "organisation" if ends_in(plain, listed(words.language, "organisations_follow")) else ""
