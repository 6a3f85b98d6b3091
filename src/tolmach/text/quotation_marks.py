"""Quotation marks: which a language uses, and which marks of a paragraph belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tolmach.config import primary
from tolmach.files import load_table

_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_SINGLE = "'\u2018\u2019\u201a\u201b\u2039\u203a"
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_BEFORE_OPENING = "([{\u2013\u2014-/" + _DOUBLE + _SINGLE
# What alone can never open, and never close, whatever stands around it.
_ONLY_OPENING = "\u201e\u201a\u201f\u201b"
_BEHIND_CLOSING = ".,;:!?)"
_APOSTROPHES = "'\u2019\u2018"
_CODE = re.compile(r"\w\(\Z|=\s?\Z")
_FEET = re.compile(r"\d['\u2019]\s?\d{1,2}$")  # «6'7"»
_REACH = 6
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation: the places of its marks, and whether it stands in another one."""

    start: int
    end: int
    inner: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """The pairs of marks that a language uses, the usual one first; `language` is the code they are listed under."""

    language: str
    outer: tuple[str, ...]
    inner: tuple[str, ...]


@cache
def usage(language: str) -> Usage | None:
    """How the language or variety quotes; None where that is not known.

    >>> usage("ru").outer
    ('\u00ab\u00bb',)
    """
    tables = load_table("tolmach.text", "quotation_marks.toml")
    base = {"be": "ru", "kk": "ru", "ky": "ru", "tg": "ru"}.get(primary(language), primary(language))
    code = language if language in tables else base
    table = tables.get(code)
    return Usage(code, tuple(table["outer"]), tuple(table["inner"])) if table else None


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end: what no quotation reaches beyond."""
    ends = [gap.end() for gap in _PARAGRAPH.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def replaced(text: str, pair: Pair, usage: Usage) -> str:
    """The two marks that the language sets in place of those of the pair; nothing where they are its own, or no marks
    of a quotation at all.
    """
    marks = text[pair.start] + text[pair.end]
    admitted = usage.inner if pair.inner else usage.outer
    if marks in admitted or (pair.inner and marks in usage.outer) or _is_code(text, pair):
        return ""
    if marks[0] in _SINGLE and not pair.inner and not any(one[0] == marks[0] for one in usage.outer):
        # Single marks outside of a quotation have uses of their own: meanings, nicknames, apostrophes.
        return ""
    return next((one for one in admitted if one[0] == marks[0] or one[1] == marks[1]), admitted[0])


def _is_code(text: str, pair: Pair) -> bool:
    """Is it a value in code: «print("so")», «name = "so"»?"""
    before = text[max(0, pair.start - 3) : pair.start]
    return text[pair.start] in "\"'" and bool(_CODE.search(before))


def pairs(text: str, start: int, end: int) -> tuple[list[Pair], bool]:
    """The quotations of a paragraph, and whether every mark has found its partner."""
    opened: list[int] = []
    found: list[Pair] = []
    sure = True
    for match in _MARK.finditer(text, start, end):
        place = match.start()
        single = match[0] in _SINGLE
        kind = role(text, place, start, end)
        if kind == "opens" and match[0] == '"' and any(text[one] == '"' for one in opened):
            # A straight mark has no other of its kind within: the earlier one was never closed.
            del opened[max(number for number, one in enumerate(opened) if text[one] == '"') :]
            sure = False
        if kind == "opens" and len(opened) < _DEPTH and not (match[0] == "'" and not opened):
            opened.append(place)
        elif kind == "closes":
            partner = next((one for one in reversed(opened) if (text[one] in _SINGLE) == single), None)
            if partner is None:
                sure = sure and single
                continue
            # Single marks that stayed open within were apostrophes.
            sure = sure and not any(text[one] in _DOUBLE for one in opened[opened.index(partner) + 1 :])
            del opened[opened.index(partner) :]
            found.append(Pair(partner, place, inner=bool(opened)))
    return found, sure and not any(text[one] in _DOUBLE for one in opened)


def role(text: str, place: int, start: int, end: int) -> str:
    """Does the mark open or close a quotation, or is it an apostrophe, an inch, a sign of code?"""
    mark = text[place]
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if mark in _ONLY_OPENING:
        return "opens" if not after.isspace() else ""
    if mark in _APOSTROPHES and (before.isalnum() and after.isalnum()):
        return ""
    if before.isspace() and (after.isspace() or (mark == "\u00bb" and after in _BEHIND_CLOSING)):
        # French blanks; a lone straight mark says nothing.
        return {"\u00ab": "opens", "\u00bb": "closes"}.get(mark, "")
    if before.isspace() or (before in _BEFORE_OPENING and after.isalnum()):
        return "" if mark in _APOSTROPHES and after.isdigit() else "opens"
    if mark == '"' and before.isdigit() and (after.isalnum() or _FEET.search(text[max(start, place - _REACH) : place])):
        return ""
    return "closes" if not after.isalnum() and before != "=" else ""
