"""PO files as this room reads and writes them.

Written are one line per text (no wrapping, so that a changed sentence is one changed line), no dates, references with
the file name between U+2068 and U+2069 where it has blanks (as GNU gettext 0.22 does; polib alone would tear it apart).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.errors import TolmachError
from tolmach.files import largest, reason, too_large
from tolmach.memory.model import Entry
from tolmach.messages import _
from tolmach.text.identity import checksum

if TYPE_CHECKING:
    import polib

_OPEN, _CLOSE = "\u2068", "\u2069"
_LINE = re.compile(r"\(line (\d+)\)")
_NOTE = re.compile(r"tolmach: (?P<signature>.+); draft (?P<checksum>[0-9a-f]{8})")
_TERMS = "tolmach terms: "
_SOURCE_LANGUAGE = "X-Source-Language"
_HEADER = """Entries marked fuzzy are drafts: correct the translation, then remove the mark.
A translation without the mark is never changed by the program."""


def read(path: Path) -> polib.POFile:
    """The PO file at `path`; raises TolmachError (path, line) when it cannot be read."""
    import polib

    try:
        if path.stat().st_size > largest("file"):
            raise too_large("file", path)
        return polib.pofile(str(path), wrapwidth=0, encoding=polib.detect_encoding(str(path)))
    except UnicodeError:
        raise TolmachError(
            _("the text is not in the encoding the file declares"), path=path, hint=_("save it as UTF-8")
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> TolmachError:
    if error.errno is not None:
        return TolmachError(
            _("cannot read the file: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check the name and your permissions"),
        )
    # polib tells its syntax errors only by an OSError without a number
    line = _LINE.search(str(error))
    return TolmachError(
        _("not a well-formed PO file"),
        path=path,
        line=int(line[1]) if line else None,
        hint=_("mend this line: keyword, text between double quotes; look for leftovers of a merge"),
    )


def render(file: polib.POFile) -> str:
    """The text of the file as it is written."""
    text = str(file)
    return text if text.endswith("\n") else text + "\n"


def new_file(source_language: str, target_language: str) -> polib.POFile:
    """An empty file from one language into another."""
    import polib

    file = polib.POFile(wrapwidth=0)
    file.header = _HEADER
    # Also the empty ones: Gtranslator shows every message as faulty where one is missing.
    file.metadata = {
        "Project-Id-Version": "",
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _SOURCE_LANGUAGE: source_language,
        "X-Generator": "tolmach",
    }
    return file


def source_language(file: polib.POFile) -> str | None:
    """The language the file is translated from, when its header says so."""
    return file.metadata.get(_SOURCE_LANGUAGE)


def entries(file: polib.POFile, path: Path) -> Iterator[Entry]:
    """The translated entries of a file; plural forms are no sentences and are passed over."""
    for entry in file:
        if entry.msgstr and not entry.msgid_plural:
            yield Entry(
                id=entry.msgctxt or "",
                source=entry.msgid,
                target=entry.msgstr,
                reviewed=not entry.fuzzy,
                path=path.as_posix(),
                line=entry.linenum or 0,
                obsolete=bool(entry.obsolete),
                signature=signature(entry),
            )


def signature(entry: polib.POEntry) -> str:
    """What made this draft; nothing when the entry is reviewed or somebody has changed the draft by hand."""
    note = _note(entry)
    untouched = note is not None and entry.fuzzy and note["checksum"] == checksum(entry.msgstr)
    return note["signature"] if note is not None and untouched else ""


def is_ours(entry: polib.POEntry) -> bool:
    """May a machine replace this translation? Only where there is none, or a draft as a machine has left it."""
    return not entry.msgstr or bool(signature(entry))


def set_draft(entry: polib.POEntry, target: str, made_by: str, about_terms: str = "") -> None:
    """Make `target` the draft of the entry; comments of people stay."""
    entry.msgstr = target
    set_note(entry, about_terms)
    kept = [line for line in entry.tcomment.split("\n") if line and not _NOTE.fullmatch(line)]
    entry.tcomment = "\n".join([*kept, f"tolmach: {made_by}; draft {checksum(target)}"])
    if not entry.fuzzy:
        entry.flags.append("fuzzy")


def set_reviewed(entry: polib.POEntry) -> None:
    """Take away what marks a draft; comments of people stay."""
    kept = [line for line in entry.tcomment.split("\n") if line and not _NOTE.fullmatch(line)]
    entry.tcomment = "\n".join(line for line in kept if not line.startswith(_TERMS))
    if entry.fuzzy:
        entry.flags.remove("fuzzy")


def set_note(entry: polib.POEntry, about_terms: str) -> None:
    """Tell in a comment what became of the terms, in place of what was told before; nothing to tell removes it."""
    kept = [line for line in entry.tcomment.split("\n") if line and not line.startswith(_TERMS)]
    entry.tcomment = "\n".join([*kept, *([_TERMS + " ".join(about_terms.split())] if about_terms else [])])


def note(entry: polib.POEntry) -> str:
    """What a draft tells of its terms; empty where it tells nothing."""
    lines = (line for line in entry.tcomment.split("\n") if line.startswith(_TERMS))
    return next(lines, "").removeprefix(_TERMS)


def _note(entry: polib.POEntry) -> re.Match[str] | None:
    return next((note for line in entry.tcomment.split("\n") if (note := _NOTE.fullmatch(line))), None)


def reference(name: str, line: int) -> tuple[str, str]:
    """A reference to a line of a file, as polib wants it."""
    return (f"{_OPEN}{name}{_CLOSE}" if re.search(r"\s", name) else name, str(line))


def references(entry: polib.POEntry) -> list[tuple[str, str]]:
    """The references of an entry that was read, file names with blanks whole again.

    >>> import polib
    >>> references(polib.POEntry(occurrences=[("\\u2068my", ""), ("text.txt\\u2069", "3"), ("b.txt", "4")]))
    [('my text.txt', '3'), ('b.txt', '4')]
    """
    whole: list[tuple[str, str]] = []
    for name, line in entry.occurrences:
        if whole and whole[-1][0].startswith(_OPEN) and not whole[-1][0].endswith(_CLOSE):
            name = f"{whole.pop()[0]} {name}"
        whole.append((name, str(line)))
    return [(name.strip(_OPEN + _CLOSE), line) for name, line in whole]
