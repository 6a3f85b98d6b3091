"""The one error type that reaches the user.

Everything a person can mend (a missing file, a malformed entry, an unknown option) is raised as `TolmachError` and
shown as one line *what and where* and one line *hint*. Anything else that escapes is a bug and ends with exit code 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class TolmachError(Exception):
    """A problem that the user can mend.

    `message` says what is wrong, `path` and `line` (from 1) where, `hint` what to do next. A loader that finds several
    problems in its input raises one error for the first and carries the rest in `others`, so that all are shown at
    once.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str | None = None,
        others: Sequence[TolmachError] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.hint = hint
        self.others = tuple(others)

    @property
    def where(self) -> str:
        """`path:line`, `path` or nothing, whatever is known."""
        if self.path is None:
            return ""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def all(self) -> tuple[TolmachError, ...]:
        """This error and the ones it carries, in order."""
        return (self, *(carried for other in self.others for carried in other.all()))


def raise_all(problems: Sequence[TolmachError]) -> None:
    """Raise the problems as one error; does nothing when there are none."""
    if problems:
        first, *others = problems
        first.others = (*first.others, *others)
        raise first
