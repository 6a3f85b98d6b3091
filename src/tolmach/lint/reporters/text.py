"""The report for people: one line a finding, a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tolmach.lint.reporter import Report, Reporter
from tolmach.messages import N_, _, plural
from tolmach.text.columns import visible

_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "hint": N_("hint")}
"""The words for severities, to be translated."""


def severity(name: str) -> str:
    """The severity in the language of the messages."""
    return _(_SEVERITIES[name])


def write(report: Report) -> Iterator[str]:
    """`path:line:column: severity: message [rule]`, with its line where the report has it, then how many there are.

    Findings that the baseline knows are only counted, and so, file by file, are those that were mended.
    """
    for finding in report.open:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        yield visible(f"{place}: {severity(finding.severity)}: {finding.message} [{finding.rule}]")
        if report.excerpts and finding in report.excerpts:
            from tolmach.lint.excerpt import underlined

            yield from (f"    {line}" for line in underlined(report.excerpts[finding]))
    if report.excerpts and len(report.findings) - report.known > 1:
        from tolmach.lint.tally import by_rule, table

        yield ""
        yield from table(by_rule(report.open))
    for path, fixed in groupby(report.fixed or (), key=lambda finding: finding.path):
        yield f"{visible(path)}: " + plural("{count} fixed", "{count} fixed", len(list(fixed)))
    yield summary(report)


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


REPORTER = Reporter(write)
