"""The findings as JSON lines: one object a line, as in the report called json."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters.json import record


def write(report: Report) -> Iterator[str]:
    """One finding a line; no line without findings."""
    return (json.dumps(record(finding), ensure_ascii=False) for finding in report.findings)


REPORTER = Reporter(write)
