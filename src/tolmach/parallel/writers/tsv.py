"""A table for spreadsheets, its cells divided by tabs."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.parallel import exchange
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.writers import Writer


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The table, with ids and states; none of its cells is a formula."""
    yield from exchange.in_all_languages(document, "tsv")


WRITER = Writer(write, ".tsv")
