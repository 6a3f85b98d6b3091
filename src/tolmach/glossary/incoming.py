"""Concepts from elsewhere beside those a house has: what is new, what is known, what contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tolmach.errors import TolmachError
from tolmach.glossary.edit import values
from tolmach.glossary.find import Finder
from tolmach.glossary.formats import Found, FreeIds
from tolmach.glossary.merge import Conflict, merge
from tolmach.glossary.model import Concept, Designation, Glossary
from tolmach.glossary.validate import failing_examples
from tolmach.glossary.written import identity
from tolmach.text.identity import fold


@dataclass(frozen=True, slots=True)
class Revision:
    """A concept as it is and as it would be."""

    before: Concept
    after: Concept


@dataclass
class Plan:
    """What becomes of the concepts: `added` to the file, `changed` in it.

    The `waiting` would change a decision, or stand in another file of the folder; `conflicts` exclude what the house
    says, `contradictory` concepts themselves. `same` are known with all they say, `rejected` were turned down.
    """

    added: list[Concept] = field(default_factory=list)
    changed: list[Revision] = field(default_factory=list)
    waiting: list[Revision] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    contradictory: list[TolmachError] = field(default_factory=list)
    same: int = 0
    rejected: int = 0

    @property
    def written(self) -> tuple[Concept, ...]:
        """The concepts to write into the file."""
        return (*self.added, *(one.after for one in self.changed))


def plan(
    found: Found,
    home: Mapping[str, Concept],
    own: Sequence[Concept],
    in_layer: Callable[[Concept], bool] = lambda _concept: False,
    *,
    decided: bool = False,
) -> Plan:
    """What becomes of the concepts found, beside the glossary in force and the file with the `own` concepts.

    They come in as proposals, or with `decided` in the state they have. A concept without an id of its own is that of
    the house with which it shares most forms. `in_layer` tells the concepts that stand in the folder of the file.
    """
    mine = {concept.id: concept for concept in own}
    known = {**home, **mine}
    result = Plan()
    free = FreeIds({*known, *(concept.id for concept in found.concepts if concept.id not in found.unnamed)})
    pairs = _by_form(known.values())
    met: dict[str, Concept] = {}
    ids: dict[frozenset[tuple[str, str, str]], str] = {}
    for concept in found.concepts:
        incoming, old = _meeting(concept, found, known, pairs)
        if old is None and concept.id in found.unnamed:
            # The same row twice is one concept.
            forms = frozenset((code, one.full, one.variety) for code, one in _entries(incoming))
            ids[forms] = name = ids.get(forms) or free.take(incoming)
            incoming = replace(incoming, id=name)
        if old is None or old.state == "rejected" or _agrees(old, incoming, result):
            _join(met, incoming, result)
    for incoming in met.values():
        old = known.get(incoming.id)
        if old is None:
            result.added.append(_in_state(incoming, decided=decided))
        else:
            _compare(result, old, incoming, decided=decided, own=old.id in mine, elsewhere=in_layer(old))
    result.conflicts.sort(key=lambda conflict: (conflict.second.path, conflict.second.line))
    return result


def _join(met: dict[str, Concept], concept: Concept, result: Plan) -> None:
    """Several entries of the file may be one concept of the house."""
    first = met.get(concept.id)
    if first is None:
        met[concept.id] = concept
    elif whole := _together(first, concept, result):
        met[concept.id] = replace(whole, state=first.state)


def _agrees(old: Concept, concept: Concept, result: Plan) -> bool:
    return _together(old, concept, result) is not None


def _together(first: Concept, second: Concept, result: Plan) -> Concept | None:
    """Both as one concept, as if both were decided; None where they exclude each other, which is noted."""
    judged = merge([[replace(first, state="decided")], [replace(second, state="decided")]])
    result.conflicts += judged.conflicts
    result.contradictory += judged.contradictions
    return None if judged.conflicts or judged.contradictions else judged.concepts[0]


def _by_form(concepts: Iterable[Concept]) -> dict[tuple[str, str], list[Concept]]:
    pairs: dict[tuple[str, str], list[Concept]] = {}
    for concept in concepts:
        for language, entry in _entries(concept):
            pairs.setdefault((language, fold(entry.form)), []).append(concept)
            if entry.full != entry.form:
                pairs.setdefault((language, fold(entry.full)), []).append(concept)
    return pairs


def _entries(concept: Concept) -> Iterator[tuple[str, Designation]]:
    return ((code, one) for code, entries in concept.designations.items() for one in entries if one.form)


def _meeting(
    concept: Concept,
    found: Found,
    known: Mapping[str, Concept],
    pairs: Mapping[tuple[str, str], list[Concept]],
) -> tuple[Concept, Concept | None]:
    """The concept as it meets the one of the house that it is, and that one."""
    named = concept.id not in found.unnamed
    shared = Counter(one.id for code, entry in _entries(concept) for one in pairs.get((code, fold(entry.form)), ()))
    old = known.get(concept.id) if named else known[shared.most_common(1)[0][0]] if shared else None
    if old is None:
        return concept, None
    kind = old.kind if concept.id in found.unkinded else concept.kind
    exact = named and found.complete
    return replace(concept, id=old.id, kind=kind, designations=dict(_aligned(concept, old, exact=exact))), old


def _aligned(concept: Concept, old: Concept, *, exact: bool) -> Iterator[tuple[str, tuple[Designation, ...]]]:
    for code, entries in concept.designations.items():
        own = old.designations.get(code, ())
        ours = {fold(form): entry for entry in reversed(own) for form in (entry.full, entry.form)}
        known = {identity(code, entry) for entry in own}
        yield (
            code,
            tuple(
                entry
                if exact and (entry.given or identity(code, entry) in known)
                else _as_ours(entry, ours.get(fold(entry.form)), exact=exact)
                for entry in entries
            ),
        )


def _as_ours(entry: Designation, ours: Designation | None, *, exact: bool) -> Designation:
    """The same form with what the house knows to belong to it.

    Unless the status is `exact`, both wanted is no contradiction, nor is both unwanted: other programs know only that.
    """
    if ours is None:
        return entry
    status = entry.status if exact or ours.status.wanted != entry.status.wanted else ours.status
    return replace(
        entry,
        form=ours.form,
        given=ours.given,
        patronymic=ours.patronymic,
        variety=ours.variety,
        status=status,
    )


def _in_state(concept: Concept, *, decided: bool) -> Concept:
    return concept if decided or concept.state == "rejected" else replace(concept, state="proposed")


def _compare(result: Plan, old: Concept, new: Concept, *, decided: bool, own: bool, elsewhere: bool) -> None:
    if old.state == "rejected":
        result.rejected += 1
        return
    both = _together(old, new, result)
    if both is None:
        return
    whole = replace(both, state=old.state, path=old.path, line=old.line)
    promoted = decided and old.state == "proposed" and new.state == "decided"
    if values(whole) == values(old) and not promoted:
        result.same += 1
    elif not own and not elsewhere:
        result.added.append(_in_state(replace(whole, state="decided"), decided=decided))
    elif not own or (old.state == "decided" and not decided):
        result.waiting.append(Revision(old, whole))
    else:
        result.changed.append(Revision(old, replace(whole, state="decided") if promoted else whole))


def broken_tests(home: Mapping[str, Concept], concepts: Iterable[Concept]) -> Iterator[TolmachError]:
    """The self-tests that hold in the glossary as it is and would fail if these concepts were decided."""
    before = {key: one for key, one in home.items() if one.state == "decided"}
    after = {**before, **{one.id: replace(one, state="decided") for one in concepts if one.state != "rejected"}}
    old, new = Finder(Glossary(before)), Finder(Glossary(after))
    for language in sorted({code for one in after.values() for code in one.examples}):
        known = {problem.message for problem in failing_examples(old, language)}
        yield from (problem for problem in failing_examples(new, language) if problem.message not in known)
