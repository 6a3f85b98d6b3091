"""Documents of word processors: paragraphs out of pieces that know where they are written, and edits in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from tolmach.text.formats import Edit
from tolmach.text.formats._expat import Kind, Part, is_writable
from tolmach.text.model import REPLACED, Span


@dataclass(slots=True)
class Control:
    """A content control of a Word document: its bytes.

    One that `is_inline` stands within a paragraph, one that `is_plain` may hold nothing but text, what is `made` comes
    from elsewhere (a list, a calendar, linked data) and would be replaced again.
    """

    start: int
    end: int = 0
    is_inline: bool = False
    is_plain: bool = False
    made: bool = False


@dataclass(slots=True)
class Run:
    """A run of a Word document: its bytes, its start tag, its properties, and what stands around it.

    `inserted` is the start tag of a tracked insertion that holds just this level; `outer` the run that a text box
    hangs on; `controls` are the content controls around it, the outermost first.
    """

    start: int
    tag_end: int
    end: int = 0
    properties: tuple[int, int] | None = None
    language: str = ""
    hidden: bool = False
    inserted: tuple[int, int] | None = None
    outer: Run | None = None
    controls: tuple[Control, ...] = ()

    @property
    def control(self) -> Control | None:
        """The outermost of its controls that stands within the paragraph."""
        return next((one for one in self.controls if one.is_inline), None)


@dataclass(slots=True)
class Tag:
    """The start tag of the element that holds a text, and whether blanks at its ends count there.

    `edges` are the bytes of those that do not.
    """

    start: int
    end: int
    preserve: bool
    edges: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Some code points of a paragraph and the bytes they are written in.

    `letters` are written as they are read, a `sign` otherwise (an entity, several blanks), a `mark` is an element that
    may be deleted (a soft hyphen), `fixed` is what no edit may touch (a tab, a picture, a section of characters).
    """

    text: str
    start: int
    end: int
    kind: Kind | Literal["mark"]
    language: str = ""
    run: Run | None = None
    tag: Tag | None = None

    @property
    def holds_text(self) -> bool:
        """Can a replacement be written in its place?"""
        return self.kind in ("letters", "sign")

    def cut(self, start: int, end: int) -> Piece | None:
        """The part from code point `start` to `end`, or None where the writing cannot be divided."""
        if (start, end) == (0, len(self.text)):
            return self
        if self.kind != "letters":
            return None
        first = self.start + len(self.text[:start].encode())
        last = first + len(self.text[start:end].encode())
        return Piece(self.text[start:end], first, last, self.kind, self.language, self.run, self.tag)


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its pieces, where its element begins, and what it belongs to.

    `twins` are further copies of it in the file, `note` is the kind and id of the note that it is of; one in a text
    box is `boxed`, in a Word document `outer` is the run that the box hangs on.
    """

    start: int
    language: str = ""
    pieces: list[Piece] = field(default_factory=list)
    twins: list[Paragraph] = field(default_factory=list)
    note: tuple[str, str] | None = None
    outer: Run | None = None
    boxed: bool = False
    starts: list[int] = field(default_factory=list)  # where each piece begins; made when it is first asked for

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(piece.text for piece in self.pieces)

    def add(self, piece: Piece) -> None:
        """Add a piece; a placeholder beside another one says nothing new."""
        if piece.text != REPLACED or not self.pieces or self.pieces[-1].text != REPLACED:
            self.pieces.append(piece)

    def near(self, span: Span) -> Iterator[tuple[int, Piece]]:
        """The pieces that the span touches, if only at its ends, and where they begin."""
        if not self.starts:
            self.starts.extend(accumulate((len(piece.text) for piece in self.pieces[:-1]), initial=0))
        first = max(bisect_left(self.starts, span.start) - 1, 0)
        for number in range(first, len(self.pieces)):
            if self.starts[number] > span.end:
                break
            yield self.starts[number], self.pieces[number]


@dataclass(frozen=True, slots=True)
class Story:
    """A part of a document (body, header, notes) and its paragraphs in the order of the file."""

    part: Part
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Pieces next to each other that are deleted, the text instead of them, and the piece in whose place it goes."""

    pieces: tuple[Piece, ...]
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of a document found again: its story, its paragraph and where in its text."""

    story: Story
    paragraph: Paragraph
    span: Span


def locate(stories: Sequence[Story], spans: Iterable[Span]) -> Iterator[Placed | None]:
    """Where each span of the document's text stands; None for one that reaches over the end of a paragraph."""
    places = [(story, paragraph) for story in stories for paragraph in story.paragraphs]
    texts = [len(paragraph.text) for _story, paragraph in places]
    starts = [0]
    for size in texts:
        starts.append(starts[-1] + size + 1)
    for span in spans:
        number = bisect_right(starts, span.start) - 1
        inside = 0 <= number < len(places) and span.start <= span.end <= starts[number] + texts[number]
        yield Placed(*places[number], span.shifted(-starts[number])) if inside else None


