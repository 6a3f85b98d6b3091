"""Words, numbers and signs of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from tolmach.text.model import Span, Token

if TYPE_CHECKING:
    from regex import Pattern

# Digits stay together across one point, comma, colon, apostrophe or narrow blank: 1.000,5 · 10.01.2022 · 18:30 · 3'000.
_INSIDE_NUMBERS = r".,:'\u2019\u00a0\u202f"


def tokens(text: str) -> Iterator[Token]:
    r"""The words, numbers and signs of a text, in order, without its blanks.

    A word is a run of letters with their combining marks and soft hyphens; hyphens and apostrophes are signs, so that
    each part of a compound is a word. Every other visible code point is a sign of its own.

    >>> [token.text for token in tokens("Tokajew-Lager, 10.01.2022")]
    ['Tokajew', '-', 'Lager', ',', '10.01.2022']
    """
    for found in _pattern().finditer(text):
        kind = found.lastgroup
        yield Token(
            Span(*found.span()), found.group(), "word" if kind == "word" else "number" if kind == "number" else "sign"
        )


@cache
def _pattern() -> Pattern[str]:
    import regex

    return regex.compile(
        rf"""(?P<word> \p{{L}} [\p{{L}}\p{{M}}\u00ad]*+ )
           | (?P<number> \p{{Nd}}++ (?: [{_INSIDE_NUMBERS}] \p{{Nd}}++ )*+ )
           | (?P<sign> [^\s\p{{Z}}] )""",
        regex.VERBOSE,
    )
