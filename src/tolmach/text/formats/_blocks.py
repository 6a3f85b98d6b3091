"""Large files in blocks: where a text may be cut, and units gathered into documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tolmach.text.formats import Source
from tolmach.text.model import Document, Unit

SIZE = 500_000  # code points: at most 1 MB of UTF-8 in the alphabets this program is about


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a file: its text, how many code points it begins into the file, and on which line (from 1)."""

    text: str
    offset: int
    line: int


def of_prose(text: str, size: int = SIZE) -> Iterator[Block]:
    """The text in blocks of at most `size` code points, cut after a blank line, else a line end, else a blank."""
    start, line = 0, 1
    while start < len(text):
        end = _cut(text, start, size)
        block = text[start:end]
        yield Block(block, start, line)
        line += block.count("\n")
        start = end


def of_pieces(pieces: Iterable[str], size: int = SIZE) -> Iterator[Block]:
    """The blocks of a text that comes in pieces, as `of_prose` cuts all of it; no more of it is kept than it takes.

    >>> [block.text for block in of_pieces(["Almaty.\\n", "\\nOsch", ".\\n"], 12)]
    ['Almaty.\\n\\n', 'Osch.\\n']
    """
    text, offset, line = "", 0, 1
    for piece in pieces:
        text += piece
        start = 0
        while len(text) - start > size:
            end = _cut(text, start, size)
            block = Block(text[start:end], offset, line)
            yield block
            start, offset, line = end, offset + end - start, line + block.text.count("\n")
        text = text[start:]
    if text:
        yield Block(text, offset, line)


def of_lines(pieces: Iterable[str], size: int = SIZE) -> Iterator[Block]:
    """A text that comes in pieces in blocks of whole lines: as many as fit into `size` code points, at least one.

    >>> [block.text for block in of_lines(["de\\tru\\nKiew", "\\tКиев\\n"], 4)]
    ['de\\tru\\n', 'Kiew\\tКиев\\n']
    """
    text, offset, line, searched = "", 0, 1, 0
    for piece in pieces:
        text += piece
        while len(text) > size:
            end = text.rfind("\n", 0, size) + 1 or text.find("\n", max(searched, size - 1)) + 1
            if not end:
                searched = len(text)
                break
            yield Block(text[:end], offset, line)
            line += text.count("\n", 0, end)
            text, offset, searched = text[end:], offset + end, 0
    if text:
        yield Block(text, offset, line)


def _cut(text: str, start: int, size: int) -> int:
    limit = start + size
    if limit >= len(text):
        return len(text)
    for mark in ("\n\n", "\n\r\n", "\n", " "):
        place = text.rfind(mark, start, limit)
        if place >= 0:
            return place + len(mark)
    return limit


def of_units(
    source: Source, text: str, name: str, units: Iterable[tuple[Unit, int]], size: int = SIZE
) -> Iterator[Document]:
    """Documents of the format `name`, each with as many of the units as fit into `size` code points of the file.

    With each unit comes where its writing ends in `text`; the documents' texts together are the whole text.
    """
    start, line, end = 0, 1, 0
    gathered: list[Unit] = []
    for unit, unit_end in units:
        if gathered and unit_end - start > size:
            yield _document(source, name, Block(text[start:end], start, line), gathered)
            line += text.count("\n", start, end)
            start, gathered = end, []
        gathered.append(unit)
        end = unit_end
    yield _document(source, name, Block(text[start:], start, line), gathered)


def _document(source: Source, name: str, block: Block, units: list[Unit]) -> Document:
    return Document(source.path, source.id, name, block.text, units=tuple(units), offset=block.offset, line=block.line)
