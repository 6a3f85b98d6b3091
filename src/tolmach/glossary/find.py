"""The one matcher: where a text has a form of a concept.

All forms of all designations of a language are compiled into one Aho–Corasick automaton over normalised text, so the
cost of a scan does not grow with the number of terms. What the automaton finds is then judged by its boundaries,
capitals and neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tolmach.config import primary
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
from tolmach.glossary.doubts import Doubts
from tolmach.glossary.index import Compiled, Index
from tolmach.glossary.model import Concept, Designation, Glossary
from tolmach.glossary.neighbours import Match, neighbours
from tolmach.glossary.patterns import Meaning, given_lexeme
from tolmach.glossary.recent import Recent
from tolmach.glossary.surroundings import fold
from tolmach.glossary.windows import windows
from tolmach.morphology.german_compounds import is_adjective_tail, is_compound_tail
from tolmach.morphology.lexeme import Form
from tolmach.morphology.paradigm import forms
from tolmach.text import sieve
from tolmach.text.model import Span
from tolmach.text.normal import Normal, normalise, normalise_usual, words_over_lines
from tolmach.text.untouchable import Untouchable

# Longer than any part of a German compound; whatever is longer is no word, and a hostile run of letters stays linear.
_TAIL = re.compile(r"\w{0,50}")
_LINE = re.compile("\n")
# How much is looked at around a doubtful pattern, besides the longest pattern.
_NEAR = 40
_SHORT, _MANY = 4000, 3  # code points of a paragraph, and places in it


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of a concept in a text.

    `span` covers the form with its ending, without the other parts of a compound; `tail` is what follows it in the same
    word (lower case, `closed` without a hyphen), `prefixed` says that another part stands before it without a hyphen.
    `forms` are the cases it may be in. `given` is the stretch of the given name in a full name, judged by `given_name`.
    `certain` is False where the neighbours do not tell whether it is the concept or a homograph.
    """

    span: Span
    concept: Concept
    designation: Designation
    forms: tuple[Form, ...]
    tail: str = ""
    closed: bool = False
    prefixed: bool = False
    given: Span | None = None
    given_name: Designation | None = None
    certain: bool = True

    @property
    def wanted(self) -> bool:
        """Is every part of it spelled as the house wants?"""
        return self.designation.status.wanted and (self.given_name is None or self.given_name.status.wanted)

    @property
    def doubtful(self) -> bool:
        """Is it unwanted, or a name of a certain time?"""
        return not self.wanted or bool(self.designation.valid)


class Finder:
    """Finds the concepts of a glossary in texts; a language is compiled when it is first asked for.

    `stored` gives the index of a language that was compiled before, or None; `languages` are those of the glossary
    where they are known. `searched` are the languages in which texts were searched so far.
    """

    def __init__(
        self,
        glossary: Glossary,
        stored: Callable[[str], Index | None] | None = None,
        languages: Iterable[str] | None = None,
    ) -> None:
        self.glossary = glossary
        self._stored = stored
        self._languages = languages
        self._searches: dict[str, _Search] = {}
        self.searched: set[str] = set()
        self.recent = Recent()

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """The indexes of the languages compiled so far, without those that were stored."""
        return tuple(search.index for search in self._searches.values() if isinstance(search.index, Compiled))

    def find(self, text: str, language: str, *, nested: bool = False) -> list[Hit]:
        """All hits in `text`, in order; spans count code points of `text`.

        The longest entity wins and none stands within another, unless `nested` asks for those, too.
        """
        return self._search(language).find(text, nested=nested)

    def find_doubtful(self, text: str, language: str, places: sieve.Places | None = None) -> list[Hit]:
        """Those of all hits that may be wrong: unwanted spellings, and names of a certain time; found much faster.

        `places` are those where they may be, as far as they are known already.
        """
        return self.recent.of(text, language, lambda: list(self._search(language).find_doubtful(text, places)))

    def doubts(self, text: str, languages: Iterable[str]) -> Doubts:
        """Where in `text` doubtful hits may be, whichever of the `languages` its parts are in.

        A text or paragraph without any has none. For many languages at once, and much faster than searching.
        """
        asked = {primary(language) for language in languages}.intersection(self.languages)
        searches = {language: self._compiled(language) for language in sorted(asked)}
        indexes = {language: search.index for language, search in searches.items() if search.has_doubtful}
        sieves = {language: index.sieve for language, index in indexes.items() if index.sieve}
        found, unusual = sieve.places_by_sieve(text, sieves.values())
        by_language = dict(zip(sieves, found, strict=True))
        if len(sieves) < len(indexes):
            anywhere = [0, *(line.end() for line in _LINE.finditer(text))]
            by_language |= {language: anywhere for language in indexes if language not in sieves}
        return Doubts(by_language, unusual)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which the glossary has designations, without varieties."""
        if self._languages is not None:
            return frozenset(self._languages)
        return frozenset(language for concept in self.glossary.concepts.values() for language in concept.designations)

    def _search(self, language: str) -> _Search:
        base = primary(language)
        self.searched.add(base)
        return self._compiled(base)

    def _compiled(self, base: str) -> _Search:
        if base not in self._searches:
            index = self._stored(base) if self._stored else None
            if index is None:
                index = Compiled(self.glossary.concepts.values(), base)
            self._searches[base] = _Search(index)
        return self._searches[base]


class _Search:
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
