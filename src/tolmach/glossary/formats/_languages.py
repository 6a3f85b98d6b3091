"""What files call languages: codes with and without a region, and names in German, English, Russian, or their own."""

from __future__ import annotations

import re
from functools import cache

from tolmach.files import load_table

_REGION = re.compile(r"[a-z]{2}")
_SHOWN = ("en", "de", "ru")


def language_and_variety(written: str) -> tuple[str, str]:
    """The language code of what a file names, and the variety if it names a region.

    The region where most write a language sets nothing apart: many programs know no language without one.

    >>> language_and_variety("de_CH"), language_and_variety("ru-RU"), language_and_variety("Englisch")
    (('de', 'de-CH'), ('ru', ''), ('en', ''))
    """
    language, _hyphen, region = written.strip().lower().replace("_", "-").partition("-")
    code = language_code(language) or language
    apart = _REGION.fullmatch(region) and region != _main_region(code)
    return code, f"{code}-{region.upper()}" if apart else ""


def language_code(name: str) -> str:
    """The code of the language of this name or code; "" where there is none.

    >>> language_code("Russisch"), language_code("казахский"), language_code("DE"), language_code("Anmerkung")
    ('ru', 'kk', 'de', '')
    """
    return _codes().get(name.strip().casefold(), "")


def language_names() -> dict[str, str]:
    """The English names of languages by their codes, as term bases write them."""
    return dict(load_table(__package__, "languages.toml")["names"])


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    table = load_table(__package__, "languages.toml")
    names = {code: code for code in table["names"]}
    for shown in (*_SHOWN, *table["names"]):
        for code, name in Locale(shown).languages.items():
            if len(code) == 2 and (shown in _SHOWN or shown == code):
                names.setdefault(name.casefold(), code)
    return names | {other: code for code, others in table["also"].items() for other in others}


@cache
def _main_region(code: str) -> str:
    from babel.core import get_global

    return str(get_global("likely_subtags").get(code, "")).rpartition("_")[2].lower()
