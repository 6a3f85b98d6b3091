"""The one matcher: where a text has a form of a concept.

All forms of all designations of a language are compiled into one Aho–Corasick automaton over normalised text, so the cost of a scan does not
grow with the number of terms. What the automaton finds is then judged by its boundaries, capitals and neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tolmach.glossary import context
from tolmach.glossary.model import Concept, Designation, Glossary
from tolmach.glossary.patterns import Meaning, compile_patterns, given_lexeme, lexeme
from tolmach.morphology.german import is_compound_prefix, is_compound_tail
from tolmach.morphology.lexeme import Form, Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.text.model import Span
from tolmach.text.normal import Normal, normalise
from tolmach.text.untouchable import spans as untouchable_spans


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of a concept in a text.

    `span` covers the form with its ending, without the other parts of a compound; `tail` is what follows it in the same word (lower case,
    `closed` without a hyphen). `forms` are the cases it may be in.
    `given` is the stretch of the given name in a full name, judged by `given_name`. `certain` is False where the neighbours do
    not tell whether it is the concept or a homograph.
    """

    span: Span
    concept: Concept
    designation: Designation
    forms: tuple[Form, ...]
    tail: str = ""
    closed: bool = False
    given: Span | None = None
    given_name: Designation | None = None
    certain: bool = True

    @property
    def wanted(self) -> bool:
        """Is every part of it spelled as the house wants?"""
        return self.designation.status.wanted and (self.given_name is None or self.given_name.status.wanted)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    meaning: Meaning
    tail: str
    closed: bool
    certain: bool = True


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
        base = language.split("-")[0]
        if base not in self._compiled:
            self._compiled[base] = _Compiled(self.glossary.concepts.values(), base)
        return self._compiled[base].find(text, nested=nested)


class _Compiled:
    """The patterns of one language."""

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        self.language = language
        self.concepts = tuple(concepts)
        self.meanings = compile_patterns(self.concepts, language)
        self.patterns = list(self.meanings)

    @cached_property
    def automaton(self) -> Any:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        return CharwiseDoubleArrayAhoCorasick(self.patterns)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """The folded family names of all persons."""
        persons = (concept for concept in self.concepts if concept.kind == "person")
        return frozenset(context.fold(entry.form) for person in persons for entry in person.designations.get(self.language, ()))

    def find(self, text: str, *, nested: bool) -> list[Hit]:
        if not self.patterns:
            return []
        normal = normalise(text)
        candidates = [
            candidate
            for start, end, index in self.automaton.find_overlapping(normal.text)
            for candidate in self._candidates(text, normal, start, end, self.patterns[index])
        ]
        if not candidates:
            return []
        protected = untouchable_spans(text)
        hits = (self._hit(candidate, normal, text) for candidate in (candidates if nested else _longest(candidates)))
        touchable = (hit for hit in hits if hit and not any(hit.span.overlaps(span) for span in protected))
        return sorted(touchable, key=lambda hit: hit.span)

    def _candidates(self, text: str, normal: Normal, start: int, end: int, pattern: str) -> Iterator[_Candidate]:
        letters = normal.text
        tail_end = end
        while tail_end < len(letters) and (letters[tail_end].isalnum() or letters[tail_end] == "_"):
            tail_end += 1
        head_start = start
        while head_start and (letters[head_start - 1].isalnum() or letters[head_start - 1] == "_"):
            head_start -= 1
        for meaning in self.meanings[pattern]:
            if tail_end > end and not self._is_closed_compound(meaning, letters[end:tail_end]):
                continue
            if head_start < start and not self._may_follow(meaning, letters[head_start:start]):
                continue
            if not _capitals_fit(meaning, text, normal.written(Span(start, end)), prefixed=head_start < start):
                continue
            verdict = self._verdict(meaning, text, normal.written(Span(start, end)))
            if verdict != "other":
                tail = letters[end:tail_end] or _hyphenated_tail(text, normal, end)
                yield _Candidate(start, end, meaning, tail, tail_end > end, verdict == "counts")

    def _is_closed_compound(self, meaning: Meaning, tail: str) -> bool:
        if self.language != "de" or meaning.concept is None or meaning.designation is None or meaning.designation.is_acronym:
            return False
        base = any(form.text == meaning.designation.form for form in meaning.forms)
        return base and is_compound_tail(tail, lexeme(meaning.designation, meaning.concept))

    def _may_follow(self, meaning: Meaning, prefix: str) -> bool:
        return self.language == "de" and meaning.concept is not None and is_compound_prefix(prefix)

    def _verdict(self, meaning: Meaning, text: str, span: Span) -> context.Verdict:
        designation, concept = meaning.designation, meaning.concept
        if designation is None or concept is None:
            return "counts"
        if meaning.given_length:
            return "counts"
        if designation.homograph == "family-name":
            return context.family_name(text, span, self.language, self._own_given(concept))
        if designation.homograph == "given-name":
            genitive = all(form.case == "gent" for form in meaning.forms)
            return context.given_name(text, span, self.language, self.family_names, genitive=genitive)
        if designation.homograph == "word":
            sentence = context.fold(context.sentence_around(text, span))
            return "counts" if any(context.fold(word) in sentence for word in designation.near) else "unclear"
        return "counts"

    def _own_given(self, concept: Concept) -> frozenset[str]:
        names = {entry.given for entry in concept.designations.get(self.language, ()) if entry.given}
        return frozenset(
            context.fold(form.text) for name in names for form in forms(given_lexeme(name, concept), self.language)
        )

    def _hit(self, candidate: _Candidate, normal: Normal, text: str) -> Hit | None:
        meaning = candidate.meaning
        if meaning.concept is None or meaning.designation is None:
            return None
        span = normal.written(Span(candidate.start, candidate.end))
        hit = Hit(
            span,
            meaning.concept,
            meaning.designation,
            meaning.forms,
            candidate.tail,
            candidate.closed,
            normal.written(Span(candidate.start, candidate.start + meaning.given_length)) if meaning.given_length else None,
            meaning.given_name,
            candidate.certain,
        )
        return None if not hit.wanted and self._is_kept(hit, text) else hit

    def _is_kept(self, hit: Hit, text: str) -> bool:
        """Does an unwanted form stay because it is quoted: the title of a work, the name of a party?"""
        if context.in_title(text, hit.span, self.language):
            return True
        nouns = hit.designation.keeps_quoted_after
        if not nouns:
            return False
        noun = context.noun_before_quotation(text, hit.span.start)
        return bool(noun) and any(
            noun == context.fold(form.text) for word in nouns for form in forms(Lexeme(word), self.language)
        )


