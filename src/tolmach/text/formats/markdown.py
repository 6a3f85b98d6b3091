"""Markdown: its prose without the marks (CommonMark, tables and footnotes). An own scanner, for exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Rendering, Source, _inline
from tolmach.text.formats._markdown.blocks import front_matter, labels, paragraphs
from tolmach.text.formats._prose import Block, passages
from tolmach.text.model import Document, Span

_LANGUAGE = re.compile(
    r"^(?:lang|language|locale)[ \t]*[:=][ \t]*[\"']?([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)\b", re.MULTILINE
)


def read(source: Source) -> Iterator[Document]:
    """The text as one document; its language is what the front matter, the caller or the file name says, or a guess."""
    text = decode(source.content, source.path, source.encoding)
    named = _LANGUAGE.search(text, 0, front_matter(text))
    language = named[1].replace("_", "-") if named else source.language or detect.from_name(source.path)
    yield Document(source.path, source.id, "markdown", text, passages=passages(blocks(text), language))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The text with the edits made, and those that could not be: marks, code and the names of links stay."""
    from tolmach.text.formats._markdown import edits as markdown_edits

    text = decoded(source.content, source.path, configured=source.encoding)
    found = passages(blocks(text.text), "und")
    return markdown_edits.rewrite(source.content, text, found, labels(text.text), edits)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The text with these sentences in the language, and those that could not be put in place.

    Code, addresses and notes stay; what would be a mark is escaped, and `lang` in the front matter is the language.
    """
    from tolmach.text.formats._markdown import render as markdown_render

    decoded_text = decoded(source.content, source.path, configured=source.encoding)
    text = decoded_text.text
    named = _LANGUAGE.search(text, 0, front_matter(text))
    found = paragraphs(text)
    page = markdown_render.Page(
        decoded_text,
        next(read(source)).passages,
        found,
        labels(text),
        Span(*named.span(1)) if named else None,
    )
    return markdown_render.render(page, renderings, language)


def blocks(text: str) -> list[Block]:
    """The paragraphs, headings, list entries and table cells; never fails, whatever the text holds."""
    names = labels(text)
    return [_inline.read(one.written, names) for one in paragraphs(text)]


FORMAT = Format((".md", ".markdown"), read, rewrite=rewrite, render=render)
