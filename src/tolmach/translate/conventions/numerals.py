"""Numbers, dates and times of day that a draft has as its source writes them, in the way of the target language.

What is changed stands in the source sign by sign; a number that differs from those of the source is somebody's decision
or a mistake, and none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.dates import month_name, months
from tolmach.text.model import Span
from tolmach.text.numbers import numbers
from tolmach.text.numbers.language import separators
from tolmach.translate.conventions.edit import Edit

_BLANK = "\u0020\u00a0\u2009\u202f"
_DAYS, _MONTHS, _HOURS = 31, 12, 24
_DATE = re.compile(r"(?<![\w.,:/-])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)")
_TIME = re.compile(rf"(?<![\w.,:/-])(\d{{1,2}})\.([0-5]\d)(?![\w/-]|[.,:]\d)(?:[{_BLANK}]?(?P<hours>Uhr\b))?")
_ORDINAL = re.compile(r"(?<![\w.,:/-])(\d{1,3})\.(?= [a-z])")
_REACH = 40
_WORD_BEFORE = re.compile(rf"(?P<word>[^\W\d_]+)\.?[{_BLANK}]*$")


@dataclass(frozen=True, slots=True)
class _Written:
    """A number with separators: its place and its signs, blanks made equal."""

    span: Span
    text: str


def table() -> dict[str, Any]:
    """The conventions by language."""
    return load_table("tolmach.translate.conventions", "conventions.toml")


def edits(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    """The numbers of the draft that are to be written otherwise; they may overlap."""
    if not any(sign.isdigit() for sign in draft) or primary(target_language) not in table():
        return
    languages = primary(source_language), primary(target_language)
    yield from _dates(source, draft, *languages)
    yield from _times(source, draft, *languages)
    yield from _days(source, draft, *languages)
    yield from _ordinals(source, draft, *languages)
    yield from _numbers(source, draft, *languages)


def _numbers(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    found = list(_written(source, source_language))
    known = {one.text for one in found if _is_number(source, one, source_language)}
    doubtful = {one.text for one in found}
    instead = {text: _rewritten(text, source_language, target_language) for text in known}
    for one in _written(draft, source_language):
        right = instead.get(one.text)
        # «10,000» and «10.000» in one sentence: which is which can no longer be told.
        if right is None or right in doubtful or right == draft[one.span.start : one.span.end]:
            continue
        if not _is_time_of_day(draft, one.span.end):
            yield Edit(one.span, right, "number")
    if target_language != source_language:
        yield from _kept_together(draft, {re.sub(r"\D", "", text) for text in known}, target_language)


def _kept_together(draft: str, known: set[str], language: str) -> Iterator[Edit]:
    """A blank that groups the digits of a number of the source does not end a line."""
    if " " not in separators(language)[0]:
        return
    for one in _written(draft, language):
        written = draft[one.span.start : one.span.end]
        if " " in written and re.sub(r"\D", "", written) in known:
            yield Edit(one.span, written.replace(" ", "\u00a0"), "number")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    group, decimal = separators(language)
    groups = f"[{_BLANK}]" if " " in group else re.escape(group[0])
    return re.compile(
        rf"(?<!\w)(?<!\w[.,:/-])(?<!\d[{_BLANK}])"
        rf"(?:\d{{1,3}}(?:{groups}\d{{3}})+(?:{re.escape(decimal)}\d+)?|\d+{re.escape(decimal)}\d+)"
        rf"(?!\w|[.,:/-]\d|[{_BLANK}]\d)"
    )


def _written(text: str, language: str) -> Iterator[_Written]:
    if language not in ("de", "en", "ru"):
        return
    for match in _pattern(language).finditer(text):
        yield _Written(Span(*match.span()), re.sub(f"[{_BLANK}]", " ", match[0]))


def _rewritten(text: str, source_language: str, target_language: str) -> str:
    """A number of one language as another one writes it, digit by digit.

    >>> _rewritten("1.234,50", "de", "en"), _rewritten("10,000", "en", "ru")
    ('1,234.50', '10\\xa0000')
    """
    _group, decimal = separators(source_language)
    group, point = separators(target_language)
    before, _point, rest = text.partition(decimal)
    whole = re.sub(r"\D", "", before)
    blank = " " in group
    if len(whole) > (4 if blank else 3) and len(whole) != len(before):
        whole = f"{int(whole):,}".replace(",", "\u00a0" if blank else group[0])
    return f"{whole}{point}{rest}" if rest else whole


def _is_number(text: str, one: _Written, language: str) -> bool:
    """Is it a number and no version, paragraph or time of day? Only a point leaves that open."""
    decimal = separators(language)[1]
    if re.fullmatch(rf"\d{{1,3}}{re.escape(decimal)}\d{{3}}", one.text):
        # Somebody may have grouped digits in the way of another language.
        return False
    if "." not in one.text or _is_time_of_day(text, one.span.end):
        return "." not in one.text
    rules = table()["point"]
    before = _WORD_BEFORE.search(text[max(0, one.span.start - _REACH) : one.span.start])
    word = before["word"] if before else ""
    if language != "en":
        return word.lower() not in rules["counting"]
    following = text[one.span.end : one.span.end + _REACH].lstrip(_BLANK + "-").lower()
    if following.startswith(tuple(rules["following"])) or text[: one.span.start].endswith(tuple(rules["money"])):
        return True
    return word.islower() and word not in rules["counting"]


def _is_time_of_day(text: str, end: int) -> bool:
    following = text[end : end + _REACH].lstrip(_BLANK).lower()
    return following.startswith(tuple(table()["point"]["hours"]))


def _dates(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    """Dates in digits that stand in the source in the same digits and that the target writes otherwise."""
    pattern = table()[target_language]["date"]
    known = {match[0] for match in _DATE.finditer(source)}
    for match in _DATE.finditer(draft):
        read = _day_and_month(match, source_language)
        if match[0] not in known or read is None or draft[: match.start()].lower().endswith("the "):
            continue
        day, month = read
        if "{dd}" in pattern and match[2] == ".":
            continue
        name = month_name(month, target_language)
        right = pattern.format(d=day, dd=f"{day:02}", m=month, mm=f"{month:02}", month=name, y=match[4])
        yield Edit(Span(*match.span()), right, "date")


def _day_and_month(match: re.Match[str], language: str) -> tuple[int, int] | None:
    """Day and month; None where the order is doubtful, as it is in English, or where it is no date."""
    first, second = int(match[1]), int(match[3])
    if not (first and second) or max(first, second) > _DAYS:
        return None
    if match[2] == "." and language != "en":
        return (first, second) if second <= _MONTHS else None
    if first > _MONTHS >= second:
        return first, second
    return (second, first) if second > _MONTHS >= first else None


def _times(source: str, draft: str, _source_language: str, target_language: str) -> Iterator[Edit]:
    """«18.30» for «18.30 Uhr» of the source."""
    sign = table()[target_language]["time"]
    known = {(match[1], match[2]) for match in _TIME.finditer(source) if match["hours"] and int(match[1]) <= _HOURS}
    for match in _TIME.finditer(draft):
        if sign and (match[1], match[2]) in known and not _is_time_of_day(draft, match.end(2)):
            yield Edit(Span(match.end(1), match.start(2)), sign, "time")


@cache
def _day(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months(language)), key=len, reverse=True))
    return re.compile(rf"(?<![\w.,:/-])(\d{{1,2}})(\.?)[{_BLANK}]({names})\b", re.IGNORECASE)


def _days(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    """The point behind a day before the name of its month, where the source has that date."""
    point = table()[target_language]["day"]
    found = [match for match in _day(target_language).finditer(draft) if match[2] != point]
    if not found:
        return
    known = {
        value for one in numbers(source, source_language) for value in one.values if not isinstance(value, Decimal)
    }
    for match in found:
        if (int(match[1]), months(target_language)[match[3].lower()]) in known:
            yield Edit(Span(*match.span(2)), point, "date")


def _ordinals(source: str, draft: str, source_language: str, target_language: str) -> Iterator[Edit]:
    """«the 3. quarter», where the German source has «3.» before a word, too."""
    endings = table()[target_language].get("ordinals")
    if endings is None or source_language != "de":
        return
    known = set(re.findall(r"(?<![\w.,:/-])(\d{1,3})\.(?= [^\W\d_])", source))
    for match in _ORDINAL.finditer(draft):
        if match[1] in known:
            teen = match[1][-2:] in ("11", "12", "13")
            ending = endings["other"] if teen else endings.get(match[1][-1], endings["other"])
            yield Edit(Span(match.end(1), match.end()), ending, "ordinal")
