"""The findings of old texts that nobody is to mend now: kept in a file, marked when they come again.

A finding is known by its file, as seen from the folder of the baseline, and its fingerprint, which stays when lines
move. The file is JSON, sorted and with one finding a line, so that git merges it well.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse
from pathlib import Path
from typing import Any

from tolmach.errors import TolmachError
from tolmach.files import read_bytes
from tolmach.lint.runner import Finding
from tolmach.lint.spool import gathered
from tolmach.messages import _

SCHEMA = "tolmach.baseline/1"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding that the baseline knows; what is neither path nor fingerprint is for people."""

    path: str
    rule: str
    concept: str
    text: str
    fingerprint: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is recognised by."""
        return self.path, self.fingerprint


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check looked at: these files, by these rules; `folder` is that of the baseline."""

    folder: Path
    paths: Collection[str]
    rules: Collection[str]


@dataclass(frozen=True, slots=True)
class Marked:
    """Findings, those that a baseline knows marked, and what of the baseline did not come again though it could."""

    findings: Sequence[Finding]
    stale: list[Known]


def load(path: Path) -> tuple[Known, ...]:
    """The findings in the file; raises TolmachError for one that is no baseline."""
    if not path.exists():
        raise TolmachError(_("there is no such file"), path=path, hint=_("--write-baseline writes a first one"))
    content = read_bytes(path)
    try:
        table = json.loads(content.decode("utf-8-sig"))
        if not isinstance(table, dict) or table.get("schema") != SCHEMA:
            raise ValueError(_("the schema is not {schema}").format(schema=SCHEMA))
        return tuple(map(_known, table["findings"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TolmachError(
            _("this is no baseline: {reason}").format(reason=error),
            path=path,
            line=getattr(error, "lineno", None),
            hint=_("delete it, and write it anew with --write-baseline"),
        ) from None


def dump(known: Iterable[Known]) -> str:
    """The text of the file."""
    rows = [
        json.dumps(
            {
                "path": one.path,
                "rule": one.rule,
                "concept": one.concept,
                "text": one.text,
                "fingerprint": one.fingerprint,
            },
            ensure_ascii=False,
        )
        for one in sorted(known)
    ]
    text = "\n".join([f'{{"schema": "{SCHEMA}", "findings": [', *([",\n".join(rows)] if rows else []), "]}\n"])
    # The name of a file may be no UTF-8.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def known(finding: Finding, folder: Path) -> Known:
    """The finding as a baseline in `folder` has it."""
    text = " ".join(finding.text.split())
    return Known(place(finding.path, folder), finding.rule, finding.concept, text, finding.fingerprint)


def place(path: str, folder: Path) -> str:
    """The path as seen from the folder, with slashes; on another drive the whole path."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return Path(path).absolute().as_posix()


def mark(findings: Iterable[Finding], baseline: Iterable[Known], scope: Scope) -> Marked:
    """The findings, marked as far as the baseline knows them, each of its entries used once.

    Only what the check could have found again is stale.
    """
    entries = list(baseline)
    left = Counter(entry.key for entry in entries)
    marked = gathered(_marked(findings, left, scope.folder))
    return Marked(marked, list(filter(_covered(scope), _of(left, entries))))


def _marked(findings: Iterable[Finding], left: Counter[tuple[str, str]], folder: Path) -> Iterator[Finding]:
    """The findings, marked as far as they are `left` in the baseline; each is left once less then."""
    places: dict[str, str] = {}
    for finding in findings:
        if finding.path not in places:
            places[finding.path] = place(finding.path, folder)
        key = places[finding.path], finding.fingerprint
        is_known = left[key] > 0
        if is_known:
            left[key] -= 1
        yield replace(finding, baselined=is_known)


def renewed(findings: Iterable[Finding], baseline: Iterable[Known], scope: Scope) -> list[Known]:
    """The baseline with all findings; of the old one stays what the check could not have found."""
    kept = filterfalse(_covered(scope), baseline)
    return [*kept, *(known(finding, scope.folder) for finding in findings)]


def _of(left: Counter[tuple[str, str]], entries: Iterable[Known]) -> Iterator[Known]:
    for entry in sorted(entries):
        if left[entry.key] > 0:
            left[entry.key] -= 1
            yield entry


def _covered(scope: Scope) -> Callable[[Known], bool]:
    """Could the check have found an entry again, or is its file gone?"""
    checked = {place(path, scope.folder) for path in scope.paths}

    def could_come(entry: Known) -> bool:
        found = entry.path in checked and entry.rule in scope.rules
        return found or not (scope.folder / entry.path).exists()

    return could_come


def _known(row: Any) -> Known:
    values = [row["path"], row["rule"], row.get("concept", ""), row.get("text", ""), row["fingerprint"]]
    if not all(isinstance(value, str) for value in values):
        raise ValueError(_("path, rule and fingerprint must be texts"))
    return Known(*values)
