"""One self-contained web page: the languages side by side, the terms explained where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.labels import label_language, labels
from tolmach.parallel.writers import Writer

_ROOM = "tolmach.parallel"


def _switches(columns: int) -> str:
    """The rules by which an unticked language disappears, so that the page needs no script for it."""
    return "".join(
        f"body:has(#show-{column}:not(:checked)) .column-{column} {{ display: none; }}\n"
        for column in range(1, columns + 1)
    )


def write(document: ParallelDocument) -> Iterator[tuple[str, bytes]]:
    """The page, as its only file."""
    from tolmach.pages import Page, asset, language, render

    source = document.original
    own = source if source in document.languages else document.languages[0]
    page = Page(
        package=_ROOM,
        template="parallel.html",
        title=document.title,
        language=label_language(own),
        style=asset(_ROOM, "parallel.css") + _switches(len(document.languages)),
        script=asset(_ROOM, "cards.js"),
        values={
            "document": document,
            "source": source,
            "columns": [language(code) for code in document.languages],
            "labels": labels(own),
            "labels_of": labels,
            "label_language": label_language,
        },
    )
    yield ".html", render(page).encode("utf-8")


WRITER = Writer(write)
