"""Acronyms and their long forms: which short name stands beside which long one, and do the letters agree?

A long form may be foreign and transcribed (Organisazija Dogowora o Kollektiwnoi Besopasnosti); then the initials of its
restored original count as well, as a transcription system writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

from tolmach.files import load_table

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SHORT = re.compile(r"[^\W\d_](?:[^\W\d_]|\.(?=\w)|-(?=\w)){1,9}\.?")
# What may stand between a long form and its short one: brackets, a comma, quotation marks, «kurz», «abgekürzt».
_QUOTES = "\"'\u00ab\u00bb\u2018-\u201f\u2039\u203a"
_OPENING = re.compile(rf"[{_QUOTES}]?\s*\(\s*(?:kurz|abgekürzt|engl\.|russ\.|short|кратко|сокр\.)?:?\s*[{_QUOTES}]?")
_APPOSITION = re.compile(
    rf"[{_QUOTES}]?\s*[,\u2013\u2014-]\s*(?:(?:die|der|das|den|dem|kurz|abgekürzt|oder|auch|or|the|или|кратко)\s+)*[{_QUOTES}]?"
)
_BESIDE = re.compile(rf"\s*[{_QUOTES}]?")
_LONGEST_GAP = 32
_FEWEST = 2  # letters of an acronym
_SURE = 3


class Agreement(Enum):
    """How the letters of a short name agree with the words of a long one, the best first."""

    EXACT = 4
    INSIDE = 3
    TURNED = 2
    NONE = 0


class Placed(Protocol):
    """A name at a place of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def outer_start(self) -> int:
        """Where the printed word begins."""

    @property
    def outer_end(self) -> int:
        """Where the printed word ends."""

    @property
    def base(self) -> str:
        """Its base form."""


@lru_cache(maxsize=1 << 14)
def is_short(text: str) -> bool:
    """Is the text written like an acronym: one word of few letters, mostly capitals?

    >>> is_short("OVKS"), is_short("UdSSR"), is_short("Tokajew"), is_short("RT DE")
    (True, True, False, False)
    """
    if not _SHORT.fullmatch(text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= _FEWEST and letters[0].isupper() and 2 * capitals > len(letters)


def is_long(text: str) -> bool:
    """Has the text several words, as a long form has?

    >>> is_long("Friedrich-Ebert-Stiftung"), is_long("Kreml")
    (True, False)
    """
    return len(_WORD.findall(text)) > 1


def agreement(short: str, long: str) -> Agreement:
    """Do the letters of an acronym stand for the words of a long form?

    `TURNED` are the same letters in another order, a likely misprint.

    >>> long = "Organisazija Dogowora o Kollektiwnoi Besopasnosti"
    >>> agreement("ODKB", long).name, agreement("ODBK", long).name, agreement("OVKS", long).name
    ('EXACT', 'TURNED', 'NONE')
    >>> agreement("EAWU", "Eurasische Wirtschaftsunion").name
    'INSIDE'
    """
    letters = _letters(short)
    found = Agreement.NONE
    for words in (_words(long), *_restored(long)):
        if (one := _agreement(letters, words)).value > found.value:
            found = one
    return found


def expected(short: str, long: str) -> str:
    """The acronym that the words of the long form make, of the letters of `short`; nothing where they do not agree.

    >>> expected("ODBK", "Organisazija Dogowora o Kollektiwnoi Besopasnosti")
    'ODKB'
    """
    letters = sorted(_letters(short))
    for words in (_words(long), *_restored(long)):
        for made in sorted(_initials(words)):
            if sorted(made) == letters:
                return made.upper()
    return ""


def initials(long: str) -> set[str]:
    """The initials of all words of a long form, and of those that are no function words, in small letters.

    >>> sorted(initials("Stiftung Wissenschaft und Politik"))
    ['swp', 'swup']
    """
    return _initials(_words(long))


def _letters(short: str) -> str:
    return "".join(letter for letter in short.casefold() if letter.isalpha())


def _agreement(letters: str, words: Sequence[str]) -> Agreement:
    if len(words) < _FEWEST and not _is_compound(words):
        return Agreement.NONE
    made = _initials(words)
    if letters in made:
        return Agreement.EXACT
    if len(letters) >= _SURE and sorted(letters) in map(sorted, made):
        return Agreement.TURNED
    return Agreement.INSIDE if _is_inside(letters, words) else Agreement.NONE


def _is_compound(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) > 2 * _SURE


def _initials(words: Sequence[str]) -> set[str]:
    """The initials of all words, and of those that are no function words."""
    content = [word for word in words if word not in _function_words()]
    return {"".join(word[0] for word in chosen) for chosen in (words, content)}


def _is_inside(letters: str, words: Sequence[str]) -> bool:
    """Do the letters stand in the words in order, the first of each content word among them (EAWU, UdSSR)?"""
    content = [word for word in words if word not in _function_words()]
    return len(letters) >= _SURE and (_spelled(letters, content) or _spelled(letters, words))


def _spelled(letters: str, words: Sequence[str]) -> bool:
    """Are the letters the first one of each word in turn, with any further ones of the same word behind it?"""
    if not words or not letters:
        return not words and not letters
    if letters[0] != words[0][0]:
        return False
    place, count = 1, 1
    while not _spelled(letters[count:], words[1:]):
        place = words[0].find(letters[count], place) + 1 if count < len(letters) else 0
        if not place:
            return False
        count += 1
    return True


def _words(long: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(long)]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_table("tolmach.names.variants", "variants.toml")["function_words"])


