"""A parallel document with a paragraph in each row instead of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tolmach.parallel.document import Cell, Mark, ParallelDocument, Row
from tolmach.text.exchange import State

GAP = "[\u2026]"
"""What stands for a sentence that has no translation within a paragraph that has one."""


def in_paragraphs(document: ParallelDocument) -> ParallelDocument:
    """The same document by paragraphs.

    A paragraph of several sentences has the id of the first one, `+` and the number of the others. Its translation is
    reviewed when all of its sentences are; where only some are translated it is a draft with gaps.
    """
    grouped = groupby(document.rows, key=lambda row: row.paragraph)
    return replace(document, rows=tuple(_joined(tuple(rows)) for _paragraph, rows in grouped), paragraphs=True)


def _joined(rows: Sequence[Row]) -> Row:
    first, *others = rows
    if not others:
        return first
    cells = {code: _cell([row.cells[code] for row in rows]) for code in first.cells}
    return Row(f"{first.id}+{len(others)}", first.paragraph, False, cells)


def _cell(cells: Sequence[Cell]) -> Cell:
    states = {cell.state for cell in cells}
    if states == {"missing"}:
        return Cell()
    state: State = "reviewed" if states == {"reviewed"} else "draft"
    return Cell(" ".join(cell.text or GAP for cell in cells), state, tuple(_marks(cells)))


def _marks(cells: Sequence[Cell]) -> Iterator[Mark]:
    start = 0
    for cell in cells:
        yield from (Mark(span.shifted(start), concept) for span, concept in cell.marks)
        start += len(cell.text or GAP) + 1
