"""XLIFF 1.2 for translation programs that know no XLIFF 2, one file for each target language."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.parallel import exchange
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.writers import Writer


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The files, the original being the source of each; their ending keeps them apart from XLIFF 2."""
    yield from exchange.by_target(document, "xliff12", ".xliff")


WRITER = Writer(write, ".xliff")
