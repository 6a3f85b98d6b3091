"""The findings as JSON lines: one object a line, as in the report called json."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters.json import record
from tolmach.lint.runner import Finding


def write(report: Report) -> Iterator[str]:
    """One finding a line; no line without findings."""
    return report.lines(_line)


def _line(finding: Finding) -> str:
    return json.dumps(record(finding), ensure_ascii=False)


REPORTER = Reporter(write, line=_line)
