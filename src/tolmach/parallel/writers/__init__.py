"""The formats a parallel document is written in: one module each, defining `WRITER`; its file name is its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tolmach import plugins
from tolmach.parallel.document import ParallelDocument


@dataclass(frozen=True, slots=True)
class Writer:
    """A way to write a parallel document.

    `write` yields the files it becomes, as (ending, content): `(".html", b"…")`, or one for each target language:
    `(".en.xlf", b"…")`, `(".ru.xlf", b"…")`. The same document always gives the same bytes.
    """

    write: Callable[[ParallelDocument], Iterator[tuple[str, bytes]]]


def names() -> tuple[str, ...]:
    """The ids of all writers."""
    return plugins.names(__name__)


def load(name: str) -> Writer:
    """The writer called `name`; raises TolmachError naming those there are."""
    return plugins.load(__name__, name, "WRITER", Writer)
