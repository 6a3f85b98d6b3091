"""The lines that were changed in git since a revision, and the findings on them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tolmach.errors import TolmachError
from tolmach.lint.runner import Finding
from tolmach.messages import _
from tolmach.text.model import Document

_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")
_ESCAPE = re.compile(rb'\\([abfnrtv"\\]|[0-7]{3})')
_LETTERS = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))


@dataclass(frozen=True, slots=True)
class Lines:
    """Stretches of lines, from 1, both ends counted, in order; None: all lines of the file."""

    stretches: tuple[tuple[int, int], ...] | None = None

    def touch(self, first: int, last: int) -> bool:
        """Is one of the lines from `first` to `last` among them?"""
        if self.stretches is None:
            return True
        place = bisect_left(self.stretches, first, key=lambda stretch: stretch[1])
        return place < len(self.stretches) and self.stretches[place][0] <= last


def since(revision: str, folder: Path) -> Mapping[Path, Lines]:
    """The changed files (resolved) with their changed lines: since the revision, or since one left it for our branch.

    What is not committed counts, new files too. A file that was only renamed has no changed lines. Raises TolmachError
    where there is no git repository and for an unknown revision.
    """
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", told=revision)
    base = _merge_base(folder, revision)
    # A text in UTF-16 or a document is binary for git: then all of it is changed.
    numbers = _git(top, "diff", "--numstat", "-z", "--no-ext-diff", "--no-textconv", "--no-renames", base, "--")
    found = {top / os.fsdecode(name): Lines() for name in _binary(numbers)}
    options = (
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--find-renames",
        "--inter-hunk-context=0",
    )
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    found |= {top / name: lines for name, lines in parse(_git(top, "diff", *options, *prefixes, base, "--"))}
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    found |= {top / os.fsdecode(name): Lines() for name in new.split(b"\0") if name}
    return {path.resolve(): lines for path, lines in found.items()}


def _merge_base(folder: Path, revision: str) -> str:
    # Without a common ancestor (a shallow clone) the revision itself is what there is to compare with.
    done = _run(folder, "merge-base", "--end-of-options", revision, "HEAD")
    return os.fsdecode(done.stdout.strip()) if done.returncode == 0 else revision


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError:
        raise TolmachError(_("git is not installed"), hint=_("install it, or check all lines")) from None


def _git(folder: Path, *arguments: str, told: str | None = None) -> bytes:
    """What git says; raises TolmachError when it fails (`told`: the revision that it may not know)."""
    done = _run(folder, *arguments)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    if told is not None:
        raise TolmachError(
            _("git knows no revision {revision}").format(revision=repr(told)),
            hint=_("name a branch, tag or commit that is in this clone (CI often fetches only one commit)"),
        )
    raise TolmachError(
        _("git cannot tell what has changed: {reason}").format(reason=said),
        hint=_("run the check inside of a git repository, or without --changed-since"),
    )


def _binary(numbers: bytes) -> Iterator[bytes]:
    return (row[4:] for row in numbers.split(b"\0") if row.startswith(b"-\t-\t"))


def parse(diff: bytes) -> Iterator[tuple[str, Lines]]:
    """The files of a unified diff without context, in their new names, with the lines that are new in them.

    >>> list(parse(b"--- a/x.txt\\n+++ b/x.txt\\n@@ -3,0 +4,2 @@\\n+Toqajew\\n+schwieg.\\n"))
    [('x.txt', Lines(stretches=((4, 5),)))]
    """
    name, stretches = "", list[tuple[int, int]]()
    rows = iter(diff.split(b"\n"))
    for row in rows:
        if row.startswith(b"+++ "):
            if name:
                yield name, Lines(tuple(stretches))
            name, stretches = _name(row[4:]), []
        elif hunk := _HUNK.match(row):
            old, start, new = (int(hunk[key] or 1) for key in ("old", "start", "new"))
            if new:
                stretches.append((start, start + new - 1))
            _skip(rows, old + new)
    if name:
        yield name, Lines(tuple(stretches))


def _skip(rows: Iterator[bytes], count: int) -> None:
    """Pass over the lines of a hunk: one of them may look like the head of a file."""
    while count and (row := next(rows, None)) is not None:
        count -= row[:1] in (b"+", b"-")


def _name(written: bytes) -> str:
    """The name of the new file; nothing for one that is gone."""
    name = written.removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name.removeprefix(b"b/")) if name != b"/dev/null" else ""


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([_LETTERS[found[1][0]] if len(found[1]) == 1 else int(found[1], 8)])


def on_changed_lines(
    findings: Sequence[Finding], changes: Mapping[Path, Lines], documents: Iterable[Document]
) -> Iterator[Finding]:
    """The findings whose lines were changed; in bilingual files those of units around which something was.

    `documents` (read only where a bilingual file has findings) say where its units stand.
    """
    lines: dict[str, list[int]] = {finding.path: [] for finding in findings if finding.entry}
    for document in documents if lines else ():
        if document.path in lines:
            lines[document.path] += [unit.line for unit in document.units]
    of_file = cache(lambda path: changes.get(Path(path).resolve()))
    for finding in findings:
        changed = of_file(finding.path)
        if changed and changed.touch(*_stretch(finding, sorted(lines.get(finding.path, ())))):
            yield finding


def _stretch(finding: Finding, units: Sequence[int]) -> tuple[int, int]:
    """The first and last line of a finding; of one in a unit what stands between its neighbours."""
    if finding.entry is None:
        return finding.line, finding.line + finding.text.count("\n")
    before, after = bisect_left(units, finding.line), bisect_right(units, finding.line)
    first = units[before - 1] + 1 if before else 1
    last = units[after] - 1 if after < len(units) else sys.maxsize
    return first, last
