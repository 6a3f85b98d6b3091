"""The findings as workflow commands: GitHub shows them as annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters._places import in_paragraphs, region
from tolmach.lint.runner import Finding
from tolmach.text.columns import visible

_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}
_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(report: Report) -> Iterator[str]:
    """One command a finding; what the baseline knows is left out, as GitHub shows only a few on each run."""
    for finding in report.open:
        properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in _properties(finding))
        message = f"{finding.message} [{finding.rule}]".translate(_TEXT)
        yield visible(f"::{_COMMANDS[finding.severity]} {properties}::{message}")


def _properties(finding: Finding) -> Iterator[tuple[str, object]]:
    yield "file", finding.path
    place = region(finding)
    if place:
        yield "line", place.line
        yield "endLine", place.end_line
        if place.end_line == place.line:
            yield "col", place.column
            yield "endColumn", place.end_column
    elif not in_paragraphs(finding):
        yield "line", finding.line
    yield "title", finding.rule


REPORTER = Reporter(write)
