"""The bilingual files named with `--memory`: small ones are read, large ones looked up by an index in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.cli.options import cache_folder
from tolmach.cli.show import note
from tolmach.memory.files import entries_of
from tolmach.memory.store import LARGE, Store

if TYPE_CHECKING:
    from tolmach.memory.model import Entry


def small(paths: Iterable[Path], source: str, target: str) -> Iterator[Entry]:
    """The entries of those files that fit into memory."""
    return chain.from_iterable(entries_of(path, source, target) for path in paths if not _is_large(path))


def stores(paths: Iterable[Path], source: str, target: str) -> tuple[Store, ...]:
    """The indexes of the others; one that does not exist yet is made."""
    return tuple(Store(path, source, target, cache_folder(), note) for path in paths if _is_large(path))


def _is_large(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > LARGE
