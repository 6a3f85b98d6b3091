"""The one matcher: where a text has a form of a concept.

All forms of all designations of a language are compiled into one Aho–Corasick automaton over normalised text, so the
cost of a scan does not grow with the number of terms. What the automaton finds is then judged by its boundaries,
capitals and neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from tolmach.config import primary
from tolmach.glossary import context
from tolmach.glossary.model import Concept, Designation, Glossary
from tolmach.glossary.patterns import Meaning, compile_patterns, given_lexeme
from tolmach.glossary.surroundings import fold
from tolmach.morphology.german import is_adjective_tail, is_compound_prefix, is_compound_tail
from tolmach.morphology.lexeme import Form
from tolmach.morphology.paradigm import forms
from tolmach.text.model import Span
from tolmach.text.normal import Normal, normalise, words_over_lines
from tolmach.text.untouchable import spans as untouchable_spans

# Longer than any part of a German compound; whatever is longer is no word, and a hostile run of letters stays linear.
_TAIL = re.compile(r"\w{0,50}")
_LONGEST_PREFIX = 12


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


class _Candidate(NamedTuple):
    """A meaning at `span` of the text, which begins at `first` and ends before `last` of the normalised text."""

    span: Span
    first: int
    last: int
    meaning: Meaning
    tail: str
    prefixed: bool
    certain: bool


class Finder:
    """Finds the concepts of a glossary in texts; a language is compiled when it is first asked for."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._compiled: dict[str, _Compiled] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages compiled so far."""
        return tuple(self._compiled)

    def find(self, text: str, language: str, *, nested: bool = False) -> list[Hit]:
        """All hits in `text`, in order; spans count code points of `text`.

        The longest entity wins and none stands within another, unless `nested` asks for those, too.
        """
        base = primary(language)
        if base not in self._compiled:
            self._compiled[base] = _Compiled(self.glossary.concepts.values(), base)
        return self._compiled[base].find(text, nested=nested)


class _Compiled:
    """The patterns of one language."""

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        self.language = language
        self.concepts = tuple(concepts)
        self.found = compile_patterns(self.concepts, language)
        self.patterns = list(self.found)
        self.meanings = list(self.found.values())
        self.given_names: dict[str, frozenset[str]] = {}
        self.in_compounds = [language == "de" and not all(one.letters for one in group) for group in self.meanings]
        # «Hähnchenkotelett Kiew» protects as «Kotelett Kiew» does.
        self.fixed = [all(one.concept is None for one in group) for group in self.meanings]

    @cached_property
    def automaton(self) -> Any:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        return CharwiseDoubleArrayAhoCorasick(self.patterns)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """The folded family names of all persons."""
        return self._names(concept for concept in self.concepts if concept.kind == "person")

    @cached_property
    def places(self) -> frozenset[str]:
        """The folded names of all places and organisations."""
        return self._names(concept for concept in self.concepts if concept.kind in ("place", "organisation"))

    def _names(self, concepts: Iterable[Concept]) -> frozenset[str]:
        entries = (entry for concept in concepts for entry in concept.designations.get(self.language, ()))
        return frozenset(fold(entry.form) for entry in entries if entry.form)

    def find(self, text: str, *, nested: bool) -> list[Hit]:
        """The hits in `text`, in order."""
        if not self.patterns:
            return []
        normal = normalise(text)
        candidates = [*self._candidates(text, normal), *self._broken(text, normal)]
        if not candidates:
            return []
        protected = untouchable_spans(text)
        ends = [span.end for span in protected]
        hits = (self._hit(candidate, normal, text) for candidate in (candidates if nested else _longest(candidates)))
        return sorted(
            (hit for hit in hits if hit and not _touches(hit.span, protected, ends)), key=lambda hit: hit.span
        )

    def _candidates(self, text: str, normal: Normal) -> Iterator[_Candidate]:
        letters = normal.text
        length = len(letters)
        for start, end, index in self.automaton.find_overlapping(letters):
            # Most of what the automaton finds ends here: «EU» within «heute».
            closed = end < length and _goes_on(letters, end, 1)
            prefixed = start > 0 and _goes_on(letters, start - 1, -1)
            if (closed or prefixed) and not self.in_compounds[index]:
                continue
            if prefixed and not (self.fixed[index] or _has_prefix(letters, start)):
                continue
            tail = _TAIL.match(letters, end).group() if closed else ""  # type: ignore[union-attr]
            span = Span(normal.start(start), normal.end(end))
            for meaning in self.meanings[index]:
                if self._fits(meaning, text[span.start : span.end], tail, prefixed=prefixed):
                    verdict = self._verdict(meaning, text, span)
                    if verdict != "other":
                        yield _Candidate(span, start, end, meaning, tail, prefixed, verdict == "counts")

    def _broken(self, text: str, normal: Normal) -> Iterator[_Candidate]:
        """Names broken over two lines where no hyphen tells it: «Kirgi» at the end of a line, «stan» below it."""
        for span, joined in words_over_lines(text):
            for meaning in self.found.get(joined, ()):
                # Common words can stand below one another by chance, a name has its capital.
                if meaning.capital and self._verdict(meaning, text, span) == "counts":
                    places = range(len(normal.text))
                    first, last = (bisect_left(places, place, key=normal.start) for place in (span.start, span.end))
                    yield _Candidate(span, first, last, meaning, "", prefixed=False, certain=True)

    def _fits(self, meaning: Meaning, written: str, tail: str, *, prefixed: bool) -> bool:
        """May the meaning stand as it is written, with this closed tail or another part of a compound before it?"""
        if tail and not (meaning.lexeme and is_compound_tail(tail, meaning.lexeme)):
            return False
        return _capitals_fit(meaning, written, may_be_small=prefixed or (bool(tail) and is_adjective_tail(tail)))

    def _verdict(self, meaning: Meaning, text: str, span: Span) -> context.Verdict:
        designation, concept = meaning.designation, meaning.concept
        if designation is None or concept is None or meaning.given_length or designation.homograph is None:
            return "counts"
        if designation.homograph == "family-name":
            return context.family_name(text, span, self.language, self._own_given(concept), self.places)
        if designation.homograph == "given-name":
            genitive = all(form.case == "gent" for form in meaning.forms)
            return context.given_name(text, span, self.language, self.family_names, genitive=genitive)
        sentence = fold(context.sentence_around(text, span))
        return "counts" if any(fold(word) in sentence for word in designation.near) else "unclear"

    def _own_given(self, concept: Concept) -> frozenset[str]:
        if concept.id not in self.given_names:
            names = {entry.given for entry in concept.designations.get(self.language, ()) if entry.given}
            found = (form.text for name in names for form in forms(given_lexeme(name, concept), self.language))
            self.given_names[concept.id] = frozenset(map(fold, found))
        return self.given_names[concept.id]

    def _hit(self, candidate: _Candidate, normal: Normal, text: str) -> Hit | None:
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


