"""Finds names of persons, places and organisations in running text, with exact offsets and base forms.

No model of a language is at hand, so evidence is added up: what a word is by the lists, how it is built, what stands
beside it, and how it stands elsewhere in the texts of the run (`Corpus`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tolmach.config import primary
from tolmach.names.mentions.finder import Finder, Mention
from tolmach.names.mentions.tally import Tally

__all__ = ["Corpus", "Mention", "mentions"]

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass
class Corpus:
    """What a first pass over all texts of a run has seen of their words; it grows with the number of names only.

    `persons` are the full names as printed, each with its language.
    """

    words: Tally = field(default_factory=Tally)
    articled: Tally = field(default_factory=Tally)
    placed: Tally = field(default_factory=Tally)
    persons: set[tuple[str, str]] = field(default_factory=set)
    size: int = 0
    _finders: dict[str, Finder] = field(default_factory=dict, repr=False)
    _surnames: frozenset[str] = field(default=frozenset(), repr=False)
    _known: int = field(default=0, repr=False)

    @property
    def surnames(self) -> frozenset[str]:
        """The surnames of all full names; what is their base form is judged by all texts, whatever their order."""
        if self._known != self.size:
            self._known, self._surnames = self.size, frozenset()
            self._surnames = frozenset(
                surname for language, name in self.persons for surname in self.finder(language).surnames(name)
            )
        return self._surnames

    def add(self, text: str, language: str) -> None:
        """Note the words of one more text."""
        finder = self.finder(language)
        self.size += len(text)
        self.words.update(_LETTERS.findall(text))
        self.articled.update(finder.judge.articled(text))
        self.placed.update(finder.judge.placed(text))
        self.persons.update((finder.language, name) for name in finder.full_names(text))

    def merge(self, other: Corpus) -> None:
        """Take over what another corpus has seen."""
        self.size += other.size
        self.persons |= other.persons
        for mine, theirs in (
            (self.words, other.words),
            (self.articled, other.articled),
            (self.placed, other.placed),
        ):
            mine.merge(theirs)

    def replace(self, other: Corpus) -> None:
        """Become what another corpus is; what the finders have read stays known."""
        self.words, self.articled, self.placed = other.words, other.articled, other.placed
        self.persons, self.size = other.persons, other.size

    def __reduce__(self) -> tuple[type[Corpus], tuple[object, ...]]:
        # What the finders remember is not worth sending to another process.
        return Corpus, (self.words, self.articled, self.placed, self.persons, self.size)

    def finder(self, language: str) -> Finder:
        """The finder for a language, which remembers what it has read."""
        base = primary(language)
        if base not in self._finders:
            self._finders[base] = Finder(base, self)
        return self._finders[base]


def mentions(text: str, language: str, corpus: Corpus) -> Iterator[Mention]:
    """The names in a text, in order, not overlapping, with what the corpus of the run says of its words.

    >>> corpus = Corpus()
    >>> text = "Präsident Kassym-Schomart Tokajew flog nach Minsk. Tokajews Reise war kurz."
    >>> corpus.add(text, "de")
    >>> [(mention.base, mention.kind) for mention in mentions(text, "de", corpus)]
    [('Kassym-Schomart Tokajew', 'person'), ('Minsk', 'place'), ('Tokajew', 'person')]
    """
    return corpus.finder(language).find(text)
