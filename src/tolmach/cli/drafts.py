"""The drafts of a PO file with their names and terms put right, told as translator comments."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.cli.show import visible
from tolmach.errors import TolmachError
from tolmach.files import write_atomic
from tolmach.memory import po
from tolmach.messages import _, plural
from tolmach.translate.enforce.model import Pair, Repaired, told
from tolmach.translate.enforce.terms import of_glossary

if TYPE_CHECKING:
    import polib

    from tolmach.glossary.find import Finder
    from tolmach.translate.enforce.repair import Repair

_WIDTHS = (0, 78, 77, 76, 79, 80)


def repaired(path: Path, work: Repair, finder: Finder, source: str | None, *, write: bool, diff: bool) -> Iterator[str]:
    """Put the drafts of the file right and tell what was done, line by line; reviewed translations are only reported.

    Raises TolmachError for a file that is malformed or does not name its languages.
    """
    file = po.read(path)
    before = path.read_text(encoding=file.encoding)
    _keep_width(file, before)
    languages = _languages(file, path, source)
    entries = [entry for entry in file if entry.msgstr and not entry.msgid_plural and not entry.obsolete]
    pairs = (
        Pair(entry.msgid, entry.msgstr, *languages, of_glossary(finder, entry.msgid, *languages)) for entry in entries
    )
    answers = list(work.run(pairs))
    tally: Counter[str] = Counter()
    for entry, answer in zip(entries, answers, strict=True):
        if entry.fuzzy:
            _change(entry, answer)
            tally.update(outcome.status for outcome in answer.outcomes)
        else:
            yield from _reviewed(path, entry, answer)
            tally["reviewed"] += answer.target != entry.msgstr
    after = po.render(file)
    if diff:
        yield from _difference(path, before, after)
    elif after != before and write:
        write_atomic(path, after)
    yield _summary(path, tally)


def _keep_width(file: polib.POFile, text: str) -> None:
    """Wrap lines as the file has them, so that only what is changed changes."""
    for width in _WIDTHS:
        file.wrapwidth = width
        if po.render(file) == text:
            return
    file.wrapwidth = 0


def _languages(file: polib.POFile, path: Path, source: str | None) -> tuple[str, str]:
    declared = source or po.source_language(file)
    target = file.metadata.get("Language", "").replace("_", "-")
    if not declared:
        raise TolmachError(
            _("the file does not say what it is translated from"), path=path, hint=_("name the language with --from")
        )
    if not target:
        raise TolmachError(
            _("the file does not say what it is translated into"), path=path, hint=_("add the header «Language»")
        )
    return declared, target


def _change(entry: polib.POEntry, answer: Repaired) -> None:
    if answer.target != entry.msgstr:
        made_by = po.signature(entry)
        if made_by:
            po.set_draft(entry, answer.target, made_by)
        else:
            entry.msgstr = answer.target
    po.set_note(entry, told(answer.outcomes))


def _reviewed(path: Path, entry: polib.POEntry, answer: Repaired) -> Iterator[str]:
    for outcome in answer.outcomes:
        if outcome.status in ("repaired", "inserted"):
            change = _("{before} instead of {after} in a reviewed translation, left as it is").format(
                before=outcome.before, after=outcome.after
            )
            yield visible(f"{path.as_posix()}:{entry.linenum}: {outcome.term.source}: {change}")


def _difference(path: Path, before: str, after: str) -> Iterator[str]:
    name = path.as_posix()
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    yield from map(visible, lines)


def _summary(path: Path, tally: Counter[str]) -> str:
    parts = [
        _("{count} kept").format(count=tally["kept"]),
        _("{count} repaired").format(count=tally["repaired"]),
        _("{count} missing").format(count=tally["missing"]),
    ]
    if tally["inserted"]:
        parts.append(_("{count} inserted").format(count=tally["inserted"]))
    if tally["reviewed"]:
        parts.append(
            plural("{count} reviewed translation left", "{count} reviewed translations left", tally["reviewed"])
        )
    return visible(f"{path.as_posix()}: {', '.join(parts)}")
