"""An electronic book (EPUB 3.2): the languages side by side on a wide page, below one another on a narrow one.

The specification wants the time of the last change. A text knows none, and a clock would make every book another: it
is always the first day that a zip archive knows, and the identifier of the book comes from its content instead, so that
a book that has changed is another one to a reading program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from tolmach.parallel.archive import Member, pack
from tolmach.parallel.document import ParallelDocument, Row
from tolmach.parallel.exchange import signed
from tolmach.parallel.labels import label_language, labels
from tolmach.parallel.writers import Writer

_ROOM = "tolmach.parallel"
_MODIFIED = "1980-01-01T00:00:00Z"
# Reading programs load a part as a whole; a heading begins a new one when there is enough for it.
_FEW, _MANY, _MOST = 60, 300, 400
_WIDE = "min-width: 38em"
_TITLE = 120  # characters of an entry of the contents
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True)
class _Part:
    """A file of the book: its name, its rows, the numbers of the first and last of them."""

    name: str
    rows: tuple[Row, ...]
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class _Entry:
    """A line of the table of contents."""

    part: str
    fragment: str
    language: str
    text: str


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The book, as its only file."""
    yield ".epub", pack(_members(document))


def _members(document: ParallelDocument) -> Iterator[Member]:
    from tolmach.pages import asset, stream

    yield Member("mimetype", ["application/epub+zip"], stored=True)
    yield Member("META-INF/container.xml", [asset(_ROOM, "epub/container.xml")])
    values = _values(document)
    parts = tuple(_parts(document))
    values |= {"parts": parts, "entries": tuple(_entries(document, parts))}
    yield Member("EPUB/package.opf", stream(_ROOM, "epub/package.opf", values))
    yield Member("EPUB/nav.xhtml", stream(_ROOM, "epub/nav.xhtml", values))
    yield Member("EPUB/style.css", [asset(_ROOM, "epub/style.css"), _wide(asset(_ROOM, "epub/wide.css"))])
    for part in parts:
        yield Member(f"EPUB/{part.name}.xhtml", stream(_ROOM, "epub/part.xhtml", {**values, "part": part}))
    yield Member("EPUB/terms.xhtml", stream(_ROOM, "epub/terms.xhtml", values))


def _wide(rules: str) -> str:
    """The rules for wide pages; reading programs that know no containers go by the width of the window."""
    by_window = f"@media ({_WIDE}) {{\n{rules}}}"
    return f"@container ({_WIDE}) {{\n{rules}}}\n@supports not (container-type: inline-size) {{\n{by_window}\n}}\n"


def _values(document: ParallelDocument) -> dict[str, object]:
    from tolmach.pages import language

    return {
        "document": document,
        "page": language(label_language(document.original)),
        "source": language(document.original),
        "columns": [language(code) for code in document.languages],
        "labels": labels(document.original),
        "labels_of": labels,
        "label_language": label_language,
        "numbers": {card.id: number for number, card in enumerate(document.terms, 1)},
        "identity": identity,
        "identifier": _identifier(document),
        "modified": _MODIFIED,
        "signature": signed(document),
    }


def identity(sentence: str) -> str:
    """The id of a sentence as XML allows it in an element: what follows the document id.

    >>> identity("news/a b#1c2d3e4f-2")
    's-1c2d3e4f-2'
    """
    return "s-" + _NO_NAME.sub("_", sentence.rpartition("#")[2])


def _identifier(document: ParallelDocument) -> UUID:
    """A name for the book that is the same for the same content (RFC 4122, version 5 in form)."""
    digest = sha256()
    for text in (document.id, *document.languages, signed(document), *_texts(document)):
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return UUID(bytes=digest.digest()[:16], version=5)


def _texts(document: ParallelDocument) -> Iterator[str]:
    for row in document.rows:
        yield row.id
        for code in document.languages:
            yield from (row.cells[code].state, row.cells[code].text)


def _parts(document: ParallelDocument) -> Iterator[_Part]:
    rows: list[Row] = []
    first, number = 1, 1
    for row in document.rows:
        if rows and _begins(row, rows):
            yield _Part(f"part-{number:04}", tuple(rows), first)
            first, number, rows = first + len(rows), number + 1, []
        rows.append(row)
    yield _Part(f"part-{number:04}", tuple(rows), first)


def _begins(row: Row, before: list[Row]) -> bool:
    new = row.paragraph != before[-1].paragraph
    return len(before) >= _MOST or (new and len(before) >= (_FEW if row.heading else _MANY))


def _entries(document: ParallelDocument, parts: tuple[_Part, ...]) -> Iterator[_Entry]:
    """The headings and, where a part has none, its first and last sentence by their numbers."""
    sentences, language = labels(document.original)["sentences"], label_language(document.original)
    for part in parts:
        headings = [row for row in part.rows if row.heading]
        for row in headings:
            text = row.cells[document.original].text
            shown = text if len(text) <= _TITLE else f"{text[:_TITLE].rstrip()}…"
            yield _Entry(part.name, f"#{identity(row.id)}", document.original, shown)
        if not headings:
            yield _Entry(part.name, "", language, f"{sentences} {part.first}–{part.last}")


WRITER = Writer(write, ".epub")
