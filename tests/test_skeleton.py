"""The coarse key of a name in any script and spelling."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.files import load_table
from tolmach.transcription import system
from tolmach.transcription.skeleton import keys, shapes, skeleton

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "skeleton.toml").read_text(encoding="utf-8")
)
TABLES = load_table("tolmach.transcription", "skeleton.toml")
LETTERS = "".join("".join(TABLES["letters"].values()).split()) + "chjqx"
WORDS = st.text(st.sampled_from(LETTERS + "-'\u2019\u02bc\u044c\u044a "), max_size=14)
LATIN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüčšžćłęçşğə-"), max_size=14)


def _names(case: dict[str, Any]) -> str:
    return str(case["names"][0])


def share(one: str, other: str) -> bool:
    return not set(keys(one)).isdisjoint(keys(other))


@pytest.mark.parametrize("case", CASES["same"], ids=_names)
def test_spellings_of_one_name_share_a_key(case: dict[str, Any]) -> None:
    assert [pair for pair in combinations(case["names"], 2) if not share(*pair)] == []
    if case.get("main"):
        assert len({skeleton(name) for name in case["names"]}) == 1


@pytest.mark.parametrize("case", CASES["different"], ids=_names)
def test_other_names_share_none(case: dict[str, Any]) -> None:
    assert [pair for pair in combinations(case["names"], 2) if share(*pair)] == []


@pytest.mark.parametrize("doubt", TABLES["doubts"], ids=lambda doubt: str(doubt["pattern"]))
def test_every_doubt_is_needed_for_its_sample(doubt: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    written, other = doubt["sample"]
    assert share(written, other)
    without = tuple((re.compile(each["pattern"]), each["replacement"]) for each in TABLES["doubts"] if each != doubt)
    monkeypatch.setattr("tolmach.transcription.skeleton._doubts", lambda: without)
    assert not share(written, other)


def test_what_our_systems_write_shares_a_key() -> None:
    samples = {sample for name in system.names() for sample in system.load(name).samples}
    missed = [sample for sample in samples if not share(*sample)]
    assert len(missed) <= len(samples) / 200, missed


def test_each_letter_has_one_class() -> None:
    listed = "".join(TABLES["letters"].values()).replace(" ", "")
    assert len(listed) == len(set(listed))
    assert not set(listed) & set("chjqx")
    for spelling in TABLES["spellings"]:
        assert set(spelling["letters"]) == set("chjqx"), spelling["title"]


@pytest.mark.parametrize("word", ["", "-", "2022", "東京", "عمر", "Ὅμηρος"])
def test_no_letter_of_ours_no_key(word: str) -> None:
    assert skeleton(word) == ""
    assert keys(word) == ()


def test_vowels_alone_have_a_key() -> None:
    assert skeleton("Ая") == skeleton("Aja") == skeleton("Eye") == "a"


@given(WORDS)
def test_the_main_key_comes_first(word: str) -> None:
    found = keys(word)
    assert len(found) == len(set(found)) <= 5 * (1 + len(TABLES["doubts"]))
    assert not skeleton(word) or found[0] == skeleton(word)


@given(WORDS)
def test_writing_does_not_matter(word: str) -> None:
    assert keys(unicodedata.normalize("NFD", word)) == keys(word)
    assert keys(unicodedata.normalize("NFC", word.upper()).lower()) == keys(word.upper())


@given(WORDS)
def test_a_shape_tells_the_key(word: str) -> None:
    found = [shape[:1] + shape[1:].replace("a", "") for shape in shapes(word)]
    assert tuple(dict.fromkeys(found)) == keys(word)
    assert not any("aa" in shape or shape[1:].endswith("a") for shape in shapes(word))


@given(LATIN)
def test_a_key_consists_of_classes_and_doubles_nothing_that_stood_together(word: str) -> None:
    for key in keys(word):
        assert set(key) <= set("aBDGKLMNPRSTV")
        assert "a" not in key[1:]
