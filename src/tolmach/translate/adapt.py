"""A remembered translation made to fit a sentence that differs only in numbers, dates and names of the glossary.

Both sentences are cut into what they have in common and the places where they may differ. Each place that does differ
is found in the remembered translation, where it must stand exactly as often, and is filled anew: a number as the target
language writes it, a name in its house form, in the case of the old one. Whatever is not sure (another gender, another
plural, a name with an article, a rendering that is not found) leaves the translation alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.morphology.paradigm import table
from tolmach.text.identity import fold
from tolmach.text.model import Span
from tolmach.translate.enforce.inflect import choices
from tolmach.translate.enforce.known import target_lexeme
from tolmach.translate.enforce.model import Outcome, Pair, Term
from tolmach.translate.enforce.rendering import Rendering, begin
from tolmach.translate.enforce.repair import changed
from tolmach.translate.enforce.sentence import words_of
from tolmach.translate.enforce.terms import of_glossary
from tolmach.translate.quantities import Quantity, quantities, rewritten

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.glossary.hit import Hit
    from tolmach.memory.lookup import Memory
    from tolmach.memory.model import Match

_SURE = 0.5  # confidence of a form
_TRIED = 5  # matches
_KINDS = ("person", "place", "organisation", "term", "office")


@dataclass(frozen=True, slots=True)
class Adapted:
    """A remembered translation that was made to fit; `outcomes` tell which names were exchanged."""

    target: str
    score: float
    outcomes: tuple[Outcome, ...] = ()

    @property
    def signature(self) -> str:
        """What made this draft."""
        return f"memory {self.score:.2f}, adapted"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence may differ: a term with how the matcher found it, or a quantity."""

    span: Span
    text: str
    term: Term | None = None
    hit: Hit | None = None
    quantity: Quantity | None = None


# What is to be written into the translation as it is by then; None: that cannot be done.
_Write = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Step:
    span: Span
    write: _Write


