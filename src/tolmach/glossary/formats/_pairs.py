"""What the formats of word pairs share: which forms stand side by side, and concepts made of pairs again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tolmach.config import LANGUAGE_CODE, primary
from tolmach.errors import TolmachError
from tolmach.glossary.formats import Entry, Incoming
from tolmach.glossary.formats._tables import Row
from tolmach.glossary.formats._termbase import settle
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.messages import _

_BLANKS = re.compile(r"\s+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FORBIDDEN = "forbidden"
READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Pair:
    """A form and its translation; `forbidden` when just this translation is unwanted."""

    concept: Concept
    source: Designation
    target: Designation

    @property
    def forbidden(self) -> bool:
        """Is this a translation that must not be used?"""
        return not self.target.status.wanted


def pairs(concepts: Iterable[Concept], languages: Sequence[str], *, unwanted: bool = False) -> Iterator[Pair]:
    """Every wanted form in the first language with the house form in the second: acronym for acronym, long for long.

    With `unwanted` also the preferred form with each translation that is unwanted. A form stands only once as a source,
    but for those.
    """
    first, second = (primary(language) for language in languages)
    seen: set[str] = set()
    for concept in concepts:
        wanted = sorted(concept.wanted(first), key=lambda entry: entry.status is not Status.PREFERRED)
        for source in wanted:
            target = _partner(concept, second, source)
            if target is not None and folded(source.form) not in seen:
                seen.add(folded(source.form))
                yield Pair(concept, source, target)
        if unwanted and wanted:
            for target in concept.designations.get(second, ()):
                if target.form and not target.status.wanted:
                    yield Pair(concept, wanted[0], target)


def _partner(concept: Concept, language: str, source: Designation) -> Designation | None:
    for acronym in (source.is_acronym, None):
        if found := concept.preferred(language, acronym=acronym):
            return found
    return next(iter(concept.wanted(language)), None)


def used(found: Iterable[Pair], languages: Sequence[str]) -> tuple[tuple[str, str, Designation], ...]:
    """The designations that stand in the pairs."""
    first, second = (primary(language) for language in languages)
    both = (
        (pair.concept.id, code, one) for pair in found for code, one in ((first, pair.source), (second, pair.target))
    )
    return tuple(dict.fromkeys(both))


def folded(text: str) -> str:
    """The text on one line, with single blanks."""
    return _BLANKS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Read:
    """A pair as read, with what else the file says; `left_out` says why it does not count, with {text} for its form."""

    line: int
    source: str
    target: str
    id: str = ""
    note: str = ""
    flags: frozenset[str] = frozenset()
    left_out: str = ""


@dataclass
class _Joining:
    """Pairs put together: the same id, the same source or the same translation is the same concept."""

    languages: tuple[str, str]
    entries: list[Entry] = field(default_factory=list)
    homes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, dict[tuple[str, int], int]] = field(default_factory=dict)
    met: set[tuple[int, str, str]] = field(default_factory=set)

    def add(self, pair: Read) -> None:
        keys = [("id", pair.id)] if pair.id else [(pair.source, ""), ("", pair.target)]
        table = next((self.homes[key] for key in keys if key in self.homes), None)
        if table is None:
            table = self._new(pair)
        if FORBIDDEN not in pair.flags:
            for key in keys:
                self.homes.setdefault(key, table)
        elif pair.id:
            self.homes.setdefault(keys[0], table)
        status = {"status": "forbidden"} if FORBIDDEN in pair.flags else {}
        for language, form, more in zip(self.languages, (pair.source, pair.target), ({}, status), strict=True):
            self._put(table, language, {"form": form, **more}, pair.line)

    def _new(self, pair: Read) -> dict[str, Any]:
        table: dict[str, Any] = {"id": pair.id} if pair.id else {}
        if pair.note:
            table["note"] = pair.note
        if READ_ONLY in pair.flags:
            table["do_not_translate"] = True
        lines: dict[tuple[str, int], int] = {}
        self.lines[id(table)] = lines
        self.entries.append(Entry(table, pair.line, lines))
        return table

    def _put(self, table: dict[str, Any], language: str, designation: dict[str, str], line: int) -> None:
        known = table.setdefault(language, [])
        if (place := (id(table), language, designation["form"])) not in self.met:
            self.met.add(place)
            self.lines[id(table)][language, len(known)] = line
            known.append(designation)


def joined(found: Iterable[Read], languages: Sequence[str]) -> list[Entry]:
    """The concepts of pairs; a pair without one side is none."""
    first, second = (primary(language) for language in languages)
    joining = _Joining((first, second))
    left_out = []
    for pair in found:
        if pair.source and pair.target and not pair.left_out:
            joining.add(pair)
        elif pair.source or pair.target:
            why = pair.left_out or _("a form in one language only: {text}")
            left_out.append(Entry({}, pair.line, left_out=why.format(text=(pair.source or pair.target)[:80])))
    for entry in joining.entries:
        settle(entry.table)
    return [*joining.entries, *left_out]


def two(source: Incoming) -> tuple[str, str]:
    """The two languages that the user has named; raises TolmachError otherwise."""
    if len(source.languages) != 2:
        raise TolmachError(
            _("the file does not say which languages it has"), path=source.path, hint=_("name two: --languages de,ru")
        )
    first, second = source.languages
    return first, second


def identity(text: str) -> str:
    """The id that a file gives, if it is one of a glossary: of `tokayev/Токаева` the part before the stroke."""
    name = text.partition("/")[0].strip()
    return name if _ID.fullmatch(name) else ""


def heading(row: Row) -> dict[str, int]:
    """The columns of a heading by their names in small letters."""
    return {row.cell(place).lower(): place for place in reversed(range(len(row.cells))) if row.cell(place)}


def is_language(cell: str) -> bool:
    """Is the cell of a heading a language code?"""
    return bool(LANGUAGE_CODE.fullmatch(cell))
