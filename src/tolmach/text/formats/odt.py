"""ODT, the format of LibreOffice: body with tables, notes and text boxes, then headers and footers.

Offsets count in the paragraphs, joined by line ends; a line is a paragraph. Deleted text and comments are not read; a
picture or the number of a note is U+FFFC, a tab or line break a blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tolmach.text.formats import Edit, Format, Rendering, Source
from tolmach.text.model import Document


def read(source: Source) -> Iterator[Document]:
    """The paragraphs as passages, each in the language of its styles; raises TolmachError for what is no document."""
    from tolmach.text.formats._odf import edits as odf_edits
    from tolmach.text.formats._office.languages import documents

    _archive, stories, language = odf_edits.load(source)
    return documents(source, "odt", stories, language)


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be made; a replacement looks as the first letter did."""
    from tolmach.text.formats._odf import edits as odf_edits

    return odf_edits.rewrite(source, edits)


def track(source: Source, edits: Sequence[Edit], date: datetime | None = None) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits as tracked changes by «tolmach», and those that could not be made (as in headers)."""
    from tolmach.text.formats._odf import track as odf_track

    return odf_track.track(source, edits, date)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences, and those that could not be put in place; all else in it stays."""
    from tolmach.text.formats._odf import render as odf_render

    return odf_render.render(source, renderings, language)


FORMAT = Format((".odt",), read, rewrite=rewrite, track=track, in_paragraphs=True, render=render)
