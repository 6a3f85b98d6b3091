"""A paragraph of a Word document as several of its sentences ask for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.text.formats._expat import Part
from tolmach.text.formats._office.read import Paragraph, Run, Tag
from tolmach.text.formats._office.rendering import byte_places
from tolmach.text.formats._word.inline import Atom, atoms
from tolmach.text.model import Span

_NO_LOOK = re.compile(rb"<[\w.-]*:?(?:lang|noProof)\b[^>]*>|<([\w.-]*:?rPrChange)\b.*</\1>", re.DOTALL)
_OUTSIDE = 1000  # a letter outside of links and fields counts as so many within


@dataclass(frozen=True, slots=True)
class Layout:
    """The atoms of a paragraph, its text, the bytes of each code point, how much of it has which look.

    `tags` are those of its texts by where they begin.
    """

    atoms: list[Atom]
    text: str
    places: Sequence[Span]
    looks: Counter[bytes]
    tags: dict[int, Tag]

    def atom(self, place: int) -> int | None:
        """The number of the atom in which this byte is; None where it is in none, or at the end of what is around."""
        number = bisect_right(self.atoms, place, key=lambda atom: atom.start) - 1
        found = self.atoms[number] if number >= 0 else None
        return number if found and found.kind in ("text", "carried") and place < found.end else None


def layout(part: Part, paragraph: Paragraph) -> Layout | None:
    """The layout of the paragraph; None where it is written as no program does it."""
    line = atoms(part, paragraph.start)
    if line is None:
        return None
    looks: Counter[bytes] = Counter()
    depth = 0
    for atom in line:
        depth += (atom.kind == "open") - (atom.kind == "close")
        if atom.kind == "text" and atom.run is not None:
            looks[look(part, atom.run)] += (atom.end - atom.start) * (1 if depth > 0 else _OUTSIDE)
    tags = {piece.tag.start: piece.tag for piece in paragraph.pieces if piece.tag}
    return Layout(line, paragraph.text, byte_places(paragraph), looks, tags)


def look(part: Part, run: Run) -> bytes:
    """What the run says of its look."""
    start, end = run.properties or (0, 0)
    found = _NO_LOOK.sub(b"", part.content[start:end])
    return found if re.search(rb"<[^/][^>]*/>", found) else b""
