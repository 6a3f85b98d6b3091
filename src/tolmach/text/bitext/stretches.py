"""Which stretch of a translation stands for a stretch of its source, by the links of their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tolmach.text.bitext.edges import Edges
from tolmach.text.bitext.links import Matrix, links
from tolmach.text.bitext.reading import QUOTES, STOPS, Word, in_parts, words
from tolmach.text.model import Span

_BREAK = re.compile(r"[,;:()\[\]\u2013\u2014]|\s-\s")

_OUTSIDE = 0.9  # what a link with a word outside costs, against one within
_ALONE = 0.12  # what a word without links costs …
_ALONE_GRAMMAR = 0.04  # … and one that only carries grammar
_BREAKS = 0.3  # what a comma costs that the source has not
_MOST = 1000  # marks; what has more is no sentence, and each is compared with the others
_LENGTH = 0.06  # what each word too many or too few costs


class Best(NamedTuple):
    """The stretch of target words that fits best (None: there is no room for one), and how well it does."""

    score: float
    columns: Span | None

    @property
    def surety(self) -> float:
        """How well each of its words fits."""
        return self.score / (self.columns.end - self.columns.start) if self.columns else -1.0


@dataclass(slots=True)
class _Sentence:
    text: str
    words: list[Word]

    def before(self, place: int) -> str:
        """What stands before the word at this place, after the one before it."""
        start = self.words[place - 1].span.end if place else 0
        end = self.words[place].span.start if place < len(self.words) else len(self.text)
        return self.text[start:end]

    def gaps(self) -> list[str]:
        """What stands before each word, and behind the last."""
        return [self.before(place) for place in range(len(self.words) + 1)]


class Pair:
    """A sentence and its translation with the links of their words."""

    def __init__(
        self,
        source: str,
        target: str,
        languages: tuple[str, str],
        known: Sequence[tuple[Span, Span]],
        spans: Sequence[Span],
    ) -> None:
        left, right = words(source, languages[0]), words(target, languages[1])
        left, right = in_parts(left, right, {place for span in spans for place in (span.start, span.end)})
        self.source, self.target = _Sentence(source, left), _Sentence(target, right)
        self.links: Matrix = links(left, right, languages, known)
        self._starts = [word.span.start for word in left]
        self._ends = [word.span.end for word in left]
        self.is_long = not self.links.size or len(spans) > _MOST
        if not self.is_long:
            own_gaps, gaps = self.source.gaps(), self.target.gaps()
            self._edges = Edges((left, own_gaps), (right, gaps), self.links, languages[1])
            self._own_breaks, self._breaks = _breaks(own_gaps), _breaks(gaps)
            self._linked = self.links.sum(axis=0)
            self._alone = np.array([_ALONE_GRAMMAR if word.function else _ALONE for word in right])

    def within(self, span: Span) -> Span | None:
        """The places of the source words that the span touches; None where it touches none."""
        rows = Span(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
        return rows if rows.start < rows.end else None

    def in_proportion(self, rows: Span) -> Span | None:
        """The stretch at the same part of a translation, for a text that is too long for a sentence."""
        height, width = len(self.source.words), len(self.target.words)
        first, last = rows.start * width // height, rows.end * width // height
        if first >= last:
            return None
        return Span(self.target.words[first].span.start, self.target.words[last - 1].span.end)

    def best(self, rows: Span, done: Sequence[tuple[Span, Span]]) -> Best:
        """The stretch of target words that fits the source words best, and lies to the `done` ones as those do."""
        count = len(self.target.words)
        if rows == Span(0, len(self.source.words)):
            return Best(float(count), Span(0, count))
        scores = self._scores(rows)
        for own, other in done:
            _forbid(scores, rows, own, other)
        place = int(scores.argmax())
        start, end = divmod(place, count)
        score = float(scores[start, end])
        return Best(score, Span(start, end + 1) if score > -np.inf else None)

    def _scores(self, rows: Span) -> Matrix:
        """How well each stretch of target words fits, by its first (row) and last (column) word."""
        count = len(self.target.words)
        inside = self.links[rows.start : rows.end].sum(axis=0)
        totals = np.concatenate(([0.0], np.cumsum(self._gains(inside))))
        expected = max(1.0, (rows.end - rows.start) * count / len(self.source.words))
        starts = self._edges.begins(rows, inside) - totals[:-1]
        ends = self._edges.ends(rows, inside) + totals[1:]
        sizes = np.arange(1, count + 1)[None, :] - np.arange(count)[:, None]
        own = self._own_breaks[rows.end - 1] - self._own_breaks[rows.start]
        breaks = self._breaks[None, :] - self._breaks[:, None] - own
        scores: Matrix = starts[:, None] + ends[None, :] - _LENGTH * np.abs(sizes - expected)
        scores -= _BREAKS * np.maximum(0, breaks)
        return np.where(sizes > 0, scores, -np.inf)

    def _gains(self, inside: Matrix) -> Matrix:
        """What each target word adds to a stretch, by how much of it stands for the source words within."""
        outside = self._linked - inside
        gains: Matrix = inside - _OUTSIDE * outside - self._alone * np.maximum(0.0, 1 - self._linked)
        return gains

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
        if place <= len(text) - len(text.lstrip()):
            return Span(0, 0)
        if place >= len(text.rstrip()) or not self.source.words or not self.target.words:
            return Span(size, size)
        before, leans = bisect_right(self._ends, place), not text[place - 1].isspace()
        number = before - 1 if before and (leans or before == len(self.source.words)) else before
        rows, word = Span(number, number + 1), self.source.words[number].span
        if self.is_long:
            found = self.in_proportion(rows) or Span(size, size)
        else:
            columns = self.best(rows, ()).columns or Span(0, 1)
            found = self.written(Span(min(word.start, place), max(word.end, place)), rows, columns)
        return Span(found.end, found.end) if number < before else Span(found.start, found.start)


def _breaks(gaps: Sequence[str]) -> NDArray[np.int_]:
    """How many commas and the like stand before each word since the beginning."""
    return np.cumsum([_BREAK.search(gap) is not None for gap in gaps[:-1]])


def _forbid(scores: Matrix, rows: Span, own: Span, other: Span) -> None:
    """Rule out the stretches that lie to the `other` one not as the source words do to its `own` ones."""
    if own.contains(rows):
        scores[: other.start, :] = scores[:, other.end :] = -np.inf
    if rows.contains(own):
        scores[other.start + 1 :, :] = scores[:, : other.end - 1] = -np.inf
    if not own.overlaps(rows):
        scores[: other.end, other.start :] = -np.inf


def _taken(signs: Iterator[str] | str, wanted: str) -> int:
    """How many of the signs beside a word belong to it, as the `wanted` ones belong to the word of the source."""
    count = 0
    for number, sign in enumerate(signs, start=1):
        if sign.isspace() and any(map(str.isspace, wanted)):
            continue
        kind = next((kind for kind in (QUOTES, STOPS, "([)]") if sign in kind), sign)
        if not set(kind) & set(wanted):
            return count
        count = number
    return count
