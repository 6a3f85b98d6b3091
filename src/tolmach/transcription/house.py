"""Writing a name as readers expect it: the established form where there is one, else the system for its language.

«Москва» is Moskau in German, whatever the rules say; «Костанай» is written from its Kazakh name; «Александр» is
Alexander; everything else is left to the system.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.transcription.established import Established, established, fold, rows
from tolmach.transcription.languages import is_no_russian, order
from tolmach.transcription.system import System, capitalised, cased_like, load, names, plain, systems

_WRITTEN = frozenset(("exonym", "established"))
_BLANKS = re.compile(r"(\s+)")
_LAST_LATIN = "\u024f"


@dataclass(frozen=True)
class Writer:
    """Writes names by `system`; `fixed` names and `parts` (single words, given names) have a form of their own.

    The keys of both are folded; the values are the form and the row that it comes from. `neighbours` write the words
    in a Russian list of names that are no Russian spellings (Яворський, Тоқаев).
    """

    system: System
    fixed: dict[str, tuple[str, Established]] = field(default_factory=dict)
    parts: dict[str, tuple[str, Established]] = field(default_factory=dict)
    neighbours: tuple[System, ...] = ()

    def write(self, name: str) -> str:
        """The name as readers of the system's target language expect it.

        >>> writer("ru", "de", kind="place").write("Москва")
        'Moskau'
        >>> writer("ru", "de", kind="person").write("Александр Токаев")
        'Alexander Tokajew'
        """
        if found := self.fixed.get(fold(name)):
            core = name.strip()
            return name.replace(core, _like(core, *found))
        words = _BLANKS.split(name)
        if (self.neighbours and is_no_russian(name)) or any(fold(word) in self.parts for word in words[::2]):
            return "".join(self._part(word) for word in words)
        return self.system.transcribe(name)

    def _part(self, word: str) -> str:
        if found := self.parts.get(fold(word)):
            return _like(word, *found)
        return self.system_of(word).transcribe(word)

    def system_of(self, word: str) -> System:
        """The system of the language that the letters of the word betray, if it is not the expected one."""
        if not (self.neighbours and is_no_russian(word)):
            return self.system
        letters = {letter for letter in plain(word).lower() if letter.isalpha()}
        written = (other for other in self.neighbours if letters <= other.letters.keys())
        return next(written, self.system)

    def pieces(self, name: str) -> list[tuple[str, str, Established | System]]:
        """The stretches of the name: what is written, how, and the row or the system that says so."""
        if found := self.fixed.get(fold(name)):
            return [(name, self.write(name), found[1])]
        return [
            (word, self._part(word), known[1] if (known := self.parts.get(fold(word))) else self.system_of(word))
            for word in name.split()
        ]


def default(source: str, target: str, style: str = "") -> System:
    """The system that writes `source` names for `target` readers, in the house's style if there is such a system.

    `style` is the last part of a system's id (`duden`, `wikipedia`, `bgn`). Raises TolmachError for a pair that no
    system writes, and for a style that no system has.

    >>> default("ru", "de").id, default("ru", "de", "duden").id
    ('ru-de-wikipedia', 'ru-de-duden')
    """
    if style and f"{source}-{target}-{style}" in names():
        return load(f"{source}-{target}-{style}")
    if style and not any(name.endswith(f"-{style}") for name in names()):
        raise TolmachError(
            _("no transcription system has the style {style}").format(style=repr(style)),
            hint=_(
                "`tolmach transcribe --list` shows the systems; the style is the end of an id: duden, wikipedia, bgn"
            ),
        )
    found = _defaults(source).get(target)
    if not found:
        pairs = ", ".join(sorted({f"{system.source}→{system.target}" for system in systems()}))
        raise TolmachError(
            _("no transcription system writes {source} for {target}").format(source=source, target=target),
            hint=_("there are: {pairs}").format(pairs=pairs),
        )
    return load(found)


def has_system(source: str, target: str) -> bool:
    """Is there a system that writes `source` names for `target` readers?"""
    return target in _defaults(source)


@cache
def _defaults(source: str) -> dict[str, str]:
    # a system's id begins with its source language, so that only a few files are read
    found = (load(name) for name in names() if name.startswith(f"{source}-"))
    return {system.target: system.id for system in found if system.default}


@lru_cache(64)
def writer(source: str, target: str, kind: str | None = None, style: str = "") -> Writer:
    """What writes names of a kind (any, if None) of one language for readers of another.

    Raises TolmachError when no system does.
    """
    system = default(source, target, style)
    today = date.today()
    current = [row for row in rows() if row.source == source and row.in_force(today)]
    fixed: dict[str, tuple[str, Established]] = {}
    parts: dict[str, tuple[str, Established]] = {}
    for row in current:
        if row.target == target and row.relation in _WRITTEN and kind in (None, row.kind):
            single = row.kind == "person" and " " not in row.original
            (parts if single else fixed).setdefault(fold(row.original), (row.form, row))
    for row in current:
        # the name in the language of the place, where readers have no word of their own for it; a name of unknown
        # kind may be a person's (Виноградов)
        if row.relation == "native" and row.kind == kind and (form := _native(row, target, style)):
            fixed.setdefault(fold(row.original), (form, row))
    neighbours = order("neighbours") if source == "ru" else ()
    return Writer(system, fixed, parts, tuple(default(code, target) for code in neighbours if has_system(code, target)))


def _native(row: Established, target: str, style: str) -> str:
    """A native name as the readers expect it: established, in its own Latin letters, or written by a system."""
    found = established(row.form, row.target, target, row.kind)
    if found and found.relation in _WRITTEN:
        return found.form
    if row.form[:1] <= _LAST_LATIN:
        return row.form
    return default(row.target, target, style).transcribe(row.form) if has_system(row.target, target) else ""


def _like(name: str, form: str, row: Established) -> str:
    """The form with the capitals of the name: МОСКВА is MOSKAU, москва is moskau, США stays USA."""
    return form if name == row.original else cased_like(capitalised(form), name)


def transcribe(text: str, source: str, target: str, kind: str | None = None, style: str = "") -> str:
    """One name of the language `source` as readers of `target` expect it.

    >>> transcribe("Костанай", "ru", "de", kind="place")
    'Qostanai'
    """
    return writer(source, target, kind, style).write(text)
