"""Subtitles in another language: the translated sentences are spread over the cues of their sources.

Cues, times, places and tags stay. A cue has two lines at most, or one for each speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from tolmach.text import line_breaks
from tolmach.text.formats import Rendering
from tolmach.text.formats._edits import Splice
from tolmach.text.formats._subtitles.cues import Cue, Mark, Turn
from tolmach.text.formats._subtitles.glyphs import Glyph, Style, Styles, Tag, common, styles, write
from tolmach.text.formats._subtitles.speech import speeches, turns
from tolmach.text.identity import fold
from tolmach.text.model import REPLACED, Span

_BEFORE_POINTS = frozenset(",;:")  # marks that the points of an open cue take the place of
_POINTS = ("\u2026", "..")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Manner:
    """How the words of a file are written (None: they cannot be), its markup, and from which language into which.

    `markup` is as `shown_lines` asks for it.
    """

    markup: re.Pattern[str]
    escape: Callable[[str], str | None]
    languages: tuple[str, str]


class _Part(NamedTuple):
    """What is to stand in a turn from `start` to `end` of what it shows."""

    start: int
    end: int
    glyphs: list[Glyph]


@dataclass(slots=True)
class _Place:
    """A turn with its styles and its new parts, in order."""

    turn: Turn
    styles: Styles
    parts: list[_Part] = field(default_factory=list)


class _Piece(NamedTuple):
    """The stretch of a turn in which some of a sentence is said."""

    place: _Place
    start: int
    end: int

    def words(self) -> str:
        return self.place.turn.shown()[self.start : self.end]


def splices(
    text: str, cues: Sequence[Cue], renderings: Iterable[Rendering], manner: Manner
) -> tuple[list[Splice], tuple[Rendering, ...]]:
    """What must be written in the file `text` for the sentences, and those that cannot be put in place."""
    found = turns(cues, manner.markup)
    speeches(cues, found, manner.languages[0])
    places = [place for _cue, group in groupby(found, key=lambda turn: turn.cue) for place in _with_styles(list(group))]
    spoken = [place for place in places if place.turn.words().strip()]
    starts = [place.turn.block.starts[place.turn.first] for place in spoken]
    left: list[Rendering] = []
    for one in sorted(renderings, key=lambda one: one.span):
        pieces = list(_pieces(spoken, max(bisect_right(starts, one.span.start) - 1, 0), one.span))
        parts = _Sentence(text, one, pieces, manner).parts() if _stands(one, pieces, manner) else []
        for piece, glyphs in zip(pieces, parts, strict=False):
            piece.place.parts.append(_Part(piece.start, piece.end, glyphs))
        if not parts:
            left.append(one)
    by_cue = (list(group) for _cue, group in groupby(places, key=lambda place: place.turn.cue))
    changed = (group for group in by_cue if any(place.parts for place in group))
    return [_splice(text, cues[group[0].turn.cue], group, manner) for group in changed], tuple(left)


def _with_styles(of_cue: list[Turn]) -> Iterator[_Place]:
    for turn, found in zip(of_cue, styles(of_cue), strict=True):
        yield _Place(turn, found)


def _pieces(spoken: Sequence[_Place], number: int, span: Span) -> Iterator[_Piece]:
    """The pieces of the sentence that is written there, in the turns from that number on."""
    for place in map(spoken.__getitem__, range(number, len(spoken))):
        turn, starts = place.turn, place.turn.block.starts
        if starts[turn.first] >= span.end:
            return
        first, last = (bisect_left(starts, end, turn.first, turn.last) for end in (span.start, span.end))
        if first < last:
            yield _Piece(place, first, last)


def _stands(rendering: Rendering, pieces: Sequence[_Piece], manner: Manner) -> bool:
    """Is the sentence that which these pieces say, not put in place already, and can its translation be written?"""
    taken = any(piece.place.parts and piece.place.parts[-1].end > piece.start for piece in pieces)
    said = fold(" ".join(piece.words() for piece in pieces))
    return bool(pieces) and not taken and said == rendering.source and manner.escape(rendering.text) is not None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A translated sentence on its way into the pieces of its source."""

    text: str
    rendering: Rendering
    pieces: Sequence[_Piece]
    manner: Manner

    def parts(self) -> list[list[Glyph]]:
        """The glyphs of the translation for each of the pieces."""
        new = self.rendering.text
        terms = [target for _source, target in self.rendering.links]
        parts = line_breaks.spread(new, [len(one.words()) for one in self.pieces], self.manner.languages[1], terms)
        bases = [self._base(piece) for piece in self.pieces]
        inner: list[list[Tag]] = [[] for _sign in new]
        for tag, span in self._inner(bases):
            for tags in inner[span.start : span.end]:
                tags.append(tag)
        objects = self._objects()
        glyphs: list[list[Glyph]] = []
        for part, base in zip(parts, bases, strict=True):
            glyphs.append([])
            for place in range(part.start, part.end):
                written = objects.get(place) or self.manner.escape(new[place]) or new[place]
                glyphs[-1].append(Glyph(new[place], written, (*base, *inner[place])))
        return glyphs

    def _base(self, piece: _Piece) -> Style:
        """The tags around all of a piece."""
        found = [style for _place, style in _solid(piece)]
        base = found[0] if found else ()
        for style in found:
            base = base[: common(base, style)]
        return base

    def _inner(self, bases: Sequence[Style]) -> list[tuple[Tag, Span]]:
        """The tags around some words of the source, and what they are to stand around in the translation."""
        marked: dict[Tag, Span] = {}
        offset = 0
        for piece, base in zip(self.pieces, bases, strict=True):
            solid = dict(_solid(piece))
            for place in range(piece.start, piece.end):
                for tag in solid.get(place, ())[len(base) :]:
                    marked[tag] = Span(marked[tag].start if tag in marked else offset, offset + 1)
                # Of several blanks the source of the rendering has one.
                offset += place in solid or place - 1 in solid
            offset += 1
        if not marked:
            return []
        from tolmach.text.placing import placed

        one = self.rendering
        found = placed(one.source, one.text, list(marked.values()), self.manner.languages, one.links)
        return [(tag, span) for tag, span in zip(marked, found, strict=True) if span]

    def _objects(self) -> dict[int, str]:
        """What is written in the file for the objects of the translation, by their places."""
        written = [
            self.text[block.starts[place] : block.ends[place]]
            for piece in self.pieces
            for block in [piece.place.turn.block]
            for place, sign in enumerate(piece.words(), piece.start)
            if sign == REPLACED
        ]
        places = [place for place, sign in enumerate(self.rendering.text) if sign == REPLACED]
        return dict(zip(places, written, strict=False))