@dataclass(frozen=True, slots=True)
class Planned:
    """An edit that can be made, and what it changes in a paragraph or in a further copy of it."""

    edit: Edit
    story: Story
    paragraph: Paragraph
    changes: tuple[Change, ...]
    copy: bool = False


def plan(stories: Sequence[Story], edits: Sequence[Edit]) -> tuple[list[Planned], tuple[Edit, ...]]:
    """What the edits change, and those that cannot be made; one that overlaps an earlier one in the list cannot."""
    planned: list[Planned] = []
    refused: list[Edit] = []
    taken: list[Span] = []
    for edit, placed in zip(edits, locate(stories, (edit.span for edit in edits)), strict=True):
        number = bisect_left(taken, edit.span)
        around = taken[max(0, number - 1) : number + 1]
        free = not any(edit.span == other or edit.span.overlaps(other) for other in around)
        made = changes(placed.paragraph, placed.span, edit.text) if placed and free else None
        if placed is None or made is None:
            refused.append(edit)
            continue
        taken.insert(number, edit.span)
        planned.append(Planned(edit, placed.story, placed.paragraph, tuple(made)))
        for twin in placed.paragraph.twins:
            copied = changes(twin, placed.span, edit.text)
            if copied is not None:
                planned.append(Planned(edit, placed.story, twin, tuple(copied), copy=True))
    return planned, tuple(refused)


def changes(paragraph: Paragraph, span: Span, text: str) -> list[Change] | None:
    """The changes that put `text` in the place of `span`; None where that would cut or delete what must stay.

    The text goes where the first letter stood; pieces at the edges that stay the same keep their place and look. Over
    a tab or line break, words are replaced one by one if there are as many of them.
    """
    found = pieces(paragraph, span)
    if found is None or not is_writable(text):
        return None
    if any(piece.kind == "fixed" for piece in found):
        return _by_words(paragraph, span, found, text)
    change = _change(found, text)
    return None if change is None else [change]


def pieces(paragraph: Paragraph, span: Span) -> list[Piece] | None:
    """The pieces of the span, cut at its ends; for an empty span an empty piece; None where they cannot be cut."""
    found: list[Piece] = []
    for start, piece in paragraph.near(span):
        first, last = max(span.start - start, 0), min(span.end - start, len(piece.text))
        if first < last or (first == last and not found and span.start == span.end and piece.holds_text):
            part = _empty(piece, first) if first == last else piece.cut(first, last)
            if part is None:
                return None
            found.append(part)
    return found or None


def overlapped(paragraph: Paragraph, span: Span) -> list[Piece]:
    """The pieces that the span touches, cut where that is possible; the nearest one for an empty span."""
    found: list[Piece] = []
    for start, piece in paragraph.near(span):
        first, last = max(span.start - start, 0), min(span.end - start, len(piece.text))
        if first < last or (first == last and not found and span.start == span.end):
            found.append(piece.cut(first, last) or piece if first < last else piece)
    return found


def _empty(piece: Piece, at: int) -> Piece | None:
    if at in (0, len(piece.text)):
        place = piece.end if at else piece.start
        return Piece("", place, place, "letters", piece.language, piece.run, piece.tag)
    whole = piece.cut(at, len(piece.text))
    return whole and Piece("", whole.start, whole.start, whole.kind, whole.language, whole.run, whole.tag)


def _change(found: list[Piece], text: str) -> Change | None:
    first, last = 0, len(found)
    while last - first > 1 and text.startswith(found[first].text):
        text = text[len(found[first].text) :]
        first += 1
    while last - first > 1 and text.endswith(found[last - 1].text):
        text = text[: len(text) - len(found[last - 1].text)]
        last -= 1
    # What is left may be a hyphen alone, in whose place nothing can be written: then its neighbour is taken again.
    while text and not any(piece.holds_text for piece in found[first:last]):
        if first > 0:
            first -= 1
            text = found[first].text + text
        elif last < len(found):
            text += found[last].text
            last += 1
        else:
            return None
    left = found[first:last]
    place = next((number for number, piece in enumerate(left) if piece.holds_text), 0)
    return Change(tuple(left), text, place)


def _by_words(paragraph: Paragraph, span: Span, found: list[Piece], text: str) -> list[Change] | None:
    old = "".join(piece.text for piece in found).split(" ")
    new = text.split(" ")
    blanks = all(piece.text == " " for piece in found if piece.kind == "fixed")
    if not blanks or len(old) != len(new) or len(old) < 2:
        return None
    made: list[Change] = []
    start = span.start
    for before, after in zip(old, new, strict=True):
        if before != after:
            part = changes(paragraph, Span(start, start + len(before)), after)
            if part is None:
                return None
            made += part
        start += len(before) + 1
    return made
