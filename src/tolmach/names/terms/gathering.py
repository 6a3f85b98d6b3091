"""The terms of many texts, counted in two readings: first which may be terms, then where those that recur stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile

from tolmach.config import primary
from tolmach.names.mentions.find import Corpus, Mention, mentions
from tolmach.names.mentions.tally import Counts
from tolmach.names.terms.languages import rules
from tolmach.names.terms.model import Candidate
from tolmach.names.terms.spelling import fold
from tolmach.names.variants.gathering import Occurrence
from tolmach.text.model import Document, Passage, Span

_MANY = 1_000_000
"""So many variants are counted; when there are more, those met once are forgotten (lossy counting, Manku and Motwani,
Approximate frequency counts over data streams, VLDB 2002)."""
_FEWEST = 2
_AROUND = 200  # code points
_CALLED = ("organisation", "term", "other")


@dataclass
class Variant:
    """One spelling of a term: how often each form of it stands in the texts, and where."""

    text: str
    words: int
    surfaces: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How often it was found."""
        return self.sources.total()


@dataclass(frozen=True)
class Gathered:
    """The variants by language and key, and all words of the texts."""

    terms: Mapping[tuple[str, str], list[Variant]]
    words: Counts


def gather(
    read: Callable[[], Iterable[Document]], languages: tuple[str, ...], *, several: bool, occurrences: bool
) -> Gathered:
    """The recurring terms in the documents; `read` is called twice. With `several` only those in several spellings."""
    corpus = Corpus()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in read():
        for passage, language in _passages(document, languages):
            corpus.add(passage.text, language)
            found = counts[language]
            found.update(candidate.variant for candidate in rules(language).candidates(passage.text))
            if len(found) > _MANY:
                counts[language] = Counter({variant: count for variant, count in found.items() if count > 1})
    wanted = {language: _wanted(found, language, several=several) for language, found in counts.items()}
    counts.clear()
    terms: dict[tuple[str, str], dict[str, Variant]] = defaultdict(dict)
    for document in read():
        for passage, language in _passages(document, languages):
            for candidate, key in _found(passage.text, language, wanted.get(language, {}), corpus):
                variant = terms[language, key].setdefault(
                    candidate.variant, Variant(candidate.variant, candidate.words)
                )
                _note(variant, candidate, document, passage, occurrences=occurrences)
    return Gathered({place: list(found.values()) for place, found in terms.items()}, corpus.words)


def _passages(document: Document, languages: tuple[str, ...]) -> Iterator[tuple[Passage, str]]:
    for passage in document.passages:
        language = primary(passage.language)
        if language in languages:
            yield passage, language


def _wanted(counts: Counter[str], language: str, *, several: bool) -> dict[str, str]:
    """The variants that are worth a second look, each with its key."""
    by_key: dict[str, list[str]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for variant, count in counts.items():
        key = fold(variant, language)
        by_key[key].append(variant)
        totals[key] += count
    return {
        variant: key
        for key, variants in by_key.items()
        if totals[key] >= _FEWEST and (len(variants) > 1 or not several)
        for variant in variants
    }


def _found(text: str, language: str, wanted: Mapping[str, str], corpus: Corpus) -> Iterator[tuple[Candidate, str]]:
    """The wanted candidates of a text that are no part of a name."""
    found = [one for one in rules(language).candidates(text) if one.variant in wanted]
    if not found:
        return
    found.sort()
    for start, end, inside in _windows(text, found):
        names = list(mentions(text[start:end], language, corpus))
        place = 0
        for candidate in inside:
            while place < len(names) and names[place].outer_end + start <= candidate.start:
                place += 1
            if all(_is_allowed(candidate, name, start) for name in _until(names, place, candidate.end - start)):
                yield candidate, wanted[candidate.variant]


def _windows(text: str, found: list[Candidate]) -> Iterator[tuple[int, int, list[Candidate]]]:
    """The lines around candidates that stand near each other: where they begin and end, and the candidates.

    Names are looked for only there, which saves most of the work where few terms have several spellings.
    """
    begin = end = 0
    inside: list[Candidate] = []
    for candidate in found:
        if inside and candidate.start > end:
            yield begin, end, inside
            inside = []
        if not inside:
            begin = text.rfind("\n", 0, max(0, candidate.start - _AROUND)) + 1
        line = text.find("\n", candidate.end + _AROUND)
        end = max(end, len(text) if line < 0 else line)
        inside.append(candidate)
    if inside:
        yield begin, end, inside


def _until(names: list[Mention], place: int, end: int) -> Iterator[Mention]:
    """The names from a place on that begin before `end`."""
    return takewhile(lambda mention: mention.outer_start < end, islice(names, place, None))


def _is_allowed(candidate: Candidate, mention: Mention, offset: int) -> bool:
    """May the name be in the term: a treaty or a body that is called by ordinary words, all of them in the term?"""
    is_within = candidate.start <= mention.outer_start + offset and mention.outer_end + offset <= candidate.end
    return is_within and candidate.words > 1 and mention.kind in _CALLED and " " in mention.text


def _note(variant: Variant, candidate: Candidate, document: Document, passage: Passage, *, occurrences: bool) -> None:
    printed = passage.text[candidate.start : candidate.end]
    variant.surfaces[" ".join(printed.split())] += 1
    variant.articles[candidate.article] += 1
    variant.sources[document.path] += 1
    if occurrences:
        span = passage.locate(Span(candidate.start, candidate.end))
        start, end = span.start + document.offset, span.end + document.offset
        variant.occurrences.append(Occurrence(document.path, start, end, document.text[span.start : span.end]))
