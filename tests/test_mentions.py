"""Names in running text: what is found, what is left alone, and that offsets say what they quote."""

from __future__ import annotations

import pickle
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.names.mentions.find import Corpus, Mention, mentions
from tolmach.names.mentions.foreign import family_of
from tolmach.names.mentions.german import ends_in, is_demonym, is_noun
from tolmach.names.mentions.letters import likeness
from tolmach.names.mentions.lists import lexicon
from tolmach.names.mentions.words import is_acronym

FOLDER = Path(__file__).parent / "cases"
NO_ARTICLES = {"mentions_sentences", "mentions_known_failures"}
ARTICLES = sorted({path.stem for path in FOLDER.glob("mentions_*.toml")} - NO_ARTICLES)
SENTENCES: dict[str, Any] = tomllib.loads((FOLDER / "mentions_sentences.toml").read_text(encoding="utf-8"))
FAILURES = tomllib.loads((FOLDER / "mentions_known_failures.toml").read_text(encoding="utf-8"))["failure"]
RIGHT_KINDS = {"de": 0.92, "en": 0.84, "ru": 0.9}  # the least share of names whose kind is right
KINDS = {"p": "person", "l": "place", "o": "organisation", "x": "other"}
MARK = re.compile(r"\[(?P<text>[^\[\]|]+)\|(?P<kind>[plox])(?P<optional>\??)(?:\|(?P<base>[^\]]+))?\]")


@dataclass(frozen=True)
class Wanted:
    start: int
    end: int
    base: str
    kind: str
    optional: bool


def article(name: str) -> tuple[str, str, list[Wanted]]:
    """The language, the text without its marks, and what is marked."""
    case = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    parts: list[str] = []
    wanted: list[Wanted] = []
    at = length = 0
    for mark in MARK.finditer(case["text"]):
        parts += [case["text"][at : mark.start()], mark["text"]]
        length += mark.start() - at + len(mark["text"])
        base = mark["base"] or mark["text"]
        wanted.append(Wanted(length - len(mark["text"]), length, base, KINDS[mark["kind"]], bool(mark["optional"])))
        at = mark.end()
    return case["language"], "".join([*parts, case["text"][at:]]), wanted


def find(text: str, language: str) -> list[Mention]:
    corpus = Corpus()
    corpus.add(text, language)
    return list(mentions(text, language, corpus))


def test_there_are_articles_about_several_regions() -> None:
    assert len(ARTICLES) >= 24


@pytest.mark.parametrize("name", ARTICLES)
def test_articles(name: str) -> None:
    language, text, wanted = article(name)
    found = find(text, language)
    missed = [
        text[name.start : name.end]
        for name in wanted
        if not name.optional and not any(m.start < name.end and name.start < m.end for m in found)
    ]
    wrong = [m.text for m in found if not any(m.start < name.end and name.start < m.end for name in wanted)]
    assert len(missed) <= 0.03 * len(wanted), missed
    assert not wrong


@pytest.mark.parametrize("name", ARTICLES)
def test_bases_and_kinds_of_articles(name: str) -> None:
    language, text, wanted = article(name)
    found = {(m.start, m.end): m for m in find(text, language)}
    exact = [(w, found[w.start, w.end]) for w in wanted if (w.start, w.end) in found]
    asked = sum(not w.optional for w in wanted)
    assert len(exact) >= 0.95 * asked
    assert [(m.base, w.base) for w, m in exact if m.base != w.base and language != "ru"] == []
    assert sum(w.kind == m.kind for w, m in exact) >= RIGHT_KINDS[language] * len(exact)


@pytest.mark.parametrize("language", sorted(SENTENCES["none"]))
def test_nothing_is_found_where_nothing_is(language: str) -> None:
    found = {text: [m.text for m in find(text, language)] for text in SENTENCES["none"][language]}
    assert {text: names for text, names in found.items() if names} == {}


@pytest.mark.parametrize("case", SENTENCES["found"], ids=lambda case: case["text"][:30])
def test_sentences(case: dict[str, Any]) -> None:
    assert [[m.text, m.base, m.kind] for m in find(case["text"], case["language"])] == case["names"]


