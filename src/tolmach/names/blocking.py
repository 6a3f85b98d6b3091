"""Which names are worth comparing: a long list against another one without all pairs.

Names are put into blocks by the coarse keys of their words (`tolmach.transcription.skeleton`), and only names of one
block are proposed. What that costs and what it misses:

- Any word of a name may lead to the other name, so that swapped words, a missing patronymic and a mistyped surname do
  no harm. A rare word leads there alone.
- The block of a frequent word (Иванов, Александр) is too large. It is split by another word of the name: by its first
  classes and, for those who mistype the beginning, by its last ones, by one class more until a block has no more than
  `limit` names. So a shared given name alone proposes nothing, except where it is rare; nor do a given name and a
  patronymic that many share, where the surname is known.
- A name of one word has no other word to help: the frequent blocks of such names are split once, by where the vowels
  stand; and they also meet where one consonant is left out and where their Daitch–Mokotoff codes agree, as long as few
  names do.
- What is lost: about half of the names of one word with a mistyped consonant, another name of the same place, and names
  of several words in which every word is changed so.

A larger `limit` proposes more pairs and finds a few more: with 100,000 full names 4 proposes 7 pairs for a name and
finds 99.3 per cent, 8 proposes 13 and finds 99.6, 16 proposes 23 and finds 99.7.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tolmach.names.phonetic import daitch_mokotoff
from tolmach.transcription.skeleton import key, shapes

LIMIT = 8
# More classes of the other word than these split no block any more.
_DEPTH = 6
_PARTS = re.compile(r"[\s_\u2010-\u2015-]+")
# How a place goes on after the key of a word: by the start of another word, by its end, by the vowels of the word.
_START, _END, _VOWELS = ">", "<", "/"
# … and where the other word is at its end: it was an initial, or a word.
_INITIAL, _WHOLE = ".", "$"
# Before the shape of a name of one word, without one of its consonants.
_NEAR = "~"
# Before the Daitch–Mokotoff code of a name of one word.
_SOUND = "#"
# Organisations have long names; the words after these split no block and find none.
_WORDS = 12
_LONGEST = 1000  # characters: no name is longer
# A shape of two consonants without one of them says nothing; no name of one word is longer than these.
_LENGTHS = range(4, 41)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word by every spelling it may be in; an initial says only how a word begins."""

    text: str
    shapes: tuple[str, ...]
    keys: tuple[str, ...]
    initial: bool


@dataclass(frozen=True)
class _Name:
    """The words of a name, and the name as one word."""

    words: tuple[_Word, ...]
    joined: _Word

    @cached_property
    def firsts(self) -> tuple[str, ...]:
        """The places where it stands whatever the other words are."""
        found = {each: None for word in self.words if not word.initial for each in word.keys}
        found |= dict.fromkeys(self.joined.keys)
        if len(self.words) == 1:
            found |= dict.fromkeys(near for shape in self.joined.shapes for near in _near(shape))
            found |= dict.fromkeys(_SOUND + code for code in daitch_mokotoff(self.joined.text))
        return tuple(found)

    def others(self, first: str) -> Iterator[_Word]:
        """The words beside one that has the key `first`."""
        for place, word in enumerate(self.words):
            if first in word.keys:
                yield from self.words[:place]
                yield from self.words[place + 1 :]


