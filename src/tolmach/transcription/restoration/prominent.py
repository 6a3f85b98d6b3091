"""Prominent persons: whose surname is meant first when a spelling may be a transcription of several names.

`prominent.tsv` has a surname a line: as written in Russian, the language of its bearer's country, as written there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tolmach.transcription.established import fold
from tolmach.transcription.established import rows as established
from tolmach.transcription.restoration.channel import latin
from tolmach.transcription.restoration.knowledge import ANYBODY
from tolmach.transcription.system import System, systems

RUSSIAN = "ru"


@dataclass(frozen=True, slots=True)
class Prominent:
    """A name as written in Russian, and in the language of its bearer's country."""

    russian: str
    language: str
    native: str

    def written(self, language: str) -> str:
        """The name as written in a language, empty if that is not recorded."""
        return self.native if language == self.language else self.russian if language == RUSSIAN else ""


@cache
def rows() -> tuple[Prominent, ...]:
    """The surnames of the table."""
    table = resources.files(__package__).joinpath("prominent.tsv").read_text(encoding="utf-8")
    lines = [line for line in table.split("\n") if line and line[0] != "#"][1:]
    return tuple(Prominent(*line.split("\t")) for line in lines)


@cache
def names(language: str) -> frozenset[str]:
    """The prominent surnames as written in a language, folded.

    >>> "токаев" in names("ru"), "тоқаев" in names("kk")
    (True, True)
    """
    return frozenset(fold(row.written(language)) for row in rows()) - {""}


@cache
def other_forms(source: str, target: str) -> Mapping[str, Mapping[str, str]]:
    """Spellings that were made from the name in another language than `target`: originals, each with the system's id.

    >>> other_forms("de", "ru")["toqajew"]
    {'токаев': 'kk-de'}
    """
    found: dict[str, dict[str, str]] = {}
    for original, name, language in _pairs(target):
        for system in _systems(language, source):
            form = latin(system.word(name))
            if form.isascii() or form != name:
                found.setdefault(form, {}).setdefault(original, system.id)
    return found


@cache
def _systems(language: str, source: str) -> tuple[System, ...]:
    found = [one for one in systems() if one.source == language and source in (ANYBODY, one.target)]
    return tuple(sorted(found, key=lambda system: (not system.default, system.id)))


def _pairs(target: str) -> Iterator[tuple[str, str, str]]:
    """The names in the language `target` beside those in other languages, small letters, with the other language."""
    for row in rows():
        original = row.written(target).lower()
        if not original:
            continue
        for name, language in ((row.native, row.language), (row.russian, RUSSIAN)):
            if language != target:
                yield original, name.lower(), language
    for person in established():
        if (person.kind, person.relation, person.source) == ("person", "native", target):
            originals, natives = person.original.lower().split(), person.form.lower().split()
            if len(originals) == len(natives):
                yield from zip(originals, natives, (person.target,) * len(natives), strict=True)
