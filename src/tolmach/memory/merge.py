"""Writing the translations of one document into its PO file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.errors import TolmachError
from tolmach.files import locked, write_atomic
from tolmach.memory import po
from tolmach.memory.model import Row
from tolmach.messages import _
from tolmach.text.identity import fold

if TYPE_CHECKING:
    import polib


def path_of(folder: Path, language: str, document: str) -> Path:
    """Where the translation of a document into a language stands."""
    return folder / language / f"{document}.po"


def merge(
    path: Path, source_language: str, target_language: str, text: str, rows: Sequence[Row], *, force: bool = False
) -> bool:
    """Bring the file at `path` in line with `rows`, the sentences of the document in order; says whether it was
    written.

    `text` is the name of the source file for the references. A translation that a person has reviewed or changed is
    never replaced; with `force` a changed one that is still flagged `fuzzy` is. Of the sentences that the document has
    lost, those a person has worked on stay as obsolete entries, the others go; they come back to life with their
    sentence. Nothing is written when nothing changes. Raises TolmachError when the file is malformed or was translated
    from another language.
    """
    with locked(path.parent):
        old = po.read(path) if path.exists() else None
        if old is not None:
            same_languages(old, path, source_language)
        if old is None and not rows:
            return False
        # before merging, which changes the entries themselves
        before = None if old is None else po.render(old)
        new = merged(old, po.new_file(source_language, target_language), text, rows, force=force)
        content = po.render(new)
        if content == before:
            return False
        write_atomic(path, content)
        return True


def same_languages(file: polib.POFile, path: Path, source_language: str) -> None:
    """Raise TolmachError when the file says that it is translated from another language."""
    declared = po.source_language(file)
    if declared is not None and declared != source_language:
        raise TolmachError(
            _("this file is a translation from {declared}, not from {language}").format(
                declared=declared, language=source_language
            ),
            path=path,
            hint=_("give another folder with --translations, or the language with --from"),
        )


def merged(
    old: polib.POFile | None, new: polib.POFile, text: str, rows: Sequence[Row], *, force: bool = False
) -> polib.POFile:
    """The `new` file filled with the rows and what the `old` one, which is used up, has for them (see `merge`)."""
    shelf = _Shelf(old or ())
    if old is not None:
        new.header = old.header
        new.metadata = {**new.metadata, **old.metadata, "Content-Type": new.metadata["Content-Type"]}
    for row in rows:
        new.append(_entry(shelf, row, text, force))
    for entry in shelf.rest():
        if entry.msgstr and not po.signature(entry):
            entry.obsolete = True
            new.append(entry)
    return new


def _entry(shelf: _Shelf, row: Row, text: str, force: bool) -> polib.POEntry:
    import polib

    entry = shelf.take(row) or polib.POEntry()
    entry.msgctxt, entry.msgid, entry.obsolete = row.id, row.source, False
    entry.occurrences = [po.reference(text, row.line)]
    replaceable = po.is_ours(entry) or (force and entry.fuzzy)
    if row.target and replaceable:
        po.set_draft(entry, row.target, row.signature, row.note)
    return entry


class _Shelf:
    """The entries of the old file, taken off one by one."""

    def __init__(self, entries: Iterable[polib.POEntry]) -> None:
        self._left = {id(entry): entry for entry in entries}
        self._by_place: dict[tuple[str, str], list[polib.POEntry]] = {}
        for entry in self._left.values():
            self._by_place.setdefault((entry.msgctxt or "", fold(entry.msgid)), []).append(entry)

    def take(self, row: Row) -> polib.POEntry | None:
        """The entry of this sentence: by id and text, else by text alone where the file has no ids; reviewed first."""
        for place in ((row.id, fold(row.source)), ("", fold(row.source))):
            found = [entry for entry in self._by_place.get(place, ()) if id(entry) in self._left]
            if found:
                best = min(found, key=lambda entry: (not entry.msgstr, entry.fuzzy, bool(entry.obsolete)))
                return self._left.pop(id(best))
        return None

    def rest(self) -> list[polib.POEntry]:
        """What nobody has taken, in the old order."""
        return list(self._left.values())
