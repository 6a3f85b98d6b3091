"""What is in force for a text: the settings of its folder, their rules and glossary, read anew when they change."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tolmach import config
from tolmach.config import Config
from tolmach.errors import TolmachError
from tolmach.glossary.cache import Shelf
from tolmach.glossary.load import NONE, STARTER
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.lint import rule
from tolmach.messages import _

Report = Callable[[TolmachError], None]
Note = Callable[[str], None]
_State = tuple[Config, tuple[tuple[str, int, int], ...]]


class Spelling(NamedTuple):
    """A spelling of a concept, folded and as written, and the preferred form to put in for it."""

    folded: str
    written: str
    form: str
    concept: str
    preferred: bool


class House:
    """Settings with their rules and their compiled glossary; raises TolmachError where these cannot be read."""

    def __init__(self, settings: Config, cache: Path | None) -> None:
        self.settings = settings
        self.layers = layers(settings)
        # What judges a whole run cannot judge while one text is typed.
        self.rules = {name: one for name, one in rule.choose(settings).items() if not one.survey}
        self._shelf = Shelf(self.layers, cache)
        self.finder = self._shelf.finder()
        self._proved = 0
        self._spellings: dict[str, list[Spelling]] = {}

    def prove(self) -> list[TolmachError]:
        """What is wrong with the examples of the glossary, in the languages that have been compiled since last time."""
        if len(self.finder.compiled) == self._proved:
            return []
        self._proved = len(self.finder.compiled)
        return self._shelf.prove(self.finder)

    def spellings(self, prefix: str, language: str) -> Iterator[Spelling]:
        """The spellings of all concepts in the language that begin so, in alphabetical order."""
        known = self._spellings.get(language)
        if known is None:
            concepts = self.finder.glossary.concepts.values()
            known = sorted({one for concept in concepts for one in _spellings(concept, language)})
            self._spellings[language] = known
        wanted = folded(prefix)
        for one in known[bisect_left(known, (wanted,)) :]:
            if not one.folded.startswith(wanted):
                return
            yield one

    def place(self, concept: Concept) -> Path | None:
        """The file that defines the concept; None where there is none on this disk."""
        path = Path(concept.path).absolute()
        if STARTER in self.layers and concept.path.startswith(f"{STARTER}/") and not path.is_file():
            from importlib.resources import files

            path = Path(str(files("tolmach.glossary").joinpath(concept.path)))
        return path if path.is_file() else None


class Houses:
    """The houses of all folders; `report` is told, once each, what is wrong with their settings and glossaries, `note`
    what a user should know.

    A house whose files have become unreadable stays as it was.
    """

    def __init__(self, cache: Path | None, report: Report, note: Note) -> None:
        self._cache = cache
        self._report = report
        self._note = note
        self._houses: dict[Path, House] = {}
        self._states: dict[Path, _State] = {}
        self._homes: dict[Path, Path] = {}
        self._reported: dict[Path, set[str]] = {}

    def of(self, folder: Path) -> House | None:
        """The house in force in the folder; None where its files could never be read."""
        try:
            settings = config.find(folder)
        except TolmachError as error:
            self._tell(self._homes.get(folder, folder), error)
            return self._houses.get(self._homes.get(folder, folder))
        home = self._homes[folder] = settings.folder or Path()
        state = settings, tuple(_stamps(layers(settings)))
        if self._states.get(home) != state:
            self._states[home] = state
            self._open(home, settings)
        return self._houses.get(home)

    def prove(self, house: House) -> None:
        """Try the examples of its glossary, and keep what has been compiled where they hold."""
        for error in house.prove():
            self._tell(house.settings.folder or Path(), error)

    def _open(self, home: Path, settings: Config) -> None:
        try:
            self._houses[home] = House(settings, self._cache)
        except TolmachError as error:
            self._tell(home, error)
        else:
            self._reported.pop(home, None)
            if not settings.glossary:
                self._note(_("no glossary is configured; using the shipped starter glossary"))

    def _tell(self, home: Path, error: TolmachError) -> None:
        told = self._reported.setdefault(home, set())
        if str(error) not in told:
            told.add(str(error))
            self._report(error)


def layers(settings: Config) -> Sequence[str | Path]:
    """The layers of the glossary that the settings name; without any the starter glossary."""
    return [name if name in (STARTER, NONE) else settings.locate(name) for name in settings.glossary] or [STARTER]


def folded(text: str) -> str:
    """The text as spellings are compared: composed, without capitals."""
    return unicodedata.normalize("NFC", text).casefold()


def _stamps(names: Sequence[str | Path]) -> Iterator[tuple[str, int, int]]:
    """Name, time and size of each file of the layers: what tells that one has changed."""
    for name in names:
        if name in (STARTER, NONE):
            continue
        path = Path(name)
        for file in sorted(path.rglob("*.toml")) if path.is_dir() else [path]:
            with suppress(OSError):
                status = file.stat()
                yield str(file), status.st_mtime_ns, status.st_size


def _spellings(concept: Concept, language: str) -> Iterator[Spelling]:
    for entry in concept.designations.get(language, ()):
        if entry.status is Status.PREFERRED:
            best: Designation | None = entry
        else:
            best = concept.preferred(language, acronym=entry.is_acronym) or concept.preferred(language)
        if best is None or not entry.form:
            continue
        for written, form in {entry.full: best.full, entry.form: best.form}.items():
            yield Spelling(folded(written), written, form, concept.id, entry is best)
