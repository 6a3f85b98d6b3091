"""Which stretch of a translation stands for a stretch of its source, by the links of their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tolmach.config import primary
from tolmach.text.bitext.links import Matrix, links
from tolmach.text.bitext.reading import Word, in_parts, is_adjective, is_preposition, words
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
        self.languages = languages
        left, right = words(source, languages[0]), words(target, languages[1])
        left, right = in_parts(left, right, {place for span in spans for place in (span.start, span.end)})
        self.source, self.target = _Sentence(source, left), _Sentence(target, right)
        self.links: Matrix = links(left, right, languages, known)
        self._starts = [word.span.start for word in left]
        self._ends = [word.span.end for word in left]
        self.is_long = not self.links.size
        before = [bool(_BREAK.search(self.target.before(place))) for place in range(len(right))]
        self._size = len(left), len(right)
        self._breaks = np.concatenate(([0], np.cumsum(before)))

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
        totals = np.concatenate(([0.0], np.cumsum(self._gains(rows))))
        expected = max(1.0, (rows.end - rows.start) * count / len(self.source.words))
        starts = np.array([self._edge(rows, place, first=True) for place in range(count)]) - totals[:-1]
        ends = np.array([self._edge(rows, place, first=False) for place in range(1, count + 1)]) + totals[1:]
        sizes = np.arange(1, count + 1)[None, :] - np.arange(count)[:, None]
        own = sum(bool(_BREAK.search(self.source.before(place))) for place in range(rows.start + 1, rows.end))
        breaks = self._breaks[1:][None, :] - self._breaks[1:][:, None] - own
        scores: Matrix = starts[:, None] + ends[None, :] - _LENGTH * np.abs(sizes - expected)
        scores -= _BREAKS * np.maximum(0, breaks)
        return np.where(sizes > 0, scores, -np.inf)

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
        at_edge = (rows.start == 0 and place == 0) if first else (rows.end, place) == self._size
        worth = _BOUND if _same_kind(own, other, (_QUOTES, "()")) else 0.0
        worth = worth or (_STOP if at_edge or _same_kind(own, other, (_STOPS, _DASHES)) else 0.0)
        number = place if first else place - 1
        if 0 <= number < len(self.target.words) and self.target.words[number].function:
            mine = self.source.words[rows.start if first else rows.end - 1].function
            linked = self.links[rows.start : rows.end, number].sum()
            own_word = (mine and linked > 0.1) or (first and self._leads(rows, number))
            worth -= 0.0 if own_word else _EDGE * (1 - min(1.0, linked))
        if first and place and self._leads(rows, place - 1):
            worth -= _TORN
        return worth - (_TORN if self._tears(place, place - 1 if first else place) else 0.0)

    def _leads(self, rows: Span, number: int) -> bool:
        """Is this target word a preposition that the source has not, before words that are no name?"""
        if number + 1 >= len(self.target.words) or self.links[:, number].max() >= _FREE:
            return False
        word, following = self.target.words[number].text, self.target.words[number + 1].text
        language = self.languages[1]
        if not is_preposition(word, language) or (following[0].isupper() and primary(language) != "de"):
            return False
        return not (rows.start and self.source.words[rows.start - 1].function)

    def _tears(self, place: int, outside: int) -> bool:
        """Does this place part a name, or adjective and noun, and the word `outside` stands for nothing else?"""
        if not 0 < place < len(self.target.words) or not self.target.before(place).isspace():
            return False
        before, after = (self.target.words[one].text for one in (place - 1, place))
        # Every German noun has a capital, and so has the first word of a sentence.
        name = primary(self.languages[1]) != "de" and place > 1 and before[0].isupper() and after[0].isupper()
        free = self.links[:, outside].max() < _FREE
        return free and (name or (primary(self.languages[1]) == "ru" and is_adjective(before, "ru")))

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
        if place >= len(text.rstrip()) or not self.target.words:
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


def _same_kind(own: str, other: str, kinds: Sequence[str]) -> bool:
    """Do both hold signs of one of these kinds?"""
    return any(set(own) & set(kind) and set(other) & set(kind) for kind in kinds)


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
    for sign in signs:
        kind = next((kind for kind in (_QUOTES, _STOPS, "([)]") if sign in kind), "")
        if not kind or not set(kind) & set(wanted):
            return count
        count += 1
    return count
