"""What a report shows, ready to be drawn: names, their forms, the sources, places in context, findings, coverage.

Paths never appear here, only names of sources below the folder that all of them share, so that a report is the same
wherever it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tolmach.config import Severity

Decision = Literal["decided", "proposed", "ambiguous", "open"]
DECISIONS: tuple[Decision, ...] = ("decided", "proposed", "ambiguous", "open")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a page shows at most; what is left out is counted and said.

    `matrix` are the names in the table, `names` those in the list; `contexts` are the places of one cell,
    `all_contexts` those of the page; `findings` are those of one rule in one source, `all_findings` those of the page.
    """

    names: int = 2_000
    matrix: int = 1_000
    sources: int = 300
    contexts: int = 5
    all_contexts: int = 6_000
    consistent: int = 300
    findings: int = 10
    all_findings: int = 2_000


@dataclass(frozen=True, slots=True)
class Source:
    """A column: its number from 1, the file's name below the common folder, a short one, mentions of names, findings.

    The last column may stand for many sources; its `others` says for how many.
    """

    number: int
    name: str
    short: str
    language: str = ""
    mentions: int = 0
    findings: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """A name as printed, with the words of its sentence before and after it; `language` is that of the text."""

    before: str
    text: str
    after: str
    language: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a form stands in the source of that number, and the first of these places."""

    source: int
    count: int
    contexts: tuple[Context, ...] = ()

    @property
    def left_out(self) -> int:
        """How many places are not shown."""
        return self.count - len(self.contexts)


@dataclass(frozen=True, slots=True)
class Row:
    """A form of a name: what it is beside the main form, why, and where it stands, by source."""

    number: int
    form: str
    language: str
    count: int
    classification: str
    reason: str
    systems: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def unseen(self) -> tuple[Cell, ...]:
        """The cells of which no place is shown."""
        return tuple(cell for cell in self.cells if not cell.contexts)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a glossary says of a name: the concept and the forms it prefers, by language."""

    decision: Decision = "open"
    concept: str = ""
    preferred: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that is written in several ways; `ruling` is None in a report without glossary."""

    id: str
    kind: str
    confidence: float
    original: tuple[tuple[str, str], ...]
    proposal: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]
    ruling: Ruling | None = None

    @property
    def count(self) -> int:
        """How often the name stands in the texts."""
        return sum(row.count for row in self.rows)

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the columns in which it stands, ascending."""
        return tuple(sorted({cell.source for row in self.rows for cell in row.cells}))

    @property
    def classifications(self) -> tuple[str, ...]:
        """What its forms are, each once."""
        return tuple(dict.fromkeys(row.classification for row in self.rows))

    @property
    def has_contexts(self) -> bool:
        """Is any of its places shown?"""
        return any(cell.contexts for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Plain:
    """A name with one spelling only."""

    form: str
    language: str
    kind: str
    count: int
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding of the check as a line of a list."""

    line: int
    column: int
    text: str
    message: str
    language: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings of a rule of one severity in the source of that number; `listed` are the first of them."""

    rule: str
    severity: Severity
    source: int
    count: int
    listed: tuple[Listed, ...]

    @property
    def left_out(self) -> int:
        """How many of them are not listed."""
        return self.count - len(self.listed)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many names a glossary decides: pairs of a decision and a number, in the order of `DECISIONS`."""

    glossary: str
    hash: str
    numbers: tuple[tuple[Decision, int], ...]

    @property
    def total(self) -> int:
        """How many names there are."""
        return sum(number for _decision, number in self.numbers)

    @property
    def decided(self) -> int:
        """How many of them are decided."""
        return dict(self.numbers).get("decided", 0)


@dataclass(frozen=True)
class Corpus:
    """All that a report shows; `found` and `plain_names` count names that `entries` and `plain` may leave out.

    `findings` and `coverage` are None in a report without check and glossary; `texts` counts the texts, also those
    without any name; `matrix` is the number of entries that have room in the table.
    """

    title: str
    texts: int
    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    found: int
    errors: int
    plain: tuple[Plain, ...]
    plain_names: int
    findings: tuple[Tally, ...] | None = None
    coverage: Coverage | None = None
    matrix: int = 0

    def rows(self) -> Iterator[tuple[Entry, Row]]:
        """All forms in order, each with its name."""
        return ((entry, row) for entry in self.entries for row in entry.rows)
