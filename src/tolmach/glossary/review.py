"""Deciding about proposals one by one: each command makes a new state of the review, and any of them can be undone.

Nothing here reads keys or writes files; whatever is done, the concepts stay a glossary without contradictions. A
command that would break that, or means nothing just now, raises TolmachError and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tolmach.errors import TolmachError
from tolmach.glossary import people, written
from tolmach.glossary.adoption import uncounted
from tolmach.glossary.edit import GlossaryFile
from tolmach.glossary.load import contradictions
from tolmach.glossary.model import Concept, Designation, State, Status
from tolmach.glossary.parse import parse
from tolmach.glossary.preference import preferring, together
from tolmach.glossary.propose import House, propose_form
from tolmach.glossary.spellings import equal
from tolmach.glossary.systems import explaining, truthful
from tolmach.messages import _
from tolmach.transcription.renderings import language_of_letters

_ORDER = tuple(Status)
_LATIN = ("de", "en")
_NEXT_STATUS = {
    Status.ADMITTED: Status.DEPRECATED,
    Status.DEPRECATED: Status.FORBIDDEN,
    Status.FORBIDDEN: Status.ADMITTED,
}


@dataclass(frozen=True)
class Review:
    """Where a review stands.

    `concepts` are those of the file, in order; `others` stand in other files of its layer and only forbid
    contradictions. `at` is the id of the proposal that is shown, empty when none is left, `language` the one whose
    forms are numbered. `skipped` proposals wait for another day; `past` is the state before the last command.
    """

    concepts: tuple[Concept, ...]
    others: tuple[Concept, ...] = ()
    at: str = ""
    language: str = ""
    skipped: frozenset[str] = frozenset()
    past: Review | None = None

    @property
    def concept(self) -> Concept:
        """The proposal that is shown; raises TolmachError when none is left."""
        found = next((concept for concept in self.concepts if concept.id == self.at), None)
        if found is None:
            raise TolmachError(_("no proposal is left"), hint=_("u takes the last decision back, q ends the review"))
        return found

    @property
    def waiting(self) -> tuple[Concept, ...]:
        """The proposals that are not decided."""
        return tuple(concept for concept in self.concepts if concept.state == "proposed")

    @property
    def rows(self) -> tuple[Designation, ...]:
        """The forms of the proposal in the language whose forms are numbered, from 1."""
        return self.concept.designations.get(self.language, ())


def begin(concepts: Iterable[Concept], others: Iterable[Concept] = ()) -> Review:
    """A review of the proposals among the concepts of a file, at the first of them."""
    return _shown(Review(tuple(concepts), tuple(others)), 0)


def _shown(review: Review, place: int) -> Review:
    """The state at the first proposal from `place` on that is not skipped, else at the first before it."""
    order = (*review.concepts[place:], *review.concepts[:place])
    found = next((one for one in order if one.state == "proposed" and one.id not in review.skipped), None)
    return replace(review, at=found.id if found else "", language=_main_language(found) if found else "")


def _main_language(concept: Concept) -> str:
    """The language in which the texts have most forms."""

    def weight(language: str) -> tuple[int, int]:
        entries = concept.designations[language]
        return sum(bool(entry.found) for entry in entries), sum(count for one in entries for _text, count in one.found)

    return max(concept.designations, key=weight)


def _place(review: Review) -> int:
    return next(number for number, concept in enumerate(review.concepts) if concept.id == review.at)


def _changed(review: Review, *changed: Concept, without: str = "") -> Review:
    """The state with the concept that is shown replaced by others, and another one gone; refuses contradictions."""
    place = _place(review)
    concepts = (*review.concepts[:place], *map(truthful, changed), *review.concepts[place + 1 :])
    return _kept_language(_checked(review, tuple(concept for concept in concepts if concept.id != without)))


def _checked(review: Review, concepts: tuple[Concept, ...]) -> Review:
    """The next state, with these concepts; raises TolmachError for what would be wrong that was not so before."""
    before = {id(concept) for concept in review.concepts}
    for concept in concepts:
        if id(concept) not in before:
            _refuse_invalid(concept)
    known = {str(problem) for problem in contradictions((*review.concepts, *review.others))}
    new = [one for one in contradictions((*concepts, *review.others)) if str(one) not in known]
    if new:
        raise TolmachError(new[0].message, hint=_("choose another form, or merge or drop the proposal"))
    return replace(review, concepts=concepts, past=review)


def _refuse_invalid(concept: Concept) -> None:
    _found, problems = parse(written.text(concept).encode(), "")
    if problems:
        raise TolmachError(problems[0].message, hint=_("letters on one line, without blanks around them"))


def accept(review: Review) -> Review:
    """The proposal becomes a decision; what only helped to decide goes."""
    decided = _settled(review.concept, "decided")
    return _shown(_changed(review, decided), _place(review) + 1)


def reject(review: Review) -> Review:
    """The proposal is turned down; it stays in the file, so that it is not proposed again."""
    return _shown(_changed(review, _settled(review.concept, "rejected")), _place(review) + 1)


def _settled(concept: Concept, state: State) -> Concept:
    return replace(uncounted(concept), state=state)


def skip(review: Review) -> Review:
    """The proposal waits; the next one is shown."""
    skipped = review.skipped | {review.concept.id}
    return _shown(replace(review, skipped=skipped, past=review), _place(review) + 1)


def undo(review: Review) -> Review:
    """The state before the last command."""
    if review.past is None:
        raise TolmachError(
            _("there is nothing to undo"), hint=_("decisions of earlier reviews are changed in the file")
        )
    return review.past


def next_language(review: Review) -> Review:
    """The forms of the next language are numbered; nothing is decided, so there is nothing to undo."""
    languages = [*review.concept.designations]
    return replace(review, language=languages[(languages.index(review.language) + 1) % len(languages)])


def choose(review: Review, number: int) -> Review:
    """The form with that number is the one to prefer; the one that was is deprecated, or admitted for its own days."""
    entry = _row(review, number)
    if entry.status is Status.PREFERRED:
        return review
    if not entry.form:
        return _with_given(review, entry)
    return _with_rows(review, preferring(review.rows, replace(entry, status=Status.PREFERRED, reason=""), entry))


def _row(review: Review, number: int) -> Designation:
    rows = review.rows
    if not 1 <= number <= len(rows):
        raise TolmachError(
            _("there is no form {number}").format(number=number),
            hint=_("the forms are numbered 1 to {last}").format(last=len(rows)),
        )
    return rows[number - 1]


def _with_given(review: Review, entry: Designation) -> Review:
    """The spelling of a given name goes to the preferred family name, whose own one is deprecated."""
    main = next((row for row in review.rows if row.status is Status.PREFERRED and row.form), None)
    if main is None:
        raise TolmachError(_("no family name is preferred"), hint=_("choose a family name first"))
    rest = tuple(row for row in review.rows if row is not entry and row is not main)
    new = (replace(main, given=entry.given, patronymic=""), *rest)
    if main.given and not any(not row.form and equal(row.given, main.given) for row in rest):
        reason = f"the house writes {entry.given}"
        new = (*new, Designation("", Status.DEPRECATED, given=main.given, reason=reason))
    return _with_rows(review, new)


def _with_rows(review: Review, rows: Iterable[Designation]) -> Review:
    ordered = tuple(sorted(rows, key=lambda row: (_ORDER.index(row.status), not row.form)))
    concept = review.concept
    return _changed(review, replace(concept, designations={**concept.designations, review.language: ordered}))


def write(review: Review, text: str) -> Review:
    """A form that was typed is the one to prefer, in full for a person."""
    form = " ".join(text.split())
    concept = review.concept
    if review.language in _LATIN and language_of_letters(form):
        raise TolmachError(
            _("these are no letters of this language: {text}").format(text=form),
            hint=_("Tab goes to the next language"),
        )
    known = next((number for number, row in enumerate(review.rows, 1) if row.full == form), 0)
    if known:
        return choose(review, known)
    families = [row.form for row in review.rows if row.form]
    parts = people.split(form, families) if concept.kind == "person" else people.Parts("", form)
    same = next((row for row in review.rows if row.form == parts.family and row.form), None)
    base = same or Designation(parts.family, Status.PREFERRED)
    typed = replace(base, given=parts.given, patronymic="", status=Status.PREFERRED, reason="")
    systems = [row.system for row in review.rows]
    typed = replace(typed, system=explaining(concept, replace(typed, system=""), review.language, systems))
    return _with_rows(review, preferring(review.rows, typed, same))


def rate(review: Review, number: int) -> Review:
    """The form with that number is deprecated, forbidden, admitted, each time the next of these."""
    entry = _row(review, number)
    if entry.status is Status.PREFERRED:
        raise TolmachError(_("this is the form to prefer"), hint=_("choose another one by its number first"))
    status = _NEXT_STATUS[entry.status]
    preferred = next((row.form for row in review.rows if row.status is Status.PREFERRED), "")
    reason = entry.reason
    if not status.wanted and not reason:
        reason = f"the house writes {preferred}" if preferred else "not a spelling of the house"
    changed = replace(entry, status=status, reason=reason)
    return _with_rows(review, [changed if row is entry else row for row in review.rows])


def remove(review: Review, number: int) -> Review:
    """The form with that number goes: the glossary says nothing of it."""
    return _changed(review, _without(review, _row(review, number)))


def _without(review: Review, entry: Designation) -> Concept:
    """The concept without one form; where it was the form to prefer, the most frequent other one takes its place."""
    rest = [row for row in review.rows if row is not entry]
    heirs = [row for row in rest if row.form and row.is_acronym == entry.is_acronym]
    if entry.status is Status.PREFERRED and heirs and not any(row.status is Status.PREFERRED for row in heirs):
        heir = max(heirs, key=lambda row: sum(count for _text, count in row.found))
        rest = list(preferring(rest, replace(heir, status=Status.PREFERRED, reason=""), heir))
    designations = {**review.concept.designations, review.language: tuple(rest)}
    designations = {language: entries for language, entries in designations.items() if entries}
    if not any(row.form for entries in designations.values() for row in entries):
        raise TolmachError(_("this is the only form of the concept"), hint=_("d drops the whole proposal"))
    return replace(review.concept, designations=designations)


def split(review: Review, number: int, house: House) -> Review:
    """The form with that number becomes a proposal of its own, shown next."""
    entry, concept = _row(review, number), review.concept
    if not entry.form:
        raise TolmachError(_("a given name alone is no concept"), hint=_("split off a family name"))
    rest = _without(review, entry)
    own = propose_form(entry.full, review.language, concept.kind, house)
    mine = Designation(entry.form, Status.PREFERRED, given=entry.given, found=entry.found)
    rows = preferring(own.designations.get(review.language, ()), mine)
    taken = {one.id for one in (*review.concepts, *review.others)}
    own = replace(
        own,
        id=next(name for name in _names(own.id) if name not in taken),
        designations={**own.designations, review.language: rows},
        sources=concept.sources[:1],
        confidence=concept.confidence,
    )
    return _changed(review, rest, own)


def _kept_language(review: Review) -> Review:
    designations = review.concept.designations
    return review if review.language in designations else replace(review, language=_main_language(review.concept))


def _names(name: str) -> Iterable[str]:
    return (name, *(f"{name}-{number}" for number in range(2, 1000)))


def merge(review: Review, identity: str) -> Review:
    """Another proposal goes into the one that is shown; or this one goes into a decided concept, and the next is shown.

    The forms of what goes are forms of what stays.
    """
    other = next((one for one in mergeable(review) if one.id == identity), None)
    if other is None:
        raise TolmachError(_("there is no such proposal: {id}").format(id=identity), hint=_("choose one of the list"))
    if other.state == "proposed":
        return _changed(review, together(review.concept, other), without=other.id)
    whole = truthful(uncounted(together(other, review.concept)))
    place = _place(review)
    rest = (whole if one.id == other.id else one for one in review.concepts if one.id != review.at)
    return _shown(_checked(review, tuple(rest)), place)


def mergeable(review: Review) -> tuple[Concept, ...]:
    """The concepts with which the proposal that is shown can be merged."""
    return tuple(one for one in review.concepts if one.state != "rejected" and one.id != review.concept.id)


def written_to(file: GlossaryFile, review: Review) -> GlossaryFile:
    """The file with the concepts of the review, and no others."""
    wanted = {concept.id: concept for concept in review.concepts}
    for concept in file.concepts:
        if concept.id not in wanted:
            file = file.without(concept.id)
    # Equal objects need no look: most of a file is what it was.
    known = {concept.id: concept for concept in file.concepts}
    file = file.put(wanted[key] for key, concept in known.items() if wanted[key] is not concept)
    for place, concept in enumerate(review.concepts):
        if place < len(file.pieces) and file.pieces[place].concept.id == concept.id:
            continue
        # A new concept, or one whose id another one had before.
        file = (file if file.get(concept.id) is None else file.without(concept.id)).insert(concept, place)
    return file