@pytest.mark.parametrize("case", FAILURES, ids=lambda case: case["text"][:30])
@pytest.mark.xfail(strict=True, reason="known failure, see the case file")
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    assert [[m.text, m.base, m.kind] for m in find(case["text"], case["language"])] == case["names"]


def test_a_compound_is_quoted_whole_and_in_part() -> None:
    text = "Die OVKS-Truppen blieben."
    (mention,) = find(text, "de")
    assert (text[mention.start : mention.end], text[mention.outer_start : mention.outer_end]) == (
        "OVKS",
        "OVKS-Truppen",
    )


def test_an_office_stands_outside() -> None:
    (mention,) = find("Gestern sprach Präsident Kassym-Schomart Tokajew lange.", "de")
    assert (mention.text, mention.office) == ("Kassym-Schomart Tokajew", "Präsident")


def test_long_forms_and_acronyms_know_each_other() -> None:
    text = (
        "Die Organisation des Vertrags über kollektive Sicherheit (OVKS) half; "
        "der Rat für gute Nachbarschaft (RGN) nicht."
    )
    long_forms = {m.text: m.long_form for m in find(text, "de")}
    assert long_forms == {
        "Organisation des Vertrags über kollektive Sicherheit": "OVKS",
        "OVKS": "Organisation des Vertrags über kollektive Sicherheit",
        "Rat für gute Nachbarschaft": "RGN",
        "RGN": "Rat für gute Nachbarschaft",
    }


def test_a_foreign_long_form_in_brackets_is_one_name() -> None:
    text = "Sie bat das Bündnis (Organisazija Dogowora o Kollektiwnoi Besopasnosti, ODBK) um Hilfe."
    found = [(m.text, m.long_form) for m in find(text, "de")]
    whole = "Organisazija Dogowora o Kollektiwnoi Besopasnosti"
    assert found == [(whole, "ODBK"), ("ODBK", whole)]


def test_what_another_text_says_counts() -> None:
    text = "Solosobow schwieg. Später kam Koch dazu."
    alone = [m.text for m in find(text, "de")]
    corpus = Corpus()
    corpus.add("Der Forscher Norman Koch widersprach.", "de")
    corpus.add(text, "de")
    assert [m.text for m in mentions(text, "de", corpus)] == ["Solosobow", "Koch"]
    assert alone == ["Solosobow"]


def test_a_name_goes_on_in_the_next_line_of_wrapped_text_only() -> None:
    wrapped = "Nach einem langen Gespräch mit den Beratern reiste Präsident Kassym\nTokajew ab."
    assert "Kassym\nTokajew" in [m.text for m in find(wrapped, "de")]
    assert [m.text for m in find("Besuch in China\nWladimir Putin reist ab.", "de")] == ["China", "Wladimir Putin"]


def test_corpora_can_be_sent_and_merged() -> None:
    one, other = Corpus(), Corpus()
    one.add("Der Dissident Alexander Podrabinek schrieb das.", "de")
    other.add("In Minsk schwieg Podrabinek.", "de")
    both = pickle.loads(pickle.dumps(one))
    both.merge(other)
    assert both.words["Podrabinek"] == 2
    assert "Podrabinek" in both.surnames
    assert [m.text for m in mentions("Podrabinek schwieg.", "de", both)] == ["Podrabinek"]


def test_order_of_the_texts_does_not_matter() -> None:
    texts = [text for name in ARTICLES for language, text, _wanted in [article(name)] if language == "de"]
    corpora = [Corpus(), Corpus()]
    for text in texts:
        corpora[0].add(text, "de")
    for text in reversed(texts):
        corpora[1].add(text, "de")
    first, second = ([list(mentions(text, "de", corpus)) for text in texts] for corpus in corpora)
    assert first == second


