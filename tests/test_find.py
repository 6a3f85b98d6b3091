"""The matcher and the rules about terms, against the decisions of this repository's own glossary."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.glossary.model import Concept, Designation, Glossary, Status
from tolmach.glossary.neighbours import neighbours
from tolmach.glossary.patterns import compile_patterns
from tolmach.glossary.validate import unmarked
from tolmach.lint import rule as rules
from tolmach.lint.rule import Problem, View
from tolmach.text.model import Passage, Span
from tolmach.text.normal import normalise

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
RULES = ("forbidden-term", "deprecated-term", "outdated-name")


@cache
def house() -> Finder:
    return Finder(load([ROOT / "glossary"]))


def cases(name: str) -> Iterator[Any]:
    for group in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["group"]:
        for text in group["texts"]:
            yield pytest.param(group["language"], text, id=f"{group['why'][:40]}: {text}" if "why" in group else None)


def problems(text: str, language: str, finder: Finder) -> list[Problem]:
    view = View(Passage(text, language), finder)
    found = [problem for name in RULES for problem in (rules.load(name).check or iter)(view)]
    return sorted((problem for problem in found if problem.certain), key=lambda problem: problem.span)


def flagged(text: str, language: str) -> list[Span]:
    return [problem.span for problem in problems(text, language, house())]


@pytest.mark.parametrize(("language", "marked"), list(cases("find.toml")))
def test_exactly_the_bracketed_forms_are_reported(language: str, marked: str) -> None:
    text, wanted = unmarked(marked)
    assert flagged(text, language) == wanted


def decisions() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = tomllib.loads((CASES / "find_client.toml").read_text(encoding="utf-8"))["group"]
    return groups


def of_one_decision(group: dict[str, Any], text: str) -> list[Problem]:
    """What is reported by a glossary as short as somebody would write it."""
    preferred, deprecated = group["forms"]
    entries = (Designation(preferred, Status.PREFERRED), Designation(deprecated, Status.DEPRECATED))
    concept = Concept("client", group["kind"], {group["language"]: entries}, gender="m")
    view = View(Passage(text, group["language"]), Finder(Glossary({concept.id: concept})))
    return list((rules.load("deprecated-term").check or iter)(view))


@pytest.mark.parametrize("group", decisions(), ids=lambda group: group["why"])
def test_exactly_the_bracketed_forms_of_one_decision_are_reported(group: dict[str, Any]) -> None:
    for marked in group["texts"]:
        text, wanted = unmarked(marked)
        found = [one for one in of_one_decision(group, text) if one.certain != group.get("hints", False)]
        assert (marked, sorted(one.span for one in found)) == (marked, wanted)


@pytest.mark.parametrize("group", [one for one in decisions() if "offers" in one], ids=lambda group: group["why"])
def test_one_decision_offers_what_may_stand_there(group: dict[str, Any]) -> None:
    for written, offered in group["offers"]:
        (problem,) = of_one_decision(group, written)
        assert (written, "|".join(problem.replacements) + "?" * (problem.fix != "safe")) == (written, offered)


@pytest.mark.parametrize(("language", "marked"), list(cases("find_known_failures.toml")))
@pytest.mark.xfail(strict=True, reason="known failure, see the case file")
def test_known_failures_still_fail(language: str, marked: str) -> None:
    text, wanted = unmarked(marked)
    assert flagged(text, language) == wanted


def test_more_cases_must_stay_silent_than_not() -> None:
    groups = tomllib.loads((CASES / "find.toml").read_text(encoding="utf-8"))["group"]
    texts = [text for group in groups for text in group["texts"]]
    assert len(texts) >= 700
    assert sum("[" not in text for text in texts) > len(texts) / 2


def _with_replacements(text: str, language: str) -> str:
    for problem in reversed(problems(text, language, house())):
        mark = "" if problem.fix == "safe" else "?"
        shown = "{" + "|".join(problem.replacements) + mark + "}"
        text = text[: problem.span.start] + shown + text[problem.span.end :]
    return text


REPLACEMENTS = tomllib.loads((CASES / "replacements.toml").read_text(encoding="utf-8"))["group"]


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(group["language"], *pair) for group in REPLACEMENTS for pair in group["texts"]]
)
def test_replacements_fit_their_place(language: str, text: str, expected: str) -> None:
    assert _with_replacements(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"), [(group["language"], text) for group in REPLACEMENTS for text, _expected in group["texts"]]
)
def test_safe_replacements_leave_nothing_safe_to_replace(language: str, text: str) -> None:
    for problem in reversed(problems(text, language, house())):
        if problem.fix == "safe":
            text = text[: problem.span.start] + problem.replacements[0] + text[problem.span.end :]
    assert [problem for problem in problems(text, language, house()) if problem.fix == "safe"] == []


NAMES = st.sampled_from(
    [
        "Toqajew",
        "Tokajews",
        "Kirgistan",
        "Nur-Sultan",
        "Nursultan",
        "Nasarbajew",
        "OVKS",
        "ODKB",
        "Maximow",
        "Karim",
        "Weißrussland",
    ]
)
GLUE = st.sampled_from(
    [" ", "-", "\n", ", ", ". ", "\u00ad", "\u00a0", "\u2011", "", "s ", "„", "“ ", "/", "_", "\n\n"]
)
TEXTS = st.lists(st.one_of(NAMES, GLUE, st.text(max_size=4)), max_size=14).map("".join)


@given(TEXTS)
def test_hits_are_in_order_within_the_text_and_apart(text: str) -> None:
    hits = house().find(text, "de")
    assert all(0 <= hit.span.start < hit.span.end <= len(text) for hit in hits)
    assert all(first.span.end <= second.span.start for first, second in pairwise(hits))
    assert all(hit.given is None or hit.span.contains(hit.given) for hit in hits)


@given(TEXTS)
def test_doubtful_hits_are_those_of_all_hits(text: str) -> None:
    assert house().find_doubtful(text, "de") == [hit for hit in house().find(text, "de") if hit.doubtful]


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_doubtful_hits_of_all_cases(language: str) -> None:
    text = (CASES / "find.toml").read_text(encoding="utf-8")
    expected = [hit for hit in house().find(text, language) if hit.doubtful]
    assert house().find_doubtful(text, language) == expected
    assert len(expected) > 20


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=30)


@given(SPANS, SPANS)
def test_neighbours_are_what_overlaps_a_seed_at_any_remove(placed: list[tuple[int, int]], wanted: Any) -> None:
    matches = sorted(((start, start + size, 0) for start, size in placed), key=lambda match: match[1])
    seeds = [(start, start + size) for start, size in wanted]
    found, grown = list[Any](), True
    while grown:
        near = [one for one in matches if any(one[0] < end and start < one[1] for start, end in (*seeds, *found))]
        grown, found = len(near) > len(found), [match[:2] for match in near]
    assert sorted(match[:2] for match in neighbours(matches, seeds, 6)) == sorted(found)


def test_a_long_chain_of_neighbours_is_all() -> None:
    matches = [(place, place + 2, 0) for place in range(5_000)]
    assert neighbours(matches, [(2_500, 2_502)], 2) == matches


@given(st.text(alphabet="aAbßäÄ\u0130ſKfi1²_-. ", min_size=1, max_size=8) | st.text(min_size=1, max_size=6))
def test_plain_words_are_compared_as_all_words_are(word: str) -> None:
    concept = Concept("a", "term", {"xx": (Designation(word, Status.PREFERRED),)})
    assert next(iter(compile_patterns([concept], "xx"))) == normalise(word).text


WORDS = st.text(alphabet="abß", min_size=1, max_size=3)


def _plain_glossary(forms: list[str]) -> Glossary:
    # Terms of a language without rules: every form stands for itself, whatever its capitals.
    concepts = (
        Concept(f"c{number}", "term", {"xx": (Designation(form, Status.PREFERRED),)})
        for number, form in enumerate(forms)
    )
    return Glossary({concept.id: concept for concept in concepts})


def _slow_search(text: str, form: str) -> list[Span]:
    """Every place where the form stands as a whole word, without automaton and normalised text."""
    found = []
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            alone = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            if alone and text[start:end].lower().replace("ß", "ss") == form.lower().replace("ß", "ss"):
                found.append(Span(start, end))
    return found


@given(
    st.lists(WORDS, min_size=1, max_size=4, unique_by=lambda word: word.replace("ß", "ss")),
    st.text(alphabet="aAbß ,s", max_size=24),
)
def test_the_automaton_finds_what_a_slow_search_finds(forms: list[str], text: str) -> None:
    hits = Finder(_plain_glossary(forms)).find(text, "xx", nested=True)
    found = sorted((hit.span, hit.designation.form) for hit in hits)
    assert found == sorted((span, form) for form in forms for span in _slow_search(text, form))


HOSTILE = {
    "repeated name": "Tokajew " * 100_000,
    "repeated name without blanks": "Toqajew" * 100_000,
    "opening quotation marks": "„" * 100_000 + "Toqajew",
    "quoted names": "„Toqajew“ " * 20_000,
    "one line of a megabyte": "Man sah Toqajew und Kirgistan heute. " * 28_000,
    "combining marks": "a" + "\u0301\u0323" * 250_000 + " Kirgistan",
    "soft hyphens": "\u00ad" * 500_000 + "Toqajew",
    "hyphens": "-" * 500_000 + " Toqajew",
    "hyphenated lines": "a-\n" * 150_000,
    "line feeds": "\n" * 500_000 + "Toqajew",
    "blanks": " " * 500_000 + "Maximow",
    "family names": "Maximow " * 40_000,
    "given names": "Nursultan-" * 40_000,
    "dates": "2021 Astana " * 20_000,
    "one long word": "ä" * 500_000 + "Toqajew",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_linear_time(text: str) -> None:
    house().find("", "de")
    begin = time.perf_counter()
    problems(text, "de", house())
    # A quadratic step takes minutes on these; the bound is generous for slow machines.
    assert time.perf_counter() - begin < 20
