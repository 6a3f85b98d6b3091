"""Normalised text: equal for equal writings, and every stretch leads back to what is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.text.model import Span
from tolmach.text.normal import normalise

EQUAL = [
    ("Weißrussland", "WEISSRUSSLAND"),
    ("Weißrussland", "WEIẞRUSSLAND"),
    ("Weißrussland", "Weiß\u00adruss\u00adland"),
    ("Weißrussland", "Weißruss-\nland"),
    ("Weißrussland", "Weißruss\u00ad\r\n  land"),
    ("Weißrussland", "Weißru\u0455sland"),
    ("Ökonomische Union", "O\u0308konomische\u00a0Union"),
    ("Ökonomische Union", "Ökonomische\n   Union"),
    ("Ökonomische Union", "Ökonomische-Union"),
    ("Nur-Sultan", "Nur\u2011Sultan"),
    ("Nur-Sultan", "Nur-\nSultan"),
    ("Nur-Sultan", "Nur\u2013Sultan"),
    ("Belarus'", "Belarus\u2019"),
    ("Мирзиёев", "Мирзиеев"),
    ("Молдова", "Молдо\u0301ва"),
    ("Молдова", "M\u043eлдова"),
    ("Евразийский", "Евразии\u0306скии\u0306"),
    ("Kirgistan", "Kirgist\u03b1n"),
    ("İstanbul", "Istanbul"),
]
DIFFERENT = [
    ("Nursultan", "Nur-Sultan"),
    ("Handels- und", "Handels-und"),
    ("Toqajew - Lager", "Toqajew-Lager"),
    ("Eurasische Union", "Eurasische\n\nUnion"),
    ("Кыргызстан", "Киргизстан"),
    ("Schon", "Schön"),
    ("Rat", "Räte"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_writings_of_one_word_are_equal(one: str, other: str) -> None:
    assert normalise(one).text == normalise(other).text


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalise(one).text != normalise(other).text


SIGNS = st.sampled_from([*"aßÄё -\n\r\u00ad\u0301\u0308\u2011\u2013\u00a0\u200b\u0130ЙяТt\u03b1'", "\r\n", "  "])
TEXTS = st.one_of(st.text(), st.lists(SIGNS, max_size=30).map("".join))


@given(TEXTS)
def test_every_stretch_leads_back_into_the_text_in_order(text: str) -> None:
    normal = normalise(text)
    places = [normal.written(Span(place, place + 1)) for place in range(len(normal.text))]
    assert all(0 <= span.start <= span.end <= len(text) for span in places)
    assert all(first.start <= second.start and first.end <= second.end for first, second in pairwise(places))


@given(st.text(alphabet="abcÄÖß ", max_size=40))
def test_plain_letters_lead_back_to_themselves(text: str) -> None:
    normal = normalise(text)
    for place, letter in enumerate(normal.text):
        written = normal.written(Span(place, place + 1))
        assert letter in text[written.start : written.end].lower().replace("ß", "ss")


@given(st.text(alphabet="abcäöüß", min_size=1, max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_capitals_and_invisible_characters_change_nothing(word: str, places: list[int]) -> None:
    changed = word.upper()
    for place in places:
        changed = changed[:place] + "\u00ad" + changed[place:]
    assert normalise(changed).text == normalise(word).text
