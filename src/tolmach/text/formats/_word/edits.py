"""Edits of a Word document made in its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.text.formats import Edit, Source, _zip
from tolmach.text.formats._expat import Part, Splice, escaped
from tolmach.text.formats._office.read import Change, Tag, plan
from tolmach.text.formats._word import package as word_package

PRESERVE = b' xml:space="preserve"'


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be made; a replacement looks as the first letter did."""
    package = word_package.load(source)
    planned, refused = plan(package.stories, edits)
    changed: dict[str, list[Change]] = {}
    for one in planned:
        changed.setdefault(one.story.part.name, []).extend(one.changes)
    if not changed:
        return source.content, refused
    parts = {part.name: part for part in (story.part for story in package.stories)}
    written = {name: parts[name].spliced(_splices(parts[name], changes)) for name, changes in changed.items()}
    return _zip.replaced(package.archive, written), refused


def _splices(part: Part, changes: Sequence[Change]) -> Iterator[Splice]:
    touched: dict[int, tuple[Tag, list[Splice]]] = {}
    for change in changes:
        for number, piece in enumerate(change.pieces):
            splice = piece.start, piece.end, escaped(change.text) if number == change.place else b""
            yield splice
            if piece.tag is not None and not piece.tag.preserve:
                touched.setdefault(piece.tag.start, (piece.tag, []))[1].append(splice)
    for tag, splices in touched.values():
        if _has_blank_edges(part.content, tag.end, splices):
            yield from preserving(tag)


def _has_blank_edges(content: bytes, start: int, splices: list[Splice]) -> bool:
    """Would the text begin or end with a blank after the splices?"""
    written = content[start : content.index(b"<", start)]
    first, last = start + len(written) - len(written.lstrip()), start + len(written.rstrip())
    pieces, place = [], first
    for begin, end, text in sorted(splices):
        pieces += [content[place:begin], text]
        place = end
    whole = b"".join([*pieces, content[place:last]])
    return whole != whole.strip()


def preserving(tag: Tag) -> Iterator[Splice]:
    """Let the blanks at both ends of a text count, and take away those that have not counted so far."""
    yield tag.end - 1, tag.end - 1, PRESERVE
    yield from ((start, end, b"") for start, end in tag.edges)
