"""Names before they are linked: in base forms, and of one kind each unless two things share a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.names.variants import acronyms, bearers, known
from tolmach.names.variants.declension import undeclined
from tolmach.names.variants.gathering import Name
from tolmach.names.variants.inflection import uninflected
from tolmach.names.variants.likeness import is_transcription, letters

_LONG_SURNAME = 5
_PERSON, _OTHER = "person", "other"


def settled(names: Iterable[Name]) -> list[Name]:
    """The names in order, of one kind each where nothing shows that a person and a place share a name.

    The tables know kinds, and a surname of a full name is a person's; else the most frequent kind decides.
    """
    by_base: dict[str, list[Name]] = {}
    for name in sorted(names, key=lambda one: one.key):
        by_base.setdefault(name.base, []).append(name)
    people = _parts_of_people(by_base)
    found = _of_one_kind([one for group in by_base.values() for one in _of_one_base(group, people)], people)
    return sorted(_merged(undeclined(uninflected(found))), key=lambda one: one.key)


def _merged(names: Iterable[Name]) -> list[Name]:
    """The names, those whose base has become the same put together."""
    found: dict[tuple[str, str], Name] = {}
    for name in names:
        if name.key in found:
            found[name.key].absorb(name)
        else:
            found[name.key] = name
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _People:
    """Given names and surnames of the full names, without accents and as they are written."""

    parts: set[str]
    written: set[str]


def _parts_of_people(by_base: dict[str, list[Name]]) -> _People:
    people = [
        name.base for group in by_base.values() for name in group if name.kind == _PERSON and bearers.is_full(name.base)
    ]
    full = [bearers.parts(base) for base in people]
    exact = {word.casefold() for base in people for word in (base.split()[-1], base.split()[0])}
    return _People({part for parts in full for part in (parts[-1], parts[0])}, exact)


def _of_one_base(group: list[Name], people: _People) -> list[Name]:
    base = group[0].base
    in_tables = known.kinds(base) - {_PERSON}
    parts = bearers.parts(base)
    is_part = len(parts) == 1 and parts[0] in people.parts and not acronyms.is_short(base)
    if is_part and base.casefold() not in people.written and _usual_kind(group) != _PERSON:
        is_part = False  # Rio is no short form of Mario Río
    found: dict[str, Name] = {}
    usual = _usual_kind(group)
    if is_part and not in_tables:
        usual = _PERSON
    elif in_tables and usual not in in_tables and not is_part:
        usual = min(in_tables)
    for name in group:
        stands = name.kind in (in_tables if name.kind != _PERSON else {_PERSON} if is_part else ())
        kind = name.kind if stands else usual
        merged = found.setdefault(kind, Name(base, kind))
        merged.absorb(name)
    return list(found.values())


def _of_one_kind(names: list[Name], people: _People) -> list[Name]:
    """The names, a word that stands for a person without any full name taken for what it is with other accents.

    `Zvecan` is the town if there is a town `Zvečan`.
    """
    kinds = {letters(name.base): name.kind for name in names if name.kind not in (_PERSON, _OTHER)}
    for name in names:
        if name.kind == _PERSON and " " not in name.base and not (name.offices or bearers.are_given(name.base)):
            parts = bearers.parts(name.base)
            if not (parts and parts[0] in people.parts):
                name.kind = kinds.get(letters(name.base), _PERSON)
    return names


def _usual_kind(group: list[Name]) -> str:
    return max(group, key=lambda one: (one.kind != _OTHER, one.count, one.kind)).kind


def unsaid(names: Sequence[Name]) -> Iterator[Name]:
    """Transcribed surnames of full names that never stand alone, as names without occurrences.

    Through them `Mirziyoyev` of one text meets `Schawkat Mirsijojew` of another one.
    """
    alone = {name.base for name in names}
    for name in names:
        if name.kind == _PERSON and bearers.is_full(name.base):
            surname = bearers.words(name.base)[-1]
            is_new = surname not in alone and len(surname) >= _LONG_SURNAME
            if is_new and is_transcription(surname) and not bearers.are_given(surname):
                alone.add(surname)
                found = Name(surname, _PERSON)
                found.languages += name.languages
                yield found
