"""TMX 1.4b: all languages in one unit."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.parallel import exchange
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.writers import Writer


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The file, with an empty text where a translation is missing."""
    yield from exchange.in_all_languages(document, "tmx")


WRITER = Writer(write, ".tmx")
