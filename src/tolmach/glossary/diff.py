"""What differs between two glossaries, concept by concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tolmach.glossary import written
from tolmach.glossary.model import Concept, Designation, Glossary


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: a `key` of the concept or of a designation, with its plain values.

    `language` and `form` are empty for keys of the concept itself; without a `key` a whole designation (by its status)
    came or went: `before` or `after` is None.
    """

    key: str
    before: Any
    after: Any
    language: str = ""
    form: str = ""


@dataclass(frozen=True)
class Changed:
    """A concept that both glossaries have, with what differs."""

    id: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """The concepts that only the second glossary has, those that only the first has, and those that differ."""

    added: tuple[Concept, ...]
    removed: tuple[Concept, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff(first: Glossary, second: Glossary) -> Difference:
    """What makes the second glossary of the first one, proposals and rejected concepts included; sorted by id."""
    old, new = first.everything.concepts, second.everything.concepts
    both = sorted(old.keys() & new.keys())
    changed = (Changed(key, tuple(changes(old[key], new[key]))) for key in both)
    return Difference(
        tuple(new[key] for key in sorted(new.keys() - old.keys())),
        tuple(old[key] for key in sorted(old.keys() - new.keys())),
        tuple(one for one in changed if one.changes),
    )


def changes(before: Concept, after: Concept) -> Iterator[Change]:
    """What differs between two versions of a concept, wherever it stands and whatever the order of its designations."""
    old, new = ({"state": one.state, **written.head_values(one)} for one in (before, after))
    yield from _keys(old, new)
    earlier, later = _designations(before), _designations(after)
    for place in dict.fromkeys((*earlier, *later)):
        language, entry = place[0], later.get(place) or earlier[place]
        if place in earlier and place in later:
            values = (written.designation_values(one[place]) for one in (earlier, later))
            for change in _keys(*values):
                yield Change(change.key, change.before, change.after, language, entry.full)
        elif place in later:
            yield Change("", None, entry.status.value, language, entry.full)
        else:
            yield Change("", entry.status.value, None, language, entry.full)
    for language in dict.fromkeys((*before.examples, *after.examples)):
        if before.examples.get(language) != after.examples.get(language):
            lists = [one.examples.get(language) for one in (before, after)]
            old_ones, new_ones = (
                {"ok": list(found.ok), "flag": list(found.flag)} if found else None for found in lists
            )
            yield Change("examples", old_ones, new_ones, language)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield Change(key, old.get(key), new.get(key))


def _designations(concept: Concept) -> dict[tuple[str, ...], Designation]:
    return {
        written.identity(language, entry): entry
        for language, entries in concept.designations.items()
        for entry in entries
    }
