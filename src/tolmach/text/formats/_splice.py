"""Changing the text of translation units where it is written in an XML file; every byte around stays."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple

from tolmach.text.formats import Edit, Source, _xml
from tolmach.text.formats._content import Content, Piece
from tolmach.text.model import Span

_NO_CHARACTER = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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

    def of(self, name: Literal["source", "target"]) -> Content | None:
        """The side of that name."""
        return self.source if name == "source" else self.target


def rewrite(
    source: Source, xml: _xml.Xml, units: Iterable[Sides], edits: Sequence[Edit]
) -> tuple[bytes, tuple[Edit, ...]]:
    """The bytes of the file with the edits made in its units, and the edits that could not be made.

    The replacement stands where the first replaced letter stood; tags within stay where they are.
    """
    body = memoryview(source.content)[len(xml.mark) :]
    by_unit: dict[int, list[Edit]] = {}
    for edit in edits:
        if edit.entry is not None:
            by_unit.setdefault(edit.entry[0], []).append(edit)
    refused = {id(edit) for edit in edits}
    accepted = _Accepted()
    # Some encodings have two ways to write a character: then the bytes around an edit could not be kept.
    if xml.text.encode(xml.encoding, "replace") == body:
        for index, sides in enumerate(units):
            for edit in by_unit.get(index, ()):
                if accepted.take(xml, sides, edit):
                    refused.discard(id(edit))
    left = tuple(edit for edit in edits if id(edit) in refused)
    return xml.mark + _joined(xml, accepted.splices), left


def _joined(xml: _xml.Xml, splices: list[_Splice]) -> bytes:
    parts: list[str] = []
    place = 0
    for splice in sorted(splices):
        parts += (xml.text[place : splice.start], splice.text)
        place = splice.end
    parts.append(xml.text[place:])
    return "".join(parts).encode(xml.encoding, "xmlcharrefreplace")


@dataclass(slots=True)
class _Accepted:
    """The edits made so far: what they cover in the file, in order, and what they write."""

    covered: list[_Splice] = field(default_factory=list)
    splices: list[_Splice] = field(default_factory=list)

    def take(self, xml: _xml.Xml, sides: Sides, edit: Edit) -> bool:
        """Make the edit if that is possible; one that was made already (two units share a source) is made."""
        content = sides.of(edit.entry[1]) if edit.entry else None
        if content is None or not (0 <= edit.span.start <= edit.span.end <= len(content.text())):
            return False
        stretch = _stretch(content, edit.span)
        new = edit.text.replace("\r\n", "\n")
        splices = None if stretch is None else _splices(xml, content, edit.span, new)
        if stretch is None or splices is None:
            return False
        covering = _Splice(stretch.start, stretch.end, new)
        place = bisect_left(self.covered, covering)
        neighbours = self.covered[max(0, place - 1) : place + 1]
        if covering in neighbours:
            return True
        if any(_collide(covering, neighbour) for neighbour in neighbours):
            return False
        insort(self.covered, covering)
        self.splices.extend(splices)
        return True


def _collide(first: _Splice, second: _Splice) -> bool:
    return first.start == second.start or (first.start < second.end and second.start < first.end)


def _stretch(content: Content, span: Span) -> Span | None:
    """From where to where the span is written in the file; None in a text without any letter."""
    places = [place for _piece, place in _parts(content, span)]
    return Span(places[0].start, places[-1].end) if places else None


def _parts(content: Content, span: Span) -> list[tuple[Piece, Span]]:
    """The pieces that the span covers, each with what of it is covered in the file.

    For an empty span: the piece before it, else the one after it, with the place in it.
    """
    found: list[tuple[Piece, Span]] = []
    ends = accumulate(len(piece.shown) for piece in content.pieces)
    for piece, end in zip(content.pieces, ends, strict=True):
        start = end - len(piece.shown)
        if span.start == span.end:
            if start <= span.start <= end:
                place = _place(piece, span.start - start)
                found.append((piece, Span(place, place)))
        elif start < span.end and span.start < end:
            first, last = _place(piece, max(span.start - start, 0)), _place(piece, min(span.end - start, end - start))
            found.append((piece, Span(first, last)))
    if span.start == span.end:
        return sorted(found, key=lambda part: part[0].kind == "fixed")[:1]
    return found


def _place(piece: Piece, offset: int) -> int:
    """Where the code point `offset` of a piece is written."""
    if offset == len(piece.shown):
        return piece.end
    return piece.start + offset


def _splices(xml: _xml.Xml, content: Content, span: Span, new: str) -> list[_Splice] | None:
    """What must be written for the edit; None where that is not allowed or would not be XML."""
    if _NO_CHARACTER.search(new):
        return None
    narrow, new = _narrowed(content.text()[span.start : span.end], span, new)
    if narrow.start == narrow.end and not new:
        return []
    parts = _parts(content, narrow)
    if not parts or any(piece.kind == "fixed" for piece, _span in parts):
        return None
    splices = [
        _Splice(place.start, place.end, "" if number else _written(xml, piece, new))
        for number, (piece, place) in enumerate(parts)
    ]
    return splices if all(map(_allowed, [xml] * len(parts), parts, splices)) else None


def _narrowed(old: str, span: Span, new: str) -> tuple[Span, str]:
    """Without what the old and the new text have in common at both ends, so that tags keep their places."""
    start = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    tail = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return Span(span.start + start, span.end - tail), new[start : len(new) - tail]


def _written(xml: _xml.Xml, piece: Piece, new: str) -> str:
    escaped = new if piece.kind == "cdata" else new.translate(_ESCAPES).replace("\r", "&#13;")
    return escaped.replace("\n", "\r\n") if "\r\n" in xml.text[:4096] else escaped


def _allowed(xml: _xml.Xml, part: tuple[Piece, Span], splice: _Splice) -> bool:
    """Is the result XML that says what it should? `]]>` stands in no text, and CDATA has no references."""
    before, after = xml.text[max(0, splice.start - 2) : splice.start], xml.text[splice.end : splice.end + 2]
    if "]]>" in before + splice.text + after:
        return False
    if part[0].kind != "cdata":
        return True
    return splice.text.encode(xml.encoding, "ignore").decode(xml.encoding) == splice.text
