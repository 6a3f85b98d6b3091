"""A name or term before it is inflected, and its forms with their grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
Number = Literal["sg", "pl"]
BaseCase = Literal["nom", "gen", "dat", "acc", "adj", "nomn", "gent", "datv", "accs", "ablt", "loct", "poss"]


@dataclass(frozen=True, slots=True)
class Form:
    """A word form: its text, case (OpenCorpora's names: nomn gent datv accs ablt loct) and number.

    German nominative, dative and accusative of a name look alike and are all `nomn`; `ending` is that of the declined
    attributes of a German term («en» in «der Eurasischen Wirtschaftsunion»).
    """

    text: str
    case: Case = "nomn"
    number: Number = "sg"
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What is known of a name or term before it is inflected.

    `text` is its base form (nominative), `kind` a concept kind (`person` with `given`: a given name), `gender` that of
    a person or of the head noun, `number` is `pl` for a plural-only term, `irregular` are forms the rules would not
    find.
    """

    text: str
    kind: str = "term"
    gender: str = ""
    number: str = ""
    given: bool = False
    indeclinable: bool = False
    acronym: bool = False
    irregular: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The right forms by the name of their case, the best first; `plural` is empty where there is none."""

    singular: Mapping[str, tuple[str, ...]]
    plural: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """A base form that a printed form may belong to, with its case and number there.

    `tail` is what the print adds to the name («-Staaten»). Cases are named as in `Table`; `adj` is an adjective made of
    the name, `poss` the English possessive.
    """

    form: str
    case: BaseCase
    tail: str = ""
    number: Number = "sg"
