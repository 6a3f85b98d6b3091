"""What a memory holds: entries, the matches found among them, and the rows that are merged into a file."""

from __future__ import annotations

from dataclasses import dataclass

from tolmach.text.model import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence and its translation as they stand in a file.

    `id` is the sentence id (or nothing, in files from elsewhere), `reviewed` whether a person stands for the
    translation, `obsolete` whether the document has lost the sentence. A draft by machine that nobody has touched
    carries the `signature` it was made with. `line` (from 1) is where the entry begins.
    """

    id: str
    source: str
    target: str
    reviewed: bool
    path: str
    line: int = 0
    obsolete: bool = False
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the text asked for and what stands in its place in the remembered source; one may be empty."""

    asked: Span
    found: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A remembered sentence that answers a question; `score` is 1.0 for the same text.

    `id` and `path` say which entry it is, `differences` where the two sources differ.
    """

    source: str
    target: str
    score: float
    reviewed: bool
    path: str
    id: str
    signature: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of a document on its way into a file.

    `target` is a new draft made with `signature`; without one, what the file has stays. `note` says what became of the
    terms of the draft.
    """

    id: str
    source: str
    line: int
    target: str = ""
    signature: str = ""
    note: str = ""
