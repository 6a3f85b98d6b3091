"""The words of subtitles: what viewers read of a cue, who says it, and where it is written.

Times and settings are left alone. What shows who speaks, or that somebody sings (a dash, a note), is none of the words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from tolmach.messages import plural
from tolmach.text.formats._prose import Block
from tolmach.text.identity import fold
from tolmach.text.line_breaks import LINE
from tolmach.text.model import REPLACED

_HYPHENS = ("-", "\u2010")
_HURRIED = 20  # characters a second that nobody should have to read (Netflix, Timed Text Style Guides: 17 to 20)
_NEAR = 40  # code points around a line break that say whether a word is broken there


class Line(NamedTuple):
    """A line without its end: its text, where it begins in the file, and its number (from 1)."""

    text: str
    start: int
    number: int


class Mark(NamedTuple):
    """Something that shows nothing (a tag, a position, a time), written before the code point `offset` of a turn."""

    offset: int
    written: str


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen from `start` to `end` (seconds; not a number where that is not known).

    `place` is what the file says of where it stands.
    """

    start: float
    end: float
    lines: Sequence[Line]
    place: str = ""


@dataclass(slots=True)
class Turn:
    """What one speaker says in a cue: all it shows, its words (from `first` to `last` of that), and the marks among it.

    `begin` is where its line begins in the file, `voice` the speaker whom the format names. Where it `opens`, it goes
    on with nothing before it; where it is `signed`, it begins with the sign of a speaker or singer, if with any.
    """

    cue: int
    begin: int
    block: Block = field(default_factory=Block)
    marks: list[Mark] = field(default_factory=list)
    first: int = 0
    last: int = 0
    voice: str = ""
    opens: bool = False
    signed: bool = False

    def shown(self) -> str:
        """All that is shown of it."""
        return self.block.text()

    def words(self) -> str:
        """What is said."""
        return self.shown()[self.first : self.last]

    def end(self, reach: int) -> str:
        """The last code points of what is shown."""
        return "".join(self.block.pieces[-reach:])[-reach:]

    def take(self, other: Turn) -> None:
        """Go on in the next line: with a blank, or without one where a word is broken at the end of this line."""
        own, new = self.block, other.block
        if own.starts and new.starts:
            _separate(own, new, other.begin)
        by = len(own.starts)
        self.marks += (Mark(mark.offset + by, mark.written) for mark in other.marks)
        own.pieces += new.pieces
        own.starts.extend(new.starts)
        own.ends.extend(new.ends)
        self.last = len(own.starts)


def _separate(own: Block, new: Block, begin: int) -> None:
    """Put a blank between two lines, the second of which begins there in the file, or mend the word that they break."""
    before, after = _edge(own, new)
    mended = fold(f"{before}\n{after}")
    if before.endswith(_HYPHENS) and mended in (before + after, before[:-1] + after):
        if mended != before + after:
            while not own.pieces[-1]:
                own.pieces.pop()
            own.pieces[-1] = own.pieces[-1][:-1]
            own.starts.pop()
            own.ends.pop()
        own.ends[-1] = begin
    else:
        own.add_written(" ", own.ends[-1], begin)


def _edge(own: Block, new: Block) -> tuple[str, str]:
    """The ends of words at a line break."""
    before, after = "".join(own.pieces[-_NEAR:])[-_NEAR:], "".join(new.pieces[:_NEAR])[:_NEAR]
    return re.split(r"\s", before)[-1], re.split(r"\s", after, maxsplit=1)[0]


def lines(text: str) -> Iterator[Line]:
    """The lines of a file."""
    start = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        yield Line(line.rstrip("\r\n"), start, number)
        start += len(line)


def seconds(time: str) -> float:
    """A time of the day in seconds; the last digits are a fraction of one, whatever stands before them.

    >>> seconds("00:01:02,500"), seconds("1:02.5"), seconds("00:01:02:500")
    (62.5, 62.5, 62.5)
    """
    *whole, fraction = re.split("[:,.]", time)
    total = 0
    for part in whole:
        total = total * 60 + int(part)
    return total + float(f"0.{fraction}")


def shown_lines(cue: Cue, number: int, markup: re.Pattern[str]) -> Iterator[Turn]:
    """The lines of the cue of that number (from 0) as they are shown, each as a turn of its own.

    `markup` finds what shows nothing, in its groups `break` a line break, in `voice` the beginning of what another
    speaker says, in `entity` a character and in `foreign` words that are not to be read.
    """
    voice = ""
    for line in cue.lines:
        turn, place = Turn(cue=number, begin=line.start, voice=voice), 0
        for mark in markup.finditer(line.text):
            turn.block.add(line.text[place : mark.start()], line.start + place)
            place = mark.end()
            kind = mark.lastgroup
            if kind == "break" or (kind == "voice" and turn.block.starts):
                yield turn
                turn = Turn(cue=number, begin=line.start + (place if kind == "break" else mark.start()), voice=voice)
            if kind == "voice":
                voice = turn.voice = mark.group()
            if kind in ("entity", "foreign"):
                shown = unescape(mark.group()) if kind == "entity" else REPLACED
                turn.block.add_written(shown, line.start + mark.start(), line.start + place)
            elif kind != "break":
                turn.marks.append(Mark(len(turn.block.starts), mark.group()))
        turn.block.add(line.text[place:], line.start + place)
        yield turn


def read_block(turns: Iterable[Turn]) -> Block:
    """What is said in some turns, one after the other; nothing is written in the file for the blanks between them."""
    found = Block()
    for turn in turns:
        words = turn.words()
        if not words:
            continue
        if found.pieces:
            found.add_written(" ", found.ends[-1], found.ends[-1])
        found.pieces.append(words)
        found.starts.extend(turn.block.starts[turn.first : turn.last])
        found.ends.extend(turn.block.ends[turn.first : turn.last])
    return found


def remark(cues: Iterable[Cue], markup: re.Pattern[str]) -> str:
    """How many of the cues are too short to be read, and how many lines too long, if any."""
    hurried = long = 0
    read: list[str] = []
    for cue in cues:
        lines = [turn.shown() for turn in shown_lines(cue, 0, markup)]
        # What was on the screen just before need not be read again.
        letters = sum(len(line) for line in lines if line not in read)
        hurried += letters > _HURRIED * (cue.end - cue.start)
        long += sum(len(line) > LINE for line in lines)
        read = lines
    found = []
    if hurried:
        found.append(
            plural(
                "{count} cue above {rate} characters a second",
                "{count} cues above {rate} characters a second",
                hurried,
                rate=_HURRIED,
            )
        )
    if long:
        found.append(
            plural(
                "{count} line of more than {most} letters", "{count} lines of more than {most} letters", long, most=LINE
            )
        )
    return ", ".join(found)
