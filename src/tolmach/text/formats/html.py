"""HTML: what a browser shows as running text. An own scanner, because exact offsets are needed for entities, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.text import detect
from tolmach.text.decode import Decoded, decoded
from tolmach.text.formats import Edit, Format, Rendering, Source
from tolmach.text.formats._html.scan import CHARSET, FRONT, scan
from tolmach.text.formats._prose import Block, passages
from tolmach.text.model import Document

_CALLED_WESTERN = ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii")
_WESTERN = "cp1252"  # what browsers take these names for (WHATWG Encoding Standard)


def read(source: Source) -> Iterator[Document]:
    """The page as one document; `lang` attributes give the languages, else the caller, the file name or a guess.

    Left out are code, scripts, attributes (but descriptions of pictures) and what says `translate="no"`.
    """
    text = _decode(source).text
    language = source.language or detect.from_name(source.path)
    yield Document(source.path, source.id, "html", text, passages=passages(blocks(text), language))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The page with the edits made, and those that could not be; tags stay, and character references are kept up."""
    from tolmach.text.formats._html import edits as html_edits

    page = _decode(source)
    scanned = scan(page.text)
    texts = html_edits.Texts(passages(scanned.finished, "und"), scanned.descriptions)
    return html_edits.rewrite(source.content, page, texts, edits)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The page with these sentences in the language, and those that could not be put in place.

    Links, pictures and elements with code stay; `lang` and the encoding are what they now are.
    """
    from tolmach.text.formats._html import render as html_render

    decoded = _decode(source)
    scanned = scan(decoded.text)
    found = passages(scanned.finished, source.language or detect.from_name(source.path))
    page = html_render.Page(decoded, found, scanned.pairs, scanned.descriptions, scanned.languages)
    return html_render.render(page, renderings, language)


def _decode(source: Source) -> Decoded:
    named = CHARSET.search(source.content[:FRONT].decode("latin-1"))
    charset = named["name"].lower() if named else ""
    declared = _WESTERN if charset in _CALLED_WESTERN else charset
    return decoded(source.content, source.path, declared, configured=source.encoding)


def blocks(text: str) -> list[Block]:
    """The paragraphs, headings, cells and picture descriptions of a page; never fails, whatever the page holds."""
    return scan(text).finished


FORMAT = Format((".html", ".htm", ".xhtml"), read, rewrite=rewrite, render=render)
