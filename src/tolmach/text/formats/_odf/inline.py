"""The paragraphs of an OpenDocument text: what stands around their letters, and what is no letter."""

from __future__ import annotations

from dataclasses import dataclass, field

from tolmach.text.formats import _expat
from tolmach.text.formats._expat import Part, Silent
from tolmach.text.formats._odf.read import attribute, elements, short
from tolmach.text.model import Span

Pair = tuple[Span, Span]

# Elements that only name where something ends, and those that name where it begins.
_STRETCHES = {
    "text:bookmark-end": "text:bookmark-start",
    "text:reference-mark-end": "text:reference-mark-start",
    "text:toc-mark-end": "text:toc-mark-start",
    "text:alphabetical-index-mark-end": "text:alphabetical-index-mark-start",
    "text:change-end": "text:change-start",
    "office:annotation-end": "office:annotation",
}
_KEYS = ("text:name", "text:id", "text:change-id", "office:name")


@dataclass(slots=True)
class Line:
    """A paragraph: pairs of tags around letters (`fields` are those of what a program fills in), pairs of marks that
    only name places, and objects.

    An object is known by the place where its letter is read, and is all that belongs to it (a note with its text).
    """

    pairs: list[Pair] = field(default_factory=list)
    fields: list[Pair] = field(default_factory=list)
    stretches: list[Pair] = field(default_factory=list)
    objects: dict[int, Span] = field(default_factory=dict)


@dataclass(slots=True)
class _Element:
    """An open element: `line` is the paragraph that it stands in, `whole` the outermost one there that is no text."""

    kind: str
    start: int
    line: Line | None
    whole: _Element | None
    key: tuple[str, str]
    objects: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Reading(Silent):
    part: Part
    lines: dict[int, Line] = field(default_factory=dict)
    open: list[_Element] = field(default_factory=list)
    waiting: dict[tuple[str, str], tuple[Line, Span]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        kind, outer = short(name), self.open[-1] if self.open else None
        key = next((value for value in (attribute(attributes, one) for one in _KEYS) if value), "")
        element = _Element(kind, place, None, None, (_STRETCHES.get(kind, kind), key))
        if outer is not None and outer.kind in elements().paragraphs:
            element.line = self.lines[outer.start]
        elif outer is not None:
            element.line, element.whole = outer.line, outer.whole
        if element.line is not None and element.whole is None and kind not in elements().transparent:
            element.whole = element
        if kind in elements().paragraphs:
            self.lines[place] = Line()
        if kind in elements().objects and element.whole is not None:
            element.whole.objects.append(place)
        self.open.append(element)

    def end(self, _name: str, place: int) -> None:
        element = self.open.pop()
        line = element.line
        if line is None or element.whole not in (None, element) or element.kind in elements().paragraphs:
            return
        tag_end, empty = self.part.tag(element.start)
        end = tag_end if empty else self.part.tag(place)[0]
        begin, tail = Span(element.start, tag_end), Span(place, end)
        if element.objects:
            line.objects.update(dict.fromkeys(element.objects, Span(element.start, end)))
        elif element.kind in _STRETCHES:
            line_before, first = self.waiting.pop(element.key, (None, begin))
            if line_before is line:
                line.stretches.append((first, Span(element.start, end)))
        elif element.kind in _STRETCHES.values():
            self.waiting[element.key] = line, Span(element.start, end)
        elif not empty and element.kind not in elements().unread:
            (line.pairs if element.whole is None else line.fields).append((begin, tail))


def lines(part: Part, path: str) -> dict[int, Line]:
    """The paragraphs of the part by where they begin."""
    reading = _Reading(part)
    _expat.parse(part, path, reading)
    return reading.lines
