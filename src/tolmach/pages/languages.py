"""What a page must know of a language: its name in itself and the direction it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tolmach.files import load_table

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a page shows it: `code` for the attribute `lang`, `name` for readers, `direction` for `dir`."""

    code: str
    name: str
    direction: str = "ltr"


@cache
def _table() -> dict[str, Any]:
    return load_table("tolmach.pages", "languages.toml")


def language(code: str) -> Language:
    """The language called `code` (BCP 47); one that is not in the table is named by its code.

    >>> language("ru").name, language("de-CH").name, language("fa").direction
    ('Русский', 'Deutsch (CH)', 'rtl')
    """
    base, _hyphen, variety = code.partition("-")
    name = _table()["names"].get(base.lower(), base)
    return Language(
        code=code,
        name=f"{name} ({variety})" if variety else name,
        direction=_table()["directions"].get(base.lower(), "ltr"),
    )


def tag(code: str) -> str:
    """`code` where it has the form of a language tag (BCP 47), else the tag of a language that is not known.

    >>> tag("de-CH"), tag("<b>")
    ('de-CH', 'und')
    """
    return code if _TAG.fullmatch(code) else "und"
