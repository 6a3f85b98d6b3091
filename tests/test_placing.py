"""Marks find their place in a translation: names and terms nearly always, other phrases mostly, none in another's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.text.model import Span
from tolmach.text.placing import placed

CASES = Path(__file__).parent / "cases" / "placing.toml"
CLOSES = {"]": "[", "}": "{", ">": "<"}
ARTICLE = re.compile(r"(?:der|die|das|den|dem|des|eine?[mnrs]?) ", re.IGNORECASE)


def marked(written: str) -> tuple[str, dict[str, Span]]:
    """A sentence without its brackets, and what stood in them."""
    text, opened, spans = "", {}, {}
    for sign in written:
        if sign in CLOSES.values():
            opened[sign] = len(text)
        elif sign in CLOSES:
            spans[CLOSES[sign]] = Span(opened[CLOSES[sign]], len(text))
        else:
            text += sign
    return text, spans


def quoted(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


def judged(rows: list[list[str]]) -> Iterator[tuple[str, bool]]:
    """Each mark: what it holds and whether its place was found."""
    for *languages, kinds, left, right in rows:
        (source, own), (target, expected) = marked(left), marked(right)
        order = [sign for sign in left if sign in own]
        places = placed(source, target, [own[sign] for sign in order], (languages[0], languages[1]))
        for kind, sign, place in zip(kinds, order, places, strict=True):
            wanted, found = quoted(target, expected[sign]) or "", quoted(target, place) or ""
            if languages[0] == "ru":
                wanted, found = ARTICLE.sub("", wanted), ARTICLE.sub("", found)
            yield kind, wanted == found


@pytest.mark.parametrize(("group", "names", "phrases"), [("tuning", 0.96, 0.93), ("blind", 0.95, 0.85)])
def test_marks_find_their_place(group: str, names: float, phrases: float) -> None:
    found = list(judged(tomllib.loads(CASES.read_text(encoding="utf-8"))[group]))
    for kind, share in ("n", names), ("p", phrases):
        right = [good for own, good in found if own == kind]
        assert len(right) >= 30
        assert sum(right) / len(right) >= share, (group, kind)


def test_terms_that_are_known_to_correspond_lead() -> None:
    source, target = "Die Vereinten Nationen in Almaty warnen.", "Алматинское отделение ООН предупреждает."
    term = Span(4, 22), Span(22, 25)
    assert quoted(source, term[0]) == "Vereinten Nationen"
    assert placed(source, target, [term[0]], ("de", "ru"), [term]) == [term[1]]


def test_the_whole_sentence_is_the_whole_translation() -> None:
    source, target = "Fünf Tote in Osch!", "В Оше погибли пять человек!"
    assert placed(source, target, [Span(0, len(source))], ("de", "ru")) == [Span(0, len(target))]


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("Er sprach|", "Он выступил|", ("de", "ru")),
        ("|Er sprach", "|Он выступил", ("de", "ru")),
        ("Gestern sprach Tokajew| in Almaty.", "Вчера в Алматы выступил Токаев|.", ("de", "ru")),
        ("Nasarbajew,| der 2019 zurücktrat, schwieg.", "Nazarbayev,| who resigned in 2019, was silent.", ("de", "en")),
        ("Das sagte »Kommersant«| am Freitag.", "That is what “Kommersant”| said on Friday.", ("de", "en")),
        ("Er floh nach Osch.|", "He fled to Osh.|", ("de", "en")),
    ],
)
def test_a_note_keeps_its_word(source: str, target: str, languages: tuple[str, str]) -> None:
    place, expected = source.index("|"), target.index("|")
    found = placed(source.replace("|", ""), target.replace("|", ""), [Span(place, place)], languages)
    assert found == [Span(expected, expected)]


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("In fact [Xi Jinping] met him.", "На самом деле с ним встретился [Си Цзиньпин].", ("en", "ru")),
        ("Laut [Human Rights Watch] starb er.", "По данным [Human Rights Watch], он умер.", ("de", "ru")),
        ("В Казани прошёл [саммит БРИКС].", "In Kasan fand der [BRICS-Gipfel] statt.", ("ru", "de")),
    ],
)
def test_a_name_takes_no_other_word_along(source: str, target: str, languages: tuple[str, str]) -> None:
    (text, own), (translation, expected) = marked(source), marked(target)
    assert placed(text, translation, [own["["]], languages) == [expected["["]]


@pytest.mark.parametrize(("source", "target"), [("( , )", "Токаев ( , )"), ("( , )", "[ ]"), ("Tokajew, .", "( )")])
def test_a_note_among_signs_stands_at_the_end(source: str, target: str) -> None:
    assert placed(source, target, [Span(2, 2)], ("de", "ru")) == [Span(len(target), len(target))]


def test_a_mark_without_words_or_in_a_translation_without_words_has_no_place() -> None:
    assert placed("Wer? – Tokajew.", "Кто? Токаев.", [Span(5, 6)], ("de", "ru")) == [None]
    assert placed("Wer? Tokajew!", "Кто? Токаев!", [Span(4, 5)], ("de", "ru")) == [None]
    assert placed("Tokajew sprach.", "…", [Span(0, 7)], ("de", "ru")) == [None]
    assert placed("Tokajew sprach.", "", [Span(0, 7)], ("de", "ru")) == [None]


def test_signs_stand_where_the_same_signs_do() -> None:
    assert placed("Wer? – Tokajew.", "Кто? – Токаев.", [Span(5, 6)], ("de", "ru")) == [Span(5, 6)]
    assert placed("\U0001f52c Versuch § 5", "§ 5 \U0001f52c Опыт", [Span(0, 1), Span(10, 11)], ("de", "ru")) == [
        Span(4, 5),
        Span(0, 1),
    ]


def test_a_part_of_a_word_is_found_in_the_same_word_only() -> None:
    assert placed("Die Formel H2O gilt.", "Формула H2O верна.", [Span(12, 13)], ("de", "ru")) == [Span(9, 10)]
    assert placed("Die Formel gilt.", "Формула верна.", [Span(5, 6)], ("de", "ru")) == [Span(0, 7)]
    source, target = "Die Tokajew-Regierung tritt ab.", "Правительство Токаева уходит в отставку."
    assert quoted(target, placed(source, target, [Span(4, 11)], ("de", "ru"))[0]) == "Токаева"


def test_a_text_too_long_for_a_sentence_is_set_by_its_places() -> None:
    source, target = "Wort " * 2000, "слово " * 2000
    assert placed(source, target, [Span(5000, 5004)], ("de", "ru")) == [Span(6000, 6005)]


def test_thousands_of_marks_are_no_sentence() -> None:
    text, marks = ", " * 8_000 + "Tokajew.", [Span(2 * number, 2 * number + 1) for number in range(8_000)]
    began = process_time()
    found = placed(text, text.replace("Tokajew", "Токаев"), [*marks, Span(16_000, 16_007)], ("de", "ru"))
    assert process_time() - began < 2
    assert found == [*[None] * 8_000, Span(16_000, 16_006)]


WORD = st.sampled_from(
    ["Токаев", "Tokajew", "в", "in", "12", "2019", "\ufffc", "Regierung,", "правительство«", "—", "the", "Küche."]
)
WORDS = st.lists(WORD, max_size=9)
STRETCHES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, STRETCHES)
def test_places_lie_to_each_other_as_the_marks_do(
    source: list[str], target: list[str], stretches: list[tuple[int, int]]
) -> None:
    starts = [len(" ".join([*source[:place], ""])) for place in range(len(source))]
    whole = [(min(pair), max(pair)) for pair in stretches if max(pair) < len(source)]
    spans = [Span(starts[first], starts[last] + len(source[last])) for first, last in whole]
    found = placed(" ".join(source), " ".join(target), spans, ("de", "ru"))
    pairs = [(own, place) for own, place in zip(spans, found, strict=True) if place]
    points = [Span(place, place) for place in range(len(" ".join(source)) + 1)]
    assert None not in placed(" ".join(source), " ".join(target), points, ("de", "ru"))
    for own, place in pairs:
        assert 0 <= place.start <= place.end <= len(" ".join(target))
        for other, beside in pairs:
            assert not own.contains(other) or place.contains(beside)
            assert own.overlaps(other) or not place.overlaps(beside)
