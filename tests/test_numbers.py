"""Reading numbers: every notation of a language, and the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.text.numbers import numbers
from tolmach.text.numbers.compare import unmatched
from tolmach.text.numbers.language import written

VALUES = st.decimals(min_value=0, max_value=10**9, places=1, allow_nan=False, allow_infinity=False)
LANGUAGES = st.sampled_from(["de", "en", "ru"])


@given(VALUES, LANGUAGES, LANGUAGES)
def test_a_value_is_the_same_in_every_language(value: Decimal, one: str, other: str) -> None:
    value = value.normalize()
    first, second = (numbers(f"a {written(value, language)} b", language) for language in (one, other))
    assert len(first) == len(second) == 1
    assert unmatched(first, second) == ([], [])


@given(st.text(max_size=60), LANGUAGES)
def test_any_text_can_be_read_and_matches_itself(text: str, language: str) -> None:
    found = numbers(text, language)
    assert unmatched(found, found) == ([], [])
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


@given(st.integers(2, 10**8), st.integers(2, 10**8), LANGUAGES)
def test_different_values_differ(one: int, other: int, language: str) -> None:
    first, second = (numbers(f"{written(Decimal(value), language)} b", language) for value in (one, other))
    assert (unmatched(first, second) == ([], [])) == (one == other)


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("10.000", "de", [{10000}]),
        ("10.000", "en", [{10}]),
        ("10,000", "de", [{10}]),
        ("10,000", "en", [{10000}]),
        ("10 000", "ru", [{10000}]),
        ("1.234.567,89", "de", [{Decimal("1234567.89")}]),
        ("XIX", "ru", [{19}]),
        ("IV und XL", "de", [{4}, {40}]),
        ("ab12 cd", "de", []),
    ],
)
def test_readings(text: str, language: str, values: list[set[int]]) -> None:
    assert [set(one.values) for one in numbers(text, language)] == values
