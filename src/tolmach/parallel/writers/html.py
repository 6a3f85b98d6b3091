"""One self-contained web page: the languages side by side, the terms explained where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.messages import _
from tolmach.parallel.document import ParallelDocument
from tolmach.parallel.labels import label_language, labels
from tolmach.parallel.writers import Writer

_ROOM = "tolmach.parallel"
_TOGETHER = 25  # rows that a browser lays out together, when they come into sight


def _switches(columns: int) -> str:
    """The rules by which an unticked language disappears, so that the page needs no script for it.

    A page without any language would be empty: when none is ticked, all are shown. The conditions look into the bar
    only: with the whole body a browser would look through all of a long text whenever the pointer moves.
    """
    bar = ".bar:has(.language:checked)"
    return "".join(
        f"{bar}:has(#show-{column}:not(:checked)) ~ main .column-{column} {{ display: none; }}\n"
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
        script=asset(_ROOM, "cards.js") + asset(_ROOM, "sentences.js"),
        values={
            "document": document,
            "together": _TOGETHER,
            "source": source,
            "columns": [language(code) for code in document.languages],
            "labels": labels(own),
            "labels_of": labels,
            "label_language": label_language,
            "noted": sum(bool(row.notices) for row in document.rows),
            "message_language": _("en"),
        },
    )
    yield ".html", render(page).encode("utf-8")


WRITER = Writer(write, ".html")
