"""How a place is written: today's forms, what else the tables have, and its earlier names with their days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starter_names import explained, recorded, renamings, same_names, stretch

from tolmach.glossary.model import Designation, Status, Validity
from tolmach.transcription import house
from tolmach.transcription.established import Established, fold, originals

DATA = Path(__file__).resolve().parent / "starter"
CURATED: dict[str, Any] = tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Origin:
    """The Russian name of a place, its names by language, those of them that systems write, and its earlier names."""

    name: str
    names: dict[str, str]
    transcribed: dict[str, str]
    olds: list[Established]


def earlier(name: str) -> list[Established]:
    """The earlier names: a row each, those that other places or people bear left out."""
    again = {row.form for row in renamings(name) if not row.until}
    return [row for row in renamings(name) if row.until and row.form not in {*CURATED["skip"]["ru"], *again}]


def now(origin: Origin) -> tuple[Validity, ...]:
    """The days of today's name, where an earlier one is dated to the day."""
    if not any(stretch(row) for row in origin.olds):
        return ()
    days = {stretch(row) for row in originals(origin.name, "ru", "ru") if row.relation == "renaming"}
    return tuple(sorted((day for day in days if day and (day.first or day.last)), key=str))


def then(form: str, origin: Origin) -> tuple[Validity, ...]:
    """The days of an earlier name; none where only years are known."""
    days = [stretch(row) for row in origin.olds if row.form == form]
    return tuple(day for day in days if day) if all(days) else ()


def written(origin: Origin, language: str) -> Iterator[Designation]:
    """The designations in German or English: today's first, then the earlier names."""
    first = house.transcribe(origin.name, "ru", language, "place")
    system = explained(first, language, origin.transcribed)
    yield Designation(first, Status.PREFERRED, system=system, valid=now(origin))
    seen = {fold(form) for form in (first, *CURATED["skip"][language])}
    for form in _others(origin, language, plain=bool(system) and " " not in first):
        if fold(form) not in seen:
            seen.add(fold(form))
            yield Designation(form, Status.ADMITTED, system=explained(form, language, origin.transcribed))
    for old in dict.fromkeys(row.form for row in origin.olds):
        yield from _earlier_forms(old, origin, language, seen)


def _others(origin: Origin, language: str, *, plain: bool) -> Iterator[str]:
    """What the tables have besides; of a `plain` name that they write in no other way, what the systems make of it."""
    yield from (row.form for row in recorded(origin.names, language))
    for alias in besides(origin):
        yield from (row.form for row in recorded({"ru": alias}, language))
    if plain and not list(recorded({"ru": origin.name}, language)):
        for source, word in origin.transcribed.items():
            if house.has_system(source, language):
                yield house.default(source, language).transcribe(word)


def _earlier_forms(old: str, origin: Origin, language: str, seen: set[str]) -> Iterator[Designation]:
    """An earlier name: preferred for its days, or admitted where only years are known."""
    days = then(old, origin)
    found = [house.transcribe(name, "uk", language, "place") for name in _ukrainian(old, origin)]
    found += [row.form for row in recorded({"ru": old}, language)]
    found.append(house.transcribe(old, "ru", language, "place"))
    status = Status.PREFERRED
    for form in (form for form in dict.fromkeys(found) if fold(form) not in seen):
        seen.add(fold(form))
        if days:
            yield Designation(form, status, valid=days)
            status = Status.ADMITTED
        else:
            yield Designation(form, Status.ADMITTED, reason=years(old, origin))


def _ukrainian(old: str, origin: Origin) -> Iterator[str]:
    """The earlier name in Ukrainian, which German and English follow: the one of the same days."""
    days = {(row.since, row.until) for row in origin.olds if row.form == old}
    return (row.form for row in renamings(origin.names.get("uk", ""), "uk") if (row.since, row.until) in days)


def years(old: str, origin: Origin) -> str:
    """When the earlier name was in force, as far as the tables know: years."""
    spans = sorted((row.since[:4], row.until[:4]) for row in origin.olds if row.form == old)
    return "; ".join(f"name from {since} to {until}" if since else f"name until {until}" for since, until in spans)


def besides(origin: Origin) -> list[str]:
    """Other Russian names of the same place."""
    own_names = [(code, own) for code, own in origin.names.items() if code != "ru"]
    found = [other for code, own in own_names for other in same_names(own, code)]
    found += [row.form for code, own in own_names for row in recorded({code: own}, "ru")]
    found += [row.form for row in renamings(origin.name) if not row.until]
    found += [row.original for row in originals(origin.name, "ru", "ru") if row.relation != "renaming"]
    found += CURATED["besides"].get(origin.name, ())
    known = {fold(origin.name), *(fold(row.form) for row in renamings(origin.name) if row.until and row.since)}
    fresh = (other for other in dict.fromkeys(found) if fold(other) not in known)
    return [other for other in fresh if other not in CURATED["skip"]["ru"]]
