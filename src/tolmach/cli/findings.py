"""What `tolmach check` does with findings before it reports them: compare with a baseline, leave lines out, mend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from tolmach.cli import checking
from tolmach.cli.handling import Handling
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.lint.fix import Fixed
    from tolmach.lint.reporter import Report
    from tolmach.lint.runner import Finding
    from tolmach.text.formats import Source
    from tolmach.text.model import Document

_NAMED = 10  # entries of a baseline that are named when they are stale


class Texts(checking.Texts, Protocol):
    """What there is to check."""

    @property
    def paths(self) -> Sequence[str]:
        """Their names."""

    def only(self, paths: Collection[str]) -> Texts:
        """Those of them with these names; `documents` are still all of them."""

    def source(self, path: str) -> Source:
        """The one with that name, read anew."""

    def documents(self) -> Iterable[Document]:
        """The documents of all, read anew."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in how many files; `paths` were named, `rules` ran; `documents` reads the files again.

    `suppressed` is what is left alone, where the report is to tell of it.
    """

    findings: Sequence[Finding]
    files: int
    paths: tuple[str, ...]
    rules: tuple[str, ...]
    documents: Callable[[], Iterable[Document]]
    suppressed: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings that count, what was checked, and what was mended (None: nothing was to be)."""

    findings: Sequence[Finding]
    checked: Checked
    fixed: Sequence[Finding] | None = None

    def report(self, handling: Handling, glossary: str, *, quotes: bool) -> Report:
        """The report about it, with the lines of the findings when it `quotes` them."""
        from tolmach.files import version
        from tolmach.lint.reporter import Report

        report = Report(
            self.findings,
            self.checked.files,
            version(),
            glossary,
            self.checked.rules,
            fixed=self.fixed,
            compared=handling.baseline is not None,
            suppressed=_on_changed_lines(self.checked.suppressed, self.checked, handling),
        )
        if not quotes or not self.findings:
            return report
        from tolmach.lint.excerpt import Excerpts

        return replace(report, excerpts=Excerpts(self.findings, self.checked.documents))


def sift(checked: Checked, handling: Handling) -> Sequence[Finding]:
    """The findings on changed lines, those that the baseline knows marked; writes the baseline when asked for."""
    marked = _marked(checked, handling) if handling.baseline else checked.findings
    return _on_changed_lines(marked, checked, handling)


def _on_changed_lines(findings: Sequence[Finding], checked: Checked, handling: Handling) -> Sequence[Finding]:
    """Those on changed lines, if only these are wanted."""
    if handling.changed_since is None:
        return findings
    from tolmach.lint import changed
    from tolmach.lint.spool import gathered

    changes = changed.since(handling.changed_since, Path.cwd())
    return gathered(changed.on_changed_lines(findings, changes, _lazily(checked.documents)))


def _marked(checked: Checked, handling: Handling) -> Sequence[Finding]:
    from tolmach.files import write_atomic
    from tolmach.lint import baseline

    path = handling.baseline or Path()
    scope = baseline.Scope(path.parent, checked.paths, checked.rules)
    known = () if handling.write_baseline and not path.exists() else baseline.load(path)
    if handling.write_baseline:
        known = tuple(baseline.renewed(checked.findings, known, scope))
        write_atomic(path, baseline.dump(known))
        note(plural("{count} finding in the baseline", "{count} findings in the baseline", len(known)))
    marked = baseline.mark(checked.findings, known, scope)
    for entry in marked.stale[:_NAMED]:
        words = entry.text or entry.concept
        told = _("{path}: {words} [{rule}] is in the baseline, but no longer in the text")
        note(told.format(path=entry.path, words=words, rule=entry.rule))
    if marked.stale:
        count = len(marked.stale)
        stale = plural("{count} entry of the baseline is stale", "{count} entries of the baseline are stale", count)
        note(_("{stale}; --write-baseline drops them").format(stale=stale))
    return marked.findings


def _lazily(read: Callable[[], Iterable[Document]]) -> Iterator[Document]:
    yield from read()


