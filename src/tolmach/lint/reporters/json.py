"""The report as JSON, schema `tolmach.check/1`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tolmach.config import SEVERITIES
from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.runner import Finding

# json.dumps would make an encoder for each finding.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def record(finding: Finding) -> dict[str, Any]:
    """A finding as the documented JSON object."""
    entry = finding.entry
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.path,
        "language": finding.language,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "message": finding.message,
        "concept": finding.concept or None,
        "replacements": list(finding.replacements),
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
        "baselined": finding.baselined,
        "entry": None
        if entry is None
        else {"index": entry.index, "id": entry.id, "side": entry.side, "source": entry.source, "target": entry.target},
    }


def write(report: Report) -> Iterator[str]:
    """One JSON document, a finding on each line: quick to write, and fit for grep and diff.

    The summary counts what the baseline does not know. After mending there is `fixed`, a list of what was mended.
    """
    head = {
        "schema": "tolmach.check/1",
        "version": report.version,
        "glossary": report.glossary,
        "files": report.files,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": ['
    yield from _listed(report.lines(_line))
    if report.fixed is not None:
        yield '], "fixed": ['
        yield from _listed(map(_line, report.fixed))
    summary = {severity: report.count(severity) for severity in SEVERITIES}
    yield f'], "summary": {json.dumps(summary)}}}'


def _line(finding: Finding) -> str:
    return _ENCODE(record(finding))


def _listed(lines: Iterator[str]) -> Iterator[str]:
    """The lines with commas between them."""
    before = next(lines, None)
    if before is None:
        return
    for line in lines:
        yield before + ","
        before = line
    yield before


REPORTER = Reporter(write, line=_line)
