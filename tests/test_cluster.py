"""Names find together, and only those that belong together; cases in cases/clusters.toml."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.names.mentions.find import Mention
from tolmach.names.variants.classification import classify, main_form
from tolmach.names.variants.cluster import cluster
from tolmach.names.variants.declension import near
from tolmach.names.variants.gathering import Gathering, Name
from tolmach.text.model import Document, Passage

FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((FOLDER / "clusters.toml").read_text(encoding="utf-8"))["case"]
CLASSES = tomllib.loads((FOLDER / "classes.toml").read_text(encoding="utf-8"))["case"]
LINE = re.compile(
    r"(?P<kind>\w+): (?P<base>.+?) = (?P<texts>[a-z0-9 ]+?)(?: \((?P<office>.+)\))?(?: \[(?P<beside>.+)\])?"
)


def name(line: str) -> Name:
    found = LINE.fullmatch(line)
    assert found, line
    one = Name(found["base"], found["kind"])
    for text in found["texts"].split():
        one.sources[f"{text[0]}.txt"] += int(text[1:])
        one.languages["ru" if one.base[0] > "\u0400" else "de"] += int(text[1:])
    if found["office"]:
        one.offices[found["office"]] += 1
    if found["beside"]:
        one.companions[found["beside"]] += 1
    return one


def grouped(lines: list[str]) -> set[frozenset[str]]:
    """The groups of several names; a base that stands there as two kinds is told apart by its kind."""
    names = [name(line) for line in lines]
    kinds: dict[str, set[str]] = {}
    for one in names:
        kinds.setdefault(one.base, set()).add(one.kind)
    return {
        frozenset(f"{one.kind} {one.base}" if len(kinds.get(one.base, ())) > 1 else one.base for one in found.names)
        for found in cluster(names)
        if len(found.names) > 1
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_names_find_together(case: dict[str, list[str]]) -> None:
    assert grouped(case["names"]) == {frozenset(group) for group in case["groups"]}


def test_what_is_apart_stays_apart_among_many_others() -> None:
    """All cases in one heap, but for those where other texts tell who is meant."""
    cases = [case for case in CASES if not case.get("alone")]
    heap = {
        one: group for group in grouped(sorted({line for case in cases for line in case["names"]})) for one in group
    }
    for case in cases:
        alone = grouped(case["names"])
        for left, right in combinations((name(line).base for line in case["names"]), 2):
            if left != right and right in heap.get(left, ()):
                assert any({left, right} <= group for group in alone), (left, right)


@settings(max_examples=25)
@given(st.sampled_from(CASES).flatmap(lambda case: st.permutations(case["names"])))
def test_order_does_not_matter(lines: list[str]) -> None:
    assert shape(lines) == shape(sorted(lines))


def shape(lines: list[str]) -> list[object]:
    return [
        (
            tuple(one.key for one in found.names),
            found.confidence,
            tuple((link.why, link.reason) for link in found.links),
        )
        for found in cluster(map(name, lines))
    ]


def test_every_link_has_a_reason_and_every_group_a_probability() -> None:
    for case in CASES:
        for found in cluster(map(name, case["names"])):
            assert 0 < found.confidence < 1
            assert len(found.links) >= len(found.names) - 1
            assert all(link.reason for link in found.links)


def test_inflected_forms_of_one_name_become_one() -> None:
    found = cluster(map(name, ["organisation: Oberster Gerichtshof = a2", "organisation: Oberste Gerichtshof = b1"]))
    assert [(one.base, one.count) for group in found for one in group.names] == [("Oberster Gerichtshof", 3)]


@pytest.mark.parametrize(("texts", "groups"), [(3, 1), (40, 2)])
def test_among_many_texts_a_surname_needs_one_that_names_the_bearer(texts: int, groups: int) -> None:
    names = [name("person: Luciano Ferrari = a1"), name("person: Ferrari = b1"), name("place: Almaty = c1")]
    names[2].sources.update({f"{number}.txt": 1 for number in range(texts)})
    assert len(cluster(names)) == groups + 1


@pytest.mark.parametrize("case", CLASSES, ids=[case["why"] for case in CLASSES])
def test_forms_are_classified(case: dict[str, Any]) -> None:
    found = {
        one.base: told for group in cluster(map(name, case["names"])) for one, told in classify(group, main_form(group))
    }
    assert {base: told.classification for base, told in found.items()} == case["classes"]
    assert all(told.reason for told in found.values())


def test_languages_have_main_forms_of_their_own() -> None:
    names = [name("person: Tokajew = a3"), name("person: Toqajew = a1"), name("person: Токаев = b2")]
    names[2].languages.clear()
    names[2].languages["ru"] = 2
    (group,) = cluster(names)
    found = {one.base: told.classification for one, told in classify(group, main_form(group))}
    assert found == {"Tokajew": "main", "Toqajew": "system", "Токаев": "main"}


TEXTS = ("Tokajew traf Putin.", "Putin schwieg.", "Präsident Toqajew, sagte Tokajew.", "Nur-Sultan")
WORDS = {"Tokajew": "person", "Toqajew": "person", "Putin": "person", "Nur-Sultan": "place"}


def gathered(numbers: list[int], *, occurrences: bool = True) -> Gathering:
    found = Gathering(occurrences=occurrences)
    for number in numbers:
        text = TEXTS[number]
        mentions = sorted(
            (
                Mention(place, place + len(word), place, place + len(word), word, word, kind)
                for word, kind in WORDS.items()
                if (place := text.find(word)) >= 0
            ),
            key=lambda one: one.start,
        )
        passage = Passage(text, "de", start=2)
        found.add(
            Document(f"{number}.txt", str(number), "plain", f"# {text}", (passage,), offset=100), passage, mentions
        )
    return found


@given(st.permutations(range(len(TEXTS))))
def test_names_are_counted_in_any_order(order: list[int]) -> None:
    one, other = gathered(order), gathered(list(range(len(TEXTS))))
    assert [(name.key, name.sources) for name in one.names()] == [(name.key, name.sources) for name in other.names()]
    assert list(one.occurrences(one.names())) == list(other.occurrences(other.names()))


def test_occurrences_count_from_the_start_of_the_file() -> None:
    found = gathered([0])
    assert [(one.start, one.end, one.text) for one in found.occurrences(found.names())] == [
        (102, 109, "Tokajew"),
        (115, 120, "Putin"),
    ]
    bare = gathered([0], occurrences=False)
    assert list(bare.occurrences(bare.names())) == []
    assert [name.count for name in bare.names()] == [1, 1]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Гампл", "Пельт", "Йирачек", "Ли", "Го", "Пельтин"]), st.sampled_from(["", "а", "у", "ом"])
        ),
        max_size=12,
        unique=True,
    )
)
def test_names_near_each_other_are_those_that_differ_in_endings(parts: list[tuple[str, str]]) -> None:
    names = [Name("".join(part), "person") for part in parts]
    found = [
        (place, other)
        for place, one in enumerate(names)
        for other in range(place)
        if one.base[: (least := min(len(one.base), len(names[other].base)) - 2)] == names[other].base[:least]
        or least < 1
    ]
    assert list(near(names)) == found
