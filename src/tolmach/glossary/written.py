"""A concept as its text in a glossary file: the keys in the order of the manual, one value a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from tolmach.glossary.model import Concept, Designation, Status, Validity

_CONCEPT_KEYS = (
    "id",
    "kind",
    "gender",
    "state",
    "confidence",
    "original",
    "note",
    "definition",
    "sources",
    "do_not_translate",
)
_FIRST = ("form", "given", "patronymic", "status", "valid", "system", "reason", "source", "variety")
_LAST = ("found",)
_DEFAULTS = {"state": "decided"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# Controls, formats such as bidi overrides, line separators, private use: written so that an editor shows them.
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Zl", "Zp"))


def text(concept: Concept) -> str:
    """The concept as TOML, ending with a line end.

    >>> entry = Designation("Minsk", Status.PREFERRED)
    >>> print(text(Concept("minsk", "place", {"de": (entry,)}, original={"ru": "Минск"})), end="")
    [[concept]]
    id = "minsk"
    kind = "place"
    original = { ru = "Минск" }
    <BLANKLINE>
    [[concept.de]]
    form = "Minsk"
    status = "preferred"
    """
    return "\n".join([head(concept), *(part for _key, part in sections(concept))])


def head(concept: Concept) -> str:
    """The part of the text that precedes the designations."""
    return _table("[[concept]]", head_values(concept))


def head_values(concept: Concept) -> dict[str, Any]:
    """The keys of the concept itself with plain values, in order."""
    values = {key: plain(getattr(concept, key)) for key in _CONCEPT_KEYS}
    return {key: value for key, value in values.items() if value and value != _DEFAULTS.get(key)}


def sections(concept: Concept) -> Iterator[tuple[tuple[str, ...], str]]:
    """The tables of the designations, then those of the examples: what sets each apart in the concept, and its text."""
    for language, designations in concept.designations.items():
        for entry in designations:
            yield identity(language, entry), designation(language, entry)
    for language, examples in concept.examples.items():
        lists = {key: list(getattr(examples, key)) for key in ("ok", "flag") if getattr(examples, key)}
        yield ("examples", language), _table(f"[concept.examples.{language}]", lists)


def identity(language: str, entry: Designation) -> tuple[str, ...]:
    """What sets a designation apart from the others of its concept."""
    return language, entry.form, entry.given, entry.variety


def designation(language: str, entry: Designation) -> str:
    """The table of one designation."""
    return _table(f"[[concept.{language}]]", designation_values(entry))


def designation_values(entry: Designation) -> dict[str, Any]:
    """The keys of a designation with plain values, in order."""
    names = [field.name for field in fields(entry)]
    middle = [name for name in names if name not in (*_FIRST, *_LAST)]
    values = {key: plain(getattr(entry, key)) for key in (*_FIRST, *middle, *_LAST)}
    return {key: value for key, value in values.items() if value}


def plain(value: Any) -> Any:
    """The value of a field as TOML knows such values."""
    if isinstance(value, Status):
        return value.value
    if isinstance(value, Validity):
        ends = {"from": value.first, "until": value.last}
        return {key: day for key, day in ends.items() if day}
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return dict(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _table(header: str, values: Mapping[str, Any]) -> str:
    return "".join([f"{header}\n", *(f"{_key(key)} = {written(value)}\n" for key, value in values.items())])


def written(value: Any) -> str:
    """A plain value as TOML on one line.

    >>> written({"seeds/a.txt": 9}), written([True, date(2019, 3, 23), 0.5])
    ('{ "seeds/a.txt" = 9 }', '[true, 2019-03-23, 0.5]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{"".join(map(_escaped, value))}"'
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {written(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _key(key: str) -> str:
    bare = key and key.isascii() and all(sign.isalnum() or sign in "_-" for sign in key)
    return key if bare else written(key)


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    category = unicodedata.category(sign)
    if category == "Cs":
        # A byte of a file name that is no UTF-8; TOML has no way to write it.
        return f"\\\\x{ord(sign) & 0xFF:02x}"
    if category not in _HIDDEN:
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
