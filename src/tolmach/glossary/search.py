"""Searching texts of one language: what the automaton finds is judged by its boundaries, capitals and neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from tolmach.glossary import context
from tolmach.glossary.boundaries import (
    capitals_fit,
    ends_compounds,
    has_noun,
    has_prefix,
    joins,
    joins_name,
    within_dots,
    word_start,
)
from tolmach.glossary.candidates import Candidate, longest
from tolmach.glossary.hit import Hit
from tolmach.glossary.index import Index
from tolmach.glossary.model import Concept
from tolmach.glossary.neighbours import Match, neighbours
from tolmach.glossary.patterns import Meaning, given_lexeme
from tolmach.glossary.surroundings import fold
from tolmach.glossary.windows import windows
from tolmach.morphology.german_compounds import is_adjective_tail, is_compound_tail
from tolmach.morphology.paradigm import forms
from tolmach.text import sieve
from tolmach.text.model import Span
from tolmach.text.normal import Normal, normalise, normalise_usual, words_over_lines
from tolmach.text.untouchable import Untouchable

# Longer than any part of a German compound; whatever is longer is no word, and a hostile run of letters stays linear.
_TAIL = re.compile(r"\w{0,50}")
# How much is looked at around a doubtful pattern, besides the longest pattern.
_NEAR = 40
_SHORT, _MANY = 4000, 3  # code points of a paragraph, and places in it


class Search:
    """Searches texts of one language."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.language = index.language
        self.given_names: dict[str, frozenset[str]] = {}

    def find(self, text: str, *, nested: bool = False) -> list[Hit]:
        """The hits in `text`, in order."""
        if not len(self.index):
            return []
        window = Span(0, len(text))
        normal = normalise(text)
        matches = self.index.automaton.find_overlapping(normal.text)
        return self._hits(text, window, normal, matches, list(self._broken(text, window, normal)), nested=nested)

    @cached_property
    def has_doubtful(self) -> bool:
        """Has the glossary any unwanted spelling in this language, or a name of a certain time?"""
        return any(self.index.doubtful)

    def find_doubtful(self, text: str, places: sieve.Places | None = None) -> Iterator[Hit]:
        """All doubtful hits in `text`, in order."""
        if not self.has_doubtful:
            return
        if self.index.sieve is None:
            yield from self._doubtful_hits(text, Span(0, len(text)), usual=False)
            return
        places = places or sieve.places(text, [self.index.sieve])
        if not places.everywhere:
            return
        if len(text) <= _SHORT and (not places.unusual or len(places.everywhere) >= _MANY):
            # A paragraph is read faster as a whole than in windows.
            yield from self._doubtful_hits(text, Span(0, len(text)), usual=not places.unusual)
            return
        unusual = places.unusual
        after = self.index.longest + _NEAR
        for window in windows(text, places.everywhere, after + self.index.sieve.skipped, after):
            odd = bool(unusual) and bisect_left(unusual, window.start) != bisect_left(unusual, window.end)
            yield from self._doubtful_hits(text, window, usual=not odd)

    def _doubtful_hits(self, text: str, window: Span, *, usual: bool) -> Iterator[Hit]:
        """The doubtful hits that begin in the window; what overlaps them is looked for beyond it."""
        searched = window
        while True:
            part = text[searched.start : searched.end]
            normal = normalise_usual(part, searched.start) if usual else normalise(part, searched.start)
            matches = self.index.automaton.find_overlapping(normal.text)
            broken = list(self._broken(text, searched, normal)) if "\n" in part else []
            seeds = [*self._doubtful(matches, normal.text), *((one.first, one.last) for one in broken)]
            if not seeds:
                return
            near = neighbours(matches, seeds, self.index.longest)
            spare = self.index.longest
            if (not searched.start or min(start for start, *_rest in (*seeds, *near)) >= spare) and (
                searched.end == len(text) or max(one[1] for one in (*seeds, *near)) + spare <= len(normal.text)
            ):
                break
            more = spare + searched.end - searched.start
            (searched,) = windows(text, [searched.start], more, 2 * more)
            usual = False
        for hit in self._hits(text, searched, normal, near, broken):
            if hit.doubtful and window.start <= hit.span.start < window.end:
                yield hit

    def _hits(
        self,
        text: str,
        window: Span,
        normal: Normal,
        matches: Sequence[Match],
        broken: list[Candidate],
        *,
        nested: bool = False,
    ) -> list[Hit]:
        """What the matches within the window of the text are hits of."""
        candidates = [*self._candidates(text, normal, matches), *broken]
        if not candidates:
            return []
        untouchable = Untouchable(text[window.start : window.end])
        hits = (self._hit(candidate, normal, text) for candidate in (candidates if nested else longest(candidates)))
        return sorted(
            (hit for hit in hits if hit and not untouchable.touches(hit.span.shifted(-window.start))),
            key=lambda hit: hit.span,
        )

    def _doubtful(self, matches: Sequence[Match], letters: str) -> Iterator[tuple[int, int]]:
        """Where a pattern stands that may be wrong."""
        doubtful = self.index.doubtful
        for start, end, index in matches:
            if doubtful[index] and joins(letters, start, end, in_compounds=self.index.in_compounds[index]) is not None:
                yield start, end

    def _candidates(self, text: str, normal: Normal, matches: Sequence[Match]) -> Iterator[Candidate]:
        letters, in_compounds = normal.text, self.index.in_compounds
        for start, end, index in matches:
            joined = joins(letters, start, end, in_compounds=in_compounds[index])
            if joined is None:
                continue
            closed, prefixed = joined
            meanings, known = self.index.meanings(index), True
            if prefixed and not (self.index.fixed[index] or has_prefix(letters, start)):
                known, meanings = False, list(filter(ends_compounds, meanings))
                if not meanings or not has_noun(letters, start):
                    continue
            tail = _TAIL.match(letters, end).group() if closed else ""  # type: ignore[union-attr]
            span = Span(normal.start(start), normal.end(end))
            inner = prefixed and text[normal.start(word_start(letters, start))].isupper()
            for meaning in meanings:
                if self._fits(meaning, text[span.start : span.end], tail, inner=inner):
                    verdict = self._verdict(meaning, text, span)
                    if verdict != "other":
                        yield Candidate(span, start, end, meaning, tail, prefixed, known and verdict == "counts")

    def _broken(self, text: str, window: Span, normal: Normal) -> Iterator[Candidate]:
        """Names broken over two lines where no hyphen tells it: «Kirgi» at the end of a line, «stan» below it."""
        for stretch, joined in words_over_lines(text[window.start : window.end]):
            span = stretch.shifted(window.start)
            for meaning in self._exactly(joined):
                # Common words can stand below one another by chance, a name has its capital.
                if meaning.capital and self._verdict(meaning, text, span) == "counts":
                    places = range(len(normal.text))
                    first, last = (bisect_left(places, place, key=normal.start) for place in (span.start, span.end))
                    yield Candidate(span, first, last, meaning, "", prefixed=False, certain=True)

    def _exactly(self, letters: str) -> Iterator[Meaning]:
        """What the pattern of these letters stands for, if there is one."""
        for start, end, index in self.index.automaton.find_overlapping(letters):
            if not start and end == len(letters):
                yield from self.index.meanings(index)

    def _fits(self, meaning: Meaning, written: str, tail: str, *, inner: bool) -> bool:
        """May the meaning stand as it is written, with this closed tail, or within a compound that has its capital?"""
        if tail and not (meaning.lexeme and is_compound_tail(tail, meaning.lexeme)):
            return False
        if tail and not joins_name(tail, meaning):
            return False
        # «kirgistanfreundlich», «toqajewsche Reden»
        endings = {form.ending[:3] for form in meaning.forms}
        adjective = is_adjective_tail(tail) if tail else endings == {"sch"}
        return capitals_fit(meaning, written, tail, may_be_small=inner or adjective)

    def _verdict(self, meaning: Meaning, text: str, span: Span) -> context.Verdict:
        designation, concept = meaning.designation, meaning.concept
        if meaning.letters and "." in meaning.text and within_dots(text, span):
            return "other"
        if designation is None or concept is None or meaning.given_length or designation.homograph is None:
            return "counts"
        if designation.homograph == "family-name":
            return context.family_name(text, span, self.language, self._own_given(concept), self.index.places)
        if designation.homograph == "given-name":
            genitive = all(form.case == "gent" for form in meaning.forms)
            return context.given_name(text, span, self.language, self.index.family_names, genitive=genitive)
        sentence = fold(context.sentence_around(text, span))
        return "counts" if any(fold(word) in sentence for word in designation.near) else "unclear"

    def _own_given(self, concept: Concept) -> frozenset[str]:
        if concept.id not in self.given_names:
            names = {entry.given for entry in concept.designations.get(self.language, ()) if entry.given}
            found = (form.text for name in names for form in forms(given_lexeme(name, concept), self.language))
            self.given_names[concept.id] = frozenset(map(fold, found))
        return self.given_names[concept.id]

    def _hit(self, candidate: Candidate, normal: Normal, text: str) -> Hit | None:
        meaning = candidate.meaning
        if meaning.concept is None or meaning.designation is None:
            return None
        given = None
        if meaning.given_length:
            given = normal.written(Span(candidate.first, candidate.first + meaning.given_length))
        hit = Hit(
            candidate.span,
            meaning.concept,
            meaning.designation,
            meaning.forms,
            candidate.tail or _hyphenated_tail(text, normal, candidate),
            bool(candidate.tail),
            candidate.prefixed,
            given,
            meaning.given_name,
            candidate.certain,
        )
        return None if not hit.wanted and self._is_kept(hit, text) else hit

    def _is_kept(self, hit: Hit, text: str) -> bool:
        """Does an unwanted form stay because it is quoted: the title of a work, the name of a party?"""
        if context.in_title(text, hit.span, self.language):
            return True
        nouns = hit.designation.keeps_quoted_after
        return bool(nouns) and context.is_quoted_name(text, hit.span, self.language, nouns)


def _hyphenated_tail(text: str, normal: Normal, candidate: Candidate) -> str:
    """The rest of a hyphenated compound after the candidate: «lager» in «Tokajew-Lager»."""
    if text[candidate.span.end : candidate.span.end + 1] not in ("-", "\u2010", "\u2011"):
        return ""
    if normal.text[candidate.last : candidate.last + 1] != " ":
        return ""
    return _TAIL.match(normal.text, candidate.last + 1).group()  # type: ignore[union-attr]
