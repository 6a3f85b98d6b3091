"""The one way to ask for all forms of a name or term, whatever its language."""

from __future__ import annotations

from typing import Protocol

from tolmach.config import primary
from tolmach.morphology.lexeme import Form, Lexeme


class Rules(Protocol):
    """What a language's module offers."""

    def forms(self, lexeme: Lexeme) -> tuple[Form, ...]:
        """Every form a text may show."""

    def right_forms(self, lexeme: Lexeme, like: Form) -> tuple[str, ...]:
        """What a careful writer uses where `like` stands."""


def forms(lexeme: Lexeme, language: str) -> tuple[Form, ...]:
    """All forms of the lexeme that a text may show, the base form first, without repetitions.

    For finding terms more is generated than is right (`right_forms` is for writing). A language without rules has the
    base form only.
    """
    found = (Form(lexeme.text), *_rules(language).forms(lexeme), *(Form(text) for text in lexeme.irregular))
    return tuple(dict.fromkeys(found))


def right_forms(lexeme: Lexeme, like: Form, language: str) -> tuple[str, ...]:
    """The form of `lexeme` that a careful writer puts where the form `like` of another name stood, best first."""
    return tuple(dict.fromkeys(_rules(language).right_forms(lexeme, like)))


def _rules(language: str) -> Rules:
    # Each language loads its own dictionaries, so only the one that is asked for is imported.
    base = primary(language)
    if base == "de":
        from tolmach.morphology import german

        return german
    if base == "en":
        from tolmach.morphology import english

        return english
    if base == "ru":
        from tolmach.morphology import russian

        return russian
    from tolmach.morphology import invariant

    return invariant
