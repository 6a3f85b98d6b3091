"""The report as Checkstyle XML, which many CI servers read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters._xml import element
from tolmach.lint.runner import Finding

_SEVERITIES = {"error": "error", "warning": "warning", "hint": "info"}


def write(report: Report) -> Iterator[str]:
    """One `file` element a file, one `error` element a finding; what the baseline knows is `ignore`d."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield element("checkstyle", version="4.3") + ">"
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        yield element("file", name=path) + ">"
        yield from map(_error, findings)
        yield "</file>"
    yield "</checkstyle>"


def _error(finding: Finding) -> str:
    return (
        element(
            "error",
            line=finding.line,
            column=finding.column,
            severity="ignore" if finding.baselined else _SEVERITIES[finding.severity],
            message=finding.message,
            source=f"tolmach.{finding.rule}",
        )
        + "/>"
    )


REPORTER = Reporter(write)
