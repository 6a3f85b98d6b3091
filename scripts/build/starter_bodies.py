"""The concepts of bodies: parliaments, parties, organisations and media, as the tables of exonyms name them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starter_lists import DATA, NEIGHBOURS, designation, explaining, lines

from tolmach.glossary.model import Concept, Designation, Examples, Status
from tolmach.transcription import house
from tolmach.transcription.established import forms, native

LISTS = {"bodies": "Bodies, parties and companies", "media": "Media", "organisations": "International organisations"}
CURATED: dict[str, Any] = tomllib.loads((DATA / "bodies.toml").read_text(encoding="utf-8"))
_PRINTED = ("de", "en")


@dataclass(frozen=True)
class Body:
    """A line of a list: the Russian names, and the language of the original where it is not Russian.

    The first long and the first short name without a tilde are preferred.
    """

    id: str
    names: str
    original: str
    note: str
    source: str
    near: str


def concepts(name: str) -> list[Concept]:
    """A concept for every body of a list, in its order."""
    return [_concept(Body(*line)) for line in lines(f"{name}.tsv")]


def _concept(body: Body) -> Concept:
    listed = body.names.split("; ")
    names = [name.removeprefix("~") for name in listed]
    long = (name for name in names if not Designation(name, Status.ADMITTED).is_acronym)
    original = _original(body, next(long, names[0]))
    spellings = [(name, name in listed) for name in names]
    # Russian prints what is called by an English or German name in Latin letters, too.
    spellings += [(name, False) for language, name in original.items() if language in _PRINTED and name not in names]
    russian = tuple(_ordered(spellings, body, "ru", {}))
    usual = [entry.form for entry in russian if entry.status is Status.PREFERRED]
    found = {language: tuple(_designations(body, names, usual, language, original)) for language in ("de", "en")}
    found["ru"] = russian
    examples = {
        language: Examples(tuple(entry.get("ok", ())), tuple(entry.get("flag", ())))
        for language, entry in CURATED["examples"].get(body.id, {}).items()
    }
    sources = tuple(body.source.split("; "))
    return Concept(
        body.id, "organisation", found, original=original, note=body.note, sources=sources, examples=examples
    )


def _original(body: Body, name: str) -> dict[str, str]:
    """The name in the language of the original, and in Russian where that is one of the other Cyrillic languages'."""
    if not body.original:
        return {"ru": name}
    own = native(name, "ru", "organisation")
    if own is None or own.target != body.original:
        return {body.original: forms(name, "ru", body.original)[0].form}
    return {own.target: own.form} | ({"ru": name} if own.target in NEIGHBOURS else {})


def _designations(
    body: Body, names: list[str], usual: list[str], language: str, original: dict[str, str]
) -> Iterator[Designation]:
    """What the rows write for the names; the first form of a usual name is usual, too."""
    spellings: list[tuple[str, bool]] = []
    for name in names:
        recorded = [row.form for row in forms(name, "ru", language) if row.kind == "organisation"]
        if not recorded and native(name, "ru", "organisation"):
            recorded = [house.transcribe(name, "ru", language, "organisation")]
        spellings += [(form, place == 0 and name in usual) for place, form in enumerate(recorded)]
    yield from _ordered(spellings, body, language, original)
    for form, reason in CURATED["unwanted"].get(body.id, {}).get(language, {}).items():
        yield designation(form, "deprecated", language, body.near, reason=reason)


def _ordered(
    spellings: list[tuple[str, bool]], body: Body, language: str, original: dict[str, str]
) -> Iterator[Designation]:
    """The forms, each once; the first long and the first short one that may be preferred are."""
    preferred: set[bool] = set()
    for form, may in sorted(dict(reversed(spellings)).items(), key=lambda pair: spellings.index(pair)):
        fields: dict[str, Any] = {"system": explaining(form, language, original)} if original else {}
        if form in CURATED["plural"][language]:
            fields["number"] = "pl"
        if form in CURATED["indeclinable"]:
            fields["indeclinable"] = True
        entry = designation(form, "preferred", language, body.near, **fields)
        if not may or entry.is_acronym in preferred:
            entry = designation(form, "admitted", language, body.near, **fields)
        preferred |= {entry.is_acronym} if entry.status is Status.PREFERRED else set()
        yield entry
