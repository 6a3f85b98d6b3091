"""Runs of capital words, their words and pieces, and the established names of several words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.names.mentions.lists import (
    ACRONYM,
    ADJECTIVE,
    DEMONYM,
    GENITIVE,
    NAME,
    ORDINARY,
    ORGANISATION,
    OTHER,
    PERSON,
    PLACE,
    SURNAME,
    folded,
    table,
)
from tolmach.names.mentions.words import Words

_CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_CAPITAL = f"[{_CAPITALS}]"
_TOKEN = (
    rf"(?:(?:al|el|as|asch|ad|ar|at|an|az|ibn)-)?{_CAPITAL}\w*(?:['\u2019]\w+)*(?:[-\u2010\u2011]\w+(?:['\u2019]\w+)*)*"
)
_SHORT = rf"(?:St|Ste|Dr|Prof|Mr|Mrs|Ms)\.(?=\s)|{_CAPITAL}\.(?=[ \u00a0-]?{_CAPITAL})"
_PARTICLE = (
    "(?:von der|von und zu|van der|van den|von|van|vom|zu|de la|de los|de|del|della|dello|delle|dei|degli|ap|dos|da|do"
    "|di|du|bin|ibn|ben|al|el|ter|ten|of the|of|e|y)"
)
RUN = re.compile(
    rf"(?<![\w-])(?:{_SHORT}|{_TOKEN})"
    rf"(?:[ \u00a0\n-]?(?<=[ \u00a0\n.-])(?:{_PARTICLE}[ \n])?(?:{_SHORT}|{_TOKEN}))*"
)
_WORD = re.compile(rf"{_SHORT}|{_TOKEN}|\w+")
HYPHEN = re.compile("[-\u2010\u2011]")
_STEM = re.compile(
    "(?<=...)(?:en|er|es|em|e|s|n|[аяуюеиыйьо]|[ое]го|[ое]му|[ыи]м|[ыи]й|[ое]м|[ое]й|[ая]я|[ую]ю|[ое]е|[ыи][ех]|[ыи]ми"
    "|[ая]ми|[ая][мх]|[ое]в)$"
)
SURE, DOUBT, INSIDE, LONG, PLACED = range(5)
_MOST_WORDS = 9
_ARTICLED = re.compile(rf"(?:[a-z]{{2,4}}-)?{_CAPITAL}").match


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a run that is a name: SURE, in DOUBT, only INSIDE a sentence, only PLACED in or near.

    LONG is no name by itself: a longer one may begin there.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: str
    doubt: int = SURE
    office: str = ""
    before: str = ""
    kinds: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run."""

    start: int
    end: int
    text: str
    kinds: int


def stem(word: str) -> str:
    """The key of a word in phrases: without its ending, so that declined names are found.

    >>> stem("Eurasischen") == stem("Eurasische")
    True
    """
    return _STEM.sub("", folded(word))


@cache
def phrases(language: str) -> Mapping[tuple[str, ...], str]:
    """The established names of several words, by the stems of the words, with their kinds."""
    from tolmach.transcription.established import rows

    found: dict[tuple[str, ...], str] = {}
    for row in rows():
        for form, of in ((row.form, row.target), (row.original, row.source)):
            words = re.findall(r"\w+", form)
            if of == language and 1 < len(words) <= _MOST_WORDS and row.kind in ("place", "organisation", "person"):
                found.setdefault(tuple(map(stem, words)), row.kind)
    for kind, names in table(language).get("phrases", {}).items():
        found.update((tuple(map(stem, re.findall(r"\w+", name))), kind) for name in names)
    return found


@cache
def starters(language: str) -> Mapping[str, int]:
    """The first stems of phrases, with the length of the longest of each."""
    found: dict[str, int] = {}
    for key in phrases(language):
        found[key[0]] = max(found.get(key[0], 0), len(key))
    return found


def tokens(run: str, words: Words) -> list[Word]:
    """The words of a run with what is known of each."""
    return [Word(*found.span(), found[0], words.kinds(found[0])) for found in _WORD.finditer(run)]


def is_small(word: Word) -> bool:
    """Is it a particle between the parts of a name (von, bin), unlike al-Assad?"""
    return _ARTICLED(word.text) is None


def kind_of(kinds: int) -> str:
    """The kind of a known name."""
    if kinds & PLACE:
        return "place"
    if kinds & ORGANISATION:
        return "organisation"
    return "person" if kinds & PERSON else "other" if kinds & OTHER else ""


def piece_of(part: Sequence[Word], kind: str, doubt: int) -> Piece:
    """Neighbouring words as one piece."""
    start, end = part[0].start, part[-1].end
    return Piece(start, end, start, end, kind, doubt, kinds=part[-1].kinds)


def phrase(found: Sequence[Word], place: int, language: str) -> tuple[Piece | None, int]:
    """The longest established name of several words that begins at a word, and the place after it."""
    longest = starters(language).get(stem(found[place].text.strip(".")), 0)
    for size in range(min(longest, len(found) - place), 1, -1):
        part = found[place : place + size]
        key = tuple(stem(word.text.strip(".")) for word in part)
        kind = phrases(language).get(key)
        if kind and not (kind == "place" and _is_of_people(part[-1], key)):
            return piece_of(part, kind, SURE), place + size
    return None, place


def _is_of_people(word: Word, key: tuple[str, ...]) -> bool:
    """Does the last word of what looks like a place say whose it is: New Yorker Börse?"""
    return bool(word.kinds & DEMONYM) or (word.text.endswith("er") and not key[-1].endswith("er") and len(key[-1]) > 3)


def is_plain(word: Word) -> bool:
    """Is it an ordinary noun or a place and nobody's surname?"""
    return bool(word.kinds & (ORDINARY | PLACE)) and not word.kinds & (SURNAME | PERSON)


def is_attribute(word: Word) -> bool:
    """Is it an adjective that stands in names?"""
    return bool(word.kinds & ADJECTIVE) and "-" not in word.text


def is_second_surname(word: Word) -> bool:
    """May the word go on a full name: Mario Vargas Llosa?"""
    is_compound = ("-" in word.text and word.text[0].isupper()) or word.text[-1] == "."
    return not (word.kinds & (ORDINARY | NAME | GENITIVE | ACRONYM) or is_small(word) or is_compound)
