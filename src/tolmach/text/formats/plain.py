"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Rendering, Source, _blocks
from tolmach.text.model import Document, Passage, Span
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


def render(source: Source, renderings: Sequence[Rendering], _language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The text with these sentences; a paragraph that a program had wrapped is wrapped anew, no wider than it was."""
    from tolmach.text.formats import _rendering, _wrapping

    text = decoded(source.content, source.path, configured=source.encoding)
    kept, left = _rendering.in_place(text.text, renderings)
    splices = _wrapping.splices(text.text, _several_lines(source, text.text), kept)
    return _rendering.encoded(text, _rendering.replaced(text.text, splices)), left


def _several_lines(source: Source, text: str) -> Iterator[Span]:
    """The paragraphs of more than one line."""
    from tolmach.text.paragraphs import paragraphs

    for block in read(source):
        for passage in block.passages:
            for span in paragraphs(passage.text):
                found = span.shifted(block.offset + passage.start)
                if len(text[found.start : found.end].splitlines()) > 1:
                    yield found


FORMAT = Format((".txt", ".text"), read, rewrite=rewrite, stream=stream, render=render)
