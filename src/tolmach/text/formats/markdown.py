"""Markdown: its prose without the marks (CommonMark, tables and footnotes). An own scanner, for exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Rendering, Source, _inline
from tolmach.text.formats._markdown.blocks import Paragraph, front_matter, labels, paragraphs
from tolmach.text.formats._prose import Block, passages
from tolmach.text.model import Document, Passage, Span

_LANGUAGE = re.compile(
    r"^(?:lang|language|locale)[ \t]*[:=][ \t]*[\"']?([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)\b", re.MULTILINE
)


def read(source: Source) -> Iterator[Document]:
    """The text as one document; its language is what the front matter, the caller or the file name says, or a guess."""
    text = decode(source.content, source.path, source.encoding)
    yield Document(source.path, source.id, "markdown", text, passages=_passages(source, text, paragraphs(text)))


def _passages(source: Source, text: str, found: Iterable[Paragraph]) -> tuple[Passage, ...]:
    named = _named(text)
    language = named[1].replace("_", "-") if named else source.language or detect.from_name(source.path)
    return passages(_read(found, labels(text)), language)


def _named(text: str) -> re.Match[str] | None:
    """The language that the front matter names."""
    return _LANGUAGE.search(text, 0, front_matter(text))


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
    named, found = _named(text), paragraphs(text)
    whole = _passages(source, text, found)
    page = markdown_render.Page(decoded_text, whole, found, labels(text), Span(*named.span(1)) if named else None)
    return markdown_render.render(page, renderings, language)


def blocks(text: str) -> list[Block]:
    """The paragraphs, headings, list entries and table cells; never fails, whatever the text holds."""
    return _read(paragraphs(text), labels(text))


def _read(found: Iterable[Paragraph], names: frozenset[str]) -> list[Block]:
    return [_inline.read(one.written, names) for one in found]


FORMAT = Format((".md", ".markdown"), read, rewrite=rewrite, render=render)
