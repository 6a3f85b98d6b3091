"""The Daitch–Mokotoff Soundex."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.files import load_table
from tolmach.names.phonetic import daitch_mokotoff

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "phonetic.toml").read_text(encoding="utf-8"))
TABLES = load_table("tolmach.names", "phonetic.toml")
CHART = {letters: codes for row, codes in TABLES["chart"].items() for letters in row.split()}
ENTRIES = CASES["published"] | CASES["hard"]
SPELLINGS = st.lists(st.sampled_from(sorted(CHART)), min_size=1, max_size=6).map("".join)


def slow(name: str) -> set[str]:
    """The rules, read aloud: every combination of readings, then letter by letter."""
    rest, parts = name.upper(), []
    while rest:
        parts.append(max((letters for letters in CHART if rest.startswith(letters)), key=len))
        rest = rest.removeprefix(parts[-1])
    found = set()
    for readings in product(*(CHART[part].split("|") for part in parts)):
        columns = [reading.split() for reading in readings]
        coded = []
        for place, column in enumerate(columns):
            before_vowel = place + 1 < len(columns) and columns[place + 1][0] in ("0", "1")
            coded.append((column[0] if place == 0 else column[1] if before_vowel else column[2]).replace("-", ""))
        code = coded[0]
        for before, digits in pairwise(coded):
            code += digits[1:] if before and digits and before[-1] == digits[0] else digits
        found.add(code.ljust(6, "0")[:6])
    return found


@pytest.mark.parametrize("name", ENTRIES)
def test_codes_are_those_of_the_authors(name: str) -> None:
    assert sorted(daitch_mokotoff(name)) == sorted(ENTRIES[name])


@pytest.mark.parametrize("case", CASES["alike"], ids=lambda case: str(case["names"][0]))
def test_spellings_of_one_name_share_a_code(case: dict[str, Any]) -> None:
    codes = [set(daitch_mokotoff(name)) for name in case["names"]]
    assert set.intersection(*codes)


@pytest.mark.parametrize("case", CASES["different"], ids=lambda case: str(case["names"][0]))
def test_other_names_share_none(case: dict[str, Any]) -> None:
    for one, other in combinations(case["names"], 2):
        assert set(daitch_mokotoff(one)).isdisjoint(daitch_mokotoff(other))


@pytest.mark.parametrize("name", ["", " ", "-", "42", "東京"])
def test_nothing_to_code(name: str) -> None:
    assert daitch_mokotoff(name) == ()


def test_every_equivalent_is_written_with_letters_of_the_chart() -> None:
    listed = [letter for letters in TABLES["equivalents"].values() for letter in letters.split()]
    assert len(listed) == len(set(listed))
    for latin in TABLES["equivalents"]:
        assert re.fullmatch("(?:" + "|".join(CHART) + ")+", latin)


@given(SPELLINGS)
def test_fast_and_slow_agree(name: str) -> None:
    assert set(daitch_mokotoff(name)) == slow(name)


@given(st.text(max_size=12))
def test_codes_are_six_digits_and_case_does_not_matter(name: str) -> None:
    found = daitch_mokotoff(name)
    assert all(re.fullmatch("[0-9]{6}", code) for code in found)
    assert len(set(found)) == len(found)
    if name.isascii():
        assert daitch_mokotoff(name.upper()) == found == daitch_mokotoff(f"({name})")
