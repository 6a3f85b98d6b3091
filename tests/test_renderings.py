"""A name in no glossary leads to its likely originals and the house's forms; anything else leads nowhere."""

import json
from pathlib import Path

import pytest

from support import run_program
from tolmach.transcription.renderings import language_of_letters, renderings


@pytest.mark.parametrize(
    ("text", "original", "language", "forms"),
    [
        ("Schtscherbakows", "Щербаков", "ru", {"de": "Schtscherbakow", "en": "Shcherbakov"}),
        ("Poroschenko", "Порошенко", "ru", {"de": "Poroschenko", "en": "Poroshenko"}),
        ("Әблязов", "Әблязов", "kk", {"de": "Äbljasow", "en": "Ablyazov"}),
        ("Щербакову", "Щербаков", "ru", {"de": "Schtscherbakow", "ru": "Щербаков"}),
        ("ჭიათურა", "ჭიათურა", "ka", {"de": "Tschiatura", "en": "Chiatura"}),
        ("Ցախկաձոր", "Ցախկաձոր", "hy", {"de": "Zachkadsor"}),
    ],
)
def test_a_name_leads_to_its_original(text: str, original: str, language: str, forms: dict[str, str]) -> None:
    found = renderings(text, ("de", "en", "ru"))[0]
    assert (found.original, found.language) == (original, language)
    assert dict(found.forms).items() >= forms.items()


@pytest.mark.parametrize(
    "text", ["Regierungskrise", "Macron", "Mustermann", "Bundeskanzlerin", "Johnson", "Haus", "", "123", "東京", "…"]
)
def test_anything_else_leads_nowhere(text: str) -> None:
    assert renderings(text, ("de", "en", "ru")) == ()


def test_letters_betray_the_language() -> None:
    words = ("Токаев", "Яворський", "Ціханоўская", "Тоқаев", "Раҳмон", "Müller", "Ελλάδα", "")
    assert [language_of_letters(word) for word in words] == ["ru", "uk", "be", "kk", "tg", "", "", ""]


def test_lookup_shows_what_the_glossary_does_not_know(tmp_path: Path) -> None:
    done = run_program("lookup", "Poroschenkos", "--glossary", "none", "--format", "json", folder=tmp_path)
    (best, *_rest) = json.loads(done.output)["originals"]
    assert best["original"] == "Порошенко"
    assert best["forms"] == {"de": "Poroschenko", "en": "Poroshenko", "ru": "Порошенко"}
    assert 0.5 < best["probability"] <= 1
    done = run_program("lookup", "Poroschenkos", "--glossary", "none", folder=tmp_path)
    assert "original: Порошенко (ru; " in done.output
    done = run_program("lookup", "Regierungskrise", "--glossary", "none", folder=tmp_path)
    assert "original" not in done.output


def test_quotation_marks_and_varieties_do_no_harm() -> None:
    (found, *_rest) = renderings("„Schtscherbakow“", ("de-CH", "en-GB"))
    assert (found.original, found.forms) == ("Щербаков", (("de-CH", "Schtscherbakow"), ("en-GB", "Shcherbakov")))


def test_what_russian_does_not_explain_is_looked_for_beside_it() -> None:
    (found, *_rest) = renderings("Qassym", ("de", "en"))
    assert (found.original, found.language, found.system) == ("Қасым", "kk", "kk-de")
    (found, *_rest) = renderings("Qostanai", ("de", "en"))
    assert dict(found.forms) == {"de": "Qostanai", "en": "Kostanay"}
