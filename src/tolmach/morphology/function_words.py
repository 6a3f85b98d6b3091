"""Words before a name that change with its first sound: «a», «an»; «в», «во»; «с», «со»; «о», «об»."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table

_WORD_END = re.compile(r"[\s'\u2019-]")
_QUOTES = '"\u00ab\u201e\u201c'


def fitting(written: str, following: str, language: str) -> str:
    """The function word in the shape that `following` asks for, in small letters; as it is where nothing is sure.

    >>> fitting("a", "Eswatini coin", "en"), fitting("В", "Львове", "ru"), fitting("в", "ФРГ", "ru")
    ('an', 'во', 'в')
    """
    word, following = written.lower(), following.lstrip(_QUOTES)
    shapes = next((shapes for shapes in _shapes(primary(language)) if word in _words(shapes)), None)
    if shapes is None or not _is_written_in(following, primary(language)):
        return word
    if not _is_spelled(following, primary(language)):
        return str(shapes["long" if _matches(shapes["before"], following.lower()) else "short"])
    if "acronym" in shapes and _matches(shapes["acronym"], following):
        return str(shapes["long"])
    # Only of English is it known how each letter is called.
    return str(shapes["short"]) if primary(language) == "en" else word


def before(written: str, old: str, new: str, language: str) -> str:
    """The function word that stands before `new` where `written` stood before `old`, in small letters.

    It changes only where its other form was right before `old`: who writes «с Словенией» has reasons of their own.

    >>> before("a", "Swaziland coin", "Eswatini coin", "en"), before("В", "Лемберге", "Львове", "ru")
    ('an', 'во')
    >>> before("the", "Swaziland", "Eswatini", "en"), before("с", "Словенией", "Эсватини", "ru")
    ('the', 'с')
    """
    word = written.lower()
    return fitting(word, new, language) if fitting(word, old, language) == word else word


@cache
def words(language: str) -> frozenset[str]:
    """The words of a language that `before` may change, in small letters."""
    return frozenset(word for shapes in _shapes(primary(language)) for word in _words(shapes))


def _words(shapes: dict[str, Any]) -> tuple[str, ...]:
    return (shapes["short"], shapes["long"], *shapes.get("also", ()))


def _shapes(language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _tables().get(language, [])
    return found


def _is_written_in(following: str, language: str) -> bool:
    """Does it begin with a letter of the language's alphabet? Nobody knows how others are read."""
    return following[:1].isalpha() and ("\u0400" <= following[0] <= "\u04ff") == (language == "ru")


def _is_spelled(following: str, language: str) -> bool:
    """Does it begin with an acronym that is read letter by letter?"""
    word, rules = _WORD_END.split(following, maxsplit=1)[0], _tables()["words"]
    return 1 < len(word) <= rules["letters"] and word.isupper() and word not in rules[language]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _matches(pattern: str, following: str) -> bool:
    return _pattern(pattern).match(following) is not None


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "function_words.toml")