def _solid(piece: _Piece) -> Iterator[tuple[int, Style]]:
    """The places of a piece that are no blanks, with their styles."""
    for place, sign in enumerate(piece.words(), piece.start):
        if not sign.isspace():
            yield place, piece.place.styles.at(place)


def _splice(text: str, cue: Cue, places: Sequence[_Place], manner: Manner) -> Splice:
    """What is to be written for a cue."""
    lines = [_glyphs(text, place, manner) for place in places]
    line_end = _LINE_END.search(text)
    break_ = Glyph("\n", line_end[0] if line_end else "\n")
    spoken = [any(glyph.shown.strip() for glyph in line) for line in lines]
    glyphs: list[Glyph] = []
    for line, speaks in zip(lines, spoken, strict=True):
        if speaks and sum(spoken) == 1:
            _wrap(line, break_, manner.languages[1])
        if any(glyph.shown for glyph in line) and any(glyph.shown for glyph in glyphs):
            glyphs.append(break_)
        glyphs += line
    return Splice(cue.lines[0].start, cue.lines[-1].start + len(cue.lines[-1].text), write(glyphs))


def _wrap(glyphs: list[Glyph], break_: Glyph, language: str) -> None:
    places = [number for number, glyph in enumerate(glyphs) if glyph.shown]
    for blank in line_breaks.wrapped("".join(glyph.shown for glyph in glyphs), language):
        glyphs[places[blank]] = break_


def _glyphs(text: str, place: _Place, manner: Manner) -> list[Glyph]:
    """A turn with its new parts; what is between them stays."""
    found: list[Glyph] = []
    done = 0
    end = len(place.turn.block.starts)
    for part in (*place.parts, _Part(end, end + 1, [])):
        found += _as_it_was(text, place, Span(done, part.start), manner)
        inside = [point for point in place.styles.points if part.start < point.offset < part.end]
        found += _with_points(part, inside)
        if found and found[-1].shown in _BEFORE_POINTS and place.turn.shown().startswith(_POINTS, part.end):
            found.pop()
        done = part.end
    return found


def _as_it_was(text: str, place: _Place, span: Span, manner: Manner) -> Iterator[Glyph]:
    shown, block = place.turn.shown(), place.turn.block
    points = deque(point for point in place.styles.points if span.start <= point.offset <= span.end)
    for at in range(span.start, span.end + 1):
        while points and points[0].offset == at:
            yield Glyph("", points.popleft().written, None)
        if at < span.end:
            written = text[block.starts[at] : block.ends[at]] if shown[at] == REPLACED else manner.escape(shown[at])
            yield Glyph(shown[at], written or shown[at], place.styles.at(at))


def _with_points(part: _Part, points: Iterable[Mark]) -> list[Glyph]:
    """The glyphs of a part with the marks of its source, each before a word about as far into it."""
    glyphs = list(part.glyphs)
    share = len(part.glyphs) / (part.end - part.start)
    for point in reversed(list(points)):
        at = round((point.offset - part.start) * share)
        while 0 < at < len(part.glyphs) and not part.glyphs[at - 1].shown.isspace():
            at += 1
        glyphs.insert(at, Glyph("", point.written, None))
    return glyphs