def _capitals_fit(meaning: Meaning, text: str, span: Span, *, prefixed: bool) -> bool:
    """Names begin with a capital, acronyms are written as the glossary writes them."""
    written = text[span.start : span.end]
    designation = meaning.designation
    if designation is None or meaning.concept is None:
        return True
    if designation.is_acronym:
        letters = "".join(character for character in written if character.isalpha())
        wanted = "".join(character for character in designation.form if character.isalpha())
        return letters.startswith(wanted) or letters.isupper()
    if not meaning.capital or meaning.concept.kind not in ("person", "place", "organisation"):
        return True
    return prefixed or written[:1].isupper()


def _hyphenated_tail(text: str, normal: Normal, end: int) -> str:
    """The rest of a hyphenated compound after `end` of the normalised text: «lager» in «Tokajew-Lager»."""
    place = normal.written(Span(end - 1, end)).end
    if end >= len(normal.text) or normal.text[end] != " " or text[place : place + 1] not in ("-", "\u2010", "\u2011"):
        return ""
    last = end + 1
    while last < len(normal.text) and normal.text[last].isalpha():
        last += 1
    return normal.text[end + 1 : last]


def _longest(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """The longest candidates that do not overlap; of equal ones the wanted, the certain."""
    cluster: list[_Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda one: one.start):
        if cluster and candidate.start >= reach:
            yield from _resolve(cluster)
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate.end)
    yield from _resolve(cluster)


def _resolve(cluster: list[_Candidate]) -> list[_Candidate]:
    taken: list[_Candidate] = []
    for candidate in sorted(cluster, key=_rank):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in taken):
            taken.append(candidate)
    return taken


def _rank(candidate: _Candidate) -> tuple[int, bool, bool, bool, int]:
    designation = candidate.meaning.designation
    unwanted = designation is not None and not designation.status.wanted
    return (
        candidate.start - candidate.end,
        candidate.meaning.concept is not None,
        unwanted,
        not candidate.certain,
        candidate.start,
    )
