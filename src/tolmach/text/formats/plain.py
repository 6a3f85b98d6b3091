"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.text import detect
from tolmach.text.decode import decode
from tolmach.text.formats import Format, Source, _blocks
from tolmach.text.model import Document
from tolmach.text.plain import PlainPassages


def read(source: Source) -> Iterator[Document]:
    """The text in documents of at most 1 MB, each with one passage per run of paragraphs in one language."""
    language = source.language or detect.from_name(source.path)
    for block in _blocks.of_prose(decode(source.content, source.path)):
        yield Document(
            source.path,
            source.id,
            "plain",
            block.text,
            passages=PlainPassages(block.text, language),
            offset=block.offset,
            line=block.line,
        )


FORMAT = Format((".txt", ".text"), read)
