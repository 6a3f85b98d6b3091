"""The report as JUnit XML, for servers that show results of tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters._xml import element, escaped
from tolmach.lint.runner import Finding


def write(report: Report) -> Iterator[str]:
    """A suite a file, a case a finding: errors and warnings fail, hints pass, what the baseline knows is skipped.

    Without any finding there is one case, which passes.
    """
    cases, failed = len(report.findings) or 1, report.count("error") + report.count("warning")
    skipped = report.known
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield element("testsuites", name="tolmach", tests=cases, failures=failed, errors=0, skipped=skipped) + ">"
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        yield from _suite(path, list(findings))
    if not report.findings:
        yield element("testsuite", name="tolmach", tests=1, failures=0, errors=0, skipped=0) + ">"
        yield element("testcase", classname="tolmach", name="check") + "/>"
        yield "</testsuite>"
    yield "</testsuites>"


def _suite(path: str, findings: Sequence[Finding]) -> Iterator[str]:
    failed = sum(map(_fails, findings))
    skipped = sum(finding.baselined for finding in findings)
    yield element("testsuite", name=path, tests=len(findings), failures=failed, errors=0, skipped=skipped) + ">"
    for finding in findings:
        name = f"{finding.rule} {finding.line}:{finding.column}"
        yield element("testcase", classname=path, name=name) + ">"
        yield _outcome(finding)
        yield "</testcase>"
    yield "</testsuite>"


def _fails(finding: Finding) -> bool:
    return finding.severity != "hint" and not finding.baselined


def _outcome(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    if finding.baselined:
        return element("skipped", message=f"in the baseline: {finding.message}") + "/>"
    if not _fails(finding):
        return f"<system-out>{escaped(f'{place}: {finding.message}')}</system-out>"
    return element("failure", type=finding.severity, message=finding.message) + f">{escaped(place)}</failure>"


REPORTER = Reporter(write)
