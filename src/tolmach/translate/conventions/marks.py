"""Quotation marks of the target language, over the sentences of a paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tolmach.text import quotation_marks
from tolmach.text.model import Span
from tolmach.text.quotation_marks import Pair, Usage
from tolmach.text.untouchable import Untouchable
from tolmach.translate.conventions.edit import Edit, apart, applied

_SINGLE = "\u201a\u2018\u2039"
_STRAIGHT = "\"'"
_TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_BLANKS = " \u00a0\u202f"


def edits(drafts: Sequence[str], fixed: Sequence[bool], language: str) -> list[list[Edit]]:
    """What is to be changed in each sentence of a paragraph; a quotation may begin in one and end in another.

    The `fixed` ones are read but not changed, nor is a mark whose partner stands in one of them.
    """
    found = _edits(drafts, fixed, language)
    if any(found):
        after = [applied(draft, each) for draft, each in zip(drafts, found, strict=True)]
        # Marks that read otherwise once they are changed were not understood.
        if any(_edits(after, fixed, language)):
            return [[] for _draft in drafts]
    return found


def _edits(drafts: Sequence[str], fixed: Sequence[bool], language: str) -> list[list[Edit]]:
    found: list[list[Edit]] = [[] for _draft in drafts]
    usage = quotation_marks.usage(language)
    text = " ".join(drafts)
    if usage is None or not any(sign in text for sign in _TYPOGRAPHIC + _SINGLE + '"'):
        return found
    starts = [0, *accumulate(len(draft) + 1 for draft in drafts)][:-1]
    untouchable = Untouchable(text)
    for together in _together(text, usage):
        numbers = [bisect_right(starts, edit.span.start) - 1 for edit in together]
        if any(fixed[number] for number in numbers) or any(untouchable.touches(edit.span) for edit in together):
            continue
        for number, edit in zip(numbers, together, strict=True):
            found[number].append(Edit(edit.span.shifted(-starts[number]), edit.text, edit.kind))
    return [apart(each) for each in found]


def _together(text: str, usage: Usage) -> Iterator[list[Edit]]:
    """Edits that are made together or not at all: those of a pair, and those of marks without a partner."""
    pairs, sure = quotation_marks.pairs(text, 0, len(text))
    paired: set[int] = set()
    for pair in pairs:
        if sure or not any(text[place] in _STRAIGHT for place in (pair.start, pair.end)):
            paired |= {pair.start, pair.end}
            yield [*_of_pair(text, pair, usage)]
    for place, mark in enumerate(text):
        if mark in _TYPOGRAPHIC and place not in paired:
            yield [*_alone(text, place, usage)]


def _of_pair(text: str, pair: Pair, usage: Usage) -> Iterator[Edit]:
    right = quotation_marks.replaced(text, pair, usage) or _single(text, pair, usage)
    for place, mark in zip((pair.start, pair.end), right, strict=False):
        if text[place] != mark:
            yield Edit(Span(place, place + 1), mark, "quotes")
    yield from _french(text, pair)


def _single(text: str, pair: Pair, usage: Usage) -> str:
    """Single marks outside of a quotation: the single ones of the language, if it has any."""
    marks = text[pair.start] + text[pair.end]
    own = (*usage.outer, *usage.inner)
    if pair.inner or marks in own or marks[0] not in _SINGLE:
        return ""
    return next((one for one in own if one[0] in _SINGLE), usage.outer[0])


def _french(text: str, pair: Pair) -> Iterator[Edit]:
    """The blanks that French sets within its marks."""
    blanks = (pair.start + 1, pair.end - 1)
    if text[pair.start] == "\u00ab" and pair.end - pair.start > 2 and all(text[one] in _BLANKS for one in blanks):
        for place in blanks:
            yield Edit(Span(place, place + 1), "", "blank")


def _alone(text: str, place: int, usage: Usage) -> Iterator[Edit]:
    """A mark whose partner is missing, where it tells by itself what it is and is none of the language."""
    mark = text[place]
    role = quotation_marks.role(text, place, 0, len(text))
    if not role or any(mark in one for one in (*usage.outer, *usage.inner)):
        return
    yield Edit(Span(place, place + 1), usage.outer[0][role == "closes"], "quotes")
