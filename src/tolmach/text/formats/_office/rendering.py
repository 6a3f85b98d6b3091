"""Sentences of a word processor's document that are to be written in another language, and where their letters are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.text.formats import Edit, Rendering
from tolmach.text.formats._edits import Place, Places
from tolmach.text.formats._expat import Silent, parse, part
from tolmach.text.formats._office.read import Paragraph, Placed, Story, locate
from tolmach.text.identity import fold
from tolmach.text.model import Document, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its paragraph: `place` is its stretch of a passage, `first` where the paragraph begins in it.

    The passage counts in the document's text, and so does `first`.
    """

    rendering: Rendering
    story: Story
    paragraph: Paragraph
    place: Place
    first: int

    @property
    def text(self) -> str:
        """What is read, with U+FFFC for what is no part of it."""
        return self.place.passage.text[self.place.span.start : self.place.span.end]

    @property
    def language(self) -> str:
        """The language it is in."""
        return self.place.passage.language

    @property
    def passage_key(self) -> tuple[int, int]:
        """Tells its passage from the others of its story."""
        return self.paragraph.start, self.place.passage.start - self.first

    def letters(self) -> list[Span]:
        """For each code point the stretch of the paragraph's text that it stands for."""
        passage, span = self.place
        found = (passage.locate(Span(letter, letter + 1)) for letter in range(span.start, span.end))
        return [one.shifted(-self.first) for one in found]


def sentences(
    stories: Sequence[Story], documents: Iterable[Document], renderings: Sequence[Rendering]
) -> tuple[list[Sentence], list[Rendering]]:
    """The sentences, those within others first, and those that do not stand where they say."""
    blocks = [(document.offset, Places(document.passages)) for document in documents]
    offsets = [offset for offset, _places in blocks]
    found: list[Sentence] = []
    left: list[Rendering] = []
    taken: set[Span] = set()
    for one, placed in zip(renderings, locate(stories, [one.span for one in renderings]), strict=True):
        offset, places = blocks[max(0, bisect_right(offsets, one.span.start) - 1)]
        place = places.find(Edit(one.span.shifted(-offset), ""))
        made = _sentence(one, placed, place, offset) if placed and place else None
        if made is None or one.span in taken or fold(made.text) != one.source:
            left.append(one)
        else:
            found.append(made)
            taken.add(one.span)
    # A text box, or a foreign word, is written before the sentence that takes it along.
    found.sort(key=lambda one: (-one.paragraph.start, one.rendering.span.end - one.rendering.span.start))
    return found, left


def _sentence(rendering: Rendering, placed: Placed, place: Place, offset: int) -> Sentence:
    first = rendering.span.start - offset - placed.span.start
    return Sentence(rendering, placed.story, placed.paragraph, place, first)


class Writer(Protocol):
    """Writes sentences into a part."""

    def write(self, sentence: Sentence) -> bool:
        """Write a sentence; whether that was possible."""

    def written(self) -> bytes:
        """The part with all that has been written."""


def put(
    writers: Mapping[str, Writer], found: Iterable[Sentence], path: str
) -> tuple[dict[str, bytes], set[str], list[Rendering]]:
    """The parts that change, the languages of what was written anew, and the sentences that could not be."""
    written: dict[str, list[Sentence]] = {}
    left: list[Rendering] = []
    for one in found:
        if one.rendering.text == one.rendering.source:
            continue
        if writers[one.story.part.name].write(one):
            written.setdefault(one.story.part.name, []).append(one)
        else:
            left.append(one.rendering)
    changed: dict[str, bytes] = {}
    spoken: set[str] = set()
    for name, those in written.items():
        content = writers[name].written()
        # What no program writes (elements where none may be) could be torn apart.
        if _is_well_formed(name, content, path):
            changed[name] = content
            spoken |= {primary(one.language) for one in those}
        else:
            left += [one.rendering for one in those]
    return changed, spoken, left


def _is_well_formed(name: str, content: bytes, path: str) -> bool:
    try:
        parse(part(name, content, path), path, Silent())
    except TolmachError:
        return False
    return True


def byte_places(paragraph: Paragraph) -> list[Span]:
    """For each code point of the paragraph the bytes in which it is written."""
    places: list[Span] = []
    for piece in paragraph.pieces:
        if piece.kind != "letters":
            places += [Span(piece.start, piece.end)] * len(piece.text)
            continue
        at = piece.start
        for letter in piece.text:
            size = len(letter.encode())
            places.append(Span(at, at + size))
            at += size
    return places