def handle(
    checked: Checked,
    handling: Handling,
    texts: Texts,
    look: Callable[[Texts], Checked],
    report: Callable[[TolmachError], None],
) -> Outcome:
    """What counts of the findings, after mending what is to be mended; prints the difference where that is wanted.

    `look` checks texts again, `report` is given what goes wrong with a file.
    """
    counted = sift(checked, handling)
    if not (handling.fix or handling.diff):
        return Outcome(counted, checked)
    changes = _mended(counted, texts.source, handling, report)
    if handling.diff:
        for change in changes:
            _show(change)
        return Outcome(counted, checked)
    fixed: list[Finding] = []
    paths: list[str] = []
    for change in changes:
        try:
            _save(change)
        except TolmachError as problem:
            report(problem)
            continue
        fixed += change.findings
        paths.append(change.source.path)
    if not fixed:
        return Outcome(counted, checked, ())
    anew = look(texts.only(paths))
    again = _by_path(anew.findings)
    hidden = [one for one in checked.suppressed if one.path not in paths]
    checked = replace(checked, suppressed=(*hidden, *anew.suppressed))
    after = [one for path, found in _by_path(checked.findings).items() for one in _renewed(path, found, paths, again)]
    return Outcome(remaining(checked.findings, counted, fixed, after), checked, tuple(fixed))


def _renewed(
    path: str, before: Sequence[Finding], mended: Collection[str], again: Mapping[str, Sequence[Finding]]
) -> Sequence[Finding]:
    return again.get(path, ()) if path in mended else before


def _mended(
    findings: Iterable[Finding],
    read: Callable[[str], Source],
    handling: Handling,
    report: Callable[[TolmachError], None],
) -> Iterator[Fixed]:
    from tolmach.lint import fix

    by_path = _by_path(finding for finding in findings if fix.is_safe(finding))
    for path, found in by_path.items():
        try:
            change = fix.fixed(read(path), found, track=handling.track, quotations=handling.fix_quotations)
        except TolmachError as problem:
            report(problem)
            continue
        if change.findings:
            yield change


def _show(change: Fixed) -> None:
    from tolmach.lint.fix import difference

    shown = visible if sys.stdout.isatty() else str
    for line in difference(change):
        click.echo(shown(line))


def _save(change: Fixed) -> None:
    from tolmach.files import read_bytes, write_atomic

    path = Path(change.source.path)
    if read_bytes(path) != change.source.content:
        raise TolmachError(_("the file has changed since it was checked"), path=path, hint=_("run the check again"))
    # An atomic write would put a new file in its place, whatever its mode.
    if not path.stat().st_mode & 0o222:
        raise TolmachError(_("the file is read-only"), path=path, hint=_("make it writable, or leave it out"))
    write_atomic(path, change.content)


def remaining(
    before: Iterable[Finding], counted: Iterable[Finding], mended: Iterable[Finding], after: Iterable[Finding]
) -> list[Finding]:
    """What counts of the findings `after` the mending.

    `before` are all findings before it, `counted` those of them that counted. What stays is found again at another
    place, perhaps with another fingerprint: in the same order, file by file.
    """
    marks = {_place(finding): finding for finding in counted}
    gone = {_place(finding) for finding in mended}
    old = _by_path(finding for finding in before if _place(finding) not in gone)
    result: list[Finding] = []
    for path, found in _by_path(after).items():
        stayed = old.get(path, [])
        if [_kind(one) for one in stayed] != [_kind(one) for one in found]:
            result += found
            continue
        pairs = ((marks.get(_place(was)), one) for was, one in zip(stayed, found, strict=True))
        result += [replace(one, baselined=mark.baselined) for mark, one in pairs if mark]
    return result


def _by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.path, []).append(finding)
    return found


def _place(finding: Finding) -> tuple[object, ...]:
    entry = finding.entry
    return finding.path, entry and (entry.index, entry.side), finding.span, finding.rule, finding.concept


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.concept, finding.text
