"""The report for people: one line a finding, a summary at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.runner import Finding
from tolmach.messages import N_, _, plural
from tolmach.text.columns import visible

_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "hint": N_("hint")}
"""The words for severities, to be translated."""
# ECMA-48, clause 8.3.117: bold, faint, and colours of the terminal's own palette.
_STYLES = {"place": "1", "rule": "2", "error": "1;31", "warning": "1;33", "hint": "1;36"}
_INDENT = 4


def severity(name: str) -> str:
    """The severity in the language of the messages."""
    return _(_SEVERITIES[name])


def write(report: Report) -> Iterator[str]:
    """`path:line:column: severity: message [rule]`, with its line where the report has it, then how many there are.

    Findings that the baseline knows are only counted, and so, file by file, are those that were mended.
    """
    paint = _painted if report.colored else _plain
    is_bare = not (report.colored or report.excerpts or report.known)
    if is_bare:
        yield from report.lines(_line)
    for finding in () if is_bare else report.open:
        yield _headline(finding, paint)
        if report.excerpts and finding in report.excerpts:
            from tolmach.lint.excerpt import underlined

            line, carets = underlined(report.excerpts[finding], max(report.columns - _INDENT, 0))
            yield " " * _INDENT + line
            yield " " * _INDENT + carets.rstrip("^") + paint(carets.lstrip(), finding.severity)
    if report.excerpts and len(report.findings) - report.known > 1:
        from tolmach.lint.tally import by_file, by_rule, table

        yield ""
        yield from table(by_rule(report.open))
        if len({finding.path for finding in report.open}) > 1:
            yield ""
            yield from by_file(report.open)
    for path, fixed in groupby(report.fixed or (), key=lambda finding: finding.path):
        yield f"{visible(path)}: " + plural("{count} fixed", "{count} fixed", len(list(fixed)))
    yield summary(report)


def _line(finding: Finding) -> str:
    return _headline(finding, _plain)


def _headline(finding: Finding, paint: Callable[[str, str], str]) -> str:
    place = paint(visible(f"{finding.path}:{finding.line}:{finding.column}:"), "place")
    grade = paint(f"{severity(finding.severity)}:", finding.severity)
    return f"{place} {grade} {visible(finding.message)} {paint(f'[{finding.rule}]', 'rule')}"


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def summary(report: Report) -> str:
    """How many findings there are, of which severity, in how many files; how many are known or were mended."""
    files = plural("{count} file", "{count} files", report.files)
    counts = [
        text
        for severity, text in (
            ("error", plural("{count} error", "{count} errors", report.count("error"))),
            ("warning", plural("{count} warning", "{count} warnings", report.count("warning"))),
            ("hint", plural("{count} hint", "{count} hints", report.count("hint"))),
        )
        if report.count(severity)
    ]
    told = _("{counts} in {files}").format(counts=", ".join(counts), files=files)
    if not counts:
        told = _("no findings in {files}").format(files=files)
    if report.known:
        told += "; " + plural("{count} more in the baseline", "{count} more in the baseline", report.known)
    if report.fixed is not None:
        told += "; " + plural("{count} fixed", "{count} fixed", len(report.fixed))
    return told


REPORTER = Reporter(write, line=_line)
