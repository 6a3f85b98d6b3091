"""Changing the text of a file where it is written, by its code points; every byte around stays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from tolmach.text.decode import Decoded
from tolmach.text.formats import Edit
from tolmach.text.model import REPLACED, Passage, Span

# Writes the text as the file must hold it at this place; None: that cannot be written there.
Escape = Callable[[str, int], str | None]

# A bare sign after which another word could be a tag, a reference or an escape.
_OPENING = re.compile(r"(?:[<{][^\s<>}]{0,32}|&#?\w{0,32}|\\)\Z")
_TOKEN = re.compile(r"\s+|\S+")


class Splice(NamedTuple):
    """What is to stand in the decoded file from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit does to the file: the stretch it was asked for, and what is written within."""

    span: Span
    splices: tuple[Splice, ...]

    def takes(self, sign: str, text: str) -> bool:
        """Would a `sign` of the file's `text` be gone?"""
        return any(sign in text[splice.start : splice.end] for splice in self.splices)


class Place(NamedTuple):
    """Where an edit applies: a stretch of a passage."""

    passage: Passage
    span: Span


def write(
    content: bytes, decoded: Decoded, edits: Sequence[Edit], changes: Sequence[Change | None]
) -> tuple[bytes, tuple[Edit, ...]]:
    """The bytes with the changes made, and the edits that were not: no change, overlapping, or not in the encoding."""
    splices: list[Splice] = []
    made: set[int] = set()
    end, last = 0, None
    possible = ((change.span, number, change) for number, change in enumerate(changes) if change is not None)
    for _span, number, change in sorted(possible):
        if not _fits(change, decoded):
            continue
        if change != last:  # one that two units share is made once
            if change.span.start < end or (last and change.span.start == last.span.start):
                continue
            splices.extend(change.splices)
            end, last = change.span.end, change
        made.add(number)
    written = _spliced(content, decoded, splices)
    if written is None:
        return content, tuple(edits)
    return written, tuple(edit for number, edit in enumerate(edits) if number not in made)


