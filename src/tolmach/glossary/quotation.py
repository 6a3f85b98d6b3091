"""Whether a place stands in quotation marks, and which noun stands before them: a title, the name of a party."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

# Opening marks (German, French, English, Russian, Swiss usage) and what closes each.
_CLOSERS = {
    "\u201e": "\u201c\u201d\u0022",
    "\u201c": "\u201d\u201c",
    "\u201d": "\u201d",
    "\u00bb": "\u00ab\u00bb",
    "\u00ab": "\u00bb",
    "\u201a": "\u2018\u2019",
    "\u2018": "\u2019",
    "\u203a": "\u2039\u203a",
    "\u2039": "\u203a",
    "\u0022": "\u0022\u201d\u201c",
    "'": "'",
}
_MARK = re.compile(f"[{''.join(_CLOSERS)}\u2019]")
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_REACH = 300
_LONG = 3000  # code points of a long quotation
# Searched up to the mark; possessive, so that a long run of letters is read once from each of its words.
_LETTERS = r"(?:\u00ad|[^\W\d_])++"
_WORDS_BEFORE = re.compile(rf"(?<![^\W\d_\u00ad])({_LETTERS}(?:\s++{_LETTERS}){{0,3}})[^\S\n]*+(?:\n[^\S\n]*+)?\Z")
# The mark that closes the quotation before, and one word.
_JOINED = re.compile(rf"[{''.join(sorted(set(''.join(_CLOSERS.values()))))}]\s++(?P<word>[^\W\d_]++)\s*+\Z")
_LONGEST_ROW = 5


def is_quoted(text: str, place: int, reach: int = _LONG) -> bool:
    """Do quotation marks stand open at `place`, in its paragraph and at most `reach` code points before?

    >>> is_quoted("\u201eToqajew muss gehen\u201c, riefen sie.", 1)
    True
    """
    return bool(_open_marks(text, place, reach))


def words_before_quotations(text: str, place: int, conjunctions: Collection[str] = ()) -> Iterator[tuple[str, ...]]:
    """For each quotation around `place`, the innermost first: up to four words directly before it, nearest first.

    Where one of the (folded) `conjunctions` joins it to another quotation, these are the words before the first.

    >>> list(words_before_quotations("Ihr Film \\u201eKirgistan\\u201c lief.", 10))
    [('Film', 'Ihr')]
    >>> list(words_before_quotations("Die Filme \\u201eOsch\\u201c und \\u201eKirgistan\\u201c", 23, ("und",)))
    [('Filme', 'Die')]
    """
    for start in reversed(_open_marks(text, place)):
        found = _WORDS_BEFORE.search(text, max(0, start - _REACH), _first_of_row(text, start, conjunctions))
        if found:
            yield tuple(reversed(found[1].split()))


def _first_of_row(text: str, start: int, conjunctions: Collection[str]) -> int:
    """Where the first of the quotations begins that conjunctions join to the one at `start`."""
    for _step in range(_LONGEST_ROW):
        joined = _JOINED.search(text, max(0, start - _REACH), start)
        if not joined or joined["word"].casefold() not in conjunctions:
            break
        before = _open_marks(text, joined.start())
        if not before:
            break
        start = before[-1]
    return start


def _open_marks(text: str, place: int, reach: int = _REACH) -> list[int]:
    """Where the quotations begin that are open at `place`."""
    begin = max(0, place - reach)
    if not _MARK.search(text, begin, place):
        return []
    for paragraph in _PARAGRAPH.finditer(text, begin, place):
        begin = paragraph.end()
    open_marks: list[int] = []
    ended = -1
    for mark in _MARK.finditer(text, begin, place):
        # Directly behind a closing mark none opens: «Bund „Ost“», for one.
        if mark.start() != ended and _opens(text, mark.start()):
            open_marks.append(mark.start())
            continue
        ended = mark.end()
        closed = [index for index, start in enumerate(open_marks) if mark.group() in _CLOSERS[text[start]]]
        if closed:
            del open_marks[closed[-1] :]
    return [start for start in open_marks if text[start] != "'" or text.find("'", place, place + reach) >= 0]


def _opens(text: str, index: int) -> bool:
    if text[index] == "\u2019":
        return False
    before = text[index - 1 : index]
    after = text[index + 1 : index + 2]
    return (
        not before or before.isspace() or before in "([{\u2013\u2014-/" or before in _CLOSERS
    ) and not after.isspace()
