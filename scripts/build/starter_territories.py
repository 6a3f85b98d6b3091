"""The concepts of territories: those of CLDR, with the names that the tables of exonyms have for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from starter_names import authorities, explained, forms_of, marked, recorded, renamings, slug, stretch

from tolmach.glossary.model import Concept, Designation, Status
from tolmach.transcription.established import Established, established, fold

CURATED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parent / "starter" / "territories.toml").read_text(encoding="utf-8")
)
CLDR = "CLDR 47, territory names"
MEMBERS = ("Auswärtiges Amt, Verzeichnis der Staatennamen", "United Nations, names of the member states")
# The post-Soviet states in which Russian is written, too.
_RUSSIAN = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")


def concepts() -> list[Concept]:
    """A concept for every territory, by code, then the parts of the world and the states of the past."""
    codes = sorted(code for code in map(str, Locale("en").territories) if len(code) == 2)
    codes = [code for code in codes if code not in CURATED["left_out"]]
    return [_concept(code) for code in (*codes, *CURATED["regions"], *CURATED["past"])]


def _concept(code: str) -> Concept:
    russian = _russian(code)
    originals = _originals(code)
    used = [*recorded({"ru": russian}, "de"), *recorded({"ru": russian}, "en")]
    forms = {language: tuple(_forms(code, russian, originals, language)) for language in ("de", "en")}
    return Concept(
        CURATED["id"].get(code) or slug(forms["en"][0].form),
        "place",
        {**forms, "ru": tuple(_russian_forms(code, russian))},
        original=originals,
        note=CURATED["note"].get(code) or _note(code),
        sources=tuple(_sources(code, used)),
    )


def _russian(code: str) -> str:
    if code in CURATED["past"]:
        return code
    return str(CURATED["russian"].get(code) or Locale("ru").territories[code])


def _note(code: str) -> str:
    if code in CURATED["regions"]:
        return "Part of the world"
    return "Territory" if code in CURATED["no_members"] else "State"


def _originals(code: str) -> dict[str, str]:
    """The names in the official languages, as CLDR has them."""
    if code in CURATED["regions"] or code in CURATED["past"]:
        return dict(CURATED["past"].get(code, {}))
    official = get_official_languages(code, de_facto=True) or CURATED["language"].get(code, ())
    languages = dict.fromkeys(language.split("_")[0] for language in official)
    found = {language: name for language in languages if (name := _cldr_name(language, code))}
    if code in _RUSSIAN:
        found["ru"] = _russian(code)
    return dict(list(found.items())[:4])


def _cldr_name(language: str, code: str) -> str:
    try:
        return str(Locale(language).territories.get(code, ""))
    except UnknownLocaleError:
        return ""


def _sources(code: str, used: list[Established]) -> Iterator[str]:
    if code in CURATED["past"]:
        yield from dict.fromkeys(("Duden, Die deutsche Rechtschreibung", *authorities(used)))
        return
    yield CLDR
    if code not in CURATED["regions"] and code not in CURATED["no_members"]:
        yield from MEMBERS
    yield from (work for work in authorities(used) if work not in (CLDR, *MEMBERS) and not work.startswith("CLDR"))


def _forms(code: str, russian: str, originals: dict[str, str], language: str) -> Iterator[Designation]:
    """The designations in German or English: what the preferred names are called, then the rest."""
    names = [russian, *CURATED["besides"].get(code, ())]
    rows = (established(name, "ru", language, "place") for name in _preferred(code, russian))
    preferred = [row.form for row in rows if row]
    found = dict.fromkeys((*preferred, *(form for name in names for form in forms_of(name, language))))
    number = CURATED["number"].get(language, {}).get(code, "")
    for form in _once(form for form in found if form not in CURATED["skip"][language]):
        status = Status.PREFERRED if form in preferred else Status.ADMITTED
        plain = Designation(form, status, system=explained(form, language, originals), number=number)
        yield marked(plain, CURATED["alike"][language])
    for old in CURATED["renamed"].get(code, ()):
        yield from _old(russian, old, forms_of(old, language))


def _preferred(code: str, russian: str) -> list[str]:
    return [russian, *CURATED["preferred"].get(code, ())]


def _old(russian: str, old: str, written: list[str]) -> Iterator[Designation]:
    """A name of the past, admitted for its days."""
    days = tuple(day for row in renamings(russian) if row.form == old and (day := stretch(row)))
    for form in written:
        yield Designation(form, Status.ADMITTED, valid=days)


def _russian_forms(code: str, russian: str) -> Iterator[Designation]:
    for form in (russian, *CURATED["besides"].get(code, ())):
        gender: Any = CURATED["gender"].get(code, "") if form == russian else ""
        status = Status.PREFERRED if form in _preferred(code, russian) else Status.ADMITTED
        indeclinable = form in CURATED["indeclinable"]["ru"]
        plain = Designation(form, status, gender=gender, indeclinable=indeclinable)
        yield marked(plain, CURATED["alike"]["ru"])
    for old in CURATED["renamed"].get(code, ()):
        yield from _old(russian, old, [old])


def _once(forms: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for form in forms:
        if fold(form) not in seen:
            seen.add(fold(form))
            yield form
