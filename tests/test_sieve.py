"""The sieve finds every place that matters: the fast way gives what the slow and obvious way gives."""

from __future__ import annotations

import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.glossary.load import load
from tolmach.glossary.recent import Recent
from tolmach.glossary.windows import windows
from tolmach.text import detect, sieve
from tolmach.text.model import Span
from tolmach.text.normal import normalise, normalise_usual, signs
from tolmach.text.plain import PlainPassages

ROOT = Path(__file__).parents[1]
LANGUAGES = ("de", "en", "ru")

WRITINGS = [
    ("weissrussland", "Im Weißrussland von 1994"),
    ("weissrussland", "WEISSRUSSLAND"),
    ("weissrussland", "WEIẞRUSSLAND"),
    ("weissrussland", "Weiß\u00adruss\u00adland"),
    ("weissrussland", "in Weißruss-\nland"),
    ("weissrussland", "in Weißruss\nland"),
    ("weissrussland", "in Weißruss-  \r\n   land"),
    ("weissrussland", "Wei\u00dfru\u0455sland"),
    ("nur sultan", "nach Nur-Sultan"),
    ("nur sultan", "nach Nur\nSultan"),
    ("nur sultan", "nach Nur\u2011Sultan"),
    ("nur sultan", "nach Nur\u2013Sultan"),
    ("nur sultan", "nach Nur\u00a0Sultan"),
    ("nur sultan", "nach Nur   Sultan"),
    ("nur sultan", "NUR-\nSULTAN"),
    ("belarus'", "Belarus\u2019 Grenze"),
    ("истанбул", "ИСТАНБУЛ"),
    ("istanbul", "\u0130stanbul"),
    ("киев", "о Киеве"),
    ("молдова", "Молдо\u0301ва"),
    ("молдова", "M\u043eлдова"),
    ("мирзиеев", "Мирзиёев"),
    ("березовскии", "Березовски\u0438"),
    ("kirgistan", "Kirgist\u03b1n"),
    ("ökonomie", "O\u0308KONOMIE"),
    ("kelvin", "\u212aelvin"),
    ("lukašenka", "LUKAŠENKA"),
    ("aus kirgistan", "AUS KIRGI-\nSTAN"),
]
OTHERS = [
    ("nur sultan", "Nursultan sprach"),
    ("kiew", "Kien\u00adast"),
    ("toqajew", "Tokajew und Tokaj"),
    ("odkb", "OVKS, OSZE, ODB"),
    ("moldau", "Wolgau am Inn"),
    ("astana", "as \u2013 tana"),
    ("киев", "Кива и Киви"),
    ("belarus'", "Belarus"),
    ("tokio", "die Radio-Kit"),
]


def hits(patterns: list[str], text: str) -> list[int]:
    built = sieve.build((pattern, False) for pattern in patterns)
    assert built is not None
    return sieve.places(text, [built]).everywhere


@pytest.mark.parametrize(("pattern", "text"), WRITINGS)
def test_every_writing_of_a_pattern_has_a_place(pattern: str, text: str) -> None:
    assert hits([pattern], text)


@pytest.mark.parametrize(("pattern", "text"), OTHERS)
def test_other_words_have_none(pattern: str, text: str) -> None:
    usual = set(hits([pattern], text)) - set(hits(["zzz"], text))
    assert not usual


@pytest.mark.parametrize("text", ["der EUROPA-Rat", "neue Ideen", "Museum", "Feuer9", "xEU"])
def test_what_is_bounded_does_not_stand_within_a_word(text: str) -> None:
    built = sieve.build([("eu", True)])
    assert built is not None
    assert sieve.places(text, [built]).everywhere == []
    assert sieve.places("die EU und die _EU_", [built]).everywhere == [4, 16]


def test_a_pattern_of_unknown_letters_is_refused() -> None:
    assert sieve.build([("\u10d7\u10d1\u10d8", False)]) is None


def test_of_a_long_pattern_some_part_is_searched_for() -> None:
    built = sieve.build([("независимая белорусская железнодорожная телерадиокомпания", False)])
    assert built is not None
    assert sieve.places("А НЕЗАВИСИМАЯ БЕЛОРУССКАЯ ЖЕЛЕЗНОДОРОЖНАЯ ТЕЛЕРАДИОКОМПАНИЯ.", [built]).everywhere


def test_every_sign_that_is_read_as_a_letter_is_known() -> None:
    # All of Unicode: what normalise turns into one letter is found as that letter, or as an unusual sign.
    latin = sieve.build([("x", False)])
    assert latin is not None
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        read = normalise(sign).text
        writings = sieve._writings(read) if len(read) == 1 else ()
        folded = sign.encode("utf-8", "surrogatepass").translate(sieve._table())
        if writings and folded not in writings and read not in signs("dashes"):
            assert sieve.places(f"a{sign}a", [latin]).unusual, hex(code)


PIECES = st.sampled_from(
    [*"abß-\n\u00ad\u00a0\u2011\u2013\u0301еёЕaк'\u2019 .,", "\n\n", "  ", "Kiew", "Киев", "ss", "SS"]
)


@given(st.lists(PIECES, max_size=24).map("".join), st.lists(PIECES, min_size=1, max_size=3).map("".join))
def test_what_normalised_text_has_the_sieve_finds(text: str, written: str) -> None:
    pattern = normalise(written).text
    built = sieve.build([(pattern, False)]) if pattern.strip() == pattern and pattern else None
    if built is not None and pattern in normalise(text).text:
        assert sieve.places(text, [built]).everywhere


