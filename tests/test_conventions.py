"""Drafts in the conventions of the target language: cases, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tolmach.text.model import Span
from tolmach.translate.conventions.edit import applied
from tolmach.translate.conventions.paragraph import Draft, conventional
from tolmach.translate.enforce.model import Outcome, Term

FILE = Path(__file__).parent / "cases" / "conventions.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8").replace("_", "\u00a0"))["case"]
PAIRS = sorted({case["pair"] for case in CASES})


def written(source: str, draft: str, pair: str) -> str:
    return conventional([Draft(source, draft)], *pair.split("-"))[0].text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['pair']} {case['draft'][:40]}")
def test_only_what_is_certain_is_written_otherwise(case: dict[str, Any]) -> None:
    assert written(case["source"], case["draft"], case["pair"]) == case.get("right", case["draft"])


def test_there_are_cases_of_every_direction_and_more_that_stay() -> None:
    assert {"de-en", "de-ru", "en-ru", "ru-de", "en-de"} <= set(PAIRS)
    assert sum("right" in case for case in CASES) < len(CASES) / 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["draft"][:40])
def test_what_is_told_leads_from_the_draft_to_the_result(case: dict[str, Any]) -> None:
    made = conventional([Draft(case["source"], case["draft"])], *case["pair"].split("-"))[0]
    assert bool(made.changes) == (made.text != case["draft"])
    assert all(change.before != change.after for change in made.changes)


_PIECES = st.sampled_from(
    [*'„“”«»"\'’‚‘ .,()', "10.000", "10,000", "10 000", "3.5", "3,5", "5%", "5 %", " - ", " — ", "–", "2014-2022",
     "2014–2022", "10.01.2022", "18.30 Uhr", "18.30", "3. Oktober", "3. October", "3 октября", "3. quarter", "Wort",
     "word", "слово", "https://a.org/10.000", "Putin's", "million", "Windows 8.1"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=12).map("".join)


@given(_TEXTS, st.lists(_TEXTS, min_size=1, max_size=4), st.sampled_from(PAIRS))
@example("", ["« «» »"], "en-ru")
def test_twice_changes_nothing_more(source: str, drafts: list[str], pair: str) -> None:
    once = conventional([Draft(source, draft) for draft in drafts], *pair.split("-"))
    again = conventional([Draft(source, one.text) for one in once], *pair.split("-"))
    assert [one.text for one in again] == [one.text for one in once]


@given(_TEXTS, _TEXTS, st.sampled_from(PAIRS))
def test_letters_stay_and_addresses_too(source: str, draft: str, pair: str) -> None:
    after = written(source, draft, pair)
    for word in ("слово", "https://a.org/10.000"):
        assert after.count(word) == draft.count(word)


def test_a_quotation_may_go_over_several_sentences() -> None:
    drafts = ['"We stay.', "We fight.", 'We win", said Tokayev.']
    made = conventional([Draft("", draft) for draft in drafts], "de", "en")
    assert [one.text for one in made] == ["“We stay.", "We fight.", "We win”, said Tokayev."]


def test_a_mark_whose_partner_a_person_has_written_stays() -> None:
    drafts = [Draft("", '"We stay.', fixed=True), Draft("", 'We win", said Tokayev.'), Draft("", '"Nur-Sultan" it is.')]
    made = conventional(drafts, "de", "en")
    assert [one.text for one in made] == ['"We stay.', 'We win", said Tokayev.', "“Nur-Sultan” it is."]


def test_terms_are_told_where_they_stand_afterwards() -> None:
    draft = '5 % for "Tokayev\'s" 10.000 tenge'
    place = draft.index("Tokayev's")
    outcome = Outcome(Term("Tokajews", "Tokayev"), "kept", "", "Tokayev's", Span(place, place + 9), "form")
    made = conventional([Draft("5 % für „Tokajews“ 10.000 Tenge", draft, (outcome,))], "de", "en")[0]
    assert made.text == "5% for “Tokayev’s” 10,000 tenge"
    (moved,) = made.outcomes
    assert moved.span is not None
    assert made.text[moved.span.start : moved.span.end] == moved.after == "Tokayev’s"


def test_edits_are_made_from_the_first_to_the_last() -> None:
    assert applied("abc", []) == "abc"
