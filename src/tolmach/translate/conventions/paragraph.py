"""The sentences of a paragraph in the conventions of their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tolmach.text.untouchable import Untouchable
from tolmach.translate.conventions import marks, numerals, signs
from tolmach.translate.conventions.edit import Change, Edit, apart, applied, changes, moved
from tolmach.translate.enforce.model import Outcome

_ROUNDS = 4
_Rules = Callable[[str, str, str, str], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence, its draft, what became of its terms and what was changed; a `fixed` one is never changed."""

    source: str
    text: str
    outcomes: tuple[Outcome, ...] = ()
    changes: tuple[Change, ...] = ()
    fixed: bool = False

    def edited(self, edits: Sequence[Edit]) -> Draft:
        """The draft with the edits made; they must stand apart, in order."""
        if not edits:
            return self
        text = applied(self.text, edits)
        told = (*self.changes, *changes(self.text, edits))
        return replace(self, text=text, outcomes=moved(self.outcomes, edits, text), changes=told)


def conventional(drafts: Sequence[Draft], source_language: str, target_language: str) -> list[Draft]:
    """The drafts of a paragraph with numbers, dashes and quotation marks as the target language writes them.

    >>> [conventional([Draft("Es kamen 10.000.", "10.000 came.")], "de", "en")[0].text]
    ['10,000 came.']
    """
    found = list(drafts)
    for _round in range(_ROUNDS):
        after = _once(found, source_language, target_language)
        if all(one is other for one, other in zip(found, after, strict=True)):
            return found
        found = after
    # What changes again and again was not understood.
    return list(drafts)


def _once(drafts: Sequence[Draft], source_language: str, target_language: str) -> list[Draft]:
    found = [_by_rules(draft, source_language, target_language) for draft in drafts]
    quotes = marks.edits([draft.text for draft in found], [draft.fixed for draft in found], target_language)
    return [draft.edited(each) for draft, each in zip(found, quotes, strict=True)]


def _by_rules(draft: Draft, source_language: str, target_language: str) -> Draft:
    if draft.fixed:
        return draft
    rules: _Rules
    for rules in (numerals.edits, signs.edits):
        untouchable = Untouchable(draft.text)
        wanted = rules(draft.source, draft.text, source_language, target_language)
        draft = draft.edited([edit for edit in apart(wanted) if not untouchable.touches(edit.span)])
    return draft