def _goes_on(letters: str, place: int, step: int) -> bool:
    """Does the word go on at `place`, seen from the side that `step` leads away from?

    Letters, digits and the underscores of identifiers belong to it; an underscore at its edge is a mark of emphasis
    («_Kiew_»), a raised number that of a note («Kiew\u00b2»).
    """
    sign = letters[place]
    if sign == "_":
        beyond = letters[max(0, place + step) : place + step + 1]
        return beyond.isalnum() or beyond == "_"
    return sign.isalpha() or sign.isdecimal()


def _has_prefix(letters: str, start: int) -> bool:
    """Does a known first part of a compound, and nothing else, stand before `start` in the same word?"""
    first = start
    while first and start - first <= _LONGEST_PREFIX and letters[first - 1].isalpha():
        first -= 1
    return is_compound_prefix(letters[first:start])


def _capitals_fit(meaning: Meaning, written: str, *, may_be_small: bool) -> bool:
    """Names begin with a capital, acronyms are written as the glossary writes them."""
    if meaning.letters:
        letters = "".join(filter(str.isalpha, written))
        return letters.startswith(meaning.letters) or letters.isupper()
    return not meaning.capital or may_be_small or written[:1].isupper()


def _hyphenated_tail(text: str, normal: Normal, candidate: _Candidate) -> str:
    """The rest of a hyphenated compound after the candidate: «lager» in «Tokajew-Lager»."""
    if text[candidate.span.end : candidate.span.end + 1] not in ("-", "\u2010", "\u2011"):
        return ""
    if normal.text[candidate.last : candidate.last + 1] != " ":
        return ""
    return _TAIL.match(normal.text, candidate.last + 1).group()  # type: ignore[union-attr]


def _touches(span: Span, protected: list[Span], ends: list[int]) -> bool:
    """Does the span share a code point with one of the protected stretches (in order, with their `ends`)?"""
    index = bisect_left(ends, span.start + 1)
    return index < len(protected) and protected[index].start < span.end


def _longest(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """The longest candidates that do not overlap; of equal ones fixed phrases, then the wanted, then the certain."""
    cluster: list[_Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda one: one.first):
        if cluster and candidate.first >= reach:
            yield from _resolve(cluster)
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate.last)
    yield from _resolve(cluster)


def _resolve(cluster: list[_Candidate]) -> Iterator[_Candidate]:
    taken: list[tuple[int, int]] = []
    for candidate in sorted(cluster, key=_rank) if len(cluster) > 1 else cluster:
        place = (candidate.first, candidate.last)
        index = bisect_left(taken, place)
        free_before = index == 0 or taken[index - 1][1] <= candidate.first
        if free_before and (index == len(taken) or candidate.last <= taken[index][0]):
            insort(taken, place)
            yield candidate


def _rank(candidate: _Candidate) -> tuple[int, bool, bool, bool, int]:
    designation = candidate.meaning.designation
    unwanted = designation is not None and not designation.status.wanted
    return (
        candidate.first - candidate.last,
        candidate.meaning.concept is not None,
        unwanted,
        not candidate.certain,
        candidate.first,
    )
