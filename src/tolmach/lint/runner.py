"""Applying rules to documents: every document is read once, every passage searched once."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tolmach.config import Severity
from tolmach.glossary.find import Finder
from tolmach.lint.rule import Fix, Problem, Rule, UnitView, View
from tolmach.text.model import Document, Passage, Span, Unit

Side = Literal["source", "target", "both"]
# One finding per span: the first rule of these that reports it wins.
_RANKS = {"forbidden-term": 0, "deprecated-term": 1, "mixed-script": 2, "outdated-name": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """The translation unit of a finding in a bilingual file."""

    index: int
    id: str
    side: Literal["source", "target"]
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a file; `span` counts code points of the decoded file, in bilingual files of the unit's side (see
    `entry`).

    `line` and `column` start at 1. `fingerprint` stays when lines move and changes when the finding does.
    """

    rule: str
    severity: Severity
    path: str
    language: str
    span: Span
    line: int
    column: int
    text: str
    message: str
    concept: str
    replacements: tuple[str, ...]
    fix: Fix
    fingerprint: str
    entry: Entry | None = None


def check(document: Document, rules: Mapping[str, Rule], finder: Finder, side: Side = "target") -> Iterator[Finding]:
    """The findings of all rules in a document, in order of place."""
    found = [*_monolingual(document, rules, finder), *_bilingual(document, rules, finder, side)]
    seen: Counter[str] = Counter()
    for finding in _one_per_span(found):
        # Equal findings are told apart by their number, so that each keeps its own fingerprint.
        seen[finding.fingerprint] += 1
        number = seen[finding.fingerprint]
        yield finding if number == 1 else replace(finding, fingerprint=_digest(finding.fingerprint, str(number)))


def _one_per_span(found: Iterable[Finding]) -> list[Finding]:
    best: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(found, key=lambda one: _RANKS.get(one.rule, 9)):
        entry = finding.entry
        place = (
            entry and (entry.index, entry.side),
            finding.span,
            finding.concept if finding.span.start == finding.span.end else "",
        )
        best.setdefault(place, finding)
    return sorted(best.values(), key=lambda one: (one.entry.index if one.entry else -1, one.span, one.rule))


def _monolingual(document: Document, rules: Mapping[str, Rule], finder: Finder) -> Iterator[Finding]:
    breaks: list[int] | None = None
    for passage in document.passages:
        for name, problem in _problems(View(passage, finder), rules):
            breaks = (
                breaks if breaks is not None else [index for index, sign in enumerate(document.text) if sign == "\n"]
            )
            local = passage.locate(problem.span)
            row = bisect_right(breaks, local.start - 1)
            column = local.start - (breaks[row - 1] if row else -1)
            text = document.text[local.start : local.end]
            yield _finding(
                name,
                problem,
                document.path,
                passage,
                local.shifted(document.offset),
                document.line + row,
                column,
                text,
                None,
            )


def _problems(view: View, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Problem]]:
    for name, rule in rules.items():
        if rule.check:
            for problem in rule.check(view):
                yield name, problem


def _bilingual(document: Document, rules: Mapping[str, Rule], finder: Finder, side: Side) -> Iterator[Finding]:
    for unit in document.units:
        if unit.state == "obsolete":
            continue
        views = {"source": View(unit.source, finder), "target": View(unit.target, finder)}
        for which in ("source", "target"):
            if side in (which, "both"):
                for name, problem in _problems(views[which], rules):
                    yield _in_unit(name, problem, document.path, unit, which)
        for name, rule in rules.items():
            if rule.check_unit:
                for problem in rule.check_unit(UnitView(unit, views["source"], views["target"])):
                    yield _in_unit(name, problem, document.path, unit, "target")


def _in_unit(name: str, problem: Problem, path: str, unit: Unit, side: str) -> Finding:
    passage = unit.source if side == "source" else unit.target
    text = passage.text[problem.span.start : problem.span.end]
    entry = Entry(unit.index, unit.id, "source" if side == "source" else "target", unit.source.text, unit.target.text)
    return _finding(name, problem, path, passage, problem.span, unit.line, problem.span.start + 1, text, entry)


def _finding(
    name: str,
    problem: Problem,
    path: str,
    passage: Passage,
    span: Span,
    line: int,
    column: int,
    text: str,
    entry: Entry | None,
) -> Finding:
    start, end = problem.span.start, problem.span.end
    around = " ".join(passage.text[max(0, start - 30) : end + 30].split())
    fingerprint = _digest(name, problem.concept, text, entry.id if entry else "", around)
    return Finding(
        name,
        problem.severity,
        path,
        passage.language,
        span,
        line,
        column,
        text,
        problem.message,
        problem.concept,
        problem.replacements,
        problem.fix,
        fingerprint,
        entry,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
