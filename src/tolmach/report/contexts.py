"""The words around a name: its sentence, marked, cut to what is read at a glance.

Only what is shown is cut out, while the documents are read once more; no text is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from tolmach.report.model import Context
from tolmach.text.model import Document, Passage, Span
from tolmach.text.segments import sentences

# How far a sentence is followed to each side, and how much of it is shown.
_REACH, _SHOWN = 400, 140
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_BLANKS = re.compile(r"\s+")
_REPLACED = "\ufffc"  # where code or a tag stood


def contexts(document: Document, places: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Context]]:
    """Those of the places (start, end in the decoded file, ascending) that lie in the document, each in its context."""
    first = bisect_left(places, (document.offset, 0))
    for start, end in places[first:]:
        if start >= document.offset + len(document.text):
            return
        if end > document.offset + len(document.text):
            continue
        yield (start, end), _context(document, start - document.offset, end - document.offset)


def _context(document: Document, start: int, end: int) -> Context:
    for passage in document.passages:
        inside = _inside(passage, start, end)
        if inside:
            return _cut(passage, *inside)
    return Context("", document.text[start:end], "", "")


def _inside(passage: Passage, start: int, end: int) -> tuple[int, int] | None:
    """The stretch of the passage that is written at `start:end` of its document, if there is one."""
    if passage.starts is None or passage.ends is None:
        found = start - passage.start, end - passage.start
    else:
        found = bisect_left(passage.starts, start), bisect_right(passage.ends, end)
    first, last = found
    if not 0 <= first < last <= len(passage.text):
        return None
    return found if passage.locate(Span(first, last)) == Span(start, end) else None


def _cut(passage: Passage, start: int, end: int) -> Context:
    text = passage.text
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    for gap in _PARAGRAPH.finditer(text, left, start):
        left = gap.end()
    gap_after = _PARAGRAPH.search(text, end, right)
    right = gap_after.start() if gap_after else right
    window = text[left:right]
    for sentence in sentences(window, passage.language):
        if sentence.start <= start - left and end - left <= sentence.end:
            left, right = left + sentence.start, left + sentence.end
            break
    return Context(
        _before(text[left:start], whole=left == 0 or not text[left - 1].isalnum()),
        _blanks(text[start:end]),
        _after(text[end:right], whole=right == len(text) or not text[right].isalnum()),
        passage.language,
    )


def _blanks(text: str) -> str:
    return _BLANKS.sub(" ", text.replace(_REPLACED, "…"))


def _before(text: str, *, whole: bool) -> str:
    told = _blanks(text)
    if len(told) <= _SHOWN and whole:
        return told.lstrip()
    kept = told[-_SHOWN:]
    return f"… {kept.partition(' ')[2] or kept}"


def _after(text: str, *, whole: bool) -> str:
    told = _blanks(text)
    if len(told) <= _SHOWN and whole:
        return told.rstrip()
    kept = told[:_SHOWN]
    return f"{kept.rpartition(' ')[0] or kept} …"
