"""A form of a concept in a text."""

from __future__ import annotations

from dataclasses import dataclass

from tolmach.glossary.model import Concept, Designation
from tolmach.morphology.lexeme import Form
from tolmach.text.model import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of a concept in a text.

    `span` covers the form with its ending, without the other parts of a compound; `tail` is what follows it in the same
    word (lower case, `closed` without a hyphen), `prefixed` says that another part stands before it without a hyphen.
    `forms` are the cases it may be in. `given` is the stretch of the given name in a full name, judged by `given_name`.
    `certain` is False where the neighbours do not tell whether it is the concept or a homograph.
    """

    span: Span
    concept: Concept
    designation: Designation
    forms: tuple[Form, ...]
    tail: str = ""
    closed: bool = False
    prefixed: bool = False
    given: Span | None = None
    given_name: Designation | None = None
    certain: bool = True

    @property
    def wanted(self) -> bool:
        """Is every part of it spelled as the house wants?"""
        return self.designation.status.wanted and (self.given_name is None or self.given_name.status.wanted)

    @property
    def doubtful(self) -> bool:
        """Is it unwanted, or a name of a certain time?"""
        return not self.wanted or bool(self.designation.valid)
