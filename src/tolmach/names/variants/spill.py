"""Lists of numbers in a temporary file: they grow piece by piece and cost no memory."""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator
from typing import IO

_HEADER = 2  # numbers: where the list's last piece before this one is, and how many numbers this one has
_WIDTH = 8  # bytes of a number


class Spill:
    """Keeps lists; a list is known by the number that `append` returned last, an empty one by 0.

    The file has no name where the system allows that, so it is gone when the program ends, however it ends.

    >>> spill = Spill()
    >>> known = spill.append(0, array("Q", [1, 2]))
    >>> known = spill.append(known, array("Q", [3]))
    >>> [list(piece) for piece in spill.read(known)]
    [[3], [1, 2]]
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._end = 0  # of the file

    def append(self, known: int, numbers: array[int]) -> int:
        """Add the numbers to a list; what it is known by from now on."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="tolmach-")  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        begin = self._end
        self._file.seek(begin)
        self._end += self._file.write(array("Q", (known, len(numbers))).tobytes() + numbers.tobytes())
        return begin + 1

    def read(self, known: int) -> Iterator[array[int]]:
        """The pieces of a list, the last one first."""
        while known and self._file is not None:
            self._file.seek(known - 1)
            known, length = array("Q", self._file.read(_HEADER * _WIDTH))
            yield array("Q", self._file.read(length * _WIDTH))

    def close(self) -> None:
        """Give up the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
