"""The characters of a subtitle with the tags around each of them, and how they are written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tolmach.text.formats._subtitles.cues import Mark, Turn

_TAG = re.compile(r"(?P<open>[<{])(?P<end>/)?(?P<name>[A-Za-z]+)")
_DEEPEST = 8  # tags within one another; nobody needs more, and each costs time for each character
_CLOSE = {"<": ">", "{": "}"}


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A pair of tags of one cue; `closed`: the second one is written, too."""

    opening: str
    closing: str
    closed: bool


Style = tuple[Tag, ...]
"""The tags around a character, the outermost first."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is shown and as it is written; a mark shows nothing and has no style."""

    shown: str
    written: str
    style: Style | None = ()


@dataclass(slots=True)
class Styles:
    """The styles of the characters of a turn, and the marks among them that are no tags."""

    starts: list[int]
    styles: list[Style]
    points: list[Mark]

    def at(self, place: int) -> Style:
        """The tags around the character at a place of the turn."""
        return self.styles[bisect_right(self.starts, place) - 1]


def styles(turns: Iterable[Turn]) -> list[Styles]:
    """The styles of the turns of one cue. What is not closed goes on to the end of the cue."""
    turns = list(turns)
    closed = _closed(mark.written for turn in turns for mark in turn.marks)
    number = 0
    current: Style = ()
    found: list[Styles] = []
    for turn in turns:
        here = Styles([0], [current], [])
        for mark in turn.marks:
            current, is_tag = _after(mark.written, current, closed=number in closed)
            number += 1
            if is_tag:
                here.starts.append(mark.offset)
                here.styles.append(current)
            else:
                here.points.append(mark)
        found.append(here)
    return found


def _closed(marks: Iterable[str]) -> set[int]:
    """The numbers of the opening tags that have a closing one."""
    found: set[int] = set()
    opened: dict[str, list[int]] = {}
    for number, written in enumerate(marks):
        tag = _TAG.match(written)
        if tag and not tag["end"]:
            opened.setdefault(tag["name"], []).append(number)
        elif tag and opened.get(tag["name"]):
            found.add(opened[tag["name"]].pop())
    return found


def _after(written: str, current: Style, *, closed: bool) -> tuple[Style, bool]:
    """The style after a mark, and whether the mark is a tag that begins or ends one."""
    tag = _TAG.match(written)
    if tag is None:
        return current, False
    closing = f"{tag['open']}/{tag['name']}{_CLOSE[tag['open']]}"
    if not tag["end"] and len(current) == _DEEPEST:
        return current, False
    if not tag["end"]:
        return (*current, Tag(written, closing, closed)), True
    ended = next((one for one in reversed(current) if one.closed and one.closing == closing), None)
    if ended is None:
        return current, False
    return tuple(one for one in current if one is not ended), True


def write(glyphs: Sequence[Glyph]) -> str:
    """The glyphs with their tags, each opened before its first character and closed after its last."""
    parts: list[str] = []
    current: Style = ()
    for glyph, style in zip(glyphs, _with_blanks(glyphs), strict=True):
        if style is None:
            parts.append(glyph.written)
            continue
        kept = common(current, style)
        parts += [tag.closing for tag in reversed(current[kept:])]
        parts += [tag.opening for tag in style[kept:]]
        parts.append(glyph.written)
        current = style
    parts += [tag.closing for tag in reversed(current) if tag.closed]
    return "".join(parts)


def _with_blanks(glyphs: Sequence[Glyph]) -> Iterator[Style | None]:
    """The style of each glyph; a blank has what its neighbours share, so that no tag begins or ends with it."""
    solid = [number for number, glyph in enumerate(glyphs) if glyph.style is not None and not glyph.shown.isspace()]
    shared: dict[int, Style] = {}
    for first, last in pairwise(solid):
        before, after = glyphs[first].style or (), glyphs[last].style or ()
        for number in range(first + 1, last):
            shared[number] = before[: common(before, after)]
    for number, glyph in enumerate(glyphs):
        yield shared.get(number, ()) if glyph.style is not None and glyph.shown.isspace() else glyph.style


def common(one: Style, other: Style) -> int:
    """How many of the outer tags two styles share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a is not b), min(len(one), len(other)))
