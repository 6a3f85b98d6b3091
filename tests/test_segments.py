import time
import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.text.model import Span
from tolmach.text.segments import _Language, paragraphs, sentences, split

CASES = tomllib.loads((Path(__file__).parent / "cases" / "segments.toml").read_text(encoding="utf-8"))
SENTENCES = [(group["language"], case) for group in CASES["sentences"] for case in group["cases"]]
LANGUAGES = ("de", "en", "ru", "de-CH", "kk", "")
DATA = Path(__file__).parents[1] / "src" / "tolmach" / "text" / "languages"

# Letters, marks and blanks that the rules look at, so that random texts meet them often.
hostile = st.text(st.sampled_from("aZяЯ9 .!?…\"„“«»'()[]-–,\n\r\t\u00a0\u200b\u2029XIz"), max_size=80)
any_text = st.one_of(st.text(), hostile)


def folded(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str, spans: list[Span]) -> list[str]:
    return [folded(text[span.start : span.end]) for span in spans]


def covers(text: str, spans: list[Span]) -> bool:
    """Are the spans ordered, disjoint, trimmed, and do they hold all that is not blank?"""
    ends = [0, *(end for span in spans for end in (span.start, span.end)), len(text)]
    gaps = [text[span_end:start] for span_end, start in zip(ends[::2], ends[1::2], strict=True)]
    pieces = [text[span.start : span.end] for span in spans]
    return (
        ends == sorted(ends) and not "".join(gaps).strip() and all(piece and piece == piece.strip() for piece in pieces)
    )


@pytest.mark.parametrize(("language", "case"), SENTENCES)
def test_sentences_end_where_a_translator_ends_them(language: str, case: str) -> None:
    wanted = [folded(part) for part in case.split("¦")]
    text = " ".join(part.strip(" ") for part in case.split("¦"))
    assert quoted(text, sentences(text, language)) == wanted


@pytest.mark.parametrize("case", CASES["paragraphs"], ids=lambda case: case["why"])
def test_paragraphs(case: dict[str, str]) -> None:
    assert quoted(case["text"], list(paragraphs(case["text"]))) == case["blocks"]


def test_most_cases_are_single_sentences() -> None:
    assert sum("¦" not in case for _, case in SENTENCES) > len(SENTENCES) / 2


def test_split_gives_spans_of_the_whole_text() -> None:
    text = "Unruhen in Almaty\n\n Tokajew sprach am 6. Januar. Danach flog er ab.\n"
    assert [quoted(text, block) for block in split(text, "de")] == [
        ["Unruhen in Almaty"],
        ["Tokajew sprach am 6. Januar.", "Danach flog er ab."],
    ]


def test_a_file_name_is_no_language() -> None:
    assert len(sentences("Am 6. Januar. Das ist z. B. Öl.", "../de")) > 1


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_language_file_is_understood_and_lists_nothing_twice(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for words in (table["frequent"], table["sentence"]["openers"], *table["abbreviations"].values()):
        assert sorted(words) == sorted(set(words))
    known = {*table, *table["abbreviations"], *table["sentence"]} - {"name", "frequent", "abbreviations", "sentence"}
    assert known <= {field.name for field in fields(_Language)}
    assert not set(table["abbreviations"]["never"]) & set(table["abbreviations"]["sometimes"])
    assert 50 <= len(table["frequent"]) <= 70


@given(text=any_text, language=st.sampled_from(LANGUAGES))
def test_sentences_hold_all_that_is_not_blank(text: str, language: str) -> None:
    assert covers(text, sentences(text, language))


@given(text=any_text)
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    assert covers(text, list(paragraphs(text)))


@given(text=any_text, language=st.sampled_from(LANGUAGES))
def test_split_holds_all_that_is_not_blank(text: str, language: str) -> None:
    assert covers(text, [span for block in split(text, language) for span in block])


@pytest.mark.parametrize(
    "piece", [".", '"', "„", "A", "A.", "z. B. ", "!) ", '." ', ". «", " ", "\n", "a.\n", "9. ", "(!"]
)
@pytest.mark.parametrize("divide", [sentences, split])
def test_hostile_text_takes_linear_time(piece: str, divide: Callable[[str, str], object]) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    divide(text, "de")
    assert time.process_time() - started < 1
