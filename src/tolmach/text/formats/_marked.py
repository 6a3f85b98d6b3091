"""A sentence among markup: what is marked in it, and the translation with the same marks where they belong.

A format says which tags or signs begin and end something (its pairs). What stands between the letters of a sentence is
one of these, or is carried along as it is: a footnote, a comment, an anchor, a break of the line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tolmach.text.formats import Edit, Rendering
from tolmach.text.formats._edits import Place, Places
from tolmach.text.formats._splices import Splices
from tolmach.text.identity import fold
from tolmach.text.model import REPLACED, Passage, Span

Pair = tuple[Span, Span]


class Mark(NamedTuple):
    """What is marked: a stretch of the folded sentence, how that begins and ends in the file, and where.

    `opens` and `closes` tell whether that is written within the sentence: what began in the one before only closes.
    """

    span: Span
    begin: str
    end: str
    extent: Span
    opens: bool = True
    closes: bool = True


class Point(NamedTuple):
    """What stands between two letters and marks none: its place in the folded sentence, how and where it is written."""

    place: int
    written: str
    at: int
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of a file: the stretch it is written in, its marks (outer ones first), points and objects in order.

    `soft`: what is written at the first line break that shows as a blank; empty: there is none.
    """

    extent: Span
    marks: tuple[Mark, ...]
    points: tuple[Point, ...]
    objects: tuple[str, ...]
    soft: str = ""


class Folded:
    """A sentence as it is written, and where its letters stand when it is folded."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = _places(text)

    def at(self, letter: int) -> int:
        """The place in the folded sentence of the letter of that number."""
        if self._places is not None:
            return self._places[letter]
        return min(len(fold(f"{self._text[:letter]}x")) - 1, len(fold(self._text)))


class Pairs:
    """The pairs of a file, to be looked up by where they begin or end."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._by_begin = sorted(pairs)
        self._by_end = sorted(self._by_begin, key=lambda pair: pair[1])
        self._begins = [pair[0].start for pair in self._by_begin]
        self._ends = [pair[1].start for pair in self._by_end]

    def touching(self, extent: Span) -> list[Pair]:
        """Those that begin or end within the stretch, in order."""
        first, last = bisect_left(self._begins, extent.start), bisect_left(self._begins, extent.end)
        found = set(self._by_begin[first:last])
        first, last = bisect_left(self._ends, extent.start), bisect_left(self._ends, extent.end)
        return sorted(found.union(self._by_end[first:last]), key=lambda pair: (pair[0].start, -pair[1].end))


def found_in(
    passages: Sequence[Passage], renderings: Iterable[Rendering]
) -> tuple[list[tuple[Rendering, Place]], list[Rendering]]:
    """The sentences with their places in the passages, and those that do not stand there."""
    places = Places(passages)
    found: list[tuple[Rendering, Place]] = []
    left: list[Rendering] = []
    for one in renderings:
        place = places.find(Edit(one.span, ""))
        if place is None or fold(place.passage.text[place.span.start : place.span.end]) != one.source:
            left.append(one)
        else:
            found.append((one, place))
    return found, left


def marked(place: Place, pairs: Pairs, splices: Splices[str], is_break: Callable[[str], bool]) -> Marked:
    """The sentence at this place of a passage with its marks; `is_break`: is a line break written so kept?"""
    return _Sentence(place, pairs, splices, is_break).marked()


