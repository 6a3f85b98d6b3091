"""Word alignment: laws of the probabilities, small bitexts, stems and compounds, and the lexicon behind it."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.text.bitext.words import stemmer, translations, words
from tolmach.translate.enforce import function_words, word_class
from tolmach.translate.enforce.align import Alignment
from tolmach.translate.enforce.compounds import part_of
from tolmach.translate.enforce.model import Pair, Term
from tolmach.translate.enforce.repair import Repair
from tolmach.translate.enforce.sentence import Sentence
from tolmach.translate.enforce.words import is_compound_with, prior

BITEXT = [
    ("the old house burns", "das alte Haus brennt"),
    ("the house stands", "das Haus steht"),
    ("the old bridge stands", "die alte Brücke steht"),
    ("a bridge burns", "eine Brücke brennt"),
    ("the new bridge", "die neue Brücke"),
    ("a new house", "ein neues Haus"),
]
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "дом", "Haus", ""]), max_size=8)
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=6)


def learned(pairs: list[tuple[str, str]], source: str = "en", target: str = "de") -> Alignment:
    """The alignment of some sentences, without a lexicon."""
    return Alignment.learn(
        [
            ([one.stem for one in words(left, source)], [one.stem for one in words(right, target)])
            for left, right in pairs
        ]
    )


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_links_are_probabilities_in_the_shape_of_the_pair(pairs: list[tuple[list[str], list[str]]]) -> None:
    alignment = Alignment.learn(pairs)
    assert len(alignment) == len(pairs)
    for number, (source, target) in enumerate(pairs):
        links = alignment.of(number)
        assert links.shape == (len(source), len(target))
        assert np.isfinite(links).all()
        assert ((links >= 0) & (links <= 1)).all()


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_the_pairs_does_not_matter(order: tuple[int, ...]) -> None:
    straight, mixed = learned(BITEXT[:4]), learned([BITEXT[place] for place in order])
    for number, place in enumerate(order):
        assert np.allclose(mixed.of(number), straight.of(place), atol=1e-9)


def test_words_that_come_together_answer_to_each_other() -> None:
    alignment = learned(BITEXT)
    for number, (source, target) in enumerate(BITEXT):
        links = alignment.of(number)
        found = {
            (one, target.split()[int(links[place].argmax())])
            for place, one in enumerate(source.split())
            if one in ("house", "bridge", "burns", "stands")
        }
        assert found <= {("house", "Haus"), ("bridge", "Brücke"), ("burns", "brennt"), ("stands", "steht")}


def test_nothing_to_learn_from() -> None:
    assert len(Alignment.learn([])) == 0
    alignment = Alignment.learn([((), ()), (("a",), ()), ((), ("b",))])
    assert [alignment.of(number).size for number in range(3)] == [0, 0, 0]


def test_what_is_longer_than_any_sentence_is_cut() -> None:
    alignment = Alignment.learn([(["a"] * 5000, ["b"] * 5000), (["a"], ["b"])])
    assert max(alignment.of(0).shape) < 1000
    assert alignment.of(1).shape == (1, 1)


def test_an_empty_translation_and_a_huge_one_are_survived() -> None:
    term = (Term("vendor", "поставщик", "term"),)
    pairs = [
        Pair("The vendor.", "", "en", "ru", term),
        Pair("The vendor " * 400, "Продавец " * 400, "en", "ru", term),
    ]
    answers = Repair().batch(pairs)
    assert answers[0].target == ""
    assert answers[0].outcomes[0].status == "missing"
    assert len(answers[1].target.split()) == 400


def test_the_lexicon_links_a_single_pair() -> None:
    source, target = words("The forecast is low", "en"), words("Прогноз низкий", "ru")
    alignment = Alignment.learn([([one.stem for one in source], [one.stem for one in target])], prior("en", "ru"))
    assert alignment.of(0)[1].argmax() == 0


def test_words_keep_their_places() -> None:
    text = "E-Mail-Adresse, 3,5 % и «Дом»"
    assert all(text[one.start : one.end] == one.text for one in words(text, "de"))
    assert words(text, "de")[0].text == "E-Mail-Adresse"


@pytest.mark.parametrize(
    ("word", "own", "others", "shared"),
    [
        ("Lagerkosten", "storage", ["cost"], True),
        ("Lager", "storage", ["cost"], False),
        ("Verkäuferrechnungen", "vendor", ["invoice"], True),
        ("Nachweis", "proof", ["after"], False),
        ("Kunde", "customer", ["data"], False),
    ],
)
def test_compounds_with_another_word(word: str, own: str, others: list[str], shared: bool) -> None:
    english = stemmer("en")
    others = [english.stem(one) for one in others]
    assert is_compound_with(word, [english.stem(own)], others, "en", "de") is shared


@pytest.mark.parametrize(
    ("source", "rows", "compound", "term", "written"),
    [
        ("storage quota", range(1), "Lagerquoten", "Speicher", "Speicherquoten"),
        ("memory allocation", range(1, 2), "Speicherzuweisung", "Zuordnung", "Speicherzuordnung"),
        ("customer data", range(1), "Debitorendaten", "Kunde", "Kundendaten"),
        ("release note", range(1), "Freigabenotiz", "Release", "Release-Notiz"),
        ("purchase order number", range(2), "Bestellnummer", "Bestellung", None),
        ("storage and costs", range(1), "Lager", "Speicher", None),
        ("the storage", range(1, 2), "Lagerplatz", "Speicher", None),
        ("storage quota", range(1), "LAGER", "Speicher", None),
        ("fact models and consumption models", range(3, 5), "Faktenmodelle", "Verbrauchsmodell", None),
    ],
)
def test_a_part_of_a_compound(source: str, rows: range, compound: str, term: str, written: str | None) -> None:
    part = part_of(words(compound, "de")[0], term, words(source, "en"), rows, translations("en", "de"))
    after = None if part is None else compound[: part.span.start] + part.lexeme.text + compound[part.span.end :]
    assert after == written


@pytest.mark.parametrize(
    ("term", "text", "words_found", "best", "language", "kept"),
    [
        ("спецификация", "Перечень материалов имеет три уровня", (0, 2), 1, "ru", "Перечень материалов"),
        ("мастер", "с помощью волшебника", (0, 2), 2, "ru", "волшебника"),
        ("задача", "заданий завершились", (0, 1), 0, "ru", "заданий"),
        ("Lagerort", "Geben Sie den Speicherort ein", (1, 4), 3, "de", "Speicherort"),
        ("Anlagegut", "Feste Vermögenswerte werden", (0, 2), 1, "de", "Feste Vermögenswerte"),
        ("asset", "of the fixed assets", (0, 3), 3, "en", "fixed assets"),
        ("Space", "Sie", (0, 0), 0, "de", None),
    ],
)
def test_renderings_are_trimmed(
    term: str, text: str, words_found: tuple[int, int], best: int, language: str, kept: str | None
) -> None:
    sentence = Sentence(text)
    found = word_class.trimmed(term, sentence, *words_found, best, language)
    assert (None if found is None else " ".join(sentence.words[found[0] : found[1] + 1])) == kept


@given(st.text(max_size=12), st.sampled_from(["de", "en", "ru", "fr"]))
def test_bridges_are_function_words(word: str, language: str) -> None:
    assert not function_words.is_bridge(word, language) or function_words.is_function_word(word, language)


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_no_noun_is_a_function_word(language: str) -> None:
    nouns = {"de": "Haus Lager Vertrag", "en": "house storage contract", "ru": "дом склад договор"}[language].split()
    assert not any(function_words.is_function_word(noun, language) for noun in nouns)


def lexicon() -> list[list[str]]:
    """The rows of the lexicon."""
    text = (files("tolmach.text.bitext") / "lexicon.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[2:]]


def test_the_lexicon_has_three_columns_and_no_row_twice() -> None:
    rows = lexicon()
    assert {len(row) for row in rows} == {3}
    assert len(rows) == len(set(map(tuple, rows)))
    assert all(cell == cell.strip() and "  " not in cell for row in rows for cell in row)
    assert rows == sorted(rows, key="\t".join)


def test_the_lexicon_writes_each_language_in_its_script() -> None:
    latin, cyrillic = re.compile("[A-Za-zÄÖÜäöüßéèâàêôçñ]"), re.compile("[А-Яа-яЁё]")
    for english, german, russian in lexicon():
        assert not cyrillic.search(english + german)
        assert not re.search("[ÄÖÜäöüß]", english)
        assert not russian or cyrillic.search(russian) or latin.search(russian)
        assert not any(latin.search(word) and cyrillic.search(word) for word in re.findall(r"\w+", russian))


def test_no_cell_says_the_same_twice() -> None:
    for row in lexicon():
        for cell in row:
            alternatives = [one.strip() for one in cell.split(",")]
            assert len(alternatives) == len(set(alternatives)), row
