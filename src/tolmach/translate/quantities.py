"""The numbers, dates and times of a sentence as places that can be filled otherwise, in each language's writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any, Literal

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span
from tolmach.text.numbers import Number, numbers
from tolmach.text.numbers.language import written

Kind = Literal["number", "date", "calendar", "time", "month", "other"]

_BLANKS = "\u0020\u00a0\u2009\u202f"
_CALENDAR = re.compile(r"(?P<d>\d{1,2})(?P<sep>\.[ ]?)(?P<m>\d{1,2})\.[ ]?(?P<y>\d{4})|(?P<iso>\d{4}-\d\d-\d\d)")
_TIME = re.compile(r"(?P<h>\d{1,2})(?P<sep>[:.])(?P<min>\d\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_GROUPED = re.compile(rf"\d[{_BLANKS}.,'\u2019]\d{{3}}(?!\d)")
_GROUPING_BLANK = re.compile(rf"(?<=\d)[{_BLANKS}](?=\d)")
_JOINED = re.compile(r"-?[^\W\d_]")
_NEXT = re.compile(rf"[{_BLANKS}]?(?P<word>[^\W\d_]+)")
_BEFORE = re.compile(rf"(?P<word>[^\W\d_]+)[{_BLANKS}]$")
_YEARS = range(1000, 3000)
_UNGROUPED = 10_000  # from here on numbers are written in groups in all three languages


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date, time or month: where it stands, how it is written, and what it means.

    What can be read in several ways, or cannot be written otherwise, is `other`.
    """

    span: Span
    kind: Kind
    value: tuple[Decimal | int, ...]
    text: str


def quantities(text: str, language: str) -> list[Quantity]:
    """All of a sentence in order, none within another.

    >>> [(one.kind, one.text) for one in quantities("Am 5. Januar 2022 kamen 1.500 Menschen.", "de")]
    [('date', '5. Januar'), ('number', '2022'), ('number', '1.500')]
    """
    found = [number for number in numbers(text, language) if not number.optional]
    whole = [
        _quantity(list(group), text, span)
        for span, group in groupby(sorted(found, key=lambda one: one.span), key=lambda one: one.span)
    ]
    taken = [one.span for one in whole]
    months = [one for one in _bare_months(text, language) if not any(one.span.overlaps(span) for span in taken)]
    return sorted([*whole, *months], key=lambda one: one.span)


def _quantity(group: list[Number], text: str, span: Span) -> Quantity:
    shown = text[span.start : span.end]
    if match := _CALENDAR.fullmatch(shown):
        parts = [match["y"], match["m"], match["d"]] if match["d"] else shown.split("-")
        return Quantity(span, "calendar", tuple(map(int, parts)), shown)
    if len(group) > 1:
        return Quantity(span, "other", (), shown)
    values = list(group[0].bare or group[0].values)
    tuples = [value for value in values if isinstance(value, tuple)]
    if match := _TIME.fullmatch(shown) if tuples and len(tuples[0]) == 3 else None:
        return Quantity(span, "time", (int(match["h"]), int(match["min"])), shown)
    if len(tuples) == len(values) == 1 and len(tuples[0]) == 2:
        return Quantity(span, "date", tuples[0], shown)
    totals = [value for value in group[0].values if isinstance(value, Decimal)]
    singles = [value for value in values if isinstance(value, Decimal)]
    if len(singles) == len(totals) == 1 and not tuples:
        return Quantity(span, "number", (singles[0], totals[0]), shown)
    return Quantity(span, "other", (), shown)


def _bare_months(text: str, language: str) -> Iterator[Quantity]:
    for match in _month_pattern(primary(language)).finditer(text):
        number = next(
            place for place, forms in enumerate(_months(primary(language)), 1) if match[0].casefold() in forms
        )
        yield Quantity(Span(*match.span()), "month", (number,), match[0])


@cache
def _months(language: str) -> tuple[tuple[str, ...], ...]:
    table = load_table("tolmach.text", "dates.toml").get(language, {}).get("months", [])
    # abbreviations have no place in a sentence without a day, and some are names (Jan)
    return tuple(tuple(forms) if language == "ru" else (forms[0],) for forms in table)


@cache
def _month_pattern(language: str) -> re.Pattern[str]:
    names = sorted((form for forms in _months(language) for form in forms), key=len, reverse=True)
    if language != "ru":
        names = [name.capitalize() for name in names]
    return re.compile(rf"\b(?:{'|'.join(names) or '(?!)'})\b")


def rewritten(text: str, old: Quantity, new: Quantity, language: str) -> str | None:
    """What is to stand in the place of `old` in `text` so that it says `new`, written as the language does and as it
    was.

    None where its surroundings would have to change: agreement with another number, an ending joined to it.
    """
    if old.kind != new.kind or old.kind == "other" or _JOINED.match(text, old.span.end):
        return None
    return _WRITERS[old.kind](text, old, new, primary(language))


