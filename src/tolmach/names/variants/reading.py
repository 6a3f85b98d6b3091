"""The two readings of a document: what its words say, and which names stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.names.mentions.find import mentions
from tolmach.text.model import Document, Passage

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Corpus
    from tolmach.names.variants.gathering import Gathering

LANGUAGES = ("de", "en", "ru")
"""The languages in which names are found, and for which they are proposed."""

Share = Callable[[], Iterable[Document]]
"""Reads some of the documents of a run."""


def learn(document: Document, corpus: Corpus) -> None:
    """Note what the words of a document say."""
    for passage in _passages(document):
        corpus.add(passage.text, passage.language)


def collect(document: Document, corpus: Corpus, gathered: Gathering) -> None:
    """Gather the names of a document."""
    for passage in _passages(document):
        gathered.add(document, passage, list(mentions(passage.text, passage.language, corpus)))


def _passages(document: Document) -> Iterator[Passage]:
    """What can be searched: the passages in one of our languages."""
    return (passage for passage in document.passages if primary(passage.language) in LANGUAGES)
