"""What the letters of a name say of its language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tolmach.files import load_table


def order(purpose: str) -> tuple[str, ...]:
    """The languages to try for a purpose (a list of languages.toml), the likelier first."""
    return tuple(_table()[purpose])


def is_no_russian(text: str) -> bool:
    """Has the text a word that is no Russian spelling?

    >>> is_no_russian("Яворський"), is_no_russian("Тоқаев"), is_no_russian("Горький")
    (True, True, False)
    """
    return _no_russian().search(text) is not None


@cache
def _no_russian() -> re.Pattern[str]:
    parts = (f"[{_table()['not_russian']}]", *_table()["no_russian_words"])
    return re.compile("|".join(parts), re.IGNORECASE)


def _table() -> dict[str, Any]:
    return load_table("tolmach.transcription", "languages.toml")
