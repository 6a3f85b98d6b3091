"""Pairs of sentences in, translations with their terms put right out, window by window: learn, then write."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from tolmach.morphology.lexeme import Base, Lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.heard import by_sound
from tolmach.translate.enforce.inflect import Change, Choice, choices
from tolmach.translate.enforce.known import LANGUAGES, source_forms, target_lexeme
from tolmach.translate.enforce.misspelt import by_spelling
from tolmach.translate.enforce.model import Outcome, Pair, Repaired, Term
from tolmach.translate.enforce.recalled import Habits
from tolmach.translate.enforce.rendering import MEANT, Group, Rendering, Work, begin, in_small_letters
from tolmach.translate.enforce.shown import shown
from tolmach.translate.enforce.sound import Ear
from tolmach.translate.enforce.source_side import located

WINDOW = 5000
# What of the whole may be left out, to see what it is good for.
STEPS = frozenset({"sound", "alignment", "memory", "place"})
_VOWELS = ("а", "я")
_LAST_SIGNS = ".!?\u2026:;\"'\u00bb\u201c\u201d\u2019) "


@dataclass(slots=True)
class Repair:
    """Puts the terms of translations right; what it has learned of words it keeps from window to window."""

    window: int = WINDOW
    insert: bool = False
    steps: frozenset[str] = STEPS
    ear: Ear = field(default_factory=Ear)
    habits: Habits = field(default_factory=Habits)

    def run(self, pairs: Iterable[Pair]) -> Iterator[Repaired]:
        """One answer for each pair, in order; at most a window of pairs is held at a time."""
        rest = iter(pairs)
        while window := list(islice(rest, self.window)):
            yield from self.batch(window)

    def batch(self, pairs: Sequence[Pair]) -> list[Repaired]:
        """The answers for pairs that are looked at together."""
        works = self.search(pairs)
        answers = [
            _first(writing(work, self.steps)) if work else Repaired(pair.target)
            for work, pair in zip(works, pairs, strict=True)
        ]
        return list(map(with_missing, answers)) if self.insert else answers

    def search(self, pairs: Sequence[Pair]) -> list[Work | None]:
        """What stands for the terms of each pair, None for a pair without terms."""
        works = [begin(pair) if pair.terms else None for pair in pairs]
        unfinished = [work for work in works if work is not None and work.open]
        if unfinished and "sound" in self.steps:
            by_sound(unfinished, self.ear)
            by_spelling((work for work in unfinished if work.open), self.ear)
            in_small_letters(unfinished)
        if any(work.open for work in unfinished):
            self._guess(works, unfinished)
        return works

    def _guess(self, works: Sequence[Work | None], unfinished: Sequence[Work]) -> None:
        if "alignment" in self.steps:
            from tolmach.translate.enforce.aligned import by_alignment
            from tolmach.translate.enforce.meant import by_meaning

            by_meaning(unfinished)
            by_alignment(works)
        if "memory" in self.steps:
            self.habits.learn(unfinished)
            self.habits.recall(unfinished)


def repair(pairs: Iterable[Pair], window: int = WINDOW) -> Iterator[Repaired]:
    """One answer for each pair, in order.

    >>> pair = Pair("Obama spoke.", "Обома выступил.", "en", "ru", (Term("Obama", "Обама", "person"),))
    >>> [answer.target for answer in repair([pair])]
    ['Обама выступил.']
    """
    return Repair(window).run(pairs)


@dataclass(slots=True)
class _Draft:
    """A sentence that is being changed, and stretches of it that move with the changes."""

    text: str
    spans: list[Span]

    def change(self, changes: Iterable[Change]) -> None:
        """Make the changes, the last first."""
        for one in sorted(changes, key=lambda change: -change.span.start):
            self.text = self.text[: one.span.start] + one.text + self.text[one.span.end :]
            by = len(one.text) - (one.span.end - one.span.start)
            self.spans = [_moved(span, one.span, by) for span in self.spans]


def _moved(span: Span, changed: Span, by: int) -> Span:
    if changed.end <= span.start and changed != span:
        return span.shifted(by)
    return Span(span.start, span.end + by) if changed.overlaps(span) or changed == span else span


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in a translation and the forms that may stand there, the likeliest first."""

    text: str
    choices: tuple[Choice, ...]


# Asks which of the choices of a doubt is to be made, and ends with the repaired translation.
Writing = Generator[Doubt, int, Repaired]


def _first(steps: Writing) -> Repaired:
    """The repaired translation when always the likeliest form is chosen."""
    try:
        next(steps)
        while True:
            steps.send(0)
    except StopIteration as done:
        repaired: Repaired = done.value
        return repaired


def writing(work: Work, steps: frozenset[str] = STEPS) -> Writing:
    """Put right what was found, from right to left, and tell what became of each term."""
    found = [(group, one) for group in work.groups for one in group.found]
    draft = _Draft(work.pair.target, [one.span for _group, one in found])
    notes = [""] * len(found)
    for number in sorted(range(len(found)), key=lambda place: -found[place][1].span.start):
        group, one = found[number]
        if not one.right and "place" not in steps:
            draft.change([Change(draft.spans[number], group.term.target)])
        elif not one.right or ("place" in steps and _is_misplaced(draft, number, work, group, one)):
            notes[number] = yield from _put(draft, number, work, group, one)
    told = {id(one): (draft.spans[number], notes[number]) for number, (_group, one) in enumerate(found)}
    outcomes: dict[int, Outcome] = {}
    for group in work.groups:
        outcomes.update(_outcomes(work, group, draft.text, told))
    return Repaired(draft.text, tuple(outcomes[number] for number in range(len(work.pair.terms))))


