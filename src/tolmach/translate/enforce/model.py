"""What enforcing terms starts from and what it tells: terms, pairs of sentences, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tolmach.morphology.lexeme import Lexeme
from tolmach.text.model import Span

Status = Literal["kept", "repaired", "inserted", "missing"]
Step = Literal["form", "sound", "engine", "alternative", "alignment", "memory", "insertion", ""]


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term of a source sentence and the form wanted in the target language, both in their base form.

    `kind` is a concept kind or empty where it is not known, `id` that of the concept. `span` is where it stands in the
    source, None where that was not looked up. `also` are other renderings known in the target language that are to be
    replaced, `admitted` those that may stay; `lexeme` is what is known of the inflection of `target`. `spellings` are
    others that `source` has, in its own language and in English.
    """

    source: str
    target: str
    kind: str = ""
    id: str = ""
    span: Span | None = None
    also: tuple[str, ...] = ()
    lexeme: Lexeme | None = None
    admitted: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its translation, their languages, and the terms of the sentence."""

    source: str
    target: str
    source_language: str
    target_language: str
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a term.

    `before` is what stood for it, `after` what stands there now, `span` where, in the repaired text; empty and None
    where nothing was found. `step` says how the rendering was found.
    """

    term: Term
    status: Status
    before: str = ""
    after: str = ""
    span: Span | None = None
    step: Step = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A translation with its terms put right, and one outcome for each of them, in their order."""

    target: str
    outcomes: tuple[Outcome, ...] = ()


def told(outcomes: tuple[Outcome, ...]) -> str:
    """What became of the terms, in one line."""
    return "; ".join(map(_told, outcomes))


def _told(outcome: Outcome) -> str:
    if outcome.status == "missing":
        return f"{outcome.term.source}: missing ({outcome.term.target})"
    if outcome.status == "kept":
        return f"{outcome.term.source}: kept ({outcome.after or outcome.term.target})"
    return f"{outcome.term.source}: {outcome.status} ({outcome.before} \u2192 {outcome.after})"
