"""A spelling as a row of writing units: `Schtscherba` is sch-tsch… to the eye, but щ-e-r-b-a to the ear."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from tolmach.files import load_table

SEPARATOR = "-"
APOSTROPHE = "'"
_LONGEST_ACRONYM = 5
_BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
LONGEST = 64
"""A name has at most so many units; what comes after them is not looked at."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The units that names are written with, numbered from 1 in `number`; 0 is no unit at all."""

    units: tuple[str, ...]
    number: dict[str, int]
    vowels: frozenset[str]
    cyrillic: frozenset[str]
    pairs: tuple[tuple[int, int], ...]
    letters: frozenset[str]
    own_letters: tuple[tuple[str, str], ...]
    replaced: dict[int, str]
    pattern: re.Pattern[str]


@cache
def alphabet() -> Alphabet:
    """The units of comparison/units.toml."""
    table = load_table("tolmach.names.comparison", "units.toml")
    multigraphs: list[str] = table["multigraphs"]
    units = ("", *table["latin"], *multigraphs, *table["cyrillic"], APOSTROPHE, SEPARATOR)
    number = {unit: place for place, unit in enumerate(units)}
    replaced = {ord(sign): APOSTROPHE for sign in table["apostrophes"]}
    replaced |= {ord(sign): SEPARATOR for sign in table["separators"]}
    replaced |= {ord(letter): reading for letter, reading in table["letters"].items()}
    vowels = frozenset(table["vowels"])
    return Alphabet(
        units=units,
        number=number,
        vowels=frozenset(unit for unit in units if unit and vowels.issuperset(unit)),
        cyrillic=frozenset(table["cyrillic"]),
        pairs=tuple(dict.fromkeys((number[left], number[right]) for left, right in map(str.split, table["pairs"]))),
        letters=frozenset(unit for unit in units if len(unit) == 1),
        own_letters=tuple((language, own) for language, own in table["own_letters"]),
        replaced=replaced,
        pattern=re.compile("|".join((*sorted(multigraphs, key=len, reverse=True), "."))),
    )


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0301]")
_DASHES = re.compile("[\u2010-\u2015]")
_QUOTES = '\u00ab\u00bb\u201c\u201d\u201e\u2039\u203a"'


def tidy(text: str) -> str:
    """`text` as it is looked up and shown: no invisible signs, stress or quotation marks around it, plain blanks.

    >>> tidy("\u00abNur\u2011Sul\u00adtan\u00bb")
    'Nur-Sultan'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        text = _DASHES.sub("-", text)
    return " ".join(text.split()).strip(_QUOTES)


@lru_cache(maxsize=4096)
def bare(spelling: str) -> str:
    """A plain Latin spelling without marks on its letters.

    >>> bare("wałęsa"), bare("müller")
    ('walesa', 'muller')
    """
    return unicodedata.normalize("NFD", spelling.translate(_BARE)).encode("ascii", "ignore").decode("ascii")


def plain(text: str) -> str:
    """`text` in small letters of the alphabet: one separator between words, other scripts' marks left out.

    >>> plain("Комсомольск‑на‑Амуре"), plain("Mel’nik"), plain("თბილისი")
    ('комсомольск-на-амуре', "mel'nik", 'tbilisi')
    """
    return _plain(text[: 8 * LONGEST])


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    known = alphabet()
    folded = unicodedata.normalize("NFC", text.casefold()).translate(known.replaced)
    if not known.letters.issuperset(folded):
        folded = "".join(_readable(character, known.letters) for character in folded)
    if SEPARATOR in folded:
        folded = SEPARATOR.join(word for word in folded.split(SEPARATOR) if word.strip(APOSTROPHE))
    return folded.strip(APOSTROPHE)


def _readable(character: str, letters: frozenset[str]) -> str:
    if character in letters:
        return character
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part in letters)


def units(spelling: str) -> list[int]:
    """The numbers of the units of a plain spelling, at most `LONGEST`.

    >>> [alphabet().units[number] for number in units("schtscherba")]
    ['schtsch', 'e', 'r', 'b', 'a']
    """
    known = alphabet()
    number = known.number
    return [number[unit] for unit in known.pattern.findall(spelling)[:LONGEST]]


@lru_cache(maxsize=8192)
def is_cyrillic(spelling: str) -> bool:
    """Is most of a plain spelling written in Cyrillic letters?"""
    return 2 * sum(map(alphabet().cyrillic.__contains__, spelling)) > len(spelling)


def language(cyrillic: str) -> str:
    """The language that a Cyrillic spelling shows by its letters, Russian if it shows none.

    >>> language("Тоқаев"), language("Токаев")
    ('kk', 'ru')
    """
    lowered = cyrillic.casefold()
    return next((code for code, own in alphabet().own_letters if any(letter in lowered for letter in own)), "ru")


def is_acronym(text: str) -> bool:
    """Is the text one short word, mostly of capitals, the first and the last among them?

    >>> is_acronym("OVKS"), is_acronym("UdSSR"), is_acronym("Tokajew"), is_acronym("Х")
    (True, True, False, False)
    """
    if not text[-1:].isupper() or not 1 < len(text) <= _LONGEST_ACRONYM or not text.isalpha():
        return False
    return text[0].isupper() and 2 * sum(letter.isupper() for letter in text) > len(text)
