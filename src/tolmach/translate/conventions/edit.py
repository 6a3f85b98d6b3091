"""Small replacements in a draft, and what they do to what is known of its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tolmach.text.model import Span
from tolmach.translate.enforce.model import Outcome

Kind = Literal["quotes", "dash", "number", "date", "time", "ordinal", "percent", "apostrophe", "blank", "acronym"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a draft and what is written in its place."""

    span: Span
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, as it is told; `made` is False for what is only reported, with its reason in `note`."""

    kind: str
    before: str
    after: str
    made: bool = True
    note: str = ""


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order; of those that overlap only the first."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda one: one.span):
        if not kept or kept[-1].span.end <= edit.span.start:
            kept.append(edit)
    return kept


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made that stand apart, in order."""
    return "".join(_pieces(text, edits))


def _pieces(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    done = 0
    for edit in edits:
        yield text[done : edit.span.start]
        yield edit.text
        done = edit.span.end
    yield text[done:]


def changes(text: str, edits: Iterable[Edit]) -> Iterator[Change]:
    """The edits as they are told."""
    for edit in edits:
        yield Change(edit.kind, text[edit.span.start : edit.span.end], edit.text)


def moved(outcomes: tuple[Outcome, ...], edits: Sequence[Edit], after: str) -> tuple[Outcome, ...]:
    """The outcomes with the places and words that they have in the text `after` the edits."""
    return tuple(_moved(one, edits, after) for one in outcomes) if edits else outcomes


def _moved(outcome: Outcome, edits: Sequence[Edit], after: str) -> Outcome:
    old = outcome.span
    if old is None:
        return outcome
    start, end = old.start, old.end
    for edit in edits:
        grown = len(edit.text) - (edit.span.end - edit.span.start)
        # What is inserted where a term begins or ends stands beside it.
        if edit.span.end <= old.start:
            start += grown
            end += grown
        elif edit.span.start < old.end:
            end += grown
    span = Span(start, max(start, end))
    inside = any(edit.span.overlaps(old) for edit in edits)
    return replace(outcome, span=span, after=after[span.start : span.end] if inside else outcome.after)
