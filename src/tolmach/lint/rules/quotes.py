"""Quotation marks that are not those of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.lint.languages import language_name
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_SINGLE = "'\u2018\u2019\u201a\u201b\u2039\u203a"
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_BEFORE_OPENING = "([{\u2013\u2014-/" + _DOUBLE + _SINGLE
# What alone can never open, and never close, whatever stands around it.
_ONLY_OPENING = "\u201e\u201a\u201f\u201b"
_APOSTROPHES = "'\u2019\u2018"
_CODE = re.compile(r"\w\(\Z|=\s?\Z")
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class _Pair:
    """A quotation: the places of its marks, and whether it stands in another one."""

    start: int
    end: int
    inner: bool


def check(view: View) -> Iterator[Problem]:
    """Report each mark of a quotation that is none of the language; what opens and never closes is let pass."""
    usage = _usage(view.language)
    if usage is None:
        return
    start = 0
    for end in (*(gap.end() for gap in _PARAGRAPH.finditer(view.text)), len(view.text)):
        yield from _in_paragraph(view.text, start, end, usage)
        start = end


@dataclass(frozen=True, slots=True)
class _Usage:
    language: str
    outer: tuple[str, ...]
    inner: tuple[str, ...]


@cache
def _usage(language: str) -> _Usage | None:
    tables = load_table("tolmach.lint.rules", "quotes.toml")
    base = {"be": "ru", "kk": "ru", "ky": "ru", "tg": "ru"}.get(primary(language), primary(language))
    code = language if language in tables else base
    table = tables.get(code)
    return _Usage(code, tuple(table["outer"]), tuple(table["inner"])) if table else None


def _in_paragraph(text: str, start: int, end: int, usage: _Usage) -> Iterator[Problem]:
    pairs, sure = _pairs(text, start, end)
    for pair in sorted(pairs, key=lambda one: one.start):
        marks = text[pair.start] + text[pair.end]
        admitted = usage.inner if pair.inner else usage.outer
        if marks in admitted or (pair.inner and marks in usage.outer) or _is_code(text, pair):
            continue
        if marks[0] in _SINGLE and not pair.inner and not any(one[0] == marks[0] for one in usage.outer):
            # Single marks outside of a quotation have uses of their own: meanings, nicknames, apostrophes.
            continue
        right = next((one for one in admitted if one[0] == marks[0] or one[1] == marks[1]), admitted[0])
        for place, mark in zip((pair.start, pair.end), right, strict=True):
            if text[place] != mark:
                message = _("{written} is not how {language} quotes: write {instead}").format(
                    written=text[place],
                    language=language_name(usage.language),
                    instead=admitted[0][0] + "\u2026" + admitted[0][1],
                )
                yield Problem(Span(place, place + 1), message, "", (mark,), "safe" if sure else "unsafe")


def _is_code(text: str, pair: _Pair) -> bool:
    """Is it a value in code: «print("so")», «name = "so"»?"""
    before = text[max(0, pair.start - 3) : pair.start]
    return text[pair.start] in "\"'" and bool(_CODE.search(before))


def _pairs(text: str, start: int, end: int) -> tuple[list[_Pair], bool]:
    """The quotations of a paragraph, and whether every mark has found its partner."""
    opened: list[int] = []
    found: list[_Pair] = []
    sure = True
    for match in _MARK.finditer(text, start, end):
        place = match.start()
        single = match[0] in _SINGLE
        role = _role(text, place, start, end)
        if role == "opens" and match[0] == '"' and any(text[one] == '"' for one in opened):
            # A straight mark has no other of its kind within: the earlier one was never closed.
            del opened[max(number for number, one in enumerate(opened) if text[one] == '"') :]
            sure = False
        if role == "opens" and len(opened) < _DEPTH and not (match[0] == "'" and not opened):
            opened.append(place)
        elif role == "closes":
            partner = next((one for one in reversed(opened) if (text[one] in _SINGLE) == single), None)
            if partner is None:
                sure = sure and single
                continue
            # Single marks that stayed open within were apostrophes.
            sure = sure and not any(text[one] in _DOUBLE for one in opened[opened.index(partner) + 1 :])
            del opened[opened.index(partner) :]
            found.append(_Pair(partner, place, inner=bool(opened)))
    return found, sure and not any(text[one] in _DOUBLE for one in opened)


def _role(text: str, place: int, start: int, end: int) -> str:
    """Does the mark open or close a quotation, or is it an apostrophe, an inch, a sign of code?"""
    mark = text[place]
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if mark in _ONLY_OPENING:
        return "opens" if not after.isspace() else ""
    if mark in _APOSTROPHES and (before.isalnum() and after.isalnum()):
        return ""
    if before.isspace() and after.isspace():
        # French blanks; a lone straight mark says nothing.
        return {"\u00ab": "opens", "\u00bb": "closes"}.get(mark, "")
    if before.isspace() or (before in _BEFORE_OPENING and after.isalnum()):
        return "" if mark in _APOSTROPHES and after.isdigit() else "opens"
    if mark == '"' and before.isdigit() and after.isalnum():
        return ""
    return "closes" if not after.isalnum() and before != "=" else ""


RULE = Rule(
    summary="Quotation marks that the language, or its variety, does not use.",
    why=(
        "German quotes „so“ (or »so«), Swiss German «so», English “so” or ‘so’, Russian «so»; a mark of another "
        "language is the trace of a copy or of a machine."
    ),
    bad=(
        Example('Er sagte ["]Nein["] und ging.', language="de"),
        Example("Er sagte [“]Nein[”] und ging.", language="de"),
        Example("Er sagte [„]Nein[“] und ging.", language="de-CH"),
        Example("Он сказал [“]нет[”] и ушёл.", language="ru"),
    ),
    good=(
        Example("Er sagte „Nein, sie rief ‚halt‘“ und ging.", language="de"),
        Example("Er sagte »Nein« und ging. Das ist Klaus’ Haus.", language="de"),
        Example("Er sagte «Nein» und ging.", language="de-CH"),
        Example("He said “no” to the boys’ mother, who read ‘War and Peace’.", language="en"),
        Example('Der Schirm misst 24" und 6\' 2".', language="de"),
    ),
    severity="hint",
    fix="Safe where every mark of the paragraph has its partner.",
    check=check,
    options=("language_of",),
    default=False,
)
