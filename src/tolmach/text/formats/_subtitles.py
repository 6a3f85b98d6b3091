"""The words of subtitles: what viewers read of a cue, and where it is written. Times and settings are left alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from tolmach.text.formats._prose import REPLACED, Block

_SHOWN = {"break": "\n", "foreign": REPLACED}


class Line(NamedTuple):
    """A line without its end: its text, where it begins in the file, and its number (from 1)."""

    text: str
    start: int
    number: int


def lines(text: str) -> Iterator[Line]:
    """The lines of a file."""
    start = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        yield Line(line.rstrip("\r\n"), start, number)
        start += len(line)


def block(cue: Iterable[Line], markup: re.Pattern[str]) -> Block:
    """What is read of the lines of a cue.

    `markup` finds what shows nothing, in its groups `break` and `entity` what shows a line break or a character, in
    `foreign` words that are not to be read.
    """
    found = Block()
    for line in cue:
        if found.ends:
            found.add_written("\n", found.ends[-1], line.start)
        _take_line(found, line, markup)
    return found


def _take_line(found: Block, line: Line, markup: re.Pattern[str]) -> None:
    place = 0
    for mark in markup.finditer(line.text):
        found.add(line.text[place : mark.start()], line.start + place)
        place = mark.end()
        if mark.lastgroup is not None:
            shown = _SHOWN.get(mark.lastgroup) or unescape(mark.group())
            found.add_written(shown, line.start + mark.start(), line.start + place)
    found.add(line.text[place:], line.start + place)