def test_a_corpus_that_grows_is_asked_anew() -> None:
    text = "Später kam Koch dazu."
    corpus = Corpus()
    corpus.add(text, "de")
    assert list(mentions(text, "de", corpus)) == []
    corpus.add("Der Forscher Norman Koch widersprach.", "de")
    assert [m.text for m in mentions(text, "de", corpus)] == ["Koch"]


WORDS = st.sampled_from(
    [
        "Putin", "Tokajews", "die", "Präsident", "EU-Staaten", "in", "Nur-Sultan", "St.", "von", "al-Assad",
        "«Belsat»", "(OVKS)", "und", "Rat", "für", "Sicherheit", "\n", "\n\n", "Ex-", "A.", "Müller", "Œuvre",
        "\u00ad", "’s", "XIV",
        "Vereinte", "Nationen", "Organisation", "des", "Vertrags", ",", ".",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=60)), st.sampled_from(["de", "en", "ru"]))
def test_offsets_quote_the_text_in_order(text: str, language: str) -> None:
    last = 0
    for mention in find(text, language):
        assert text[mention.start : mention.end] == mention.text
        assert last <= mention.start < mention.end
        assert mention.outer_start <= mention.start
        assert mention.end <= mention.outer_end <= len(text)
        assert mention.base
        assert mention.kind
        last = mention.end


@pytest.mark.parametrize("word", ["puigdemont", "selenskyj", "ouattara", "mitsotakis", "erdoğan", "kaczyński"])
def test_letters_of_names(word: str) -> None:
    assert likeness(word) > 0.5


@pytest.mark.parametrize("word", ["fachkräftemangel", "lichtsensor", "gesundheitsdienst", "mietvertrag"])
def test_letters_of_nouns(word: str) -> None:
    assert likeness(word) < 0


@pytest.mark.parametrize("name", ["Xi Jinping", "Kim Jong Un", "Nguyen Phu Trong", "Lee Jae Myung", "Aung San Suu Kyi"])
def test_family_names_that_stand_first(name: str) -> None:
    assert family_of(name) == name.split()[0]


@pytest.mark.parametrize("name", ["Kim Clijsters", "Angela Merkel", "Xi", "Dong Energy", "Olaf Scholz", "Song Contest"])
def test_family_names_that_do_not_stand_first(name: str) -> None:
    assert family_of(name) == ""


def test_the_lists_are_shipped() -> None:
    lists = lexicon()
    assert set(lists) == {"de.noun", "de.word", "en.word", "surname", "given", "city"}
    assert "regierung" in lists["de.noun"]
    assert "putin" not in lists["de.noun"]


@pytest.mark.parametrize("word", ["friedenstruppen", "märkte", "häuser", "ampelknopf", "wirtschaftsunion", "gaspreise"])
def test_nouns(word: str) -> None:
    assert is_noun(word)


@pytest.mark.parametrize(
    "word", ["tokajew", "lukaschenko", "latinobarómetro", "obama", "snowden", "paschinjan", "kurti"]
)
def test_names_are_no_nouns(word: str) -> None:
    assert not is_noun(word)


@pytest.mark.parametrize("word", ["moskau", "polen", "ungarn", "baden", "merkel", "nauer"])
def test_no_demonyms(word: str) -> None:
    assert not is_demonym(word)


@pytest.mark.parametrize("word", ["A", "IV", "XII", "Nato", "nato", "KARENINA", "III"])
def test_no_acronyms(word: str) -> None:
    assert not is_acronym(word)


ENDED = st.tuples(
    st.sampled_from(["", "außen", "a", "bundes", "sitz"]),
    st.sampled_from(["rat", "staat", "bund", "ministerium", "at", "rates"]),
    st.sampled_from(["", "s", "es", "e", "n", "en", "er"]),
).map("".join)


@given(ENDED)
def test_the_end_of_a_compound_is_found_as_by_the_rule(word: str) -> None:
    words = frozenset(("rat", "staat", "bund", "ministerium", "at"))
    stems = {word, *(word.removesuffix(ending) for ending in ("s", "es", "en", "n"))}
    assert ends_in(word, words) == any(stem.endswith(end) for stem in stems for end in words if len(end) > 2)
