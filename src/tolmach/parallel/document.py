"""A parallel document: what every writer (html and those to come) is given.

The rows are the sentences of the source in order; each has one cell per language, never none. All offsets count code
points in the text of the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tolmach.glossary.card import Card
from tolmach.text.exchange import State
from tolmach.text.model import Span


class Mark(NamedTuple):
    """A term in the text of a cell: where it stands and which concept it names."""

    span: Span
    concept: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A sentence in one language. `marks` are in order and do not overlap; a missing cell has no text."""

    text: str = ""
    state: State = "missing"
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text in stretches, each with the concept it names or nothing; joined they give the text.

        >>> list(Cell("Auch Tokajew.", "reviewed", (Mark(Span(5, 12), "tokayev"),)).pieces())
        [('Auch ', ''), ('Tokajew', 'tokayev'), ('.', '')]
        """
        done = 0
        for span, concept in self.marks:
            if span.start > done:
                yield self.text[done : span.start], ""
            yield self.text[span.start : span.end], concept
            done = span.end
        if done < len(self.text):
            yield self.text[done:], ""


@dataclass(frozen=True)
class Row:
    """A sentence (or headline) in all languages; `id` is the sentence id, `paragraph` counts those of the source."""

    id: str
    paragraph: int
    heading: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Signature:
    """What made the document, so that it can be made again; without date and path, so that it comes out the same."""

    version: str
    glossary: str = ""
    glossary_hash: str = ""
    engines: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParallelDocument:
    """A text and its translations.

    `languages` are those of the columns, in their order. `source` is that of the original (nothing: the first of
    them); the rows have its cells also where it is no column. `paragraphs`: the rows are those, not sentences.
    """

    title: str
    id: str
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    terms: tuple[Card, ...]
    signature: Signature
    source: str = ""
    paragraphs: bool = False

    @property
    def original(self) -> str:
        """The language of the original."""
        return self.source or self.languages[0]

    @property
    def targets(self) -> tuple[str, ...]:
        """The languages of the columns that are translations."""
        return tuple(code for code in self.languages if code != self.original)

    def count(self, language: str, state: State) -> int:
        """How many cells of `language` are in `state`."""
        return sum(row.cells[language].state == state for row in self.rows)
