"""What the formats of termbases share: concepts, languages and terms, each with named properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tolmach.glossary.formats import ENTRY, HEAD, Entry, table
from tolmach.glossary.formats._fields import plain, texts
from tolmach.glossary.formats._languages import language_and_variety
from tolmach.glossary.model import Concept, Designation, Status

_CODE = re.compile(r"[a-z]{2,3}")
_VARIETY = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_BLANKS = re.compile(r"\s+")
_FOREIGN_HEAD = frozenset(("note", "definition", "sources"))
_FOREIGN_ENTRY = frozenset(("status", "gender", "number", "variety", "source", "reason"))
_CHOICES = {
    "status": frozenset(status.value for status in Status),
    "gender": frozenset("mfn"),
    "number": frozenset(("sg", "pl")),
}
"""What is read of the files of other programs, whose fields may be called as ours are by chance."""
Property = tuple[str, str]


@dataclass(slots=True)
class Term:
    """A term with its properties, by the keys of the glossary format where they are known."""

    text: str
    line: int
    properties: list[Property] = field(default_factory=list)


@dataclass(slots=True)
class Language:
    """The terms of one language; `code` may have a region."""

    code: str
    properties: list[Property] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A concept of a termbase; without `id` it is not one of ours."""

    line: int
    id: str = ""
    properties: list[Property] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)


def drafts(concepts: Iterable[Concept]) -> Iterator[Draft]:
    """The concepts with everything as texts."""
    for concept in concepts:
        values = table(concept)
        examples: Mapping[str, Any] = values.get("examples", {})
        codes = dict.fromkeys((*concept.designations, *examples))
        yield Draft(
            0,
            concept.id,
            list(_properties({key: one for key, one in values.items() if key in HEAD - {"id"}})),
            [Language(code, list(_properties(examples.get(code, {}))), list(_terms(concept, code))) for code in codes],
        )


def _properties(values: Mapping[str, Any]) -> Iterator[Property]:
    return ((key, text) for key, value in values.items() for text in texts(value))


def _terms(concept: Concept, language: str) -> Iterator[Term]:
    from tolmach.glossary.written import designation_values

    for entry in concept.designations.get(language, ()):
        values = {key: value for key, value in designation_values(entry).items() if key != "form"}
        yield Term(entry.full, 0, list(_properties(values)))


def entries(found: Iterable[Draft]) -> list[Entry]:
    """The tables of concepts read from a termbase."""
    return [_entry(one) if one.id else _foreign(one) for one in found]


def _entry(draft: Draft) -> Entry:
    values: dict[str, Any] = {"id": draft.id, **_values(draft.properties, HEAD)}
    lines: dict[tuple[str, int], int] = {}
    for language in draft.languages:
        if language.terms:
            values[language.code] = [_designation(term) for term in language.terms]
            lines |= {(language.code, number): term.line for number, term in enumerate(language.terms)}
        if examples := _values(language.properties, frozenset(("ok", "flag"))):
            values.setdefault("examples", {})[language.code] = examples
    return Entry(values, draft.line, lines)


def _values(properties: Iterable[Property], keys: frozenset[str]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for key, text in properties:
        if key in keys:
            found.setdefault(key, []).append(text)
    return {key: plain(key, values) for key, values in found.items()}


def _designation(term: Term) -> dict[str, Any]:
    values = _values(term.properties, ENTRY)
    names = " ".join(values[key] for key in ("given", "patronymic") if key in values)
    if term.text == names:
        return values
    form = term.text.removeprefix(f"{names} ") if names else term.text
    return {"form": form, **values}


# Files of other programs


def _foreign(draft: Draft) -> Entry:
    values = _values(_folded(draft.properties), _FOREIGN_HEAD)
    lines: dict[tuple[str, int], int] = {}
    for language in draft.languages:
        code, variety = language_and_variety(language.code)
        if not _CODE.fullmatch(code):
            continue
        known = values.setdefault(code, [])
        for term in language.terms:
            if form := _BLANKS.sub(" ", term.text).strip():
                lines[code, len(known)] = term.line
                known.append(_foreign_term(form, term, variety))
        more = _values(_folded(language.properties), _FOREIGN_HEAD)
        values = {**more, **values}
    for code in [key for key, value in values.items() if value == []]:
        del values[code]
    settle(values)
    return Entry(values, draft.line, lines)


def _foreign_term(form: str, term: Term, variety: str) -> dict[str, Any]:
    found = _values(_folded(term.properties), _FOREIGN_ENTRY)
    return {"form": form, **({"variety": variety} if variety else {}), **found}


def _folded(properties: Iterable[Property]) -> list[Property]:
    found = ((key, _BLANKS.sub(" ", text).strip()) for key, text in properties)
    return [(key, text) for key, text in found if text and _fits(key, text)]


def _fits(key: str, text: str) -> bool:
    return bool(_VARIETY.fullmatch(text)) if key == "variety" else text in _CHOICES.get(key, (text,))


def settle(values: dict[str, Any]) -> None:
    """Give every designation a status: the first of each language and length is preferred unless the file says else."""
    for code, found in values.items():
        if not _CODE.fullmatch(code) or not isinstance(found, list):
            continue
        for one in found:
            if "form" not in one:
                # refused for that, with its line, when the glossary is built
                one.setdefault("status", "admitted")
        found = [one for one in found if "form" in one]
        said = {_kind(one) for one in found if one.get("status") == "preferred"}
        preferred: set[tuple[bool, str]] = set()
        for one in found:
            kind = _kind(one)
            if one.get("status", "") in ("", "preferred"):
                first = kind not in preferred and ("status" in one or kind not in said)
                one["status"] = "preferred" if first else "admitted"
                preferred |= {kind} if first else set()


def _kind(values: Mapping[str, Any]) -> tuple[bool, str]:
    return Designation(values["form"], Status.PREFERRED).is_acronym, values.get("variety", "")
