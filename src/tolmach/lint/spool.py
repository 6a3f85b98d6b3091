"""The findings of a run in order: few are kept in memory, of many all but the last wait in a temporary file."""

from __future__ import annotations

import marshal
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import IO, Any, TypeVar, overload

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

Kept = TypeVar("Kept")
Line = Callable[[Finding], str]
Place = tuple[int, int]
"""Where findings belong: the numbers of the text and of its block."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where in its file a spool has the findings of a place, and their lines."""

    place: Place
    start: int
    size: int
    size_of_lines: int


@dataclass(slots=True)
class Filling:
    """What a spool has written: frames in its file, and how many findings of each `grade`."""

    frames: list[Frame] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Spool:
    """Findings by place, which come in the order of their places, and what `line` makes of each, if it is given.

    With more than `most` of them they are written to the file open as `descriptor`, else to a temporary one. A spool
    that has been filled by a copy of this process is read with the `filling` that it has there.
    """

    def __init__(self, most: int = MOST, descriptor: int | None = None, line: Line | None = None) -> None:
        self._most = most
        self._descriptor = descriptor
        self.line = line
        self._kept: list[tuple[Place, list[Finding], list[str]]] = []
        self._count = 0
        self.filling = Filling()

    def __del__(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def add(self, place: Place, findings: list[Finding]) -> None:
        """Keep some more findings; raises TolmachError when there is no room for them."""
        self._kept.append((place, findings, list(map(self.line, findings)) if self.line else []))
        self.filling.counts.update(map(grade, findings))
        self._count += len(findings)
        if self._count > self._most:
            self.store()

    def store(self) -> None:
        """Write to the file what is still in memory."""
        try:
            self._descriptor = _temporary() if self._descriptor is None else self._descriptor
            with open(self._descriptor, "ab", closefd=False) as file:
                for place, findings, lines in self._kept:
                    start = file.tell()
                    size = file.write(marshal.dumps(list(map(_packed, findings))))
                    self.filling.frames.append(Frame(place, start, size, file.write(marshal.dumps(lines))))
        except OSError as error:
            raise _no_room(error) from None
        self._kept, self._count = [], 0

    def drop(self, text: int) -> None:
        """Forget what was found in a text."""
        dropped = [findings for place, findings in self if place[0] == text]
        self.filling.counts.subtract(map(grade, chain.from_iterable(dropped)))
        self.filling.frames = [frame for frame in self.filling.frames if frame.place[0] != text]
        self._kept = [kept for kept in self._kept if kept[0][0] != text]

    def __iter__(self) -> Iterator[tuple[Place, list[Finding]]]:
        for frame, file in self._stored():
            file.seek(frame.start)
            yield frame.place, list(map(_unpacked, marshal.loads(file.read(frame.size))))
        for place, findings, _lines in self._kept:
            yield place, findings

    def lines(self) -> Iterator[tuple[Place, list[str]]]:
        """The lines of the findings, by their places."""
        for frame, file in self._stored():
            file.seek(frame.start + frame.size)
            yield frame.place, marshal.loads(file.read(frame.size_of_lines))
        for place, _findings, lines in self._kept:
            yield place, lines

    def _stored(self) -> Iterator[tuple[Frame, IO[bytes]]]:
        if self._descriptor is not None:
            with open(self._descriptor, "rb", closefd=False) as file:
                for frame in self.filling.frames:
                    yield frame, file


class Spooled(Sequence[Finding]):
    """The findings of some spools in the order of their places; those in files are read whenever they are asked for."""

    def __init__(self, spools: Sequence[Spool]) -> None:
        self._spools = spools

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each `grade`."""
        return sum((spool.filling.counts for spool in self._spools), Counter())

    def __iter__(self) -> Iterator[Finding]:
        return _merged(self._spools)

    def lines(self, line: Line) -> Iterator[str]:
        """What `line` makes of each finding, which the spools may know already."""
        if any(spool.line is not line for spool in self._spools):
            return map(line, self)
        return _merged([spool.lines() for spool in self._spools])

    def __len__(self) -> int:
        return self.counts.total()

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


def _merged(spools: Sequence[Iterable[tuple[Place, list[Kept]]]]) -> Iterator[Kept]:
    """What the spools have, in the order of the places."""
    found = merge(*spools, key=itemgetter(0)) if len(spools) > 1 else chain.from_iterable(spools)
    for _place, kept in found:
        yield from kept


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


def prepared(count: int, line: Line | None = None) -> list[Spool]:
    """So many spools, for as many copies of this process: each writes all of its findings to a file of its own."""
    try:
        return [Spool(MOST, _temporary(), line) for _number in range(count)]
    except OSError as error:
        raise _no_room(error) from None


def _temporary() -> int:
    import tempfile

    # Closed with the spool, not by a `with`: whoever holds a spool, as the traceback of a user's error does, may go on.
    with tempfile.TemporaryFile(prefix="tolmach-") as file:
        return os.dup(file.fileno())


def _no_room(error: OSError) -> TolmachError:
    import tempfile

    return TolmachError(
        _("cannot keep the findings in a temporary file: {reason}").format(reason=reason(error)),
        path=tempfile.gettempdir(),
        hint=_("make room there, or name another folder in TMPDIR"),
    )


def grade(finding: Finding) -> str:
    """As what a report counts the finding: its severity, or `known` where a baseline knows it."""
    return "known" if finding.baselined else finding.severity


def _packed(finding: Finding) -> tuple[object, ...]:
    entry, hidden = finding.entry, finding.suppressed
    return *_FIELDS(finding), entry and _ENTRY(entry), finding.baselined, hidden and (hidden.by, hidden.reason)


def _unpacked(row: tuple[Any, ...]) -> Finding:
    before, (start, end), behind, (entry, baselined, hidden) = row[:4], row[4:6], row[6:-3], row[-3:]
    values = (*before, Span(start, end), *behind, entry and Entry(*entry), baselined, hidden and Suppressed(*hidden))
    return Finding(*values)
