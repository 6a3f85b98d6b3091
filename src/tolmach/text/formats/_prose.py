"""What a reader sees of marked-up text, with the way back to where each code point is written."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tolmach.text import detect
from tolmach.text.model import REPLACED, Passage

_BREAK = "\n\n"
_ENOUGH = 100_000  # code points of a passage: longer ones cost memory and gain nothing


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list entry or table cell while it is read.

    `starts` and `ends` say for each code point where its writing begins and ends in the document. `language` is empty
    where nothing names it.
    """

    language: str = ""
    pieces: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))

    def add(self, text: str, start: int) -> None:
        """Take over text that is written as it is read."""
        self.pieces.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def add_written(self, text: str, start: int, end: int) -> None:
        """Add text for which something else (an entity, code) is written from `start` to `end`."""
        self.pieces.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))

    def ends_with_blank(self) -> bool:
        """Would a further blank be lost in the display?"""
        return not self.pieces or self.pieces[-1][-1:] in ("", " ", "\n")

    def text(self) -> str:
        """What is read."""
        return "".join(self.pieces)

    def is_prose(self) -> bool:
        """Is there anything to read?"""
        return any(piece.strip(f"{REPLACED} \n\t") for piece in self.pieces)


def passages(blocks: Iterable[Block], language: str | None) -> tuple[Passage, ...]:
    """The blocks as passages, in order: neighbours in one language are one passage with blank lines between them.

    Blocks without a language are in `language`, or in the one that they seem to be written in.
    """
    prose = sorted((block for block in blocks if block.is_prose()), key=lambda block: block.starts[0])
    unknown = [block for block in prose if not block.language]
    found = [language] * len(unknown) if language else detect.languages(block.text() for block in unknown)
    for block, code in zip(unknown, found, strict=True):
        block.language = code
    return tuple(_passage(run) for run in _runs(prose))


def _runs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Neighbours that can be one passage: one language, one after the other, not too long."""
    run: list[Block] = []
    size = 0
    for block in blocks:
        follows = run and block.language == run[-1].language and block.starts[0] >= run[-1].ends[-1]
        if run and (not follows or size > _ENOUGH):
            yield run
            run, size = [], 0
        run.append(block)
        size += len(block.starts)
    if run:
        yield run


def _passage(run: list[Block]) -> Passage:
    whole = Block()
    for block in run:
        if whole.pieces:
            whole.add_written(_BREAK, whole.ends[-1], whole.ends[-1])
        whole.pieces.extend(block.pieces)
        whole.starts.extend(block.starts)
        whole.ends.extend(block.ends)
    return Passage(whole.text(), run[0].language, whole.starts[0], whole.starts, whole.ends)
