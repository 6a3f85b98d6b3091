"""How a language writes numbers, and the words around them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table

BLANKS = "\u0020\u00a0\u2009\u202f"
"""Blanks that may stand within a number, or between it and its word."""

FOLLOWING = re.compile(rf"-?[{BLANKS}]?(?P<word>[^\s,;:()\d]+)")
"""The word after a number."""


def written(value: Decimal, language: str) -> str:
    """A value as the language writes it.

    >>> written(Decimal(10000), "de"), written(Decimal("10000.5"), "en"), written(Decimal(10000), "ru")
    ('10.000', '10,000.5', '10\\xa0000')
    """
    own = rules(language)
    group = own["group"][0].replace(" ", "\u00a0")
    whole, _point, rest = f"{value:f}".partition(".")
    if len(whole) > (4 if group == "\u00a0" else 3):
        whole = f"{int(whole):,}".replace(",", group)
    return f"{whole}{own['decimal'][0]}{rest}" if rest else whole


def separators(language: str) -> tuple[str, str]:
    """The signs that may group digits, and the one that begins a fraction.

    >>> separators("de"), separators("ru")
    (('.', ','), (' .', ','))
    """
    found = rules(language)
    return found["group"], found["decimal"][0]


def rules(language: str) -> dict[str, Any]:
    """The rules of a language; those of English for one without any."""
    tables = load_table("tolmach.text.numbers", "numbers.toml")
    found: dict[str, Any] = tables.get(primary(language), tables["en"])
    return found


@cache
def starts(language: str, name: str) -> re.Pattern[str]:
    """What finds the words and beginnings of words that the rules list under a name; in small letters."""
    entries = "|".join(re.escape(word).replace("\\$", r"(?!\w)") for word in rules(language)[name])
    # German writes «fünfzehnjährig» and «zweihundert», but «Klavier» has no four.
    return re.compile(rf"(?<!\w)(?:{entries})")
