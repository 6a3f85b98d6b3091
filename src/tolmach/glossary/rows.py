"""Concepts and meanings as rows of JSON: what a compiled glossary is kept in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from tolmach.glossary.model import Concept, Designation, Examples, Status, Validity
from tolmach.glossary.patterns import Meaning, lexeme
from tolmach.morphology.lexeme import Form

_NONE = -1


def written(concept: Concept) -> bytes:
    """The row of a concept: its fields, without those that have their default."""
    return _dumped(_plain(concept))


def concept(row: bytes) -> Concept:
    """The concept of a row."""
    values = _loaded(row)
    designations = {
        language: tuple(map(_designation, entries)) for language, entries in values.pop("designations").items()
    }
    examples = {language: Examples(**_tuples(texts)) for language, texts in values.pop("examples", {}).items()}
    return Concept(designations=designations, examples=examples, **_tuples(values))


def concepts(lines: bytes) -> Iterator[Concept]:
    """The concepts of rows that stand on lines of their own."""
    return (concept(row) for row in lines.split(b"\n") if row)


def written_meanings(group: Iterable[Meaning], places: Mapping[str, int], language: str) -> bytes:
    """The row of the meanings of a pattern; `places` are the numbers of the concepts."""
    return _dumped([_plain_meaning(meaning, places, language) for meaning in group])


def meanings(row: bytes, concept_at: Callable[[int], Concept], language: str) -> tuple[Meaning, ...]:
    """The meanings of a row; `concept_at` gives the concept of a number."""
    return tuple(_meaning(*values, concept_at=concept_at, language=language) for values in _loaded(row))


def _plain_meaning(meaning: Meaning, places: Mapping[str, int], language: str) -> list[Any]:
    entries = meaning.concept.designations[language] if meaning.concept else ()
    return [
        meaning.text,
        places[meaning.concept.id] if meaning.concept else _NONE,
        entries.index(meaning.designation) if meaning.designation else _NONE,
        entries.index(meaning.given_name) if meaning.given_name else _NONE,
        meaning.given_length,
        [[form.text, form.case, form.number, form.ending] for form in meaning.forms],
        meaning.capital,
        meaning.letters,
        meaning.lexeme is not None,
    ]


def _meaning(
    text: str,
    place: int,
    designation: int,
    given_name: int,
    given_length: int,
    forms: list[list[Any]],
    capital: bool,
    letters: str,
    has_lexeme: bool,
    *,
    concept_at: Callable[[int], Concept],
    language: str,
) -> Meaning:
    found = concept_at(place) if place != _NONE else None
    entries = found.designations[language] if found else ()
    meant = entries[designation] if designation != _NONE else None
    return Meaning(
        text,
        found,
        meant,
        tuple(Form(*values) for values in forms),
        capital,
        letters,
        lexeme(meant, found) if has_lexeme and meant and found else None,
        entries[given_name] if given_name != _NONE else None,
        given_length,
    )


def _dumped(value: Any) -> bytes:
    # Paths that are no UTF-8 hold lone surrogates.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _loaded(row: bytes) -> Any:
    return json.loads(row.decode("utf-8", "surrogatepass"))


def _plain(value: Any) -> Any:
    """The value in lists, tables, texts and numbers."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        found = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(content) for field, content in found if content != _default(field)}
    if isinstance(value, Mapping):
        return {key: _plain(content) for key, content in value.items()}
    return [_plain(content) for content in value] if isinstance(value, tuple) else value


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return {key: _tuples(content) for key, content in value.items()} if isinstance(value, dict) else value


def _designation(values: dict[str, Any]) -> Designation:
    valid = tuple(_validity(stretch) for stretch in values.pop("valid", ()))
    return Designation(status=Status(values.pop("status")), valid=valid, **_tuples(values))


def _validity(stretch: dict[str, str]) -> Validity:
    return Validity(**{name: date.fromisoformat(day) for name, day in stretch.items()})