def _number(text: str, old: Quantity, new: Quantity, language: str) -> str | None:
    scaled = tuple(one.value[0] != one.value[1] for one in (old, new))
    if scaled[0] != scaled[1] or not _agrees(text, old, Decimal(new.value[0]), language):
        return None
    value = Decimal(new.value[0])
    long_ungrouped = old.text.isdigit() and len(old.text) > 4
    if not long_ungrouped and (_GROUPED.search(old.text) or _GROUPED.search(new.text) or value >= _UNGROUPED):
        shown = written(value, language)
        blank = _GROUPING_BLANK.search(old.text)
        return shown.replace("\u00a0", blank[0]) if blank else shown
    shown = f"{value:f}"
    return shown.replace(".", _rules(language).get("decimal", "."))


def _agrees(text: str, old: Quantity, value: Decimal, language: str) -> bool:
    """Does the sentence stay right with another number in this place?"""
    rules = _rules(language)
    before, following = _BEFORE.search(text, 0, old.span.start), _NEXT.match(text, old.span.end)
    if before and before["word"].casefold() in rules.get("before", ()):
        return False
    was = Decimal(old.value[0])
    if following is None or _category(was, language) == _category(value, language):
        return True
    word = following["word"].casefold()
    if word in rules.get("invariable", ()):
        return True
    is_year = was in _YEARS and value in _YEARS and was % 1 == value % 1 == 0
    return is_year and word in rules.get("year", ())


def _category(value: Decimal, language: str) -> str:
    """The plural category of a number (CLDR, cardinal) as far as it is written in digits."""
    if language != "ru":
        return "one" if value == 1 else "other"
    if value % 1:
        return "other"
    ten, hundred = int(value % 10), int(value % 100)
    if ten == 1 and hundred != 11:
        return "one"
    return "few" if ten in (2, 3, 4) and hundred not in (12, 13, 14) else "many"


def _date(_text: str, old: Quantity, new: Quantity, language: str) -> str | None:
    """Another day in a date with the month in words."""
    names = load_table("tolmach.text", "dates.toml").get(language, {}).get("months", [])
    day, month = int(new.value[0]), int(new.value[1])
    word = next((form for form in names[int(old.value[1]) - 1] if form in re.split(r"\W+", old.text.casefold())), "")
    shape = old.text.casefold().replace(word, "") if word else "?"
    # an ending of the day, as in «5th», would have to change with it
    if not word or re.search(r"[^\W\d_]", shape):
        return None
    other = _parallel(names, word, int(old.value[1]), month)
    if not other or not 1 <= day <= 31:
        return None
    start = old.text.casefold().index(word)
    shown = old.text[start : start + len(word)]
    replaced = old.text[:start] + (other.capitalize() if shown[:1].isupper() else other) + old.text[start + len(word) :]
    return _DAY.sub(str(day), replaced, count=1)


def _parallel(names: list[list[str]], word: str, old: int, new: int) -> str:
    """The form of another month that fits where `word` stood."""
    if old == new:
        return word
    place = names[old - 1].index(word)
    if len(names[new - 1]) != len(names[old - 1]):
        return names[new - 1][0] if not place else ""
    return names[new - 1][place]


def _month(_text: str, old: Quantity, new: Quantity, language: str) -> str | None:
    names = [list(forms) for forms in _months(language)]
    other = _parallel(names, old.text.casefold(), int(old.value[0]), int(new.value[0]))
    return (other.capitalize() if old.text[:1].isupper() else other) or None


def _calendar(_text: str, old: Quantity, new: Quantity, _language: str) -> str | None:
    year, month, day = new.value
    match = _CALENDAR.fullmatch(old.text)
    if match is None or match["iso"]:
        return f"{year}-{month:02}-{day:02}"
    padded = "0" in (match["d"][0], match["m"][0]) or (new.text[0] == "0" and len(match["d"]) == len(match["m"]) == 2)
    width = 2 if padded else 1
    return f"{day:0{width}}{match['sep']}{month:0{width}}{match['sep']}{year}"


def _time(text: str, old: Quantity, new: Quantity, _language: str) -> str | None:
    match = _TIME.fullmatch(old.text)
    if match is None or _HALF_DAY.match(text, old.span.end):
        return None
    hour, minute = new.value
    return f"{hour:0{2 if match['h'][0] == '0' else 1}}{match['sep']}{minute:02}"


_HALF_DAY = re.compile(rf"[{_BLANKS}]?[ap]\.?m\b", re.IGNORECASE)
_WRITERS = {"number": _number, "date": _date, "calendar": _calendar, "time": _time, "month": _month}


def _rules(language: str) -> dict[str, Any]:
    found: dict[str, Any] = load_table("tolmach.translate", "adapt.toml").get(language, {})
    return found
