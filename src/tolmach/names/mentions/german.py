"""Ordinary German words: nouns and their compounds, offices, adjectives of names, what people of a place are called."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tolmach.names.mentions.lists import PLACE, known_names, lexicon, listed

_BARE = str.maketrans("äöü", "aou")
_ENDINGS = ("s", "es", "e", "n", "en", "er", "ern", "in", "innen", "ns", "ens", "se", "sen", "ses")
_BY_LETTER = {letter: tuple(end for end in _ENDINGS if end[-1] == letter) for letter in "senr"}
_AFTER_E = ("n", "en", "s")
_SUFFIX = re.compile(
    "(ungs?|ungen|heit|heiten|keit|keiten|schaft|schaften|[ts]ion|[ts]ionen|ismus|ität|itäten|nisse?[ns]?|linge?[ns]?|enz|anz"
    "|anzen|enzen|ierern?|ierers?|istin|istinnen|istisch|logen?|[tfd]lern?|[tfd]lers|[tfd]lerin|login|logie|logien|grafie|grafien|erinnen|iker|ikern|ikers"
    "|ikerin|fähige?[rsn]?|ender?|enden|losigkeit|ieren|ierens|barkeit|isten|turen?|ierung|atoren?|ators?|metern?"
    "|leuten?|tums?|tümer|haftigkeit|chens?)$"
)
# What names of places and persons end in, too: both parts must be words.
_NAMELIKE = re.compile(
    "(mann|berg|burg|stein|bach|feld|wald|dorf|haus|heim|land|furt|brück|stadt|hof|tal|see|au|er|el)s?$"
)
_NOT_GERMAN = re.compile("[^a-zäöü]")
_ADJECTIVE = re.compile("[^\\W\\d_]{3,}(?:isch|lich|iv|al|ar|ig)(?:e[nrsm]?)$")


def ends_in(plain: str, words: frozenset[str]) -> bool:
    """Is it one of the words, or a compound with one, with or without the ending of a genitive or plural?"""
    for ending in ("", "s", "es", "en", "n"):
        stem = plain.removesuffix(ending) if ending else plain
        if ending and stem == plain:
            continue
        if any(stem[cut:] in words for cut in range(max(0, len(stem) - 16), len(stem) - 2)):
            return True
    return False


def is_one_of(plain: str, words: frozenset[str]) -> bool:
    """Is it one of the words, with or without the ending of a genitive or plural?"""
    return any(plain.removesuffix(ending) in words for ending in ("", "s", "es", "en", "n"))


@lru_cache(1 << 16)
def is_office(plain: str) -> bool:
    """Is it an office, title or profession, also as the last part of a compound?"""
    words = listed("de", "offices")
    tails = words - listed("de", "offices_alone")
    return plain in words or any(plain[cut:] in tails for cut in range(1, len(plain) - 3))


def is_adjective(plain: str) -> bool:
    """Is it an adjective that stands in names, with an ending?"""
    if _ADJECTIVE.fullmatch(plain):
        return True
    stem = re.sub("e[nrsm]?$", "", plain)
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
    for ending in (
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
    ):
        stem = plain.removesuffix(ending)
        if stem != plain and stem in _place_stems() and ending not in ("s", "e", "en"):
            return True
        if stem != plain and ending in ("e", "en") and stem in _place_stems() and stem not in lexicon()["city"]:
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
    return len(plain) > 6 and _SUFFIX.search(plain) is not None and _NOT_GERMAN.search(plain) is None


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
    words = lexicon()["de.word"]
    namelike = _NAMELIKE.search(plain) is not None
    for cut in range(3, len(plain) - 2):
        tail = plain[cut:]
        if is_listed_noun(tail):
            first = plain[:cut]
            joint = first.removesuffix("s") if first.endswith("s") else first
            if len(tail) > 4 and not namelike:
                return True
            if len(first) > 2 and (is_listed_noun(first) or is_listed_noun(joint) or first in words):
                return True
    return False
