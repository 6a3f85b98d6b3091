"""Changing the text of Markdown files."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial

from tolmach.text.decode import Decoded
from tolmach.text.formats import Edit, _edits, _inline
from tolmach.text.model import Passage, Span

_LINK_NAME = re.compile(r"\[([^\[\]]{1,999})\](?:\[\])?(?![\[(:])")
_MARK = re.compile(r"[\\`*_\[\]<>~|&]")
_MARK_OF_LINE = re.compile(r"^(?P<before>\d{0,9})(?P<sign>(?:(?<!\d)[-#+=:]|(?<=\d)[.)]))")
_SIGNS_OF_LINES = "#+-=:*_~`|.)0123456789"  # a line that begins with them may be a heading, an entry or a rule
_BEFORE, _AFTER = frozenset("*_~["), frozenset("*_~]")  # marks that stand before and after words


def rewrite(
    content: bytes, text: Decoded, passages: Sequence[Passage], labels: frozenset[str], edits: Sequence[Edit]
) -> tuple[bytes, tuple[Edit, ...]]:
    """The text with the edits made, and those that could not be; `labels` are the names of addresses in it."""
    names = _link_names(text.text, labels)
    places = _edits.Places(passages)
    escape = partial(_escaped, text.text)
    changes = [places.change(edit, escape, across=False) for edit in edits]
    kept = [found if found and _is_allowed(found, text.text, names) else None for found in changes]
    return _edits.write(content, text, edits, kept)


def _is_allowed(change: _edits.Change, text: str, names: Sequence[Span]) -> bool:
    number = bisect_left(names, Span(change.span.end, change.span.end))
    is_name = number > 0 and names[number - 1].end > change.span.start
    if is_name or change.takes("<", text):
        return False
    return all(_keeps_marks(splice, text) for splice in change.splices)


def _keeps_marks(splice: _edits.Splice, text: str) -> bool:
    """Do the marks beside the change still mean the same? Emphasis begins and ends at words."""
    before, after = text[max(0, splice.start - 1) : splice.start], text[splice.end : splice.end + 1]
    old = text[splice.start : splice.end] or after
    last = splice.text or before
    first_stays = before not in _BEFORE or _kind((splice.text or after)[:1]) == _kind(old[:1])
    old = text[splice.start : splice.end] or before
    return first_stays and (after not in _AFTER or _kind(last[-1:]) == _kind(old[-1:]))


def _kind(sign: str) -> str:
    return "word" if sign.isalnum() else "blank" if not sign or sign.isspace() else "sign"


def _link_names(text: str, labels: frozenset[str]) -> list[Span]:
    """Where the text of a link is also the name under which its address stands: `[Minsk]`, `[Minsk][]`."""
    if not labels:
        return []
    return [Span(*found.span()) for found in _LINK_NAME.finditer(text) if _inline.label(found[1]) in labels]


def _escaped(text: str, new: str, place: int) -> str | None:
    """The new text with a backslash before each sign that would be a mark."""
    if "\n" in new or "\r" in new or _edits.opens(text, place):
        return None
    escaped = _MARK.sub(r"\\\g<0>", new)
    before = text[text.rfind("\n", 0, place) + 1 : place].replace(">", " ").strip()
    if before and not before.strip(_SIGNS_OF_LINES) and not new[:1].isalpha():
        return None
    return escaped if before else _MARK_OF_LINE.sub(r"\g<before>\\\g<sign>", escaped)
