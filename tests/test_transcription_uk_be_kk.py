"""Names of Ukraine, Belarus and Kazakhstan in German, English and the Latin alphabets; native names, renamings."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from tolmach.transcription import house
from tolmach.transcription.established import Established, established, native, rows, same
from tolmach.transcription.system import load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "transcription_uk_be_kk.toml").read_text("utf-8"))
LANGUAGES = ("uk", "be", "kk")


@pytest.mark.parametrize("case", CASES["renamed"], ids=lambda case: f"{case['original']} {case['on']}")
def test_renamed(case: dict[str, str]) -> None:
    row = established(case["original"], case["language"], case["language"], on=date.fromisoformat(case["on"]))
    assert (row.form if row else "") == case["form"]


def named(language: str) -> list[Established]:
    """The rows that give a place in Ukraine, Belarus or Kazakhstan its native name."""
    return [row for row in rows() if row.relation == "native" and row.target == language and row.kind == "place"]


@pytest.mark.parametrize(("language", "least"), [("uk", 150), ("be", 100), ("kk", 120)])
def test_native_names_can_be_written(language: str, least: int) -> None:
    assert len(named(language)) >= least
    for row in named(language):
        for target in ("de", "en"):
            form = house.default(language, target).transcribe(row.form)
            assert form[0].isupper()
            assert all(letter.isascii() or letter in "äöüßÄÖÜ" for letter in form if letter.isalpha())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_native_name_has_only_letters_of_its_language(language: str) -> None:
    letters = {*load(f"{language}-de").letters, " ", "-"}
    assert not [row.form for row in named(language) if set(row.form.lower()) - letters]


def test_towns_of_one_name_stay_apart() -> None:
    assert same("Qostanai", "Костанай")
    assert not same("Kostanai", "Almaty")
    assert same("Zelinograd", "Астана")
    assert same("Днепропетровск", "Дніпро")
    assert not same("Дзержинск", "Торецк")
    assert native("Подольск", "ru") is None
    assert native("Дзержинск", "ru") is None
    assert native("Октябрьск", "ru") is None
    assert native("Костанай", "ru").form == "Қостанай"  # type: ignore[union-attr]


def test_kazakh_cities_against_cldr() -> None:
    kazakh, german = (Locale.parse(language).time_zones for language in ("kk", "de"))
    zones = ("Asia/Qostanay", "Asia/Qyzylorda")
    assert [load("kk-de").transcribe(kazakh[zone]["city"]) for zone in zones] == [
        german[zone]["city"] for zone in zones
    ]
