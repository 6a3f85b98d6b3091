"""The names of WordprocessingML: namespaces, the elements that matter, the languages of styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from tolmach.files import load_table
from tolmach.text.formats._office.names import Names

# Transitional and strict documents differ in their namespaces only.
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_NAMES = Names(_NAMESPACES)
short, attribute = _NAMES.short, _NAMES.attribute


@dataclass(frozen=True, slots=True)
class Styles:
    """The language of the document and those that its styles name."""

    default: str = ""
    languages: dict[str, str] = field(default_factory=dict)

    def of(self, style: str) -> str:
        """The language of a style, nothing where it is the document's."""
        return self.languages.get(style, "")

    def differing(self, language: str) -> str:
        """The language, nothing where it is the document's."""
        return "" if language == self.default else language


@dataclass(frozen=True, slots=True)
class Elements:
    """Which elements are not read, which stand for one sign, which are a hyphen, which are a hyphen or a blank.

    `controls` say what kind of content control they stand in.
    """

    unread: frozenset[str]
    objects: frozenset[str]
    marks: dict[str, str]
    signs: frozenset[str]
    controls: frozenset[str]


@cache
def elements() -> Elements:
    """What is known of the elements."""
    table = load_table("tolmach.text.formats", "office.toml")["word"]
    signs = frozenset((*table["breaks"], *table["marks"]))
    unread, objects, controls = (frozenset(table[name]) for name in ("unread", "objects", "controls"))
    return Elements(unread, objects, table["marks"], signs, controls)
