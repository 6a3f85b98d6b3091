"""What holds for the rules about single texts, whatever the text is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.glossary.find import Finder
from tolmach.glossary.model import Glossary
from tolmach.lint import rule as rules
from tolmach.lint.rule import Problem, View
from tolmach.text.model import Passage

FINDER = Finder(Glossary({}))
FAST = ("acronym-mismatch", "dashes", "mixed-script", "quotes", "unknown-acronym", "variety")
WORDS = st.sampled_from(tomllib.loads((Path(__file__).parent / "cases" / "fragments.toml").read_text("utf-8"))["texts"])
TEXTS = st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=40)
LANGUAGES = st.sampled_from(["de", "de-CH", "de-DE", "en", "en-GB", "ru", "uk", "kk"])


def problems(name: str, text: str, language: str) -> list[Problem]:
    check = rules.load(name).check
    assert check is not None
    return list(check(View(Passage(text, language), FINDER)))


def fixed(text: str, found: list[Problem]) -> str:
    for one in sorted(found, key=lambda one: one.span, reverse=True):
        if one.fix == "safe":
            text = text[: one.span.start] + one.replacements[0] + text[one.span.end :]
    return text


@pytest.mark.parametrize("name", FAST)
@given(text=TEXTS, language=LANGUAGES)
def test_problems_quote_their_text_and_do_not_overlap(name: str, text: str, language: str) -> None:
    end = 0
    for one in sorted(problems(name, text, language), key=lambda one: one.span):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
        assert text[one.span.start : one.span.end] in one.message
        assert "\n" not in one.message
        assert (one.fix == "none") == (not one.replacements)
        assert text[one.span.start : one.span.end] not in one.replacements


@pytest.mark.parametrize("name", FAST)
@given(text=TEXTS, language=LANGUAGES)
def test_fixing_twice_changes_nothing(name: str, text: str, language: str) -> None:
    once = fixed(text, problems(name, text, language))
    assert fixed(once, problems(name, once, language)) == once
