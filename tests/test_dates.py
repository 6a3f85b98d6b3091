"""The dates that a sentence names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.text.dates import dates

DAY = (date(2022, 1, 5), date(2022, 1, 5))
MONTH = (date(2022, 1, 1), date(2022, 1, 31))
YEAR = (date(2022, 1, 1), date(2022, 12, 31))

NAMED = [
    ("de", "Am 5. Januar 2022 schneite es.", [DAY]),
    ("de", "Am 5.\u00a0Januar\n2022 schneite es.", [DAY]),
    ("de", "Am 5. Jan. 2022 schneite es.", [DAY]),
    ("de", "Am 5. Jänner 2022 schneite es.", [DAY]),
    ("de", "Am 5.1.2022, am 05.01.2022 und am 5.1.22.", [DAY, DAY, DAY]),
    ("de", "Am 2022-01-05.", [DAY]),
    ("de", "IM JANUAR 2022", [MONTH]),
    ("de", "Im Januar des Jahres 2022.", [MONTH]),
    ("de", "Im Jahr 2022, (2022), Ende 2022.", [YEAR, YEAR, YEAR]),
    ("de", "Vom 3. bis 5. Januar 2022.", [DAY]),
    ("de", "2021–2022", [(date(2021, 1, 1), date(2021, 12, 31)), YEAR]),
    ("en", "On 5 January 2022, on January 5, 2022, on January 5th, 2022, on the 5th of January 2022.", [DAY] * 4),
    ("en", "In January 2022, in 2022.", [MONTH, YEAR]),
    ("ru", "5 января 2022 года; 05.01.2022; 5-го января 2022 г.", [DAY] * 3),
    ("ru", "В январе 2022 года, в 2022 году.", [MONTH, YEAR]),
    ("kk", "05.01.2022", [DAY]),
]
NOT_NAMED = [
    ("de", "Am 5. Januar schneite es."),
    ("de", "Im Januar."),
    ("de", "31. Februar 2022"),
    ("de", "2022 Menschen, 2022 Euro, 2022 km, 2022 %, 2022,5 und 2.022."),
    ("de", "Version 1.2.20.3, §2022, $2022, A-2022"),
    ("de", "die 2020er Jahre"),
    ("de", "12345, 20222"),
    ("en", "2022 people"),
    ("ru", "2022 человека"),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), NAMED)
def test_dates_that_are_named(language: str, sentence: str, expected: list[tuple[date, date]]) -> None:
    assert sorted(dates(sentence, language)) == sorted(expected)


@pytest.mark.parametrize(("language", "sentence"), NOT_NAMED)
def test_what_is_no_date(language: str, sentence: str) -> None:
    assert list(dates(sentence, language)) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert list(dates(f"Am {day.day}.{day.month}.{day.year} war es so.", "de")) == [(day, day)]
    assert list(dates(f"Am {day.isoformat()} war es so.", "de")) == [(day, day)]


@given(st.text(alphabet="0123456789.-/ Mai年%", max_size=40))
def test_nothing_is_too_strange(text: str) -> None:
    assert all(first <= last for first, last in dates(text, "de"))
