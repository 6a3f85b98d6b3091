"""Acronyms and their long forms over a document: introduced once, as the source does it, and one acronym a concept.

Where the source introduces an acronym with its long form («Organisation … (OVKS)»), so does the translation, with the
long form and acronym of the house; what the source does not introduce is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Concept, Designation
from tolmach.glossary.patterns import lexeme
from tolmach.names.variants.acronyms import is_short
from tolmach.text.model import Span
from tolmach.text.untouchable import Untouchable
from tolmach.translate.conventions.edit import Change, Edit, apart
from tolmach.translate.conventions.paragraph import Draft
from tolmach.translate.enforce.inflect import choices
from tolmach.translate.enforce.model import Outcome

_CLOSING = "\u00bb\u201c\u201d\"'\u2019"
_OPENS = re.compile(rf"[{_CLOSING}]?\s?\(\s?(?:[^\W\d_]{{2,12}}\.?:?\s)?[\u201e\u00ab\u201c\"]?")
_BESIDE = re.compile(rf"{_OPENS.pattern}|[{_CLOSING}]?,?\s?[,\u2013\u2014]\s(?:[^\W\d_]{{2,12}}\.?:?\s)?")
_BRACKET = re.compile(rf"(?P<mark>[{_CLOSING}]?)(?P<bracket>\s?\((?P<within>[^()]{{1,60}})\))")
_PART_BEFORE = re.compile(r"(?P<part>[^\W\d_]{2,12})[-/]$")
_PART_BEHIND = re.compile(r"[-/](?P<part>[^\W\d_]{2,12})")
_TOKEN = re.compile(r"[^\W\d_]{2,12}")
_SURE = 0.5
_REACH = 12
_ARTICLE = re.compile(r"\b(?:the|of the)\s\Z", re.IGNORECASE)


@dataclass(slots=True)
class Introductions:
    """What a document has introduced so far, asked sentence by sentence in their order; `drafts` are all of them."""

    finder: Finder
    source_language: str
    target_language: str
    drafts: Sequence[Draft] = ()
    _introduced: set[str] = field(default_factory=set)
    _written: dict[str, bool] = field(default_factory=dict)

    def follow(self, draft: Draft) -> Draft:
        """The draft with its acronyms put right; a fixed one only tells what it introduces."""
        language = primary(self.target_language)
        found = self.finder.find(draft.source, self.source_language)
        hits = tuple(hit for hit in found if hit.certain and short(hit.concept, language))
        if not hits:
            return draft
        view = _View(draft, self.finder, hits, language)
        if not draft.fixed:
            for step in (self._one_acronym, _as_the_source, self._once):
                draft = _edited(view, list(step(view)))
                view = replace(view, draft=draft, remarks=view.remarks)
            draft = replace(draft, changes=(*draft.changes, *view.remarks))
        self._introduced |= {concept.id for concept in view.concepts if view.introduces(concept)}
        return draft

    def _one_acronym(self, view: _View) -> Iterator[Edit]:
        """Another acronym of the same concept, or the one of another language, becomes that of the house."""
        for concept in view.concepts:
            wanted, shortened = short(concept, view.language), view.acronyms(concept)
            if wanted is None or len(shortened) > 1:
                # «OVKS (russisch ODKB)» is about the acronyms.
                continue
            for hit in view.hits(concept):
                other = hit.designation.is_acronym and hit.designation.form != wanted.form and not hit.prefixed
                if other and (not hit.designation.status.wanted or self._stands(wanted)):
                    yield Edit(hit.span, wanted.form, "acronym")
            if shortened:
                yield from (Edit(span, wanted.form, "acronym") for span in _copies(view, concept, wanted))

    def _stands(self, wanted: Designation) -> bool:
        """Has any draft the acronym of the house, so that an admitted one beside it is one too many?"""
        if wanted.form not in self._written:
            pattern = re.compile(rf"(?<!\w){re.escape(wanted.form)}(?!\w)")
            self._written[wanted.form] = any(pattern.search(draft.text) for draft in self.drafts)
        return self._written[wanted.form]

    def _once(self, view: _View) -> Iterator[Edit]:
        """The acronym in brackets goes where it was introduced before, or where it stands behind itself."""
        for concept in view.concepts:
            again = concept.id in self._introduced and concept.id not in view.introduced
            for hit, bracket in view.bracketed(concept):
                if hit.designation.is_acronym or again:
                    yield Edit(Span(*bracket.span("bracket")), "", "acronym")


@dataclass(frozen=True)
class _View:
    """A sentence and its draft; `source_hits` are the concepts that have an acronym in the target language."""

    draft: Draft
    finder: Finder
    source_hits: tuple[Hit, ...]
    language: str
    remarks: list[Change] = field(default_factory=list)

    @cached_property
    def concepts(self) -> list[Concept]:
        return list({hit.concept.id: hit.concept for hit in self.source_hits}.values())

    def acronyms(self, concept: Concept) -> set[str]:
        hits = (hit for hit in self.source_hits if hit.concept is concept and hit.designation.is_acronym)
        return {hit.designation.form for hit in hits}

    @cached_property
    def introduced(self) -> dict[str, bool]:
        """The concepts that the source introduces here; False for those with the acronym before its long form."""
        found = {}
        for left, right in pairwise(self.source_hits):
            gap = self.draft.source[left.span.end : right.span.start]
            one_of_each = left.designation.is_acronym != right.designation.is_acronym
            if left.concept.id == right.concept.id and one_of_each and _OPENS.fullmatch(gap):
                found[left.concept.id] = right.designation.is_acronym
        return found

    @cached_property
    def _target_hits(self) -> list[Hit]:
        return self.finder.find(self.draft.text, self.language)

    @property
    def other_places(self) -> list[Span]:
        return [hit.span for hit in self._target_hits]

    def hits(self, concept: Concept) -> list[Hit]:
        return [hit for hit in self._target_hits if hit.concept.id == concept.id]

    def bracketed(self, concept: Concept) -> Iterator[tuple[Hit, re.Match[str]]]:
        """The hits behind which nothing but the acronym stands in brackets."""
        wanted = short(concept, self.language)
        for hit in self.hits(concept):
            bracket = _BRACKET.match(self.draft.text, hit.span.end)
            if bracket and wanted and bracket["within"].strip() == wanted.form and not hit.tail:
                yield hit, bracket

    def introduces(self, concept: Concept) -> bool:
        """Stands the acronym beside the long form, in brackets or set off by a comma or dash?"""
        for left, right in pairwise(self.hits(concept)):
            gap = self.draft.text[left.span.end : right.span.start]
            if left.designation.is_acronym != right.designation.is_acronym and _BESIDE.fullmatch(gap):
                return True
        return False


def short(concept: Concept, language: str) -> Designation | None:
    """The acronym that the house writes; None where it has none."""
    found = concept.preferred(language, acronym=True)
    return None if found is None or found.valid else found


def _edited(view: _View, edits: list[Edit]) -> Draft:
    """The draft with the edits made; a term that was missing is there when its acronym was put in."""
    untouchable = Untouchable(view.draft.text)
    made = [edit for edit in apart(edits) if not untouchable.touches(edit.span)]
    after = view.draft.edited(made)
    return replace(after, outcomes=tuple(_settled(one, view.draft.text, made) for one in after.outcomes))


def _settled(outcome: Outcome, text: str, edits: list[Edit]) -> Outcome:
    """The outcome of a term that was missing, where one of the edits of the text has put it in."""
    if outcome.status != "missing":
        return outcome
    shift, form = 0, outcome.term.target
    for edit in edits:
        if edit.text.strip(" ()") == form:
            start, before = edit.span.start + shift + edit.text.index(form), text[edit.span.start : edit.span.end]
            span = Span(start, start + len(form))
            if before:
                return replace(outcome, status="repaired", before=before, after=form, span=span, step="form", note="")
            return replace(outcome, status="inserted", after=form, span=span, step="insertion", note="")
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return outcome


def _copies(view: _View, concept: Concept, wanted: Designation) -> Iterator[Span]:
    """Where an acronym of another language was copied, in its letters or in those of the target."""
    known = {one.form for each in concept.designations.values() for one in each if one.is_acronym}
    for token in _TOKEN.finditer(view.draft.text):
        span = Span(*token.span())
        if not is_short(token[0]) or token[0] == wanted.form or _is_part(view.draft.text, span):
            continue
        if any(span.overlaps(one) for one in view.other_places):
            continue
        if any(is_copy(token[0], one) for one in known):
            yield span


def _is_part(text: str, span: Span) -> bool:
    """Is it half of another acronym («US-DEU»)?"""
    before, after = _PART_BEFORE.search(text[: span.start]), _PART_BEHIND.match(text, span.end)
    return any(part and is_short(part["part"]) for part in (before, after))


def is_copy(written: str, acronym: str) -> bool:
    """Has the one the letters of the other, be it in another script?

    >>> is_copy("ОВКС", "OVKS"), is_copy("ОДКБ", "OVKS")
    (True, False)
    """
    letters = load_table("tolmach.translate.conventions", "conventions.toml")["copied"]
    if len(written) != len(acronym):
        return False
    return all(
        one == other or one in letters.get(other, "") or other in letters.get(one, "")
        for one, other in zip(written.lower(), acronym.lower(), strict=True)
    )


def _as_the_source(view: _View) -> Iterator[Edit]:
    """What the source introduces here is introduced here."""
    for concept in view.concepts:
        behind = view.introduced.get(concept.id)
        if behind is None or view.introduces(concept):
            continue
        long, acronym = concept.preferred(view.language, acronym=False), short(concept, view.language)
        if long is None or acronym is None:
            continue
        edits = list(_introduced(view, concept, long, acronym, behind=behind))
        if edits:
            yield from edits
        elif behind:
            view.remarks.append(Change("acronym", acronym.form, "", made=False, note=f"not introduced: {long.form}"))


def _introduced(
    view: _View, concept: Concept, long: Designation, acronym: Designation, *, behind: bool
) -> Iterator[Edit]:
    hits = view.hits(concept)
    longs = [hit for hit in hits if not hit.designation.is_acronym]
    shorts = [hit for hit in hits if hit.designation.is_acronym]
    doubled = [one for one, _bracket in view.bracketed(concept) if one.designation.is_acronym]
    if not behind:
        if doubled and len(shorts) > 1:
            yield Edit(shorts[1].span, long.form, "acronym")
    elif longs:
        yield from _bracket(view, longs, shorts, acronym)
    elif doubled:
        yield from _expanded(view, doubled[0], long, concept, "")
    elif len(shorts) == 1:
        yield from _expanded(view, shorts[0], long, concept, f" ({acronym.form})")


def _bracket(view: _View, longs: Sequence[Hit], shorts: Sequence[Hit], acronym: Designation) -> Iterator[Edit]:
    """The acronym in brackets behind the long form, in place of another one that stands there."""
    end = longs[0].span.end
    bracket = _BRACKET.match(view.draft.text, end)
    if bracket is not None:
        tokens = [one for one in _TOKEN.finditer(view.draft.text, *bracket.span("within")) if is_short(one[0])]
        spans = [Span(*one.span()) for one in tokens]
        if len(spans) == 1 and not any(spans[0].overlaps(one) for one in view.other_places):
            yield Edit(spans[0], acronym.form, "acronym")
    elif not shorts and not longs[0].tail:
        end += view.draft.text[end : end + 1] in tuple(_CLOSING)
        yield Edit(Span(end, end), f" ({acronym.form})", "acronym")


def _expanded(view: _View, hit: Hit, long: Designation, concept: Concept, rest: str) -> Iterator[Edit]:
    """The long form in place of the acronym, in the case that its place asks for."""
    text, span = view.draft.text, hit.span
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + 1]
    # In a list the case is that of its other members, which are far away.
    in_list = before.endswith((", ", "; "))
    if in_list or hit.tail or hit.prefixed or after in ("-", "'", "\u2019", ")") or before.endswith(("(", "-")):
        return
    if view.language == "en" and not _ARTICLE.search(before):
        return
    best = choices(text, span, lexeme(long, concept), view.language)[0]
    if best.confidence >= _SURE and len(best.changes) == 1:
        yield Edit(span, best.form + rest, "acronym")
