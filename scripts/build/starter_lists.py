"""The lists in scripts/build/starter/ of people and bodies, and what a line of them says of a designation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tolmach.config import primary
from tolmach.glossary.model import Designation, Status
from tolmach.transcription import system

DATA = Path(__file__).resolve().parent / "starter"
# Languages whose names are met by way of Russian, too.
NEIGHBOURS = ("uk", "be", "kk", "ky", "tg", "hy", "ka", "az", "uz", "tk")
# Of several systems that write a form alike the first explains it.
_FIRST = ("ru-de-duden", "ru-de-wikipedia", "ru-en-bgn", "ru-en-wikipedia")
_NO_LETTERS = str.maketrans({"\u0131": "i", "ł": "l", "Ł": "L", "ø": "o", "đ": "d"})
_GERMAN = "äöüÄÖÜ"


def lines(name: str) -> Iterator[list[str]]:
    """The fields of every line of a list, below its header."""
    for line in (DATA / name).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith(("#", "id\t")):
            yield line.split("\t")


def bare(name: str, language: str) -> str:
    """The name as printed without the diacritics that the language does not have.

    >>> bare("Erdoğan", "de"), bare("Süleyman", "de"), bare("Süleyman", "en")
    ('Erdogan', 'Süleyman', 'Suleyman')
    """
    if "ə" in name.lower():
        return name
    kept = _GERMAN if language == "de" else ""
    return "".join(sign if sign in kept else _plain(sign) for sign in name)


def _plain(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign.translate(_NO_LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part))


def designation(form: str, status: str, language: str, near: str, **fields: Any) -> Designation:
    """The designation, marked as a word where the list says near which other words it counts."""
    if words := _near(near, language, form):
        fields |= {"homograph": "word", "near": words}
    return Designation(form, Status(status), **fields)


def _near(spec: str, language: str, form: str) -> tuple[str, ...]:
    """The words of a field like «de:Kanzler,CDU;en/IS:Syria» for a form: of its own, else of its language."""
    found = dict(part.split(":", 1) for part in spec.split(";")) if spec else {}
    words = found.get(f"{language}/{form}") or found.get(language, "")
    return tuple(words.split(",")) if words else ()


def explaining(form: str, language: str, original: Mapping[str, str]) -> str:
    """The system that writes the words of the form from one of the originals, the first that does; else empty."""
    words = set(form.split())
    for source, name in original.items():
        for by in _systems(language):
            if by.source == source and words <= set(by.transcribe(name).split()):
                return by.id
    return ""


@cache
def _systems(language: str) -> tuple[system.System, ...]:
    found = [one for one in system.systems() if primary(one.target) == language]
    chosen = [one for one in found if one.id in _FIRST or (one.source != "ru" and one.default)]
    return tuple(sorted(chosen, key=lambda one: (_FIRST.index(one.id) if one.id in _FIRST else len(_FIRST), one.id)))
