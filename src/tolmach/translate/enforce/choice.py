"""A form chosen for a place, and the place it is chosen for."""

from __future__ import annotations

from dataclasses import dataclass

from tolmach.morphology.lexeme import Base, Lexeme
from tolmach.text.model import Span


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement in the target sentence; `span` counts in the sentence before any change."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A form that may stand in the place, with all replacements it asks for: its own first, then those of dependants.

    `case` has OpenCorpora's names in Russian, those of `Table` in German and English; `confidence` is the probability
    that the form is right there.
    """

    form: str
    changes: tuple[Change, ...]
    case: str
    number: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Task:
    """A place in a passage of a sentence and what is wanted there; `span` counts in `text`."""

    text: str
    span: Span
    lexeme: Lexeme
    like: tuple[Base, ...] = ()
    source: str = ""
    source_span: Span | None = None
    source_language: str = ""

    @property
    def old(self) -> str:
        """The words to be replaced."""
        return self.text[self.span.start : self.span.end]
