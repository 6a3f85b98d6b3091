"""Places in the text of a Word document where something can be written that must stand between runs."""

from __future__ import annotations

from dataclasses import dataclass

from tolmach.text.formats._expat import Part, Splice
from tolmach.text.formats._office.read import Piece, Run, Tag
from tolmach.text.formats._word.edits import PRESERVE, preserving


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in the bytes, what ends the run there and what begins it again.

    `blanks` are further splices, so that the same blanks count before and behind the cut.
    """

    place: int
    closing: bytes = b""
    opening: bytes = b""
    blanks: tuple[Splice, ...] = ()


def prefix(part: Part, run: Run) -> bytes:
    """How the names of the run's namespace begin in this file: `w:`."""
    name = part.content[run.start + 1 : run.tag_end].split()[0].rstrip(b"/>")
    return name[: name.rindex(b":") + 1] if b":" in name else b""


def beginning(part: Part, run: Run) -> bytes:
    """The start tag of the run and its properties, without what they say of older ones (which must not stand twice)."""
    tag = part.content[run.start : run.tag_end]
    if run.properties is None:
        return tag
    properties = part.content[slice(*run.properties)]
    before, found, rest = properties.partition(b"<" + prefix(part, run) + b"rPrChange")
    return tag + (before + rest.partition(b"rPrChange>")[2] if found else properties)


def before(part: Part, piece: Piece) -> Cut:
    """The cut in front of a piece; in front of the whole run where nothing else stands before it."""
    run, tag = piece.run, piece.tag
    if run is None:
        return Cut(piece.start)
    opens = tag.start if tag and tag.end == piece.start else piece.start
    if opens == (run.properties[1] if run.properties else run.tag_end):
        return Cut(run.start)
    return _inside(part, run, tag, piece.start)


def after(part: Part, piece: Piece) -> Cut:
    """The cut behind a piece; behind the whole run where nothing else follows in it."""
    run, tag = piece.run, piece.tag
    if run is None:
        return Cut(piece.end)
    follows = piece.end
    if tag is not None and part.content.startswith(b"</", follows):
        follows = part.tag(follows)[0]
    if part.content.startswith(b"</", follows) and part.tag(follows)[0] == run.end:
        return Cut(run.end)
    return _inside(part, run, tag, piece.end)


def _inside(part: Part, run: Run, tag: Tag | None, place: int) -> Cut:
    first = prefix(part, run)
    if tag is None:
        return Cut(place, b"</%br>" % first, beginning(part, run))
    name = part.content[tag.start + 1 : tag.end].split()[0].rstrip(b"/>")
    blanks: tuple[Splice, ...] = ()
    if not tag.preserve and part.content[max(tag.end, place - 1) : place].isspace():
        blanks = tuple(preserving(tag))
    elif not tag.preserve:
        blanks = tuple((start, end, b"") for start, end in tag.edges if start >= place)
    opening = beginning(part, run) + b"<" + name + PRESERVE + b">"
    return Cut(place, b"</%b></%br>" % (name, first), opening, blanks)
