"""The formats a parallel document is written in: one module each, defining `WRITER`; its file name is its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tolmach import plugins
from tolmach.parallel.document import ParallelDocument


@dataclass(frozen=True, slots=True)
class Writer:
    """A way to write a parallel document.

    `write` yields the files it becomes, as (ending, content): `(".html", b"…")`, or one for each target language:
    `(".en.xlf", b"…")`, `(".ru.xlf", b"…")`. The same document always gives the same bytes. `suffix` is how
    the names of these files end.
    """

    write: Callable[[ParallelDocument], Iterator[tuple[str, bytes]]]
    suffix: str


def names() -> tuple[str, ...]:
    """The ids of all writers."""
    return plugins.names(__name__)


def load(name: str) -> Writer:
    """The writer called `name`; raises TolmachError naming those there are."""
    return plugins.load(__name__, name, "WRITER", Writer)


def name_for(path: Path) -> str | None:
    """The id of the writer whose files end as this path does, if there is one."""
    return next((name for name in names() if load(name).suffix == path.suffix.lower()), None)
