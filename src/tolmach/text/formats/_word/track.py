"""Edits of a Word document as tracked changes (ECMA-376 part 1, clause 17.13.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from tolmach.text.formats import Edit, Source, _zip
from tolmach.text.formats._expat import Part, Splice, escaped
from tolmach.text.formats._office.read import Change, Piece, Planned, Run, plan
from tolmach.text.formats._word import package as word_package
from tolmach.text.formats._word.cuts import after, before, beginning, prefix
from tolmach.text.formats._word.edits import PRESERVE

_NUMBER = re.compile(rb":id=[\"'](\d{1,9})[\"']")
_AUTHOR = b"tolmach"
_DATE = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(slots=True)
class _Stamps:
    """Numbers the changes, and says who made them and when."""

    number: int
    date: datetime | None

    def next(self, first: bytes) -> bytes:
        """The attributes of the next change; `first` is the prefix of their names."""
        self.number += 1
        return b' %bid="%d"%b' % (first, self.number, signature(first, self.date))

    def renewed(self, tag: bytes) -> bytes:
        """A start tag that is written a second time, with a number of its own."""
        self.number += 1
        return _NUMBER.sub(b':id="%d"' % self.number, tag, count=1)


def signature(first: bytes, date: datetime | None) -> bytes:
    """The attributes that say who has made a change or comment, and when."""
    when = b' %bdate="%b"' % (first, date.strftime(_DATE).encode()) if date else b""
    return b' %bauthor="%b"%b' % (first, _AUTHOR, when)


def track(source: Source, edits: Sequence[Edit], date: datetime | None = None) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits as suggestions of «tolmach», and the edits that could not be made.

    `date` is written with them; without one they carry none.
    """
    package = word_package.load(source)
    planned, refused = plan(package.stories, edits)
    unfit = [one.edit for one in planned if not one.copy and not _is_trackable(one)]
    parts = {story.part.name: story.part for story in package.stories}
    stamps = _Stamps(max((highest(part) for part in parts.values()), default=0), date)
    splices: dict[str, list[Splice]] = {}
    for one in planned:
        if _is_trackable(one) and one.edit not in unfit:
            known = splices.setdefault(one.story.part.name, [])
            known.extend(splice for change in one.changes for splice in _splices(one.story.part, change, stamps))
    if not splices:
        return source.content, (*refused, *unfit)
    written = {name: parts[name].spliced(_apart(stretches)) for name, stretches in splices.items()}
    return _zip.replaced(package.archive, written), (*refused, *unfit)


def _apart(splices: Iterable[Splice]) -> Iterator[Splice]:
    """The splices without those that repeat one, or that change a tag which another one replaces."""
    end = -1
    for splice in sorted(set(splices), key=lambda splice: (splice[0], -splice[1])):
        if splice[0] >= end:
            yield splice
            end = splice[1]


def highest(part: Part) -> int:
    """The highest number that an annotation in this part has."""
    return max((int(found[1]) for found in _NUMBER.finditer(part.content)), default=0)


def _is_trackable(planned: Planned) -> bool:
    """Stands between the pieces of each run nothing but their own tags, and do the names have a prefix?

    What stands in a control of plain text could be tracked, but not every program shows it as a change there.
    """
    part = planned.story.part
    return all(
        run is not None and not _is_plain(run) and prefix(part, run) and _is_close(part, pieces)
        for change in planned.changes
        for run, pieces in _by_run(change)
    )


def _is_plain(run: Run) -> bool:
    return any(control.is_plain for control in run.controls)


def _by_run(change: Change) -> Iterator[tuple[Run | None, list[Piece]]]:
    for _identity, group in groupby(change.pieces, key=lambda piece: id(piece.run)):
        pieces = list(group)
        yield pieces[0].run, pieces


def _is_close(part: Part, pieces: list[Piece]) -> bool:
    for left, right in pairwise(pieces):
        between = part.content[left.end : right.start]
        rest = re.sub(rb"</?[\w.-]+:t(?:\s[^<>]*)?>|<[\w.-]+:lastRenderedPageBreak\s*/>", b"", between)
        if rest.strip():
            return False
    return True


def _splices(part: Part, change: Change, stamps: _Stamps) -> Iterator[Splice]:
    place = change.pieces[change.place]
    for run, pieces in _by_run(change):
        if run is None:
            continue
        start, end = before(part, pieces[0]), after(part, pieces[-1])
        yield from (*start.blanks, *end.blanks)
        written = _deletion(part, run, pieces, stamps)
        if change.text and any(piece is place for piece in pieces):
            written += _insertion(part, run, change.text, stamps)
        if pieces[0].start == pieces[-1].end:  # nothing is deleted: one cut, in front
            yield start.place, start.place, start.closing + written + start.opening
        else:
            yield start.place, end.place, start.closing + written + end.opening


def _deletion(part: Part, run: Run, pieces: list[Piece], stamps: _Stamps) -> bytes:
    first = prefix(part, run)
    content = b"".join(_deleted(part, first, piece) for piece in pieces if piece.text)
    if not content:
        return b""
    whole = beginning(part, run) + content + b"</%br>" % first
    return b"<%bdel%b>%b</%bdel>" % (first, stamps.next(first), whole, first)


def _deleted(part: Part, first: bytes, piece: Piece) -> bytes:
    written = part.content[piece.start : piece.end]
    if piece.tag is None:
        return written
    return b"<%bdelText%b>%b</%bdelText>" % (first, PRESERVE, written, first)


def _insertion(part: Part, run: Run, text: str, stamps: _Stamps) -> bytes:
    first = prefix(part, run)
    letters = b"<%bt%b>%b</%bt>" % (first, PRESERVE, escaped(text), first)
    whole = beginning(part, run) + letters + b"</%br>" % first
    written = b"<%bins%b>%b</%bins>" % (first, stamps.next(first), whole, first)
    if run.inserted is None:
        return written
    # Within somebody else's insertion: theirs ends before and begins again behind.
    theirs = part.content[slice(*run.inserted)]
    name = theirs[1:].split()[0].rstrip(b"/>")
    return b"</%b>%b%b" % (name, written, stamps.renewed(theirs))
