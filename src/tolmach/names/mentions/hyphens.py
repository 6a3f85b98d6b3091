"""Names inside German compounds: OVKS-Truppen, Friedrich-Ebert-Stiftung, Kasachstankrise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tolmach.names.mentions.german import ends_in, is_listed_noun
from tolmach.names.mentions.letters import likeness
from tolmach.names.mentions.lists import (
    ACRONYM,
    CITY,
    FOREIGN,
    GIVEN,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    ORGANISATION,
    PLACE,
    STOP,
    SURNAME,
    TOWN,
    folded,
    known_names,
    listed,
    table,
)
from tolmach.names.mentions.tokens import DOUBT, HYPHEN, Piece, Word, kind_of, phrases, stem
from tolmach.names.mentions.words import Words, is_english

_ARTICLES = frozenset(("Al", "El", "Ar", "As", "Asch", "At", "Ad", "An", "Az"))  # Al-Assad
_ADJECTIVE = re.compile("isch(?:e[nrsm]?)?$")
_SHORTEST, _LONGEST = 5, 80  # letters of a name in a solid compound, and of that


@dataclass(frozen=True, slots=True)
class Compound:
    """A hyphenated word: its parts, where each begins, what each is, and how many prefixes (Ex-, Neo-) come first."""

    word: Word
    parts: tuple[str, ...]
    starts: tuple[int, ...]
    kinds: tuple[int, ...]
    first: int

    def piece(self, first: int, last: int, kind: str) -> Piece:
        """The parts from `first` to before `last` as a name."""
        end = self.starts[last - 1] + len(self.parts[last - 1])
        return Piece(self.starts[first], end, self.word.start, self.word.end, kind)


def compound(word: Word, words: Words) -> Compound:
    """The parts of a hyphenated word."""
    parts = tuple(HYPHEN.split(word.text))
    starts = []
    start = word.start
    for part in parts:
        starts.append(start)
        start += len(part) + 1
    first = 0
    while first < len(parts) - 1 and folded(parts[first]) in listed("de", "prefixes"):
        first += 1
    return Compound(word, parts, tuple(starts), tuple(words.kinds(part) if part else ORDINARY for part in parts), first)


def hyphenated(word: Word, words: Words, is_kin: Callable[[str], bool]) -> Iterator[Piece]:
    """The names in a hyphenated word: all of it, or what stands before an ordinary last part."""
    found = compound(word, words)
    parts, kinds, first = found.parts, found.kinds, found.first
    kind = _whole(found)
    if kind:
        yield found.piece(first, len(parts), kind)
    elif kinds[first] & ACRONYM or _is_tail(parts[-1], kinds[-1]):
        yield from _leads(found, is_kin)
    elif not any(kind & ORDINARY for kind in kinds[first:]) or kinds[first] & GIVEN:
        together = kinds[-1] | kinds[first] | FOREIGN * (parts[first] in _ARTICLES)
        yield Piece(found.starts[first], word.end, word.start, word.end, "", DOUBT, kinds=together)


def _is_tail(part: str, kinds: int) -> bool:
    """Is the last part an ordinary word: Nissan-Ableger?"""
    if kinds & (NOUN | STOP | OFFICE) or part[:1].islower():
        return True
    is_unknown = len(part) > _SHORTEST and not kinds & (NAME | GIVEN | SURNAME | CITY | TOWN | FOREIGN)
    return is_unknown and likeness(folded(part)) < 0


def _whole(found: Compound) -> str:
    """The kind of the whole word as one name, empty if it is none."""
    parts, kinds, first = found.parts, found.kinds, found.first
    if all(kind & ACRONYM for kind in kinds):
        return "organisation"
    if kinds[first] & ACRONYM:
        return ""
    joined = folded("-".join(parts[first:]))
    known = known_names("de").get(joined, 0) or known_names("de").get(joined.removesuffix("s"), 0)
    if known:
        return kind_of(known)
    if first == len(parts) - 2 and folded(parts[first]) in listed("de", "directions") and kinds[-1] & PLACE:
        return "place"
    if len(parts) == first + 2 and folded(parts[-1]) in listed("de", "hyphen_places") and not kinds[first] & ORDINARY:
        return "place"
    return "organisation" if _is_house(parts[first:], kinds[first:]) else ""


def _is_house(parts: Sequence[str], kinds: Sequence[int]) -> bool:
    """Is it the name of one body: Friedrich-Ebert-Stiftung, Lewada-Zentrum?"""
    head = folded(parts[-1])
    if len(parts) > 2:
        if not ends_in(head, listed("de", "hyphen_heads")):
            return False
        return any(kind & (GIVEN | SURNAME | FOREIGN | NAME) or not kind & ORDINARY for kind in kinds[:-1])
    if len(parts) != 2 or not ends_in(head, listed("de", "houses")) or kinds[0] & (ORDINARY | ACRONYM | PLACE):
        return False
    return bool(kinds[0] & (FOREIGN | SURNAME | GIVEN | NAME)) or not is_english(folded(parts[0]))


def _leads(found: Compound, is_kin: Callable[[str], bool]) -> Iterator[Piece]:
    parts, kinds, first = found.parts, found.kinds, found.first
    for last in range(len(parts) - 1, first + 1, -1):
        kind = phrases("de").get(tuple(map(stem, parts[first:last])), "")
        known = known_names("de").get(folded("-".join(parts[first:last])), 0)
        if kind or known:
            yield found.piece(first, last, kind or kind_of(known))
            return
    for number in range(first, len(parts) - 1):
        kind = _lead(parts[number], kinds[number])
        if not kind and len(parts) == first + 2 and not kinds[number] & ORDINARY:
            is_person = is_kin(parts[number]) or _leads_person(parts[number], kinds[number], parts[-1])
            kind = "person" if is_person else ""
        if kind:
            yield found.piece(number, number + 1, kind)


def _leads_person(part: str, kinds: int, tail: str) -> bool:
    """Is the first part of Wutschitsch-Regierung a person's name, as far as it and the last part tell?"""
    if not ends_in(folded(tail), listed("de", "person_tails")) or not part.isalpha() or kinds & (CITY | TOWN):
        return False
    plain = folded(part)
    return bool(kinds & (FOREIGN | SURNAME)) or (likeness(plain) > 1 and not is_english(plain))


def _lead(part: str, kinds: int) -> str:
    if kinds & NAME and folded(part) not in listed("de", "weak"):
        return kind_of(kinds)
    return "organisation" if kinds & ACRONYM and part not in table("de")["no_acronyms"].split() else ""


def solid(word: Word) -> Piece | None:
    """The name of a place or body in a solid compound: [Kasachstan]krise."""
    plain = folded(word.text)
    cut = _cut(plain) if len(plain) == len(word.text) <= _LONGEST else 0
    if not cut:
        return None
    return Piece(word.start, word.start + cut, word.start, word.end, kind_of(known_names("de")[plain[:cut]]))


@lru_cache(1 << 16)
def _cut(plain: str) -> int:
    if _ADJECTIVE.search(plain):
        return 0  # Südafrikanische is no Nische
    names, weak = known_names("de"), listed("de", "weak")
    for cut in range(len(plain) - 4, _SHORTEST - 1, -1):
        first, tail = plain[:cut], plain[cut:]
        is_name = names.get(first, 0) & (PLACE | ORGANISATION) and first not in weak
        if is_name and not tail.startswith("er") and tail not in listed("de", "demonyms") and is_listed_noun(tail):
            return cut
    return 0
