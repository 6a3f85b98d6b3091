"""Why two names may be one: a link for each piece of evidence, with its strength and its reason.

Nothing compares all pairs: names meet in tables, under keys, in blocks and beside each other in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from tolmach.messages import _
from tolmach.names.variants import acronyms, bearers, known
from tolmach.names.variants.acronyms import Agreement
from tolmach.names.variants.explanation import alone
from tolmach.names.variants.gathering import Name
from tolmach.names.variants.likeness import (
    LONG,
    WORD,
    common_kind,
    fitting,
    is_comparable,
    is_given,
    is_worth,
    letters,
    needed,
    spoken,
    surnames_alike,
    table,
)
from tolmach.transcription.established import fold, same

_ONE_LETTER = re.compile(r"(?<!\w)\w-|-\w(?!\w)")  # E-Lisa is not Elisa
_MANY = 6  # names of one key that are linked one by one
_FEWEST = 4  # letters of a stem and of the last part of an office
_INITIALS = 3  # letters of an acronym that is found by them alone
_BLOCK = 4  # names of a block that meet without further words


@dataclass(frozen=True, slots=True)
class Link:
    """The names at two places of a list are one with the probability `strength`; `why` is the kind of evidence."""

    left: int
    right: int
    strength: float
    why: str
    reason: str


def links(names: Sequence[Name]) -> Iterator[Link]:
    """All links between names, whatever speaks against them."""
    for find in (_spelled_alike, _established, _long_forms, _acronyms, _initials, _compared, _offices):
        yield from find(names)


def _spelled_alike(names: Sequence[Name]) -> Iterator[Link]:
    def key(name: Name) -> str:
        return "" if acronyms.is_short(name.base) or _ONE_LETTER.search(name.base) else letters(spoken(name))

    bearing = _given_by_surname(names)
    for left, right in _sharing(names, key):
        accents = names[left].base.casefold() != names[right].base.casefold()
        if accents and len(bearing.get(letters(names[left].base), ())) > 1:
            continue  # Jennifer Lopez and Mario López
        yield Link(left, right, 0.95 if accents else 0.99, "spelling", _("the same letters"))


def _given_by_surname(names: Sequence[Name]) -> dict[str, set[str]]:
    """The first parts of the full names of each surname: how many persons bear it."""
    found: dict[str, set[str]] = {}
    for name in names:
        if name.kind == "person" and bearers.is_full(name.base):
            parts = bearers.parts(name.base)
            found.setdefault(parts[-1], set()).add(parts[0])
    return found


def _sharing(names: Sequence[Name], key: Callable[[Name], str]) -> Iterator[tuple[int, int]]:
    """Pairs of fitting names with one key, neighbours only: all of a key hang together."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if value := key(name):
            found.setdefault(value, []).append(place)
    for places in found.values():
        for left, right in combinations(places, 2) if len(places) < _MANY else pairwise(places):
            if fitting(names[left], names[right]):
                yield left, right


@lru_cache(maxsize=1 << 17)
def aliases(base: str, kind: str = "organisation") -> tuple[str, ...]:
    """The name itself, and the Russian original of a transcribed long form or of a town that no table knows.

    >>> aliases("Dnepropetrowsk", "place"), aliases("Belarus", "place")
    (('Dnepropetrowsk', 'Днепропетровск'), ('Belarus',))
    """
    if kind == "place":
        found = () if known.entities(base) else alone(base, kind)[:1]
        return (base, *(one.original for one in found))
    original = acronyms.russian(base) if kind != "person" and len(WORD.findall(base)) >= LONG else ""
    return (base, original) if original else (base,)


def _established(names: Sequence[Name]) -> Iterator[Link]:
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for entity in sorted({entity for alias in aliases(name.base, name.kind) for entity in known.entities(alias)}):
            found.setdefault(entity, []).append(place)
    seen: set[tuple[int, int]] = set()
    for places in found.values():
        for pair in combinations(places, 2):
            if pair not in seen and fitting(names[pair[0]], names[pair[1]]):
                seen.add(pair)
                yield from _established_pair(names, *pair)


def _established_pair(names: Sequence[Name], left: int, right: int) -> Iterator[Link]:
    first, second = names[left], names[right]
    if any(is_given(name) or _is_word(name.base) for name in (first, second)):
        return
    if not _meanings(first) & _meanings(second):
        return
    for one in aliases(first.base, first.kind):
        for other in aliases(second.base, second.kind):
            row = same(one, other)
            if row and fold(row.original) in table()["generic"]:
                return
            if row and (row.kind in (first.kind, second.kind) or first.kind == second.kind == "other"):
                reason = _("established names of {original} ({authority})").format(
                    original=row.original, authority=row.authority
                )
                yield Link(left, right, 0.98, "established", reason)
                return


def _is_word(base: str) -> bool:
    """Is the name so short, and no acronym, that it only looks like one: Who, Is, Gus?"""
    return len(base) < _FEWEST and base.isalpha() and not base.isupper() and "\u0041" <= base[0] < "\u0250"


def _meanings(name: Name) -> frozenset[str]:
    return frozenset(
        entity for alias in aliases(name.base, name.kind) for entity in known.entities_in(alias, sorted(name.languages))
    )


@lru_cache(maxsize=1 << 17)
def long_key(base: str) -> str:
    """What long names share that differ in endings and function words only; nothing for names of one word.

    >>> long_key("Vertrages über kollektive Sicherheit") == long_key("Vertrags für Kollektive Sicherheit")
    True
    """
    words = [word.strip(".") for word in WORD.findall(base.casefold())]
    if words and words[-1] in table()["function_words"]:
        return ""  # cut off: News of the
    content = [_stem(word) for word in words if word not in table()["function_words"]]
    return " ".join(content) if len(content) > 1 and len(words) >= LONG else ""


