"""Changing a glossary file by program: what is not touched stays as it is, to the byte.

A file is cut into pieces, one for each concept, with whatever stands between them. A changed concept is changed table
by table, so that comments and the order of keys survive in the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tolmach.errors import TolmachError, raise_all
from tolmach.files import read_bytes
from tolmach.glossary import written
from tolmach.glossary.model import Concept
from tolmach.glossary.parse import parse
from tolmach.messages import _

_CONCEPT = re.compile(r"\s*\[\[\s*concept\s*\]\]\s*(?:#.*)?")
_HEADER = re.compile(r"\s*\[{1,2}[^\[\]]+\]{1,2}\s*(?:#.*)?")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LONG_STRING = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Piece:
    """A concept with its text, and what stands between it and the one before it."""

    gap: str
    text: str
    concept: Concept


@dataclass(frozen=True)
class GlossaryFile:
    """A glossary file in pieces; `newline` is how its lines end."""

    path: Path
    pieces: tuple[Piece, ...] = ()
    tail: str = ""
    newline: str = "\n"

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts in the order of the file."""
        return tuple(piece.concept for piece in self.pieces)

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(part for piece in self.pieces for part in (piece.gap, piece.text)) + self.tail

    def get(self, identity: str) -> Concept | None:
        """The concept of that id."""
        return next((concept for concept in self.concepts if concept.id == identity), None)

    def put(self, concepts: Iterable[Concept]) -> GlossaryFile:
        """The file with these concepts: each in the place of the one with its id, new ones at the end."""
        wanted = {concept.id: concept for concept in concepts}
        if not wanted:
            return self
        pieces = tuple(
            self._revised(piece, wanted.pop(piece.concept.id)) if piece.concept.id in wanted else piece
            for piece in self.pieces
        )
        found = replace(self, pieces=pieces)
        if not wanted:
            return found
        first, *others = wanted.values()
        # Only the first one meets what the file ends with: to look at the whole file for each would take hours.
        added = (Piece(self.newline, self._text(concept), concept) for concept in others)
        found = found.append(first)
        return replace(found, pieces=(*found.pieces, *added))

    def _text(self, concept: Concept) -> str:
        return written.text(concept).replace("\n", self.newline)

    def _revised(self, piece: Piece, concept: Concept) -> Piece:
        if values(piece.concept) == values(concept):
            return piece
        text = revised(piece.text.replace("\r\n", "\n"), piece.concept, concept)
        return Piece(piece.gap, text.replace("\n", self.newline), concept)

    def append(self, concept: Concept) -> GlossaryFile:
        """The file with a new concept at its end."""
        return self.insert(concept, len(self.pieces))

    def insert(self, concept: Concept, place: int) -> GlossaryFile:
        """The file with a new concept before the one that is at `place` now."""
        text = self._text(concept)
        if place < len(self.pieces):
            follower = self.pieces[place]
            blank = "" if not place or follower.gap.strip() else self.newline
            first = Piece(follower.gap or blank, text, concept)
            rest = (first, replace(follower, gap=self.newline), *self.pieces[place + 1 :])
            return replace(self, pieces=(*self.pieces[:place], *rest))
        gap = self.tail
        before = self.text
        if before.strip("\ufeff"):
            gap += "" if before.endswith("\n") else self.newline
            gap += "" if (before + gap).endswith(2 * self.newline) and not gap else self.newline
        return replace(self, pieces=(*self.pieces, Piece(gap, text, concept)), tail="")

    def without(self, identity: str) -> GlossaryFile:
        """The file without the concept of that id; the comments before it stay."""
        place = next(number for number, piece in enumerate(self.pieces) if piece.concept.id == identity)
        gap, rest = self.pieces[place].gap, self.pieces[place + 1 :]
        if rest:
            after = rest[0].gap
            joined = gap if not after.strip() else gap.rstrip("\r\n") + self.newline + after if gap.strip() else after
            return replace(self, pieces=(*self.pieces[:place], replace(rest[0], gap=joined), *rest[1:]))
        tail = gap + self.tail if (gap + self.tail).strip() else self.tail
        return replace(self, pieces=self.pieces[:place], tail=tail)


def read(path: Path) -> GlossaryFile:
    """The file in pieces; an empty one where there is none yet.

    Raises TolmachError for a file that is no valid glossary, and for one whose concepts are not written as tables.
    """
    if not path.exists():
        return GlossaryFile(path)
    return cut(read_bytes(path), path)