class _Sentence:
    def __init__(self, place: Place, pairs: Pairs, splices: Splices[str], is_break: Callable[[str], bool]) -> None:
        passage, span = place
        self.text = passage.text[span.start : span.end]
        self.is_break = is_break
        self.splices = splices
        letters = range(span.start, span.end)
        written = [passage.locate(Span(letter, letter + 1)) for letter in letters]
        self.starts, self.ends = [one.start for one in written], [one.end for one in written]
        around = _neighbours(place)
        inner = Span(self.starts[0], self.ends[-1])
        found = [pair for pair in pairs.touching(Span(inner.start, inner.end)) if _is_own(pair, inner, around)]
        self.extent = Span(
            min([inner.start, *(pair[0].start for pair in found)]), max([inner.end, *(pair[1].end for pair in found)])
        )
        self.pairs = pairs.touching(self.extent)
        self.objects = {
            letter: splices.raw(Span(*span))
            for letter, span in enumerate(zip(self.starts, self.ends, strict=True))
            if self.text[letter] == REPLACED
        }
        self.folded = Folded(self.text)
        self.marks: list[Mark] = []
        self.points: list[Point] = []
        self.taken: list[Span] = []  # what is not looked at again
        self.whole: Span | None = None  # the last of it that was taken with all it holds

    def marked(self) -> Marked:
        """The sentence with its marks."""
        for begin, end in self.pairs:
            self._take(begin, end)
        soft = ""
        for letter, place, written in self._between():
            if self.text[letter : letter + 1].isspace() and place == self.starts[letter]:
                soft = soft or self._take_blank(letter, written)
            elif written.strip():
                self.points.append(Point(self.folded.at(letter), written, place))
        objects = tuple(self.objects[letter] for letter in sorted(self.objects))
        return Marked(self.extent, tuple(self.marks), tuple(sorted(self.points, key=lambda one: one.at)), objects, soft)

    def _take(self, begin: Span, end: Span) -> None:
        """Take what is between the signs for a mark, an object, or something without letters."""
        if self.whole and self.whole.overlaps(begin):
            return
        opens, closes = self.extent.start <= begin.start, end.end <= self.extent.end
        first = bisect_left(self.starts, begin.start) if opens else 0
        last = bisect_left(self.starts, end.start) if closes else len(self.starts)
        whole = Span(begin.start, end.end)
        is_object = first in self.objects and self.starts[first] == begin.start and self.ends[first] == begin.end
        if opens and closes and is_object and last == first + 1:
            self.objects[first] = self.splices.raw(whole)
            self.taken.append(whole)
            self.whole = whole
        elif opens and closes and first == last:
            self.points.append(Point(self.folded.at(first), self.splices.raw(whole), begin.start))
            self.taken.append(whole)
            self.whole = whole
        elif opens and closes and not self.text[first:last].strip():
            self.points.append(Point(self.folded.at(last), self.splices.raw(whole), begin.start, breaks=True))
            self.taken.append(whole)
            self.whole = whole
        else:
            for letter in self._letters(begin) + self._letters(end):
                self.objects[letter] = ""
            span = Span(self.folded.at(first), self.folded.at(last))
            signs = self.splices.raw(begin), self.splices.raw(end)
            self.marks.append(Mark(span, *signs, whole, opens, closes))
            self.taken += (begin, end)

    def _letters(self, sign: Span) -> list[int]:
        """What of the sign shows as an object."""
        first, last = bisect_left(self.starts, sign.start), bisect_left(self.starts, sign.end)
        return [letter for letter in range(first, last) if letter in self.objects]

    def _between(self) -> Iterator[tuple[int, int, str]]:
        """What is written between the letters and is not taken: the letter after it, its place and text.

        Blanks are among it, too: they may be written as the end of a line.
        """
        taken = sorted(self.taken)
        at = self.extent.start
        for letter in range(len(self.starts) + 1):
            start = self.starts[letter] if letter < len(self.starts) else self.extent.end
            for stretch in _without(Span(at, start), taken):
                yield letter, stretch.start, self.splices.raw(stretch)
            if letter < len(self.starts):
                at = max(at, self.ends[letter])
                if self.text[letter].isspace() and any(_without(Span(start, at), taken)):
                    yield letter, start, self.splices.raw(Span(start, at))

    def _take_blank(self, letter: int, written: str) -> str:
        """Take a line break that is kept for a point; return how a line end is written that shows as a blank."""
        if self.text[letter] != "\n" or not self.is_break(written):
            return written if "\n" in written else ""
        following = self.starts[letter + 1] if letter + 1 < len(self.starts) else self.extent.end
        blank = self.splices.content[self.ends[letter] : following]
        text = written if blank.strip() else written + blank
        self.points.append(Point(self.folded.at(letter + 1), text, self.starts[letter], breaks=True))
        return ""


def _places(text: str) -> list[int] | None:
    """Where each letter stands when blanks are folded; None where folding changes more than blanks."""
    folded = " ".join(text.split())
    if fold(text) != folded:
        return None
    places, place, blank = [], 0, True
    for sign in text:
        places.append(min(place, len(folded)))
        place += not (blank and sign.isspace())
        blank = sign.isspace()
    return [*places, len(folded)]


def _neighbours(place: Place) -> Span:
    """Where the letters before and after a sentence end and begin in the file; marks between are the sentence's."""
    passage, span = place
    before, after = span.start - 1, span.end
    starts, ends = passage.starts or (), passage.ends or ()
    while after < len(starts) and starts[after] == ends[after]:
        after += 1
    return Span(ends[before] if before >= 0 else -1, starts[after] if after < len(starts) else 1 << 60)


def _is_own(pair: Pair, inner: Span, around: Span) -> bool:
    """Does a pair that begins or ends in the sentence do both there, or just beside it?"""
    begin, end = pair
    return around.start <= begin.start and end.end <= around.end and begin.start < inner.end and end.end > inner.start


def _without(stretch: Span, taken: Sequence[Span]) -> Iterator[Span]:
    start = stretch.start
    first = max(0, bisect_right(taken, stretch) - 1)
    for one in map(taken.__getitem__, range(first, len(taken))):
        if one.start >= stretch.end:
            break
        if one.end > start:
            if one.start > start:
                yield Span(start, one.start)
            start = one.end
    if start < stretch.end:
        yield Span(start, stretch.end)
