"""The concepts of places: cities, regions and areas of starter/places.tsv, as the tables of exonyms name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from starter_forms import CURATED, DATA, Origin, besides, earlier, now, then, written, years
from starter_names import authorities, marked, recorded, slug

from tolmach.glossary.model import Concept, Designation, Status
from tolmach.transcription import house
from tolmach.transcription.established import Established, native

_KINDS = {"capital": "Capital of {country}", "city": "City in {country}", "region": "Region of {country}"}


@dataclass(frozen=True)
class Place:
    """A line of places.tsv: country (its code, or nothing), rank, Russian name, and the own name as `de:Wien`."""

    country: str
    rank: str
    name: str
    own: str


def places() -> Iterator[Place]:
    """The lines of the list."""
    for line in (DATA / "places.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith(("#", "country\t")):
            yield Place(*line.split("\t"))


def concepts() -> list[Concept]:
    """A concept for every place of the list, in its order."""
    return [_concept(place) for place in places()]


def _concept(place: Place) -> Concept:
    own = _own(place)
    english = house.transcribe(place.name, "ru", "en", "place")
    identifier = CURATED["id"].get(place.name) or slug(english)
    names = {**own, "ru": place.name}
    used = [*recorded(names, "de"), *recorded(names, "en")]
    ours = place.country in CURATED["country"] or not place.country
    origin = Origin(place.name, names, names if ours else own, earlier(place.name))
    designations = {language: tuple(written(origin, language)) for language in ("de", "en")}
    designations["ru"] = tuple(_russian(place, origin))
    return Concept(
        identifier,
        "place",
        {
            language: tuple(marked(one, CURATED["alike"][language]) for one in found)
            for language, found in designations.items()
        },
        original=origin.transcribed,
        note=_note(place),
        sources=tuple(_sources(place, [*used, *origin.olds])),
    )


def _own(place: Place) -> dict[str, str]:
    """The name in the language of the country, by language."""
    if place.name in CURATED["own"]:
        return dict(CURATED["own"][place.name])
    if place.own:
        language, _colon, name = place.own.partition(":")
        return {language: name}
    row = native(place.name, "ru", "place")
    return {row.target: row.form} if row else {}


def _note(place: Place) -> str:
    found = CURATED["note"].get(place.name)
    country = CURATED["country"].get(place.country, {}).get("name") or Locale("en").territories.get(place.country, "")
    article = "the " if country in CURATED["article"] else ""
    return found or _KINDS[place.rank].format(country=article + country.replace("&", "and").split(" (")[0])


def _sources(place: Place, used: list[Established]) -> Iterator[str]:
    cited = authorities(used)
    if place.country:
        register = CURATED["country"].get(place.country, {}).get("register", CURATED["abroad"])
        yield from dict.fromkeys((register, *(work for work in cited if work.split(",")[0] != register.split(",")[0])))
    else:
        yield from cited or [CURATED["source"].get(place.name, CURATED["area_source"])]


def _russian(place: Place, origin: Origin) -> Iterator[Designation]:
    """The designations in Russian: today's, other ones, the earlier names."""
    still = _declines_not(place, place.name)
    yield Designation(place.name, Status.PREFERRED, indeclinable=still, valid=now(origin))
    for other in besides(origin):
        yield Designation(other, Status.ADMITTED, indeclinable=_declines_not(place, other))
    for old in dict.fromkeys(row.form for row in origin.olds):
        days = then(old, origin)
        status, reason = (Status.PREFERRED, "") if days else (Status.ADMITTED, years(old, origin))
        yield Designation(old, status, reason=reason, indeclinable=_declines_not(place, old), valid=days)


def _declines_not(place: Place, name: str) -> bool:
    """Names that Russian took over with a vowel it does not decline: Алматы, Тбилиси."""
    ending = CURATED["country"].get(place.country, {}).get("indeclinable", "")
    if name in CURATED["declines"]:
        return False
    return name in CURATED["indeclinable"] or bool(ending and re.search(f"(?:{ending})$", name) and " " not in name)
