"""WordprocessingML (ECMA-376 part 1, clause 17): what a reader sees of a story, and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tolmach.text.formats import _expat
from tolmach.text.formats._expat import Kind, Part
from tolmach.text.formats._office.languages import tag as language_tag
from tolmach.text.formats._office.read import Control, Paragraph, Piece, Run, Story, Tag
from tolmach.text.formats._word.names import Styles, attribute, elements, short
from tolmach.text.model import REPLACED

_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Alternative:
    """Content that is written several times, for newer and older programs: the first is read, the others follow it."""

    outside: list[Paragraph]
    first: list[Paragraph] | None = None
    others: list[list[Paragraph]] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """What has been read so far of a story."""

    part: Part
    styles: Styles
    paragraphs: list[Paragraph] = field(default_factory=list)
    open: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    elements: list[str] = field(default_factory=lambda: ["", ""])
    insertions: list[tuple[int, int]] = field(default_factory=list)
    alternatives: list[_Alternative] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)  # for each open field: are we in its code?
    skipped: int = 0
    tag: Tag | None = None
    written: list[Piece] = field(default_factory=list)
    note: tuple[str, str] | None = None
    references: dict[tuple[str, str], Run] = field(default_factory=dict)
    controls: list[Control] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str], place: int) -> None:
        if self.skipped:
            self.skipped += 1
            return
        kind = short(name)
        if kind in elements().unread or (kind in ("w:footnote", "w:endnote") and attribute(attributes, "w:type")):
            self.skipped = 1
            return
        if kind in elements().objects:
            _add(self, Piece(REPLACED, place, place, "fixed"))
        if kind == "m:oMath":
            self.skipped = 1
            return
        _expat.refuse_depth(len(self.elements))
        action = _STARTS.get(kind)
        if action is not None:
            action(self, attributes, place)
        elif kind in elements().signs:
            _add_sign(self, kind, place)
        elif kind in elements().controls and self.elements[-1] == "w:sdtPr" and self.controls:
            self.controls[-1].is_plain |= kind == "w:text"
            self.controls[-1].made |= kind != "w:text"
        self.elements.append(kind)

    def end(self, _name: str, place: int) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        action = _ENDS.get(self.elements.pop())
        if action is not None:
            action(self, place)

    def text(self, text: str, start: int, end: int, kind: Kind) -> None:
        if self.tag is not None and not self.skipped and self.elements[-1] == "w:t":
            shown = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
            self.written.append(Piece(shown, start, end, kind))


def read(part: Part, path: str, styles: Styles) -> tuple[Story, dict[tuple[str, str], Run]]:
    """The story in this part, and the runs that hold its references to notes."""
    reading = _Reading(part, styles)
    _expat.parse(part, path, reading)
    paragraphs = sorted(reading.paragraphs, key=lambda paragraph: paragraph.start)
    return Story(part, tuple(paragraphs)), reading.references


def _add(reading: _Reading, piece: Piece) -> None:
    """Add to the paragraph, unless it is hidden or belongs to the code of a field."""
    run = reading.runs[-1] if reading.runs else None
    if not reading.open or (run and run.hidden) or any(reading.codes):
        return
    paragraph = reading.open[-1]
    piece.run = run
    if run and any(control.made for control in run.controls):
        piece.kind = "fixed"
    piece.language = reading.styles.differing(run.language) if run and run.language else paragraph.language
    paragraph.add(piece)


def _start_paragraph(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    outer = reading.runs[0] if reading.runs else None
    paragraph = Paragraph(place, note=reading.note, outer=outer)
    reading.paragraphs.append(paragraph)
    reading.open.append(paragraph)


def _end_paragraph(reading: _Reading, _place: int) -> None:
    reading.open.pop()


def _start_style(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
    language = reading.styles.of(attribute(attributes, "w:val"))
    if reading.elements[-1] == "w:pPr" and reading.open:
        reading.open[-1].language = reading.styles.differing(language)
    elif reading.elements[-2:] == ["w:r", "w:rPr"]:
        reading.runs[-1].language = reading.runs[-1].language or language


def _start_run(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    tag_end, empty = reading.part.tag(place)
    run = Run(place, tag_end, end=tag_end if empty else 0, outer=reading.runs[0] if reading.runs else None)
    run.controls = tuple(reading.controls)
    if reading.elements[-1] in ("w:ins", "w:moveTo") and reading.insertions:
        run.inserted = reading.insertions[-1]
    reading.runs.append(run)


def _end_run(reading: _Reading, place: int) -> None:
    run = reading.runs.pop()
    run.end = run.end or reading.part.tag(place)[0]


def _start_properties(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    if reading.elements[-1] == "w:r":
        end, _empty = reading.part.tag(place)
        reading.runs[-1].properties = (place, end)


def _end_properties(reading: _Reading, place: int) -> None:
    if reading.elements[-1] == "w:r" and (known := reading.runs[-1].properties):
        end = known[1]
        if place >= end and not reading.part.content[known[0] : end].endswith(b"/>"):
            end = reading.part.tag(place)[0]
        reading.runs[-1].properties = (known[0], end)


def _start_language(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
    if reading.elements[-2:] == ["w:r", "w:rPr"]:
        reading.runs[-1].language = language_tag(attribute(attributes, "w:val")) or reading.runs[-1].language


def _start_hidden(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
    if reading.elements[-2:] == ["w:r", "w:rPr"]:
        reading.runs[-1].hidden = attribute(attributes, "w:val") not in _OFF


def _start_text(reading: _Reading, attributes: dict[str, str], place: int) -> None:
    end, _empty = reading.part.tag(place)
    reading.tag = Tag(place, end, attribute(attributes, "xml:space") == "preserve")


def _end_text(reading: _Reading, _place: int) -> None:
    pieces, tag = reading.written, reading.tag
    reading.written, reading.tag = [], None
    if tag is not None and not tag.preserve:
        pieces = _stripped(pieces, tag)
    for piece in pieces:
        piece.tag = tag
        _add(reading, piece)


def _stripped(pieces: list[Piece], tag: Tag) -> list[Piece]:
    """The pieces without the blanks at both ends, which do not count where nothing says so."""
    kept = _without(pieces, lambda piece: len(piece.text) - len(piece.text.lstrip()), first=True)
    kept = _without(kept[::-1], lambda piece: len(piece.text) - len(piece.text.rstrip()), first=False)[::-1]
    if pieces and kept:
        ends = (pieces[0].start, kept[0].start), (kept[-1].end, pieces[-1].end)
        tag.edges.extend((start, end) for start, end in ends if start < end)
    return kept


def _without(pieces: list[Piece], blanks: Callable[[Piece], int], *, first: bool) -> list[Piece]:
    """The pieces from the first one on that has more than blanks, cut at its outer end."""
    for number, piece in enumerate(pieces):
        count, size = blanks(piece), len(piece.text)
        if count < size:
            cut = piece.cut(count, size) if first else piece.cut(0, size - count)
            return [*([cut] if cut else []), *pieces[number + 1 :]]
    return []


def _add_sign(reading: _Reading, kind: str, place: int) -> None:
    """A hyphen or blank that is an element; `w:tab` also stands where the stops of a paragraph are named."""
    if reading.elements[-1] == "w:r":
        end, empty = reading.part.tag(place)
        mark = elements().marks.get(kind)
        whole = end if empty else reading.part.tag(end)[0]
        _add(reading, Piece(mark, place, whole, "mark") if mark else Piece(" ", place, whole, "fixed"))


def _start_field(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
    kind = attribute(attributes, "w:fldCharType")
    if kind == "begin":
        reading.codes.append(True)
    elif kind == "separate" and reading.codes:
        reading.codes[-1] = False
    elif kind == "end" and reading.codes:
        reading.codes.pop()


def _start_insertion(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    reading.insertions.append((place, reading.part.tag(place)[0]))


def _end_insertion(reading: _Reading, _place: int) -> None:
    reading.insertions.pop()


def _start_control(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    reading.controls.append(Control(place, is_inline=bool(reading.open) and reading.elements[-1] != "w:txbxContent"))


def _end_control(reading: _Reading, place: int) -> None:
    reading.controls.pop().end = reading.part.tag(place)[0]


def _start_note(kind: str) -> Callable[[_Reading, dict[str, str], int], None]:
    def start(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
        reading.note = (kind, attribute(attributes, "w:id"))

    return start


def _end_note(reading: _Reading, _place: int) -> None:
    reading.note = None


def _start_reference(kind: str) -> Callable[[_Reading, dict[str, str], int], None]:
    def start(reading: _Reading, attributes: dict[str, str], _place: int) -> None:
        if reading.runs:
            reading.references[kind, attribute(attributes, "w:id")] = reading.runs[0]

    return start


def _start_alternatives(reading: _Reading, _attributes: dict[str, str], _place: int) -> None:
    reading.alternatives.append(_Alternative(reading.paragraphs))


def _start_alternative(reading: _Reading, _attributes: dict[str, str], place: int) -> None:
    if not reading.alternatives:
        return
    known = reading.alternatives[-1]
    reading.paragraphs = []
    if known.first is None:
        known.first = reading.paragraphs
    else:
        known.others.append(reading.paragraphs)
        reading.open.append(Paragraph(place))  # takes what the outer paragraph has got from the first already


def _end_alternative(reading: _Reading, _place: int) -> None:
    if reading.alternatives:
        known = reading.alternatives[-1]
        if known.others:
            reading.open.pop()
        reading.paragraphs = known.outside


def _end_alternatives(reading: _Reading, _place: int) -> None:
    known = reading.alternatives.pop()
    first = known.first or []
    known.outside.extend(first)
    for other in known.others:
        for paragraph, twin in zip(first, other, strict=False):
            if paragraph.text == twin.text:
                paragraph.twins.append(twin)


_STARTS: dict[str, Callable[[_Reading, dict[str, str], int], None]] = {
    "w:p": _start_paragraph,
    "w:pStyle": _start_style,
    "w:rStyle": _start_style,
    "w:r": _start_run,
    "w:rPr": _start_properties,
    "w:lang": _start_language,
    "w:vanish": _start_hidden,
    "w:t": _start_text,
    "w:fldChar": _start_field,
    "w:ins": _start_insertion,
    "w:moveTo": _start_insertion,
    "w:sdt": _start_control,
    "w:footnote": _start_note("footnote"),
    "w:endnote": _start_note("endnote"),
    "w:footnoteReference": _start_reference("footnote"),
    "w:endnoteReference": _start_reference("endnote"),
    "mc:AlternateContent": _start_alternatives,
    "mc:Choice": _start_alternative,
    "mc:Fallback": _start_alternative,
}
_ENDS: dict[str, Callable[[_Reading, int], None]] = {
    "w:p": _end_paragraph,
    "w:r": _end_run,
    "w:rPr": _end_properties,
    "w:t": _end_text,
    "w:ins": _end_insertion,
    "w:moveTo": _end_insertion,
    "w:sdt": _end_control,
    "w:footnote": _end_note,
    "w:endnote": _end_note,
    "mc:Choice": _end_alternative,
    "mc:Fallback": _end_alternative,
    "mc:AlternateContent": _end_alternatives,
}