@pytest.mark.parametrize("written", ["'\u00df\u00df", "abcwei\u00df", "\u00df\u00dfabcabcabc"])
def test_a_stretch_is_not_cut_within_a_letter(written: str) -> None:
    built = sieve.build([(normalise(written).text, False)])
    assert built is None or sieve.places(written, [built]).everywhere


@given(st.lists(PIECES, max_size=24).map("".join))
def test_usual_text_is_normalised_alike(text: str) -> None:
    built = sieve.build([("zzz", False)])
    assert built is not None
    if not sieve.places(text, [built]).unusual:
        fast, slow = normalise_usual(text, 3), normalise(text, 3)
        assert fast.text == slow.text
        for place in range(len(slow.text)):
            assert (fast.start(place), fast.end(place + 1)) == (slow.start(place), slow.end(place + 1))


@given(st.lists(PIECES, max_size=60).map("".join), st.lists(st.integers(0, 80), max_size=5), st.integers(0, 9))
def test_windows_are_apart_and_cover_their_places(text: str, wanted: list[int], reach: int) -> None:
    places = sorted(place for place in wanted if place < len(text))
    found = list(windows(text, places, reach, reach))
    assert all(first.end < second.start for first, second in pairwise(found))
    for place in places:
        assert any(span.start <= max(place - reach, 0) and min(place + reach, len(text)) <= span.end for span in found)


@given(st.lists(PIECES, min_size=1, max_size=80).map("".join), st.integers(0, 300))
def test_a_window_is_normalised_as_within_its_text(text: str, place: int) -> None:
    whole = normalise(text).text
    for span in windows(text, [min(place, len(text) - 1)], 2, 2):
        assert normalise(text[span.start : span.end]).text in whole


# The matcher


@cache
def house() -> Finder:
    return Finder(load([ROOT / "glossary"]))


def slowly(text: str, language: str) -> list[Hit]:
    return [hit for hit in house().find(text, language) if hit.doubtful]


NAMES = st.sampled_from(
    ["Toqajews", "Nur-Sultan", "Nursultan Nasarbajew", "OVKS-Truppen", "Weißrussland", "Kirgi\nstan", "Киева", "Kiew"]
)
FILLING = st.sampled_from(
    ["Die Lage in der Stadt blieb ruhig. ", "wie Tokajew sagte, ", "„Ja“, ", "\n\n", "-", " ", "  "]
)


@given(st.lists(st.one_of(NAMES, FILLING, st.just("und so weiter " * 20)), max_size=14).map("".join))
def test_doubtful_hits_in_long_texts_are_those_of_all_hits(text: str) -> None:
    for language in LANGUAGES:
        assert house().find_doubtful(text, language) == slowly(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_doubtful_hits_of_all_cases_in_one_text(language: str) -> None:
    for name in ("find.toml", "replacements.toml", "starter.toml"):
        text = (ROOT / "tests" / "cases" / name).read_text(encoding="utf-8")
        assert house().find_doubtful(text, language) == slowly(text, language)


def test_where_no_place_is_no_doubtful_hit_is() -> None:
    lines = (ROOT / "tests" / "cases" / "find.toml").read_text(encoding="utf-8").split("\n")
    silent = [line for line in lines if not list(house().doubts(line, LANGUAGES))]
    assert len(silent) > 100
    for line in silent:
        assert not any(slowly(line, language) for language in LANGUAGES)


# Languages, asked for one by one

PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "7.1.2022",
            "Die Lage in der Stadt ist ruhig.",
            "The president of the republic has resigned",
            "Токаев отменил режим в стране",
            "Қазақстанның президенті үкіметті",
            "the of and",
            "Four score and seven years ago our fathers brought forth on this continent, a new nation of men.",
            "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft begabt.",
            *("OK", "Astana", "Да", "Die"),
        ]
    ),
    max_size=12,
)


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_one_by_one_the_languages_are_the_same(paragraphs: list[str], random: object) -> None:
    expected = detect.languages(paragraphs)
    numbers = list(range(len(paragraphs)))
    random.shuffle(numbers)  # type: ignore[attr-defined]
    asked = detect.Languages(len(paragraphs), paragraphs.__getitem__)
    assert {number: asked.of(number) for number in numbers} == dict(enumerate(expected))
    assert set(expected) <= detect.possible("\n\n".join(paragraphs))


@given(PARAGRAPHS)
def test_a_paragraph_is_in_the_language_of_its_passage(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    passages = PlainPassages(text, None)
    alone = PlainPassages(text, None).paragraphs(range(len(text)))
    for paragraph in alone:
        assert text[paragraph.start : paragraph.start + len(paragraph.text)] == paragraph.text
        span = Span(paragraph.start, paragraph.start + len(paragraph.text))
        (whole,) = (one for one in passages if Span(one.start, one.start + len(one.text)).contains(span))
        assert whole.language == paragraph.language


def test_of_recent_texts_the_result_is_remembered() -> None:
    recent, asked = Recent(), list[str]()

    def find(text: str) -> int:
        asked.append(text)
        return len(text)

    texts = ["eins", "zwei", "eins", "x" * 5000, "x" * 5000]
    assert [recent.of(text, "size", lambda text=text: find(text)) for text in texts] == list(map(len, texts))  # type: ignore[misc]
    assert [len(text) for text in asked] == [4, 4, 5000, 5000]
    for number in range(10_000):
        recent.of(str(number), "size", lambda number=number: find(str(number)))  # type: ignore[misc]
    assert recent.of("9999", "size", lambda: -1) == 4
    assert recent.of("eins", "size", lambda: -1) == -1
