"""What drafts are judged by: sentences with a draft and a reviewed translation, read from PO files or plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import read_bytes
from tolmach.memory import po
from tolmach.messages import _
from tolmach.text.identity import fold

if TYPE_CHECKING:
    import polib


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence, its draft and its reviewed translation; `note` is what the draft tells of its terms.

    `source` is empty where it is not known, `draft` where there is none.
    """

    source: str
    draft: str
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trials:
    """The sentences of a document that have a reviewed translation."""

    document: str
    source_language: str
    target_language: str
    trials: tuple[Trial, ...]


def of_files(drafts: Path, reference: Path) -> list[Trials]:
    """The documents of two PO files, or of all PO files that have the same path below two folders.

    Drafts are the entries marked fuzzy; in a file that marks none, all. Raises TolmachError where nothing can be
    compared.
    """
    found = [one for name, draft, reviewed in _paired(drafts, reference) if (one := _trials(name, draft, reviewed))]
    if not found:
        raise TolmachError(
            _("no draft has a reviewed translation in {reference}").format(reference=reference.as_posix()),
            path=drafts,
            hint=_("name two PO files, or two folders with files of the same names; reviewed is what is not fuzzy"),
        )
    return found


def _paired(drafts: Path, reference: Path) -> Iterator[tuple[str, Path, Path]]:
    if not reference.is_dir():
        below = drafts / reference.name
        yield reference.stem, below if drafts.is_dir() else drafts, reference
        return
    for reviewed in sorted(reference.rglob("*.po")):
        name = reviewed.relative_to(reference)
        draft = drafts / name if drafts.is_dir() else drafts
        if draft.is_file() and (drafts.is_dir() or drafts.name == name.name):
            yield name.with_suffix("").as_posix(), draft, reviewed


def _trials(name: str, drafts: Path, reference: Path) -> Trials | None:
    file, reviewed = po.read(drafts), po.read(reference)
    made = {_key(entry): entry for entry in _drafts(file)}
    trials = tuple(
        Trial(entry.msgid, draft.msgstr, entry.msgstr, po.note(draft))
        for entry in reviewed
        if entry.msgstr and not (entry.fuzzy or entry.obsolete or entry.msgid_plural)
        if (draft := made.get(_key(entry)) or made.get(("", fold(entry.msgid)))) is not None
    )
    source = po.source_language(file) or po.source_language(reviewed) or "de"
    target = file.metadata.get("Language") or reviewed.metadata.get("Language") or ""
    return Trials(name, primary(source), primary(target.replace("_", "-")), trials) if trials else None


def _drafts(file: polib.POFile) -> Iterator[polib.POEntry]:
    marked = any(entry.fuzzy for entry in file)
    return (entry for entry in file if not entry.obsolete and (entry.fuzzy or not entry.msgstr or not marked))


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", fold(entry.msgid)


def of_lines(drafts: Path, reference: Path, source: Path | None, languages: tuple[str, str]) -> Trials:
    """The sentences of plain texts, line by line; raises TolmachError where the numbers of lines differ."""
    wanted = _lines(reference)
    columns = [_lines(path) if path else [""] * len(wanted) for path in (source, drafts)]
    for path, lines in zip((source, drafts), columns, strict=True):
        if len(lines) != len(wanted):
            raise TolmachError(
                _("{count} lines, but {expected} in {reference}").format(
                    count=len(lines), expected=len(wanted), reference=reference.as_posix()
                ),
                path=path,
                hint=_("line by line, the files must have the same sentences"),
            )
    rows = zip(*columns, wanted, strict=True)
    return Trials(drafts.stem, *languages, tuple(Trial(*row) for row in rows))


def _lines(path: Path) -> list[str]:
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TolmachError(_("the text is not UTF-8"), path=path, hint=_("save it as UTF-8")) from None
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")
