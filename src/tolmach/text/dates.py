"""The dates that a sentence names, as stretches of days."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

import regex

_NUMERIC = regex.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_YEAR = regex.compile(r"(?<![\d.,§€$-])\b(1[89]\d\d|20\d\d)\b(?![\d%‰]|[.,]\d|\s?(?:%|€|\$|km|kg|Uhr|Euro|Dollar|Mann))")


@cache
def _months(language: str) -> dict[str, int]:
    names = tomllib.loads(files(__package__).joinpath("dates.toml").read_text(encoding="utf-8")).get(language, [])
    return {name: number for number, group in enumerate(names, 1) for name in group}


@cache
def _worded(language: str) -> regex.Pattern[str] | None:
    names = "|".join(sorted(_months(language), key=len, reverse=True))
    if not names:
        return None
    day_first = rf"(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s)?\b(?P<month>{names})\b(?:\s(?P<day2>\d{{1,2}}),?)?,?\s(?P<year>(?:19|20)\d\d)\b"
    return regex.compile(day_first, regex.IGNORECASE)


def dates(sentence: str, language: str) -> Iterator[tuple[date, date]]:
    """First and last day of each date with a year: days, months and years; impossible dates are passed over.

    >>> list(dates("Im Juni 2020 tagte man.", "de"))
    [(datetime.date(2020, 6, 1), datetime.date(2020, 6, 30))]
    """
    rest = sentence
    for found in _NUMERIC.finditer(sentence):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        yield from _stretch(int(year), int(month), int(day))
        rest = rest.replace(found.group(), " ")
    pattern = _worded(language.split("-")[0])
    for found in pattern.finditer(rest) if pattern else ():
        month_number = _months(language.split("-")[0])[found["month"].lower()]
        day = found["day"] or found["day2"]
        yield from _stretch(int(found["year"]), month_number, int(day) if day else None)
        rest = rest.replace(found.group(), " ")
    for found in _YEAR.finditer(rest):
        yield date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)


def _stretch(year: int, month: int, day: int | None) -> Iterator[tuple[date, date]]:
    if not 1 <= month <= 12:
        return
    last = calendar.monthrange(year, month)[1]
    if day is None:
        yield date(year, month, 1), date(year, month, last)
    elif 1 <= day <= last:
        yield date(year, month, day), date(year, month, day)
