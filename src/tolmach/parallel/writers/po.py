"""Bilingual PO for translation programs, one file for each target language."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.parallel import exchange
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.writers import Writer


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The files, the original being the source of each."""
    yield from exchange.by_target(document, "po", ".po")


WRITER = Writer(write, ".po")
