"""The Daitch–Mokotoff Soundex: six digits for how a Slavic, Yiddish or German name sounds.

Gary Mokotoff and Randy Daitch made it for indexes of emigrants, so it knows the spellings of Polish, German, English
and Yiddish clerks. The table is theirs (see phonetic.toml). Names in Cyrillic, Armenian or Georgian letters and Latin
letters such as č are first written with letters of that table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.transcription.skeleton import Letters

_DIGITS = 6
_NOT_CODED = "-"
# No name fills its six digits with more groups of letters: what comes later is not read.
_GROUPS = 60


@dataclass(frozen=True, slots=True)
class _Sound:
    """The codes of some letters in one of their readings; `vowel` if it is one for the letters before it."""

    start: str
    before_vowel: str
    other: str
    vowel: bool


_END = _Sound("", "", "", False)


@dataclass(frozen=True, slots=True)
class _Chart:
    sounds: Mapping[str, tuple[_Sound, ...]]
    pattern: re.Pattern[str]
    equivalents: Letters
    places: tuple[tuple[re.Pattern[str], str], ...]

    def written(self, name: str) -> str:
        """The name in letters of the chart, in lower case."""
        if name.isascii():
            return name.lower()
        lowered = unicodedata.normalize("NFC", name).lower()
        for pattern, replacement in self.places:
            lowered = pattern.sub(replacement, lowered)
        return lowered.translate(self.equivalents)


@cache
def _chart() -> _Chart:
    tables = load_table("tolmach.names", "phonetic.toml")
    rows = {letters.lower(): _sounds(codes) for row, codes in tables["chart"].items() for letters in row.split()}
    # Romanian is printed with a cedilla or with a comma below.
    rows["ț"] = rows["ţ"]
    equivalents = Letters({ord(letter): letter for letter in "".join(rows)})
    for latin, letters in tables["equivalents"].items():
        equivalents.update((ord(letter), latin.lower()) for letter in letters.split())
    longest_first = sorted(rows, key=lambda letters: (-len(letters), letters))
    return _Chart(rows, re.compile("|".join(longest_first)), equivalents, _places(tables))


def _places(tables: Mapping[str, Any]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(place["pattern"]), place["replacement"]) for place in tables["places"])


def _sounds(codes: str) -> tuple[_Sound, ...]:
    return tuple(_sound(*reading.split()) for reading in codes.split("|"))


def _sound(*codes: str) -> _Sound:
    start, before_vowel, other = (code.replace(_NOT_CODED, "") for code in codes)
    return _Sound(start, before_vowel, other, vowel=start in ("0", "1"))


def daitch_mokotoff(name: str) -> tuple[str, ...]:
    """All six-digit codes of a name, the first reading of each letter first; none for a name without letters.

    A name of several words is coded as one word.

    >>> daitch_mokotoff("Peters"), daitch_mokotoff("Auerbach")
    (('739400', '734000'), ('097500', '097400'))
    >>> daitch_mokotoff("Московиц") == daitch_mokotoff("Moskowitz")
    True
    """
    chart = _chart()
    written = "".join(filter(str.isalpha, chart.written(name)))
    groups = chart.pattern.findall(written)[:_GROUPS]
    if not groups:
        return ()
    return tuple(dict.fromkeys(code.ljust(_DIGITS, "0") for code in _codes([chart.sounds[each] for each in groups])))


def _codes(sounds: list[tuple[_Sound, ...]]) -> list[str]:
    """The codes of all readings, not yet filled up.

    Whether letters stand before a vowel depends on how the next ones are read (J is a vowel or a consonant): each state
    is the code so far, the code of the letters before, and the reading of those that are next.
    """
    states = dict.fromkeys(("", "", sound) for sound in sounds[0])
    sounds.append((_END,))
    for place, following in enumerate(sounds[1:]):
        reached: dict[tuple[str, str, _Sound], None] = {}
        for code, before, sound in states:
            for ahead in following:
                digits = sound.start if place == 0 else sound.before_vowel if ahead.vowel else sound.other
                reached[_joined(code, before, digits), digits, ahead] = None
        states = reached
        if all(len(code) == _DIGITS for code, _before, _sound in states):
            break
    return [code for code, _before, _sound in states]


def _joined(code: str, before: str, digits: str) -> str:
    """Letters next to each other with the same digit are one sound."""
    if before and digits and before[-1] == digits[0]:
        digits = digits[1:]
    return (code + digits)[:_DIGITS]