class Index:
    """Names in blocks; a name is known by its place in the order given.

    >>> index = Index(["Касым-Жомарт Токаев", "Нурсултан Назарбаев", "Александр Лукашенко"])
    >>> list(index.candidates("Toqajew, Qassym-Schomart")), list(index.candidates("Angela Merkel"))
    ([0], [])
    """

    def __init__(self, names: Iterable[str], *, limit: int = LIMIT) -> None:
        self._blocks: dict[str, array[int]] = {}
        self._frequent: set[str] = set()
        self._limit = limit
        parsed = [_parse(name) for name in names]
        for number, name in enumerate(parsed):
            for place in name.firsts:
                self._put(place, number)
        for place in [place for place in self._blocks if place[0] in (_NEAR, _SOUND) and self._is_large(place)]:
            del self._blocks[place]
        fresh = list(self._blocks)
        while fresh := [place for place in fresh if self._is_large(place)]:
            self._frequent.update(fresh)
            fresh = self._split(fresh, parsed)
        self._names = parsed

    def __len__(self) -> int:
        """How many blocks there are."""
        return len(self._blocks)

    def candidates(self, name: str) -> Iterator[int]:
        """The names that `name` is worth comparing with, in their order, each once."""
        yield from self._candidates(_parse(name))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of names of the index that are worth comparing with each other, the earlier one first."""
        for number, name in enumerate(self._names):
            yield from ((number, other) for other in self._candidates(name) if other > number)

    def _candidates(self, asked: _Name) -> Iterator[int]:
        found: set[int] = set()
        for place in asked.firsts:
            for block in self._reached(place, asked):
                found.update(block)
        yield from sorted(found)

    def _put(self, place: str, number: int) -> None:
        block = self._blocks.setdefault(place, array("I"))
        if not block or block[-1] != number:
            block.append(number)

    def _is_large(self, place: str) -> bool:
        _first, way, known = _steps(place)
        ended = way == _VOWELS or len(known) >= _DEPTH or known.endswith((_INITIAL, _WHOLE))
        return not ended and len(self._blocks[place]) > self._limit

    def _split(self, places: list[str], names: list[_Name]) -> list[str]:
        made: dict[str, None] = {}
        for place in places:
            for number in self._blocks[place]:
                for longer in _longer(place, names[number]):
                    self._put(longer, number)
                    made[longer] = None
        return list(made)

    def _reached(self, place: str, asked: _Name) -> Iterator[array[int]]:
        block = self._blocks.get(place)
        if block is None:
            return
        if place not in self._frequent:
            if len(block) <= self._limit or self._tells(place, asked):
                yield block
            return
        if with_initial := self._blocks.get(place + _INITIAL):
            yield with_initial
        for longer in _longer(place, asked):
            if longer.endswith(_INITIAL):
                # «A. Iwanow» may be every Iwanow whose other name begins so.
                yield block
            else:
                yield from self._reached(longer, asked)

    def _tells(self, place: str, asked: _Name) -> bool:
        """Whether a large block says something: «Александр Александрович» does not where the surname is known, too."""
        if len(asked.words) < 3:
            return True
        rarest = min(asked.words, key=self._frequency)
        first, way, known = _steps(place)
        known = known.removesuffix(_WHOLE)
        return first in rarest.keys or any(_turned(each, way).startswith(known) for each in rarest.keys)

    def _frequency(self, word: _Word) -> float:
        return float("inf") if word.initial else len(self._blocks.get(word.keys[0], ()))


def pairs(left: Iterable[str], right: Iterable[str], *, limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """The pairs of places in `left` and `right` that are worth comparing; `left` is read as a stream.

    >>> list(pairs(["Tokajew", "Merkel", "Lukaschenka"], ["Лукашенко", "Токаев"]))
    [(0, 1), (2, 0)]
    """
    index = Index(right, limit=limit)
    for place, name in enumerate(left):
        for candidate in index.candidates(name):
            yield place, candidate


def _steps(place: str) -> tuple[str, str, str]:
    """The key of a word, the way on from it, and what is known there: «ABDLV>aK» and so on."""
    for way in (_START, _END, _VOWELS):
        if way in place:
            return place.partition(way)
    return place, "", ""


def _longer(place: str, name: _Name) -> Iterator[str]:
    """The places one step below `place` where the name stands."""
    first, way, known = _steps(place)
    if not way:
        yield from (f"{place}{_VOWELS}{shape}" for shape in name.joined.shapes if key(shape) == place)
    for other in name.others(first):
        for each in other.keys:
            if not way:
                yield f"{place}{_START}{each[0]}"
                if not other.initial:
                    yield f"{place}{_END}{each[-1]}"
            elif (classes := _turned(each, way)).startswith(known):
                ended = _INITIAL if other.initial else _WHOLE
                yield place + (classes[len(known)] if len(classes) > len(known) else ended)


def _turned(word_key: str, way: str) -> str:
    return word_key[::-1] if way == _END else word_key


def _near(shape: str) -> Iterator[str]:
    if len(shape) in _LENGTHS:
        yield _NEAR + shape
        for place, letter in enumerate(shape):
            if letter != "a":
                yield _NEAR + (shape[:place] + shape[place + 1 :]).replace("aa", "a")


def _parse(name: str) -> _Name:
    parts = [part for part in _PARTS.split(name[:_LONGEST]) if any(map(str.isalnum, part))]
    if not parts:
        return _Name((), _Word("", (), (), initial=False))
    joined = _word("".join(parts))
    return _Name((joined,) if len(parts) == 1 else tuple(map(_word, parts[:_WORDS])), joined)


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> _Word:
    found = shapes(word) or (word.casefold(),)
    initial = word.endswith(".") or len(word) == 1
    return _Word(word, found, tuple(dict.fromkeys(map(key, found))), initial)
