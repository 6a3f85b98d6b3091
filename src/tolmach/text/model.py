"""What a text is: spans, passages, segments, units, documents.

All offsets count Unicode code points; `end` is exclusive. A `Document` is one file or one block of a large file. Its
`passages` are what a reader sees (markup removed, entities decoded) and know where each of their code points stands
in the decoded file, so that a finding can always be quoted exactly as it is written there.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

REPLACED = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands in what is read for what is no text (code, an address, a picture)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points.

    >>> Span(0, 7).overlaps(Span(6, 9)), Span(0, 7).overlaps(Span(7, 9))
    (True, False)
    """

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Do the two stretches share a code point?"""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Does `other` lie within this stretch?"""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same stretch, `by` code points later."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: its place, its text and what it is."""

    span: Span
    text: str
    kind: Literal["word", "number", "sign"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text in one language.

    `text` is what is read. `start` is where it begins in `Document.text`. Where markup stands between (Markdown, HTML),
    `starts` and `ends` give for each code point of `text` where its writing begins and ends in `Document.text`
    (`&szlig;` is seven code points there). Code spans and the like are one U+FFFC (OBJECT REPLACEMENT CHARACTER) each,
    so that their neighbours do not grow together.
    """

    text: str
    language: str
    start: int = 0
    starts: array[int] | None = field(default=None, compare=False)
    ends: array[int] | None = field(default=None, compare=False)

    def locate(self, span: Span) -> Span:
        """The stretch of `Document.text` in which `span` of this passage is written."""
        if self.starts is None or self.ends is None:
            return span.shifted(self.start)
        if span.start == span.end:
            place = self.starts[span.start] if span.start < len(self.starts) else self.ends[-1]
            return Span(place, place)
        return Span(self.starts[span.start], self.ends[span.end - 1])


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence (or heading) of a document, the unit of translation.

    `id` is the document id, `#`, eight hex digits of the sentence and, for repeats, `-2`, `-3` …; `text` has its
    blanks and line breaks folded to single blanks; `span` is where it stands in `Document.text`, `line` (from 1)
    where in the file.
    """

    id: str
    text: str
    span: Span
    line: int
    paragraph: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A source text and its translation in a bilingual file.

    `index` counts the units of the file from 0; `line` (from 1) is where the target stands; `state` is what the
    format says of the target.
    """

    index: int
    id: str
    source: Passage
    target: Passage
    line: int
    state: Literal["untranslated", "draft", "reviewed", "obsolete"] = "reviewed"


@dataclass(frozen=True, slots=True)
class Document:
    """A text file, or one block of a large one.

    `path` is the file as the user named it, `id` its path below the source folder without the last ending, `format`
    the id of its format, `text` its decoded content (or this block of it). The block begins `offset` code points into
    the file, on `line`. A monolingual document has `passages`, a bilingual one `units`.
    """

    path: str
    id: str
    format: str
    text: str
    passages: Sequence[Passage] = ()
    units: tuple[Unit, ...] = ()
    offset: int = 0
    line: int = 1
