"""Ordinary German words: nouns and their compounds, offices, adjectives of names, what people of a place are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tolmach.names.mentions.lists import PLACE, known_names, lexicon, listed

_BARE = str.maketrans("äöü", "aou")
_ENDINGS = ("s", "es", "e", "n", "en", "er", "ern", "in", "innen", "ns", "ens", "se", "sen", "ses")
_BY_LETTER = {letter: tuple(end for end in _ENDINGS if end[-1] == letter) for letter in "senr"}
_AFTER_E = ("n", "en", "s")
_LONGEST_TAIL = 18  # letters of the last part of a compound, with its ending
_DECLINED = ("en", "er", "es", "em")
_DEMONYM_ENDINGS = (
    "erinnen",
    "anern",
    "innen",
    "iern",
    "aner",
    "erin",
    "ern",
    "ers",
    "ier",
    "esen",
    "ese",
    "en",
    "er",
    "in",
    "s",
    "e",
)
_DEMONYM_BY_LETTER = {
    letter: tuple(end for end in _DEMONYM_ENDINGS if end[-1] == letter and end != "s") for letter in "enrs"
}
# What names of places and persons end in, too: both parts must be words.
_NAMELIKE = re.compile(
    "(mann|berg|burg|stein|bach|feld|wald|dorf|haus|heim|land|furt|brück|stadt|hof|tal|see|au|er|el)s?$"
)
_NOT_GERMAN = re.compile("[^a-zäöü]")
_ADJECTIVE = re.compile("[^\\W\\d_]{3,}(?:isch|lich|iv|al|ar|ig)(?:e[nrsm]?)$")
_ADJECTIVE_ENDINGS = tuple(
    made + ending for made in ("isch", "lich", "iv", "al", "ar", "ig") for ending in ("e", "en", "er", "es", "em")
)


def ends_in(plain: str, words: frozenset[str]) -> bool:
    """Is it one of the words, or a compound with one, with or without the ending of a genitive or plural?"""
    grown = _grown(words)
    return not grown.isdisjoint([plain[cut:] for cut in range(max(0, len(plain) - _LONGEST_TAIL), len(plain) - 2)])


@lru_cache(1 << 6)
def _grown(words: frozenset[str]) -> frozenset[str]:
    """The words with the endings of genitives and plurals."""
    return frozenset(word + ending for word in words if 2 < len(word) <= 16 for ending in ("", "s", "es", "en", "n"))


def is_one_of(plain: str, words: frozenset[str]) -> bool:
    """Is it one of the words, with or without the ending of a genitive or plural?"""
    return any(plain.removesuffix(ending) in words for ending in ("", "s", "es", "en", "n"))


@cache
def _office_tails() -> frozenset[str]:
    return listed("de", "offices") - listed("de", "offices_alone")


@lru_cache(1 << 16)
def is_office(plain: str) -> bool:
    """Is it an office, title or profession, also as the last part of a compound?"""
    if plain in listed("de", "offices"):
        return True
    return not _office_tails().isdisjoint([plain[cut:] for cut in range(1, len(plain) - 3)])


def is_adjective(plain: str) -> bool:
    """Is it an adjective that stands in names, with an ending?"""
    if plain.endswith(_ADJECTIVE_ENDINGS) and _ADJECTIVE.fullmatch(plain):
        return True
    stem = plain.removesuffix("e") if plain.endswith("e") else plain[:-2] if plain[-2:] in _DECLINED else plain
    return stem != plain and stem in listed("de", "adjectives")


@cache
def _place_stems() -> frozenset[str]:
    endings = ("land", "ien", "istan", "stan", "ei", "en", "a", "e", "o", "n", "ia", "")
    found: set[str] = set()
    for plain, kind in known_names("de").items():
        if kind & PLACE and plain.isalpha():
            found.update(
                stem
                for ending in endings
                if plain.endswith(ending) and len(stem := plain[: len(plain) - len(ending)]) > 3
            )
    return frozenset(found | {city for city in lexicon()["city"] if city.isalpha() and len(city) > 3})


def is_demonym(plain: str) -> bool:
    """Is it what the people of a place are called, or the adjective in -er of a town?

    >>> is_demonym("moskauer"), is_demonym("kasachen"), is_demonym("moskau")
    (True, True, False)
    """
    if plain in listed("de", "demonyms"):
        return True
    if plain in known_names("de"):
        return False
    stems = _place_stems()
    for ending in _DEMONYM_BY_LETTER.get(plain[-1:], ()):
        stem = plain.removesuffix(ending)
        if stem == plain or stem not in stems:
            continue
        if ending not in ("e", "en"):
            return True
        if stem not in lexicon()["city"]:
            return stem not in known_names("de")
    return False


def is_listed_noun(plain: str) -> bool:
    """Is it a noun of the lists, with any ending?"""
    if _is_form(plain):
        return True
    return not plain.isascii() and _is_form(plain.translate(_BARE))  # Märkte: the list has Markt


def _is_form(plain: str) -> bool:
    nouns = lexicon()["de.noun"]
    if len(plain) > 2 and plain in nouns:
        return True
    for ending in _BY_LETTER.get(plain[-1:], ()):
        if plain.endswith(ending):
            stem = plain[: -len(ending)]
            if (len(stem) > 2 and stem in nouns) or (ending in _AFTER_E and stem + "e" in nouns):
                return True
    return False


def is_certain_noun(plain: str) -> bool:
    """Is it a listed noun or one with an ending such as -ung, not only something like a compound?"""
    if is_listed_noun(plain):
        return True
    return len(plain) > 6 and plain.endswith(_noun_endings(plain[-1])) and _NOT_GERMAN.search(plain) is None


@cache
def _noun_endings(letter: str) -> tuple[str, ...]:
    """The endings of derived nouns that end in a letter."""
    return tuple(sorted(ending for ending in listed("de", "noun_endings") if ending[-1] == letter))


@lru_cache(1 << 17)
def is_noun(plain: str) -> bool:
    """Is it an ordinary German noun, a compound that ends in one, or made with an ending such as -ung?

    >>> is_noun("friedenstruppen"), is_noun("regierung"), is_noun("tokajew")
    (True, True, False)
    """
    if is_certain_noun(plain):
        return True
    if _NOT_GERMAN.search(plain):
        return False
    for cut in _listed_tails(plain):
        tail = len(plain) - cut
        if tail > 4 and _NAMELIKE.search(plain) is None:
            return True
        first = plain[:cut]
        joint = first.removesuffix("s")
        if len(first) > 2 and (is_listed_noun(first) or is_listed_noun(joint) or first in lexicon()["de.word"]):
            return True
    return False


def _listed_tails(plain: str) -> Iterator[int]:
    """Where in a word a listed noun begins that goes to its end, as `is_listed_noun` tells."""
    nouns = lexicon()["de.noun"]
    # All tails have the same endings.
    ends = [
        (len(plain) - len(ending), ending in _AFTER_E)
        for ending in _BY_LETTER.get(plain[-1:], ())
        if plain.endswith(ending)
    ]
    spellings = (plain,) if plain.isascii() else (plain, plain.translate(_BARE))
    for cut in range(3, len(plain) - 2):
        if any(_is_tail(spelling, cut, ends, nouns) for spelling in spellings):
            yield cut


def _is_tail(plain: str, cut: int, ends: list[tuple[int, bool]], nouns: frozenset[str]) -> bool:
    if plain[cut:] in nouns:
        return True
    for end, may_lose_e in ends:
        stem = plain[cut:end]
        if (end - cut > 2 and stem in nouns) or (may_lose_e and stem + "e" in nouns):
            return True
    return False
