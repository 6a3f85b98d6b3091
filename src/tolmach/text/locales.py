"""A language as word processors name it: with its region, by which they find their dictionary."""

from __future__ import annotations

from tolmach.files import load_table


def locale(code: str) -> str:
    """The language (BCP 47) with its region; another code as it is.

    >>> locale("ru"), locale("de-CH")
    ('ru-RU', 'de-CH')
    """
    return str(load_table("tolmach.text", "locales.toml")["locale"].get(code, code))
