"""The numbers, dates and times of day that a text writes in digits.

A number may be read in several ways («10.000» is ten thousand in German and ten in English); each reading is a value.
Numbers in words are not read, nor digits that belong to a name (T-72, COVID-19) or to an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from typing import Any

from tolmach.config import primary
from tolmach.text.dates import months
from tolmach.text.model import Span
from tolmach.text.numbers.language import BLANKS, FOLLOWING, rules
from tolmach.text.untouchable import spans as untouchable_spans

_GROUPING = f"{BLANKS}'\u2019"
_MONTHS, _DAYS = 12, 31
_ROMAN = re.compile(r"(?<![^\W_])(?=[IVXLC])(?:X{0,3}|XL|LX{0,3}|XC|C{1,3})(?:IX|IV|V?I{0,3})(?![^\W_])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_DECADE = re.compile(r"(?:er|['\u2019]?s|-?х|-?е|-ми)(?:n|m)?(?![^\W\d_])", re.IGNORECASE)
_POINT = re.compile(r"(?:^|[\s(])\.$")  # «.5 per cent»
_IN_NAME = re.compile(r"[^\W\d_]-")
_GLUED = re.compile(r"(?<![^\W_])(?!\d)[^\W_a-z\u0430-\u044f]{1,3}?(?P<number>\d{1,4})(?![^\W_])")
_LONGEST_GAP = 7  # signs between the numbers of a range
_LONGEST = 18  # digits: what is longer is no number that one reads


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands: what it may mean, and whether a word such as «million» has counted in it.

    `values` are the readings, `parts` what it falls into when it matches as a whole nothing (a date: day, year);
    `bare` are the values without the word. An `optional` one is never missed.
    """

    span: Span
    values: frozenset[Decimal | tuple[int, ...]]
    bare: frozenset[Decimal | tuple[int, ...]] = frozenset()
    parts: tuple[Number, ...] = ()
    optional: bool = False

    @property
    def is_whole(self) -> bool:
        """Is it a date or a time of day?"""
        return any(isinstance(value, tuple) for value in self.values)

    def same(self, other: Number) -> bool:
        """May both mean the same?"""
        if self.values & other.values:
            return True
        # «1,5 Millionen» and «1.5 billion» both say what they count in; «1,5» alone may have it elsewhere.
        if self.bare and other.bare:
            return False
        return bool((self.bare and self.bare & other.values) or (other.bare and other.bare & self.values))


def numbers(text: str, language: str) -> list[Number]:
    """The numbers of a text in order; languages that are not known are read like English."""
    if not any(sign.isdigit() for sign in text):
        return [*_romans(text)]
    found: list[Number] = []
    protected = untouchable_spans(text)
    table = rules(language)
    for match in _pattern(primary(language)).finditer(text):
        span = Span(*match.span())
        if not any(one.overlaps(span) for one in protected):
            read = _READERS[match.lastgroup or "number"](match, text, table)
            # «T-72», «COVID-19», «Euro-2012»: in a name the number is often missing on the other side.
            named = match[0][0].isdigit() and _IN_NAME.match(text, max(0, span.start - 2)) is not None
            found.extend(replace(one, optional=True, parts=()) if named else one for one in read)
    return [*_ranges(found, text), *_glued(text), *_romans(text)]


def _glued(text: str) -> Iterator[Number]:
    """The numbers that belong to a name («FY2021», «G20»): the other side may write them apart."""
    for match in _GLUED.finditer(text):
        yield _plain(Span(*match.span("number")), int(match["number"]), optional=True)


def _ranges(found: list[Number], text: str) -> Iterator[Number]:
    """The numbers; the first of «12 bis 16 Millionen» may be in millions, too."""
    for one, following in zip_longest(found, found[1:]):
        if following and following.bare and not one.bare and not one.optional:
            between = text[one.span.end : following.span.start]
            if len(between) <= _LONGEST_GAP and not any(sign in between for sign in ";.,("):
                ratio = max(_decimals(following.values)) / max(max(_decimals(following.bare)), Decimal(1))
                more = frozenset(value * ratio for value in _decimals(one.values))
                yield replace(one, values=one.values | more, parts=())
                continue
        yield one