@lru_cache(maxsize=1 << 12)
def _restored(long: str) -> tuple[list[str], ...]:
    """The words of the Russian original of a transcribed long form, in Russian and by their transcribed initials."""
    original = russian(long)
    if not original:
        return ()
    from tolmach.transcription.house import transcribe

    words = _words(original)
    kept = [word for word in words if word not in _function_words()]
    written = [transcribe(word[0].upper(), "ru", "de").casefold() for word in kept]
    return words, [letters for letters in written if letters]


@lru_cache(maxsize=1 << 12)
def russian(long: str) -> str:
    """The Russian original of a long form that is a transcription of one; nothing for long forms of other languages.

    >>> russian("Organisazija Dogowora o Kollektiwnoi Besopasnosti")
    'Организация Договора о Коллективной Безопасности'
    >>> russian("Stiftung Wissenschaft und Politik")
    ''
    """
    from tolmach.transcription.restore import is_transcription, restore

    words = [word for word in _WORD.findall(long) if word.casefold() not in _function_words()]
    if len(words) < _FEWEST or not long.isprintable() or not all(word[0] < "\u0370" for word in words):
        return ""
    if 3 * sum(map(is_transcription, words)) < 2 * len(words):
        return ""
    found = restore(long, kind="organisation", top=1)
    return found[0].text if found and found[0].systems else ""


def beside(text: str, mentions: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """The pairs of base forms, short and long (or long and foreign long), that the text sets side by side as one name.

    `mentions` are those of the text, in order. A pair in brackets or in apposition counts if the letters agree; of
    «long (foreign long, short)» all three belong together.

    >>> from types import SimpleNamespace
    >>> def found(*names):
    ...     places = [(text.index(name), name) for name in names]
    ...     return [SimpleNamespace(start=s, outer_start=s, outer_end=s + len(n), base=n) for s, n in places]
    >>> text = "in der «Stiftung Wissenschaft und Politik» (SWP)"
    >>> list(beside(text, found("Stiftung Wissenschaft und Politik", "SWP")))
    [('SWP', 'Stiftung Wissenschaft und Politik')]
    """
    previous: tuple[Placed, Placed] | None = None
    for left, right in pairwise(mentions):
        gap = text[left.outer_end : right.outer_start]
        if len(gap) > _LONGEST_GAP or not _joins(gap):
            previous = None
            continue
        pair = _pair(left.base, right.base)
        if pair and agreement(*pair) is not Agreement.NONE:
            yield pair
            if previous and previous[1] is left and is_long(previous[0].base):
                yield previous[0].base, left.base
        previous = (left, right) if _OPENING.fullmatch(gap) and not pair and is_long(right.base) else None


def _joins(gap: str) -> bool:
    return any(pattern.fullmatch(gap) for pattern in (_OPENING, _APPOSITION, _BESIDE))


def _pair(left: str, right: str) -> tuple[str, str] | None:
    """The short and the long one of two names; None where they are not one of each."""
    if is_short(right) and is_long(left):
        return right, left
    if is_short(left) and (is_long(right) or _is_compound([right])) and not is_short(right):
        return left, right
    return None
