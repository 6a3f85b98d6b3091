"""Findings as comments of a Word document (ECMA-376 part 1, clause 17.13.4)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats import Source, _expat, _zip
from tolmach.text.formats._expat import Part, Splice, escaped, printable
from tolmach.text.formats._office.read import Paragraph, Piece, Placed, Run, Story, locate, overlapped
from tolmach.text.formats._word import package as word_package
from tolmach.text.formats._word.cuts import Cut, after, before
from tolmach.text.formats._word.edits import PRESERVE
from tolmach.text.formats._word.package import Package, links_of
from tolmach.text.formats._word.track import highest, signature
from tolmach.text.model import Span

_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = 10_000  # bytes in which the namespaces of a document stand
_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<%b xmlns%b="%b"></%b>'
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*<(?P<prefix>[\w.-]+:)?[\w.-]+", re.DOTALL)


@dataclass(slots=True)
class _Marks:
    """What is written at one place of the body: the run is ended and begun again once."""

    cut: Cut
    ends: list[bytes] = field(default_factory=list)
    starts: list[bytes] = field(default_factory=list)


def write_comments(source: Source, notes: Sequence[tuple[Span, str]], date: datetime | None = None) -> bytes:
    """The file with a comment by «tolmach» at each span; its text is otherwise unchanged.

    Word allows comments in the body only: one on a text box, a note or a header stands where that is fastened, and
    quotes what it is about. A line end in a comment begins a new paragraph. Raises TolmachError for a document without
    text in its body.
    """
    if not notes:
        return source.content
    package = word_package.load(source)
    body = package.stories[0]
    changed: dict[str, bytes] = {}
    added: dict[str, bytes] = {}
    comments, is_new = _comments(package, changed, added)
    first, number = root_prefix(comments), highest(comments)
    places: dict[int, _Marks] = {}
    written = []
    for (_span, text), placed in zip(notes, locate(package.stories, _within(package.stories, notes)), strict=True):
        number += 1
        start, end, about = _anchor(package, placed, source.path)
        _mark(body.part, places, start, end, number)
        shown = _("on «{quoted}»: {comment}").format(quoted=about, comment=text) if about else text
        written.append(_comment(first, number, shown, date))
    changed[body.part.name] = body.part.spliced(_splices(places))
    (added if is_new else changed)[comments.name] = _extended(comments, b"".join(written))
    return _zip.replaced(package.archive, changed, added)


def _within(stories: Sequence[Story], notes: Sequence[tuple[Span, str]]) -> Iterator[Span]:
    """The spans, those that reach over the end of a paragraph cut there."""
    ends = list(locate(stories, (span for span, _text in notes)))
    starts = list(locate(stories, (Span(span.start, span.start) for span, _text in notes)))
    for (span, _text), whole, start in zip(notes, ends, starts, strict=True):
        if whole is not None or start is None:
            yield span
        else:
            yield Span(span.start, span.start + len(start.paragraph.text) - start.span.start)


def _anchor(package: Package, placed: Placed | None, path: str) -> tuple[Cut, Cut, str]:
    """Where the comment begins and ends in the body, and what it has to quote because it stands elsewhere."""
    body = package.stories[0]
    if placed is not None and placed.story is body and placed.paragraph.outer is None:
        found = overlapped(placed.paragraph, placed.span)
        if found:
            return _around(body.part, found)
    quoted = placed.paragraph.text[placed.span.start : placed.span.end] if placed else ""
    run = _fastened(package, placed.paragraph) if placed else None
    run = run or next((run for run in _runs(body)), None)
    if run is None:
        raise TolmachError(
            _("the body has no text that a comment could stand at"), path=path, hint=_("choose another report format")
        )
    return Cut(run.start), Cut(run.end), quoted


def _around(body: Part, pieces: Sequence[Piece]) -> tuple[Cut, Cut, str]:
    """In front of the pieces and behind them; a content control is commented as a whole."""
    first, last = (piece.run and piece.run.control for piece in (pieces[0], pieces[-1]))
    start = Cut(first.start) if first else before(body, pieces[0])
    end = Cut(last.end) if last else after(body, pieces[-1])
    return start, end, "".join(piece.text for piece in pieces) if first else ""


def _fastened(package: Package, paragraph: Paragraph) -> Run | None:
    """The run of the body that a text box hangs on, or that refers to a note."""
    if paragraph.note is not None:
        return package.references.get(paragraph.note)
    return paragraph.outer


def _runs(body: Story) -> Iterator[Run]:
    return (
        piece.run
        for paragraph in body.paragraphs
        if paragraph.outer is None
        for piece in paragraph.pieces
        if piece.run is not None
    )


def _mark(body: Part, places: dict[int, _Marks], start: Cut, end: Cut, number: int) -> None:
    first = root_prefix(body)
    opened = b'<%bcommentRangeStart %bid="%d"/>' % (first, first, number)
    closed = b'<%bcommentRangeEnd %bid="%d"/>' % (first, first, number)
    reference = b'<%br><%bcommentReference %bid="%d"/></%br>' % (first, first, first, number, first)
    if start.place == end.place:
        places.setdefault(start.place, _Marks(start)).ends.append(opened + closed + reference)
        return
    places.setdefault(start.place, _Marks(start)).starts.append(opened)
    places.setdefault(end.place, _Marks(end)).ends.append(closed + reference)


def _splices(places: dict[int, _Marks]) -> Iterator[Splice]:
    kept: set[Splice] = set()
    for place, marks in places.items():
        kept.update(marks.cut.blanks)
        written = b"".join([*marks.ends, *marks.starts])
        yield place, place, marks.cut.closing + written + marks.cut.opening
    yield from kept


def _comment(first: bytes, number: int, text: str, date: datetime | None) -> bytes:
    paragraphs = b"".join(
        b"<%bp><%br><%bt%b>%b</%bt></%br></%bp>" % (first, first, first, PRESERVE, escaped(line), first, first, first)
        for line in map(printable, text.split("\n"))
    )
    who = b'%b %binitials="t"' % (signature(first, date), first)
    return b'<%bcomment %bid="%d"%b>%b</%bcomment>' % (first, first, number, who, paragraphs, first)


def _comments(package: Package, changed: dict[str, bytes], added: dict[str, bytes]) -> tuple[Part, bool]:
    """The part with the comments; a new one is linked to the body and named in the list of types."""
    archive = package.archive
    known = next((link.target for link in package.links if link.kind == "comments"), "")
    if archive.has(known):
        return _expat.part(known, archive.read(known), archive.path), False
    name = posixpath.join(posixpath.dirname(package.body), "comments.xml")
    main, kind = _namespaces(package.stories[0].part)
    types = _expat.part(_TYPES, archive.read(_TYPES), archive.path)
    override = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (root_prefix(types), name.encode(), _CONTENT_TYPE)
    changed[_TYPES] = _extended(types, override)
    place = links_of(package.body)
    if archive.has(place):
        links = _expat.part(place, archive.read(place), archive.path)
    else:
        links = Part(place, _EMPTY % (b"Relationships", b"", _RELATIONS, b"Relationships"), "utf-8")
    taken = {link.id for link in package.links}
    number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    link = b'<%bRelationship Id="rId%d" Type="%b" Target="comments.xml"/>' % (root_prefix(links), number, kind)
    (changed if archive.has(place) else added)[place] = _extended(links, link)
    return Part(name, _EMPTY % (b"w:comments", b":w", main, b"w:comments"), "utf-8"), True


def _namespaces(body: Part) -> tuple[bytes, bytes]:
    """The namespace of the text and the type of the link to comments, in a transitional or strict document."""
    if _STRICT + b"wordprocessingml/main" in body.content[:_HEAD]:
        return _STRICT + b"wordprocessingml/main", _STRICT + b"officeDocument/relationships/comments"
    base = b"http://schemas.openxmlformats.org/"
    return base + b"wordprocessingml/2006/main", base + b"officeDocument/2006/relationships/comments"


def root_prefix(part: Part) -> bytes:
    """How the name of the outermost element begins: `w:`."""
    found = _ROOT.match(part.content)
    return (found["prefix"] or b"") if found else b""


def _extended(part: Part, element: bytes) -> bytes:
    """The bytes of the file with the element as the last one in the outermost."""
    end = len(part.content.rstrip())
    place = part.content.rindex(b"<", 0, end)
    if part.content[end - 2 : end] == b"/>":
        name = part.content[place + 1 : end].split()[0].removesuffix(b"/>")
        return part.spliced([(end - 2, end, b">%b</%b>" % (element, name))])
    return part.spliced([(place, place, element)])
