"""Dashes: signs between words and between the numbers of a range that are none of the language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
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


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A sign where the language writes `instead`; `safe` where it can be nothing but a dash."""

    span: Span
    sign: str
    instead: str
    safe: bool


def misplaced(text: str, language: str) -> Iterator[Misplaced]:
    """The signs between words and between the numbers of a range that the language writes otherwise, in order.

    >>> [(one.sign, one.instead) for one in misplaced("Er kam - und ging.", "de")]
    [('-', '\u2013')]
    """
    usage = _usage(primary(language))
    if usage is None or ("-" not in text and "\u2013" not in text and "\u2014" not in text):
        return
    found = [*_asides(text, usage), *_ranges(text, usage)]
    if not found:
        return
    protected = untouchable_spans(text)
    ends = [one.end for one in protected]
    for one in sorted(found, key=lambda one: one.span):
        if not _touches(one.span, protected, ends):
            yield one


def range_signs(language: str) -> tuple[tuple[str, ...], int]:
    """What joins the numbers of a range, the usual sign first, and how many digits they have at least for it."""
    usage = _usage(primary(language))
    return (tuple(usage["range"]), usage["shortest"]) if usage else (("-",), 1)


def _touches(span: Span, protected: list[Span], ends: list[int]) -> bool:
    place = bisect_right(ends, span.start)
    return place < len(protected) and protected[place].overlaps(span)


@cache
def _usage(language: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = load_table("tolmach.text", "dashes.toml").get(language)
    return found


def _asides(text: str, usage: dict[str, Any]) -> Iterator[Misplaced]:
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
        yield Misplaced(Span(*match.span("sign")), sign, usage["aside"][0], safe=sign != "\u2212")
    for match in _DOUBLE.finditer(text):
        instead = "\u2014" if "\u2014" in usage["aside"] else f" {usage['aside'][0]} "
        yield Misplaced(Span(*match.span()), "--", instead, safe=False)


def _is_formula(text: str, place: int) -> bool:
    """Do single letters stand on both sides («A - B»)?"""
    return _LETTER.fullmatch(text, max(0, place - 3), place + 4) is not None


def _is_list(text: str, place: int) -> bool:
    """Is there only a blank or a number before it on its line?"""
    first = max(0, place - _REACH)
    line = text[first:place].rpartition("\n")
    return bool(line[1] or not first) and not any(sign.isalpha() for sign in line[2])


def _ranges(text: str, usage: dict[str, Any]) -> Iterator[Misplaced]:
    for match in _RANGE.finditer(text):
        first, last = match["first"], match["last"]
        short = min(len(first), len(last)) < usage["shortest"]
        # «2012-13» and «112-15» shorten the second number; «030-12», «555-1234» are codes.
        rises = int(last) > int(first) if len(last) >= len(first) else last > first[-len(last) :]
        code = first[0] == "0" or (last[0] == "0" and len(last) >= len(first)) or len(last) == _YEAR > len(first)
        if short or code or not rises or _is_type(text, match.start()):
            continue
        yield Misplaced(Span(*match.span("sign")), "-", usage["range"][0], safe=False)


def _is_type(text: str, place: int) -> bool:
    """Does a maker of aircraft or the like stand before the numbers («Boeing 737-800»)?"""
    makers = load_table("tolmach.text", "dashes.toml")["types"]["after"]
    return text[max(0, place - _REACH) : place].rstrip().endswith(tuple(makers))