def _stem(word: str) -> str:
    found = next((word.removesuffix(end) for end in table()["endings"] if word.endswith(end)), word)
    return found if len(found) >= _FEWEST else word


def _long_forms(names: Sequence[Name]) -> Iterator[Link]:
    def key(name: Name) -> str:
        return "" if name.kind == "person" else long_key(aliases(name.base)[-1])

    for left, right in _sharing(names, key):
        reason = _("the long forms differ in endings and small words only")
        yield Link(left, right, 0.93, "long form", reason)


def _acronyms(names: Sequence[Name]) -> Iterator[Link]:
    """Short and long forms that a text sets side by side."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name.base, []).append(place)
    for place, name in enumerate(names):
        for companion in sorted(name.companions):
            for other in places.get(companion, ()):
                if other != place and fitting(name, names[other]):
                    yield _beside(names, *sorted((place, other)))


def _beside(names: Sequence[Name], left: int, right: int) -> Link:
    short, long = names[left].base, names[right].base
    if not acronyms.is_short(short):
        short, long = long, short
    found = acronyms.agreement(short, long) if acronyms.is_short(short) else Agreement.NONE
    if found is Agreement.TURNED:
        reason = _("{short} stands beside {long}, whose initials are {initials}").format(
            short=short, long=long, initials=acronyms.expected(short, long)
        )
        return Link(left, right, 0.9, "acronym", reason)
    strength = {Agreement.EXACT: 0.98, Agreement.INSIDE: 0.95}.get(found, 0.75)
    return Link(left, right, strength, "acronym", _("{short} stands beside {long}").format(short=short, long=long))


def _initials(names: Sequence[Name]) -> Iterator[Link]:
    """Short and long forms of one text whose letters agree, if there is no choice."""
    chosen: dict[int, list[int]] = {}
    shorts = [place for place, name in enumerate(names) if _may_be_initials(name)]
    by_letters: dict[str, list[int]] = {}
    for place in shorts:
        by_letters.setdefault(names[place].base.casefold(), []).append(place)
    for place, name in enumerate(names):
        if name.kind in ("person", "place") or not long_key(name.base):
            continue
        for initials in acronyms.initials(name.base):
            for short in by_letters.get(initials, ()):
                if names[short].sources.keys() & name.sources.keys():
                    chosen.setdefault(short, []).append(place)
    for short, longs in sorted(chosen.items()):
        if len({long_key(names[long].base) for long in longs}) == 1:
            for long in longs:
                reason = _("{short} are the initials of {long}").format(short=names[short].base, long=names[long].base)
                yield Link(min(short, long), max(short, long), 0.85, "acronym", reason)


def _may_be_initials(name: Name) -> bool:
    return len(name.base) >= _INITIALS and acronyms.is_short(name.base) and name.kind not in ("person", "place")


def _compared(names: Sequence[Name]) -> Iterator[Link]:
    from tolmach.names.blocking import Index
    from tolmach.names.compare import compare_all

    chosen = [place for place, name in enumerate(names) if is_comparable(name)]
    index = Index((names[place].base for place in chosen), limit=_BLOCK)
    pairs: dict[str, list[tuple[int, int]]] = {}
    for first, second in index.pairs():
        place, other = chosen[first], chosen[second]
        if is_worth(names[place], names[other]):
            pairs.setdefault(common_kind(names[place], names[other]), []).append((place, other))
    for kind, found in sorted(pairs.items()):
        asked = ((spoken(names[left]), spoken(names[right])) for left, right in found)
        for (left, right), comparison in zip(found, compare_all(asked, kind), strict=True):
            if comparison.score >= needed(names[left], names[right]):
                yield Link(left, right, comparison.score, "sound", comparison.reason)


def _offices(names: Sequence[Name]) -> Iterator[Link]:
    """Two surnames that look alike, of one given name and one office: probably one person, misspelt once."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for place, name in enumerate(names):
        if name.kind == "person" and name.offices and bearers.is_full(name.base):
            given, *_others, surname = bearers.parts(name.base)
            found.setdefault((given, surname[:1], surname[-2:]), []).append(place)
    for places in found.values():
        for left, right in combinations(places, 2):
            office = _common_office(names[left], names[right])
            if office and surnames_alike(bearers.parts(names[left].base)[-1], bearers.parts(names[right].base)[-1]):
                reason = _("the same given name and office ({office}), and surnames that look alike").format(
                    office=office
                )
                yield Link(left, right, 0.8, "office", reason)


def _common_office(left: Name, right: Name) -> str:
    """The office of both, or the last part that the compounds share (Geheimdienstchef, Staatssicherheitschef)."""
    if left.sources.keys() & right.sources.keys():
        return ""
    pairs = ((one, other) for one in sorted(left.offices) for other in sorted(right.offices))
    return next((office for one, other in pairs if (office := _common_end(one, other))), "")


def _nominative(office: str) -> str:
    """The office without the ending of another case (Präsidenten, Ministers), as far as two are compared."""
    lowered = office.casefold()
    return next((lowered.removesuffix(end) for end in ("en", "s") if lowered.endswith(end)), lowered)


def _common_end(left: str, right: str) -> str:
    first, second = _nominative(left), _nominative(right)
    if first == second:
        return min(left, right, key=len)
    if any(deputy in first or deputy in second for deputy in table()["deputies"]):
        return ""
    shared = 0
    while shared < min(len(first), len(second)) and first[-shared - 1] == second[-shared - 1]:
        shared += 1
    return f"-{first[-shared:]}" if shared >= _FEWEST else ""
