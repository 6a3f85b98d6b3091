"""What the tables of exonyms and the transcription systems say of one name: forms, systems, dates, authorities."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tolmach.config import primary
from tolmach.glossary.model import Designation, Validity
from tolmach.transcription.established import Established, forms, rows
from tolmach.transcription.system import load, names

# An authority that names no work: the concept must name a better one.
VAGUE = re.compile(
    r"usage|usual|older|official spelling|spelling (?:in|of|with)|highest Soviet body|^maps|independence"
)
_YEAR = re.compile(r"\d{4}")
# Of several systems that write a form alike the first explains it.
EXPLAINING = ("ru-de-duden", "ru-de-wikipedia", "ru-en-bgn", "ru-en-wikipedia")
_NO_LETTERS = str.maketrans(
    {"ʻ": "", "ʼ": "", "’": "", "'": "", "ə": "a", "ı": "i", "ø": "o", "ł": "l"} | {"\u0111": "d"}
)


def slug(name: str) -> str:
    """The identifier made of a name: small ASCII letters, digits and hyphens.

    >>> slug("Côte d’Ivoire")
    'cote-divoire'
    """
    plain = unicodedata.normalize("NFD", name.casefold().translate(_NO_LETTERS))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def recorded(originals: Mapping[str, str], target: str, kind: str = "place") -> Iterator[Established]:
    """The rows that write one of the originals in the language `target` today, the usual forms first."""
    for source, original in originals.items():
        for row in forms(original, source, target):
            if row.kind == kind and row.relation in ("exonym", "established") and row.in_force(date.today()):
                yield row


def renamings(name: str, language: str = "ru") -> list[Established]:
    """The rows that say what a place was called before or is called besides, in its own language."""
    return [row for row in forms(name, language, language) if row.relation == "renaming" and row.kind == "place"]


def same_names(own: str, language: str) -> list[str]:
    """The Russian names of what is called `own` in its own language."""
    return [
        row.original
        for row in rows()
        if row.relation == "native" and (row.source, row.kind, row.target, row.form) == ("ru", "place", language, own)
    ]


def explained(form: str, language: str, originals: Mapping[str, str]) -> str:
    """The system that writes one of the originals so, empty where none does."""
    found = [
        name
        for source, original in originals.items()
        for name in names()
        if name.startswith(f"{source}-{language}")
        and primary(load(name).target) == language
        and (load(name).default or name in EXPLAINING or source != "ru")
        and load(name).transcribe(original) == form
    ]
    return min(found, key=_rank(originals)) if found else ""


def _rank(originals: Mapping[str, str]) -> Callable[[str], tuple[int, int, bool, str]]:
    order = list(originals)

    def rank(name: str) -> tuple[int, int, bool, str]:
        place = EXPLAINING.index(name) if name in EXPLAINING else len(EXPLAINING)
        return order.index(load(name).source), place, not load(name).default, name

    return rank


def stretch(row: Established) -> Validity | None:
    """The days of a row; None unless its end is known to the day. A year alone leaves the beginning open."""
    if len(row.until) == 4:
        return None
    return Validity(_day(row.since), _day(row.until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == 10 else None


def authorities(found: Iterable[Established]) -> list[str]:
    """The works and decrees that the rows cite, each once, the vague ones left out."""
    works = (work for row in found for work in row.authority.split("; ") if not VAGUE.search(work))
    # «parliament of Tajikistan» without a year names no document
    return list(dict.fromkeys(work[0].upper() + work[1:] for work in works if work[0].isupper() or _YEAR.search(work)))


def forms_of(russian: str, language: str) -> list[str]:
    """The recorded forms of a Russian name in force today, else what was written before."""
    return [row.form for row in recorded({"ru": russian}, language)]


def marked(designation: Designation, alike: Mapping[str, Any]) -> Designation:
    """The designation, marked if its form is also a word, a given name or a family name.

    `alike` has lists of given and family names, and of words; a word counts near those of `near`, else near `town`.
    """
    form = designation.form
    if form in alike["word"]:
        near = alike["word"] if isinstance(alike["word"], dict) else alike["near"]
        return replace(designation, homograph="word", near=tuple(near.get(form) or alike["town"]))
    for homograph in ("given-name", "family-name"):
        if form in alike[homograph]:
            return replace(designation, homograph=homograph)
    return designation
