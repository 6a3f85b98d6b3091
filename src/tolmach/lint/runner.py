"""Applying rules to documents: every document is read once, every passage searched once."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tolmach.config import Severity, primary
from tolmach.glossary.doubts import Doubts
from tolmach.glossary.find import Finder
from tolmach.lint.rule import Fix, Position, Problem, Rule, Run, Side, UnitView, View
from tolmach.text.model import Document, Passage, Span, Unit
from tolmach.text.plain import PlainPassages

_NAME = "tolmach"  # in every directive
_AROUND = 30  # code points on each side of a finding that belong to its fingerprint
_BREAK = re.compile("\n")
# One finding per span: the first rule of these that reports it wins.
_RANKS = {"forbidden-term": 0, "deprecated-term": 1, "outdated-name": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """The translation unit of a finding in a bilingual file."""

    index: int
    id: str
    side: Literal["source", "target"]
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Who says that a finding is to be left alone, and why, if that is told."""

    by: Literal["text", "configuration"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a file; `span` counts code points of the decoded file, in bilingual files of the unit's side (see
    `entry`).

    `line` and `column` start at 1. `fingerprint` stays when lines move and changes when the finding does. `baselined`
    says that a baseline knows the finding. One that is `suppressed` is only given to who asks for it, and never counts.
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
    baselined: bool = False
    suppressed: Suppressed | None = None


def surveyed(rules: Mapping[str, Rule], run: Run) -> dict[str, Rule]:
    """The rules, ready to check passage by passage: those that judge a whole run have looked at it.

    Nothing is read when there is no such rule among them.
    """
    return {name: replace(rule, check=rule.survey(run)) if rule.survey else rule for name, rule in rules.items()}


def check(
    document: Document,
    rules: Mapping[str, Rule],
    finder: Finder,
    side: Side = "target",
    *,
    suppressed: bool = False,
) -> Iterator[Finding]:
    """The findings of all rules in a document, in order of place; at last those that are `suppressed`, if wanted."""
    found = [*_monolingual(document, rules, finder), *_bilingual(document, rules, finder, side)]
    kept, hidden = _divided(document, _one_per_span(found) if found else [], rules, finder)
    seen: Counter[str] = Counter()
    for finding in [*kept, *hidden] if suppressed else kept:
        # Equal findings are told apart by their number, so that each keeps its own fingerprint.
        seen[finding.fingerprint] += 1
        number = seen[finding.fingerprint]
        yield finding if number == 1 else replace(finding, fingerprint=_digest(finding.fingerprint, str(number)))


def _divided(
    document: Document, found: list[Finding], rules: Mapping[str, Rule], finder: Finder
) -> tuple[list[Finding], list[Finding]]:
    """The findings that count, with what is wrong with directives in the text, and those that are suppressed.

    A directive is needed also where the configuration ignores the rule anyway: its pattern may be meant for others.
    """
    kept, hidden = found, []
    if _NAME in document.text:
        from tolmach.lint.suppress import Review, divide, find

        kept, by_text = divide(found, find(document.text, document.format, document.line))
        hidden = [replace(one, suppressed=Suppressed("text", by.reason)) for one, by in by_text]
        review = Review(document, found, rules.keys())
        for name, rule in rules.items():
            if rule.review:
                kept += _reviewed(name, rule, rule.review(review), document, finder)
        kept.sort(key=_order)
    off = {name for name in {one.rule for one in kept} if rules[name].is_off(document.path)}
    if off:
        hidden += [replace(one, suppressed=Suppressed("configuration")) for one in kept if one.rule in off]
        kept = [one for one in kept if one.rule not in off]
    return kept, hidden


def _reviewed(
    name: str, rule: Rule, problems: Iterable[Problem], document: Document, finder: Finder
) -> Iterator[Finding]:
    """Problems whose spans count in the text of the document, as findings."""
    view = View(Passage(document.text, ""), finder, Position(document.path, document.offset))
    for problem in problems:
        start = problem.span.start
        column = start - document.text.rfind("\n", 0, start)
        line = document.line + document.text.count("\n", 0, start)
        text = document.text[start : problem.span.end]
        place = _Place(problem.span.shifted(document.offset), line, column, text)
        yield _finding(name, rule, problem, document.path, view, place)


