"""Where the paragraphs of a plain text begin and end: line breaks that a person made, and those a program made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tolmach.text.model import Span

# Written as escapes: what may stand after the last mark, or before the first letter, of a line.
_OPENING = "\"'\u00ab\u00bb\u2018\u2019\u201b\u201c\u201d\u201f\u2039\u203a\u201e\u201a([{"
_CLOSING = "\"'\u00ab\u00bb\u2018\u2019\u201b\u201c\u201d\u201f\u2039\u203a)]}"
_MARKS = (".", "!", "?", "\u2026", ":")
# How much of a line's edge a rule looks at: longer than any word that matters, short enough to keep hostile text
# linear.
_REACH = 48

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*+(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|\Z)")
# A line is full from this share of the longest line on; proportional type makes lines of unequal length. Where a
# sentence ends with the line, a new paragraph is so likely that less room has to be left.
_FULL, _FULL_CLOSED = 0.85, 0.95
# These shares of full and of running line breaks mark a wrapped text.
_MOSTLY, _OFTEN = 0.7, 0.2
# Wrapped lines are not shorter than this; below this share of the page, a block is a narrow one (a large heading).
_NARROWEST, _NARROW = 30, 0.7
# A block of so few lines is no evidence by itself; so many breaks without any running on are evidence against wrapping.
_FEW, _MANY = 3, 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of plain text that is not blank: its trimmed span, and what the rules on line breaks ask of it."""

    span: Span
    indent: int
    first: int
    lower: bool
    listed: bool
    closed: bool
    running: bool
    last_lower: bool

    @property
    def width(self) -> int:
        return self.span.end - self.span.start


def _line(text: str, start: int, end: int) -> _Line:
    written = text[start:end]
    trimmed = written.strip()
    indent = len(written) - len(written.lstrip())
    return _Line(
        span=Span(start + indent, start + indent + len(trimmed)),
        indent=indent,
        first=len(trimmed[:_REACH].split()[0].split("-")[0]),
        lower=trimmed.lstrip(_OPENING)[:1].islower(),
        listed=trimmed[0] in "*\u2022\u00b7\u25aa\u25ba",
        closed=trimmed.rstrip(_CLOSING)[-1:] in _MARKS,
        running=trimmed[-1] in "-,",
        last_lower=trimmed[-_REACH:].split()[-1][0].islower(),
    )


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between two blank ones."""
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        if match.group().strip():
            block.append(_line(text, match.start(), match.end()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(block: list[_Line]) -> int:
    return max(line.width for line in block)


def _full(line: _Line, following: _Line, width: int) -> bool:
    """Tell whether the next word would hardly have found room in the line: then a program may have broken it."""
    return line.width + 1 + following.first >= (_FULL_CLOSED if line.closed else _FULL) * width


def _breaks(blocks: list[list[_Line]]) -> tuple[int, int, int]:
    """Count the line breaks of some blocks, those where the line was full, and those within running text."""
    pairs: list[tuple[_Line, _Line]] = []
    full = 0
    for block in blocks:
        width = _width(block)
        if width >= _NARROWEST:
            pairs += pairwise(block)
            full += sum(_full(line, following, width) for line, following in pairwise(block))
    running = sum(not line.closed and (following.lower or line.running) for line, following in pairs)
    return len(pairs), full, running


def _wrapped(blocks: list[list[_Line]]) -> bool:
    """Tell whether a program made the line breaks of some blocks, to keep the lines short.

    It breaks lines where they are full, and in running text many of the next ones then begin with a lower-case letter,
    or follow on a comma or hyphen. A person ends a line after a heading, an entry of a list or a whole paragraph.
    """
    count, full, running = _breaks(blocks)
    return count > 0 and full >= _MOSTLY * count and running >= _OFTEN * count


def _fits(block: list[_Line], text_wrapped: bool) -> bool:
    """Judge one block, in doubt like the whole text."""
    if not text_wrapped:
        return len(block) > _FEW and _wrapped([block])
    count, full, running = _breaks([block])
    return full >= count / 2 and (running > 0 or count <= _MANY)


def _joins(line: _Line, following: _Line, width: int, page: int) -> bool:
    """Tell whether a line of a wrapped block goes on in the next; `page` is the usual width of the text."""
    if following.listed or (line.closed and following.indent > line.indent and not following.lower):
        return False
    if not _full(line, following, width) or width < _NARROW * page:
        return not line.closed and (following.lower or (line.last_lower and _full(line, following, width)))
    return True


def _merged(block: list[_Line], page: int) -> Iterator[Span]:
    """Yield the spans of a wrapped block, each of one line or several."""
    width, start = _width(block), block[0].span.start
    for line, following in pairwise(block):
        if width < _NARROWEST or not _joins(line, following, width, page):
            yield Span(start, line.span.end)
            start = following.span.start
    yield Span(start, block[-1].span.end)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the blocks of a plain text, trimmed: paragraphs, headings, captions.

    A blank line always separates. A single line break separates where each line is a block of its own, and is white
    space where a program wrapped the lines; which of the two holds is judged by the lengths and edges of the lines, in
    each block that has enough of them, else in the whole text.

    >>> text = "Unruhen in Almaty\\nDer Präsident hat am Mittwoch den Notstand ausgerufen."
    >>> [text[span.start : span.end] for span in paragraphs(text)]
    ['Unruhen in Almaty', 'Der Präsident hat am Mittwoch den Notstand ausgerufen.']
    """
    blocks = list(_blocks(text))
    text_wrapped = _wrapped([block for block in blocks if len(block) > 1])
    page = max((_width(block) for block in blocks if len(block) > _FEW and _wrapped([block])), default=0)
    for block in blocks:
        if len(block) > 1 and _fits(block, text_wrapped):
            yield from _merged(block, page)
        else:
            yield from (line.span for line in block)
