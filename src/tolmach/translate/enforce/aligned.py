"""Renderings found by the alignment that the sentences themselves teach.

For what is translated and not transcribed neither form nor sound tells what stands for a term. Which words of the
translation answer to it is learned from the pairs at hand; a word that answers to another word as well («Lagerkosten»
for «storage costs») is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tolmach.translate.enforce.align import Alignment
from tolmach.translate.enforce.derived import is_relative
from tolmach.translate.enforce.known import LANGUAGES, readings, source_forms
from tolmach.translate.enforce.rendering import MEANT, Group, Rendering, Work, settle
from tolmach.translate.enforce.sentence import words_of
from tolmach.translate.enforce.word_class import fits, russian_class
from tolmach.translate.enforce.words import Word, prior, words

_LEARNED_FROM = 2000  # pairs besides those in which something is to be found
_LINKED = 0.05  # the least probability of a link
_BESIDE = 0.3  # … of a link of the words beside it
_OWN = 0.2  # the least share of the term in all links of a word
_TRIED = 5  # words, the likeliest first


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A pair with its words as the alignment sees them, and the probabilities of the links."""

    work: Work
    source: list[Word]
    target: list[Word]
    links: NDArray[np.float64]


def by_alignment(works: Sequence[Work | None]) -> None:
    """Find what is still open in the pairs of a window, of which each language pair teaches itself."""
    found = [work for work in works if work is not None]

    def languages(work: Work) -> tuple[str, str]:
        return work.pair.source_language, work.language

    for (source, target), group in groupby(sorted(found, key=languages), languages):
        if target in LANGUAGES:
            together = list(group)
            unfinished = [work for work in together if any(map(_can_be_aligned, work.open))]
            if unfinished:
                _find(
                    unfinished, [work for work in together if not any(map(_can_be_aligned, work.open))], source, target
                )


def _can_be_aligned(group: Group) -> bool:
    return group.term.kind in MEANT or group.term.source[:1].islower()


def _find(works: Sequence[Work], others: Sequence[Work], source: str, target: str) -> None:
    pairs = dict.fromkeys((work.pair.source, work.pair.target) for work in (*works, *others[:_LEARNED_FROM]))
    read = {pair: (words(pair[0], source), words(pair[1], target)) for pair in pairs}
    alignment = Alignment.learn(
        [([one.stem for one in left], [one.stem for one in right]) for left, right in read.values()],
        prior(source, target),
    )
    numbers = {pair: number for number, pair in enumerate(read)}
    for work in works:
        pair = work.pair.source, work.pair.target
        aligned = _Aligned(work, *read[pair], alignment.of(numbers[pair]))
        for group in filter(_can_be_aligned, work.open):
            _settle(aligned, group)


def _settle(aligned: _Aligned, group: Group) -> None:
    for rows in _rows(aligned, group):
        if not group.open:
            return
        found = _columns(aligned, group, rows)
        if found is None:
            continue
        sentence = aligned.work.target
        span = sentence.span(*found)
        if _is_there(sentence.words[found[0] : found[1] + 1], group.term.target, aligned.work.language):
            settle(aligned.work, group, Rendering(*found, span, "alignment", True, note="derived"))
            continue
        like = readings(sentence.text[span.start : span.end], aligned.work.language, "term")
        settle(aligned.work, group, Rendering(*found, span, "alignment", False, like))


def _is_there(written: Sequence[str], wanted: str, language: str) -> bool:
    """Is the term there, only as another kind of word («балансовая», «баланс»)? A label may be a noun or a verb."""
    relatives = [word for word in written if is_relative(word, wanted)]
    label = language == "ru" and len(written) == 1 and {russian_class(wanted), russian_class(written[0])} > {"noun"}
    return " " not in wanted and bool(relatives) and not label


def _rows(aligned: _Aligned, group: Group) -> Iterator[range]:
    """The places of the term among the source words of the alignment."""
    source = aligned.work.source
    forms = source_forms(group.term.source, group.term.kind, aligned.work.pair.source_language)
    for place in forms.places(source):
        span = source.span(place.first, place.last)
        within = [
            number for number, word in enumerate(aligned.source) if word.start < span.end and word.end > span.start
        ]
        within = [number for number in within if number < len(aligned.links)]
        if within:
            yield range(within[0], within[-1] + 1)


def _columns(aligned: _Aligned, group: Group, rows: range) -> tuple[int, int] | None:
    """The first and the last word of the likeliest rendering that fits, as places in the target sentence."""
    links = aligned.links
    if not links.size:
        return None
    own = links[rows.start : rows.stop]
    linked = 1 - np.prod(1 - own, axis=0)
    shares = linked / np.maximum(linked + links.sum(axis=0) - own.sum(axis=0), 1e-9)
    work, term = aligned.work, group.term.target
    for best in np.argsort(-linked)[:_TRIED]:
        if linked[best] < _LINKED:
            return None
        if shares[best] >= _OWN:
            first, last = _stretch(int(best), (linked >= _BESIDE) & (shares >= _OWN))
            found = _places(work, group, aligned.target[first], aligned.target[last])
            if found and fits(term, work.target, *found, work.language):
                return found
    return None


def _stretch(best: int, beside: NDArray[np.bool_]) -> tuple[int, int]:
    """The best word with those on both sides that answer to the term, too."""
    first = last = best
    while first and beside[first - 1]:
        first -= 1
    while last + 1 < len(beside) and beside[last + 1]:
        last += 1
    return first, last


def _places(work: Work, group: Group, first: Word, last: Word) -> tuple[int, int] | None:
    """The words of the target between two words of the alignment, if nothing else is in the way.

    Words taken over from elsewhere in the source («FICA-Dokument», «SAP Digital») are no part of a translation.
    """
    target, own = work.target, words_of(group.term.source)
    within = [place for place, start in enumerate(target.starts) if first.start <= start < last.end]
    copied = {place for place in within if target.keys[place] in work.source.keys and target.keys[place] not in own}
    if copied and first is last:
        within = [place for place in within if place not in copied]
    elif copied:
        return None
    if not within or within != list(range(within[0], within[-1] + 1)):
        return None
    free = target.free(within[0], within[-1]) and target.joined(within[0], within[-1])
    return (within[0], within[-1]) if free else None
