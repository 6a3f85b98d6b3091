"""The acronyms that every reader of a language knows."""

from __future__ import annotations

from functools import cache

from tolmach.config import primary
from tolmach.files import load_table


@cache
def known_acronyms(language: str) -> frozenset[str]:
    """The acronyms that texts of a language use without explaining them; the English ones are met in all.

    >>> "NATO" in known_acronyms("de"), "ODKB" in known_acronyms("de")
    (True, False)
    """
    table = load_table("tolmach.lint", "acronyms.toml")
    return frozenset(table.get(primary(language), ())) | frozenset(table["en"])
