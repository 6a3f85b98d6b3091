"""DOCX, the format of Word: body with tables and text boxes, headers and footers, footnotes and endnotes.

Offsets count in the paragraphs, joined by line ends; a line is a paragraph. Deleted text, comments and the codes of
fields are not read; a picture or a reference to a note is U+FFFC, a tab or line break a blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tolmach.text.exchange import Returned
from tolmach.text.formats import Edit, Format, Rendering, Source
from tolmach.text.model import Document, Span


def read(source: Source) -> Iterator[Document]:
    """The paragraphs as passages, each in the language of its runs; raises TolmachError for what is no document."""
    from tolmach.text.formats._office.languages import documents
    from tolmach.text.formats._word import package as word_package

    package = word_package.load(source)
    return documents(source, "docx", package.stories, package.language)


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be made; a replacement looks as the first letter did."""
    from tolmach.text.formats._word import edits as word_edits

    return word_edits.rewrite(source, edits)


def track(source: Source, edits: Sequence[Edit], date: datetime | None = None) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits as tracked changes by «tolmach», and those that could not be made."""
    from tolmach.text.formats._word import track as word_track

    return word_track.track(source, edits, date)


def write_comments(source: Source, notes: Sequence[tuple[Span, str]], date: datetime | None = None) -> bytes:
    """The file with a comment by «tolmach» at each span; nothing else in it changes.

    One on a text box, a note or a header stands where that is fastened. Raises TolmachError for a body without text.
    """
    from tolmach.text.formats._word import comments as word_comments

    return word_comments.write_comments(source, notes, date)


def back(source: Source) -> Returned:
    """The sentences of a parallel document that this program wrote and others have worked on."""
    from tolmach.text.formats._word import exchange

    return exchange.back(source)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences, and those that could not be put in place; all else in it stays."""
    from tolmach.text.formats._word import render as word_render

    return word_render.render(source, renderings, language)


FORMAT = Format((".docx", ".docm"), read, rewrite=rewrite, track=track, in_paragraphs=True, back=back, render=render)
