"""What is to be translated, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.memory.model import Entry
from tolmach.translate.conventions.edit import Change
from tolmach.translate.enforce.decoded import STEPS
from tolmach.translate.enforce.model import Outcome as TermOutcome
from tolmach.translate.engine import Engine

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.memory.store import Store


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: languages, the folder of the PO files, the engine.

    `finder` finds the terms of the house that the drafts have to keep; `steps` are those of `enforce.decoded`. `also`
    are entries from other memories, by language, `stores` large files of them. From the score `fuzzy` on (0: never) a
    similar sentence's translation is taken over if it can be made to fit. With `conventions` drafts get the quotation
    marks and numbers of their language.
    """

    source: str
    targets: tuple[str, ...]
    folder: Path
    engine: Engine
    finder: Finder | None = None
    steps: frozenset[str] = STEPS
    force: bool = False
    dry_run: bool = False
    also: Callable[[str], Iterable[Entry]] | None = None
    stores: Callable[[str], Sequence[Store]] | None = None
    fuzzy: float = 0.0
    conventions: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document in one language, in sentences.

    `remembered` are a person's translations (of this very sentence or the same elsewhere), `adapted` those of similar
    sentences made to fit, `drafted` new drafts, `unchanged` drafts that were still good, `empty` those without any
    translation. `terms` tells what became of the terms of the new drafts, by the id and text of their sentence.
    """

    path: Path
    language: str
    remembered: int
    drafted: int
    unchanged: int
    empty: int
    terms: tuple[Told, ...] = ()
    adapted: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the terms of one sentence, and what was changed for the sake of the document."""

    sentence: str
    source: str
    target: str
    outcomes: tuple[TermOutcome, ...]
    changes: tuple[Change, ...] = ()
