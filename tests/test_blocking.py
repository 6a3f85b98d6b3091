"""Which names are worth comparing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.names.blocking import LIMIT, Index, pairs
from tolmach.transcription.skeleton import keys

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "blocking.toml").read_text(encoding="utf-8"))
ORIGINALS: list[str] = CASES["originals"]
WORDS = st.sampled_from(
    ["Александр", "Михаил", "Иванов", "Иванова", "Токаев", "Алиев", "А.", "К.", "Жуков", "Жомарт-Али"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ORIGINALS)


def _name(case: dict[str, str]) -> str:
    return case["name"]


@pytest.mark.parametrize("case", CASES["found"], ids=_name)
def test_the_original_is_among_few_candidates(case: dict[str, str], index: Index) -> None:
    candidates = [ORIGINALS[place] for place in index.candidates(case["name"])]
    assert case["original"] in candidates
    assert len(candidates) <= LIMIT


@pytest.mark.parametrize("case", CASES["nobody"], ids=_name)
def test_nobody_is_proposed(case: dict[str, str], index: Index) -> None:
    assert [ORIGINALS[place] for place in index.candidates(case["name"])] == []


def test_a_frequent_word_alone_proposes_nobody() -> None:
    surnames = [f"{first}{second}ов" for first in ("Бал", "Вар", "Гон", "Дем", "Зуб") for second in ("ан", "ар", "ак")]
    many = Index([f"Александр {surname}" for surname in surnames], limit=4)
    assert list(many.candidates("Alexander")) == []
    assert list(many.candidates("Alexander Popescu")) == []
    for name in ("Alexander Balanow", "A. Balanow", "Balanow, Alexandr", "Alexandre Balanow", "Alexander Balankw"):
        assert 0 in (found := list(many.candidates(name)))
        assert len(found) <= 4


def test_a_patronymic_may_be_missing() -> None:
    given, patronymics = ("Александр", "Владимир", "Сергей"), ("Александрович", "Кемелевич", "Петрович")
    surnames = ("Токаев", "Назарбаев", "Горбачёв", "Лукашенко", "Жуков")
    people = [f"{first} {second} {last}" for first in given for second in patronymics for last in surnames]
    index = Index(people, limit=4)
    for number, person in enumerate(people):
        first, second, last = person.split()
        assert number in set(index.candidates(f"{first} {last}"))
        assert number in set(index.candidates(f"{last}, {first[0]}."))
        assert number in set(index.candidates(f"{last} {first} {second}"))
        assert len(set(index.candidates(person))) < len(people) / 3


def test_one_frequent_name_is_found_whole() -> None:
    # Everybody is of this name: nothing splits the block, and nothing is lost.
    same = Index(["Александр Иванов"] * (LIMIT * 3))
    assert len(list(same.candidates("Alexander Iwanow"))) == LIMIT * 3
    assert len(list(same.candidates("A. Iwanow"))) == LIMIT * 3


def test_a_list_may_hold_names_without_letters() -> None:
    odd = Index(["", "–", "Токаев", "東京", "x" * 100_000, "42"])
    assert list(odd.candidates("Tokajew")) == [2]
    assert list(odd.candidates("東京")) == [3]
    assert list(odd.candidates("42")) == [5]
    assert list(odd.candidates("-")) == []


def test_names_of_one_word_meet_without_one_consonant() -> None:
    names = Index(["Щербаков", "Лукашенко", "Назарбаев", "Горбачёв"])
    assert list(names.candidates("Schtscherakow")) == [0]
    assert list(names.candidates("Lukaschemko")) == [1]
    assert list(names.candidates("Bondarenko")) == []
    assert list(names.candidates("Lukin")) == []


def test_the_left_side_is_a_stream() -> None:
    read: list[str] = []

    def endless() -> Iterator[str]:
        while True:
            read.append("Tokajew")
            yield "Tokajew"

    assert list(islice(pairs(endless(), ORIGINALS), 3)) == [(0, 0), (1, 0), (2, 0)]
    assert len(read) == 3


@given(st.lists(NAMES, max_size=30), NAMES, st.integers(1, 8))
def test_a_name_proposes_itself_in_any_order_of_words(names: list[str], asked: str, limit: int) -> None:
    index = Index([*names, asked], limit=limit)
    turned = " ".join(reversed(asked.split()))
    for form in (asked, turned, asked.upper()):
        candidates = list(index.candidates(form))
        assert candidates == sorted(set(candidates))
        if any(len(word) > 2 for word in asked.split()):
            assert len(names) in candidates


@given(st.lists(NAMES, max_size=30), NAMES)
def test_a_proposal_shares_a_key(names: list[str], asked: str) -> None:
    own = {key for word in asked.replace("-", " ").split() for key in keys(word)} | set(keys(asked))
    for place in Index(names, limit=2).candidates(asked):
        words = names[place].replace("-", " ").split()
        if len(words) > 1 and " " in asked:
            assert own & ({key for word in words for key in keys(word)} | set(keys(names[place])))


@given(st.lists(NAMES, max_size=20), st.lists(NAMES, max_size=20))
def test_a_larger_limit_loses_nothing(left: list[str], right: list[str]) -> None:
    assert set(pairs(left, right, limit=2)) <= set(pairs(left, right, limit=1000))


@given(st.lists(NAMES, max_size=30), st.sampled_from([1, 2, 4]))
def test_pairs_of_an_index_are_what_each_name_finds(names: list[str], limit: int) -> None:
    index = Index(names, limit=limit)
    slowly = [(place, other) for place, name in enumerate(names) for other in index.candidates(name) if other > place]
    assert list(index.pairs()) == slowly
