"""Write the people and bodies of the starter glossary: persons, bodies, organisations and media.

    uv run python scripts/build/starter_people.py

scripts/build/starter/ lists who and what is wanted; the tables of exonyms and the transcription systems say how it is
written. Run it after changing any of them; the tests compare.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import starter_bodies
from starter_lists import DATA, NEIGHBOURS, bare, designation, explaining, lines
from starter_toml import document, write

from tolmach.glossary.model import Concept, Designation, Status
from tolmach.transcription import house, system
from tolmach.transcription.established import fold, forms, native

CURATED: dict[str, Any] = tomllib.loads((DATA / "people.toml").read_text(encoding="utf-8"))
SOURCES: dict[str, str] = CURATED["sources"]
GIVEN: dict[str, list[str]] = CURATED["given"]
SHARED = frozenset(CURATED["shared"])
OWN: dict[str, dict[str, str]] = CURATED["own"]
# Languages with a national spelling that English knows, and those whose politicians German writes from their own
# language rather than from Russian.
NATIONAL = ("uk",)
FROM_OWN = ("uk", "ky", "tg", "hy", "ka", "tk")
_CAUTION = "common spellings are accepted side by side"


@dataclass(frozen=True)
class Person:
    """A line of people.tsv; `family` counts the words of the family name: empty for one, `all` for the whole name."""

    id: str
    gender: str
    family: str
    name: str
    patronymic: str
    source: str
    note: str
    near: str

    def parts(self, full: str) -> tuple[str, str]:
        """Given name and family name of a spelling of the whole name."""
        words = full.split()
        count = len(words) if self.family == "all" else int(self.family or 1)
        return " ".join(words[:-count]), " ".join(words[-count:])


def persons() -> list[Concept]:
    """A concept for every person of the list, in its order."""
    return [_concept(Person(*line)) for line in lines("people.tsv")]


def _concept(person: Person) -> Concept:
    original = _original(person)
    found = {language: tuple(_designations(person, language, original)) for language in ("de", "en")}
    given, family = person.parts(person.name)
    russian = designation(family, "preferred", "ru", person.near, given=given, patronymic=person.patronymic)
    found["ru"] = (_marked(russian, person),)
    named = [system.load(found["de"][0].system).authority] if found["de"][0].system else []
    sources = (SOURCES[person.source], *(authority.split(";")[0].split(":")[0] for authority in named))
    gender: Literal["m", "f"] = "f" if person.gender == "f" else "m"
    return Concept(person.id, "person", found, gender=gender, original=original, note=person.note, sources=sources)


def _original(person: Person) -> dict[str, str]:
    """The name in the own language; with the Russian one where both are met, that first from which German writes it."""
    row = native(person.name, "ru", "person")
    own = OWN.get(person.id) or ({row.target: row.form} if row else {})
    if own.keys() <= set(NEIGHBOURS):
        both = {**own, "ru": person.name}
        return both if own.keys() & set(FROM_OWN) else dict(reversed(both.items()))
    return own


def _designations(person: Person, language: str, original: dict[str, str]) -> Iterator[Designation]:
    spellings = list(dict.fromkeys(_spellings(person, language, original)))
    for place, full in enumerate(spellings):
        given, family = person.parts(full)
        status = "admitted" if place else "preferred"
        by = explaining(family, language, original)
        yield _marked(designation(family, status, language, person.near, given=given, system=by), person)
    for given in GIVEN.get(person.id, ()):
        yield Designation("", Status.ADMITTED, given=given)
    if list(original) == ["ru"]:
        yield from _given_names(person.parts(person.name)[0], person.parts(spellings[0])[0], language)


def _marked(entry: Designation, person: Person) -> Designation:
    """The designation, marked as a family name that others bear, too."""
    is_shared = person.id in SHARED and entry.given and not entry.homograph
    return replace(entry, homograph="family-name") if is_shared else entry


def _spellings(person: Person, language: str, original: dict[str, str]) -> Iterator[str]:
    """The whole name as it is written in a language, the usual spelling first."""
    recorded = [row.form for row in forms(person.name, "ru", language) if row.kind == "person"]
    own = [name for source, name in OWN.get(person.id, {}).items() if source in ("de", "en")]
    found = recorded or own or [house.transcribe(person.name, "ru", language, "person")]
    yield from found
    for source, name in original.items():
        if source == "ru" and language == "de":
            yield _by_words(name, system.load("ru-de-duden"))
        elif source in (NEIGHBOURS if language == "de" else NATIONAL):
            yield house.default(source, language).transcribe(name)
    yield from (plain for full in found if (plain := bare(full, language)) != full)


def _by_words(name: str, by: system.System) -> str:
    parts = house.writer(by.source, by.target, "person").parts
    return " ".join(parts[fold(word)][0] if fold(word) in parts else by.transcribe(word) for word in name.split())


def _given_names(given: str, written: str, language: str) -> Iterator[Designation]:
    """Other usual spellings of a Russian given name."""
    for row in forms(given, "ru", language):
        if row.kind == "person" and row.form != written:
            yield Designation("", Status.ADMITTED, given=row.form)


def contents() -> dict[str, str]:
    """The text of every file that this builder writes, by its name."""
    people = document("People", f"Politicians and others since 1991; {_CAUTION}", persons())
    return {"persons.toml": people} | {
        f"{name}.toml": document(
            title, f"{title} of the region and the world; {_CAUTION}", starter_bodies.concepts(name)
        )
        for name, title in starter_bodies.LISTS.items()
    }


def main() -> None:
    """Write the files."""
    write(contents())


if __name__ == "__main__":
    main()
