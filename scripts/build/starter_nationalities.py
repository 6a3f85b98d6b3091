"""The concepts of nationalities: those of starter/nationalities.tsv, a noun and an adjective each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from tolmach.glossary.model import Concept, Designation, Status

DATA = Path(__file__).resolve().parent / "starter"
CURATED: dict[str, Any] = tomllib.loads((DATA / "nationalities.toml").read_text(encoding="utf-8"))


def concepts() -> list[Concept]:
    """A concept for every line of the list, in its order."""
    header, *lines = [line for line in _lines() if not line.startswith("#")]
    names = header.split("\t")
    return [_concept(dict(zip(names, line.split("\t"), strict=True))) for line in lines]


def _lines() -> list[str]:
    return (DATA / "nationalities.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")


def _concept(line: dict[str, str]) -> Concept:
    language, _colon, word = line["original"].partition(":")
    return Concept(
        line["id"],
        "term",
        {
            "de": tuple(_designations(line, "de")),
            "en": tuple(_english(line["en"])),
            "ru": tuple(_designations(line, "ru")),
        },
        original={language: word} if word else {},
        note=f"People or citizens of {line['whose']}: nouns and adjective",
        sources=tuple(CURATED["source"][_rank(line["id"])]),
    )


def _rank(identifier: str) -> str:
    """Is it a people, are they citizens of whatever people, or both, as with most states?"""
    listed = CURATED["source"]
    return "people" if identifier in listed["peoples"] else "citizen" if identifier in listed["citizens"] else "state"


def _designations(line: dict[str, str], language: str) -> Iterator[Designation]:
    """The nouns, the usual man's first, then the adjectives; what is also another word counts only near some words."""
    nouns: tuple[tuple[str, Literal["m", "f"]], ...] = (("man", "m"), ("woman", "f"))
    status = Status.PREFERRED
    for person, gender in nouns:
        for form in _forms(line[f"{language}_{person}"]):
            yield _noun(form, status, gender, language)
            status = Status.ADMITTED
    for form in _forms(line[f"{language}_adjective"]):
        yield Designation(form, Status.ADMITTED, homograph="word", near=tuple(CURATED["near"][language]))


def _noun(form: str, status: Status, gender: Literal["m", "f"], language: str) -> Designation:
    if form in CURATED["alike"][language]:
        return Designation(form, status, gender=gender, homograph="word", near=tuple(CURATED["near"][language]))
    return Designation(form, status, gender=gender)


def _english(forms: str) -> Iterator[Designation]:
    """English nouns are adjectives, too: «Kazakh» is somebody where the plural stands in the same sentence."""
    status = Status.PREFERRED
    for form in _forms(forms):
        near = (*([] if form.endswith(("ch", "sh", "se", "yz")) else [f"{form}s"]), *CURATED["near"]["en"])
        yield Designation(form, status, homograph="word", near=near)
        status = Status.ADMITTED


def _forms(text: str) -> list[str]:
    return [form.strip() for form in text.split(";") if form.strip()]
