"""The one way to ask for the forms of a name or term, and for the base of a form, whatever the language."""

from __future__ import annotations

from typing import Protocol

from tolmach.config import primary
from tolmach.morphology import invariant
from tolmach.morphology.lexeme import Base, Form, Lexeme, Table

_LONGEST = 200  # code points: what is longer is no name and stays as it is


class Rules(Protocol):
    """What a language's module offers."""

    def forms(self, lexeme: Lexeme) -> tuple[Form, ...]:
        """Every form a text may show."""

    def right_forms(self, lexeme: Lexeme, like: Form) -> tuple[str, ...]:
        """What a careful writer uses where `like` stands."""


class Paradigms(Protocol):
    """What a language's module of paradigms offers."""

    def kind(self, text: str) -> str:
        """What kind of concept the text probably names."""

    def table(self, lexeme: Lexeme) -> Table:
        """The right forms."""

    def bases(self, text: str, kind: str, gender: str) -> tuple[Base, ...]:
        """The base forms a printed form may have, best first."""


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


def table(lexeme: Lexeme, language: str) -> Table:
    """The paradigm as a grammar prints it.

    >>> table(Lexeme("Токаев", "person"), "ru").singular["ablt"]
    ('Токаевым',)
    >>> table(Lexeme("Belarus", "place"), "de").singular["gen"]
    ('Belarus’',)
    """
    if len(lexeme.text) > _LONGEST or not lexeme.text:
        return Table({"nomn" if primary(language) == "ru" else "nom": (lexeme.text,)})
    return _paradigms(language).table(lexeme)


def bases(text: str, language: str, kind: str = "", gender: str = "") -> tuple[Base, ...]:
    """The base forms that a printed form may have, best first; never none: the last resort is the form itself.

    >>> [(base.form, base.case) for base in bases("Токаевым", "ru", "person")][:1]
    [('Токаев', 'ablt')]
    >>> bases("ODKB-Staaten", "de")[0]
    Base(form='ODKB', case='nom', tail='-Staaten', number='sg')
    """
    if len(text) > _LONGEST or not text:
        return invariant.bases(text, kind, gender)
    return tuple(dict.fromkeys(_paradigms(language).bases(text, kind, gender)))


def lexeme(text: str, language: str, kind: str = "", gender: str = "") -> Lexeme:
    """What is known of a bare name: its kind is guessed from its looks when it is not given.

    >>> lexeme("ОДКБ", "ru").kind, lexeme("Токаев", "ru").kind, lexeme("договор", "ru").kind
    ('organisation', 'person', 'term')
    """
    found = kind or ("term" if len(text) > _LONGEST else _paradigms(language).kind(text))
    return Lexeme(text, found, gender)


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
    return invariant


def _paradigms(language: str) -> Paradigms:
    base = primary(language)
    if base == "de":
        from tolmach.morphology import german_paradigm

        return german_paradigm
    if base == "en":
        from tolmach.morphology import english_paradigm

        return english_paradigm
    if base == "ru":
        from tolmach.morphology import russian_paradigm

        return russian_paradigm
    return invariant
