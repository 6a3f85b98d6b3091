"""The tables of exonyms and the systems, asked the other way round: which originals have this form?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources

from tolmach.transcription.established import Established, fold, rows
from tolmach.transcription.restoration import prominent
from tolmach.transcription.restoration.channel import latin
from tolmach.transcription.restoration.knowledge import ANYBODY
from tolmach.transcription.system import System, systems

_LAST_LATIN = "\u024f"
# Languages in Latin letters of places that have Russian names of their own, too.
_NEIGHBOURS = frozenset(("lt", "lv", "et", "ro", "kaa", "crh"))


def originals(name: str, source: str, target: str, kind: str | None = None) -> tuple[str, ...]:
    """The originals in the language `target` that the tables give for a form in the language `source`.

    >>> originals("Moskau", "de", "ru")
    ('Москва',)
    """
    kinds = (kind,) if kind else ("place", "person")
    found = [row for row in _forms(source, target).get(fold(name), ()) if row.kind in kinds]
    # names of today before older ones, and what a system writes just so before the rest
    today = date.today()
    form = latin(name)
    ranked = sorted(
        dict.fromkeys(row.original for row in found if row.in_force(today) or row.until),
        key=lambda original: (
            not any(row.in_force(today) for row in found if row.original == original),
            all(latin(system.transcribe(original)) != form for _id, system in writers(source, target)),
        ),
    )
    return tuple(ranked)


@cache
def has_native(language: str) -> frozenset[str]:
    """The originals in a language, folded, that have another name in the language of the place."""
    return frozenset(fold(row.original) for row in _natives(language)) - abroad(language)


@cache
def abroad(language: str) -> frozenset[str]:
    """The originals in a language, folded, of places where only languages are at home that no one transcribes."""
    found = {fold(row.original) for row in _natives(language)}
    home = _transcribed() | _NEIGHBOURS
    return frozenset(found) - {fold(row.original) for row in _natives(language) if row.target in home}


def _natives(language: str) -> list[Established]:
    return [row for row in rows() if (row.kind, row.source, row.relation) == ("place", language, "native")]


@cache
def western() -> frozenset[str]:
    """Names in Latin letters that look like transcriptions and are none."""
    lines = resources.files(__package__).joinpath("western.txt").read_text(encoding="utf-8").split("\n")
    listed = [name for line in lines if not line.startswith("#") for name in line.split()]
    for row in rows():
        # Sikorski is a Polish politician, but also a Russian engineer
        if _is_western(row) and fold(row.original.split()[-1]) not in prominent.names(row.source):
            listed.append(row.form.split()[-1])
    return frozenset(map(latin, listed))


@cache
def words(source: str, target: str) -> Mapping[str, tuple[str, ...]]:
    """Single words of persons' names by their established form, or by that from another language.

    >>> words("de", "ru")["alexander"], words("de", "ru")["toqajew"]
    (('александр',), ('токаев',))
    """
    found: dict[str, list[str]] = {form: list(names) for form, names in prominent.other_forms(source, target).items()}
    for row in rows():
        if (row.kind, row.source, row.target) != ("person", target, source):
            continue
        if " " in row.form:
            surname, form = row.original.split()[-1].lower(), latin(row.form.split()[-1])
            if fold(surname) in prominent.names(target) and surname not in found.setdefault(form, []):
                found[form].append(surname)
            continue
        if fold(row.original) not in _western(target):
            group = found.setdefault(latin(row.form), [])
            if row.original.lower() not in group:
                group.append(row.original.lower())
    return {form: tuple(names) for form, names in found.items()}


@cache
def _western(language: str) -> frozenset[str]:
    """The family names, folded, of persons who write themselves in Latin letters: they are no originals here."""
    return frozenset(fold(row.original.split()[-1]) for row in rows() if row.source == language and _is_western(row))


def _is_western(row: Established) -> bool:
    if row.kind != "person" or row.relation != "native" or row.form[:1] > _LAST_LATIN:
        return False
    return row.target not in _transcribed()


@cache
def _transcribed() -> frozenset[str]:
    """The languages that have a transcription system."""
    return frozenset(system.source for system in systems())


@cache
def known(language: str, kind: str | None) -> frozenset[str]:
    """The originals of a kind (any, if None) in the tables, folded, and the parts of persons' names."""
    by_kind = _known(language)
    return frozenset().union(*by_kind.values()) if kind is None else by_kind.get(kind, frozenset())


@cache
def _known(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows():
        names = [name for code, name in ((row.source, row.original), (row.target, row.form)) if code == language]
        if not names or (row.kind == "person" and (_is_western(row) or fold(row.original) in _western(row.source))):
            continue
        found.setdefault(row.kind, set()).update(map(fold, names))
    return {kind: frozenset(names) for kind, names in found.items()}


@cache
def beginnings(language: str) -> frozenset[str]:
    """What the names that `known` has begin with, each up to a sign that is no letter."""
    return frozenset(
        name[:end] for name in known(language, None) for end in range(1, len(name)) if not name[end - 1].isalpha()
    )


@cache
def writers(source: str, target: str) -> tuple[tuple[str, System], ...]:
    """The systems that write names of the language `target`, those for readers of `source` first, the default first."""
    found = [system for system in systems() if system.source == target]
    found.sort(key=lambda system: (system.target != source, not system.default, system.id))
    return tuple((system.id, system) for system in found)


def order(source: str, target: str) -> tuple[str, ...]:
    """The ids of the systems that write names of the language `target`, the likeliest first."""
    return tuple(name for name, _system in writers(source, target))


def is_written(original: str, word: str, source: str, target: str) -> bool:
    """Does a system for readers of `source` (of `und`: any system) write the original as this word?"""
    for _id, system in writers(source, target):
        if system.target != source and source != ANYBODY:
            return False
        if latin(system.word(original)) == word:
            return True
    return False


@cache
def _forms(source: str, target: str) -> Mapping[str, tuple[Established, ...]]:
    found: dict[str, list[Established]] = {}
    for form, row in _written(source, target):
        if row not in found.setdefault(fold(form), []):
            found[fold(form)].append(row)
    return {form: tuple(group) for form, group in found.items()}


def _written(source: str, target: str) -> Iterator[tuple[str, Established]]:
    """The forms that readers of `source` meet, with the rows of their originals; those of one word are for words()."""
    native = {row.target for row in rows() if row.source == target and row.relation == "native"}
    systems_of = {language: [system for _id, system in writers(source, language)] for language in native}
    for row in rows():
        if row.source != target or _is_western(row):
            continue
        if row.target == source and (row.kind != "person" or " " in row.form):
            yield row.form, row
        elif row.relation == "native":
            for system in systems_of[row.target]:
                if system.target == source:
                    yield system.transcribe(row.form), row
