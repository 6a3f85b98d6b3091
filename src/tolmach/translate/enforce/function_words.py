"""Words that hold a sentence together: no rendering of a term begins or ends with one."""

from __future__ import annotations

from functools import cache

from tolmach.files import load_table
from tolmach.translate.enforce.sentence import key


def is_function_word(word: str, language: str) -> bool:
    """Is it an article, a pronoun, a preposition or the like?

    >>> is_function_word("Die", "de"), is_function_word("счёт", "ru")
    (True, False)
    """
    return key(word) in _words(language)


def is_bridge(word: str, language: str) -> bool:
    """May it stand within a rendering, between two of its words («заказ на поставку», «Einhaltung der Vorschriften»)?

    >>> is_bridge("на", "ru"), is_bridge("и", "ru")
    (True, False)
    """
    return key(word) in _bridges(language)


@cache
def _bridges(language: str) -> frozenset[str]:
    table = load_table("tolmach.translate.enforce", "function_words.toml")
    return frozenset(map(key, table["bridges"].get(language, "").split()))


@cache
def _words(language: str) -> frozenset[str]:
    table = load_table("tolmach.translate.enforce", "function_words.toml")
    return frozenset(map(key, table.get(language, "").split()))