def _fits(change: Change, decoded: Decoded) -> bool:
    try:
        for splice in change.splices:
            splice.text.encode(decoded.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _spliced(content: bytes, decoded: Decoded, splices: Sequence[Splice]) -> bytes | None:
    """The changed bytes; None where the encoding has two ways to write a text, so that the old ones could be lost."""
    text, encoding = decoded.text, decoded.encoding
    body = memoryview(content)[len(decoded.mark) :]
    parts: list[bytes | memoryview] = [decoded.mark]
    place = offset = 0
    for splice in sorted(splices):
        until = offset + len(text[place : splice.start].encode(encoding))
        parts += (body[offset:until], splice.text.encode(encoding))
        offset = until + len(text[splice.start : splice.end].encode(encoding))
        place = splice.end
    if offset + len(text[place:].encode(encoding)) != len(body):
        return None
    parts.append(body[offset:])
    return b"".join(parts)


def change(place: Place, new: str, escape: Escape, *, across: bool) -> Change | None:
    """What must be written so that `new` is read at this place; None where that is not possible.

    Words that stay, line breaks and marks between them are left alone. `across`: where markup or a break of the
    writing stands within what is replaced, the new text takes its place before it; else that is not possible.
    """
    passage, span = place
    splices: list[Splice] = []
    for step, text in _steps(passage.text, span, new):
        first = step.start == span.start < span.end
        written = _step(passage, step, text, escape, first=first, across=across)
        if written is None:
            return None
        splices += written
    return Change(_written(passage, span), tuple(splices))


def change_side(passage: Passage, edit: Edit, escape: Escape, *, across: bool) -> Change | None:
    """What must be written for an edit of one side of a unit; see `change`."""
    if not 0 <= edit.span.start <= edit.span.end <= len(passage.text):
        return None
    return change(Place(passage, edit.span), edit.text, escape, across=across)


def _written(passage: Passage, span: Span) -> Span:
    return passage.locate(span) if passage.text else Span(passage.start, passage.start)


def _steps(text: str, span: Span, new: str) -> Iterator[tuple[Span, str]]:
    """The stretches of the text that must be replaced, and by what: word by word where the words correspond."""
    old = text[span.start : span.end]
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if [word.isspace() for word in before] != [word.isspace() for word in after]:
        before, after = [old], [new]
    start = span.start
    for word, replacement in zip(before, after, strict=True):
        kept_break = "\n" in word and replacement == " "
        if word != replacement and not kept_break:
            yield narrowed(word, start, replacement)
        start += len(word)


def narrowed(old: str, start: int, new: str) -> tuple[Span, str]:
    """Without what both have in common at their ends, so that markup between the letters keeps its place."""
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    most = shorter - head
    tail = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return Span(start + head, start + len(old) - tail), new[head : len(new) - tail]


def _step(passage: Passage, span: Span, new: str, escape: Escape, *, first: bool, across: bool) -> list[Splice] | None:
    if REPLACED in passage.text[span.start : span.end]:
        return None
    if span.start == span.end:
        place = _between(passage, span.start, first=first)
        text = escape(new, place)
        return None if text is None else [Splice(place, place, text)]
    runs = _runs(passage, span)
    text = escape(new, runs[0].start)
    # Without markup between, nothing else can stand there; an empty stretch is a break between paragraphs.
    if text is None or (len(runs) > 1 and not across) or any(run.start == run.end for run in runs):
        return None
    return [Splice(run.start, run.end, "" if number else text) for number, run in enumerate(runs)]


def _between(passage: Passage, place: int, *, first: bool) -> int:
    """Where an insertion before the code point `place` is written: after its neighbour, unless it is the `first`."""
    if passage.starts is None or passage.ends is None:
        return passage.start + place
    if not passage.text:
        return passage.start
    if place == len(passage.text) or (place and not first):
        return passage.ends[place - 1]
    return passage.starts[place]


def _runs(passage: Passage, span: Span) -> list[Span]:
    """The stretches of the file in which a stretch of the passage is written without anything between."""
    starts, ends = passage.starts, passage.ends
    if starts is None or ends is None:
        return [passage.locate(span)]
    runs: list[Span] = []
    first = span.start
    for place in range(span.start, span.end):
        follows = place + 1 < span.end and starts[place + 1] in (starts[place], ends[place])
        if not follows:
            runs.append(Span(starts[first], ends[place]))
            first = place + 1
    return runs


def opens(text: str, place: int) -> bool:
    """Does a sign before this place of the file make markup of some of the words that could stand here?"""
    return _OPENING.search(text, max(0, place - 40), place) is not None


class Places:
    """Finds the passage that is written in a stretch of the file."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._firsts = [passage.start for passage in self._passages]
        # Passages may stand within one another (a foreign word in a paragraph): how far the earlier ones reach.
        self._reach = list(
            accumulate((passage.locate(Span(0, len(passage.text))).end for passage in self._passages), max)
        )

    def change(self, edit: Edit, escape: Escape, *, across: bool) -> Change | None:
        """What must be written for an edit of running text; see the function `change`."""
        place = self.find(edit)
        if place is None or edit.span.start < edit.span.end:
            return place and change(place, edit.text, escape, across=across)
        # Markup may stand between the neighbours of an insertion: it goes just where it was asked for.
        text = escape(edit.text, edit.span.start)
        return None if text is None else Change(edit.span, (Splice(edit.span.start, edit.span.start, text),))

    def find(self, edit: Edit) -> Place | None:
        """The place of an edit of running text; None where there is no such text, or markup begins or ends within."""
        span = edit.span
        number = bisect_right(self._firsts, span.start) - 1
        if edit.entry is not None or span.start > span.end:
            return None
        while number >= 0 and self._reach[number] >= span.end:
            found = _within(self._passages[number], span)
            if found is not None:
                return Place(self._passages[number], found)
            number -= 1
        return None


def _within(passage: Passage, span: Span) -> Span | None:
    """The stretch of the passage that is written exactly in `span` of the file."""
    starts, ends = passage.starts, passage.ends
    if starts is None or ends is None:
        found = span.shifted(-passage.start)
        return found if found.start >= 0 and found.end <= len(passage.text) else None
    found = Span(bisect_left(starts, span.start), bisect_left(starts, span.end))
    if span.start == span.end:
        begins = found.start < len(starts) and starts[found.start] == span.start
        ends_here = found.start > 0 and ends[found.start - 1] == span.start
        touched = passage.text[found.start - ends_here : found.start + begins]
        return Span(found.start, found.start) if touched.strip(REPLACED) else None
    if found.start == found.end or starts[found.start] != span.start or ends[found.end - 1] != span.end:
        return None
    return found
