"""Edits of an OpenDocument text as tracked changes (ISO/IEC 26300, clause 5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tolmach.text.formats import Edit, Source, _zip
from tolmach.text.formats._expat import Part, Splice, escaped
from tolmach.text.formats._odf.edits import BODY, load
from tolmach.text.formats._office.read import Change, Piece, Planned, plan

_AUTHOR = b"tolmach"
_DATE = "%Y-%m-%dT%H:%M:%S"
_NO_DATE = b"1970-01-01T00:00:00"  # the element must be there; the office programs write this where they hide the time
_NUMBER = re.compile(rb'"tolmach-(\d{1,9})"')
_STYLE = re.compile(rb"""\stext:style-name=(?:"[^"<]*"|'[^'<]*')""")
_NAMESPACES = (
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"',
)
_HEAD = 20_000  # bytes in which the namespaces stand
_KNOWN = re.compile(rb"<text:tracked-changes(?=[\s/>])[^<>]*>")
_PLACE = re.compile(
    rb"<office:text(?=[\s>])[^<>]*>(?:\s*<office:forms(?=[\s/>])[^<>]*(?:/>|>.*?</office:forms>))?", re.DOTALL
)


@dataclass(slots=True)
class _Regions:
    """The changes so far, as they are listed in front of the text."""

    number: int
    info: bytes
    listed: list[bytes]

    def add(self, kind: bytes, content: bytes = b"") -> bytes:
        """List a change; what is returned names it."""
        self.number += 1
        name = b"tolmach-%d" % self.number
        inside = b"<text:%b>%b%b</text:%b>" % (kind, self.info, content, kind)
        self.listed.append(
            b'<text:changed-region xml:id="%b" text:id="%b">%b</text:changed-region>' % (name, name, inside)
        )
        return b' text:change-id="%b"/>' % name


def track(source: Source, edits: Sequence[Edit], date: datetime | None = None) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits as suggestions of «tolmach», and the edits that could not be made.

    Headers, footers and text boxes have no tracked changes: edits there are not made. `date` is written with them.
    """
    archive, stories, _language = load(source)
    planned, refused = plan(stories, edits)
    body = stories[0].part
    usual = _is_usual(body)
    fit: list[Planned] = []
    unfit: list[Edit] = []
    for one in planned:
        if usual and one.story is stories[0] and not one.paragraph.boxed:
            fit.append(one)
        else:
            unfit.append(one.edit)
    if not fit:
        return source.content, (*refused, *unfit)
    when = date.strftime(_DATE).encode() if date else _NO_DATE
    info = b"<office:change-info><dc:creator>%b</dc:creator><dc:date>%b</dc:date></office:change-info>" % (
        _AUTHOR,
        when,
    )
    taken = max((int(found[1]) for found in _NUMBER.finditer(body.content)), default=0)
    regions = _Regions(taken, info, [])
    splices = [splice for one in fit for splice in _splices(body, one, regions)]
    splices.append(_listing(body, b"".join(regions.listed)))
    return _zip.replaced(archive, {BODY: body.spliced(splices)}), (*refused, *unfit)


def _is_usual(body: Part) -> bool:
    """Are the names in this file those that everybody uses, and is there a text?"""
    head = body.content[:_HEAD]
    return all(namespace in head for namespace in _NAMESPACES) and _PLACE.search(body.content) is not None


def _splices(body: Part, planned: Planned, regions: _Regions) -> Iterator[Splice]:
    style = _STYLE.search(body.content, planned.paragraph.start, body.tag(planned.paragraph.start)[0])
    for change in planned.changes:
        yield from _of_change(body, change, style.group() if style else b"", regions)


def _of_change(body: Part, change: Change, style: bytes, regions: _Regions) -> Iterator[Splice]:
    """One deletion with all that goes, in its looks, at the first piece; the new text where it belongs."""
    deleted = b"".join(_deleted(body, piece) for piece in change.pieces if piece.text)
    written = b""
    if deleted:
        written = b"<text:change" + regions.add(b"deletion", b"<text:p%b>%b</text:p>" % (style, deleted))
    for number, piece in enumerate(change.pieces):
        if number == change.place and change.text:
            name = regions.add(b"insertion")
            written += b"<text:change-start%b%b<text:change-end%b" % (name, escaped(change.text), name)
        yield piece.start, piece.end, written
        written = b""


def _deleted(body: Part, piece: Piece) -> bytes:
    """What is deleted, as it is formatted."""
    written = body.content[piece.start : piece.end]
    if piece.tag is None:
        return written
    return body.content[piece.tag.start : piece.tag.end] + written + b"</text:span>"


def _listing(body: Part, regions: bytes) -> Splice:
    known = _KNOWN.search(body.content)
    if known is None:
        place = _PLACE.search(body.content)
        start = place.end() if place else 0
        return start, start, b"<text:tracked-changes>%b</text:tracked-changes>" % regions
    if known.group().endswith(b"/>"):
        return known.end() - 2, known.end(), b">%b</text:tracked-changes>" % regions
    return known.end(), known.end(), regions
