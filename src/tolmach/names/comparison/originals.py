"""The Cyrillic original behind two Latin spellings of one name, read off their alignment and proved by writing it.

This is no restoration (see tolmach.transcription.restore), which weighs all originals that a spelling may have: here
two spellings help each other, and a guess counts only if a transcription system writes it exactly like the spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tolmach.names.comparison.model import load
from tolmach.names.comparison.spelling import SEPARATOR, alphabet

if TYPE_CHECKING:
    from tolmach.transcription.system import System

Step = tuple[int, int, float]

LANGUAGES = ("ru", "kk", "uk", "be")
_ENOUGH, _SURE = 0.0, 2.5  # weights that a letter must have, and need not exceed, beside both chunks
_GERMAN = re.compile("w|sch|j")
# й and a vowel are one letter; the alignment takes them apart where only one side does.
_JOINED = {"йе": "е", "йа": "я", "йу": "ю", "йо": "ё", "шч": "щ"}
_JOIN = re.compile("|".join(_JOINED))
_ADJECTIVE = re.compile("(?<=[сц]к)(?:и|ы|ый|і|ій)$")
# What is read as Kazakh needs a letter that Russian has not; else any Russian name could be Kazakh.
_KAZAKH = frozenset("әғқңөұүһі")


@dataclass(frozen=True, slots=True)
class Original:
    """An original in Cyrillic letters, and the system that writes it like the spelling in question."""

    name: str
    system: System


def original(steps: Sequence[Step], spelling: str, *, right: bool, languages: tuple[str, ...] = ()) -> Original | None:
    """What `spelling`, the left or right side of an alignment, is a transcription of; None if no guess is proved."""
    for language in LANGUAGES:
        if languages and language not in languages:
            continue
        name = "".join(_letter(left, other, right, language) for left, other, _weight in steps)
        if "?" in name:
            continue
        name = _JOIN.sub(lambda match: _JOINED[match[0]], name)
        if language == "ru":
            name = _ADJECTIVE.sub("ий", name)
        if language == "kk" and _KAZAKH.isdisjoint(name):
            continue
        if system := writer(name, language, spelling, languages):
            return Original(name.title() if spelling[:1].isupper() else name, system)
    return None


def writer(name: str, language: str, spelling: str, languages: tuple[str, ...] = ()) -> System | None:
    """The first system that writes a name of a language exactly like the spelling, capitals aside, if any does."""
    wanted, lowered = spelling.casefold(), name.casefold()
    one_word = lowered.isalpha()
    reader = "de" if _GERMAN.search(wanted) else "en"
    for system in systems(language, languages, reader):
        if (system.word(lowered) if one_word else system.transcribe(lowered)) == wanted:
            return system
    return None


@cache
def systems(source: str, languages: tuple[str, ...] = (), reader: str = "de") -> tuple[System, ...]:
    """The systems to try for names of one language: those for `reader` first; `languages` narrows the readers down."""
    from tolmach.transcription import system

    found = [one for one in system.systems() if one.source == source and (not languages or one.target[:2] in languages)]

    def rank(one: System) -> tuple[int, bool, str]:
        # The usual system of the readers, then those of other languages, then the rarer ones of the readers.
        place = 2 if one.target in ("de", "en") else 1
        if one.target == reader:
            place = 0 if one.default else 1
        return place, not one.default, one.id

    return tuple(sorted(found, key=rank))


@cache
def _letter(left: int, right: int, on_right: bool, language: str) -> str:
    """The letter of a language that both chunks may stand for, the own side's chunk counting more; `?` for none."""
    weights = load().knowledge.weights
    own, other = (right, left) if on_right else (left, right)
    if not own:
        return ""
    numbers = _alphabet(language)
    support = 1.5 * np.minimum(weights.both[numbers, own], _SURE)
    if other:
        support = support + np.minimum(weights.both[numbers, other], _SURE)
    best = int(support.argmax())
    return alphabet().units[numbers[best]] if support[best] > _ENOUGH else "?"


@cache
def _alphabet(language: str) -> npt.NDArray[np.int32]:
    letters = {letter for system in systems(language)[:1] for letter in system.letters}
    return np.array(
        [number for unit, number in alphabet().number.items() if unit in letters or unit == SEPARATOR], np.int32
    )
