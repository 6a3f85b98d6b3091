"""What a table that people edit says of itself unseen: the languages of its columns, the sentences of its rows.

Each is a text without line end that begins with a mark of its own, so that it is known wherever it stands in a cell. It
travels with its row or column when that is moved or copied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

_COLUMN = re.compile(r"tolmach-column:(\S+)((?: [a-z]+=\S+)*)")
_ROW = re.compile(r"tolmach-row:(\S+)((?: [A-Za-z0-9-]+=[a-z]?[0-9a-f]{8})*)")


@dataclass(frozen=True, slots=True)
class ColumnCode:
    """A column: its language, that of the original, and the words that mark a state of its cells."""

    language: str
    source: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def original(self) -> bool:
        """Is it the column of the original?"""
        return self.language == self.source

    def __str__(self) -> str:
        said = {"of": self.source, **self.labels}
        words = "".join(f" {state}={_quoted(label)}" for state, label in said.items())
        return f"tolmach-column:{_quoted(self.language)}{words}"


@dataclass(frozen=True, slots=True)
class RowCode:
    """A row: its sentence id, and by language what the house had (see `exchange.base`)."""

    id: str
    bases: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"tolmach-row:{_quoted(self.id)}" + "".join(f" {code}={base}" for code, base in self.bases.items())


def column_of(text: str) -> ColumnCode | None:
    """The code of a column in this text, None where there is none.

    >>> column_of(f"Русский {ColumnCode('ru', 'de', {'missing': 'нет перевода'})}").labels
    {'missing': 'нет перевода'}
    """
    found = _COLUMN.search(text)
    if found is None:
        return None
    labels = {state: unquote(label) for state, _sign, label in (word.partition("=") for word in found[2].split())}
    return ColumnCode(unquote(found[1]), labels.pop("of", ""), labels)


def row_of(text: str) -> RowCode | None:
    """The code of a row in this text, None where there is none.

    >>> row_of(f"12 {RowCode('news/a b#1c2d3e4f-2', {'ru': '5e6f7a8b'})}")
    RowCode(id='news/a b#1c2d3e4f-2', bases={'ru': '5e6f7a8b'})
    """
    found = _ROW.search(text)
    if found is None:
        return None
    bases = {code: base for code, _sign, base in (word.partition("=") for word in found[2].split())}
    return RowCode(unquote(found[1]), bases)


def _quoted(text: str) -> str:
    """The text without blanks and what acts unseen, for `unquote` to give it back."""
    return "".join(
        quote(sign, safe="", errors="replace") if sign == "%" or sign.isspace() or _is_unseen(sign) else sign
        for sign in text
    )


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn", "Co")
