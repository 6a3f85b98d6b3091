"""The names of a job before anyone translates, each with the form of the house or a proposal in the target language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tolmach.config import primary
from tolmach.glossary.card import declined
from tolmach.glossary.find import Finder
from tolmach.glossary.join import concept_of, concepts_of
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.suggestion import Suggestion, suggest, telling
from tolmach.glossary.surroundings import fold
from tolmach.glossary.words import status_word
from tolmach.messages import _
from tolmach.morphology.lexeme import Form as Like
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.paradigm import lexeme, table
from tolmach.names.variants.find import Form, Group

_CYRILLIC = re.compile("[\u0400-\u052f]")
_GENITIVES = {"de": "gen", "ru": "gent"}
"""The languages in which translators ask for the genitive, and its name in the paradigm."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name of the texts with its form in the target language.

    `status` says whether the glossary decided the target form, the program proposes it, or it is open (`target` is
    empty). `alternatives` are other forms in the target language, `variants` other spellings in the texts, `sources`
    are paths with counts, the most frequent first. `confidence` is the probability that the target form belongs to the
    name; `concept` is the id in the glossary.
    """

    source: str
    target: str
    language: str
    status: Literal["decided", "proposed", "open"]
    kind: str
    count: int
    texts: int
    genitive: str
    original: tuple[tuple[str, str], ...]
    system: str
    alternatives: tuple[str, ...]
    variants: tuple[str, ...]
    confidence: float
    concept: str
    note: str
    sources: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Job:
    """What a list is made for: the glossary in force, the target language, the style of transcription.

    `language_of` tells the language of the text with a path.
    """

    finder: Finder
    target: str
    language_of: Callable[[str], str]
    style: str = ""


@dataclass(frozen=True)
class _Name:
    """A form that needs a translation of its own, with the forms that need none beside it."""

    form: Form
    language: str
    kind: str
    others: tuple[Form, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """How often all forms stand in which text."""
        found: Counter[str] = Counter()
        for form in (self.form, *self.others):
            found.update(dict(form.sources))
        return found


def rows(groups: Iterable[Group], job: Job) -> Iterator[Row]:
    """The list of names, in the order of the groups; a short and a long name of one organisation are two rows."""
    for group in groups:
        for name in _names(group, job):
            yield _row(name, group, job)


def _language(form: Form, job: Job) -> str:
    """The language of a form: by its letters, else that of the texts it is most frequent in."""
    if _CYRILLIC.search(form.form):
        return "ru"
    found: Counter[str] = Counter()
    for path, count in form.sources:
        found[primary(job.language_of(path))] += count
    found.pop("ru", None)
    return max(sorted(found), key=lambda code: found[code], default="de")


def _names(group: Group, job: Job) -> Iterator[_Name]:
    languages = {form: _language(form, job) for form in group.forms}
    foreign = {form: code for form, code in languages.items() if code != primary(job.target)} or languages
    main = next((form for form in foreign if form.classification == "main"), next(iter(foreign)))
    mains = [form for form in foreign if form.classification == "main" and foreign[form] == foreign[main]] or [main]
    if group.kind == "person":
        # The name in full tells most, whichever form is more frequent.
        mains = [max(mains, key=lambda form: (form.form.count(" "), form.count))]
    for form in mains:
        others = [other for other in group.forms if other not in mains] if form is mains[0] else []
        yield _Name(form, foreign[form], group.kind, tuple(others))


def _row(name: _Name, group: Group, job: Job) -> Row:
    found = _decided(name, group, job) or _suggested(name, group, job)
    counts = name.counts
    return replace(
        found,
        count=counts.total(),
        texts=len(counts),
        variants=tuple(_variant(form) for form in name.others),
        sources=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
    )


def _variant(form: Form) -> str:
    systems = f" ({', '.join(form.systems)})" if form.systems else ""
    return f"{form.form}{systems}"


def _empty(name: _Name) -> Row:
    return Row(name.form.form, "", name.language, "open", name.kind, 0, 0, "", (), "", (), (), 0.0, "", "", ())


def _decided(name: _Name, group: Group, job: Job) -> Row | None:
    """The row of a name that the glossary has with a form in the target language."""
    concept = _concept(name, group, job)
    if concept is None:
        return None
    target = primary(job.target)
    own = _own(concept, name)
    in_full = concept.kind == "person" and " " in name.form.form
    entry = own if concept.do_not_translate else _preferred(concept, own, name, target)
    if entry is None:
        return None
    shown = replace(entry, patronymic="", given=entry.given if in_full else "")
    note = "; ".join(filter(None, (concept.note, _unwanted(own), "" if in_full else _shared(own))))
    return replace(
        _empty(name),
        target=shown.full,
        status="decided" if concept.state == "decided" else "proposed",
        kind=concept.kind,
        genitive=_genitive(concept, shown, target),
        original=tuple((concept.original or telling(dict(group.original), group.kind)).items()),
        system=entry.system,
        alternatives=tuple(_alternatives(concept, shown, target, in_full=in_full)),
        confidence=group.confidence,
        concept=concept.id,
        note=note,
    )


def _concept(name: _Name, group: Group, job: Job) -> Concept | None:
    everything = [(_language(form, job), form.form) for form in group.forms]
    own = concepts_of([(name.language, name.form.form)], job.finder, group.kind)
    allowed = {concept.id for concept in concepts_of(everything, job.finder, group.kind)}
    of_name = [concept for concept in own if concept.id in allowed]
    if len(of_name) == 1:
        return of_name[0]
    return concept_of(everything, job.finder, group.kind)


def _own(concept: Concept, name: _Name) -> Designation | None:
    """The designation of the form in its own language."""
    form = fold(name.form.form)
    entries = concept.designations.get(name.language, ())
    return next((entry for entry in entries if entry.form and form in (fold(entry.form), fold(entry.full))), None)


def _preferred(concept: Concept, own: Designation | None, name: _Name, target: str) -> Designation | None:
    """The form of the house: an acronym for an acronym, the name of the same time for an old name."""
    when = own.valid[-1] if own and own.valid else None
    acronym = Designation(name.form.form, Status.PREFERRED).is_acronym
    same = acronym if concept.kind != "place" else None
    return (
        concept.preferred(target, acronym=same, when=when)
        or concept.preferred(target, when=when)
        or concept.preferred(target)
    )


def _unwanted(own: Designation | None) -> str:
    if own is None or own.status.wanted:
        return ""
    return _("the source form is {status} here: {reason}").format(status=status_word(own.status), reason=own.reason)


def _shared(own: Designation | None) -> str:
    return _("others bear this family name, too") if own is not None and own.homograph == "family-name" else ""


def _alternatives(concept: Concept, shown: Designation, target: str, *, in_full: bool) -> Iterator[str]:
    for entry in concept.wanted(target):
        form = replace(entry, patronymic="", given=entry.given if in_full else "").full
        if form != shown.full:
            yield f"{form} ({entry.system})" if entry.system else form


def _genitive(concept: Concept, entry: Designation, target: str) -> str:
    if target not in _GENITIVES:
        return ""
    return declined(concept, entry, target, Like("", "gent", "pl" if entry.number == "pl" else "sg"))


def _suggested(name: _Name, group: Group, job: Job) -> Row:
    """The row of a name that the glossary does not have, or not in the target language."""
    target = primary(job.target)
    found = suggest(name.form.form, name.language, target, name.kind, job.style)
    notes = [found.note, _several(name, group, job)]
    return replace(
        _empty(name),
        target=found.form,
        status="proposed" if found.form else "open",
        genitive=_genitive_of(found, name.kind, target),
        original=found.original,
        system=found.system,
        alternatives=found.alternatives,
        confidence=round(group.confidence * found.probability, 4),
        note="; ".join(filter(None, notes)),
    )


def _several(name: _Name, group: Group, job: Job) -> str:
    """What the glossary says of the name without deciding its form."""
    found = concepts_of([(_language(form, job), form.form) for form in group.forms], job.finder, group.kind)
    ids = ", ".join(concept.id for concept in found)
    if len(found) == 1:
        return _("the glossary has {concepts} without a form in {language}").format(concepts=ids, language=job.target)
    return _("the glossary has several concepts of that name: {concepts}").format(concepts=ids) if found else ""


def _genitive_of(found: Suggestion, kind: str, target: str) -> str:
    if target not in _GENITIVES or not found.form:
        return ""
    return _from_table(lexeme(found.form, target, "" if kind == "other" else kind), target)


def _from_table(word: Lexeme, target: str) -> str:
    forms: Sequence[str] = table(word, target).singular.get(_GENITIVES[target], ())
    return forms[0] if forms else ""
