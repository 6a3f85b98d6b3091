"""Names of the Caucasus, Central Asia, Mongolia and Bulgaria in German, English and the official Latin alphabets."""

import pytest
from babel import Locale

from tolmach.transcription import house
from tolmach.transcription.established import rows
from tolmach.transcription.system import load


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
