"""What a house has decided: concepts, their designations in each language, and the glossary that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from typing import Literal

Kind = Literal["person", "place", "organisation", "office", "event", "term", "other"]
Homograph = Literal["family-name", "given-name", "word"]
State = Literal["decided", "proposed", "rejected"]


class Status(Enum):
    """How a designation may be used (the usage ratings of ISO 30042, administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def wanted(self) -> bool:
        """May a text of this house use it?"""
        return self in (Status.PREFERRED, Status.ADMITTED)


@dataclass(frozen=True, slots=True)
class Validity:
    """A stretch of days, both ends included; an open end is None."""

    first: date | None = None
    last: date | None = None

    def overlaps(self, other: Validity) -> bool:
        """Do the two stretches share a day?"""
        return (self.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
            self.last or date.max
        )


@dataclass(frozen=True, slots=True)
class Designation:
    """One spelling of a concept in one language, in its base form.

    For a person `form` is the family name and `given` the given name written with it; without `form` the entry
    judges a spelling of the given name only. The other fields are those of the glossary format (glossary/README.md).
    """

    form: str
    status: Status
    given: str = ""
    patronymic: str = ""
    system: str = ""
    reason: str = ""
    source: str = ""
    variety: str = ""
    gender: Literal["m", "f", "n", ""] = ""
    number: Literal["sg", "pl", ""] = ""
    indeclinable: bool = False
    valid: tuple[Validity, ...] = ()
    forms: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    keeps_quoted_after: tuple[str, ...] = ()
    homograph: Homograph | None = None
    near: tuple[str, ...] = ()
    found: tuple[tuple[str, int], ...] = ()

    @property
    def full(self) -> str:
        """The form as one writes it in full: given name, patronymic, family name or term."""
        return " ".join(part for part in (self.given, self.patronymic, self.form) if part)

    @property
    def is_acronym(self) -> bool:
        """Is the form written in capitals throughout, like ODKB?

        >>> Designation("ODKB", Status.PREFERRED).is_acronym, Designation("Belarus", Status.PREFERRED).is_acronym
        (True, False)
        """
        return _is_acronym(self.form)

    def valid_during(self, when: Validity) -> bool:
        """Was the name in force on any day of `when`? Without dates it always was."""
        return not self.valid or any(stretch.overlaps(when) for stretch in self.valid)


@dataclass(frozen=True, slots=True)
class Examples:
    """The self-tests of a concept in one language; in `flag` brackets mark what must be reported."""

    ok: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """A person, place, organisation or term with its designations by language, and where it stands (`path`, `line`).

    A proposed one waits for a decision, a rejected one is none of the house's; `confidence` (0 to 1, 0 where nobody
    said) is how sure the program was of a proposal.
    """

    id: str
    kind: Kind
    designations: Mapping[str, tuple[Designation, ...]]
    gender: Literal["m", "f", ""] = ""
    original: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    definition: str = ""
    sources: tuple[str, ...] = ()
    state: State = "decided"
    confidence: float = 0.0
    do_not_translate: bool = False
    examples: Mapping[str, Examples] = field(default_factory=dict)
    path: str = ""
    line: int = 0

    def preferred(
        self, language: str, *, acronym: bool | None = None, when: Validity | None = None
    ) -> Designation | None:
        """The form this house writes in `language`; with `acronym` only of that length, with `when` only if in force
        then."""
        for designation in self.designations.get(language, ()):
            if designation.status is not Status.PREFERRED or not designation.form:
                continue
            if acronym is not None and designation.is_acronym != acronym:
                continue
            if when is None or designation.valid_during(when):
                return designation
        return None

    def wanted(self, language: str) -> tuple[Designation, ...]:
        """The preferred and admitted designations in `language`."""
        return tuple(entry for entry in self.designations.get(language, ()) if entry.status.wanted and entry.form)


@dataclass(frozen=True)
class Glossary:
    """All concepts in force, layers already merged; `name` says which glossary this is, `hash` changes with any
    content.

    What is only proposed or was rejected stands apart in `undecided`: it judges no text. A proposal may have the id of
    a decided concept that it would replace.
    """

    concepts: Mapping[str, Concept]
    name: str = ""
    hash: str = ""
    undecided: Mapping[str, Concept] = field(default_factory=dict)

    @property
    def everything(self) -> Glossary:
        """The same glossary as if all of it were in force, proposals and rejected concepts, too; decisions go first."""
        return Glossary({**self.undecided, **self.concepts}, self.name, self.hash)

    def __len__(self) -> int:
        return len(self.concepts)


@cache
def _is_acronym(form: str) -> bool:
    letters = [character for character in form if character.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > len(letters) / 2 and " " not in form