class Adapter:
    """Makes remembered translations from one language into another fit; `minimum` is the least score of a match."""

    def __init__(self, memory: Memory, finder: Finder | None, source: str, target: str, minimum: float) -> None:
        self._memory = memory
        self._finder = finder
        self._source, self._target = source, target
        self._minimum = minimum
        self._rules: dict[str, Any] = load_table("tolmach.translate", "adapt.toml").get(primary(target), {})

    def adapted(self, text: str) -> Adapted | None:
        """The best reviewed translation of a similar sentence, made to fit `text`; None where there is none."""
        if self._minimum <= 0:
            return None
        for match in self._memory.fuzzy(text, self._minimum, _TRIED):
            if match.reviewed and match.score < 1 and (found := self.fit(text, match)) is not None:
                return found
        return None

    def fit(self, text: str, match: Match) -> Adapted | None:
        """The translation of the match made to fit `text`, if that can be done without doubt."""
        asked, found = self._places(text), self._places(match.source)
        if not _same_frame(text, asked, match.source, found):
            return None
        differing = [pair for pair in zip(asked, found, strict=True) if fold(pair[0].text) != fold(pair[1].text)]
        mapped = _mapping(differing, list(zip(asked, found, strict=True)))
        if not differing or mapped is None or not all(self._exchangeable(*pair, match.target) for pair in differing):
            return None
        steps = [*self._numbers(mapped, found, match.target), *self._terms(mapped, found, match, text)]
        if None in steps:
            return None
        target = _written(match.target, [step for step in steps if step is not None])
        return None if target is None else self._proved(text, differing, match, target)

    def _places(self, text: str) -> list[_Place]:
        """The terms of the glossary and the quantities of a sentence, in order; a number in a name belongs to it."""
        places: list[_Place] = []
        if self._finder is not None:
            hits = self._finder.find(text, self._source)
            for term in of_glossary(self._finder, text, self._source, self._target):
                hit = next((hit for hit in hits if term.span and hit.span.contains(term.span)), None)
                if term.span is not None and hit is not None:
                    places.append(_Place(term.span, text[term.span.start : term.span.end], term, hit))
        taken = [place.span for place in places]
        for quantity in quantities(text, self._source):
            if not any(quantity.span.overlaps(span) for span in taken):
                places.append(_Place(quantity.span, quantity.text, quantity=quantity))
        return sorted(places, key=lambda place: place.span)

    def _exchangeable(self, asked: _Place, found: _Place, target: str) -> bool:
        """May the one stand where the other did?"""
        if asked.quantity is not None and found.quantity is not None:
            return asked.quantity.kind == found.quantity.kind != "other"
        if asked.term is None or found.term is None or asked.hit is None or found.hit is None:
            return False
        same_grammar = _grammar(asked.hit) & _grammar(found.hit)
        plain = not any(hit.tail or hit.prefixed or not hit.certain for hit in (asked.hit, found.hit))
        same_part = (asked.hit.given == asked.span) == (found.hit.given == found.span)
        if not (same_grammar and plain and same_part and asked.term.kind == found.term.kind in _KINDS):
            return False
        return self._alike(asked, found, target)

    def _alike(self, asked: _Place, found: _Place, target: str) -> bool:
        """Do the two names ask for the same words around them?"""
        if asked.hit is None or found.hit is None or asked.term is None or found.term is None:
            return False
        if asked.term.kind == "person":
            genders = {place.hit.concept.gender for place in (asked, found) if place.hit}
            return len(genders) == 1 and "" not in genders
        language = primary(self._target)
        if any(map(self._stands_apart, (asked.term, found.term))):
            return False
        if set(words_of(target)) & set(self._rules.get("pronouns", ())):
            return False
        lexemes = [target_lexeme(term, language) for term in (asked.term, found.term)]
        if len({lexeme.number or "sg" for lexeme in lexemes}) > 1:
            return False
        # English articles of organisations and terms go by usage, not by rule
        return language != "en" or asked.term.kind == "place"

    def _stands_apart(self, term: Term) -> bool:
        """Has the name an article or a preposition of its own?"""
        form = fold(term.target).casefold()
        heads = self._rules.get("heads", ())
        return form in self._rules.get("article", ()) or any(
            word == head or (primary(self._target) == "de" and word.endswith(head))
            for word in words_of(form)
            for head in heads
        )

    def _numbers(self, mapped: dict[_Key, _Place], found: Sequence[_Place], target: str) -> Iterator[_Step | None]:
        there = quantities(target, self._target)
        for key, place in mapped.items():
            old = next(one.quantity for one in found if _key(one) == key)
            if old is None or place.quantity is None:
                continue
            same = [one for one in there if (one.kind, one.value) == (old.kind, old.value)]
            if len(same) != sum(_key(one) == key for one in found):
                yield None
                continue
            for one in same:
                new = rewritten(target, one, place.quantity, self._target)
                yield None if new is None else _Step(one.span, partial(_replaced, one.span, new))

    def _terms(
        self, mapped: dict[_Key, _Place], found: Sequence[_Place], match: Match, text: str
    ) -> Iterator[_Step | None]:
        wanted = {key: place for key, place in mapped.items() if place.term is not None}
        if not wanted:
            return
        own = [place for place in found if place.term is not None]
        terms = tuple(place.term for place in own if place.term is not None)
        work = begin(Pair(match.source, match.target, self._source, self._target, terms))
        for group in work.groups:
            keys = {_key(own[number]) for number in group.numbers}
            place = wanted.get(next(iter(keys)))
            if place is None and len(keys) == 1:
                continue
            usable = [one for one in group.found if one.step == "form" and not one.note]
            if place is None or len(keys) > 1 or len(usable) != len(group.numbers) or len(group.found) != len(usable):
                yield None
                continue
            for one in usable:
                yield _Step(one.span, partial(self._named, one, group.term, place, text))

    def _named(self, old: Rendering, term: Term, place: _Place, text: str, target: str) -> str | None:
        """The translation with another name in the place of the old one."""
        if place.term is None or not self._agrees(old, term, place.term):
            return None
        before = words_of(target[: old.span.start])[-1:]
        if place.term.kind != "person" and set(before) & set(self._rules.get("articles", ())):
            return None
        found = choices(
            target,
            old.span,
            target_lexeme(place.term, primary(self._target)),
            self._target,
            like=old.like,
            source=text,
            source_span=place.span,
            source_language=self._source,
        )
        # other words that would have to change are a sign that more of them might
        if not found or found[0].confidence < _SURE:
            return None
        own, *others = found[0].changes
        with_article = own.text != found[0].form
        if with_article or not all(one.text.casefold() in self._rules.get("sounds", ()) for one in others):
            return None
        return changed(target, found[0].changes)

    def _agrees(self, old: Rendering, term: Term, new: Term) -> bool:
        """Can verbs and attributes stay as they are? Where a Russian name may be the subject, its gender decides."""
        language = primary(self._target)
        if language != "ru" or new.kind == "person":
            return True
        if old.like and not any(base.case in ("nomn", "nom") for base in old.like):
            return True
        genders = {table(target_lexeme(one, language), language).gender for one in (term, new)}
        return len(genders) == 1 and "" not in genders

    def _proved(
        self, text: str, differing: Sequence[tuple[_Place, _Place]], match: Match, target: str
    ) -> Adapted | None:
        """The translation, once every new name is found in it."""
        new = {_key(asked): (asked, found) for asked, found in differing if asked.term is not None}
        terms = tuple(asked.term for asked, _found in new.values() if asked.term is not None)
        if terms:
            work = begin(Pair(text, target, self._source, self._target, terms))
            if any(not group.found or not all(one.right for one in group.found) for group in work.groups):
                return None
            if self._remains(text, differing, target):
                return None
        outcomes = tuple(
            Outcome(asked.term, "repaired", found.term.target, asked.term.target, step="memory", note="from the memory")
            for asked, found in new.values()
            if asked.term is not None and found.term is not None
        )
        return Adapted(target, match.score, outcomes)

    def _remains(self, text: str, differing: Sequence[tuple[_Place, _Place]], target: str) -> bool:
        """Does an old name still stand there that the sentence does not have?"""
        asked = {_key(place) for place in self._places(text)}
        gone = tuple(found.term for _asked, found in differing if found.term is not None and _key(found) not in asked)
        work = begin(Pair("", target, self._source, self._target, gone))
        return any(group.found for group in work.groups)


