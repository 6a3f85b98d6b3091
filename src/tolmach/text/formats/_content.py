"""The text of one side of a translation unit in XML: what is read of it, and where that is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tolmach.text.formats import _xml
from tolmach.text.model import REPLACED

_WRITTEN_OTHERWISE = re.compile(r"(?P<reference>&[^;]*+;)|(?P<line_end>\r\n?)")


@dataclass(frozen=True, slots=True)
class Inline:
    """What the elements within a text do.

    `codes` hold code and show nothing, `objects` hold code and stand for something between words; all others hold text
    and, unless they are `transparent`, stand for something when they are empty. A marker (`mrk`) of a type in `deleted`
    holds text that is gone, of one in `fixed` text that must stay. An object of a type in `formatting` shows nothing.
    `signs` are codes that a program writes as text: its group `object` stands for something, all else shows nothing.
    """

    transparent: frozenset[str]
    codes: frozenset[str]
    objects: frozenset[str]
    formatting: frozenset[str]
    deleted: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    signs: re.Pattern[str] | None = None

    @classmethod
    def of_table(cls, table: dict[str, Any], signs: str = "") -> Inline:
        """The description in a data file; `signs` is a pattern."""
        pattern = re.compile(f"{signs}|{_WRITTEN_OTHERWISE.pattern}") if signs else None
        return cls(**{name: frozenset(values) for name, values in table.items()}, signs=pattern)


class Piece(NamedTuple):
    """Text that is shown for what stands from `start` to `end` in the file.

    `text` and `cdata` are written as shown; a `reference` can only be replaced as a whole, what is `fixed` not at all.
    """

    shown: str
    start: int
    end: int
    kind: Literal["text", "cdata", "reference", "fixed"]


@dataclass(slots=True)
class Content:
    """The text of a side of a unit, and where each part of it is written."""

    pieces: list[Piece] = field(default_factory=list)

    def text(self) -> str:
        """What is read."""
        return "".join([piece.shown for piece in self.pieces])


@dataclass(slots=True)
class Element:
    """What was read of an element: the text of the segments marked in it, by their ids, and the text outside them."""

    outside: Content = field(default_factory=Content)
    segments: dict[str, Content] = field(default_factory=dict)

    def whole(self) -> Content:
        """All text of the element, in and outside of segments."""
        if not self.segments:
            return self.outside
        contents = (self.outside, *self.segments.values())
        return Content(sorted((piece for one in contents for piece in one.pieces), key=lambda piece: piece.start))


class _Open(NamedTuple):
    """Where the text of an open element goes."""

    content: Content
    fixed: bool


def read(reader: _xml.Reader, tag: _xml.Token, inline: Inline, prefix: str = "") -> Element:
    """Read the element that `tag` opens, to its end; `prefix` is that of the format's own elements."""
    element = Element()
    if _xml.is_empty(tag):
        return element
    place = reader.place
    stack = [_Open(element.outside, fixed=False)]
    for token in reader:
        if token.start() > place:
            _take(reader.text, place, token.start(), stack[-1], inline)
        if token["name"] is None:
            _take_section(token, stack[-1])
        elif not token["close"]:
            _open(element, stack, reader, token, inline, prefix)
        else:
            stack.pop()
            if not stack:
                break
        place = reader.place
    return element


def _take(text: str, start: int, end: int, top: _Open, inline: Inline) -> None:
    """Add the writing from `start` to `end`, which has no tags."""
    pieces = top.content.pieces
    plain: Literal["text", "fixed"] = "fixed" if top.fixed else "text"
    for found in (inline.signs or _WRITTEN_OTHERWISE).finditer(text, start, end):
        if found.start() > start:
            pieces.append(Piece(text[start : found.start()], start, found.start(), plain))
        start = found.end()
        if found.lastgroup == "line_end":
            pieces.append(Piece("\n", *found.span(), "fixed" if top.fixed else "reference"))
        elif found.lastgroup == "reference":
            shown = _xml.resolve(found.group())
            kind: Literal["reference", "fixed"] = "fixed" if top.fixed or not shown else "reference"
            pieces.append(Piece(shown or REPLACED, *found.span(), kind))
        elif found.lastgroup == "object":
            pieces.append(Piece(REPLACED, *found.span(), "fixed"))
    if end > start:
        pieces.append(Piece(text[start:end], start, end, plain))


def _take_section(token: _xml.Token, top: _Open) -> None:
    """Add a CDATA section; comments and instructions show nothing."""
    if not token["cdata"]:
        return
    start = token.start("cdata")
    for line in token["cdata"].splitlines(keepends=True):
        shown = line[:-2] if line.endswith("\r\n") else line
        if shown:
            end = start + len(shown)
            top.content.pieces.append(Piece(shown, start, end, "fixed" if top.fixed else "cdata"))
        if shown != line:
            top.content.pieces.append(Piece("\n", start + len(shown), start + len(line), "fixed"))
        start += len(line)


def _open(
    element: Element, stack: list[_Open], reader: _xml.Reader, tag: _xml.Token, inline: Inline, prefix: str
) -> None:
    """Enter an element within the text, or pass over it."""
    name = tag["name"].removeprefix(prefix)
    known = _xml.attributes(tag)
    kind = known.get("mtype", "")
    if name in inline.codes or kind in inline.deleted:
        reader.skip(tag)
        return
    empty = _xml.is_empty(tag)
    if name in inline.objects or (empty and name not in inline.transparent):
        reader.skip(tag)
        if known.get("ctype", known.get("type", "")) not in inline.formatting:
            stack[-1].content.pieces.append(Piece(REPLACED, tag.start(), reader.place, "fixed"))
        return
    content, fixed = stack[-1]
    if name == "mrk" and kind == "seg":
        content = element.segments.setdefault(known.get("mid", ""), Content())
    if not empty:
        stack.append(_Open(content, fixed or kind in inline.fixed or known.get("translate") == "no"))
