"""An open text as the rules see it: its documents, its findings, where each stands, and what a fix changes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from tolmach.errors import TolmachError
from tolmach.glossary.hit import Hit
from tolmach.lint import fix, runner
from tolmach.lint.runner import Finding
from tolmach.lsp.house import House
from tolmach.lsp.texts import OpenText
from tolmach.messages import _
from tolmach.text import formats, sources, walk
from tolmach.text.formats import Edit, Source
from tolmach.text.model import Document, Passage, Span, Unit

LARGEST = 2_000_000
"""Code points of a text that is checked while one types."""
_UNIT_ENDS = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the stretch of the text that shows it."""

    finding: Finding
    span: Span


@dataclass(frozen=True, slots=True)
class Replacement:
    """New writing for a stretch of the text."""

    span: Span
    text: str


@dataclass(frozen=True)
class Reading:
    """A text as its format reads it; `problem` says why it cannot be read."""

    text: OpenText
    house: House
    source: Source
    documents: tuple[Document, ...] = ()
    problem: TolmachError | None = None

    @cached_property
    def findings(self) -> tuple[Placed, ...]:
        """What the rules find, in order of place; nothing in a file that the settings exclude."""
        house = self.house
        if self.text.path and walk.is_excluded(self.text.path, house.settings):
            return ()
        found = [
            finding for document in self.documents for finding in runner.check(document, house.rules, house.finder)
        ]
        return tuple(sorted((Placed(one, self._span(one)) for one in found), key=lambda placed: placed.span))

    @cached_property
    def mendable(self) -> tuple[Finding, ...]:
        """Those of the findings that may be mended without asking."""
        return tuple(fix.mendable(self.source, (placed.finding for placed in self.findings)))

    def hits(self, offset: int) -> list[tuple[Hit, Span]]:
        """The concepts at a place with the stretches that name them, the longest first."""
        found = [*self._in_passages(offset), *self._in_units(offset)]
        at = {(hit.concept.id, span): (hit, span) for hit, span in found if span.start <= offset <= span.end}
        return sorted(at.values(), key=lambda pair: pair[1].start - pair[1].end)

    def language(self, offset: int) -> str:
        """The language at a place: of its passage, else of the one before, else of the first; "" without any."""
        line = self.text.lines.position(offset).line + 1
        begun = [(one.start + document.offset <= offset, one.language) for document, one in self._passages()]
        begun += [(unit.line <= line, unit.target.language) for unit in self._units]
        before = [language for has_begun, language in begun if has_begun]
        return next(iter([*before[-1:], *(language for _begun, language in begun)]), "")

    def fixed(self, placed: Sequence[tuple[Finding, str]]) -> list[Replacement]:
        """What the text must change, line by line, for the findings to be replaced so; nothing where that cannot be."""
        splice = formats.for_path(self.source.path).rewrite
        if splice is None or not placed:
            return []
        edits = [Edit(one.span, text, _entry(one)) for one, text in placed]
        content, _refused = splice(self.source, edits)
        return list(changes(self.text.lines.text, content.removeprefix(codecs.BOM_UTF8).decode("utf-8")))

    def _passages(self) -> Iterator[tuple[Document, Passage]]:
        return ((document, passage) for document in self.documents for passage in document.passages)

    @cached_property
    def _units(self) -> list[Unit]:
        return [unit for document in self.documents for unit in document.units]

    def _in_passages(self, offset: int) -> Iterator[tuple[Hit, Span]]:
        for document, passage in self._passages():
            whole = passage.locate(Span(0, len(passage.text))).shifted(document.offset)
            if whole.start <= offset <= whole.end:
                for hit in self.house.finder.find(passage.text, passage.language):
                    yield hit, passage.locate(hit.span).shifted(document.offset)

    def _in_units(self, offset: int) -> Iterator[tuple[Hit, Span]]:
        """Those in the line, as it is written in the file: it may hold either side of a unit."""
        line = self.text.lines.position(offset).line
        for language in dict.fromkeys(side.language for unit in self._units for side in (unit.target, unit.source)):
            for hit in self.house.finder.find(self.text.lines.line(line), language):
                yield hit, hit.span.shifted(self.text.lines.starts[line])

    def _span(self, finding: Finding) -> Span:
        if finding.entry is None:
            return finding.span
        start, end = self._unit_lines(finding)
        written = self.text.lines.text[start:end]
        text, side = finding.text, finding.entry.target if finding.entry.side == "target" else finding.entry.source
        # Is it written in the file as it is read, and nowhere else around?
        if text and written.count(text) == side.count(text):
            place = -1
            for _number in range(side.count(text, 0, finding.span.end)):
                place = written.find(text, place + 1 if place < 0 else place + len(text))
            if place >= 0:
                return Span(start + place, start + place + len(text))
        line = self.text.lines.line(finding.line - 1)
        return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))

    def _unit_lines(self, finding: Finding) -> tuple[int, int]:
        """Where the writing of the unit begins and, at the latest, ends."""
        starts, text = self.text.lines.starts, self.text.lines.text
        first = min(finding.line - 1, len(starts) - 1)
        following = next((line for line in self._lines_of_units if line > finding.line), len(starts) + 1) - 1
        last = starts[following] if following < len(starts) else len(text)
        blank = _UNIT_ENDS.search(text, starts[first], last)
        return starts[first], blank.start() if blank else last

    @cached_property
    def _lines_of_units(self) -> list[int]:
        return sorted({unit.line for unit in self._units})


def read(text: OpenText, house: House) -> Reading | None:
    """The text in the format that its name or its editor tells; None for one that no format reads."""
    if not text.name:
        return None
    # With the mark it is in UTF-8, whatever encoding the file itself declares.
    content = codecs.BOM_UTF8 + text.lines.text.encode("utf-8")
    # The patterns of the settings are meant for files.
    language = sources.language_of(text.path, house.settings) if text.path else None
    source = Source(text.name, Path(text.name).stem, content, language)
    if len(text.lines.text) > LARGEST:
        problem = TolmachError(
            _("too large to be checked while you type: more than {limit} characters").format(limit=LARGEST),
            hint=_("save it and run tolmach check"),
        )
        return Reading(text, house, source, problem=problem)
    if not text.lines.text.strip():
        return Reading(text, house, source)
    try:
        return Reading(text, house, source, tuple(formats.for_path(text.name).read(source)))
    except TolmachError as problem:
        return Reading(text, house, source, problem=problem)


def _entry(finding: Finding) -> tuple[int, Literal["source", "target"]] | None:
    return (finding.entry.index, finding.entry.side) if finding.entry else None


def changes(old: str, new: str) -> Iterator[Replacement]:
    """What turns the old text into the new one: line by line where their lines correspond, else in one piece."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) != len(after):
        before, after = [old], [new]
    start = 0
    for one, other in zip(before, after, strict=True):
        if one != other:
            yield _narrowed(one, other, start)
        start += len(one) + 1


def _narrowed(old: str, new: str, start: int) -> Replacement:
    """The change between two texts, without the words that they have in common at both ends."""
    most = min(len(old), len(new))
    head = next((place for place in range(most) if old[place] != new[place]), most)
    while head and old[head - 1].isalnum():
        head -= 1
    most -= head
    tail = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    while tail and old[len(old) - tail].isalnum():
        tail -= 1
    return Replacement(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
