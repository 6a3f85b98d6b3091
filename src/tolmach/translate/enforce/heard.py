"""Renderings found by their sound: which words of a translation may be a name, and which of them are.

Whole windows of sentences are searched at once, so that what is slow is asked in batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.translate.enforce.derived import is_adjective_unlike, stem
from tolmach.translate.enforce.known import LANGUAGES
from tolmach.translate.enforce.model import Term
from tolmach.translate.enforce.rendering import MEANT, Group, Rendering, Work, settle
from tolmach.translate.enforce.sentence import words_of
from tolmach.translate.enforce.sound import Answer, Ear, Question, likeness

# From this probability on a word is a rendering by its sound alone; below the second one it never is.
_SURE, _POSSIBLE = 0.4, 0.02
_COMMON_WORD = 0.7
_ALIKE = 0.8
_LETTER_BY_LETTER = 0.95


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may render a term, and what is asked about their sound."""

    work: Work
    group: Group
    term: Term
    first: int
    last: int
    question: Question


def by_sound(works: Sequence[Work], ear: Ear) -> None:
    """Find names by their sound, in all the pairs at once; of a full name, the family name alone if need be."""
    for narrowed in (False, True):
        candidates = [
            one for work in works for group in work.open for one in _candidates(work, group, narrowed=narrowed)
        ]
        ear.listen(one.question for one in candidates)
        heard = [(ear.answer(one.question), one) for one in candidates]
        likely = [(answer, one) for answer, one in heard if _is_rendering(answer, one)]
        ear.listen(other for _answer, one in likely for other in other_names(one))
        for answer, one in sorted(likely, key=lambda pair: -pair[0].score):
            wanted = one.group.open and one.work.target.free(one.first, one.last)
            if wanted and all(ear.answer(other).score <= answer.score for other in other_names(one)):
                _hear(answer, one)


def _hear(answer: Answer, one: Candidate) -> None:
    one.group.term = one.term
    span = one.work.target.span(one.first, one.last)
    settle(one.work, one.group, Rendering(one.first, one.last, span, "sound", False, answer.readings))


def _candidates(work: Work, group: Group, *, narrowed: bool) -> Iterator[Candidate]:
    term = family_name(group.term) if narrowed else group.term
    if term is None or term.kind in MEANT or work.language not in LANGUAGES:
        return
    target = work.target
    for size, compound in _sizes(term):
        for first in range(len(target.words) - size + 1):
            last = first + size - 1
            if compound and (target.text.count("-", target.starts[first], target.starts[last]) < size - 1):
                continue
            if "-" in term.target and target.parts_compound(first, last):
                continue
            if _looks_like_a_name(work, first) and target.free(first, last) and target.joined(first, last):
                written = target.text[target.starts[first] : target.starts[last] + len(target.words[last])]
                question = Question(term.source, term.target, term.kind, written, work.language)
                yield Candidate(work, group, term, first, last, question)


def _sizes(term: Term) -> Iterable[tuple[int, bool]]:
    """Of how many words a rendering may be: as many as either form, one for a form with a hyphen.

    A name of one word may stand for one of two with a hyphen («Алма-Ата», «Алматы»), which is then to be looked for.
    """
    whole = 1 if " " not in term.source or " " not in term.target else 0
    sizes = dict.fromkeys(filter(None, (len(words_of(term.target)), len(words_of(term.source)), whole)))
    return [*((size, False) for size in sizes), *([(2, True)] if 2 not in sizes else [])]


def family_name(term: Term) -> Term | None:
    """The last name of a full name that has as many words in both languages; else None."""
    size = term.source.count(" ")
    if term.kind not in ("person", "") or not size or size != term.target.count(" "):
        return None
    source, target = term.source.rpartition(" ")[2], term.target.rpartition(" ")[2]
    return Term(source, target, "person", term.id) if source[:1].isupper() and target[:1].isupper() else None


def _looks_like_a_name(work: Work, place: int) -> bool:
    word = work.target.words[place]
    return len(word) > 1 and word[0].isupper()


def _is_rendering(answer: Answer, one: Candidate) -> bool:
    word = one.question.word
    if one.term.source.isupper() and word.isupper() and likeness(one.question) >= _LETTER_BY_LETTER:
        return True  # An acronym written in other letters one by one («ОСЗЕ»).
    if one.work.language == "ru" and not word.isascii():
        from tolmach.morphology.russian_lexicon import is_common_word
        from tolmach.morphology.russian_lexicon import known as in_dictionary

        # «Билькентского»: the name itself is not there to be replaced.
        if is_adjective_unlike(word, one.term.target):
            return False
        if " " not in word and is_common_word(word.lower()):
            return answer.score >= _COMMON_WORD and not one.work.target.starts_clause(one.first)
        if answer.score < _SURE and not in_dictionary(word):
            return answer.score >= _POSSIBLE and likeness(one.question) >= _ALIKE
    return answer.score >= _SURE


def other_names(one: Candidate) -> Iterator[Question]:
    """The same word as rendering of every other name of the source."""
    source = one.work.source
    own = words_of(one.term.source)
    last = own[-1] if own else one.term.source
    if primary(one.work.pair.source_language) == "ru":
        last = stem(last, "ru")
    for word, small in dict(zip(source.words, source.keys, strict=True)).items():
        if word[0].isupper() and len(word) > 2 and small not in own and not small.startswith(last):
            yield Question(word, word, one.question.kind, one.question.word, one.work.language)
