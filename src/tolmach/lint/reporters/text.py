"""The report for people: one line a finding, a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.lint.reporter import Report, Reporter
from tolmach.messages import N_, _, plural

_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "hint": N_("hint")}


def write(report: Report) -> Iterator[str]:
    """`path:line:column: severity: message [rule]`, then how many there are."""
    for finding in report.findings:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        yield f"{place}: {_(_SEVERITIES[finding.severity])}: {finding.message} [{finding.rule}]"
    files = plural("{count} file", "{count} files", report.files)
    if not report.findings:
        yield _("no findings in {files}").format(files=files)
        return
    counts = [
        text
        for severity, text in (
            ("error", plural("{count} error", "{count} errors", report.count("error"))),
            ("warning", plural("{count} warning", "{count} warnings", report.count("warning"))),
            ("hint", plural("{count} hint", "{count} hints", report.count("hint"))),
        )
        if report.count(severity)
    ]
    yield _("{counts} in {files}").format(counts=", ".join(counts), files=files)


REPORTER = Reporter(write)
