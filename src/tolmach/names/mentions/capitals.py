"""Runs of capital words in languages that write only names with capitals: English, Russian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from tolmach.names.mentions.foreign import is_family
from tolmach.names.mentions.lists import (
    ACRONYM,
    CITY,
    DEMONYM,
    FOREIGN,
    GENITIVE,
    GIVEN,
    HEAD,
    NAME,
    OFFICE,
    ORDINARY,
    PERSON,
    PLACE,
    STOP,
    SURNAME,
    WORD,
    folded,
    listed,
    table,
)
from tolmach.names.mentions.tokens import (
    DOUBT,
    INSIDE,
    LONG,
    SURE,
    Piece,
    Word,
    is_small,
    kind_of,
    phrase,
    piece_of,
    starters,
    stem,
    tokens,
)
from tolmach.names.mentions.words import Words

_NAMED = NAME | GIVEN | SURNAME | FOREIGN
_ADJECTIVE = re.compile("[сц]к(?:ий|ая|ое|ие|ого|ой|ому|им|их|ую|ом|ими)$")  # Украинский посол
_MOST = 10  # words of a name
_POSSESSIVE = re.compile("(?:['\u2019]s|(?<=s)['\u2019])$")


class CapitalReader:
    """Reads runs where a capital inside a sentence is itself the evidence; what begins a sentence is in doubt."""

    def __init__(self, words: Words, is_kin: Callable[[str], bool]) -> None:
        self.words = words
        self._is_kin = is_kin
        self._language = words.language

    def read(self, run: str) -> Iterator[Piece]:
        """The pieces of a run, in order; they do not overlap."""
        found = [self._bare(word) for word in tokens(run.replace("\n", " "), self.words)]
        place = 0
        office = ""
        while place < len(found):
            word = found[place]
            piece, after = phrase(found, place, self._language)
            if piece is None and self._is_skipped(word, found, place):
                if stem(word.text.strip(".")) in starters(self._language) and not is_small(word):
                    yield piece_of([word], "", LONG)
                office = word.text if self._is_office(word) else ""
                place += 1
                continue
            if piece is None:
                piece, after = self._name(found, place)
            before = found[place - 1].text if place else ""
            yield replace(piece, office=office if piece.kind in ("person", "") else "", before=before)
            office = ""
            place = after

    def _bare(self, word: Word) -> Word:
        text = _POSSESSIVE.sub("", word.text)
        if text == word.text:
            return word
        return Word(word.start, word.start + len(text), text, self.words.kinds(text) | GENITIVE)

    def _is_office(self, word: Word) -> bool:
        return bool(word.kinds & OFFICE) or word.text in _titles(self._language)

    def _is_skipped(self, word: Word, found: Sequence[Word], place: int) -> bool:
        if folded(word.text) in listed(self._language, "opening") and self._heads_after(found, place):
            return False
        if is_small(word) or word.kinds & (STOP | OFFICE) or word.text in _titles(self._language):
            return True
        is_ordinary = word.kinds & (WORD | PLACE) and not word.kinds & SURNAME
        if place + 1 == len(found) and is_ordinary and _ADJECTIVE.search(word.text):
            return True
        if word.kinds & ACRONYM:
            return word.text in table(self._language)["no_acronyms"].split()
        if word.kinds & DEMONYM:
            return not (place + 1 < len(found) and self._heads_after(found, place))
        if self._is_plain(word) and place + 1 < len(found) and self._is_plain_no_more(found[place + 1]):
            return True
        is_short = len(word.text) == 2 and not (word.kinds & GIVEN or is_family(word.text))
        return len(word.text) < 2 or (is_short and word.text[1] != ".")

    def _is_plain(self, word: Word) -> bool:
        return bool(word.kinds & WORD) and not word.kinds & (_NAMED | HEAD) and not is_family(word.text)

    def _is_plain_no_more(self, word: Word) -> bool:
        """Is the next word a name, so that the one before it only has the capital of a sentence's first word?"""
        return self._language == "ru" or bool(word.kinds & (GIVEN | NAME) and not word.kinds & WORD)

    def _heads_after(self, found: Sequence[Word], place: int) -> bool:
        return any(word.kinds & HEAD for word in found[place + 1 : place + 4])

    def _name(self, found: Sequence[Word], place: int) -> tuple[Piece, int]:
        first = found[place]
        after = place + 1
        is_followed = after < len(found) and found[after].kinds & (SURNAME | PERSON)
        if self._stands_alone(first) and not is_followed and not self._heads_after(found, place):
            return piece_of([first], kind_of(first.kinds), SURE), after
        while after < min(len(found), place + _MOST) and self._goes_on(found, after):
            after += 1
        while after > place + 1 and is_small(found[after - 1]):
            after -= 1
        part = found[place:after]
        doubt, kind = self._judged(part)
        return piece_of(part, kind, doubt), after

    def _stands_alone(self, word: Word) -> bool:
        weak = listed(self._language, "weak")
        return bool(word.kinds & NAME) and not word.kinds & (PERSON | GIVEN) and folded(word.text) not in weak

    def _goes_on(self, found: Sequence[Word], after: int) -> bool:
        last, word = found[after - 1], found[after]
        if last.kinds & GENITIVE:
            return False
        if is_small(word):
            if after + 1 == len(found) or word.text != "of":
                return after + 1 < len(found)
            other = found[after + 1].kinds  # the Party of Khaleda Zia has no long name
            is_known = other & (PLACE | CITY | WORD | DEMONYM) and not (other & GIVEN and not other & PLACE)
            return bool(last.kinds & HEAD and is_known)
        is_surname = last.kinds & GIVEN and not last.kinds & ORDINARY and word.kinds & SURNAME  # Theresa May
        if word.kinds & STOP and not word.kinds & HEAD and not is_surname:
            return False
        return word.text not in _titles(self._language) and not (word.kinds & ACRONYM and not last.kinds & ACRONYM)

    def _judged(self, part: Sequence[Word]) -> tuple[int, str]:
        kinds = 0
        for word in part:
            kinds |= word.kinds
        has_head = part[-1].kinds & HEAD or (self._language == "en" and any(word.text == "of" for word in part))
        if has_head and len(part) > 1:
            return INSIDE if part[0].kinds & WORD else SURE, "organisation"
        if len(part) > 1 and part[0].kinds & GIVEN and (not part[0].kinds & ORDINARY or part[-1].kinds & SURNAME):
            return DOUBT if part[0].kinds & ORDINARY else SURE, "person"
        if len(part) > 1:
            last = folded(part[-1].text)
            if last in listed(self._language, "geography"):
                return INSIDE, "place"
            if last in listed(self._language, "events"):
                return INSIDE, "other"
            is_person = bool(kinds & (GIVEN | SURNAME | FOREIGN)) or self._language == "ru" or not kinds & WORD
            is_common = part[-1].kinds & WORD and not (part[-1].kinds | part[0].kinds) & (GIVEN | SURNAME)
            if is_common and self._language == "en":
                return DOUBT if part[0].kinds & ORDINARY else SURE, "organisation"
            return (DOUBT, "") if part[0].kinds & ORDINARY else (SURE, "person" if is_person else "other")
        word = part[0]
        if word.kinds & ACRONYM:
            return INSIDE, "organisation"
        if self._is_kin(word.text) and not word.kinds & NAME:
            return DOUBT, "person"
        return (SURE, kind_of(word.kinds)) if word.kinds & NAME and not word.kinds & WORD else (DOUBT, "")


@cache
def _titles(language: str) -> frozenset[str]:
    return frozenset(table(language)["titles"].split())
