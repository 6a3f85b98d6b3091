"""Places in a text as editors count them, and back: lines, and units of the encoding that both sides agreed on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]
# Bytes of a unit, and a codec without byte order mark.
_CODECS: dict[Encoding, tuple[int, str]] = {
    "utf-8": (1, "utf-8"),
    "utf-16": (2, "utf-16-le"),
    "utf-32": (4, "utf-32-le"),
}
# The protocol knows these breaks only; U+2028 or a form feed stand within a line.
_BREAK = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A line and a number of units of the encoding in it, both from 0."""

    line: int
    character: int


class Change(NamedTuple):
    """New text for what stands from `start` to `end`; without them, for everything."""

    text: str
    start: Position | None = None
    end: Position | None = None


@dataclass(frozen=True)
class Lines:
    """A text with the places of its lines; offsets count code points.

    >>> text = Lines("\\U0001f600 Toqajew\\r\\nsprach")
    >>> text.position(2), text.offset(Position(0, 3)), text.position(11)
    (Position(line=0, character=3), 2, Position(line=1, character=0))
    """

    text: str
    encoding: Encoding = "utf-16"

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def line(self, number: int) -> str:
        """The line of that number (from 0) without its break; there is nothing in a line behind the last."""
        if number >= len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def position(self, offset: int) -> Position:
        """The place of a code point."""
        line = bisect_right(self.starts, max(offset, 0)) - 1
        before = self.text[self.starts[line] : offset]
        width, codec = _CODECS[self.encoding]
        return Position(line, len(before) if before.isascii() else len(before.encode(codec)) // width)

    def offset(self, position: Position) -> int:
        """The code point at a place; what lies behind the end of a line or of the text becomes that end."""
        if position.line >= len(self.starts):
            return len(self.text)
        line = self.line(max(position.line, 0))
        width, codec = _CODECS[self.encoding]
        # A place within a character is that before it.
        before = line.encode(codec)[: max(position.character, 0) * width].decode(codec, "ignore")
        return self.starts[max(position.line, 0)] + len(before)

    def changed(self, changes: Iterable[Change]) -> Lines:
        """The text after the changes, each of which counts in the text that the one before it left."""
        now = self
        for change in changes:
            new = whole(change.text)
            if change.start is not None and change.end is not None:
                start, end = now.offset(change.start), now.offset(change.end)
                new = f"{now.text[:start]}{new}{now.text[max(start, end) :]}"
            now = Lines(new, self.encoding)
        return now


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character that an editor may have sent alone."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
