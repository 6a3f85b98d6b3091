"""Names from languages that build them otherwise: Xi Jinping, El Fasher, Bank of England."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tolmach.files import load_table
from tolmach.names.mentions.german import ends_in
from tolmach.names.mentions.lists import (
    GENITIVE,
    GIVEN,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    STOP,
    SURNAME,
    WORD,
    folded,
    listed,
    table,
)
from tolmach.names.mentions.tokens import SURE, Piece, Word, is_small, piece_of

_VOWEL = "[aeiouyüéèăâêôơưạảấầẩậắặẹẻếềểệịỉọỏốồổộớờởợụủứừửựỳỵ]"
_ONSET = "(?:zh|ch|sh|th|kh|ph|ngh?|nh|tr|gi|qu|hl|ky|my|hy|gy|kw|hw|ts|hs|[bcdfghjklmnpqrstvwxyzđ])"
# One or two syllables as Chinese, Korean, Vietnamese and Burmese given names have them.
_SYLLABLES = re.compile(rf"(?:{_ONSET}?{_VOWEL}{{1,3}}(?:ng|nh|ch|[nmkptclhr])?){{1,2}}")
_CYRILLIC = re.compile("[бвгджзклмнпрстфхцчшщ]{0,3}[аеёиоуыэюяйь]{1,3}[бвгклмнпрстхьй]{0,2}[а-яё]{0,4}")
Reading = tuple[Piece | None, int]
_LONGEST = 9  # letters of a given name
_MOST = 3  # words of it


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(load_table("tolmach.names.mentions", "foreign.toml")[key].split())


def is_family(word: str) -> bool:
    """Does a family name that stands first often read so?"""
    return word in _listed("families")


def joins_surnames(word: str) -> bool:
    """Does a second surname follow: Rebelo de Sousa?"""
    return word in _listed("joining")


def opens_person(word: str) -> bool:
    """May a person's name begin so: Abu, Ibn?"""
    return word in _listed("persons")


def opens_place(word: str) -> bool:
    """Does the name of a place begin so: San, Beit?"""
    return word in _listed("places")


def opens_either(word: str) -> bool:
    """May a name of any kind begin so: El, La?"""
    return word in _listed("either")


@lru_cache(1 << 14)
def _is_syllabic(word: str) -> bool:
    plain = word.lower().replace("-", "")
    return len(plain) <= _LONGEST and bool(_SYLLABLES.fullmatch(plain) or _CYRILLIC.fullmatch(plain))


def family_first(found: Sequence[Word], place: int) -> int:
    """The place after a full name that begins with the family's at `place`, or `place` itself if there is none."""
    if not is_family(found[place].text):
        return place
    after = place + 1
    while after < min(len(found), place + 1 + _MOST) and _is_given(found[after]):
        after += 1
        if found[after - 1].kinds & GENITIVE:
            break
    return after if after > place + 1 else place


def _is_given(word: Word) -> bool:
    if is_small(word) or (word.kinds & (ORDINARY | NAME) and not word.kinds & (GIVEN | SURNAME)):
        return False
    return _is_syllabic(word.text) or _is_syllabic(word.text.removesuffix("s"))


def family_of(name: str) -> str:
    """The family's name of a full name that begins with it, else nothing.

    >>> family_of("Xi Jinping"), family_of("Kim Clijsters")
    ('Xi', '')
    """
    first, *rest = name.split()
    return first if rest and is_family(first) and all(map(_is_syllabic, rest)) else ""


def organisation(found: Sequence[Word], place: int) -> Reading:
    """A name in English or the like: Asia Times, Radio Swoboda."""
    organisations, places, openers = _foreign_words()
    word = found[place]
    if word.text in openers:
        after = until_ordinary(found, place + 1, place + 4)
        if after > place + 1 and not is_small(found[after - 1]):
            return piece_of(found[place:after], "organisation", SURE), after
    if is_small(word) or word.kinds & GENITIVE or (word.kinds & WORD and len(word.text) < 4):
        return None, place
    if (word.kinds & (NOUN | STOP | OFFICE) or is_role(word.text)) and word.text not in organisations:
        return None, place
    last = place
    for after in range(place + 1, min(place + 5, len(found))):
        if found[after].text in organisations or found[after].text in places:
            last = after
        elif found[after].kinds & (NOUN | OFFICE) or is_small(found[after]):
            break
    after = _after_of(found, last) if found[last].text in organisations else last + 1
    if after == place + 1:
        return None, place
    kind = "place" if found[last].text in places else "organisation"
    return piece_of(found[place:after], kind, SURE), after


def family(found: Sequence[Word], place: int) -> Reading:
    """A name that begins with the family's: Xi Jinping."""
    after = family_first(found, place)
    return (piece_of(found[place:after], "person", SURE), after) if after > place else (None, place)


def until_ordinary(found: Sequence[Word], after: int, most: int) -> int:
    """The place of the first ordinary word from `after` on, `most` at last."""
    while after < min(most, len(found)) and not found[after].kinds & ORDINARY:
        after += 1
    return after


def _after_of(found: Sequence[Word], last: int) -> int:
    """The place after `last`, or after what goes on with "of": Bank of England."""
    if last + 2 < len(found) and found[last + 1].text == "of":
        return last + 3
    return last + 1


@lru_cache(1 << 14)
def is_role(word: str) -> bool:
    """Does the word say what kind of organisation the name behind it is: Investmentbank Lehman Brothers?"""
    return ends_in(folded(word), listed("de", "organisations_follow"))


@cache
def _foreign_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    foreign = table("de")["foreign"]
    organisations, places, openers = (frozenset(foreign[key].split()) for key in ("organisation", "place", "openers"))
    return organisations, places, openers
