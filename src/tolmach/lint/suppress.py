"""Findings that the text itself says to leave alone.

A directive stands in a comment of the format: `tolmach: ignore RULE, RULE (reason)`. Without a rule it means every
rule, the reason in brackets is for people. On a line with text it counts for that line, alone on a line for the
paragraph (in HTML: the line) that follows, in a PO file for its message. `tolmach: off RULE` counts up to
`tolmach: on RULE` or the end of the file, `tolmach: ignore-file RULE` for all of it. Plain text knows the comment signs
`#`, `//` and `<!--`; Markdown and HTML the comment of HTML; PO the comment of a translator or programmer and the flags
`tolmach-ignore` and `tolmach-ignore-RULE`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import merge
from operator import itemgetter
from typing import Protocol, TypeVar

from tolmach.lint.rule import Problem
from tolmach.messages import _
from tolmach.text.model import Document, Span

_DIRECTIVE = r"""tolmach: [ \t]* (?P<verb>ignore-file|ignore|off|on) (?![\w-]) [ \t]*
    (?P<rules> [a-z][a-z-]* (?: [ \t]*,[ \t]* [a-z][a-z-]* )*+ )? [ \t]* (?: \( (?P<reason>[^\n]*?) \) )? [ \t]*"""
_FRAMES = {
    "plain": rf"(?: (?<!\S)(?:\#|//) [ \t]* {_DIRECTIVE} (?=\r?$) )",
    "html": rf"<!-- \s* {_DIRECTIVE} \s* -->",
    "po": rf"^\#[.]? [ \t]* {_DIRECTIVE} (?=\r?$)",
}
_FLAG = re.compile(r"(?<![\w-])tolmach-ignore(?:-(?P<rule>[a-z][a-z-]*))?(?![\w-])")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_WORD = "tolmach"
_WIDE = 100  # lines from which a suppression is looked at for every finding


class Placed(Protocol):
    """A finding as this module sees it."""

    @property
    def rule(self) -> str:
        """The id of its rule."""

    @property
    def line(self) -> int:
        """The line of the file on which it begins, from 1."""


@dataclass(frozen=True, slots=True)
class Review:
    """A document after all other rules: what they found in it, and which rules these were."""

    document: Document
    findings: Sequence[Placed]
    ran: Collection[str]


Found = TypeVar("Found", bound=Placed)


@dataclass(frozen=True, slots=True)
class Suppression:
    """What is left alone: the findings of `rules` (of every rule, if empty) on the lines `first` to `last`, from 1.

    `span` is where the directive stands in the text that was given, `line` its line in the file, `written` the
    directive itself.
    """

    rules: tuple[str, ...]
    first: int
    last: int
    span: Span
    line: int
    reason: str = ""
    written: str = ""

    def covers(self, rule: str, line: int) -> bool:
        """Is a finding of that rule on that line meant?"""
        return self.first <= line <= self.last and (not self.rules or rule in self.rules)


def find(text: str, form: str, first_line: int = 1) -> tuple[Suppression, ...]:
    """The suppressions in a text of that format, in the order of their places; `first_line` is the line it begins on.

    >>> found = find("Toqajew sprach. # tolmach: ignore deprecated-term (a quotation)", "plain")
    >>> found[0].rules, found[0].reason, found[0].covers("deprecated-term", 1)
    (('deprecated-term',), 'a quotation', True)
    """
    if _WORD not in text:
        return ()
    lines = _Lines(text, form)
    found = [*_directives(text, lines, form), *(_flags(lines) if form == "po" else ())]
    moved = first_line - 1
    return tuple(
        replace(
            one,
            first=one.first + moved,
            last=one.last + moved,
            line=one.line + moved,
            written=" ".join(text[one.span.start : one.span.end].split()),
        )
        for one in sorted(found, key=lambda one: one.span)
    )


def divide(
    findings: Iterable[Found], suppressions: Sequence[Suppression]
) -> tuple[list[Found], list[tuple[Found, Suppression]]]:
    """The findings that stay, and those that are suppressed, each with the first suppression that covers it."""
    kept: list[Found] = []
    hidden: list[tuple[Found, Suppression]] = []
    near = _by_line(suppressions)
    for finding in findings:
        by = next((one for one in near(finding.line) if one.covers(finding.rule, finding.line)), None)
        if by is None:
            kept.append(finding)
        else:
            hidden.append((finding, by))
    return kept, hidden


def _by_line(suppressions: Sequence[Suppression]) -> Callable[[int], Iterable[Suppression]]:
    """What may cover a line: a text may have thousands of directives, each for a line or two."""
    wide: list[tuple[int, Suppression]] = []
    narrow: dict[int, list[tuple[int, Suppression]]] = {}
    for number, one in enumerate(suppressions):
        if one.last - one.first > _WIDE:
            wide.append((number, one))
            continue
        for line in range(one.first, one.last + 1):
            narrow.setdefault(line, []).append((number, one))
    return lambda line: (one for _number, one in merge(wide, narrow.get(line, ()), key=itemgetter(0)))


def unused(
    suppressions: Sequence[Suppression], findings: Collection[Placed], ran: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    """A problem for each suppression, or rule of it, that covers none of all `findings`.

    Rules that did not run (`ran`) are not judged; a name that is no rule (`known`) is always reported.
    """
    ordered = sorted((finding.line, finding.rule) for finding in findings)
    lines = [line for line, _rule in ordered]
    for one in suppressions:
        here = ordered[bisect_left(lines, one.first) : bisect_right(lines, one.last)]
        used = {rule for line, rule in here if one.covers(rule, line)}
        unknown = [name for name in one.rules if name not in known]
        idle = [name for name in one.rules if name in known and name in ran and name not in used]
        if unknown:
            message = _("{written}: there is no rule called {names}")
            yield _problem(one, message, unknown)
        if idle:
            yield _problem(one, _("{written}: nothing to ignore here for {names}"), idle)
        elif not one.rules and not used:
            yield _problem(one, _("{written}: nothing to ignore here"), [])


def _problem(one: Suppression, message: str, names: Sequence[str]) -> Problem:
    text = message.format(written=one.written, names=", ".join(names))
    return Problem(one.span, text)


class _Lines:
    """The lines of a text: which one a place is on, and what a directive on it means."""

    def __init__(self, text: str, form: str) -> None:
        self.texts = text.split("\n")
        self.starts = [0]
        for line in self.texts[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.form = form
        self.directives: set[int] = set()

    def number(self, place: int) -> int:
        """The line of a place, from 1."""
        return bisect_right(self.starts, place)

    def scope(self, number: int) -> tuple[int, int]:
        """The lines that a directive alone on line `number` is about."""
        if self.form == "po":
            return self._block(number, back=True)
        first = number + 1
        while first <= len(self.texts) and (not self.texts[first - 1].strip() or first in self.directives):
            first += 1
        return (first, first) if self.form == "html" else self._block(first, back=False)

    def _block(self, number: int, *, back: bool) -> tuple[int, int]:
        first = last = number
        while back and first > 1 and self.texts[first - 2].strip():
            first -= 1
        while last < len(self.texts) and self.texts[last].strip():
            last += 1
        return first, last


@cache
def _pattern(form: str) -> re.Pattern[str]:
    frames = {"po": ["po"], "html": ["html"], "markdown": ["html"]}.get(form, ["plain", "html"])
    # A text of another format has at most one frame a line; the groups of the two are told apart by their prefix.
    if len(frames) == 1:
        return re.compile(_FRAMES[frames[0]], re.VERBOSE | re.MULTILINE)
    end = r"(?: (?=\r?$) | (?<!\S)-->|(?=-->) )"
    return re.compile(rf"(?: (?<!\S)(?:\#|//) | <!-- ) [ \t]* {_DIRECTIVE} {end}", re.VERBOSE | re.MULTILINE)


def _directives(text: str, lines: _Lines, form: str) -> Iterator[Suppression]:
    fences = [fence.start() for fence in _FENCE.finditer(text)] if form == "markdown" else []
    matches = [match for match in _pattern(form).finditer(text) if not _is_code(text, match.start(), form, fences)]
    alone = {lines.number(match.start()) for match in matches if _is_alone(lines, match)}
    lines.directives.update(alone)
    opened: list[Suppression] = []
    for match in matches:
        rules = tuple(name.strip() for name in (match["rules"] or "").split(",") if name.strip())
        number = lines.number(match.start())
        one = Suppression(rules, number, number, Span(*match.span()), number, match["reason"] or "")
        if match["verb"] == "on":
            yield from _closed(opened, rules, number)
        elif match["verb"] == "off":
            opened.append(replace(one, last=len(lines.texts)))
        elif match["verb"] == "ignore-file":
            yield replace(one, first=1, last=len(lines.texts))
        elif number in alone:
            first, last = lines.scope(number)
            yield replace(one, first=first, last=last)
        else:
            yield one
    yield from opened


def _closed(opened: list[Suppression], rules: tuple[str, ...], number: int) -> Iterator[Suppression]:
    """The stretches that end here; those of other rules stay open."""
    for one in [one for one in opened if not rules or not one.rules or set(rules) & set(one.rules)]:
        opened.remove(one)
        rest = tuple(name for name in one.rules if rules and name not in rules)
        if rest:
            opened.append(replace(one, rules=rest))
        yield replace(one, rules=tuple(name for name in one.rules if name not in rest), last=number)


def _is_alone(lines: _Lines, match: re.Match[str]) -> bool:
    number = lines.number(match.start())
    line = lines.texts[number - 1]
    start = match.start() - lines.starts[number - 1]
    rest = line[:start] + line[start + len(match[0]) :].replace("-->", "", 1)
    return lines.form == "po" or not rest.strip()


def _is_code(text: str, place: int, form: str, fences: list[int]) -> bool:
    """Is it an example in Markdown: in a fenced block or behind a backtick on its line?"""
    if form != "markdown":
        return False
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return bisect_right(fences, place) % 2 == 1 or line.count("`") % 2 == 1 or line.startswith(("    ", "\t"))


def _flags(lines: _Lines) -> Iterator[Suppression]:
    for number, line in enumerate(lines.texts, 1):
        if not line.startswith("#,"):
            continue
        for flag in _FLAG.finditer(line):
            start = lines.starts[number - 1]
            first, last = lines.scope(number)
            rules = (flag["rule"],) if flag["rule"] else ()
            yield Suppression(rules, first, last, Span(*flag.span()).shifted(start), number)
