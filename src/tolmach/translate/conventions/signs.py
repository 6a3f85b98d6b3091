"""Dashes, ranges, percent signs and apostrophes of the target language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tolmach.config import primary
from tolmach.text.dashes import misplaced, range_signs
from tolmach.text.model import Span
from tolmach.translate.conventions.edit import Edit
from tolmach.translate.conventions.numerals import table

_BLANK = "[ \u00a0\u2009\u202f]"
_PERCENT = re.compile(rf"(?<=\d)(?P<blank>{_BLANK}?)[%\u2030](?![\w-])")
_RANGE = re.compile(
    rf"(?<![\w.,:/\u2013\u2014-])(\d{{1,4}})(?P<sign>{_BLANK}?[-\u2013\u2014]{_BLANK}?)(\d{{1,4}})(?![\w:/\u2013\u2014-]|[.,]\d)"
)
_DASHES = "\u2013\u2014"
_BEFORE, _BEHIND = re.compile(r"[^\W\d_]+\s$"), re.compile(r"\s[^\W\d_]+")
_SPEECH = re.compile("[-\u2013\u2014](?= )")


def edits(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    """The signs of the draft that the language writes otherwise; they may overlap."""
    language = primary(target_language)
    if language not in table():
        return
    yield from _percents(draft, language)
    yield from _apostrophes(draft, language)
    yield from _ranges(source, draft, language)
    for one in misplaced(draft, language):
        if one.safe and not _is_copied(source, draft, one.span):
            yield Edit(one.span, one.instead, "dash")
    yield from _speech(source, draft, language)


def _is_copied(source: str, draft: str, span: Span) -> bool:
    """Does the sign stand in the source between the same words: in a title or label that was left as it is?"""
    before, behind = _BEFORE.search(draft, 0, span.start), _BEHIND.match(draft, span.end)
    if before is None or behind is None:
        return False
    return draft[before.start() : behind.end()] in source


def _percents(draft: str, language: str) -> Iterator[Edit]:
    right = table()[language]["percent"]
    for match in _PERCENT.finditer(draft):
        blank = match["blank"]
        # Any blank that keeps the sign beside its number is as good as another.
        if blank != right and (blank in ("", " ") or not right):
            yield Edit(Span(*match.span("blank")), right, "percent")


@cache
def _apostrophe(language: str) -> re.Pattern[str] | None:
    endings = table()[language].get("apostrophe")
    return re.compile(rf"(?<=[^\W_])'(?=(?:{'|'.join(endings)})\b)") if endings else None


def _apostrophes(draft: str, language: str) -> Iterator[Edit]:
    pattern = _apostrophe(language)
    if pattern is not None and "'" in draft:
        for match in pattern.finditer(draft):
            yield Edit(Span(*match.span()), "\u2019", "apostrophe")


def _ranges(source: str, draft: str, language: str) -> Iterator[Edit]:
    """Ranges that the source sets with a dash, too: between others a hyphen may join parts of a name or number."""
    known = {(match[1], match[3]) for match in _RANGE.finditer(source) if match["sign"].strip() in _DASHES}
    signs, shortest = range_signs(language)
    for match in _RANGE.finditer(draft):
        if (match[1], match[3]) not in known or match["sign"] in signs:
            continue
        if min(len(match[1]), len(match[3])) >= shortest or match["sign"] != "-":
            yield Edit(Span(*match.span("sign")), signs[0], "dash")


def _speech(source: str, draft: str, language: str) -> Iterator[Edit]:
    """The dash that begins direct speech, where the source begins with one, too."""
    if language != "ru" or source[:1] not in _DASHES or not source:
        return
    match = _SPEECH.match(draft)
    if match and match[0] != "\u2014":
        yield Edit(Span(*match.span()), "\u2014", "dash")
