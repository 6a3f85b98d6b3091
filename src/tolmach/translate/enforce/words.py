"""What is known of words before any sentence was seen: stems, and which stems translate each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any

from tolmach.config import primary
from tolmach.translate.enforce.function_words import is_function_word

if TYPE_CHECKING:
    from tolmach.translate.enforce.align import Prior

_WORD = re.compile(r"\w+(?:[-'\u2019\u2011]\w+)*")
_STEMMERS = {"de": "german", "en": "english", "ru": "russian"}
_COLUMNS = ("en", "de", "ru")
# Counts, beside those of the links seen; see `align.Prior`.
_SAME = 3.0
_TRANSLATION = 6.0
_SOUND = 1.0
_PART = 1.5
_SHORTEST_KEY = 3
_SHORTEST_PART = 4


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


def prior(source_language: str, target_language: str) -> Prior:
    """What is known of stems of these languages: the lexicon, equal words and numbers, names that sound alike."""
    known = translations(source_language, target_language)

    def pairs(sources: Sequence[str], targets: Sequence[str]) -> Iterable[tuple[int, int, float]]:
        places = {stem: place for place, stem in enumerate(targets)}
        listed = (
            (place, places[rendering], _TRANSLATION)
            for place, stem in enumerate(sources)
            for rendering in known.get(stem, ())
            if rendering in places
        )
        same = ((place, places[stem], _SAME) for place, stem in enumerate(sources) if stem in places)
        parts: Iterator[tuple[int, int, float]] = iter(())
        if primary(target_language) == "de":
            parts = _in_compounds(sources, targets, known)
        elif primary(source_language) == "de":
            back = translations(target_language, source_language)
            parts = ((left, right, count) for right, left, count in _in_compounds(targets, sources, back))
        return chain(listed, same, parts, _alike(sources, targets))

    return pairs


def _in_compounds(
    others: Sequence[str], german: Sequence[str], known: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, int, float]]:
    """Stems and German compounds that begin or end with a translation of them: «model», «Verbrauchsmodell»."""
    translated: dict[str, list[int]] = defaultdict(list)
    for place, stem in enumerate(others):
        for rendering in (*known.get(stem, ()), stem):
            if len(rendering) >= _SHORTEST_PART:
                translated[rendering].append(place)
    for number, word in enumerate(german):
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        found = {place for cut in cuts for part in (word[:cut], word[-cut:]) for place in translated.get(part, ())}
        yield from ((place, number, _PART) for place in sorted(found))


def is_compound_with(
    word: str, own: Sequence[str], others: Sequence[str], source_language: str, target_language: str
) -> bool:
    """Begins or ends a German compound with a translation of the others, and not of its own words?"""
    known, stems = translations(source_language, target_language), stemmer(target_language)
    stem = stems.stem(word)
    mine = {rendering for stem in own for rendering in (*known.get(stem, ()), stem)}
    parts = {
        rendering
        for stem in others
        for rendering in known.get(stem, ())
        if len(rendering) >= _SHORTEST_PART and not is_function_word(rendering, target_language)
    }
    if stem in mine:
        return False
    starts = any(stem.startswith(part) and len(stem) - len(part) >= _SHORTEST_PART for part in parts - mine)
    return starts or any(tail in parts - mine for _cut, tail in tails(word, target_language, _SHORTEST_PART))


def tails(word: str, language: str, shortest: int) -> Iterator[tuple[int, str]]:
    """Where the last part of a compound may begin, and its stem; that of the whole may be cut elsewhere.

    >>> (9, "rechnung") in tails("Verkäuferrechnungen", "de", 4)
    True
    """
    stems = stemmer(language)
    for cut in range(_SHORTEST_PART, len(word) - shortest + 1):
        yield cut, stems.stem(word[cut:])


def _alike(sources: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Stems with one key of sound: names and foreign words, whatever their script."""
    from tolmach.transcription.skeleton import keys

    by_key: dict[str, list[int]] = defaultdict(list)
    for place, stem in enumerate(targets):
        for key in keys(stem):
            if len(key) >= _SHORTEST_KEY:
                by_key[key].append(place)
    for place, stem in enumerate(sources):
        alike = {other for key in keys(stem) if len(key) >= _SHORTEST_KEY for other in by_key.get(key, ())}
        yield from ((place, other, _SOUND) for other in sorted(alike))
