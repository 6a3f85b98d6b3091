"""A paragraph of a Word document: texts, other parts of runs, and what is around them, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from tolmach.text.formats._expat import Part
from tolmach.text.formats._office.read import Run
from tolmach.text.formats._word.cuts import beginning, prefix
from tolmach.text.model import Span

# Elements that hold runs, and those that only name where something begins and ends.
_AROUND = frozenset({b"hyperlink", b"ins", b"moveTo", b"smartTag", b"fldSimple", b"customXml", b"dir", b"bdo"})
_STRETCHES = {
    b"bookmarkStart": b"bookmarkEnd",
    b"commentRangeStart": b"commentRangeEnd",
    b"permStart": b"permEnd",
}
# What a program has found out and finds out again.
_PASSING = frozenset({b"proofErr", b"lastRenderedPageBreak"})
_TAG = re.compile(rb"""<(?P<close>/)?(?P<name>[^\s/<>]++)[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>""")
_NUMBER = re.compile(rb":id\s*=\s*[\"']([^\"']*)")
_FIELD = re.compile(rb"fldCharType\s*=\s*[\"'](begin|separate|end)")


@dataclass(slots=True)
class Atom:
    """A stretch of a paragraph: its bytes, the run that it is a part of, and how it is written by itself.

    A `text` can be replaced, `carried` is all else that shows or acts; `open` and `close` are the ends of what stands
    around others: `name` tells what, `partner` is the number of the other end (-1: not in this paragraph).
    """

    kind: Literal["text", "carried", "open", "close"]
    start: int
    end: int
    run: Run | None = None
    name: bytes = b""
    partner: int = -1
    parts: tuple[Atom, ...] = ()

    def first_in_run(self) -> bool:
        """Does nothing else of its run stand before it?"""
        return self.run is None or self.start == (self.run.properties or (0, self.run.tag_end))[1]


@dataclass(slots=True)
class _Scan:
    """Reads a paragraph tag by tag."""

    part: Part
    atoms: list[Atom] = field(default_factory=list)
    run: Run | None = None
    held: tuple[int, bytes] | None = None  # where an element that is taken as a whole begins, and its name
    depth: int = 0
    control: int = -1  # where the tags of a content control begin
    first: bytes = b""

    def paragraph(self, start: int) -> list[Atom] | None:
        """The atoms; None where something is written as no program does it."""
        opening = True
        for found in _TAG.finditer(self.part.content, start):
            name = found["name"]
            if name.startswith((b"!", b"?")):
                return None
            if opening:
                self.first, opening = name[: name.rindex(b":") + 1] if b":" in name else b"", False
                continue
            local = name[len(self.first) :] if name.startswith(self.first) else b""
            if self.held is not None:
                if self.held[1] == b"t" and not (found["close"] and local == b"t"):
                    return None
                self._inside(found)
            elif found["close"]:
                if local == b"p":
                    return self.atoms
                self._close(found, local)
            else:
                self._open(found, local)
        return None

    def _inside(self, found: re.Match[bytes]) -> None:
        self.depth += 0 if _is_empty(found) else -1 if found["close"] else 1
        if not self.depth:
            self._whole(found.end())

    def _whole(self, end: int) -> None:
        """Take the element that ends here."""
        start, name = self.held or (0, b"")
        self.held = None
        if name == b"rPr" and self.run:
            self.run.properties = (start, end)
        elif name == b"t" and self.run:
            self.atoms.append(Atom("text", start, end, self.run))
        elif name in _STRETCHES or name in _STRETCHES.values():
            number = _NUMBER.search(self.part.content, start, end)
            opens = name in _STRETCHES
            pair = (name if opens else next(one for one, other in _STRETCHES.items() if other == name)) + b" "
            self.atoms.append(
                Atom("open" if opens else "close", start, end, None, pair + (number[1] if number else b""))
            )
        elif name.endswith(b"Pr") and not self.run and self.atoms and self.atoms[-1].end == start:
            self.atoms[-1].end = end  # what an element says of itself
        elif name != b"pPr" and self.control < 0:
            self.atoms.append(Atom("carried", start, end, self.run, name))

    def _open(self, found: re.Match[bytes], local: bytes) -> None:
        start, end = found.span()
        if self.run is None and local == b"r":
            self.run = Run(start, end, end)
            if _is_empty(found):
                self.run = None
        elif self.run is None and local == b"sdt":
            self.control = start
        elif self.run is None and (local in _AROUND or (local == b"sdtContent" and self.control >= 0)):
            begins, self.control = (self.control if local == b"sdtContent" else start), -1
            self.atoms.append(Atom("carried" if _is_empty(found) else "open", begins, end, None, local))
        else:
            self.held, self.depth = (start, local), 1
            if _is_empty(found):
                self._whole(end)

    def _close(self, found: re.Match[bytes], local: bytes) -> None:
        if local == b"r" and self.run:
            self.run.end, self.run = found.end(), None
        elif local == b"sdt" and self.atoms and self.atoms[-1].name == b"sdtContent":
            self.atoms[-1].end = found.end()
        else:
            self.atoms.append(Atom("close", found.start(), found.end(), None, local))


def _is_empty(tag: re.Match[bytes]) -> bool:
    return tag[0].endswith(b"/>")


def atoms(part: Part, start: int) -> list[Atom] | None:
    """The atoms of the paragraph that begins there, without what programs find out again; None: they are not told."""
    found = _Scan(part).paragraph(start)
    if found is None:
        return None
    joined = list(_fields(part, [atom for atom in found if atom.name not in _PASSING]))
    joined = list(_comments(joined))
    _pair(joined)
    return joined


def _comments(found: list[Atom]) -> Iterator[Atom]:
    """The atoms with the end of what is commented on and the comment as one."""
    before: Atom | None = None
    for atom in found:
        if before is not None:
            if atom.name == b"commentReference":
                yield replace(before, end=atom.end, run=atom.run, parts=(before, atom))
                before = None
                continue
            yield before
        before = atom if atom.name.startswith(b"commentRangeStart ") and atom.kind == "close" else None
        if before is None:
            yield atom
    if before is not None:
        yield before


def _fields(part: Part, found: list[Atom]) -> Iterator[Atom]:
    """The atoms with all up to the result of a field as its opening, and a field without result as one."""
    pending: list[list[Atom]] = []
    for atom in found:
        kind = _field(part, atom)
        if kind == b"begin":
            pending.append([])
        if pending:
            pending[-1].append(atom)
        elif kind == b"end":
            yield replace(atom, kind="close", name=b"field", parts=(atom,))
        else:
            yield atom
        if len(pending) == 1 and kind in (b"separate", b"end"):
            parts = tuple(pending.pop())
            whole = Atom("open" if kind == b"separate" else "carried", parts[0].start, atom.end, None, b"field")
            yield replace(whole, run=parts[0].run, parts=parts)
        elif len(pending) > 1 and kind == b"end":
            inner = pending.pop()
            pending[-1] += inner
    for left in pending:
        yield from left


def _field(part: Part, atom: Atom) -> bytes:
    found = _FIELD.search(part.content, atom.start, atom.end) if atom.name == b"fldChar" else None
    return found[1] if found else b""


def _pair(found: list[Atom]) -> None:
    """Tell the two ends of everything of each other; what crosses another is carried, each end by itself."""
    open_: list[int] = []
    for number, atom in enumerate(found):
        if atom.kind == "open":
            open_.append(number)
        elif atom.kind == "close":
            match = next((one for one in reversed(open_) if found[one].name == atom.name), -1)
            if match < 0:
                continue
            if open_[-1] == match or b" " not in atom.name:
                for crossing in open_[open_.index(match) + 1 :]:
                    if b" " in found[crossing].name:
                        found[crossing].kind = "carried"
                del open_[open_.index(match) :]
                atom.partner, found[match].partner = match, number
            else:
                open_.remove(match)
                atom.kind = found[match].kind = "carried"
    for atom in found:
        # Ends of a stretch in another paragraph.
        if b" " in atom.name and atom.partner < 0 and atom.kind != "text":
            atom.kind = "carried"


def written(part: Part, atom: Atom, raw: Callable[[Span], bytes]) -> bytes:
    """How the atom is written by itself; `raw` gives what is to stand in a stretch of the part."""
    if atom.parts:
        return b"".join(written(part, one, raw) for one in atom.parts)
    content = raw(Span(atom.start, atom.end))
    if atom.run is None:
        return content
    return beginning(part, atom.run) + content + b"</%br>" % prefix(part, atom.run)
