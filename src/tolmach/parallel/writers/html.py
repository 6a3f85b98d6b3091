"""One self-contained web page: the languages side by side, the terms explained where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.writers import Writer

_ROOM = "tolmach.parallel"


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    return load_table(_ROOM, "labels.toml")


def _labels(language: str) -> dict[str, str]:
    return _all_labels()[_label_language(language)]


def _label_language(language: str) -> str:
    return primary(language) if primary(language) in _all_labels() else "en"


def _switches(columns: int) -> str:
    """The rules by which an unticked language disappears, so that the page needs no script for it."""
    return "".join(
        f"body:has(#show-{column}:not(:checked)) .column-{column} {{ display: none; }}\n"
        for column in range(1, columns + 1)
    )


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The page, as its only file."""
    from tolmach.pages import Page, asset, language, render

    source = document.languages[0]
    page = Page(
        package=_ROOM,
        template="parallel.html",
        title=document.title,
        language=_label_language(source),
        style=asset(_ROOM, "parallel.css") + _switches(len(document.languages)),
        script=asset(_ROOM, "cards.js"),
        values={
            "document": document,
            "source": source,
            "columns": [language(code) for code in document.languages],
            "labels": _labels(source),
            "labels_of": _labels,
            "label_language": _label_language,
        },
    )
    yield ".html", render(page).encode("utf-8")


WRITER = Writer(write)
