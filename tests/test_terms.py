"""Recurring terms and their spellings, in three languages; what is no term, and no other spelling, stays out."""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import run_program
from tolmach.names.terms.chunks import chunks
from tolmach.names.terms.find import find
from tolmach.names.terms.languages import rules
from tolmach.names.terms.spelling import differences, fold, fold_word, spellings, table
from tolmach.names.terms.termhood import c_values
from tolmach.names.variants.find import LANGUAGES, Choice, Group
from tolmach.text.model import Document, Passage

CASES = Path(__file__).resolve().parent / "cases"


def document(text: str, language: str, path: str = "a.txt") -> Document:
    return Document(path, path, "plain", text, (Passage(text, language),))


def groups(*documents: Document, everything: bool = False) -> list[Group]:
    return list(find(lambda: documents, Choice(consistent=everything, kind="term")))


def cases() -> Iterator[Any]:
    for language in LANGUAGES:
        content = (CASES / f"terms_{language}.toml").read_text(encoding="utf-8")
        for case in tomllib.loads(content)["case"]:
            yield pytest.param(language, case, id=f"{language}: {case['why']}")


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_exactly_these_spellings_are_found(language: str, case: dict[str, Any]) -> None:
    found = groups(document(case["text"], language))
    assert sorted([form.form for form in group.forms] for group in found) == sorted(case["groups"])
    wrong = [form.form for group in found for form in group.forms if form.classification == "error"]
    assert wrong == case.get("errors", [])


@pytest.mark.parametrize(("language", "case"), [one for one in cases() if one.values[1]["groups"]])
def test_forms_say_where_they_stand_and_why(language: str, case: dict[str, Any]) -> None:
    for group in groups(document(case["text"], language)):
        assert group.kind == "term"
        assert group.proposal == ((language, group.forms[0].form),)
        assert group.forms[0].classification == "main"
        assert 0 < group.confidence <= 1
        for form in group.forms:
            assert form.reason
            assert form.count == len(form.occurrences) == sum(count for _path, count in form.sources)
            for place in form.occurrences:
                assert case["text"][place.start : place.end] == place.text


@pytest.mark.parametrize(
    ("language", "text", "expected", "absent"),
    [
        (
            "de",
            "Die nukleare Abrüstung stockt. Von nuklearer Abrüstung redet niemand. Die Schutz- und Friedenstruppen "
            "kamen, die Schutz- und Friedenstruppen gingen. Ende Januar redete der neue Chef, Ende Januar "
            "der neue Chef. Die amerikanische Botschaft schwieg, die amerikanische Botschaft schrieb.",
            {"nukleare Abrüstung", "Schutz- und Friedenstruppen"},
            {"Ende Januar", "neuer Chef", "neue Chef", "amerikanische Botschaft", "Abrüstung", "Botschaft"},
        ),
        (
            "de",
            "Ein künstliches Koma half, das künstliche Koma endete. Der sexuelle Missbrauch, ein sexueller Missbrauch.",
            {"künstliches Koma", "sexueller Missbrauch"},
            {"künstliche Koma", "sexuelle Missbrauch"},
        ),
        (
            "de",
            "Wegen sexuellen Kindesmissbrauchs verurteilt, der sexuelle Kindesmissbrauch. Die klinische Psychologin "
            "und ihr klinischer Psychologe, der klinische Psychologe.",
            {"sexueller Kindesmissbrauch", "klinischer Psychologe"},
            {"sexuelle Kindesmissbrauch", "klinische Psychologe"},
        ),
        (
            "en",
            "The debt crisis hit. Another debt crisis came. No acts of violence, no acts of violence. Last year, "
            "last year.",
            {"debt crisis", "acts of violence"},
            {"last year", "crisis", "another debt"},
        ),
        (
            "ru",
            "Началась контртеррористическая операция. Об этой контртеррористической операции сообщили. Договор о "
            "ненападении подписан, в договоре о ненападении сказано. Прошлый год, в прошлом году.",
            {"контртеррористическая операция", "договор о ненападении"},
            {"прошлый год", "операция", "договор"},
        ),
    ],
)
def test_terms_in_one_spelling_are_listed_when_asked(
    language: str, text: str, expected: set[str], absent: set[str]
) -> None:
    found = {form.form for group in groups(document(text, language), everything=True) for form in group.forms}
    assert expected <= found
    assert not absent & found
    assert groups(document(text, language)) == []


def test_one_occurrence_is_no_term() -> None:
    text = "Die nukleare Abrüstung stockt. Der Delfin schwimmt. Die Friedenstruppe kommt."
    assert groups(document(text, "de"), everything=True) == []


