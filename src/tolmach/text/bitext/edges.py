"""What it is worth that a stretch of a translation begins or ends at a place, for all its places at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tolmach.config import primary
from tolmach.text.bitext.links import Matrix
from tolmach.text.bitext.reading import QUOTES, STOPS, Word, is_adjective, is_preposition
from tolmach.text.model import Span

_Flags = NDArray[np.bool_]

_BOUNDS, _STOPS = (QUOTES, "()"), (STOPS, "-\u2013\u2014")

_EDGE = 0.25  # what it costs to begin or end with a word of grammar that belongs to no word within
_TORN = 0.35  # what it costs to part an adjective from a noun that stands for nothing else
_FREE = 0.3  # below this link a word stands for nothing
_BOUND = 0.3  # what is gained where both stretches begin or end at quotation marks or brackets …
_STOP = 0.12  # … at a comma or stop, or at an end of the sentence


class Edges:
    """The places between the words of a sentence and of its translation, and what stands there.

    `source_gaps` and `target_gaps` are what stands before each word, and behind the last.
    """

    def __init__(
        self,
        source: tuple[Sequence[Word], Sequence[str]],
        target: tuple[Sequence[Word], Sequence[str]],
        links: Matrix,
        language: str,
    ) -> None:
        (self._own, own_gaps), (words, gaps) = source, target
        self._links = links
        self._own_bounds, self._own_stops = _kinds(own_gaps, _BOUNDS), _kinds(own_gaps, _STOPS)
        self._bounds, self._stops = _kinds(gaps, _BOUNDS), _kinds(gaps, _STOPS)
        self._grammar = np.array([word.function for word in words])
        free = links.max(axis=0) < _FREE
        self._leads = free & _leading(words, language)
        joined = _joined(words, gaps, language)
        self._tears_before, self._tears_behind = joined[1:] & free, joined[:-1] & free

    def begins(self, rows: Span, linked: Matrix) -> Matrix:
        """What it is worth to begin with each word; `linked` is how much of each stands for words within."""
        worth = self._at_signs(rows.start)[:-1]
        if rows.start == 0:
            worth[0] = max(worth[0], _STOP)
        leads = self._leads & (rows.start == 0 or not self._own[rows.start - 1].function)
        worth -= self._by_grammar(self._own[rows.start], linked, leads)
        worth[1:] -= _TORN * leads[:-1]
        worth[1:] -= _TORN * self._tears_before[:-1]
        return worth

    def ends(self, rows: Span, linked: Matrix) -> Matrix:
        """What it is worth to end with each word."""
        worth = self._at_signs(rows.end)[1:]
        if rows.end == len(self._own):
            worth[-1] = max(worth[-1], _STOP)
        worth -= self._by_grammar(self._own[rows.end - 1], linked, np.zeros_like(self._leads))
        worth[:-1] -= _TORN * self._tears_behind[1:]
        return worth

    def _at_signs(self, place: int) -> Matrix:
        """What is gained at each place by signs of the kind that stand at this one of the source."""
        bound = (self._bounds & self._own_bounds[place]).any(axis=1)
        stop = (self._stops & self._own_stops[place]).any(axis=1)
        worth: Matrix = np.where(bound, _BOUND, np.where(stop, _STOP, 0.0))
        return worth

    def _by_grammar(self, own: Word, linked: Matrix, leads: _Flags) -> Matrix:
        mine = leads | ((linked > 0.1) & own.function)
        costs: Matrix = np.where(self._grammar & ~mine, _EDGE * (1 - np.minimum(1.0, linked)), 0.0)
        return costs


def _kinds(gaps: Sequence[str], kinds: Sequence[str]) -> _Flags:
    """For each gap (row) and kind of signs (column): does it hold one?"""
    return np.array([[any(sign in kind for sign in gap) for kind in kinds] for gap in gaps])


def _leading(words: Sequence[Word], language: str) -> _Flags:
    """Which words are prepositions before words that are no names?"""
    is_german = primary(language) == "de"
    found = [
        is_preposition(word.text, language) and (is_german or not following.text[0].isupper())
        for word, following in pairwise(words)
    ]
    return np.array([*found, False])


def _joined(words: Sequence[Word], gaps: Sequence[str], language: str) -> _Flags:
    """Before which words a name goes on, or a noun follows its adjective; for the place behind the last word, too."""
    code = primary(language)
    found = [False]
    for place in range(1, len(words)):
        before, after = words[place - 1].text, words[place].text
        # Every German noun has a capital, and so has the first word of a sentence.
        name = code != "de" and place > 1 and before[0].isupper() and after[0].isupper()
        # Before a foreign name «данным» is no adjective.
        adjective = code == "ru" and not after[0].isascii() and is_adjective(before, "ru")
        found.append(gaps[place].isspace() and (name or adjective))
    return np.array([*found, False])
