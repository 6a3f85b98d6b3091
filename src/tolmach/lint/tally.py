"""Findings counted: by rule, and by what is written and what should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.lint.runner import Finding
from tolmach.messages import _, plural
from tolmach.text.columns import visible, width

_LONGEST = 60
_MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one kind: how many, in how many files, of which rule; `what` says what they have in common."""

    count: int
    files: int
    rule: str
    what: str = ""


def by_rule(findings: Iterable[Finding]) -> list[Tally]:
    """The findings of each rule, most first."""
    return _counted(findings, lambda finding: "")


def by_words(findings: Iterable[Finding]) -> list[Tally]:
    """The findings with the same words and the same replacement, most first."""
    return _counted(findings, _words)


def by_file(findings: Iterable[Finding]) -> Iterator[str]:
    """How many findings which files have, in columns with a head line: those with the most, and how many others."""
    counts = Counter(finding.path for finding in findings)
    shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_FILES]
    rows = [(_("count"), _("file")), *((str(count), visible(path)) for path, count in shown)]
    widest = max(width(count) for count, _path in rows)
    for count, path in rows:
        yield f"{_blank(count, widest)}{count}  {path}"
    if len(counts) > len(shown):
        others = len(counts) - len(shown)
        yield plural("and {count} other file", "and {count} other files", others)


def table(tallies: Sequence[Tally]) -> Iterator[str]:
    """The tallies in columns, with a head line."""
    head = (_("count"), _("files"), _("rule"), _("what") if any(one.what for one in tallies) else "")
    rows = [head, *((str(one.count), str(one.files), one.rule, one.what) for one in tallies)]
    widths = [max(width(row[column]) for row in rows) for column in range(3)]
    for count, files, rule, what in rows:
        numbers = f"{_blank(count, widths[0])}{count}  {_blank(files, widths[1])}{files}"
        yield f"{numbers}  {rule}{_blank(rule, widths[2])}  {what}".rstrip()


def _blank(text: str, breadth: int) -> str:
    return " " * (breadth - width(text))


def _words(finding: Finding) -> str:
    instead = finding.replacements[0] if finding.replacements else ""
    if not finding.text:
        return _short(finding.message)
    return f"{_short(finding.text)} \u2192 {_short(instead)}" if instead else _short(finding.text)


def _short(text: str) -> str:
    folded = visible(" ".join(text.replace("\u00ad", "").split()))
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1] + "\u2026"


def _counted(findings: Iterable[Finding], what: Callable[[Finding], str]) -> list[Tally]:
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, what(finding)), []).append(finding.path)
    tallies = [Tally(len(paths), len(set(paths)), *kind) for kind, paths in groups.items()]
    return sorted(tallies, key=lambda one: (-one.count, one.rule, one.what))
