"""Renderings found by the alignment that the sentences themselves teach.

For what is translated and not transcribed neither form nor sound tells what stands for a term. Which words of the
translation answer to it is learned from the pairs at hand; a word that answers to another word as well («Lagerkosten»
for «storage costs») is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tolmach.config import primary
from tolmach.text.bitext.words import Word, translations, words
from tolmach.translate.enforce.align import Alignment
from tolmach.translate.enforce.compounds import part_of
from tolmach.translate.enforce.derived import is_relative
from tolmach.translate.enforce.function_words import is_bridge
from tolmach.translate.enforce.grown import grown
from tolmach.translate.enforce.known import LANGUAGES, readings, source_forms
from tolmach.translate.enforce.rendering import MEANT, Group, Rendering, Work, settle
from tolmach.translate.enforce.sentence import words_of
from tolmach.translate.enforce.word_class import fits, russian_class, trimmed
from tolmach.translate.enforce.words import is_compound_with, prior

_LEARNED_FROM = 2000  # pairs besides those in which something is to be found
_LINKED = 0.05  # the least probability of a link
_BESIDE = 0.3  # … of a link of the words beside it
_OWN = 0.2  # the least share of the term in all links of a word
_WORSE = 0.2  # the least share of the best link that another may have
_SHORTEST_PART = 3  # letters of the last part of a compound
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
        if (found is None or found[0] == found[1]) and _settle_in_compound(aligned, group, rows, found):
            return
        if found is None:
            continue
        sentence = aligned.work.target
        span = sentence.span(*found)
        if _is_there(sentence.words[found[0] : found[1] + 1], group.term.target, aligned.work.language):
            settle(aligned.work, group, Rendering(*found, span, "alignment", True, note="derived"))
            continue
        written = sentence.text[span.start : span.end]
        if aligned.work.language == "ru" and sentence.starts_label(found[0]) and not written.isupper():
            # «Заказчики» at the beginning is no name.
            written = written[0].lower() + written[1:]
        like = readings(written, aligned.work.language, "term")
        settle(aligned.work, group, Rendering(*found, span, "alignment", False, like))


def _settle_in_compound(aligned: _Aligned, group: Group, rows: range, found: tuple[int, int] | None) -> bool:
    """Take a part of a German compound for the term, if it stands there but once: of the word found, or of any."""
    work = aligned.work
    if work.language != "de" or group.expected > 1 or group.found:
        return False
    known = translations(work.pair.source_language, "de")
    places = dict(zip(work.target.starts, range(len(work.target.starts)), strict=True))
    for word in aligned.target:
        place = places.get(word.start)
        if place is None or (found and place != found[0]) or not work.target.free(place, place):
            continue
        if part := part_of(word, group.term.target, aligned.source, rows, known):
            group.term = replace(group.term, lexeme=part.lexeme)
            settle(work, group, Rendering(place, place, part.span, "alignment", False))
            return True
    return False


def _is_there(written: Sequence[str], wanted: str, language: str) -> bool:
    """Is the term there, only as another kind of word («балансовая», «баланс»)? A label may be a noun or a verb."""
    relatives = [word for word in written if is_relative(word, wanted) and not _is_shorter(word, wanted, language)]
    label = language == "ru" and len(written) == 1 and {russian_class(wanted), russian_class(written[0])} > {"noun"}
    return " " not in wanted and bool(relatives) and not label


def _is_shorter(word: str, wanted: str, language: str) -> bool:
    """Is it another German noun, to which the wanted one adds a part («Verfassungsgericht» for -gerichtshof)?"""
    both = language == "de" and word[:1].isupper() and wanted[:1].isupper()
    return both and wanted.startswith(word) and len(wanted) - len(word) >= _SHORTEST_PART


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
        if linked[best] < max(_LINKED, _WORSE * linked.max()):
            return None
        if shares[best] >= _OWN and not _is_shared(aligned, rows, int(best)):
            beside = (linked >= _BESIDE) & (shares >= _OWN)
            first, last = _stretch(aligned, int(best), beside, bridged=len(rows) > 1)
            first, last = _grown(aligned, term, rows, first, last)
            found = _places(work, group, aligned.target[first], aligned.target[last])
            found = found and _trimmed(aligned, term, *found, int(best))
            if found and fits(term, work.target, *found, work.language):
                return found
    return None


def _is_shared(aligned: _Aligned, rows: range, column: int) -> bool:
    """Has a German compound a part that translates a word outside the term («Vermögenswert» for «asset» alone)?"""
    if aligned.work.language != "de":
        return False
    own = [word.stem for word in aligned.source[rows.start : rows.stop]]
    others = [word.stem for word in (*aligned.source[: rows.start], *aligned.source[rows.stop :])]
    return is_compound_with(
        aligned.target[column].text, own, others, aligned.work.pair.source_language, aligned.work.language
    )


def _stretch(aligned: _Aligned, best: int, beside: NDArray[np.bool_], *, bridged: bool) -> tuple[int, int]:
    """The best word with those on both sides that answer to the term, too, if need be over one small word."""
    small = [bridged and is_bridge(word.text, aligned.work.language) for word in aligned.target]
    reach = len(beside)
    first = last = best
    while (step := _step(first, -1, beside, small, reach)) is not None:
        first = step
    while (step := _step(last, 1, beside, small, reach)) is not None:
        last = step
    return first, last


def _step(place: int, by: int, beside: NDArray[np.bool_], small: Sequence[bool], reach: int) -> int | None:
    """The next word on one side that answers to the term."""
    for further in (place + by, place + 2 * by):
        if not 0 <= further < reach:
            return None
        if beside[further]:
            return further
        if not small[further]:
            return None
    return None


def _grown(aligned: _Aligned, term: str, rows: range, first: int, last: int) -> tuple[int, int]:
    """The stretch with the words beside it that belong to a noun."""
    if aligned.work.language != "ru" or russian_class(term) != "noun":
        return first, last
    languages = primary(aligned.work.pair.source_language), aligned.work.language
    return grown(first, last, aligned.source, aligned.target, rows, aligned.links, languages)


def _trimmed(aligned: _Aligned, term: str, first: int, last: int, best: int) -> tuple[int, int] | None:
    """The stretch without words that cannot belong to a rendering; `best` is a word of the alignment."""
    target, word = aligned.work.target, aligned.target[best]
    within = [place for place in range(first, last + 1) if word.start <= target.starts[place] < word.end]
    return trimmed(term, target, first, last, within[-1], aligned.work.language) if within else None


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
