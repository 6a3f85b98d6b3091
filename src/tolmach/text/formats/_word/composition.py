"""A sentence of a Word document over several runs: the translation in runs, with all that stands among the letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from typing import Protocol

from tolmach.text.formats import _marked
from tolmach.text.formats._composed import composed
from tolmach.text.formats._expat import Part
from tolmach.text.formats._office.read import Paragraph, Run, pieces
from tolmach.text.formats._office.rendering import Sentence
from tolmach.text.formats._splices import Splices
from tolmach.text.formats._word.cuts import beginning, prefix
from tolmach.text.formats._word.edges import edges
from tolmach.text.formats._word.edits import PRESERVE, preserving
from tolmach.text.formats._word.inline import Atom, written
from tolmach.text.formats._word.layout import Layout, look
from tolmach.text.model import REPLACED, Span

# What may go when the translation has no place for it: who wrote a text, what a program has taken it for.
_LOOSE = frozenset({b"ins", b"moveTo", b"smartTag", b"customXml", b"dir", b"bdo"})
_HYPHENS = frozenset({b"noBreakHyphen", b"softHyphen"})


class Host(Protocol):
    """What writes runs for a composition, and takes what it writes."""

    part: Part
    splices: Splices[bytes]
    language: str
    beside: set[tuple[int, int, bytes]]

    def run(self, run: Run, text: str, *, told: bool) -> bytes:
        """A run with this text that looks as that one does."""


class Composition:
    """A sentence among the atoms of its paragraph."""

    def __init__(self, host: Host, sentence: Sentence, paragraph: Paragraph, layout: Layout) -> None:
        self.host, self.part, self.sentence = host, host.part, sentence
        self.layout, self.line = layout, layout.atoms
        self.paragraph, self.text = paragraph, sentence.text
        self.folded = _marked.Folded(self.text)
        self.places: list[Span] = []  # the bytes of each letter
        self.starts: list[int] = []
        self.signs: dict[str, bytes | Run] = {}
        self.objects: dict[int, bytes] = {}
        self.foreign: list[int] = []  # the objects that are text in another language
        self.told = False  # must the runs name their language?

    def write(self, letters: list[Span]) -> bool:
        """Write the sentence; whether that was possible."""
        places = self.layout.places
        self.places = [Span(places[one.start].start, places[one.end - 1].end) for one in letters]
        self.starts = [one.start for one in self.places]
        self.foreign = [
            number
            for number, one in enumerate(letters)
            if self.text[number] == REPLACED and self.layout.text[one.start : one.end] != REPLACED
        ]
        stretches = [self.places[number] for number in self.foreign]
        self.told = any(
            piece.language
            for piece in pieces(self.paragraph, Span(letters[0].start, letters[-1].end)) or ()
            if not any(one.start <= piece.start < one.end for one in stretches)
        )
        inner = Span(self.starts[0], self.places[-1].end)
        first, last = self.layout.atom(inner.start), self.layout.atom(max(inner.end - 1, self.starts[-1]))
        if first is None or last is None or not self._is_told(first, last):
            return False
        first, last, begin, end = edges(self.part, self.layout, (first, last), inner)
        text = self._composed(first, last)
        if text is None or not self.host.splices.add(Span(begin.place, end.place), begin.written + text + end.written):
            return False
        for edge in (begin, end):
            if edge.tag is not None and not edge.tag.preserve:
                self.host.beside.update(preserving(edge.tag))
        return True

    def _is_told(self, first: int, last: int) -> bool:
        """Are all letters in texts, but for objects, breaks and hyphens?"""
        allowed = [atom for atom in self.line[first : last + 1] if atom.kind == "carried" and atom.name not in _HYPHENS]
        return not any(
            sign not in (REPLACED, " ")
            for atom in allowed
            for sign in self.text[bisect_left(self.starts, atom.start) : bisect_left(self.starts, atom.end)]
        )

    def _composed(self, first: int, last: int) -> bytes | None:
        base = self._base(first, last)
        if base is None:
            return None
        marks, points = self._marks(first, last)
        marks += self._marks_of_looks(first, last, base)
        objects = tuple(self._sign("=", self.objects[place]) for place in sorted(self.objects))
        if len(objects) != self.text.count(REPLACED):
            return None
        extent = Span(self.starts[0], self.places[-1].end)
        marked = _marked.Marked(extent, tuple(sorted(marks, key=_outer_first)), tuple(points), objects)
        languages = (self.sentence.language, self.host.language)
        tokens = composed(self.sentence.rendering, marked, languages, list, _keeps)
        lost = [mark for mark in marks if mark.begin.startswith("?") and mark.begin not in tokens]
        return b"".join(self._runs([*tokens, *(sign for mark in lost for sign in (mark.begin, mark.end))], base))

    def _runs(self, tokens: list[str | None], base: Run) -> Iterator[bytes]:
        """The bytes of what has been composed, the letters in runs."""
        look, letters = base, ""
        for token in [*tokens, ""]:
            sign = self.signs.get(token or "")
            if sign is None and token != "":
                letters += " " if token is None else token
                continue
            if letters:
                yield self.host.run(look, letters, told=self.told)
                letters = ""
            if isinstance(sign, bytes):
                yield sign
            elif sign is not None:
                look = sign

    def _sign(self, kind: str, meant: bytes | Run) -> str:
        """A name for something among the letters, which is longer than any of these."""
        name = f"{kind}{len(self.signs)}"
        self.signs[name] = meant
        return name

    def _count(self, place: int) -> int:
        """How many letters stand before this byte."""
        return bisect_left(self.starts, place)

    def _span(self, first: int, last: int) -> Span:
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return Span(self.folded.at(first), self.folded.at(last))

    def _written(self, first: int, last: int) -> bytes:
        """What the atoms are by themselves, with what has been written in them already."""
        raw = self.host.splices.raw
        return b"".join(written(self.part, atom, raw) for atom in self.line[first : last + 1])

    def _marks(self, first: int, last: int) -> tuple[list[_marked.Mark], list[_marked.Point]]:
        """What stands around letters, and what stands between them; objects are noted."""
        marks: list[_marked.Mark] = []
        points: list[_marked.Point] = []
        number = first
        while number <= last:
            atom, ends = self.line[number], number
            letters = Span(self._count(atom.start), self._count(atom.end))
            if atom.kind == "open" and number < atom.partner <= last:
                ends = atom.partner
                letters = Span(letters.start, self._count(self.line[ends].start))
            if atom.kind == "text" and letters.start == letters.end:
                self._take_hidden(number, letters, points)
            elif atom.kind == "text":
                ends = self._take_foreign(number)
            elif atom.kind == "carried" or (ends > number and self._is_bare(letters)):
                self._take(number, ends, letters, points)
            elif atom.kind == "open":
                marks.append(self._mark(number, ends, letters))
                ends = number
            elif atom.kind == "close" and atom.partner < first:
                marks.append(self._mark_before(number, letters))
            number = ends + 1
        return marks, points

    def _is_bare(self, letters: Span) -> bool:
        """Are these blanks at most, or one object?"""
        held = self.text[letters.start : letters.end]
        return not held.strip() or (held == REPLACED and letters.start not in self.foreign)

    def _take(self, first: int, last: int, letters: Span, points: list[_marked.Point]) -> None:
        """Carry these atoms: for an object, else for something between the letters."""
        atom, place = self.line[first], letters.start
        whole = self._written(first, last)
        if letters.start < letters.end and self.text[place] == REPLACED:
            self.objects[place] = self.objects.get(place, b"") + whole
        elif atom.name not in _HYPHENS:
            breaks = letters.start < letters.end
            key = self._sign("=", whole)
            points.append(_marked.Point(self.folded.at(place + breaks), key, atom.start, breaks))

    def _take_hidden(self, number: int, letters: Span, points: list[_marked.Point]) -> None:
        """Carry a text that is not read, unless it is empty."""
        atom = self.line[number]
        if self.part.content[self.part.tag(atom.start)[0] : atom.end].partition(b"</")[0].strip():
            self._take(number, number, letters, points)

    def _mark(self, first: int, last: int, letters: Span) -> _marked.Mark:
        """What begins here and ends there, or in a later sentence."""
        atom, closes = self.line[first], last > first
        kind = "?" if b" " in atom.name else "." if atom.name in _LOOSE else "!"
        begin = self._sign(kind, self._written(first, first))
        end = self._sign("/", self._written(last, last)) if closes else ""
        span = self._span(letters.start, letters.end if closes else len(self.text))
        extent = Span(atom.start, self.line[last].end if closes else self.places[-1].end + 1)
        return _marked.Mark(span, begin, end, extent, closes=closes)

    def _mark_before(self, number: int, letters: Span) -> _marked.Mark:
        """What began in an earlier sentence and ends here."""
        end = self._sign("/", self._written(number, number))
        extent = Span(self.starts[0], self.line[number].end)
        return _marked.Mark(self._span(0, letters.start), "", end, extent, opens=False)

    def _take_foreign(self, first: int) -> int:
        """Carry the stretch in another language that begins in this text, if one does; the last atom of it."""
        atom, last = self.line[first], first
        for letter in self.foreign:
            place = self.places[letter]
            if not atom.start <= place.start < atom.end:
                continue
            while last + 1 < len(self.line) and self.line[last + 1].start < place.end:
                last += 1
            if all(one.kind in ("text", "carried") for one in self.line[first : last + 1]):
                parts = (self._cut(number, place) for number in range(first, last + 1))
                self.objects[letter] = b"".join(parts)
        return last

    def _cut(self, number: int, stretch: Span) -> bytes:
        """What of the atom is in this stretch, by itself."""
        atom = self.line[number]
        if atom.kind != "text" or atom.run is None:
            return self._written(number, number)
        name, tag_end = prefix(self.part, atom.run), self.part.tag(atom.start)[0]
        end = self.part.content.rindex(b"</", tag_end, atom.end)
        letters = self.host.splices.raw(Span(max(stretch.start, tag_end), min(stretch.end, end)))
        return b"%b<%bt%b>%b</%bt></%br>" % (beginning(self.part, atom.run), name, PRESERVE, letters, name, name)

    def _base(self, first: int, last: int) -> Run | None:
        """The run whose look most of the paragraph has."""
        runs: dict[bytes, Run] = {}
        for atom in self.line[first : last + 1]:
            if atom.run is not None and atom.kind == "text" and self._words(atom):
                runs.setdefault(look(self.part, atom.run), atom.run)
        if runs:
            return runs[max(runs, key=self.layout.looks.__getitem__)]
        return next((atom.run for atom in self.line[first : last + 1] if atom.run), None)

    def _words(self, atom: Atom) -> str:
        """The letters of the sentence in a text, without blanks at its ends and objects."""
        return self.text[self._count(atom.start) : self._count(atom.end)].strip(f" {REPLACED}")

    def _marks_of_looks(self, first: int, last: int, base: Run) -> list[_marked.Mark]:
        """The stretches that look otherwise."""
        marks: list[_marked.Mark] = []
        usual = look(self.part, base)
        parts = groupby(self.line[first : last + 1], key=lambda atom: atom.kind in ("open", "close"))
        for texts in (list(part) for is_edge, part in parts if not is_edge):
            worded = [atom for atom in texts if atom.kind == "text" and atom.run and self._words(atom)]
            for own, same in groupby(worded, key=lambda atom: look(self.part, atom.run) if atom.run else b""):
                stretch = list(same)
                if own == usual or stretch[0].run is None:
                    continue
                span = self._span(self._count(stretch[0].start), self._count(stretch[-1].end))
                begin, end = self._sign("~", stretch[0].run), self._sign("/", base)
                marks.append(_marked.Mark(span, begin, end, Span(stretch[0].start, stretch[-1].end)))
        return marks


def _outer_first(mark: _marked.Mark) -> tuple[int, int, int, int]:
    return mark.span.start, -mark.span.end, mark.extent.start, -mark.extent.end


def _keeps(mark: _marked.Mark) -> bool:
    return mark.begin.startswith("!")