def _order(finding: Finding) -> tuple[int, Span, str]:
    return finding.entry.index if finding.entry else -1, finding.span, finding.rule


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
    return sorted(best.values(), key=_order)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a problem is written: its stretch, line and column in the file or in a side of a unit, and the words."""

    span: Span
    line: int
    column: int
    text: str
    entry: Entry | None = None


def _monolingual(document: Document, rules: Mapping[str, Rule], finder: Finder) -> Iterator[Finding]:
    breaks: list[int] = []
    for view, asked in _views(document, rules, finder):
        for name, problem in _problems(view, asked):
            breaks = breaks or [-1, *(found.start() for found in _BREAK.finditer(document.text))]
            local = view.passage.locate(problem.span)
            row = bisect_left(breaks, local.start) - 1
            text = document.text[local.start : local.end]
            place = _Place(local.shifted(document.offset), document.line + row, local.start - breaks[row], text)
            yield _finding(name, rules[name], problem, document.path, view, place)


def _views(document: Document, rules: Mapping[str, Rule], finder: Finder) -> Iterator[tuple[View, dict[str, Rule]]]:
    """What there is to see in a document, each with the rules to ask; of plain text no more than these rules need."""
    everywhere = {name: rule for name, rule in rules.items() if rule.check}
    passages, page = document.passages, ""
    if isinstance(passages, PlainPassages):
        page = document.text
        # Also where nothing is found, the glossary answers for the language.
        finder.searched.add(primary(passages.first_language()))
        for places in {rule.places: None for rule in everywhere.values() if rule.places}:
            asked = {name: everywhere.pop(name) for name, rule in rules.items() if rule.places is places}
            found = places(page, finder, passages.possible_languages())
            doubts = found if isinstance(found, Doubts) else None
            position = Position(document.path, document.offset)
            for passage in passages.paragraphs(found):
                near = doubts.within(passage) if doubts is not None else None
                if near is None or near.everywhere:
                    yield View(passage, finder, position, page, near), asked
    if everywhere:
        for number, passage in enumerate(passages):
            yield View(passage, finder, Position(document.path, document.offset, number), page), everywhere


def _problems(view: View, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Problem]]:
    for name, rule in rules.items():
        if rule.check:
            yield from ((name, problem) for problem in rule.check(view))


def _bilingual(document: Document, rules: Mapping[str, Rule], finder: Finder, side: Side) -> Iterator[Finding]:
    for unit in document.units:
        if unit.state == "obsolete":
            continue
        source = View(unit.source, finder, Position(document.path, document.offset, unit.index, "source"))
        target = View(unit.target, finder, Position(document.path, document.offset, unit.index, "target"))
        if side in ("source", "both"):
            for name, problem in _problems(source, rules):
                yield _in_unit(name, rules[name], problem, document.path, unit, source)
        if side in ("target", "both"):
            for name, problem in _problems(target, rules):
                yield _in_unit(name, rules[name], problem, document.path, unit, target)
        for name, rule in rules.items():
            if rule.check_unit:
                for problem in rule.check_unit(UnitView(unit, source, target)):
                    yield _in_unit(name, rule, problem, document.path, unit, target)


def _in_unit(name: str, rule: Rule, problem: Problem, path: str, unit: Unit, view: View) -> Finding:
    text = view.text[problem.span.start : problem.span.end]
    side: Literal["source", "target"] = "source" if view.passage is unit.source else "target"
    entry = Entry(unit.index, unit.id, side, unit.source.text, unit.target.text)
    place = _Place(problem.span, unit.line, problem.span.start + 1, text, entry)
    return _finding(name, rule, problem, path, view, place)


def _finding(name: str, rule: Rule, problem: Problem, path: str, view: View, place: _Place) -> Finding:
    text, span = view.text, problem.span
    if view.page:
        text, span = view.page, view.passage.locate(span)
    around = _around(text, span)
    # Not by its id: rows of a table are counted.
    unit = place.entry.source if place.entry else ""
    return Finding(
        rule=name,
        severity=rule.grade(path) if problem.certain else "hint",
        path=path,
        language=view.language,
        span=place.span,
        line=place.line,
        column=place.column,
        text=place.text,
        message=problem.message,
        concept=problem.concept,
        replacements=problem.replacements,
        fix=problem.fix,
        fingerprint=_digest(name, problem.concept, place.text, unit, around),
        entry=place.entry,
    )


def _around(text: str, span: Span) -> str:
    """The words around the span on its own lines: what stands above or below may change."""
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    return " ".join(f"{before}{text[span.start : span.end]}{after}".split())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
