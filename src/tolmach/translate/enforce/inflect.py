"""Stand-in: the form in the case and number of the word replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.morphology.lexeme import Base, Form, Lexeme
from tolmach.morphology.paradigm import right_forms
from tolmach.text.model import Span

_CASES = {"nom": "nomn", "gen": "gent", "poss": "gent", "dat": "nomn", "acc": "nomn", "adj": "nomn"}


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement in the target sentence."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The form put in place, and all replacements."""

    form: str
    changes: tuple[Change, ...]
    case: str
    number: str
    confidence: float


def choices(
    sentence: str,
    span: Span,
    lexeme: Lexeme,
    language: str,
    *,
    like: Sequence[Base] = (),
    source: str = "",
    source_span: Span | None = None,
    source_language: str = "",
) -> tuple[Choice, ...]:
    """The form in the case and number of the first reading, else the base form."""
    case = _CASES.get(like[0].case, like[0].case) if like else "nomn"
    number = like[0].number if like else "sg"
    form = right_forms(lexeme, Form("", case, number), language)[0]  # type: ignore[arg-type]
    return (Choice(form, (Change(span, form),), case, number, 0.5),)
