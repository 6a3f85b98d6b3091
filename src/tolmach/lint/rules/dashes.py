"""A hyphen where a dash belongs, or the dash of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.lint.languages import language_name
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span
from tolmach.text.untouchable import spans as untouchable_spans

_BLANK = "[ \u00a0\u2009\u202f]"
# Between words or what closes and opens a clause; numbers on both sides are sums, scores and tables.
_ASIDE = re.compile(
    rf"(?<=[^\W\d_]|[.,!?;:)\]%\u00bb\u00ab\u201c\u201d\"']|\d){_BLANK}(?P<sign>-{{1,3}}|[\u2013\u2014\u2212])"
    rf"(?=[ \u00a0\n]{_BLANK}*(?:[^\W_]|[(\[\u00ab\u00bb\u201e\u201c\"']))"
)
_RANGE = re.compile(
    r"(?<![\w.,:/\u2013\u2014-])(?P<first>\d{1,4})(?P<sign>-)(?P<last>\d{1,4})(?![\w/:\u2013\u2014-]|[.,]\d)"
)
_YEAR = 4  # digits
_REACH = 40
_LETTER = re.compile(rf"(?:^|\W)[^\W\d_]{_BLANK}-{_BLANK}[^\W\d_](?:$|\W)")
_DOUBLE = re.compile(r"(?<=[^\W\d_])--(?=[^\W\d_])")


def check(view: View) -> Iterator[Problem]:
    """Report the signs between words and between the numbers of a range that the language writes otherwise."""
    text, usage = view.text, _usage(primary(view.language))
    if usage is None or ("-" not in text and "\u2013" not in text and "\u2014" not in text):
        return
    found = [*_asides(text, usage), *_ranges(text, usage)]
    if not found:
        return
    protected = untouchable_spans(text)
    ends = [one.end for one in protected]
    for problem in sorted(found, key=lambda one: one.span):
        if not _touches(problem.span, protected, ends):
            yield problem


def _touches(span: Span, protected: list[Span], ends: list[int]) -> bool:
    from bisect import bisect_right

    place = bisect_right(ends, span.start)
    return place < len(protected) and protected[place].overlaps(span)


@cache
def _usage(language: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = load_table("tolmach.lint.rules", "dashes.toml").get(language)
    return found and {**found, "language": language}


def _asides(text: str, usage: dict[str, Any]) -> Iterator[Problem]:
    for match in _ASIDE.finditer(text):
        sign, place = match["sign"], match.start("sign")
        if (
            sign in usage["aside"]
            or _is_formula(text, place)
            or (text[place - 2].isdigit() and text[match.end() + 1 : match.end() + 2].isdigit())
        ):
            continue
        if _is_list(text, match.start()):
            continue
        yield _problem(Span(*match.span("sign")), sign, usage["aside"][0], usage["language"], safe=sign != "\u2212")
    for match in _DOUBLE.finditer(text):
        instead = "\u2014" if "\u2014" in usage["aside"] else f" {usage['aside'][0]} "
        yield _problem(Span(*match.span()), "--", instead, usage["language"], safe=False)


def _is_formula(text: str, place: int) -> bool:
    """Do single letters stand on both sides («A - B»)?"""
    return _LETTER.fullmatch(text, max(0, place - 3), place + 4) is not None


def _is_list(text: str, place: int) -> bool:
    """Is there only a blank or a number before it on its line?"""
    first = max(0, place - _REACH)
    line = text[first:place].rpartition("\n")
    return bool(line[1] or not first) and not any(sign.isalpha() for sign in line[2])


def _ranges(text: str, usage: dict[str, Any]) -> Iterator[Problem]:
    for match in _RANGE.finditer(text):
        first, last = match["first"], match["last"]
        short = min(len(first), len(last)) < usage["shortest"]
        # «2012-13» and «112-15» shorten the second number; «030-12», «555-1234» are codes.
        rises = int(last) > int(first) if len(last) >= len(first) else last > first[-len(last) :]
        code = first[0] == "0" or (last[0] == "0" and len(last) >= len(first)) or len(last) == _YEAR > len(first)
        if short or code or not rises or _is_type(text, match.start()):
            continue
        yield _problem(Span(*match.span("sign")), "-", usage["range"][0], usage["language"], safe=False)


def _is_type(text: str, place: int) -> bool:
    """Does a maker of aircraft or the like stand before the numbers («Boeing 737-800»)?"""
    makers = load_table("tolmach.lint.rules", "dashes.toml")["types"]["after"]
    return text[max(0, place - _REACH) : place].rstrip().endswith(tuple(makers))


def _problem(span: Span, sign: str, instead: str, language: str, *, safe: bool) -> Problem:
    message = _("{written} is no dash in {language}: write {instead}").format(
        written=sign, language=language_name(language), instead=instead.strip()
    )
    return Problem(span, message, "", (instead,), "safe" if safe else "unsafe")


RULE = Rule(
    summary="A hyphen in place of a dash, or a dash that the language does not use.",
    why="German sets an en dash with blanks, Russian an em dash, ranges of numbers an en dash without blanks.",
    bad=(
        Example("Er kam [-] und ging.", language="de"),
        Example("Er kam [—] und ging.", language="de"),
        Example("Москва [-] столица России.", language="ru"),
        Example("Die Jahre 2014[-]2022.", language="de"),
    ),
    good=(
        Example("Er kam – und ging. Handels- und Zollunion.", language="de"),
        Example("Москва — столица России, 2014—2022 годы, 5-6 дней.", language="ru"),
        Example("The T-72 – 46 tonnes – came; it went—slowly—on.", language="en"),
        Example("Tel. 030-123456, 2022-01-05, 5 - 3 = 2, COVID-19.", language="de"),
    ),
    severity="hint",
    fix="Safe between words, unsafe between numbers.",
    check=check,
    default=False,
)
