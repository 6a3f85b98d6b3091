"""The dates that a sentence names, as stretches of days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table

# 5.1.2022, 05.01.22, 2022-01-05. A century is understood for two digits as for four in this century.
_NUMERIC = re.compile(
    r"(?<![\d.,])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d.,]\d|\d)"
    r"|(?<![\d-])(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?![\d-])"
)


def dates(sentence: str, language: str) -> Iterator[tuple[date, date]]:
    """First and last day of each date with a year: days, then months, then years; impossible dates are passed over.

    >>> list(dates("Im Juni 2020 tagte man.", "de"))
    [(datetime.date(2020, 6, 1), datetime.date(2020, 6, 30))]
    """
    found: list[tuple[date, date]] = []

    def numeric(match: re.Match[str]) -> str:
        year, month, day = (int(match[part] or match["iso_" + part]) for part in ("year", "month", "day"))
        found.extend(_stretch(year + 2000 if year < 100 else year, month, day))
        return " "

    def worded(match: re.Match[str]) -> str:
        day = match["day"] or match["day_after"]
        month = months(language)[match["month"].lower()]
        found.extend(_stretch(int(match["year"]), month, int(day) if day else None))
        return " "

    # What a longer pattern has read is taken out, so that its year is not read again.
    rest = _NUMERIC.sub(numeric, sentence)
    pattern = _worded(language)
    rest = pattern.sub(worded, rest) if pattern else rest
    yield from found
    for year in _year().finditer(rest):
        yield date(int(year[0]), 1, 1), date(int(year[0]), 12, 31)


def _stretch(year: int, month: int, day: int | None) -> Iterator[tuple[date, date]]:
    if not 1 <= month <= 12:
        return
    last = calendar.monthrange(year, month)[1]
    if day is None:
        yield date(year, month, 1), date(year, month, last)
    elif 1 <= day <= last:
        yield date(year, month, day), date(year, month, day)


@cache
def _table() -> dict[str, Any]:
    return load_table("tolmach.text", "dates.toml")


def month_name(number: int, language: str) -> str:
    """The name of a month (from 1), with a capital where the language writes names so.

    >>> month_name(1, "en"), month_name(1, "ru")
    ('January', 'январь')
    """
    name: str = _table()[primary(language)]["months"][number - 1][0]
    return name if primary(language) == "ru" else name.capitalize()


@cache
def months(language: str) -> dict[str, int]:
    """The names of the months in all the forms that dates use, in small letters, with their numbers."""
    names = _table().get(primary(language), {}).get("months", [])
    return {name: number for number, group in enumerate(names, 1) for name in group}


@cache
def _worded(language: str) -> re.Pattern[str] | None:
    """«5. Januar 2022», «January 5, 2022», «в январе 2022», by the words of the language."""
    names = months(language)
    if not names:
        return None
    words = _table()[primary(language)]
    return re.compile(
        rf"""(?: (?<!\d) (?P<day> \d{{1,2}} ) (?: {_any(words["day_endings"])} )? \s
                 (?: {_any(words["before_month"])} \s )? )?
             \b (?P<month> {_any(names)} ) \b \.?
             (?: \s (?P<day_after> \d{{1,2}} ) (?: st|nd|rd|th )? \b ,? )? ,?
             \s (?: {_any(words["before_year"])} \s )? (?P<year> (?:19|20)\d\d ) (?!\d)""",
        re.VERBOSE | re.IGNORECASE,
    )


def _any(texts: Any) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) or "(?!)"


@cache
def _year() -> re.Pattern[str]:
    counted = _table()["counted"]
    return re.compile(
        rf"(?<![\w.,§€$/-])(?:1[89]|20)\d\d\b(?![.,]\d|\s?(?:{_any(counted['signs'])})|\s(?:{_any(counted['words'])})\b)"
        r"|(?<=(?:19|20)\d\d[/\u2013-])20\d\d\b(?!\d)",
        re.IGNORECASE,
    )
