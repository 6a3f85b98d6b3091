"""Changing the text of translation units where it is written in an XML file; every byte around stays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from tolmach.text.formats import Edit, Source, _xml
from tolmach.text.formats._content import Content, Piece
from tolmach.text.formats._edits import narrowed
from tolmach.text.model import Span

# What no XML can hold, and the sign that stands for something which is no text.
_NOT_TEXT = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffb\ufffd\U00010000-\U0010ffff]")
_WORD = re.compile(r"\w+|\W")
_LONGEST = 2000  # code points of an edit that is compared word by word
_HEAD = 4096  # code points in which a file shows its line ends
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class _Splice(NamedTuple):
    """What is to stand in the file from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a unit that may be changed; None for one that may not, or is not there."""

    source: Content | None
    target: Content | None


def rewrite(
    source: Source, xml: _xml.Xml, units: Iterable[Sides], edits: Sequence[Edit]
) -> tuple[bytes, tuple[Edit, ...]]:
    """The bytes of the file with the edits made in its units, and the edits that could not be made.

    The replacement stands where the first replaced letter stood; tags within stay where they are.
    """
    body = memoryview(source.content)[len(xml.mark) :]
    # Some encodings have two ways to write a character: then the bytes around an edit could not be kept.
    if xml.text.encode(xml.encoding, "replace") != body:
        return source.content, tuple(edits)
    by_unit: dict[int, list[Edit]] = {}
    for edit in edits:
        if edit.entry is not None:
            by_unit.setdefault(edit.entry[0], []).append(edit)
    refused = {id(edit) for edit in edits}
    accepted = _Accepted(xml)
    for index, sides in enumerate(units):
        if index in by_unit:
            refused -= {id(edit) for edit in _made(accepted, sides, by_unit[index])}
    return xml.mark + _joined(xml, accepted.splices), tuple(edit for edit in edits if id(edit) in refused)


def _made(accepted: _Accepted, sides: Sides, edits: list[Edit]) -> Iterator[Edit]:
    """Those of the edits of a unit that can be made."""
    contents = {"source": sides.source, "target": sides.target}
    written = {name: _Written(content) for name, content in contents.items() if content}
    for edit in edits:
        if edit.entry and edit.entry[1] in written and accepted.take(written[edit.entry[1]], edit):
            yield edit


def _joined(xml: _xml.Xml, splices: list[_Splice]) -> bytes:
    parts: list[str] = []
    place = 0
    for splice in sorted(splices, key=lambda one: one[:2]):
        parts += (xml.text[place : splice.start], splice.text)
        place = splice.end
    parts.append(xml.text[place:])
    return "".join(parts).encode(xml.encoding, "xmlcharrefreplace")


class _Written:
    """A side of a unit, with where each of its pieces ends in its text."""

    def __init__(self, content: Content) -> None:
        self.pieces = content.pieces
        self.text = content.text()
        self.ends = list(accumulate(len(piece.shown) for piece in content.pieces))

    def parts(self, span: Span) -> list[tuple[Piece, Span]]:
        """The pieces that the span covers, each with what of it is covered in the file.

        For an empty span: the piece before it, else the one after it, with the place in it.
        """
        if span.start == span.end:
            near = range(bisect_left(self.ends, span.start), bisect_right(self.ends, span.start) + 1)
            found = [self._part(number, span) for number in near if number < len(self.pieces)]
            return sorted(found, key=lambda part: part[0].kind == "fixed")[:1]
        first = bisect_right(self.ends, span.start)
        return [self._part(number, span) for number in range(first, bisect_left(self.ends, span.end) + 1)]

    def _part(self, number: int, span: Span) -> tuple[Piece, Span]:
        piece, end = self.pieces[number], self.ends[number]
        start = end - len(piece.shown)
        first = piece.end if span.start >= end else piece.start + max(span.start - start, 0)
        last = piece.end if span.end >= end else piece.start + max(span.end - start, 0)
        return piece, Span(first, last)


@dataclass(slots=True)
class _Accepted:
    """The edits made so far: what they cover in the file, in order, and what they write."""

    xml: _xml.Xml
    covered: list[_Splice] = field(default_factory=list)
    splices: list[_Splice] = field(default_factory=list)

    def take(self, side: _Written, edit: Edit) -> bool:
        """Make the edit if that is possible; one that was made already (two units share a source) is made."""
        if not 0 <= edit.span.start <= edit.span.end <= len(side.text):
            return False
        parts, new = side.parts(edit.span), edit.text.replace("\r\n", "\n")
        splices = _splices(self.xml, side, edit.span, new) if parts else None
        if splices is None:
            return False
        covering = _Splice(parts[0][1].start, parts[-1][1].end, new)
        place = bisect_left(self.covered, covering)
        neighbours = self.covered[max(0, place - 1) : place + 1]
        if covering in neighbours:
            return True
        if any(_collide(covering, neighbour) for neighbour in neighbours):
            return False
        self.covered.insert(place, covering)
        self.splices.extend(splices)
        return True


def _collide(first: _Splice, second: _Splice) -> bool:
    return first.start == second.start or (first.start < second.end and second.start < first.end)


def _splices(xml: _xml.Xml, side: _Written, span: Span, new: str) -> list[_Splice] | None:
    """What must be written for the edit; None where that is not allowed or would not be XML."""
    splices: list[_Splice] = []
    for step, words in _steps(side.text[span.start : span.end], span.start, new):
        if _NOT_TEXT.search(words):
            return None
        for number, (piece, place) in enumerate(side.parts(step)):
            splice = _Splice(place.start, place.end, "" if number else _escaped(xml, piece, words))
            if piece.kind == "fixed" or not _is_allowed(xml, piece, splice):
                return None
            splices.append(splice)
    return splices


def _steps(old: str, start: int, new: str) -> Iterator[tuple[Span, str]]:
    """The changes that lead from the old to the new text; words that stay are left alone, and so are tags among them.

    `start` is where the old text begins in its side.
    """
    before, after = ([*_WORD.findall(text)] if len(text) < _LONGEST else [text] for text in (old, new))
    places = [0, *accumulate(map(len, before))]
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            span = Span(places[first], places[last])
            words = "".join(after[new_first:new_last])
            yield narrowed(old[span.start : span.end], start + span.start, words)


def _escaped(xml: _xml.Xml, piece: Piece, new: str) -> str:
    escaped = new if piece.kind == "cdata" else new.translate(_ESCAPES).replace("\r", "&#13;")
    return escaped.replace("\n", "\r\n") if "\r\n" in xml.text[:_HEAD] else escaped


def _is_allowed(xml: _xml.Xml, piece: Piece, splice: _Splice) -> bool:
    """Is the result XML that says what it should? `]]>` stands in no text, and CDATA has no references."""
    before, after = xml.text[max(0, splice.start - 2) : splice.start], xml.text[splice.end : splice.end + 2]
    if "]]>" in before + splice.text + after:
        return False
    if piece.kind != "cdata":
        return True
    return "\r" not in splice.text and splice.text.encode(xml.encoding, "ignore").decode(xml.encoding) == splice.text
