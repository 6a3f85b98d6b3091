"""How alike a word of a translation sounds to a name of its source: the comparison of names, asked in batches.

A pair is compared at all only where the consonants of both have something in common; what was compared is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Indel, JaroWinkler

from tolmach.morphology.lexeme import Base
from tolmach.transcription.skeleton import keys, shapes
from tolmach.translate.enforce.known import readings

_REMEMBERED = 1 << 18
_WORDS = 1 << 16
_KINDS = ("person", "place", "organisation")
# Of the consonants this share must be common, in order: names that were one scored below in one case of a thousand.
_COMMON = 0.5
_AS_GOOD = 0.05
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Question:
    """Does the word (of a target language) render a name, known by its source form and the form wanted?"""

    source: str
    target: str
    kind: str
    word: str
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The probability that the word is the name, and the readings of the word that speak for it."""

    score: float = 0.0
    readings: tuple[Base, ...] = ()


_NO = Answer()


@dataclass(slots=True)
class Ear:
    """Remembers what it was asked."""

    _answers: dict[Question, Answer] = field(default_factory=dict)

    def listen(self, questions: Iterable[Question]) -> None:
        """Find the answers to all questions that were not asked before, at once."""
        new = [one for one in dict.fromkeys(questions) if one not in self._answers]
        if len(self._answers) + len(new) > _REMEMBERED:
            self._answers.clear()
        close = [one for one in new if has_common_sounds(one)]
        self._answers.update(dict.fromkeys(new, _NO))
        for kind in dict.fromkeys(one.kind for one in close):
            self._compare([one for one in close if one.kind == kind], kind if kind in _KINDS else None)

    def answer(self, question: Question) -> Answer:
        """The answer to a question; asked alone where `listen` was not called before."""
        if question not in self._answers:
            self.listen([question])
        return self._answers[question]

    def _compare(self, questions: list[Question], kind: str | None) -> None:
        from tolmach.names.compare import score_all

        bases = [_readings(one) for one in questions]
        forms = [_forms(one.word, found) for one, found in zip(questions, bases, strict=True)]
        asked = zip(questions, forms, strict=True)
        pairs = [(name, form) for one, each in asked for form in each for name in _names(one)]
        scores = iter(score_all(pairs, kind))
        for one, found, each in zip(questions, bases, forms, strict=True):
            best = {form: max(next(scores) for _name in _names(one)) for form in each}
            self._answers[one] = Answer(max(best.values()), _fitting(one, found, best))


def _readings(question: Question) -> tuple[Base, ...]:
    """What the word may be a form of; by its kind a name is known better, but not every place is one by its looks."""
    found = readings(question.word, question.language, question.kind)
    return found if not question.kind else (*found, *readings(question.word, question.language, ""))


def _forms(word: str, found: Iterable[Base]) -> list[str]:
    return list(dict.fromkeys((word, *(base.form for base in found))))


def _fitting(question: Question, found: Iterable[Base], scores: dict[str, float]) -> tuple[Base, ...]:
    """The readings of the base that sounds best, and the word itself where it sounds nearly as good."""
    whole = [base for base in dict.fromkeys(found) if not base.tail]
    top = max(scores.values())
    best = next((base.form for base in whole if scores[base.form] >= top - _AS_GOOD), "")
    return tuple(
        base
        for base in whole
        if (base.form == best or (base.form == question.word and scores[base.form] >= _NEARLY * top))
    )


def _names(question: Question) -> tuple[str, ...]:
    return (question.source,) if question.source == question.target else (question.source, question.target)


def has_common_sounds(question: Question) -> bool:
    """Have the word and the name enough consonants in common to be worth comparing?"""
    from tolmach.transcription.established import same

    word = _keys(question.word)
    if same(question.source, question.word) or same(question.target, question.word):
        return True
    return any(
        Indel.normalized_similarity(one, other) >= _COMMON
        for name in _names(question)
        for one in _keys(name)
        for other in word
    )


def likeness(question: Question) -> float:
    """How alike the shapes of the word and of the name are, vowels included: 0 to 1."""
    word = _shapes(question.word)
    return max(
        (
            JaroWinkler.normalized_similarity(one, other)
            for name in _names(question)
            for one in _shapes(name)
            for other in word
        ),
        default=0.0,
    )


@lru_cache(_WORDS)
def _keys(word: str) -> tuple[str, ...]:
    return keys(word)


@lru_cache(_WORDS)
def _shapes(word: str) -> tuple[str, ...]:
    return shapes(word)
