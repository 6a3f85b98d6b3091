"""How often words were met, in bounded memory and the same whatever the order in which they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 1_000_000
"""So many distinct words are counted exactly; a word and its number take a hundred bytes."""

_ROWS, _COLUMNS = 4, 1 << 23  # 128 MB


class Counts(Protocol):
    """Says how often words were met."""

    def get(self, word: str, default: int, /) -> int:
        """How often the word was met, `default` if never."""


class Tally:
    """Counts words: exactly as long as they are few, then all of them in a table of fixed size.

    In the table every word adds to one cell of each row, and the lowest of its cells is its number: never too low, and
    rarely too high (count-min sketch, Cormode and Muthukrishnan 2005; of four million words about one in forty). Which
    way is taken, and every number, depends on what was counted alone, not on the order nor on who counted which part.

    >>> tally = Tally()
    >>> tally.update(["Rat", "Staat", "Rat"])
    >>> tally["Rat"], tally["Minsk"]
    (2, 0)
    """

    def __init__(self, limit: int = MANY, columns: int = _COLUMNS) -> None:
        self._limit = limit
        self._columns = columns
        self._exact: Counter[str] = Counter()
        self._table: NDArray[np.uint32] | None = None

    def update(self, words: Iterable[str]) -> None:
        """Count the words."""
        self._exact.update(words)
        if len(self._exact) > self._limit:
            self._pour()

    def merge(self, other: Tally) -> None:
        """Count all that another tally has counted."""
        if other._table is not None:
            self._pour()
            self._cells()[:] += other._table
        self.update(other._exact)

    def _cells(self) -> NDArray[np.uint32]:
        import numpy as np

        if self._table is None:
            self._table = np.zeros((_ROWS, self._columns), dtype=np.uint32)
        return self._table

    def _pour(self) -> None:
        """Put all that was counted exactly into the table."""
        import numpy as np

        table = self._cells()
        counts = np.fromiter(self._exact.values(), dtype=np.uint32, count=len(self._exact))
        for row, places in zip(table, _places(self._exact, self._columns), strict=True):
            np.add.at(row, places, counts)
        self._exact.clear()

    def __getitem__(self, word: str) -> int:
        if self._table is None:
            return self._exact[word]
        if self._exact:
            self._pour()
        return int(min(row[place[0]] for row, place in zip(self._table, _places([word], self._columns), strict=True)))

    def get(self, word: str, default: int = 0, /) -> int:
        """How often the word was met, `default` if never."""
        return self[word] or default

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._limit, self._columns, self._exact, self._table)


def _restored(limit: int, columns: int, exact: Counter[str], table: NDArray[np.uint32] | None) -> Tally:
    tally = Tally(limit, columns)
    tally._exact, tally._table = exact, table
    return tally


def _places(words: Iterable[str], columns: int) -> NDArray[np.uint32]:
    """Where the words stand in each row."""
    import numpy as np

    digests = b"".join(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4 * _ROWS).digest() for word in words)
    return np.frombuffer(digests, dtype="<u4").reshape(-1, _ROWS).T % np.uint32(columns)
