"""A language without rules of ours: a name or term has its base form only."""

from __future__ import annotations

from tolmach.morphology.lexeme import Base, Form, Lexeme, Table


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The base form."""
    return (Form(lexeme.text),)


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The base form."""
    return (lexeme.text,)


def kind(text: str) -> str:
    """A term."""
    return "term"


def table(lexeme: Lexeme) -> Table:
    """The base form as its nominative."""
    return Table({"nom": (lexeme.text,)})


def bases(text: str, kind: str, gender: str) -> tuple[Base, ...]:
    """The form itself."""
    return (Base(text, "nom"),)
