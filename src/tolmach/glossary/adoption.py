"""Proposals beside what a house has already: what is new, what is known, what was turned down."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from tolmach.glossary.find import Finder
from tolmach.glossary.join import concepts_of
from tolmach.glossary.model import Concept, Designation, Glossary, Status
from tolmach.glossary.propose import slug_of
from tolmach.glossary.spellings import REST, equal
from tolmach.glossary.systems import truthful

_STATES = ("decided", "proposed", "rejected")


@dataclass(frozen=True, slots=True)
class NewSpelling:
    """A spelling in the texts of a concept that is decided without saying anything about it."""

    concept: Concept
    language: str
    form: str
    count: int


@dataclass(frozen=True)
class Adoption:
    """What becomes of proposals: `added` and `updated` concepts, new spellings of decided ones, and how many are known.

    Among the added are decided concepts of other layers with what the texts have more; they would replace these.
    `known` are decided, `rejected` were turned down, `elsewhere` wait in another file.
    """

    added: tuple[Concept, ...] = ()
    updated: tuple[Concept, ...] = ()
    spellings: tuple[NewSpelling, ...] = ()
    known: int = 0
    rejected: int = 0
    elsewhere: int = 0


class Known:
    """The concepts that are known: those of a glossary in force, with its matcher, and those of the file written to."""

    def __init__(self, home: Finder, own: Sequence[Concept]) -> None:
        decided = home.glossary.concepts
        self.own = {concept.id: concept for concept in own}
        elsewhere = {key: concept for key, concept in home.glossary.undecided.items() if key not in decided}
        self._home = home
        # Two matchers: that of the glossary in force may be ready, and is large.
        self._rest = Finder(Glossary({**elsewhere, **self.own}))
        self.ids = {*decided, *elsewhere, *self.own}

    def of(self, pairs: Sequence[tuple[str, str]], kind: str = "") -> tuple[Concept, ...]:
        """The concepts of which these spellings (language, form) are names, the decided ones first."""
        decided = [concept for concept in concepts_of(pairs, self._home, kind) if concept.id not in self.own]
        return tuple(
            sorted((*decided, *concepts_of(pairs, self._rest, kind)), key=lambda one: _STATES.index(one.state))
        )


@dataclass
class _Adopting:
    """The state of going through proposals one by one."""

    own: dict[str, Concept]
    taken: set[str]
    read: frozenset[str]
    is_own_layer: Callable[[Concept], bool]
    added: dict[str, Concept] = field(default_factory=dict)
    updated: dict[str, Concept] = field(default_factory=dict)
    spellings: list[NewSpelling] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def adopt(
    proposals: Iterable[Concept],
    home: Finder,
    own: Sequence[Concept],
    read: Iterable[str] = (),
    is_own_layer: Callable[[Concept], bool] = lambda _concept: True,
) -> Adoption:
    """Sort the proposals by what the glossary in force (of `home`) and the file with the `own` concepts know of them.

    A decided concept stays as it is; where the texts have spellings of which it says nothing, it is proposed with these
    if it stands in another layer, so that it can be replaced. A proposal that waits in the file gets the new counts:
    those of the texts that were `read` replace what it had of them. Doing the same twice changes nothing.
    """
    known = Known(home, own)
    state = _Adopting(known.own, set(known.ids), frozenset(read), is_own_layer)
    for proposal in proposals:
        _adopt(proposal, known, state)
    changed = {key: one for key, one in state.updated.items() if one != state.own[key]}
    return Adoption(
        tuple(state.added.values()),
        tuple(changed.values()),
        tuple(state.spellings),
        state.counts.get("decided", 0),
        state.counts.get("rejected", 0),
        state.counts.get("elsewhere", 0),
    )


def _adopt(proposal: Concept, everything: Known, state: _Adopting) -> None:
    known = known_as(proposal, everything)
    states = {concept.state for concept in known}
    if "decided" in states:
        _meet_decision(proposal, known[0], everything, state)
    elif "proposed" in states:
        waiting = [concept for concept in known if concept.id in state.own and concept.state == "proposed"]
        if waiting:
            _update(proposal, waiting, state)
        else:
            state.counts["elsewhere"] = state.counts.get("elsewhere", 0) + 1
    elif known:
        state.counts["rejected"] = state.counts.get("rejected", 0) + 1
    else:
        fresh = replace(proposal, id=_free(proposal, state.taken))
        state.taken.add(fresh.id)
        state.added[fresh.id] = fresh


def _meet_decision(proposal: Concept, decided: Concept, known: Known, state: _Adopting) -> None:
    new = list(_new_spellings(proposal, decided, known))
    if new and not state.is_own_layer(decided):
        before = state.added.get(decided.id) or uncounted(decided)
        state.added[decided.id] = _extended(before, proposal, {(one.language, one.form) for one in new})
        return
    state.counts["decided"] = state.counts.get("decided", 0) + 1
    state.spellings += new


def uncounted(concept: Concept) -> Concept:
    """The concept without what only helps to decide: counts and confidence."""
    designations = {
        language: tuple(replace(entry, found=()) for entry in entries)
        for language, entries in concept.designations.items()
    }
    return replace(concept, designations=designations, confidence=0.0)


def _extended(decided: Concept, proposal: Concept, new: Container[tuple[str, str]]) -> Concept:
    """The decided concept of another layer as a proposal: with counts, and the new spellings, which are unwanted."""
    designations = dict(decided.designations)
    for language, entries in proposal.designations.items():
        old = designations.get(language, ())
        preferred = next((entry.form for entry in old if entry.status is Status.PREFERRED), "")
        added = (_unwanted(entry, preferred) for entry in entries if (language, entry.form) in new)
        counted = (*_counted(old, entries), *added)
        if counted:
            designations[language] = counted
    sources = tuple(dict.fromkeys((*decided.sources, *proposal.sources[:1])))
    extended = replace(decided, designations=designations, sources=sources, state="proposed")
    return truthful(replace(extended, confidence=proposal.confidence))


def _unwanted(entry: Designation, preferred: str) -> Designation:
    if entry.status is not Status.PREFERRED or not preferred:
        return entry
    return replace(entry, status=Status.DEPRECATED, reason=f"{preferred} is the usual form", system="")


def known_as(proposal: Concept, known: Known) -> tuple[Concept, ...]:
    """The concepts that the spellings found, else the forms to prefer, are names of; decided ones first."""
    seen = [pair for pair, entry in _pairs(proposal) if entry.found]
    languages = {language for language, _form in seen}
    wanted = [
        pair
        for pair, entry in _pairs(proposal)
        if entry.status is Status.PREFERRED and (pair[0] in languages or not languages)
    ]
    return known.of(seen, proposal.kind) or known.of(wanted, proposal.kind)


def _pairs(concept: Concept) -> Iterator[tuple[tuple[str, str], Designation]]:
    """Language and form of each designation, and of each person's full name."""
    for language, entries in concept.designations.items():
        for entry in entries:
            if entry.form:
                yield (language, entry.form), entry
                if entry.given:
                    yield (language, f"{entry.given} {entry.form}"), entry


