"""The report as GitLab's Code Quality JSON, which merge requests show beside the changed lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters._places import in_paragraphs, region
from tolmach.lint.runner import Finding

# GitLab knows info, minor, major, critical and blocker.
_SEVERITIES = {"error": "critical", "warning": "major", "hint": "info"}


def write(report: Report) -> Iterator[str]:
    """One array; each finding stands on a line. What the baseline knows is left out: GitLab has no mark for it."""
    yield "["
    seen: Counter[str] = Counter()
    last = len(report.findings) - report.known - 1
    for number, finding in enumerate(report.open):
        place = f"{finding.path}\0{finding.fingerprint}"
        seen[place] += 1
        issue = _issue(finding, f"{place}\0{seen[place]}")
        yield json.dumps(issue, ensure_ascii=False) + ("," if number < last else "")
    yield "]"


def _issue(finding: Finding, identity: str) -> dict[str, object]:
    """The finding; GitLab shows one of those with the same fingerprint, so it is made from the file, too."""
    place = region(finding)
    # Documents have no lines; GitLab wants one.
    line = 1 if in_paragraphs(finding) else finding.line
    return {
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": PurePath(finding.path).as_posix(),
            "lines": {"begin": line, "end": place.end_line if place else line},
        },
    }


REPORTER = Reporter(write)
