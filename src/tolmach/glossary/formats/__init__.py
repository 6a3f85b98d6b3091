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
from tolmach.errors import TolmachError, raise_all
from tolmach.glossary import written
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.parse import build
from tolmach.messages import _

PACKAGE = __name__
MAX_FORM = 1000
"""The longest form of another program's list that is taken for a term, in code points."""
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
    """One concept as read: a table as in a glossary file, its line, and that of each designation.

    With `left_out` it is none, but a part of the file that cannot be read, and this says why.
    """

    table: dict[str, Any]
    line: int = 0
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)
    left_out: str = ""


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
    """The concepts of a file; of the `unnamed` the id, of the `unkinded` the kind is only assumed.

    `left_out` says which parts of the file could not be read, with their lines. A format that is not `complete` has no
    place for given names and every status.
    """

    concepts: tuple[Concept, ...]
    unnamed: frozenset[str]
    unkinded: frozenset[str]
    left_out: tuple[TolmachError, ...] = ()
    complete: bool = True


def names() -> tuple[str, ...]:
    """The names of the formats."""
    return plugins.names(PACKAGE)


def load(name: str) -> Format:
    """The format of that name; raises TolmachError with the names that there are."""
    return plugins.load(PACKAGE, name, "FORMAT", Format)


def read(form: Format, source: Incoming, kind: str = "term") -> Found:
    """The concepts of a file; raises TolmachError with every problem of those that have an id of their own.

    A concept without an id gets one made of its forms, or is left out where it cannot be read; one without a kind is of
    `kind`. Where nothing else is in the file, that raises TolmachError, too.
    """
    everything = [_judged(entry) for entry in form.read(source)]
    left_out = [_unread(entry, source.path) for entry in everything if entry.left_out]
    entries = [entry for entry in everything if not entry.left_out]
    concepts, problems = _built(entries, source.path, kind)
    if problems:
        entries, problems = _sound(entries, source.path, kind)
        left_out += problems
        concepts, problems = _built(entries, source.path, kind)
        raise_all(problems if entries else left_out)
    unnamed = {number for number, entry in enumerate(entries) if "id" not in entry.table}
    ids = list(_ids(concepts, unnamed))
    return Found(
        tuple(replace(concept, id=name) for concept, name in zip(concepts, ids, strict=True)),
        frozenset(ids[number] for number in unnamed),
        frozenset(name for name, entry in zip(ids, entries, strict=True) if "kind" not in entry.table),
        tuple(sorted(left_out, key=lambda problem: problem.line or 0)),
        form.entry == ENTRY,
    )


def _judged(entry: Entry) -> Entry:
    """The entry, left out if one of its forms is too long for a term; only files of other programs have such."""
    lists = (value for value in entry.table.values() if isinstance(value, list) and "id" not in entry.table)
    forms = (one.get("form", "") for value in lists for one in value if isinstance(one, dict))
    longest = max(map(len, forms), default=0)
    if longest <= MAX_FORM:
        return entry
    return Entry({}, entry.line, left_out=_("a form of {count} characters is no term").format(count=longest))


def _unread(entry: Entry, path: str) -> TolmachError:
    return TolmachError(entry.left_out, path=path, line=entry.line or None)


def _built(entries: Sequence[Entry], path: str, kind: str) -> tuple[list[Concept], list[TolmachError]]:
    lines = {(number, "", 0): entry.line for number, entry in enumerate(entries)}
    lines |= {(number, *place): line for number, entry in enumerate(entries) for place, line in entry.lines.items()}
    tables = [{"id": f"entry-{number}", "kind": kind, **entry.table} for number, entry in enumerate(entries)]
    return build(tables, path, lines)


def _sound(entries: Iterable[Entry], path: str, kind: str) -> tuple[list[Entry], list[TolmachError]]:
    """The entries without those of other programs that cannot be read, and what is wrong with these."""
    sound, left_out = [], []
    for entry in entries:
        _concepts, problems = ([], []) if "id" in entry.table else _built([entry], path, kind)
        left_out += problems[:1]
        if not problems:
            sound.append(entry)
    return sound, left_out


def _ids(concepts: Sequence[Concept], unnamed: set[int]) -> Iterator[str]:
    free = FreeIds(concept.id for number, concept in enumerate(concepts) if number not in unnamed)
    for number, concept in enumerate(concepts):
        yield free.take(concept) if number in unnamed else concept.id


class FreeIds:
    """Ids for concepts that have none, made of their forms and different from all that are taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        # Where to go on counting: thousands of rows may be of one name.
        self._last: dict[str, int] = {}

    def take(self, concept: Concept) -> str:
        """An id for the concept, which is taken then."""
        from tolmach.glossary.propose import slug_of

        stem = slug_of(concept)
        number = self._last.get(stem, 1)
        name = stem if number == 1 else f"{stem}-{number}"
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._last[stem] = number
        self._taken.add(name)
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
