"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Source, _blocks
from tolmach.text.model import Document, Passage
from tolmach.text.plain import PlainPassages
from tolmach.text.streams import Stream


def read(source: Source) -> Iterator[Document]:
    """The text in documents of at most 1 MB, each with one passage per run of paragraphs in one language."""
    for block in _blocks.of_prose(decode(source.content, source.path, source.encoding)):
        yield document(source.path, source.id, block.text, source.language, block.offset, block.line)


def stream(source: Stream) -> Iterator[Document]:
    """The same documents of a text that is too large to be in memory."""
    for block in _blocks.of_pieces(source.pieces()):
        yield document(source.path, source.id, block.text, source.language, block.offset, block.line)


def document(path: str, identity: str, text: str, language: str | None, offset: int = 0, line: int = 1) -> Document:
    """A stretch of a file as a document, in `language`, else in that of the file's name, else by paragraphs."""
    found = PlainPassages(text, language or detect.from_name(path))
    return Document(path, identity, "plain", text, passages=found, offset=offset, line=line)


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The text with the edits made, in its own encoding, and those that could not be; line breaks stay."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path, configured=source.encoding)
    places = _edits.Places((Passage(text.text, ""),))
    changes = [places.change(edit, _as_is, across=True) for edit in edits]
    return _edits.write(source.content, text, edits, changes)


def _as_is(text: str, _place: int) -> str:
    return text


FORMAT = Format((".txt", ".text"), read, rewrite=rewrite, stream=stream)