def _decimals(values: frozenset[Decimal | tuple[int, ...]]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)] or [Decimal(1)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months(language)), key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"""(?<![^\W_]) (?<!\d[.,]) (?:
              (?P<iso> (?P<y>\d{{4}})-(?P<mm>\d\d)-(?P<dd>\d\d) (?![\d-]) )
            | (?P<date> (?P<d>\d{{1,2}})(?P<sep>[./])[ ]?(?P<m>\d{{1,2}})(?P=sep)[ ]?(?P<yy>\d{{4}}|\d\d) (?![\d/]) )
            | (?P<short> (?P<sd>\d{{1,2}})\.(?P<sm>\d{{1,2}}) (?=\.(?![\d.])) )
            | (?P<worded> (?P<wd>\d{{1,2}}) (?:\.|st|nd|rd|th|-?го|-?е)? [{BLANKS}] (?:of[ ])? (?P<wm>{names})\b )
            | (?P<time> (?P<h>\d{{1,2}})
                (?: :(?P<min>\d\d)(?::\d\d)? | \.(?P<dotted>\d\d)(?=[{BLANKS}]?(?:Uhr|[ap]\.?m)) ) (?!\d) )
            | (?P<number> \d{{1,3}}(?:[{_GROUPING}]\d{{3}})++(?:[.,]\d++)? (?!\d) | \d++(?:[.,]\d++)*+ )
            )
            | \b(?P<first> (?P<fm>{names})\.?[{BLANKS}](?P<fd>\d{{1,2}}) (?![\d:]) )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _plain(span: Span, value: int, *, optional: bool = False) -> Number:
    return Number(span, frozenset((Decimal(value),)), optional=optional)


def _date(span: Span, day: int, month: int, year: int | None, *, either: bool = False) -> Iterator[Number]:
    parts = [_plain(span, day)]
    values: set[Decimal | tuple[int, ...]] = {(day, month)}
    if either:
        values.add((month, day))
        parts = [_plain(span, day, optional=True)]
    yield Number(span, frozenset(values), parts=tuple(parts))
    if year is not None:
        yield _year(span, year)


def _year(span: Span, year: int) -> Number:
    short = year < 100
    return Number(span, frozenset(map(Decimal, (year, 1900 + year, 2000 + year) if short else (year,))))


def _read_iso(match: re.Match[str], _text: str, _table: dict[str, Any]) -> Iterator[Number]:
    yield from _date(Span(*match.span()), int(match["dd"]), int(match["mm"]), int(match["y"]))


def _read_date(match: re.Match[str], text: str, table: dict[str, Any]) -> Iterator[Number]:
    day, month, year = int(match["d"]), int(match["m"]), int(match["yy"])
    if day > _DAYS or month > _DAYS or min(day, month) > _MONTHS or not min(day, month):
        yield from _read_number(match, text, table)
        return
    # With slashes the English world is divided; «31.12.» can be read in one way only.
    either = match["sep"] == "/" or month > _MONTHS
    yield from _date(Span(*match.span()), day, month, year, either=either)


def _read_short(match: re.Match[str], text: str, table: dict[str, Any]) -> Iterator[Number]:
    """«4.1.» is a date in the languages that set a point after the day; at the end of a sentence a number, too."""
    day, month = int(match["sd"]), int(match["sm"])
    if table["months_first"] or not (0 < day <= _DAYS and 0 < month <= _MONTHS):
        yield from _read_number(match, text, table)
        return
    span = Span(*match.span())
    values: frozenset[Decimal | tuple[int, ...]] = frozenset({(day, month), Decimal(match[0])})
    yield Number(span, values, parts=(_plain(span, day),))


def _read_worded(match: re.Match[str], _text: str, _table: dict[str, Any]) -> Iterator[Number]:
    which = "w" if match["wd"] else "f"
    day, name = int(match[f"{which}d"]), match[f"{which}m"].lower()
    month = next(names[name] for names in map(months, ("de", "en", "ru")) if name in names)
    yield from _date(Span(*match.span()), day, month, None)


def _read_time(match: re.Match[str], _text: str, _table: dict[str, Any]) -> Iterator[Number]:
    span = Span(*match.span())
    hour, minute = int(match["h"]), int(match["min"] or match["dotted"])
    parts = (_hour(span, hour), _plain(span, minute)) if minute else (_hour(span, hour),)
    yield Number(span, frozenset(((hour % 12, minute, 0),)), parts=parts)


def _hour(span: Span, hour: int) -> Number:
    return Number(span, frozenset(map(Decimal, {hour, hour % 12, hour % 12 + 12})))


def _read_number(match: re.Match[str], text: str, table: dict[str, Any]) -> Iterator[Number]:
    span = Span(*match.span())
    bare = frozenset(_readings(match[0], table))
    if not bare:
        return
    following = FOLLOWING.match(text, span.end)
    word = following["word"].casefold() if following else ""
    if any(_begins(word, hour) for hour in table["hours"]) and match[0].isdigit():
        yield _hour(span, int(match[0]))
        return
    power = _power(word, table)
    if power:
        # «6,2 тысячи миллионов»
        beyond = FOLLOWING.match(text, following.end()) if following else None
        power += _power(beyond["word"].casefold(), table) if beyond and len(word) > 2 else 0
        counted = frozenset(value * 10**power for value in bare)
        # «1.80 m» may be metres.
        yield Number(span, counted | bare if len(word.rstrip(".")) == 1 else counted, bare)
        return
    values: set[Decimal | tuple[int, ...]] = set(bare)
    if _POINT.search(text[max(0, span.start - 2) : span.start]) and match[0].isdigit():
        values.add(Decimal(f"0.{match[0]}"))
    is_short = len(match[0]) == 2 and match[0].isdigit()
    if is_short and (_DECADE.match(text, span.end) or text[span.start - 1 : span.start] in tuple("/'\u2019\u2013-")):
        values |= {value + century for value in bare for century in (1900, 2000)}
    yield Number(span, frozenset(values), parts=tuple(_pieces(match[0], span)))


def _power(word: str, table: dict[str, Any]) -> int:
    """In which power of ten the word counts; 0 for other words."""
    return next((power for name, power in table["scales"] if _begins(word, name)), 0)


def _begins(word: str, name: str) -> bool:
    return word.rstrip(".") == name[:-1] if name.endswith("$") else word.startswith(name)


def _readings(written: str, table: dict[str, Any]) -> Iterator[Decimal]:
    plain = re.sub(f"[{_GROUPING}]", "", written)
    signs = [sign for sign in plain if sign in ".,"]
    if len(plain) > _LONGEST:
        return
    if not signs:
        yield Decimal(plain)
    elif len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
        yield Decimal(plain.replace(signs[0], "").replace(signs[-1], "."))
    elif len(set(signs)) == 1 and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        if len(signs) > 1 or signs[0] in table["group"]:
            yield Decimal(plain.replace(signs[0], ""))
        if len(signs) == 1 and (signs[0] in table["decimal"] or plain[0] == "0"):
            yield Decimal(plain.replace(",", "."))
    elif len(signs) == 1:
        yield Decimal(plain.replace(",", "."))


def _pieces(written: str, span: Span) -> Iterator[Number]:
    """«5 100» may be two numbers beside one another, «3.5» a date."""
    pieces = re.split(f"[{_GROUPING}.]", written)
    if len(pieces) == 2 and "," not in written and (" " in written or len(pieces[1]) < 3):
        for piece in pieces:
            yield _plain(span, int(piece))


def _romans(text: str) -> Iterator[Number]:
    for found in _ROMAN.finditer(text):
        values = [_ROMAN_VALUES[letter] for letter in found[0]]
        total = sum(
            -value if any(later > value for later in values[place + 1 : place + 2]) else value
            for place, value in enumerate(values)
        )
        if total:
            yield _plain(Span(*found.span()), total, optional=True)


_READERS = {
    "iso": _read_iso,
    "date": _read_date,
    "short": _read_short,
    "worded": _read_worded,
    "first": _read_worded,
    "time": _read_time,
    "number": _read_number,
}