def cut(content: bytes, path: Path) -> GlossaryFile:
    """The content of a glossary file in pieces; raises TolmachError as `read` does."""
    concepts, problems = parse(content, str(path))
    raise_all(problems)
    text = content.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = list(_cut_at(text, _CONCEPT))
    pieces = []
    gap = parts[0]
    for part, concept in zip(parts[1:], concepts, strict=False):
        own, after = _own(part)
        pieces.append(Piece(gap, own, concept))
        gap = after
    if len(parts) - 1 != len(concepts) or not all(map(_is_whole, pieces)):
        raise TolmachError(
            _("the program cannot change this file: its concepts are not written as tables"),
            path=path,
            hint=_("write every concept under a line [[concept]] of its own"),
        )
    return GlossaryFile(path, tuple(pieces), gap, newline)


def _cut_at(text: str, header: re.Pattern[str]) -> Iterator[str]:
    """The text cut before every header line; what precedes the first one comes first, even if it is nothing."""
    part, quoted = "", ""
    for line in _lines(text):
        if not quoted and header.fullmatch(line.rstrip("\r\n")):
            yield part
            part = ""
        part += line
        for found in _LONG_STRING.findall(line):
            quoted = "" if quoted == found else quoted or found
    yield part


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _own(part: str) -> tuple[str, str]:
    """The text of a table, and the comments and blank lines after it."""
    lines = _lines(part)
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    # A comment right below the last key belongs to it; after a blank line it belongs to what follows.
    while end < len(lines) and lines[end].strip():
        end += 1
    return "".join(lines[:end]), "".join(lines[end:])


def _is_whole(piece: Piece) -> bool:
    found, problems = parse(piece.text.encode(), piece.concept.path)
    return not problems and [values(one) for one in found] == [values(piece.concept)]


def values(concept: Concept) -> Concept:
    """The concept without the place where it stands."""
    return replace(concept, path="", line=0)


def revised(text: str, before: Concept, after: Concept) -> str:
    """The text of a concept changed into that of another version of it; raises nothing for any text that is valid.

    Tables that say what they said stay as they are written, the others keep their comments and the order of keys.
    """
    found = _by_table(text, before, after)
    kept, problems = parse(found.encode(), "")
    if not problems and [values(one) for one in kept] == [values(after)]:
        return found
    return written.text(after)


def _by_table(text: str, before: Concept, after: Concept) -> str:
    first, head, *tables = _cut_at(text, _HEADER)
    keys = [key for key, _text in written.sections(before)]
    # Designations may also be written on one line: de = [{ form = … }].
    if first or not tables or len(keys) != len(tables):
        return ""
    old = dict(zip(keys, tables, strict=True))
    parts = [_changed(head, written.head_values(before), written.head_values(after))]
    own, new = (dict(_section_values(concept)) for concept in (before, after))
    last = tables[-1]
    for key, fresh in written.sections(after):
        # The last table has no blank lines after it; where it or a new one is followed by another, it gets them.
        kept = old[key] if key in old and old[key] is not last else f"{old.get(key, fresh).rstrip()}{_end(head)}"
        parts.append(_changed(kept, own[key], new[key]) if key in old else kept)
    return "".join(parts).rstrip("\n") + _end(text)


def _section_values(concept: Concept) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for language, designations in concept.designations.items():
        for entry in designations:
            yield written.identity(language, entry), written.designation_values(entry)
    for language, examples in concept.examples.items():
        yield ("examples", language), {"ok": list(examples.ok), "flag": list(examples.flag)}


def _changed(text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """The text of one table with the keys changed that differ."""
    if before == after:
        return text
    import tomlkit

    document = tomlkit.parse(text.rstrip("\n") + "\n")
    table = _table_in(document, text)
    for key in before.keys() - after.keys():
        if key in table:
            del table[key]
    for key, value in after.items():
        if value != before.get(key):
            table[key] = tomlkit.parse(f"key = {written.written(value)}")["key"]
    return tomlkit.dumps(document).rstrip("\n") + _end(text)


def _end(text: str) -> str:
    """The line ends that close a text."""
    return text[len(text.rstrip("\n")) :]


def _table_in(document: Any, text: str) -> Any:
    """The one table of a text with a single header."""
    header = text.partition("\n")[0].partition("#")[0]
    table = document
    for key in header.strip(" []\t").split("."):
        table = table[key.strip()]
        if isinstance(table, list):
            table = table[0]
    return table