_Key = tuple[object, ...]


def _key(place: _Place) -> _Key:
    """What a place means, so that the same thing said twice is the same."""
    if place.quantity is not None:
        return (place.quantity.kind, place.quantity.value)
    return (place.term.id, place.term.target) if place.term is not None else ()


def _same_frame(text: str, asked: Sequence[_Place], other: str, found: Sequence[_Place]) -> bool:
    """Is everything between the places the same?"""
    return len(asked) == len(found) and [fold(part) for part in _frame(text, asked)] == [
        fold(part) for part in _frame(other, found)
    ]


def _frame(text: str, places: Sequence[_Place]) -> Iterator[str]:
    start = 0
    for place in places:
        # the signs keep the blanks beside a place
        yield f"|{text[start : place.span.start]}|"
        start = place.span.end
    yield f"|{text[start:]}|"


def _mapping(
    differing: Sequence[tuple[_Place, _Place]], pairs: Sequence[tuple[_Place, _Place]]
) -> dict[_Key, _Place] | None:
    """What each thing of the remembered sentence becomes; None where one becomes two."""
    mapped: dict[_Key, _Place] = {}
    for asked, found in differing:
        if _key(mapped.setdefault(_key(found), asked)) != _key(asked):
            return None
    counts = Counter(_key(found) for _asked, found in differing)
    # said once more where it stays: nobody knows which of the two is which in the translation
    if any(counts[_key(found)] and _key(asked) != _key(mapped[_key(found)]) for asked, found in pairs):
        return None
    return {key: place for key, place in mapped.items() if _key(place) != key}


def _grammar(hit: Hit) -> set[tuple[str, str]]:
    return {(form.case, form.number) for form in hit.forms}


def _replaced(span: Span, new: str, target: str) -> str:
    return target[: span.start] + new + target[span.end :]


def _written(target: str, steps: Sequence[_Step]) -> str | None:
    """The translation with all steps made, from right to left."""
    last = len(target) + 1
    for step in sorted(steps, key=lambda one: -one.span.start):
        if step.span.end > last:
            return None
        last = step.span.start
        written = step.write(target)
        if written is None:
            return None
        target = written
    return target
