"""The report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tolmach.lint import manual
from tolmach.lint import rule as rules
from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters._places import address, in_paragraphs, region
from tolmach.lint.runner import Finding, Suppressed

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_ROOT = "SRCROOT"
# Section 3.11.6: brackets before a parenthesis would make a link of our words.
_LINK = re.compile(r"([\[\]\\])")


def write(report: Report) -> Iterator[str]:
    """One log with one run; each result stands on a line.

    Results that the baseline knows are `unchanged` and suppressed, not left out; those that the text or the
    configuration suppresses come last. Paths are relative to SRCROOT, the
    folder of the check.
    """
    found = [*report.findings, *report.suppressed]
    names = tuple(dict.fromkeys([*report.rules, *sorted({finding.rule for finding in found})]))
    run = {
        "tool": {"driver": _driver(report, names)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which the check ran."}}},
        "invocations": [{"executionSuccessful": True}],
    }
    head = {"$schema": _SCHEMA, "version": "2.1.0"}
    yield f'{json.dumps(head)[:-1]}, "runs": [{json.dumps(run, ensure_ascii=False)[:-1]}, "results": ['
    last = len(found) - 1
    for number, finding in enumerate(found):
        result = _result(finding, names.index(finding.rule), compared=report.compared)
        yield _line(result) + ("," if number < last else "")
    yield "]}]}"


def _line(result: dict[str, Any]) -> str:
    # What is no character (a file name in bytes, a lone surrogate) would be no UTF-8.
    return json.dumps(result, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _driver(report: Report, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "tolmach",
        "version": report.version,
        "rules": [_descriptor(name) for name in names],
        "properties": {"glossary": report.glossary},
    }


def _descriptor(name: str) -> dict[str, Any]:
    rule = rules.load(name)
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {
            "text": "\n".join(manual.text(name, rule)),
            "markdown": "\n".join(manual.markdown(name, rule)),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int, *, compared: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _LINK.sub(r"\\\1", finding.message)},
        "locations": [_location(finding)],
        "partialFingerprints": {"tolmach/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    if fixes := _fixes(finding):
        result["fixes"] = fixes
    if compared:
        result["baselineState"] = "unchanged" if finding.baselined else "new"
    if finding.baselined:
        result["suppressions"] = [{"kind": "external", "justification": "known to the baseline"}]
    if finding.suppressed:
        result["suppressions"] = [_suppression(finding.suppressed)]
    return result


def _suppression(suppressed: Suppressed) -> dict[str, str]:
    if suppressed.by == "configuration":
        return {"kind": "external", "justification": "ignored here by the configuration"}
    return {"kind": "inSource"} | ({"justification": suppressed.reason} if suppressed.reason else {})


def _properties(finding: Finding) -> dict[str, Any]:
    entry = finding.entry
    told: dict[str, Any] = {"language": finding.language, "fix": finding.fix}
    if finding.concept:
        told["concept"] = finding.concept
    if finding.replacements:
        told["replacements"] = list(finding.replacements)
    if entry:
        told["entry"] = {"index": entry.index, "id": entry.id, "side": entry.side}
    return told


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(finding.path)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.entry:
        physical["region"] = {"startLine": finding.line, "snippet": {"text": finding.text}}
        name, kind = finding.entry.id, f"unit, {finding.entry.side}"
    elif in_paragraphs(finding):
        name, kind = f"paragraph {finding.line}", "paragraph"
    else:
        physical["region"] = _region(finding) | {"snippet": {"text": finding.text}}
        return location
    location["logicalLocations"] = [{"name": name, "fullyQualifiedName": f"{finding.path}#{name}", "kind": kind}]
    return location


def _artifact(path: str) -> dict[str, str]:
    uri = address(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}


def _region(finding: Finding) -> dict[str, int]:
    place = region(finding)
    if place is None:
        return {}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": finding.span.start,
        "charLength": finding.span.end - finding.span.start,
    }


def _fixes(finding: Finding) -> list[dict[str, Any]]:
    """One for each replacement; none where the file itself has no such region."""
    deleted = _region(finding)
    if finding.fix == "none" or not deleted:
        return []
    return [
        {
            "description": {"text": _LINK.sub(r"\\\1", f"{finding.text} \u2192 {text}")},
            "artifactChanges": [
                {
                    "artifactLocation": _artifact(finding.path),
                    "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": text}}],
                }
            ],
        }
        for text in finding.replacements
    ]


REPORTER = Reporter(write, wants_suppressed=True)
