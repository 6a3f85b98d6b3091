"""Words of a sentence with their stems, and which stems translate each other by the lexicon beside this module."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from tolmach.config import primary

_WORD = re.compile(r"\w+(?:[-'\u2019\u2011]\w+)*")
_STEMMERS = {"de": "german", "en": "english", "ru": "russian"}
_COLUMNS = ("en", "de", "ru")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence with its place and stem; a compound with hyphens is one word."""

    text: str
    start: int
    stem: str

    @property
    def end(self) -> int:
        """Where it ends, in code points."""
        return self.start + len(self.text)


def words(text: str, language: str) -> list[Word]:
    """The words and numbers of a text."""
    stems = stemmer(language)
    return [Word(found[0], found.start(), stems.stem(found[0])) for found in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Stemmer:
    """Cuts endings (Snowball; Porter 2001) and remembers what it has cut; other languages keep their words whole."""

    language: str
    known: dict[str, str] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """The stem of a word, in lower case."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) > _REMEMBERED:
                self.known.clear()
            found = self.known[word] = _cut(word.casefold(), self.language)
        return found


_REMEMBERED = 200_000


@cache
def stemmer(language: str) -> Stemmer:
    """The stemmer of a language."""
    return Stemmer(primary(language))


def _cut(word: str, language: str) -> str:
    stems = _snowball(language)
    return word if stems is None else str(stems.stemWord(word.replace("ё", "е")))


@cache
def _snowball(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language]) if language in _STEMMERS else None


@cache
def translations(source_language: str, target_language: str) -> dict[str, frozenset[str]]:
    """From the stems of one language to those of their usual translations, out of the lexicon beside this module."""
    source, target = primary(source_language), primary(target_language)
    found: dict[str, set[str]] = defaultdict(set)
    if {source, target} <= set(_COLUMNS):
        left, right = stemmer(source), stemmer(target)
        for row in _rows():
            renderings = {right.stem(word) for word in _cell(row, target)}
            for word in _cell(row, source):
                found[left.stem(word)] |= renderings
    return {stem: frozenset(renderings) for stem, renderings in found.items()}


def _rows() -> Iterator[list[str]]:
    text = (files(__package__) / "lexicon.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines()[2:])


def _cell(row: list[str], language: str) -> list[str]:
    """The single words of a cell; a phrase says nothing about its words."""
    alternatives = (one.strip() for one in row[_COLUMNS.index(language)].split(","))
    return [one for one in alternatives if one and " " not in one]