def _put(draft: _Draft, number: int, work: Work, group: Group, one: Rendering) -> Generator[Doubt, int, str]:
    """Write the form wanted in the place of a rendering; returns why it was not done."""
    if work.language not in LANGUAGES:
        return "the forms of this language are not known"
    before = work.target.text[one.span.start : one.span.end]
    lexeme = target_lexeme(group.term, work.language, one.like)
    found = choices(
        draft.text,
        draft.spans[number],
        lexeme,
        work.language,
        like=_like(one, before, group.term, lexeme, work.language),
        source=work.pair.source,
        source_span=group.term.span or _source_span(work, group, one),
        source_language=work.pair.source_language,
    )
    if not found:
        return "no form fits the place"
    alone = tuple(replace(one, changes=_apart(one.changes, number, draft.spans)) for one in found)
    chosen = yield Doubt(draft.text, alone)
    draft.change(alone[chosen].changes)
    return ""


def _is_misplaced(draft: _Draft, number: int, work: Work, group: Group, one: Rendering) -> bool:
    if work.language != "ru" or one.step != "form" or one.note:
        return False
    # Other languages do not need the Russian dictionary.
    from tolmach.translate.enforce.misplaced import is_misplaced

    lexeme = target_lexeme(group.term, "ru")
    if draft.text[draft.spans[number].start : draft.spans[number].end] != lexeme.text:
        return False
    span = group.term.span or _source_span(work, group, one)
    return is_misplaced(draft.text, draft.spans[number], lexeme, work.pair.source, span, work.pair.source_language)


def _source_span(work: Work, group: Group, one: Rendering) -> Span | None:
    """Where the term stands in the source, in whatever form: of several places the one of the same rank as in the
    translation."""
    if found := located(work.pair.source, group.term.source):
        return found
    places = list(source_forms(group.term.source, group.term.kind, work.pair.source_language).places(work.source))
    if not places or len(places) not in (1, len(group.found)):
        return None
    rank = sum(other.first < one.first for other in group.found) if len(places) > 1 else 0
    return work.source.span(places[rank].first, places[rank].last)


def _like(one: Rendering, before: str, term: Term, lexeme: Lexeme, language: str) -> tuple[Base, ...]:
    """What the words replaced may be as a form of the name wanted or of others known, or else of their own base."""
    if one.step == "sound" and (language == "de" or (language == "ru" and not before.isascii())):
        others = (target_lexeme(replace(term, target=other, lexeme=None), language) for other in term.also)
        found = shown(before, (lexeme, *others), language)
        if found:
            return found
    return tuple(base for base in one.like if not _is_thing(base, before, lexeme))


def _is_thing(base: Base, before: str, lexeme: Lexeme) -> bool:
    """Is it the accusative of a thing, which looks like the nominative, where the form wanted names a person?"""
    return lexeme.kind == "person" and base.case == "accs" and base.form == before and lexeme.text[-1:] not in _VOWELS


def _apart(changes: Iterable[Change], number: int, spans: Sequence[Span]) -> tuple[Change, ...]:
    """The changes without those of words that render other terms, which have been or will be put right themselves."""
    others = [span for place, span in enumerate(spans) if place != number]
    return tuple(one for one in changes if not any(one.span.overlaps(other) for other in others))


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made."""
    draft = _Draft(text, [])
    draft.change(changes)
    return draft.text


def _outcomes(work: Work, group: Group, text: str, told: dict[int, tuple[Span, str]]) -> Iterator[tuple[int, Outcome]]:
    """One outcome for each time the term is listed; what was changed is told first where there is more."""
    found = group.found
    if len(found) > len(group.numbers):
        found = sorted(found, key=lambda one: one.right)
    for number, place in enumerate(group.numbers):
        term = work.pair.terms[place]
        # Listed more often than it stands in the source, a term is told more often, too.
        if number < len(found) or (found and not group.open):
            one = found[min(number, len(found) - 1)]
            span, problem = told[id(one)]
            before, after = work.target.text[one.span.start : one.span.end], text[span.start : span.end]
            yield place, _outcome(term, one, before, after, span, problem)
        elif group.within:
            yield place, Outcome(term, "kept", note="part of a longer term")
        else:
            yield place, Outcome(term, "missing")


def _outcome(term: Term, one: Rendering, before: str, after: str, span: Span, problem: str) -> Outcome:
    if problem:
        return Outcome(term, "missing", before, after, span, one.step, problem)
    return Outcome(term, "kept" if before == after else "repaired", before, after, span, one.step, one.note)


def with_missing(repaired: Repaired) -> Repaired:
    """The translation with the names that nothing stands for in brackets before its last sign.

    >>> term = Term("Obama", "Обама", "person")
    >>> with_missing(Repaired("Он выступил.", (Outcome(term, "missing"),))).target
    'Он выступил [Обама].'
    """
    text, outcomes = repaired.target, list(repaired.outcomes)
    for number, outcome in enumerate(outcomes):
        if outcome.status == "missing" and not outcome.before and outcome.term.kind not in MEANT:
            place = len(text.rstrip(_LAST_SIGNS))
            text = f"{text[:place]} [{outcome.term.target}]{text[place:]}"
            span = Span(place + 2, place + 2 + len(outcome.term.target))
            outcomes[number] = Outcome(outcome.term, "inserted", "", outcome.term.target, span, "insertion")
    return Repaired(text, tuple(outcomes))
