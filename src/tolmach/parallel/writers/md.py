"""Markdown: a table of the languages side by side (GitHub's tables and footnotes), the terms as footnotes.

Everything that Markdown would take for itself is escaped, so that no text can break the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tolmach.glossary.card import Card
from tolmach.pages import language, visible
from tolmach.parallel import exchange
from tolmach.parallel.document import Cell, ParallelDocument, Row
from tolmach.parallel.labels import labels
from tolmach.parallel.writers import Writer

_SIGNS = re.compile(r"[&<>|\\*_\[\]`~#^${}!]|(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)")
# not by a backslash, for a table is cut at its strokes before anything else is read
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\\": "&#92;"}


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The page, as its only file."""
    yield ".md", "".join(_lines(document)).encode("utf-8")


def _lines(document: ParallelDocument) -> Iterator[str]:
    columns = document.languages
    yield _line(["", *(escaped(language(code).name) for code in columns)])
    yield _line(["---:", *["---"] * len(columns)])
    numbers = {card.id: number for number, card in enumerate(document.terms, 1)}
    for number, row in enumerate(document.rows, 1):
        yield _line([str(number), *(_cell(row, code, numbers) for code in columns)])
    yield "\n"
    words = labels(document.original if document.original in columns else columns[0])
    for card in document.terms:
        yield f"[^{numbers[card.id]}]: {_explained(card, columns, words)}\n"
    yield f"\n{escaped(exchange.signed(document))}\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(row: Row, code: str, numbers: dict[str, int]) -> str:
    cell = row.cells[code]
    text = escaped(cell.text)
    if row.heading and text[:1].isalnum() and text[-1:].isalnum():
        text = f"**{text}**"
    state = f"*({labels(code)[cell.state]})*" if cell.state != "reviewed" else ""
    return " ".join(part for part in (text + _references(cell, numbers), state) if part)


def _references(cell: Cell, numbers: dict[str, int]) -> str:
    """The terms of the cell, after its text: a link within a word would tear it."""
    concepts = dict.fromkeys(concept for _span, concept in cell.marks if concept in numbers)
    # not close to one another, for the first and the second would look like the twelfth
    return " ".join(f"[^{numbers[concept]}]" for concept in concepts)


def _explained(card: Card, columns: tuple[str, ...], words: dict[str, str]) -> str:
    forms = []
    for code in columns:
        wanted = dict.fromkeys(row.form for row in card.rows if row.language == code and row.status.wanted)
        unwanted = dict.fromkeys(row.form for row in card.rows if row.language == code and not row.status.wanted)
        avoided = f" ({words['deprecated']}: {', '.join(map(escaped, unwanted))})" if unwanted else ""
        if wanted or unwanted:
            forms.append(f"{escaped(code)} {', '.join(map(escaped, wanted))}{avoided}")
    note = f" \u2013 {escaped(card.note)}" if card.note else ""
    return " \u00b7 ".join([words[card.kind], *forms]) + note


def escaped(text: str) -> str:
    r"""The text on one line as Markdown that shows just this text.

    >>> print(escaped("a|b *c* <d>"))
    a&#124;b \*c\* &lt;d&gt;
    """
    text = " ".join(visible(text).split())
    return _SIGNS.sub(lambda sign: _ENTITIES.get(sign[0], f"\\{sign[0]}"), text)


WRITER = Writer(write, ".md")