def test_the_order_of_texts_does_not_matter() -> None:
    texts = [
        document("Der Delfin taucht. Die Straße endet.", "de", "a.txt"),
        document("Der Delphin springt. Die Strasse beginnt.", "de", "b.txt"),
        document("The defence budget and the defense budget.", "en", "c.txt"),
    ]
    first, *others = (groups(*order) for order in permutations(texts))
    assert len(first) == 3
    assert all(other == first for other in others)


def test_languages_do_not_mix() -> None:
    """«Photo» is English in one text and German in the other."""
    assert groups(document("A photo, the photo.", "en"), document("Das Foto, ein Foto.", "de", "b.txt")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_spelling_holds(language: str) -> None:
    for row in table(language).get("spelling", ()):
        assert row["source"]
        for pair in row.get("pairs", "").replace("\n", ";").split(";"):
            if not pair.strip():
                continue
            first, second = pair.split()
            assert fold_word(first, language) == fold_word(second, language), pair
            assert row["title"] in list(differences(first, second, language)), pair


@pytest.mark.parametrize(
    ("language", "one", "other", "title"),
    [
        ("en", "organise", "organize", "British -ise or -ize"),
        ("en", "analyse", "analyze", "British -yse or American -yze"),
        ("en", "harbour", "harbor", "British -our or American -or"),
        ("de", "Potenzial", "Potential", "z or t before -ial, -iell"),
        ("de", "Straße", "Strasse", "ss or ß"),
        ("de", "E-Mail", "E-mail", "a capital or a small letter"),
        ("ru", "самолёт", "самолет", "е or ё"),
    ],
)
def test_a_difference_is_named(language: str, one: str, other: str, title: str) -> None:
    assert list(differences(one, other, language)) == [title]
    assert fold_word(one, language) == fold_word(other, language)


def test_titles_are_known_to_the_catalogue() -> None:
    source = Path(inspect.getfile(differences)).read_text(encoding="utf-8")
    titles = {rule.title for language in LANGUAGES for rule in spellings(language)}
    assert titles == set(re.findall(r'N_\("(.*)"\)', source))


@given(st.text(alphabet="AaEeßёЁéS-–_ \n\u00adöph", max_size=30), st.sampled_from(LANGUAGES))
def test_folding_twice_changes_nothing(text: str, language: str) -> None:
    once = fold(text, language)
    assert fold(once, language) == once


@given(st.text(max_size=200))
def test_chunks_quote_the_text(text: str) -> None:
    for chunk in chunks(text):
        for token in chunk:
            assert text[token.start : token.end].replace("\u2010", "-").replace("\u2011", "-") == token.text


PARTS = ["Die", "nukleare", "Abrüstung", "des", "Vertrags", "über", "kollektive", "e-mail", "Schutz-", "und", ",", "\n"]


@given(
    st.lists(st.sampled_from(PARTS)),
    st.sampled_from(LANGUAGES),
)
def test_candidates_stand_in_the_text(words: list[str], language: str) -> None:
    text = " ".join(words)
    for candidate in rules(language).candidates(text):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert text[candidate.start : candidate.end].strip() == text[candidate.start : candidate.end]


def test_a_part_counts_only_by_itself() -> None:
    found = c_values({"nuclear test ban": 4, "test ban": 6, "nuclear test": 4})
    assert found["nuclear test"] == 0
    assert 0 < found["test ban"] < found["nuclear test ban"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Der Delfin taucht. Präsident Vučić traf Präsident Vucic.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Der Delphin springt.\n", encoding="utf-8")
    return tmp_path


def test_the_command_finds_terms_only_when_asked(texts: Path) -> None:
    arguments = ("variants", ".", "--lang", "de", "--format", "json")
    names = json.loads(run_program(*arguments, folder=texts).output)["groups"]
    terms = json.loads(run_program(*arguments, "--kind", "term", folder=texts).output)["groups"]
    assert {group["kind"] for group in terms} == {"term"}
    assert [[form["form"] for form in group["forms"]] for group in terms] == [["Delfin", "Delphin"]]
    assert "Delfin" not in json.dumps(names)
    report = run_program("variants", ".", "--lang", "de", "--kind", "term", folder=texts)
    assert "f or ph" in report.output


def test_confidence_and_occurrences_can_be_chosen(texts: Path) -> None:
    arguments = ("variants", ".", "--lang", "de", "--kind", "term", "--format", "json")
    (group,) = json.loads(run_program(*arguments, "--no-occurrences", folder=texts).output)["groups"]
    assert all(form["occurrences"] == [] for form in group["forms"])
    assert json.loads(run_program(*arguments, "--min-confidence", "0.99", folder=texts).output)["groups"] == []
