"""Where a sentence begins and ends in the bytes of a Word document: between runs, or in a run that is cut there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.text.formats._expat import Part
from tolmach.text.formats._office.read import Tag
from tolmach.text.formats._word.cuts import beginning, prefix
from tolmach.text.formats._word.edits import PRESERVE
from tolmach.text.formats._word.inline import Atom
from tolmach.text.formats._word.layout import Layout
from tolmach.text.model import Span


@dataclass(frozen=True, slots=True)
class Edge:
    """A place in the bytes, and what ends the run before it or begins it again behind.

    `tag` is that of a text which is cut; `whole`: nothing of the run is on the other side.
    """

    place: int
    written: bytes = b""
    tag: Tag | None = None
    whole: bool = True


def edges(part: Part, layout: Layout, atoms: tuple[int, int], letters: Span) -> tuple[int, int, Edge, Edge]:
    """The numbers of the first and last atom of a sentence, and where it begins and ends.

    `letters` are its bytes, which begin and end in the atoms of these numbers. What begins just before them and ends
    among them, or the other way round, belongs to the sentence too.
    """
    line, (first, last) = layout.atoms, atoms
    begin = _begin(part, layout.tags.get(line[first].start), line[first], letters.start)
    end = _end(part, layout.tags.get(line[last].start), line[last], letters.end)
    first, begin = _outwards(line, first, last, begin)
    last, end = _onwards(part, line, first, last, end)
    return first, last, begin, end


def _begin(part: Part, tag: Tag | None, atom: Atom, place: int) -> Edge:
    if atom.run is None:
        return Edge(atom.start)
    name = prefix(part, atom.run)
    before = part.content[part.tag(atom.start)[0] : place] if atom.kind == "text" else b""
    if before.strip() or (before and tag and tag.preserve):
        return Edge(place, b"</%bt></%br>" % (name, name), tag, whole=False)
    if atom.first_in_run():
        return Edge(atom.run.start)
    return Edge(atom.start, b"</%br>" % name, whole=False)


def _end(part: Part, tag: Tag | None, atom: Atom, place: int) -> Edge:
    if atom.run is None:
        return Edge(atom.end)
    name = prefix(part, atom.run)
    after = part.content[place : atom.end].partition(b"</")[0] if atom.kind == "text" else b""
    if after.strip() or (after and tag and tag.preserve):
        return Edge(place, beginning(part, atom.run) + b"<%bt%b>" % (name, PRESERVE), tag, whole=False)
    if part.content.startswith(b"</", atom.end):
        return Edge(atom.run.end)
    return Edge(atom.end, beginning(part, atom.run), whole=False)


def _outwards(line: Sequence[Atom], first: int, last: int, begin: Edge) -> tuple[int, Edge]:
    """The sentence with what begins just before it and ends within."""
    while begin.whole and first and line[first - 1].kind == "open":
        atom = line[first - 1]
        if not first <= atom.partner < last or not atom.first_in_run():
            break
        first, begin = first - 1, Edge(atom.run.start if atom.run else atom.start)
    return first, begin


def _onwards(part: Part, line: Sequence[Atom], first: int, last: int, end: Edge) -> tuple[int, Edge]:
    """The sentence with what begins within and ends just behind it."""
    while end.whole and last + 1 < len(line) and line[last + 1].kind == "close":
        atom = line[last + 1]
        if not first <= atom.partner <= last or (atom.run and not part.content.startswith(b"</", atom.end)):
            break
        last, end = last + 1, Edge(atom.run.end if atom.run else atom.end)
    return last, end
