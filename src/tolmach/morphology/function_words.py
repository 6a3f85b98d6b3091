"""Words before a name that change with its first sound: «a», «an»; «в», «во»; «с», «со»; «о», «об»."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table

_WORD_END = re.compile(r"[\s'\u2019-]")
_LONGEST_ACRONYM = 5


def before(written: str, old: str, new: str, language: str) -> str:
    """The function word that stands before `new` where `written` stood before `old`, in small letters.

    It changes only where its other form was right before `old`: who writes «с Словенией» has reasons of their own.

    >>> before("a", "Swaziland coin", "Eswatini coin", "en"), before("В", "Лемберге", "Львове", "ru")
    ('an', 'во')
    >>> before("the", "Swaziland", "Eswatini", "en"), before("с", "Словенией", "Эсватини", "ru")
    ('the', 'с')
    """
    word = written.lower()
    for pair in _pairs(primary(language)):
        if word in (pair["short"], pair["long"]):
            return _right(pair, new) if _right(pair, old) == word else word
    return word


@cache
def words(language: str) -> frozenset[str]:
    """The words of a language that `before` may change, in small letters."""
    return frozenset(pair[length] for pair in _pairs(primary(language)) for length in ("short", "long"))


def _pairs(language: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = _tables().get(language, {}).get("pair", [])
    return found


def _right(pair: dict[str, str], following: str) -> str:
    word = _WORD_END.split(following, maxsplit=1)[0]
    if pair["short"] == "a" and _is_spelled(word):
        return pair["long"] if word[0] in _tables()["acronyms"]["an"] else pair["short"]
    return pair["long"] if _pattern(pair["before"]).match(following.lower()) else pair["short"]


def _is_spelled(word: str) -> bool:
    """Is it an acronym that is read letter by letter?"""
    return 1 < len(word) <= _LONGEST_ACRONYM and word.isupper() and word not in _tables()["acronyms"]["words"]


@cache
def _pattern(before: str) -> re.Pattern[str]:
    return re.compile(before)


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "function_words.toml")
