"""Do two spellings look or sound alike enough to be one name, and how sure must a comparison be?"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.names.variants import acronyms, bearers, known
from tolmach.names.variants.gathering import Name

LONG = 3
"""From so many words on a name is a long form, compared by its words and not by its sound."""

# Letters that are no letter with a mark to Unicode; й is one, but not to a reader.
_WHOLE = str.maketrans(
    {
        "й": "\ufffd",
        "ё": "е",
        "ł": "l",
        "đ": "dj",
        "ø": "o",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ə": "a",
    }
)
WORD = re.compile(r"[^\W_]+\.?")
_FEWEST, _LETTERS = 4, 6
_TYPOS = 2


def table() -> dict[str, Any]:
    """The words of variants.toml."""
    return load_table("tolmach.names.variants", "variants.toml")


def fitting(left: Name, right: Name) -> bool:
    """Can the two be names of one thing, by their kinds?"""
    return left.kind == right.kind or "other" in (left.kind, right.kind)


def common_kind(left: Name, right: Name) -> str:
    """The kind of the two, if one of them has a known one."""
    return right.kind if left.kind == "other" else left.kind


@lru_cache(maxsize=1 << 18)
def letters(name: str) -> str:
    """The letters of a name as far as spelling habits leave them: no case, hyphens, accents; ss for ß; Sankt for St.

    >>> letters("St. Petersburg") == letters("Sankt Petersburg"), letters("Weissrussland") == letters("Weißrussland")
    (True, True)
    """
    words = [table()["abbreviations"].get(word, word) for word in WORD.findall(name.casefold())]
    plain = unicodedata.normalize("NFKD", "".join(words).translate(_WHOLE))
    return "".join(letter for letter in plain if letter.isalnum() or letter == "\ufffd").replace("\ufffd", "й")


def spoken(name: Name) -> str:
    """The name as it is compared: without the article that one text writes before a surname and another does not."""
    return bearers.without_articles(name.base) if name.kind == "person" else name.base


def is_comparable(name: Name) -> bool:
    """Long forms and acronyms are compared by their words and letters, not by their sound."""
    if acronyms.is_short(name.base) or len(name.base) < _FEWEST + (name.kind == "person"):
        return False
    return name.kind == "person" or len(WORD.findall(name.base)) < LONG


def is_worth(left: Name, right: Name) -> bool:
    """Can it be worth the time to compare the two by their sound?"""
    if not fitting(left, right) or letters(left.base) == letters(right.base):
        return False
    if known.entities(left.base) and known.entities(right.base):
        return False
    short, long = sorted((spoken(left), spoken(right)), key=len)
    if 2 * len(short) < len(long):
        return False
    if not is_transcribed(left, right) and not _may_vary(short, long):
        return False
    if common_kind(left, right) != "person":
        return len(left.base.split()) == len(right.base.split()) and not (is_given(left) or is_given(right))
    return _are_like_people(left, right)


def _are_like_people(left: Name, right: Name) -> bool:
    """Full names beside each other, or surnames: a given name alone, or with a surname more, is somebody else."""
    first, second = bearers.parts(left.base), bearers.parts(right.base)
    if (len(first) > 1) != (len(second) > 1) or is_given(left) or is_given(right):
        return False
    if bearers.are_given(left.base, right.base) or bearers.are_families(left.base, right.base):
        return False
    if bearers.are_loosely_alike(left.base, right.base) and not left.offices.keys() & right.offices.keys():
        return False
    if len(first) == len(second) or not first or not second:
        return True
    short, long = sorted((first, second), key=len)
    return short[-1][:1] == long[-1][:1] or bool(left.sources.keys() & right.sources.keys())


def is_given(name: Name) -> bool:
    """Is the name a given name alone?"""
    return name.kind in ("person", "other") and bearers.is_given(name.base)


def _may_vary(short: str, long: str) -> bool:
    """Are two names long enough, and do their words begin with letters that may stand for one sound?"""
    first, second = short.split(), long.split()
    if len(first) != len(second):
        return _first(first[-1]) == _first(second[-1])
    return len(short) >= _LETTERS and all(
        _first(one) == _first(other) for one, other in zip(first, second, strict=True)
    )


@lru_cache(maxsize=1 << 17)
def _first(word: str) -> str:
    letter = letters(word)[:1]
    return next((group[0] for group in table()["beginnings"] if letter in group), letter)


@lru_cache(maxsize=1 << 17)
def is_transcription(word: str) -> bool:
    """Is a word Cyrillic, or like the transcription of one?"""
    from tolmach.transcription.restore import is_transcription

    return word[0] > "\u0370" or is_transcription(word)


def is_transcribed(left: Name, right: Name) -> bool:
    """Are all words that the two names do not share transcriptions from another script?"""
    first, second = set(WORD.findall(left.base)), set(WORD.findall(right.base))
    return all(map(is_transcription, first ^ second))


def needed(left: Name, right: Name) -> float:
    """The score from which two names are one: spellings of foreign letters vary, Meier and Meyer are two families."""
    foreign = is_transcribed(left, right)
    is_full = bearers.is_full(left.base) and left.kind == "person"
    if "other" in (left.kind, right.kind):
        return 0.9 if foreign else 0.99
    if is_full:
        marked = is_marked(left.base) or is_marked(right.base)
        return 0.6 if foreign else 0.85 if marked else 0.94
    is_short = min(len(left.base), len(right.base)) < _LETTERS
    return (0.9 if is_short else 0.7) if foreign else 0.975 if left.kind != "person" else 0.99


def is_marked(name: str) -> bool:
    """Has the name letters that a German keyboard lacks, and that some write as they sound: Đoković, Djokovic?"""
    return any(letter.isalpha() and not letter.isascii() and letter not in "äöüßÄÖÜ" for letter in name)


def surnames_alike(left: str, right: str) -> bool:
    """Do two surnames begin with the same sound and differ in two letters at most?"""
    if left == right or left[:1] != right[:1] or min(len(left), len(right)) < _LETTERS or bearers.couple(left, right):
        return False
    return distance(left, right) <= _TYPOS


def distance(left: str, right: str) -> int:
    """How many letters must be changed, added or left out to make one word of the other."""
    before = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        now = [row]
        for column, other in enumerate(right, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1]


def part_of(left: str, right: str) -> bool:
    """Do two names of places differ by a direction: a country and its part, or two parts?

    >>> part_of("Ukraine", "Ost-Ukraine"), part_of("Nordkorea", "Südkorea"), part_of("Ostrava", "Ostrau")
    (True, True, False)
    """
    (first, rest), (second, other) = _direction(left), _direction(right)
    return first != second and (rest == other or bool(first and second))


def two_parts(left: str, right: str) -> bool:
    """Do two names of places have two directions, so that no table can make them one?

    >>> two_parts("Mittelasien", "Zentralasien"), two_parts("Mazedonien", "Nordmazedonien")
    (True, False)
    """
    (first, rest), (second, other) = _direction(left), _direction(right)
    return bool(first and second) and first != second and rest == other


def _direction(name: str) -> tuple[str, str]:
    whole = letters(name)
    found = (way for way in _directions() if whole.startswith(way) and len(whole) - len(way) >= _FEWEST)
    way = next(found, "")
    return way, whole.removeprefix(way)


@cache
def _directions() -> tuple[str, ...]:
    return tuple(sorted(map(letters, table()["directions"]), key=len, reverse=True))
