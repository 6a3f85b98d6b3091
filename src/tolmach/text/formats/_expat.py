"""XML read by expat with the place of everything in the bytes; without DTD, entities of its own and network."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol
from xml.parsers import expat

from tolmach.errors import TolmachError
from tolmach.messages import _

Kind = Literal["letters", "sign", "fixed"]
Splice = tuple[int, int, bytes]
_DEEPEST = 2000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
_TAG = re.compile(rb"""<[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>""")
_ILLEGAL = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffb\ufffd\U00010000-\U0010ffff]")


class Reader(Protocol):
    """What is told about an XML file; `place` counts its bytes."""

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        """An element begins; names are `namespace local`."""

    def end(self, name: str, place: int) -> None:
        """It ends: `place` is that of its end tag, or behind the tag of an empty element."""

    def text(self, text: str, start: int, end: int, kind: Kind) -> None:
        """Text: letters as they are written, one sign that is written otherwise, or a section that must stay."""


class Silent:
    """A reader that takes note of nothing; those that are made of it take note of what they define anew."""

    __slots__ = ()

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        """Nothing to do."""

    def end(self, name: str, place: int) -> None:
        """Nothing to do."""

    def text(self, text: str, start: int, end: int, kind: Kind) -> None:
        """Nothing to do."""


@dataclass(slots=True)
class _Tags(Silent):
    found: list[tuple[str, dict[str, str], int]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        self.found.append((name, attributes, place))


class RefusedError(Exception):
    """What a reader says when the file holds what it will not read."""


@dataclass(frozen=True, slots=True)
class Part:
    """An XML file, or one in an archive: its name for messages, its bytes in UTF-8 and how they were encoded."""

    name: str
    content: bytes
    encoding: str

    def tag(self, place: int) -> tuple[int, bool]:
        """Where the tag at `place` ends, and whether it is that of an empty element."""
        found = _TAG.match(self.content, place)
        end = found.end() if found else place
        return end, self.content[end - 2 : end] == b"/>"

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The bytes as the file had them, with each stretch replaced; the stretches do not overlap."""
        pieces, place = [], 0
        for start, end, written in sorted(splices, key=lambda splice: splice[:2]):
            pieces += [self.content[place:start], written]
            place = end
        whole = b"".join([*pieces, self.content[place:]])
        if self.encoding == "utf-8":
            return whole
        mark = codecs.BOM_UTF16_LE if self.encoding == "utf-16-le" else codecs.BOM_UTF16_BE
        return mark + whole.decode("utf-8").encode(self.encoding)


def part(name: str, content: bytes, path: str) -> Part:
    """The file in UTF-8; raises TolmachError for an encoding that these formats do not allow."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            try:
                return Part(name, content[2:].decode(encoding).encode("utf-8"), encoding)
            except UnicodeError:
                raise _error(_("damaged UTF-16 text"), name, path) from None
    found = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    if found and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        declared = found[1].decode("ascii", "replace")
        raise _error(_("encoded as {encoding}, not as UTF-8").format(encoding=declared), name, path)
    return Part(name, content, "utf-8")


def _error(reason: str, name: str, path: str, line: int | None = None) -> TolmachError:
    return TolmachError(
        _("the part {name} cannot be read: {reason}").format(name=name, reason=reason),
        path=path,
        line=line,
        hint=_("open it in its program and save it anew"),
    )


def parse(source: Part, path: str, reader: Reader) -> None:
    """Tell `reader` everything in the file; raises TolmachError for one that is not well-formed or has a DTD."""
    parser = expat.ParserCreate("utf-8", " ")
    sections = [False]

    def refuse(*_arguments: object) -> None:
        raise RefusedError(_("a document type declaration, which such a document must not have"))

    def in_section(inside: bool) -> Callable[[], None]:
        return lambda: sections.__setitem__(0, inside)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: reader.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: reader.end(name, parser.CurrentByteIndex)
    parser.StartCdataSectionHandler = in_section(True)
    parser.EndCdataSectionHandler = in_section(False)
    parser.CharacterDataHandler = lambda text: reader.text(
        text, *_written(source.content, text, parser.CurrentByteIndex, fixed=sections[0])
    )
    try:
        parser.Parse(source.content, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise _error(
            _("no well-formed XML ({reason})").format(reason=reason), source.name, path, error.lineno
        ) from None
    except RefusedError as error:
        raise _error(str(error), source.name, path, parser.CurrentLineNumber) from None


def tags(source: Part, path: str) -> list[tuple[str, dict[str, str], int]]:
    """The start tags of a small file: name (`namespace local`), attributes, place; raises what `parse` does."""
    collected = _Tags()
    parse(source, path, collected)
    return collected.found


def _written(content: bytes, text: str, place: int, *, fixed: bool) -> tuple[int, int, Kind]:
    """Where the text that expat reports stands and how it is written there."""
    if text == "\n":
        return place, place + (2 if content[place : place + 2] == b"\r\n" else 1), "fixed" if fixed else "sign"
    if fixed:
        return place, place + len(text.encode()), "fixed"
    if content[place] == ord("&"):
        return place, content.index(b";", place) + 1, "sign"
    return place, place + len(text.encode()), "letters"


def escaped(text: str) -> bytes:
    """The text as it is written between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def is_writable(text: str) -> bool:
    """Can the text stand within a paragraph: no line end, no tab, nothing that XML forbids, no placeholder?"""
    return not _ILLEGAL.search(text)


def refuse_depth(depth: int) -> None:
    """Raise RefusedError when elements stand within each other deeper than any program writes them."""
    if depth > _DEEPEST:
        raise RefusedError(_("its elements are nested more than {count} deep").format(count=_DEEPEST))


def printable(text: str) -> str:
    """The text with a replacement character for all that cannot stand within a paragraph."""
    return _ILLEGAL.sub("\ufffd", text)
