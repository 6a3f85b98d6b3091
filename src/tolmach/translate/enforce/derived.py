"""Is a word made from a name («обамовский», «Israeli», «Putinanhänger»)? Then it renders the name rightly."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.translate.enforce.known import readings
from tolmach.translate.enforce.sentence import key

_REMEMBERED = 1 << 16
_SHORTEST_STEM = 3
_SHORTEST_TAIL = 4


def stem(name: str, language: str) -> str:
    """The beginning that words made from the name have."""
    table = _tables().get(language)
    return key(name).rstrip(table["cut"]) if table else key(name)


@lru_cache(_REMEMBERED)
def is_derived(word: str, name: str, language: str) -> bool:
    """Is the word made from the name, or a form of it that the rules do not write themselves?

    >>> is_derived("обамовский", "Обама", "ru"), is_derived("Обоме", "Обама", "ru")
    (True, False)
    >>> is_derived("Israeli", "Israel", "en"), is_derived("Valeri", "Valery", "en")
    (True, False)
    """
    beginning = stem(name, language)
    if len(beginning) < _SHORTEST_STEM or not key(word).startswith(beginning):
        return False
    return (
        _has_ending(word, name, language)
        or (language == "de" and _is_compound(word, name))
        or (word[0].isupper() and _is_form_of(word, name, language))
    )


def _has_ending(word: str, name: str, language: str) -> bool:
    if language not in _tables():
        return False
    small, whole, beginning = key(word), key(name), stem(name, language)
    adjectives, nouns = _endings(language)
    if adjectives.fullmatch(small, len(beginning)):
        return True
    # «Бекки» is no inhabitant of «Беки»: these are written small; «Valeri» is none of «Valery», whose y is cut.
    if language == "ru":
        return word[0].islower() and nouns.fullmatch(small, len(beginning)) is not None
    return small.startswith(whole) and nouns.fullmatch(small, len(whole)) is not None


def _is_compound(word: str, name: str) -> bool:
    return key(word).startswith(key(name)) and len(word) >= len(name) + _SHORTEST_TAIL


def _is_form_of(word: str, name: str, language: str) -> bool:
    """Do the rules or the analyser take the word for a form of the name, in whatever case and number?"""
    if any(key(one.form) == key(name) for one in readings(word, language, "")):
        return True
    if language != "ru":
        return False
    from tolmach.morphology.russian_lexicon import readings as analysed

    return any(parse.normal_form.replace("ё", "е") == key(name) for parse in analysed(word.lower()))


@cache
def _endings(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _tables()[language]
    return re.compile(table["adjectives"]), re.compile(table["nouns"])


@cache
def _tables() -> dict[str, Any]:
    return load_table("tolmach.translate.enforce", "derived.toml")
