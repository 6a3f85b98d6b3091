"""Is a word made from a name («обамовский», «Israeli», «Putinanhänger»)? Then it renders the name rightly."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import Prefix

from tolmach.files import load_table
from tolmach.translate.enforce.german_nouns import plural as plural_of
from tolmach.translate.enforce.known import readings
from tolmach.translate.enforce.sentence import key

_REMEMBERED = 1 << 16
_WITHOUT_UMLAUT = str.maketrans("äöü", "aou")
_SHORTEST_STEM = 3
_SHORTEST_TAIL = 4
_SHORTEST_RELATIVE = 5
_BEFORE_N = ("e", "er", "el")
_COMMON = 0.7  # of the letters


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
    if language == "de" and (_is_plural(word, name) or _is_compound(word, name)):
        return True
    if len(beginning) < _SHORTEST_STEM or not key(word).startswith(beginning):
        return False
    return _has_ending(word, name, language) or (word[0].isupper() and _is_form_of(word, name, language))


def is_adjective_unlike(word: str, name: str) -> bool:
    """Is a Russian word an adjective («Билькентского») and no form of a name like this one («Билкент», «Бобруйск»)?

    >>> is_adjective_unlike("Билькентского", "Билкент"), is_adjective_unlike("Бабруйском", "Бобруйск")
    (True, False)
    """
    ending = _endings("ru")[0]
    return (
        not re.search("ск(?:$|[иаоеу])", key(name)[-4:]) and re.search(f"(?:{ending.pattern})$", key(word)) is not None
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


def _is_plural(word: str, name: str) -> bool:
    """«Aktionen», «Pläne»: a German noun with the ending and perhaps the umlaut of a plural or genitive."""
    small, whole = key(word).translate(_WITHOUT_UMLAUT), key(name).translate(_WITHOUT_UMLAUT)
    rest = small.removeprefix(whole)
    return (
        word[0].isupper() == name[0].isupper()
        and len(whole) >= _SHORTEST_STEM
        and rest != small
        and (_may_end(name, rest) if rest else key(word) != key(name) and plural_of(name)[0] == word)
    )


def _may_end(name: str, ending: str) -> bool:
    """-n is an ending after e, er and el only («Kasachstann» is misspelt)."""
    return ending in _tables()["de"]["noun_endings"] and (ending != "n" or name.endswith(_BEFORE_N))


def _is_compound(word: str, name: str) -> bool:
    """«Putinanhänger», «Datenzugriffe»: the name at either end, a long one anywhere («Hauptspeicherplatz»)."""
    small, whole = key(word), key(name)
    rest = len(small) - len(whole)
    if rest < _SHORTEST_TAIL or len(whole) < _SHORTEST_STEM:
        return False
    if len(whole) > _SHORTEST_TAIL and whole in small:
        return True
    ends = small.endswith(whole) or any(small.endswith(whole + ending) for ending in _tables()["de"]["noun_endings"])
    return ends or (len(whole) >= _SHORTEST_TAIL and small.startswith(whole))


def is_relative(word: str, name: str) -> bool:
    """Is the word the same in another part of speech («балансовая», «баланс»; «отредактировать», «редактировать»)?

    >>> is_relative("балансовой", "баланс"), is_relative("договора", "контракт")
    (True, False)
    """
    small, whole = key(word), key(name)
    return Prefix.similarity(small, whole) >= max(_SHORTEST_RELATIVE, _COMMON * len(whole)) or (
        len(whole) > _SHORTEST_RELATIVE and small.endswith(whole)
    )


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
