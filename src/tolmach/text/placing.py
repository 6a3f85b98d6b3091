"""Where in a translation stands what is marked in its source: emphasis, links, notes, objects.

The stretch of the translation is looked for that has as many links of words with the marked stretch, and as few with
the rest of the sentence, as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tolmach.text.bitext.links import Matrix, Word, is_adjective, links, words
from tolmach.text.model import Span

_QUOTES = '"\u00ab\u00bb\u201e\u201c\u201d\u201a\u2018\u2039\u203a'
_STOPS = ".,;:!?\u2026"
_DASHES = "-\u2013\u2014"
_BREAK = re.compile(r"[,;:()\[\]\u2013\u2014]|\s-\s")

_OUTSIDE = 0.9  # what a link with a word outside costs, against one within
_ALONE = 0.12  # what a word without links costs …
_ALONE_GRAMMAR = 0.04  # … and one that only carries grammar
_EDGE = 0.25  # what it costs to begin or end with a word of grammar that belongs to no word within
_TORN = 0.35  # what it costs to part an adjective from a noun that stands for nothing else
_FREE = 0.3  # below this link a word stands for nothing
_BREAKS = 0.3  # what a comma costs that the source has not
_BOUND = 0.3  # what is gained where both stretches begin or end at quotation marks or brackets …
_STOP = 0.12  # … at a comma or stop, or at an end of the sentence
_LENGTH = 0.06  # what each word too many or too few costs


def placed(
    source: str,
    target: str,
    spans: Sequence[Span],
    languages: tuple[str, str],
    links: Sequence[tuple[Span, Span]] = (),
) -> list[Span | None]:
    """Where in the translation `target` stands what the `spans` of `source` hold; None: nowhere.

    Spans are whole words, in code points; the whole sentence is the whole translation, nested ones stay nested and
    disjoint ones disjoint; an empty one (a note) is a place behind or before a word. `languages` are BCP 47 codes,
    `links` stretches known to correspond (terms).

    >>> source, target = "Gestern sprach Tokajew in Almaty.", "Вчера в Алматы выступил Токаев."
    >>> [target[span.start:span.end] for span in placed(source, target, [Span(15, 22), Span(26, 32)], ("de", "ru"))]
    ['Токаев', 'Алматы']
    """
    if source == target:
        return list(spans)
    pair = _Pair(source, target, languages, links)
    found: dict[Span, Span | None] = {}
    wanted = {span: pair.within(span) for span in spans if span.start < span.end}
    done: list[tuple[Span, Span]] = []  # places of words in both sentences
    scores = {span: pair.best(rows, ()) for span, rows in wanted.items() if rows is not None}
    for span, _score in sorted(scores.items(), key=lambda one: (-_surety(one[1]), one[0])):
        rows = wanted[span] or Span(0, 0)
        best = pair.best(rows, done)
        if best is not None:
            done.append((rows, best[1]))
        found[span] = pair.written(span, rows, best[1]) if best else None
    found = _parted(found)
    return [found.get(span) if span.start < span.end else pair.point(span.start) for span in spans]


def _parted(found: dict[Span, Span | None]) -> dict[Span, Span | None]:
    """The same, where no quotation mark or stop at an end stands outside of what is around it, or in two stretches."""
    places = [(own, place) for own, place in found.items() if place is not None]
    around = [
        (own, Span(min(inner.start for inner in inside), max(inner.end for inner in inside)))
        for own, inside in ((own, [place for one, place in places if own.contains(one)]) for own, _place in places)
    ]
    parted: dict[Span, Span | None] = {}
    for own, place in around:
        earlier = [one.end for other, one in around if not own.overlaps(other) and one.start < place.start < one.end]
        parted[own] = Span(max([place.start, *earlier]), place.end)
    return parted


def _surety(best: tuple[float, Span] | None) -> float:
    return best[0] / (best[1].end - best[1].start) if best else -1.0


@dataclass(slots=True)
class _Sentence:
    text: str
    words: list[Word]

    def before(self, place: int) -> str:
        """What stands before the word at this place, after the one before it."""
        start = self.words[place - 1].span.end if place else 0
        end = self.words[place].span.start if place < len(self.words) else len(self.text)
        return self.text[start:end]


class _Pair:
    """A sentence and its translation with the links of their words."""

    def __init__(
        self, source: str, target: str, languages: tuple[str, str], known: Sequence[tuple[Span, Span]]
    ) -> None:
        self.languages = languages
        self.source = _Sentence(source, words(source, languages[0]))
        self.target = _Sentence(target, words(target, languages[1]))
        self.links: Matrix = links(self.source.words, self.target.words, languages, known)

    def within(self, span: Span) -> Span | None:
        """The places of the source words that the span touches; None where it touches none."""
        touched = [place for place, word in enumerate(self.source.words) if word.span.overlaps(span)]
        return Span(touched[0], touched[-1] + 1) if touched else None

    def best(self, rows: Span, done: Sequence[tuple[Span, Span]]) -> tuple[float, Span] | None:
        """The stretch of target words that fits the source words best, and how well; the `done` ones are respected."""
        count = len(self.target.words)
        if not count or rows == Span(0, len(self.source.words)):
            return (float(count), Span(0, count)) if count else None
        if not self.links.size:
            return self._in_proportion(rows)
        gains = self._gains(rows)
        totals = np.concatenate(([0.0], np.cumsum(gains)))
        expected = max(1.0, (rows.end - rows.start) * count / len(self.source.words))
        starts = [self._edge(rows, place, first=True) for place in range(count + 1)]
        ends = [self._edge(rows, place, first=False) for place in range(count + 1)]
        breaks = np.concatenate(([0], np.cumsum([bool(_BREAK.search(self.target.before(at))) for at in range(count)])))
        own = sum(bool(_BREAK.search(self.source.before(place))) for place in range(rows.start + 1, rows.end))
        found: tuple[float, Span] | None = None
        for start in range(count):
            for end in range(start + 1, count + 1):
                score = totals[end] - totals[start] + starts[start] + ends[end]
                score -= _LENGTH * abs(end - start - expected)
                score -= _BREAKS * max(0, int(breaks[end] - breaks[start + 1]) - own)
                if (found is None or score > found[0]) and _respects(rows, Span(start, end), done):
                    found = float(score), Span(start, end)
        return found

    def _in_proportion(self, rows: Span) -> tuple[float, Span] | None:
        """The stretch at the same part of a text that is too long for a sentence."""
        height, width = len(self.source.words), len(self.target.words)
        columns = Span(rows.start * width // height, rows.end * width // height)
        return (0.0, columns) if columns.start < columns.end else None

    def _gains(self, rows: Span) -> Matrix:
        """What each target word adds to a stretch that stands for these source words."""
        inside = self.links[rows.start : rows.end].sum(axis=0)
        outside = self.links.sum(axis=0) - inside
        alone = np.array([_ALONE_GRAMMAR if word.function else _ALONE for word in self.target.words])
        gains: Matrix = inside - _OUTSIDE * outside - alone * np.maximum(0.0, 1 - inside - outside)
        return gains

    def _edge(self, rows: Span, place: int, *, first: bool) -> float:
        """What it is worth that the stretch begins (or ends) at this place."""
        own = self.source.before(rows.start if first else rows.end).strip()
        other = self.target.before(place).strip()
        at_edge = (rows.start == 0 and place == 0) if first else (rows.end, place) == self._ends()
        worth = _BOUND if _same_kind(own, other, (_QUOTES, "()")) else 0.0
        worth = worth or (_STOP if at_edge or _same_kind(own, other, (_STOPS, _DASHES)) else 0.0)
        number = place if first else place - 1
        if 0 <= number < len(self.target.words) and self.target.words[number].function:
            mine = self.source.words[rows.start if first else rows.end - 1].function
            linked = self.links[rows.start : rows.end, number].sum()
            worth -= 0.0 if mine and linked > 0.1 else _EDGE * (1 - min(1.0, linked))
        return worth - (_TORN if self._tears(place) else 0.0)

    def _tears(self, place: int) -> bool:
        """Does an adjective before this place lose the word behind it, though both stand for nothing else?"""
        if not 0 < place < len(self.target.words) or not self.target.before(place).isspace():
            return False
        free = [self.links[:, one].max() < _FREE for one in (place - 1, place)]
        return any(free) and is_adjective(self.target.words[place - 1].text, self.languages[1])

    def _ends(self) -> tuple[int, int]:
        return len(self.source.words), len(self.target.words)

    def written(self, span: Span, rows: Span, columns: Span) -> Span:
        """The stretch of the translation with the quotation marks and stops that the span has at its ends."""
        first, last = self.source.words[rows.start].span.start, self.source.words[rows.end - 1].span.end
        lead, tail = (
            self.source.text[span.start : max(span.start, first)],
            self.source.text[min(last, span.end) : span.end],
        )
        start = self.target.words[columns.start].span.start
        end = self.target.words[columns.end - 1].span.end
        if span == Span(0, len(self.source.text)) or (lead + tail and (span.start, span.end) == self._outer()):
            return Span(0, len(self.target.text))
        before, after = self.target.before(columns.start), self.target.before(columns.end)
        start -= _taken(reversed(before), lead)
        end += _taken(after, tail)
        return Span(start, end)

    def _outer(self) -> tuple[int, int]:
        text = self.source.text
        return len(text) - len(text.lstrip()), len(text.rstrip())

    def point(self, place: int) -> Span:
        """The place in the translation for an empty stretch of the source: behind the same word, or before it."""
        text, size = self.source.text, len(self.target.text)
        if not text[:place].strip():
            return Span(0, 0)
        if not text[place:].strip() or not self.target.words:
            return Span(size, size)
        before = [number for number, word in enumerate(self.source.words) if word.span.end <= place]
        leans = not text[place - 1].isspace()
        number = before[-1] if before and (leans or len(before) == len(self.source.words)) else len(before)
        best = self.best(Span(number, number + 1), ())
        if best is None:
            return Span(size, size)
        word = self.source.words[number].span
        found = self.written(Span(min(word.start, place), max(word.end, place)), Span(number, number + 1), best[1])
        return Span(found.end, found.end) if number < len(before) else Span(found.start, found.start)


def _same_kind(own: str, other: str, kinds: Sequence[str]) -> bool:
    """Do both hold signs of one of these kinds?"""
    return any(set(own) & set(kind) and set(other) & set(kind) for kind in kinds)


def _respects(rows: Span, columns: Span, done: Sequence[tuple[Span, Span]]) -> bool:
    """Do the stretches lie to each other as those of the source do?"""
    for own, other in done:
        if own.contains(rows) and not other.contains(columns):
            return False
        if rows.contains(own) and not columns.contains(other):
            return False
        if not own.overlaps(rows) and other.overlaps(columns):
            return False
    return True


def _taken(signs: Iterator[str] | str, wanted: str) -> int:
    """How many of the signs beside a word belong to it, as the `wanted` ones belong to the word of the source."""
    count = 0
    for sign in signs:
        kind = next((kind for kind in (_QUOTES, _STOPS, "([)]") if sign in kind), "")
        if not kind or not set(kind) & set(wanted):
            return count
        count += 1
    return count
