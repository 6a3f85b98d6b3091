"""Glossaries as other programs exchange them: one module a format, each with a `FORMAT`.

A format writes concepts and reads them again. Reading gives the same tables as a glossary file does (keys and plain
values), so that everything is judged by one set of rules; what a format has no place for is told by `losses`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tolmach import plugins
from tolmach.errors import raise_all
from tolmach.glossary import written
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.parse import build

PACKAGE = __name__
HEAD = frozenset(
    ("id", "kind", "gender", "state", "confidence", "original", "note", "definition", "sources", "do_not_translate")
)
ENTRY = frozenset(field.name for field in fields(Designation))


@dataclass(frozen=True, slots=True)
class Incoming:
    """The content of a file with its name, what the user says of its languages, and its encoding if that is known."""

    content: bytes
    path: str
    languages: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept as read: a table as in a glossary file, its line, and that of each designation."""

    table: dict[str, Any]
    line: int = 0
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The bytes of a file, and which designations (concept id, language, designation) it has."""

    content: bytes
    used: tuple[tuple[str, str, Designation], ...]


@dataclass(frozen=True)
class Format:
    """A format: how it is called, its ending, which keys it keeps, and how it is read and written.

    `languages` is how many languages a file has: 0 any, 2 exactly two.
    """

    title: str
    ending: str
    head: frozenset[str]
    entry: frozenset[str]
    read: Callable[[Incoming], list[Entry]]
    write: Callable[[Sequence[Concept], Sequence[str]], Outgoing]
    examples: bool = False
    statuses: frozenset[Status] = frozenset(Status)
    languages: int = 0


@dataclass(frozen=True)
class Found:
    """The concepts of a file; of the `unnamed` the id, of the `unkinded` the kind is only assumed."""

    concepts: tuple[Concept, ...]
    unnamed: frozenset[str]
    unkinded: frozenset[str]


def names() -> tuple[str, ...]:
    """The names of the formats."""
    return plugins.names(PACKAGE)


def load(name: str) -> Format:
    """The format of that name; raises TolmachError with the names that there are."""
    return plugins.load(PACKAGE, name, "FORMAT", Format)


def read(form: Format, source: Incoming, kind: str = "term") -> Found:
    """The concepts of a file; raises TolmachError with every problem.

    A concept without an id gets one made of its forms, one without a kind is of `kind`.
    """
    entries = form.read(source)
    lines = {(number, "", 0): entry.line for number, entry in enumerate(entries)}
    lines |= {(number, *place): line for number, entry in enumerate(entries) for place, line in entry.lines.items()}
    tables = [{"id": f"entry-{number}", "kind": kind, **entry.table} for number, entry in enumerate(entries)]
    concepts, problems = build(tables, source.path, lines)
    raise_all(problems)
    unnamed = {number for number, entry in enumerate(entries) if "id" not in entry.table}
    ids = list(_ids(concepts, unnamed))
    return Found(
        tuple(replace(concept, id=name) for concept, name in zip(concepts, ids, strict=True)),
        frozenset(ids[number] for number in unnamed),
        frozenset(name for name, entry in zip(ids, entries, strict=True) if "kind" not in entry.table),
    )


def _ids(concepts: Sequence[Concept], unnamed: set[int]) -> Iterator[str]:
    taken = {concept.id for number, concept in enumerate(concepts) if number not in unnamed}
    for number, concept in enumerate(concepts):
        yield free_id(concept, taken) if number in unnamed else concept.id


def free_id(concept: Concept, taken: set[str]) -> str:
    """An id for the concept, made of its forms, that is none of the `taken`; it is taken then."""
    from tolmach.glossary.propose import slug_of

    stem = slug_of(concept)
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def table(concept: Concept) -> dict[str, Any]:
    """The concept as the table that a glossary file would have."""
    values = written.head_values(concept)
    for language, entries in concept.designations.items():
        values[language] = [written.designation_values(entry) for entry in entries]
    examples = {
        language: {key: list(getattr(one, key)) for key in ("ok", "flag") if getattr(one, key)}
        for language, one in concept.examples.items()
    }
    return values | ({"examples": examples} if examples else {})


def all_of(concepts: Iterable[Concept]) -> tuple[tuple[str, str, Designation], ...]:
    """Every designation, as a format has used them that keeps all."""
    return tuple(
        (concept.id, language, entry)
        for concept in concepts
        for language, entries in concept.designations.items()
        for entry in entries
    )


def losses(form: Format, concepts: Sequence[Concept], out: Outgoing) -> Counter[str]:
    """What the file does not have: how often each key of those concepts and designations that it has.

    A whole concept is counted as `concept`, a designation as its status.
    """
    used = set(out.used)
    there = {name for name, _language, _entry in used}
    lost: Counter[str] = Counter()
    for concept in concepts:
        if concept.id not in there:
            lost["concept"] += 1
            continue
        lost.update(key for key in written.head_values(concept) if key not in form.head)
        if not form.examples and concept.examples:
            lost["examples"] += 1
        for language, entry in ((code, one) for code, entries in concept.designations.items() for one in entries):
            if (concept.id, language, entry) not in used:
                lost[entry.status.value] += 1
            else:
                lost.update(key for key in written.designation_values(entry) if key not in form.entry)
                lost["status"] += entry.status not in form.statuses
    return +lost
