"""Is a word made from a name («обамовский», «Israeli», «Putin-Anhänger»)? Then it renders the name rightly."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tolmach.files import load_table
from tolmach.translate.enforce.known import readings
from tolmach.translate.enforce.sentence import key

_REMEMBERED = 1 << 16
_SHORTEST_STEM = 3
_SHORTEST_COMPOUND = 4


def stem(name: str, language: str) -> str:
    """The beginning that every word made from the name has."""
    table = _tables().get(language)
    return key(name).rstrip(table["cut"]) if table else key(name)


@lru_cache(_REMEMBERED)
def is_derived(word: str, name: str, language: str) -> bool:
    """Is the word made from the name, or a form of it that the rules do not write themselves?

    >>> is_derived("обамовский", "Обама", "ru"), is_derived("Обоме", "Обама", "ru")
    (True, False)
    """
    small, base = key(word), stem(name, language)
    if len(base) < _SHORTEST_STEM or not small.startswith(base):
        return False
    table = _tables().get(language)
    if table and _endings(language).fullmatch(small, len(base)):
        return True
    if language == "de" and len(key(name)) >= _SHORTEST_COMPOUND and _is_compound(word, name):
        return True
    return any(key(one.form) == key(name) for one in readings(word, language, ""))


def _is_compound(word: str, name: str) -> bool:
    """«Putinanhänger»: the name and a noun of some length."""
    return key(word).startswith(key(name)) and len(word) >= len(name) + _SHORTEST_COMPOUND


@cache
def _endings(language: str) -> re.Pattern[str]:
    return re.compile(_tables()[language]["endings"])


@cache
def _tables() -> dict[str, dict[str, str]]:
    return load_table("tolmach.translate.enforce", "derived.toml")
