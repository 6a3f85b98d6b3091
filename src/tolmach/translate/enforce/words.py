"""What word alignment knows of words before any sentence was seen, and which words are parts of compounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.text.bitext.words import stemmer, translations
from tolmach.translate.enforce.function_words import is_function_word

if TYPE_CHECKING:
    from tolmach.translate.enforce.align import Prior

# Counts, beside those of the links seen; see `align.Prior`.
_SAME = 3.0
_TRANSLATION = 6.0
_SOUND = 1.0
_PART = 1.5
_SHORTEST_KEY = 3
_SHORTEST_PART = 4


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
