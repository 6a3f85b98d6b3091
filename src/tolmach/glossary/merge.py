"""Several glossaries made into one: what they say together, and where they contradict one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from tolmach.errors import TolmachError
from tolmach.glossary import written
from tolmach.glossary.load import contradictions
from tolmach.glossary.model import Concept, Designation

Prefer = Literal["first", "last", ""]
_WORDS = frozenset(("note", "definition", "reason", "source", "confidence", "found", "path", "line"))
"""What explains a decision but decides nothing: the first glossary that says something is heard."""
_APART = frozenset(("id", "designations", "examples", "sources", "state", "original"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions about one concept that exclude each other: about what, and what each says."""

    first: Concept
    second: Concept
    about: str
    before: str
    after: str


@dataclass(frozen=True)
class Merger:
    """The concepts of all layers, the conflicts between them, and contradictions of the whole."""

    concepts: tuple[Concept, ...]
    conflicts: tuple[Conflict, ...]
    contradictions: tuple[TolmachError, ...]


def merge(layers: Iterable[Sequence[Concept]], prefer: Prefer = "") -> Merger:
    """One glossary of all concepts, in the order in which they first appear.

    Concepts of one id are put together: designations, originals and sources of both; a decision goes before a proposal.
    Where two decisions exclude each other, `prefer` takes the concept of the first or the last layer as a whole;
    without it there is a conflict.
    """
    merged: dict[str, Concept] = {}
    conflicts: list[Conflict] = []
    for layer in layers:
        for concept in layer:
            old = merged.get(concept.id)
            if old is None:
                merged[concept.id] = concept
                continue
            found = list(_conflicts(old, concept))
            if found and prefer:
                merged[concept.id] = old if prefer == "first" else concept
            elif found:
                conflicts += found
            else:
                merged[concept.id] = together(old, concept)
    concepts = tuple(merged.values())
    return Merger(concepts, tuple(conflicts), () if conflicts else tuple(contradictions(concepts)))


def _conflicts(first: Concept, second: Concept) -> Iterator[Conflict]:
    states = {first.state, second.state}
    if states == {"decided", "rejected"}:
        yield Conflict(first, second, "state", first.state, second.state)
    if states != {"decided"}:
        return
    for field in fields(Concept):
        if field.name not in _WORDS | _APART:
            yield from _differing(first, second, field.name, getattr(first, field.name), getattr(second, field.name))
    for language in sorted(first.original.keys() & second.original.keys()):
        yield from _differing(
            first, second, f"original {language}", first.original[language], second.original[language]
        )
    mine = {written.identity(language, entry): entry for language, entry in _entries(first)}
    for language, entry in _entries(second):
        other = mine.get(written.identity(language, entry))
        if other is not None:
            yield from _about_entry(first, second, language, other, entry)
    yield from _preferred_twice(first, second)


def _about_entry(
    first: Concept, second: Concept, language: str, one: Designation, other: Designation
) -> Iterator[Conflict]:
    for field in fields(Designation):
        if field.name not in _WORDS:
            values = getattr(one, field.name), getattr(other, field.name)
            yield from _differing(first, second, f"{language} {one.full} {field.name}", *values)


def _differing(first: Concept, second: Concept, about: str, one: Any, other: Any) -> Iterator[Conflict]:
    if one != other and one and other:
        yield Conflict(first, second, about, _shown(one), _shown(other))


def _shown(value: Any) -> str:
    shown = written.plain(value)
    return shown if isinstance(shown, str) else written.written(shown)


def _preferred_twice(first: Concept, second: Concept) -> Iterator[Conflict]:
    whole = together(first, second)
    for problem in contradictions([whole]):
        if not contradictions([first]) and not contradictions([second]):
            yield Conflict(first, second, problem.message.partition(": ")[2], "", "")


def _entries(concept: Concept) -> Iterator[tuple[str, Designation]]:
    return ((language, entry) for language, entries in concept.designations.items() for entry in entries)


def together(first: Concept, second: Concept) -> Concept:
    """Both versions of a concept as one; a decided or rejected one goes before a proposed one."""
    if first == second:
        return first
    if (first.state == "proposed") != (second.state == "proposed"):
        return first if first.state != "proposed" else second
    designations = dict(first.designations)
    for language, entries in second.designations.items():
        mine = {written.identity(language, entry): entry for entry in designations.get(language, ())}
        for entry in entries:
            key = written.identity(language, entry)
            mine[key] = _one_entry(mine[key], entry) if key in mine else entry
        designations[language] = tuple(mine.values())
    values = {
        field.name: getattr(first, field.name) or getattr(second, field.name)
        for field in fields(Concept)
        if field.name not in ("designations", "original", "sources", "examples")
    }
    return Concept(
        designations=designations,
        original={**second.original, **first.original},
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        examples={**second.examples, **first.examples},
        **values,
    )


def _one_entry(first: Designation, second: Designation) -> Designation:
    found = {**dict(second.found), **dict(first.found)}
    values = {field.name: getattr(first, field.name) or getattr(second, field.name) for field in fields(Designation)}
    return replace(Designation(**values), found=tuple(found.items()))
