"""What the tables of established names say of many names at once: which may name one thing, and of what kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from tolmach.transcription.established import Established, fold, originals, rows, same

_LINKING = frozenset(("renaming", "native"))


@cache
def _roots() -> dict[str, str]:
    """For each folded original one that stands for all that renamings and native names join with it."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while (above := parent.setdefault(node, node)) != node:
            node = above
        return node

    for row in rows():
        one = root(fold(row.original))
        if row.relation in _LINKING or row.source == row.target:
            parent[root(fold(row.form))] = one
    return {node: root(node) for node in parent}


@cache
def _entities() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows():
        entity = _roots()[fold(row.original)]
        for name in (row.original, row.form):
            found.setdefault(fold(name), set()).add(entity)
    return {name: frozenset(entities) for name, entities in found.items()}


def entities(name: str) -> frozenset[str]:
    """Keys that names of one thing share; sharing one proves nothing yet (`established.same` does)."""
    return _entities().get(fold(name), frozenset())


def entities_in(name: str, languages: Iterable[str]) -> frozenset[str]:
    """The same for what the name means in these languages: Georgia is a state of the USA in German, not in English.

    Names in other scripts, and names that these languages do not know, mean what they mean anywhere.
    """
    found = {
        _roots()[fold(row.original)] for language in languages for row in originals(name, language.partition("-")[0])
    }
    return frozenset(found) or entities(name)


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows():
        for name in (row.original, row.form):
            found.setdefault(fold(name), set()).add(row.kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def kinds(name: str) -> frozenset[str]:
    """The kinds of things that the tables know by this name.

    >>> sorted(kinds("Belarus")), kinds("Nauer")
    (['place'], frozenset())
    """
    return _kinds().get(fold(name), frozenset())


def strangers(left: str, right: str) -> bool:
    """Do the tables know both names, but of different things?"""
    return bool(entities(left) and entities(right)) and same(left, right) is None


def renaming(left: str, right: str, languages: Iterable[str]) -> tuple[Established, Established | None] | None:
    """The row that says when one of two names of a place held, and the one for the other; None for other relations.

    The first row is that of `right`, the second, if there is one, that of `left`.
    """
    codes = tuple(languages)
    first, second = (tuple(dict.fromkeys(_originals(name, codes))) for name in (left, right))
    for one in first:
        for other in second:
            if one == other:
                return None
    for one in first:
        for other in second:
            there = _renamed(one, other)
            if there is not None:
                return there, _renamed(other, one)
    return None


def _originals(name: str, languages: tuple[str, ...]) -> Iterator[str]:
    yield fold(name)
    for language in languages:
        for row in originals(name, language):
            if row.source != row.target:
                yield fold(row.original)


@cache
def _renamings() -> dict[tuple[str, str], Established]:
    found: dict[tuple[str, str], Established] = {}
    for row in rows():
        if row.relation == "renaming":
            found.setdefault((fold(row.original), fold(row.form)), row)
    return found


def _renamed(original: str, form: str) -> Established | None:
    return _renamings().get((original, form))
