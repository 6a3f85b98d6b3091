"""Names of the Caucasus, Central Asia, Mongolia and Bulgaria in German, English and the official Latin alphabets."""

import tomllib
from pathlib import Path

import pytest
from babel import Locale

from tolmach.transcription import house
from tolmach.transcription.established import rows
from tolmach.transcription.system import load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "transcription_caucasus_asia.toml").read_text("utf-8"))


def cases(table: str) -> list[tuple[str, str, str, str]]:
    """Source and target language, original and form of every case in a table."""
    return [(group["from"], group["to"], original, form) for group in CASES[table] for original, form in group["names"]]


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("written"))
def test_written(source: str, target: str, original: str, form: str) -> None:
    assert house.default(source, target).transcribe(original) == form


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("refused"))
def test_refused(source: str, target: str, original: str, form: str) -> None:
    assert house.default(source, target).transcribe(original) != form


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("house"))
def test_house(source: str, target: str, original: str, form: str) -> None:
    assert house.transcribe(original, source, target, kind="place") == form


@pytest.mark.parametrize(
    ("cyrillic", "latin", "system", "others"),
    [
        # names that the two locales word differently: Свазиленд/Esvatini, Бермуда/Bermuda orollari; an apostrophe
        ("az_Cyrl", "az", "az-latin", {"CI", "SZ"}),
        ("uz_Cyrl", "uz", "uz-latin", {"BM", "BW", "FI"}),
    ],
)
def test_latin_alphabets_against_cldr(cyrillic: str, latin: str, system: str, others: set[str]) -> None:
    originals, forms = (
        {str(code): str(form) for code, form in Locale.parse(locale).territories.items()}
        for locale in (cyrillic, latin)
    )
    write = load(system).transcribe
    one_word = [
        code for code in originals if len(code) == 2 and code in forms and not {" ", "-"} & set(originals[code])
    ]
    assert len(one_word) > 150
    assert {code for code in one_word if write(originals[code]) != forms[code]} <= others


def test_every_native_name_can_be_written() -> None:
    native = [row for row in rows() if row.relation == "native" and row.target in {"ky", "tg", "hy", "ka", "mn"}]
    assert len(native) > 250
    for row in native:
        for target in ("de", "en"):
            form = house.default(row.target, target).transcribe(row.form)
            assert form[0].isupper()
            assert all(letter.isascii() or letter in "äöüßÖÜíŭėÍŬĖ\u2019" for letter in form if letter.isalpha())
