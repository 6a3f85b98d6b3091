"""The findings of a run in order: few are kept in memory, of many all but the last wait in a temporary file."""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any, overload

from tolmach.errors import TolmachError
from tolmach.files import reason
from tolmach.lint.runner import Entry, Finding, Suppressed
from tolmach.messages import _
from tolmach.text.model import Span

MOST = 50_000
"""So many findings are kept in memory, some 40 MB of them."""

_AT_ONCE = 1000
_FIELDS = attrgetter(
    "rule",
    "severity",
    "path",
    "language",
    "span.start",
    "span.end",
    "line",
    "column",
    "text",
    "message",
    "concept",
    "replacements",
    "fix",
    "fingerprint",
)
_ENTRY = attrgetter("index", "id", "side", "source", "target")

Place = tuple[int, int]
"""Where findings belong: the numbers of the text and of its block."""


class Spool:
    """Findings by place, which come in the order of their places.

    With more than `most` of them they are written to the file open as `descriptor`, else to a temporary one. A spool
    that has been filled by a copy of this process is read with the `frames` that it has written.
    """

    def __init__(self, most: int = MOST, descriptor: int | None = None) -> None:
        self._most = most
        self._descriptor = descriptor
        self._kept: list[tuple[Place, list[Finding]]] = []
        self._count = 0
        self.frames: list[tuple[Place, int, int]] = []

    def __del__(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def add(self, place: Place, findings: list[Finding]) -> None:
        """Keep some more findings; raises TolmachError when there is no room for them."""
        self._kept.append((place, findings))
        self._count += len(findings)
        if self._count > self._most:
            self.store()

    def store(self) -> None:
        """Write to the file what is still in memory."""
        try:
            self._descriptor = _temporary() if self._descriptor is None else self._descriptor
            with open(self._descriptor, "ab", closefd=False) as file:
                for place, findings in self._kept:
                    start = file.tell()
                    size = file.write(marshal.dumps(list(map(_packed, findings))))
                    self.frames.append((place, start, size))
        except OSError as error:
            raise _no_room(error) from None
        self._kept, self._count = [], 0

    def drop(self, text: int) -> None:
        """Forget what was found in a text."""
        self.frames = [frame for frame in self.frames if frame[0][0] != text]
        self._kept = [(place, findings) for place, findings in self._kept if place[0] != text]

    def __iter__(self) -> Iterator[tuple[Place, list[Finding]]]:
        if self._descriptor is not None:
            with open(self._descriptor, "rb", closefd=False) as file:
                for place, start, size in self.frames:
                    file.seek(start)
                    yield place, list(map(_unpacked, marshal.loads(file.read(size))))
        yield from self._kept


class Spooled(Sequence[Finding]):
    """The findings of some spools in the order of their places; whenever they are asked for, they are read anew."""

    def __init__(self, spools: Iterable[Spool]) -> None:
        self._spools = tuple(spools)
        self._length: int | None = None

    def __iter__(self) -> Iterator[Finding]:
        found = merge(*self._spools, key=itemgetter(0)) if len(self._spools) > 1 else chain(*self._spools)
        for _place, findings in found:
            yield from findings

    def __len__(self) -> int:
        if self._length is None:
            self._length = sum(len(findings) for spool in self._spools for _place, findings in spool)
        return self._length

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...

    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        for finding in islice(self, max(number, 0), None):
            if number >= 0:
                return finding
        raise IndexError(index)


def gathered(findings: Iterable[Finding], most: int = MOST) -> Sequence[Finding]:
    """All the findings: a list of them, unless they are many."""
    coming = iter(findings)
    first = list(islice(coming, most))
    if len(first) < most:
        return first
    spool = Spool(most)
    spool.add((0, 0), first)
    while more := list(islice(coming, _AT_ONCE)):
        spool.add((0, 0), more)
    return Spooled([spool])


def divided(findings: Sequence[Finding]) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """The findings that count, and those that are to be left alone."""
    kept, hidden = (gathered(one for one in findings if bool(one.suppressed) is wanted) for wanted in (False, True))
    return kept, hidden


def prepared(count: int) -> list[Spool]:
    """So many spools, for as many copies of this process: each writes all of its findings to a file of its own."""
    try:
        return [Spool(0, _temporary()) for _number in range(count)]
    except OSError as error:
        raise _no_room(error) from None


def _temporary() -> int:
    # Closed with the spool, not by a `with`: whoever holds a spool, as the traceback of a user's error does, may go on.
    with tempfile.TemporaryFile(prefix="tolmach-") as file:
        return os.dup(file.fileno())


def _no_room(error: OSError) -> TolmachError:
    return TolmachError(
        _("cannot keep the findings in a temporary file: {reason}").format(reason=reason(error)),
        path=tempfile.gettempdir(),
        hint=_("make room there, or name another folder in TMPDIR"),
    )


def _packed(finding: Finding) -> tuple[object, ...]:
    entry, hidden = finding.entry, finding.suppressed
    return *_FIELDS(finding), entry and _ENTRY(entry), finding.baselined, hidden and (hidden.by, hidden.reason)


def _unpacked(row: tuple[Any, ...]) -> Finding:
    before, (start, end), behind, (entry, baselined, hidden) = row[:4], row[4:6], row[6:-3], row[-3:]
    values = (*before, Span(start, end), *behind, entry and Entry(*entry), baselined, hidden and Suppressed(*hidden))
    return Finding(*values)
