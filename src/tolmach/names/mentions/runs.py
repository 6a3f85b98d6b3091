"""Runs of capital words in German, read word by word: which stretches are names, surely or perhaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tolmach.names.mentions import foreign
from tolmach.names.mentions.foreign import Reading, joins_surnames, opens_either, opens_person, opens_place
from tolmach.names.mentions.german import ends_in, is_listed_noun, is_one_of
from tolmach.names.mentions.hyphens import hyphenated, solid
from tolmach.names.mentions.letters import likeness
from tolmach.names.mentions.lists import (
    ACRONYM,
    CITY,
    DEMONYM,
    FOREIGN,
    GENITIVE,
    GIVEN,
    HEAD,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    PERSON,
    PLACE,
    STOP,
    SURNAME,
    folded,
    listed,
    table,
)
from tolmach.names.mentions.tokens import (
    DOUBT,
    HYPHEN,
    INSIDE,
    LONG,
    PLACED,
    SURE,
    Piece,
    Word,
    is_attribute,
    is_plain,
    is_second_surname,
    is_small,
    kind_of,
    phrase,
    piece_of,
    starters,
    stem,
    tokens,
)
from tolmach.names.mentions.words import Words

_ABSTRACT = re.compile("(?:ung|heit|keit|schaft|tion|ismus|ungen|tionen)$")
_NOMINAL = re.compile("(?:[aä]re|ive|ale|ierte|ente|ante)[rn]?$")  # an adjective as a noun
_MOST = 8  # words of a name
_PARTICLES = 3  # one more than words between two surnames


class Reader:
    """Reads German runs, in which ordinary nouns have capitals as well."""

    def __init__(self, words: Words, is_kin: Callable[[str], bool]) -> None:
        self.words = words
        self._is_kin = is_kin
        self._weak = listed("de", "weak")

    def read(self, run: str) -> Iterator[Piece]:
        """The pieces of a run, in order; they do not overlap."""
        if run.isalpha():
            yield from self._alone(run)
            return
        found = tokens(run.replace("\n", " "), self.words)
        place = 0
        office = ""
        while place < len(found):
            pieces, after = self._next(found, place)
            before = found[place - 1].text if place else ""
            for piece in pieces:
                yield replace(piece, office=office if piece.kind in ("person", "") else "", before=before)
            office = "" if pieces else self._office(found[place], office)
            place = after

    def _alone(self, run: str) -> Iterator[Piece]:
        """A run of one word: most are, and most readings are about two."""
        word = Word(0, len(run), run, self.words.kinds(run))
        piece, _after = self._single([word], 0)
        if piece is not None:
            yield piece
        else:
            yield from self._opening(word)

    def _opening(self, word: Word) -> Iterator[Piece]:
        """Where a long name may begin with the word."""
        opens_phrase = stem(word.text) in starters("de") or (word.kinds & HEAD and is_long_head(word.text))
        if opens_phrase and not _is_plural_role(word):
            yield Piece(word.start, word.end, word.start, word.end, "", LONG)

    def _office(self, word: Word, office: str) -> str:
        if word.kinds & OFFICE or word.text in table("de")["titles"].split():
            return word.text
        return office if is_small(word) else ""

    def _next(self, found: list[Word], place: int) -> tuple[tuple[Piece, ...], int]:
        for reading in (
            self._phrase,
            foreign.organisation,
            foreign.family,
            self._person,
            self._apposed,
            self._attributed,
            self._opened,
            self._single,
        ):
            piece, after = reading(found, place)
            if piece is not None:
                return (piece,), after
        word = found[place]
        if HYPHEN.search(word.text) and word.text[0].isupper():
            return tuple(hyphenated(word, self.words, self._is_kin)), place + 1
        return tuple(self._opening(word)), place + 1

    def _phrase(self, found: list[Word], place: int) -> Reading:
        if "-" in found[place].text or _is_plural_role(found[place]):
            return None, place
        return phrase(found, place, "de")

    def _opened(self, found: list[Word], place: int) -> Reading:
        """A name after a word that opens names: San Isidro, El Fasher."""
        first = found[place].text
        after = place + 1
        while after < len(found) and joins_surnames(found[after].text):
            after += 1  # Isla del Rey
        if after == len(found) or is_small(found[after]) or found[after].kinds & ORDINARY:
            return None, place
        after += 1
        if opens_place(first):
            return piece_of(found[place:after], "place", SURE), after
        if not opens_either(first):
            return None, place
        while after < min(len(found), place + _MOST) and self._goes_on(found[after - 1], found[after]):
            after += 1
        return piece_of(found[place:after], "", DOUBT), after

    def _apposed(self, found: list[Word], place: int) -> Reading:
        """A name after a noun that says what it is: Hauptstadt Nursultan, Nachrichtenagentur RBC."""
        if not place or not found[place - 1].kinds & NOUN or found[place - 1].kinds & GENITIVE:
            return None, place
        word, plain = found[place], folded(found[place - 1].text)
        if word.kinds & (ORDINARY | GENITIVE | NAME) or len(word.text) < 3:
            return None, place
        if "-" in word.text and self.words.kinds(HYPHEN.split(word.text)[-1]) & ORDINARY:
            return None, place
        for kind, key in (("place", "places_follow"), ("organisation", "organisations_follow")):
            if ends_in(plain, listed("de", key)):
                after = foreign.until_ordinary(found, place + 1, place + 3)
                return piece_of(found[place:after], kind, SURE), after
        return None, place

    def _attributed(self, found: list[Word], place: int) -> Reading:
        """A capital adjective and a noun: Eurasische Wirtschaftsunion, Frankfurter Rundschau, Schwarzes Meer."""
        head = int(folded(found[place].text) in listed("de", "joining_heads"))
        after = place + head
        while after < min(len(found), place + _MOST) and is_attribute(found[after]):
            after += 1
        if after == place + head:
            return self._of_town(found, place)
        if after < len(found) and found[after].kinds & NOUN:
            kind = "organisation" if head else _noun_kind(folded(found[after].text), found[after].kinds)
            if kind:
                return piece_of(found[place : after + 1], kind, INSIDE), after + 1
        return None, place

    def _of_town(self, found: list[Word], place: int) -> Reading:
        word = found[place]
        if not word.kinds & DEMONYM or not word.text.endswith("er") or place + 1 == len(found):
            return None, place
        plain = folded(found[place + 1].text)
        for key, kind in (("town_heads", "organisation"), ("town_events", "other")):
            if is_one_of(plain, listed("de", key)):
                return piece_of(found[place : place + 2], kind, SURE), place + 2
        return None, place

    def _person(self, found: list[Word], place: int) -> Reading:
        first = found[place]
        is_initial = len(first.text) == 2 and first.text[1] == "."
        if not (is_initial or self._is_given(first)):
            return None, place
        after = place + 1
        if first.kinds & ORDINARY and after < len(found) and is_small(found[after]):
            return None, place
        last = min(len(found) - 1, place + _MOST)
        while after < last and (self._is_given(found[after]) or found[after].text[-1] == "."):
            after += 1
        names = after
        while after < last and is_small(found[after]):
            after += 1
        if after > names > place + 1 and is_plain(found[after]):
            return piece_of(found[place:names], "person", SURE), names  # Daniel Morris von der Opposition
        if after >= len(found) or not self._may_be_surname(found[place], found[after]):
            return None, place
        if names > place + 1 and found[after].kinds & NOUN and not found[after].kinds & (SURNAME | PERSON):
            return piece_of(found[place:names], "person", SURE), names  # Danielle Smith Unterschriften
        after = _more_surnames(found, after + 1)
        return piece_of(found[place:after], "person", SURE), after

    def _is_given(self, word: Word) -> bool:
        if word.kinds & (GENITIVE | STOP | ACRONYM | OFFICE) or is_small(word) or opens_place(word.text):
            return False
        if "-" not in word.text:
            return bool(word.kinds & GIVEN) or opens_person(word.text)
        kinds = [self.words.kinds(part) for part in HYPHEN.split(word.text)]
        if word.text[0].islower() or len(kinds) != 2 or (kinds[0] | kinds[1]) & ORDINARY:
            return False
        return bool(kinds[0] & GIVEN or (kinds[0] & FOREIGN and not word.kinds & NAME))

    def _may_be_surname(self, first: Word, last: Word) -> bool:
        named = last.kinds & (SURNAME | PERSON)
        if is_small(last) or (last.kinds & (STOP | OFFICE | ACRONYM) and not named):
            return False
        if "-" in last.text and last.text[0].isupper() and self.words.kinds(HYPHEN.split(last.text)[-1]) & NOUN:
            return False
        if last.kinds & NOUN and not named and self._is_owner(first.text, last.text):
            return False
        if first.kinds & CITY and not named and is_listed_noun(folded(last.text)):
            return False  # in Arlington Kränze
        if first.kinds & (ORDINARY | (NAME & ~PERSON)):
            is_name = not last.kinds & (ORDINARY | PLACE) or bool(last.kinds & PERSON)
            return is_name and not (first.kinds & PLACE and last.kinds & CITY)
        return not last.kinds & NAME or bool(last.kinds & (PERSON | GIVEN | SURNAME))

    def _is_owner(self, first: str, noun: str) -> bool:
        """Is the first word rather a genitive before a noun (Lis Befragung) than a given name?"""
        stripped = first.removesuffix("s")
        return _ABSTRACT.search(noun) is not None or (
            stripped != first and bool(self.words.kinds(stripped) & (GIVEN | SURNAME))
        )

    def _single(self, found: list[Word], place: int) -> Reading:
        word = found[place]
        if is_small(word) or (HYPHEN.search(word.text) and word.text[0].isupper()):
            return None, place
        kinds, after = word.kinds, place + 1
        if kinds & NAME and not kinds & STOP and not self._is_weak(word):
            if kinds & PLACE and self._is_kin(word.text):
                return piece_of([word], "", DOUBT), after
            return piece_of([word], kind_of(kinds), SURE), after
        if kinds & ACRONYM:
            return _acronym(found, place)
        if kinds & PLACE and not kinds & (STOP | DEMONYM | GENITIVE) and not self._is_kin(word.text):
            return piece_of([word], "place", PLACED), after
        if kinds & ORDINARY:
            return self._ordinary(word), after
        is_short = len(word.text) < 3 and not self._is_kin(word.text)
        if is_short or word.text[-1] == "." or (place + 1 < len(found) and foreign.is_role(word.text)):
            return None, place
        while after < min(len(found), place + _MOST) and self._goes_on(found[after - 1], found[after]):
            after += 1
        return piece_of(found[place:after], "", DOUBT), after

    def _is_weak(self, word: Word) -> bool:
        plain = folded(word.text)
        return plain in self._weak or plain.removesuffix("s") in self._weak

    def _goes_on(self, word: Word, other: Word) -> bool:
        if is_small(other) or (word.kinds & GENITIVE and (word.kinds & NAME or not _looks_like_name(other))):
            return False
        if other.kinds & GIVEN and not word.kinds and _NOMINAL.search(word.text):
            return False  # der Libertäre Johannes Kaiser
        if HYPHEN.search(other.text) and other.text[0].isupper():
            parts = HYPHEN.split(other.text)
            return not any(self.words.kinds(part) & ORDINARY or len(part) < 3 for part in parts)
        return not other.kinds & (ORDINARY | (NAME & ~PERSON) | ACRONYM) and len(other.text) > 2

    def _ordinary(self, word: Word) -> Piece | None:
        """A compound with the name of a place, or a word that is also the surname of somebody in these texts."""
        found = None if word.kinds & (DEMONYM | STOP) else solid(word)
        if found is None and self._is_kin(word.text):
            return piece_of([word], "person", DOUBT)
        return found


def _more_surnames(found: Sequence[Word], after: int) -> int:
    """The place after the surnames that go on from `after`: Vargas Llosa, Rebelo de Sousa."""
    if found[after - 1].kinds & GENITIVE or after == len(found):
        return after
    if is_second_surname(found[after]):
        after += 1
    rest = [is_small(word) for word in found[after : after + _PARTICLES]]
    small = rest.index(False) if False in rest else 0
    if not 0 < small < _PARTICLES or not joins_surnames(found[after].text):
        return after
    other = found[after + small]
    is_next_person = other.kinds & GIVEN and len(found[after].text) == 1  # Marta y Elvira
    return after + small + 1 if is_second_surname(other) and not is_next_person else after


def _acronym(found: list[Word], place: int) -> Reading:
    if found[place].text in table("de")["no_acronyms"].split():
        return None, place
    after = place + 1
    while after < len(found) and found[after].kinds & ACRONYM and len(found[after].text) == 2:
        after += 1  # RT DE
    return piece_of(found[place:after], "organisation", INSIDE), after


def _looks_like_name(word: Word) -> bool:
    return bool(word.kinds & (FOREIGN | SURNAME | GIVEN | CITY)) or likeness(folded(word.text)) > 1


def _is_plural_role(word: Word) -> bool:
    """Does a plural open a list of names: Volksrepubliken Donezk und Lugansk?"""
    plain = folded(word.text)
    return plain.endswith("en") and bool(word.kinds & NOUN) and plain in listed("de", "places_follow")


def is_long_head(word: str) -> bool:
    """May a long name go on after the word: Institut für …, Rat der …?"""
    return ends_in(folded(word), listed("de", "long_heads"))


def _noun_kind(plain: str, kinds: int) -> str:
    if kinds & HEAD:
        return "organisation"
    if ends_in(plain, listed("de", "geography")):
        return "place"
    return "other" if ends_in(plain, listed("de", "events")) else ""
