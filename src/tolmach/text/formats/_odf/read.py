"""OpenDocument text (ISO/IEC 26300, version 1.2): what a reader sees of it, and where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from tolmach.files import load_table
from tolmach.text.formats import _expat
from tolmach.text.formats._expat import Kind, Part
from tolmach.text.formats._office.languages import tag as language_tag
from tolmach.text.formats._office.names import Names
from tolmach.text.formats._office.read import Paragraph, Piece, Story, Tag
from tolmach.text.model import REPLACED

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_NAMESPACE}text:1.0": "text:",
    f"{_NAMESPACE}style:1.0": "style:",
    f"{_NAMESPACE}office:1.0": "office:",
    f"{_NAMESPACE}drawing:1.0": "draw:",
    f"{_NAMESPACE}xsl-fo-compatible:1.0": "fo:",
    f"{_NAMESPACE}svg-compatible:1.0": "svg:",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext:",
}
_NAMES = Names(_NAMESPACES)
short, attribute = _NAMES.short, _NAMES.attribute
_RUNS = re.compile(r"(?P<blanks>[ \t\r\n]+)|[^ \t\r\n]+(?: [^ \t\r\n]+)*")
_DEFAULT = ("", "")


@dataclass(slots=True)
class Styles:
    """The languages that styles name, by family and name, the styles that they are based on, and the document's."""

    own: dict[tuple[str, str], str] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    default: str = ""

    def of(self, family: str, name: str) -> str:
        """The language of a style or of the nearest one it is based on; nothing where it is the document's."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            if language := self.own.get((family, name)):
                return "" if language == self.default else language
            name = self.parents.get((family, name), "")
        return ""


@dataclass(frozen=True, slots=True)
class _Elements:
    unread: frozenset[str]
    objects: frozenset[str]
    paragraphs: frozenset[str]
    transparent: frozenset[str]
    breaks: frozenset[str]


@cache
def elements() -> _Elements:
    """What is known of the elements."""
    table = load_table("tolmach.text.formats", "office.toml")["odf"]
    return _Elements(**{name: frozenset(names) for name, names in table.items()})


def read_styles(part: Part, path: str, known: Styles) -> Styles:
    """The styles of a part, with those that are known from another one."""
    reading = _StyleReading(Styles(dict(known.own), dict(known.parents), known.default))
    _expat.parse(part, path, reading)
    return reading.styles


def read_text(part: Part, path: str, styles: Styles) -> Story:
    """The paragraphs of a part."""
    reading = _Reading(part, styles)
    _expat.parse(part, path, reading)
    return Story(part, tuple(sorted(reading.paragraphs, key=lambda paragraph: paragraph.start)))


@dataclass(slots=True)
class _StyleReading(_expat.Silent):
    styles: Styles
    style: tuple[str, str] = _DEFAULT

    def start(self, name: str, attributes: dict[str, str], _place: int) -> None:
        kind = short(name)
        if kind in ("style:style", "style:default-style"):
            family = attribute(attributes, "style:family")
            self.style = family, attribute(attributes, "style:name")
            if parent := attribute(attributes, "style:parent-style-name"):
                self.styles.parents[self.style] = parent
        elif kind == "style:text-properties":
            self._take(attribute(attributes, "fo:language"), attribute(attributes, "fo:country"))

    def _take(self, language: str, country: str) -> None:
        region = f"-{country}" if country and country != "none" else ""
        code = language_tag(language + region) if language and language != "none" else ""
        if code and self.style == ("paragraph", ""):
            self.styles.default = self.styles.default or code
        elif code and self.style[1]:
            self.styles.own[self.style] = code


@dataclass(slots=True)
class _Reading:
    part: Part
    styles: Styles
    paragraphs: list[Paragraph] = field(default_factory=list)
    open: list[Paragraph] = field(default_factory=list)
    elements: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])  # with the language of each
    spans: list[Tag] = field(default_factory=list)
    boxes: int = 0
    skipped: int = 0

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        if self.skipped:
            self.skipped += 1
            return
        kind = short(name)
        if kind in elements().objects:
            self._add(Piece(REPLACED, place, place, "fixed"))
        if kind in elements().objects or kind in elements().unread:
            self.skipped = 1
            return
        _expat.refuse_depth(len(self.elements))
        self.elements.append((kind, self._language(kind, attributes)))
        if kind == "text:span":
            self.spans.append(Tag(place, self.part.tag(place)[0], preserve=True))
        elif kind in elements().paragraphs:
            self.open.append(Paragraph(place, self.elements[-1][1], boxed=self.boxes > 0))
            self.paragraphs.append(self.open[-1])
        elif kind == "text:s":
            self._add(Piece(" " * _count(attributes), place, self.part.tag(place)[0], "fixed"))
        elif kind.startswith("draw:"):
            self.boxes += 1
        elif kind in elements().breaks:
            self._add(Piece(" ", place, self.part.tag(place)[0], "fixed"))

    def end(self, _name: str, _place: int) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        kind = self.elements.pop()[0]
        if kind in elements().paragraphs:
            self.open.pop()
        elif kind == "text:span":
            self.spans.pop()
        elif kind.startswith("draw:"):
            self.boxes -= 1

    def text(self, text: str, start: int, end: int, kind: Kind) -> None:
        if self.skipped or not self.open:
            return
        if self.elements[-1][0] not in elements().transparent:
            if text.isspace():  # between the paragraphs of a note or a text box
                return
            kind = "fixed"
        if kind != "letters":
            self._add_folded(Piece(" " if text in "\t\r\n" else text, start, end, kind))
            return
        for found in _RUNS.finditer(text):
            first = start + len(text[: found.start()].encode())
            blanks = found["blanks"]
            if blanks:
                self._add_folded(Piece(" ", first, first + len(blanks), "letters" if blanks == " " else "sign"))
            else:
                self._add(Piece(found.group(), first, first + len(found.group().encode()), "letters"))

    def _language(self, kind: str, attributes: dict[str, str]) -> str:
        style = attribute(attributes, "text:style-name")
        if kind in elements().paragraphs:
            return self.styles.of("paragraph", style)
        if kind == "text:span":
            return self.styles.of("text", style) or self.elements[-1][1]
        return self.elements[-1][1]

    def _add_folded(self, piece: Piece) -> None:
        """Add it, unless it is a blank that is not shown: at the beginning or behind another one."""
        before = self.open[-1].pieces
        if piece.text != " " or (before and not before[-1].text.endswith(" ")):
            self._add(piece)

    def _add(self, piece: Piece) -> None:
        if self.open:
            piece.language = self.elements[-1][1]
            piece.tag = self.spans[-1] if self.elements[-1][0] == "text:span" else None
            self.open[-1].add(piece)


def _count(attributes: dict[str, str]) -> int:
    """How many blanks an element stands for; a number that nobody writes counts as one."""
    count = attribute(attributes, "text:c")
    return int(count) if count.isdecimal() and len(count) < 4 else 1
