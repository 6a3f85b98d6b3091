"""What the OpenCorpora dictionary (pymorphy3) knows of Russian words; loaded when first asked."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_REMEMBERED = 1 << 16
_WRITTEN = re.compile(r"[\u0400-\u052FA-Za-z0-9’'./-]+")
_PERSONS = frozenset({"Name", "Surn", "Patr"})


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(_REMEMBERED)
def readings(word: str) -> tuple[Any, ...]:
    """All readings of the word (pymorphy3's parses), best first; guesses for words the dictionary lacks."""
    # The analyser asks for the Unicode names of letters; some have none.
    return tuple(_analyser().parse(word)) if _WRITTEN.fullmatch(word) else ()


@lru_cache(_REMEMBERED)
def known(word: str) -> tuple[Any, ...]:
    """The readings that stand in the dictionary."""
    # Guessing an unknown word costs ten times as much as knowing that it is unknown.
    if not _WRITTEN.fullmatch(word) or not _analyser().word_is_known(word.lower()):
        return ()
    return tuple(parse for parse in readings(word) if parse.is_known)


def is_given_name(word: str) -> bool:
    """Does the dictionary know the word as a given name (in any case)?"""
    return len(word) > 1 and any("Name" in parse.tag for parse in known(word))


def is_only_given(word: str) -> bool:
    """Is the word in the nominative known as a given name and not as a family name («Павел», «Лев»)?"""
    nominatives = [parse for parse in known(word) if "nomn" in parse.tag]
    return any("Name" in parse.tag for parse in nominatives) and not any("Surn" in parse.tag for parse in nominatives)


@lru_cache(_REMEMBERED)
def gender_of_name(word: str) -> str:
    """The gender (`m`, `f`) of a given or family name in the nominative; nothing when it has both or is not known."""
    names = [parse.tag for parse in known(word) if {"nomn", "sing"} in parse.tag]
    given = [tag for tag in names if "Name" in tag] or [tag for tag in names if "Surn" in tag]
    genders = {str(tag.gender) for tag in given}
    return {"masc": "m", "femn": "f"}.get(genders.pop(), "") if len(genders) == 1 else ""


def tells_of_a_woman(word: str) -> bool:
    """Is the word a verb in the past tense with a feminine subject («победила»)?"""
    return word.endswith(("ла", "лась")) and any({"VERB", "past", "femn"} in parse.tag for parse in known(word))


def is_common_word(word: str) -> bool:
    """Does the dictionary know the word (of a compound: its last part) and not as a name of a person?

    >>> is_common_word("президента"), is_common_word("экс-премьера"), is_common_word("Ерлан")
    (True, True, False)
    """
    found = known(word.rpartition("-")[2])
    return bool(found) and not any(_PERSONS & set(parse.tag.grammemes) for parse in found)


def is_genitive(word: str) -> bool:
    """May the word be a noun or adjective in the genitive («партия власти»)?"""
    return any("gent" in parse.tag and parse.tag.POS in ("NOUN", "ADJF") for parse in readings(word))


def agrees_before(word: str) -> bool:
    """Does the word change with the gender of a noun after it (adjective, participle, pronoun)?"""
    return any(parse.tag.POS in ("ADJF", "PRTF") for parse in readings(word))
