"""Names that are known to belong together, or apart: the towns of a gazetteer, and given names.

`comparison/places.npz` holds the names of some 14,000 towns from Lithuania to Mongolia, as numbers only: a CRC-32 of
each plain spelling and the town's place in the list. Source: GeoNames (geonames.org), CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tolmach.names.comparison.spelling import SEPARATOR, is_cyrillic, language, plain

if TYPE_CHECKING:
    from tolmach.transcription.system import System

SHARED, SHORT, UNKNOWN, STRANGERS = 1.0, 0.5, 0.0, -1.0
_NONE: frozenset[int] = frozenset()
_NOBODY: frozenset[str] = frozenset()
_ONE_E = str.maketrans("ёэ", "ее")  # Russian spellings of one name waver between these


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The numbers of all spellings, in order, and the town that each belongs to; a spelling may have several."""

    spellings: npt.NDArray[np.uint32]
    towns: npt.NDArray[np.uint16]

    def relations(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """For each pair of plain spellings: SHARED for names of one town, STRANGERS for towns that share no name."""
        numbers = np.fromiter((number(spelling) for pair in pairs for spelling in pair), np.uint32, 2 * len(pairs))
        start = np.searchsorted(self.spellings, numbers, "left").reshape(-1, 2)
        end = np.searchsorted(self.spellings, numbers, "right").reshape(-1, 2)
        found = np.full(len(pairs), UNKNOWN, np.float32)
        for place in np.nonzero((end > start).all(axis=1))[0]:
            left, right = (set(self.towns[start[place, side] : end[place, side]].tolist()) for side in range(2))
            shared = left & right
            # Towns stand in the order of their size. What only a smaller town is called, too, proves nothing:
            # Samarkand is a former name of Temirtau, but means another town.
            if not shared:
                found[place] = STRANGERS
            elif min(left) in shared and min(right) in shared:
                found[place] = SHARED
        return found


def number(spelling: str) -> int:
    """The number that the gazetteer keeps of a plain spelling."""
    return crc32(spelling.encode())


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    content = resources.files("tolmach.names.comparison").joinpath("places.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return Gazetteer(stored["spellings"], stored["towns"])


@dataclass(frozen=True, slots=True)
class GivenNames:
    """The rows of comparison/given_names.tsv that each plain spelling stands in, as a full name and as a short one."""

    full: dict[str, frozenset[int]]
    short: dict[str, frozenset[int]]

    def relation(self, left: str, right: str) -> float:
        """SHARED for spellings of one name, SHORT if one is a short form, STRANGERS for known names of two rows."""
        first, second = self.full.get(left, _NONE), self.full.get(right, _NONE)
        if first & second:
            return SHARED
        first, second = first | self.short.get(left, _NONE), second | self.short.get(right, _NONE)
        if not first or not second:
            return UNKNOWN
        return SHORT if first & second else STRANGERS


@cache
def given_names() -> GivenNames:
    """The shipped given names."""
    table = resources.files("tolmach.names.comparison").joinpath("given_names.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.split("\n") if line and line[0] != "#"][1:]
    full: dict[str, frozenset[int]] = {}
    short: dict[str, frozenset[int]] = {}
    for place, (latin, cyrillic, shorter) in enumerate(rows):
        for forms, spellings in ((full, f"{latin} {cyrillic}"), (short, shorter)):
            for form in map(plain, spellings.split()):
                forms[form] = forms.get(form, _NONE) | {place}
    return GivenNames(full, short)


@cache
def _listed() -> frozenset[str]:
    """The plain spellings, of one word, of all established names and given names."""
    from tolmach.transcription.established import rows

    names = map(plain, {name for row in rows() for name in (row.original, row.form)})
    return frozenset(name for name in (*names, *given_names().full) if SEPARATOR not in name)


def _same(left: str, right: str) -> bool:
    from tolmach.transcription.established import same

    return left == right or same(left, right) is not None


@cache
def _persons() -> frozenset[str]:
    """The plain spellings of all established full names of persons."""
    from tolmach.transcription.established import rows

    names = {plain(name) for row in rows() if row.kind == "person" for name in (row.original, row.form)}
    return frozenset(name for name in names if SEPARATOR in name)


def are_known_persons(left: str, right: str) -> bool:
    """Are both plain spellings full names that the tables of established forms have?"""
    return left in _persons() and right in _persons()


@cache
def _surnames() -> dict[str, frozenset[str]]:
    """The Russian originals of the prominent surnames that a plain spelling may be, in any language and system."""
    from tolmach.transcription.established import rows as established
    from tolmach.transcription.restoration.prominent import rows
    from tolmach.transcription.system import systems

    by_language: dict[str, list[System]] = {}
    for system in systems():
        by_language.setdefault(system.source, []).append(system)
    found: dict[str, set[str]] = {}
    for row in rows():
        forms = {row.russian, row.native}
        forms |= {system.word(row.russian.lower()) for system in by_language["ru"]}
        forms |= {system.word(row.native.lower()) for system in by_language.get(row.language, ())}
        for form in forms:
            found.setdefault(_key(form), set()).add(row.russian)
    for person in established():
        if (person.kind, person.source, person.relation) == ("person", "ru", "native") and " " in person.form:
            original = person.original.split()[-1]
            for form in (original, person.form.split()[-1]):
                found.setdefault(_key(form), set()).add(original)
    return {form: frozenset(names) for form, names in found.items()}


def _key(spelling: str) -> str:
    return plain(spelling).translate(_ONE_E)


def surname(left: str, right: str) -> str:
    """The Russian original of the prominent surname that both plain spellings are written for, empty if none is.

    >>> surname("zichanouskaja", "тихановская")
    'Тихановская'
    """
    known = _surnames()
    first = known.get(left.translate(_ONE_E))
    return min(first & known.get(right.translate(_ONE_E), _NOBODY), default="") if first else ""


def is_another(left: str, right: str) -> bool:
    """Is one plain spelling that of a prominent surname, and the other, in Russian letters, that of another one?

    >>> is_another("tokajew", "тукаев"), is_another("tokajew", "токаев"), is_another("tokajew", "токаева")
    (True, False, False)
    """
    if is_cyrillic(left) == is_cyrillic(right):
        return False
    latin, cyrillic = (right, left) if is_cyrillic(left) else (left, right)
    originals = _surnames().get(latin)
    if not originals or language(cyrillic) != "ru":
        return False
    written = cyrillic.translate(_ONE_E)
    return not any(
        written in (name, f"{name}а", f"{name[:-2]}ая") or name in (f"{written}а", f"{written[:-2]}ая")
        for name in map(_key, originals)
    )


def relations(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
    """What is known of each pair of plain spellings: a column for towns, for given names, and for names of any kind."""
    towns = gazetteer().relations(pairs)
    given = given_names()
    named = np.fromiter((given.relation(left, right) for left, right in pairs), np.float32, len(pairs))
    listed = _listed()
    known = np.fromiter(
        (
            STRANGERS if left in listed and right in listed and not _same(left, right) else UNKNOWN
            for left, right in pairs
        ),
        np.float32,
        len(pairs),
    )
    known[(towns > 0) | (named > 0)] = UNKNOWN
    return np.stack([towns, named, known], axis=1)