def _new_spellings(proposal: Concept, concept: Concept, known: Known) -> Iterator[NewSpelling]:
    for language, entries in proposal.designations.items():
        for entry in entries:
            if entry.form and entry.found and not known.of([(language, entry.form)]):
                yield NewSpelling(concept, language, entry.form, sum(count for _path, count in entry.found))


def _free(concept: Concept, taken: set[str]) -> str:
    """An id that nobody has: of namesakes the later ones get the given name too, else a number."""
    numbered = (f"{concept.id}-{number}" for number in count(2))
    candidates = chain((concept.id, slug_of(concept, full=True)), numbered)
    return next(candidate for candidate in candidates if candidate not in taken)


def _update(proposal: Concept, known: Sequence[Concept], state: _Adopting) -> None:
    """New counts, and new forms, for the proposals that wait; where there are several, each keeps its own forms."""
    seen = [concept for concept in known if _share(proposal, concept, found=True)]
    same = seen or [concept for concept in known if _share(proposal, concept, found=False)] or known
    waiting = [state.updated.get(concept.id) or _uncounted_in(concept, state.read) for concept in same]
    for number, concept in enumerate(waiting):
        others = waiting[:number] + waiting[number + 1 :]
        designations = dict(concept.designations)
        for language, entries in proposal.designations.items():
            old = designations.get(language, ())
            new = tuple(_counted(old, entries))
            if number == 0:
                new += tuple(_missing(old, entries, language, others))
            if new:
                designations[language] = new
        confidence = concept.confidence if others else proposal.confidence
        state.updated[concept.id] = truthful(replace(concept, designations=designations, confidence=confidence))


def _share(one: Concept, other: Concept, *, found: bool) -> bool:
    """Have they a form in common (one that was found), of a person with its given name?

    Two persons may share a family name, and what is only proposed for two names may be the same.
    """
    first, second = (
        {
            (language, entry.full)
            for language, entries in concept.designations.items()
            for entry in entries
            if entry.found or not found
        }
        for concept in (one, other)
    )
    return not first.isdisjoint(second)


def _uncounted_in(concept: Concept, read: frozenset[str]) -> Concept:
    """The concept without its counts in the texts that were read, which are counted anew."""
    designations = {
        language: tuple(
            replace(entry, found=tuple(pair for pair in entry.found if pair[0] not in read)) for entry in entries
        )
        for language, entries in concept.designations.items()
    }
    return replace(concept, designations=designations)


def _counted(old: Sequence[Designation], fresh: Sequence[Designation]) -> Iterator[Designation]:
    for entry in old:
        same = next((one for one in fresh if _same(one, entry)), None)
        yield replace(entry, found=_added(dict(entry.found), dict(same.found))) if same else entry


def _added(counts: dict[str, int], more: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    rest = max(counts.pop(REST, 0), more.get(REST, 0))
    for text, number in more.items():
        if text != REST:
            counts[text] = counts.get(text, 0) + number
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return (*ordered, *([(REST, rest)] if rest else []))


def _missing(
    old: Sequence[Designation], fresh: Sequence[Designation], language: str, others: Sequence[Concept]
) -> Iterator[Designation]:
    """The forms found that no waiting proposal has yet; what should be preferred is a person's to say by now."""
    known = (*old, *(entry for other in others for entry in other.designations.get(language, ())))
    for entry in fresh:
        if entry.found and not any(_same(entry, one) for one in known):
            is_first = entry.status is not Status.PREFERRED or not old
            yield entry if is_first else replace(entry, status=Status.ADMITTED)


def _same(one: Designation, other: Designation) -> bool:
    return equal(one.form, other.form) and (bool(one.form) or equal(one.given, other.given))
