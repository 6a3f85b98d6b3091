"""The texts of a run as one reads them: markup and the other side of bilingual files left out, every place known."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tolmach.lint.rule import Position, Run
from tolmach.text.model import Document, Passage, Span

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a passage of the run, and the language of the passage."""

    position: Position
    span: Span
    language: str


@dataclass(slots=True)
class _File:
    """Where each passage begins in the reading text of a file."""

    size: int = 0
    starts: array[int] = field(default_factory=lambda: array("Q"))
    passages: list[tuple[Position, str]] = field(default_factory=list)


class Corpus:
    """The documents of a run in the offsets of their reading text, and the way back to the passages."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._files: dict[str, _File] = {}

    def documents(self) -> Iterator[Document]:
        """The documents, read anew; each has passages only, whose offsets count in the reading text of its file."""
        self._files = {}
        for document in self._run.read():
            file = self._files.setdefault(document.path, _File())
            texts, passages, start = [], [], 0
            for position, passage, _line in _passages(document, self._run):
                file.starts.append(file.size + start)
                file.passages.append((position, passage.language))
                passages.append(Passage(passage.text, passage.language, start))
                texts.append(passage.text)
                start += len(passage.text) + len(_GAP)
            yield Document(
                document.path, document.id, document.format, _GAP.join(texts), tuple(passages), offset=file.size
            )
            file.size += start

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a stretch of the reading text of a file."""
        file = self._files[path]
        number = bisect_right(file.starts, start) - 1
        position, language = file.passages[number]
        return Place(position, Span(start - file.starts[number], end - file.starts[number]), language)

    def lines(self, places: Iterable[Place]) -> dict[Place, int]:
        """The line of each place in its file, from 1; the texts are read once more where there are any."""
        wanted: dict[Position, list[Place]] = {}
        for place in places:
            wanted.setdefault(place.position, []).append(place)
        return dict(self._lines(wanted)) if wanted else {}

    def _lines(self, wanted: dict[Position, list[Place]]) -> Iterator[tuple[Place, int]]:
        for document in self._run.read():
            for position, passage, line in _passages(document, self._run):
                for place in wanted.get(position, ()):
                    within = 0 if position.side else document.text.count("\n", 0, passage.locate(place.span).start)
                    yield place, line + within


def _passages(document: Document, run: Run) -> Iterator[tuple[Position, Passage, int]]:
    """The passages that count, each with the line on which its document or unit begins."""
    for number, passage in enumerate(document.passages):
        yield Position(document.path, document.offset, number), passage, document.line
    for unit in document.units:
        if unit.state == "obsolete":
            continue
        if run.side != "target":
            yield Position(document.path, document.offset, unit.index, "source"), unit.source, unit.line
        if run.side != "source":
            yield Position(document.path, document.offset, unit.index, "target"), unit.target, unit.line
