"""What a term is before anything is known of it, and what the module of a language offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from tolmach.names.mentions.tally import Counts

OPEN = "_"
"""Stands in a variant for the blank between the parts of a compound that is written apart."""
ARTICLE = "~"
"""Stands in a variant for an article within a term."""


class Candidate(NamedTuple):
    """A stretch of a text that may be a term: `start:end` count its code points.

    `variant` is the term without its inflection, in its own spelling, with one blank between the words; `words` is the
    number of those that mean something; `article` are the article before it and
    the ending of its adjective, where they may tell a gender.
    """

    start: int
    end: int
    variant: str
    words: int
    article: str = ""


class Forms(NamedTuple):
    """How often each form of a variant stands in the texts, each article before it, and each single word at all."""

    surfaces: Mapping[str, int]
    articles: Mapping[str, int]
    words: Counts

    @property
    def usual(self) -> str:
        """The most frequent form."""
        return max(sorted(self.surfaces), key=lambda one: self.surfaces[one])


class Rules(Protocol):
    """What a language offers."""

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Every stretch of the text that is built like a term, those within others too."""

    def label(self, variant: str, forms: Forms) -> str:
        """The base form of a variant."""

    def is_compound(self, variant: str) -> bool:
        """Is a single word made of several?"""
