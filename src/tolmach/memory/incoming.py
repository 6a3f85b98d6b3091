"""Reviewed translations from elsewhere brought into a PO file of the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.errors import TolmachError
from tolmach.files import locked, write_atomic
from tolmach.memory import po
from tolmach.memory.lookup import Memory
from tolmach.memory.merge import same_languages
from tolmach.memory.model import Entry
from tolmach.messages import _
from tolmach.text.identity import fold

if TYPE_CHECKING:
    import polib

MOST = 100_000
"""Units in a PO file; more are for an index, not for people."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A translation that was left out because the house has another one."""

    entry: Entry
    kept: str


@dataclass(slots=True)
class Tally:
    """What became of the units: `added`, the `same` as known, `drafts` left out, `conflicts` with what is known."""

    added: int = 0
    same: int = 0
    drafts: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def bring(
    path: Path,
    source_language: str,
    target_language: str,
    entries: Iterable[Entry],
    house: Memory,
    *,
    write: bool,
    drafts: bool = False,
) -> Tally:
    """Add the reviewed entries to the PO file at `path`, unless the `house` has the sentence already.

    With `drafts` those that are not reviewed are added, too, marked fuzzy and with their signature.
    Nothing that a person has reviewed or changed is replaced. Raises TolmachError for a malformed file, one from
    another language, and for more than 100,000 units.
    """
    if not write:
        return _added(_opened(path, source_language, target_language), entries, house, drafts)
    with locked(path.parent):
        file = _opened(path, source_language, target_language)
        tally = _added(file, entries, house, drafts)
        if tally.added:
            write_atomic(path, po.render(file))
    return tally


def _opened(path: Path, source_language: str, target_language: str) -> polib.POFile:
    if not path.exists():
        return po.new_file(source_language, target_language)
    file = po.read(path)
    same_languages(file, path, source_language)
    return file


def _added(file: polib.POFile, entries: Iterable[Entry], house: Memory, drafts: bool) -> Tally:
    tally = Tally()
    known = {fold(entry.msgid): entry for entry in file}
    for entry in entries:
        if not (entry.reviewed or drafts) or not fold(entry.source):
            tally.drafts += 1
            continue
        there = known.get(fold(entry.source))
        if there is None or po.is_ours(there):
            _add(file, known, entry, house, tally)
        else:
            _compare(tally, entry, there.msgstr)
        if tally.added > MOST:
            raise TolmachError(
                _("more than {count} units are too many for a PO file").format(count=MOST),
                path=entry.path,
                hint=_("leave the file as it is and name it with --memory"),
            )
    return tally


def _compare(tally: Tally, entry: Entry, kept: str) -> None:
    if fold(kept) == fold(entry.target):
        tally.same += 1
    else:
        tally.conflicts.append(Conflict(entry, kept))


def _add(file: polib.POFile, known: dict[str, polib.POEntry], entry: Entry, house: Memory, tally: Tally) -> None:
    import polib

    match = house.exact(entry.source)
    if match is not None and match.reviewed:
        _compare(tally, entry, match.target)
        return
    there = known.get(fold(entry.source))
    if there is None:
        there = known[fold(entry.source)] = polib.POEntry(msgid=entry.source)
        file.append(there)
    there.msgstr, there.obsolete = entry.target, False
    there.occurrences = [po.reference(Path(entry.path).name, entry.line)]
    if entry.reviewed:
        po.set_reviewed(there)
    else:
        po.set_draft(there, entry.target, entry.signature)
    tally.added += 1
