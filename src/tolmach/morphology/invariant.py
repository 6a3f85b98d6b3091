"""A language without rules of ours: a name or term has its base form only."""

from __future__ import annotations

from tolmach.morphology.lexeme import Form, Lexeme


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The base form."""
    return (Form(lexeme.text),)


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The base form."""
    return (lexeme.text,)
