"""A whole document after its sentences were drafted: acronyms, names and conventions over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tolmach.config import primary
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.translate.conventions.edit import Change
from tolmach.translate.conventions.paragraph import Draft, conventional
from tolmach.translate.enforce.model import Outcome
from tolmach.translate.introductions import Introductions
from tolmach.translate.wavering import remarks

# What is worth a comment beside the draft; a changed mark or blank is seen there.
_TOLD = ("acronym", "number", "date", "name")


@dataclass(frozen=True, slots=True)
class Manner:
    """From which language into which, through which; the terms of the house, and whether conventions are kept."""

    source: str
    target: str
    via: str | None = None
    finder: Finder | None = None
    conventions: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its source, what the engine was `asked` for (the source itself, or its translation into
    the language between), the draft and what became of its terms.

    A `fixed` one is a person's or was drafted before: it tells the others what they follow, and is not changed.
    """

    source: str
    draft: str
    outcomes: tuple[Outcome, ...] = ()
    asked: str = ""
    paragraph: int = 0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Polished:
    """A draft after the document was gone through, what became of its terms, and what was changed or noticed."""

    draft: str
    outcomes: tuple[Outcome, ...] = ()
    changes: tuple[Change, ...] = ()


def polish(sentences: Sequence[Sentence], manner: Manner) -> list[Polished]:
    """The drafts of a document, in order, consistent over the document and as their language writes.

    >>> sentence = Sentence("Es waren „10.000“.", 'It was "10.000".')
    >>> polish([sentence], Manner("de", "en"))[0].draft
    'It was \\u201c10,000\\u201d.'
    """
    drafts = [Draft(one.source, one.draft, one.outcomes, fixed=one.fixed or not one.draft) for one in sentences]
    if manner.finder is not None:
        drafts = list(_consistent(drafts, manner, manner.finder))
    if manner.conventions:
        drafts = list(_conventional(sentences, drafts, manner))
    return [Polished(one.text, one.outcomes, one.changes) for one in drafts]


def changed(changes: Sequence[Change]) -> str:
    """What was changed or noticed, in one line; marks and blanks are left out."""
    return "; ".join(map(_told, (one for one in changes if one.kind in _TOLD)))


def _told(change: Change) -> str:
    if not change.made:
        return f"{change.before}: {change.note}"
    if not change.after:
        return f"{change.before.strip()} left out"
    return f"{change.before} \u2192 {change.after}" if change.before else f"{change.after.strip()} added"


def _conventional(sentences: Sequence[Sentence], drafts: Sequence[Draft], manner: Manner) -> Iterator[Draft]:
    """Paragraph by paragraph; numbers are compared with what the engine was asked for."""
    pairs = zip(sentences, drafts, strict=True)
    for _paragraph, together in groupby(pairs, key=lambda pair: pair[0].paragraph):
        asked = [replace(draft, source=sentence.asked or sentence.source) for sentence, draft in together]
        yield from conventional(asked, manner.via or manner.source, manner.target)


def _consistent(drafts: Sequence[Draft], manner: Manner, finder: Finder) -> Iterator[Draft]:
    introductions = Introductions(finder, manner.source, manner.target, drafts)
    wavering = remarks(drafts, manner.source, manner.target, finder)
    mentioned: set[str] = set()
    for number, draft in enumerate(drafts):
        followed = introductions.follow(draft)
        noticed = [*_first_mentions(followed, manner, finder, mentioned)]
        if number in wavering:
            noticed.append(wavering[number])
        yield replace(followed, changes=(*followed.changes, *noticed)) if noticed and not draft.fixed else followed


def _first_mentions(draft: Draft, manner: Manner, finder: Finder, mentioned: set[str]) -> Iterator[Change]:
    """Where a person is named in full for the first time and the draft has the family name alone."""
    persons = [hit for hit in finder.find(draft.source, manner.source) if hit.concept.kind == "person" and hit.certain]
    new = [hit for hit in persons if hit.concept.id not in mentioned]
    mentioned |= {hit.concept.id for hit in persons}
    if not any(hit.given for hit in new):
        return
    found = finder.find(draft.text, primary(manner.target))
    for hit in new:
        here = [one for one in found if one.concept.id == hit.concept.id]
        if hit.given and here and not any(one.given for one in here):
            yield _without_given_name(draft, hit, here[0])


def _without_given_name(draft: Draft, hit: Hit, here: Hit) -> Change:
    full = draft.source[hit.span.start : hit.span.end]
    written = draft.text[here.span.start : here.span.end]
    return Change("name", written, "", made=False, note=f"the source has the full name ({full})")
