"""A parallel document from its parts: a source's sentences, the memory of their translations, the glossary's terms.

Sentences meet by their id, never by their place. A term is looked for in the source; in a translation only the terms of
its source sentence are.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tolmach.glossary.card import Card, card
from tolmach.glossary.model import Glossary
from tolmach.memory.model import Entry
from tolmach.parallel.document import Cell, Mark, ParallelDocument, Row, Signature
from tolmach.text.identity import fold
from tolmach.text.model import Segment
from tolmach.text.sources import Text

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.memory.lookup import Memory

_CHECKSUM = re.compile(r"(?<= via \w\w) [0-9a-f]{8}(?=;|$)")


@dataclass(frozen=True)
class House:
    """What a house knows: its memory of each target language and the finder of its glossary's terms, if it has one."""

    memories: Mapping[str, Memory] = field(default_factory=dict)
    finder: Finder | None = None

    def entry(self, segment: Segment, language: str) -> Entry | None:
        """What the memory has of this sentence in a language; None where it has another text under its id."""
        memory = self.memories.get(language)
        return memory.translation(segment.id, segment.text) if memory is not None else None


def build(
    text: Text, house: House, targets: Sequence[str], version: str, columns: Sequence[str] = ()
) -> ParallelDocument:
    """The text beside its translations into `targets`, terms marked and explained.

    The `columns` are all of these languages or some, in any order (default: the text, then the targets).

    A sentence that the memory does not have under its id, or has with another source text, is a missing cell.
    """
    found = [{code: house.entry(segment, code) for code in targets} for segment in text.segments]
    rows = tuple(
        _row(segment, text.language, entries, house.finder)
        for segment, entries in zip(text.segments, found, strict=True)
    )
    drafts = (entry for entries in found for entry in entries.values() if entry and not entry.reviewed)
    languages = (text.language, *targets)
    glossary = house.finder.glossary if house.finder else None
    return ParallelDocument(
        title=_title(text),
        id=text.id,
        languages=tuple(columns) or languages,
        rows=rows,
        terms=tuple(_cards(rows, glossary, languages)) if glossary else (),
        signature=Signature(
            version=version,
            glossary=glossary.name if glossary else "",
            glossary_hash=glossary.hash if glossary else "",
            engines=tuple(sorted({_engine(draft.signature) for draft in drafts if draft.signature})),
        ),
        source=text.language,
    )


def _engine(signature: str) -> str:
    """What made a draft, without what is true of this one sentence only, and without the glossary.

    >>> _engine("argos de_en 1.3 + en_ru 1.9 via en 0a1b2c3d; terms 5e6f7a8b")
    'argos de_en 1.3 + en_ru 1.9 via en'
    >>> _engine("ct2 opus via en 0a1b2c3d; no conventions")
    'ct2 opus via en; no conventions'
    """
    engine = signature.partition("; terms ")[0].partition("; glossary ")[0]
    return "memory" if engine.startswith("memory ") else _CHECKSUM.sub("", engine)


def _title(text: Text) -> str:
    headings = (segment.text for segment in text.segments if segment.heading)
    sentences = (segment.text for segment in text.segments)
    return next(headings, "") or next(sentences, "") or text.id


def _row(segment: Segment, source: str, entries: Mapping[str, Entry | None], finder: Finder | None) -> Row:
    found = tuple(marks(segment.text, source, finder))
    concepts = {mark.concept for mark in found}
    cells = {source: Cell(segment.text, "reviewed", found)}
    for language, entry in entries.items():
        cell = Cell(fold(entry.target), "reviewed" if entry.reviewed else "draft") if entry else Cell()
        cells[language] = replace(cell, marks=tuple(marks(cell.text, language, finder, concepts)))
    return Row(segment.id, segment.paragraph, segment.heading, cells)


def marks(text: str, language: str, finder: Finder | None, among: Container[str] | None = None) -> Iterator[Mark]:
    """The certain terms of a sentence (`among` these concepts) in order, none within another."""
    for hit in finder.find(text, language) if finder and text else ():
        if hit.certain and (among is None or hit.concept.id in among):
            yield Mark(hit.span, hit.concept.id)


def _cards(rows: Iterable[Row], glossary: Glossary, languages: Sequence[str]) -> list[Card]:
    marked = {mark.concept for row in rows for cell in row.cells.values() for mark in cell.marks}
    cards = [card(glossary.concepts[concept], languages, cases=False) for concept in marked]
    return sorted(cards, key=lambda one: (one.heading[1].casefold(), one.id))
