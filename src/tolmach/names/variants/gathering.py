"""The distinct names of many texts, counted: how often, where, in what office, beside which long form.

What is kept is bounded by the number of distinct names and texts: where each of them stands is kept in arrays of
numbers, which go to a temporary file when they grow, or it is not kept at all.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tolmach.names.variants import acronyms
from tolmach.names.variants.spill import Spill
from tolmach.text.model import Document, Passage, Span

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Mention

_FIELDS = 4  # numbers of an occurrence
KEPT = 1_000_000
"""So many occurrences are kept in memory, which takes 32 bytes each."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A name as printed: `start:end` count code points of the decoded file."""

    path: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Name:
    """A base form of one kind, and all that was seen of it.

    `sources` counts occurrences by path, `offices` by office, `companions` long or short forms that stood beside it.
    `places` are its occurrences as numbers, `spilled` the lists of the temporary file that have more of them.
    """

    base: str
    kind: str
    sources: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    companions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    places: array[int] = field(default_factory=lambda: array("Q"))
    spilled: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How often the name was found."""
        return self.sources.total()

    @property
    def key(self) -> tuple[str, str]:
        """What sets it apart from every other name, and puts names in order."""
        return self.base, self.kind

    def absorb(self, other: Name) -> None:
        """Take over all that was seen of another name."""
        self.sources += other.sources
        self.offices += other.offices
        self.companions += other.companions
        self.languages += other.languages
        self.places.extend(other.places)
        self.spilled += other.spilled


class _Numbered:
    """Texts, each with a number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        found = self._numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found


class Gathering:
    """Collects the mentions of texts, passage by passage.

    More than `kept` occurrences go to a temporary file without a name, which is gone when the collection is or when the
    program ends, however it ends.
    """

    def __init__(self, *, occurrences: bool = True, kept: int = KEPT) -> None:
        self._names: dict[tuple[str, str], Name] = {}
        self._keep = occurrences
        self._kept, self._number = kept, 0
        self._paths, self._texts = _Numbered(), _Numbered()
        self._spill = Spill()

    def add(self, document: Document, passage: Passage, mentions: Sequence[Mention]) -> None:
        """Count the mentions of a passage of the document."""
        for mention in mentions:
            name = self._name(mention.base, mention.kind)
            name.sources[document.path] += 1
            name.languages[passage.language] += 1
            if mention.office:
                name.offices[mention.office] += 1
            if mention.long_form:
                name.companions[mention.long_form] += 1
            if self._keep:
                name.places.extend(self._place(document, passage, mention))
                self._number += 1
        if self._number > self._kept:
            self._make_room()
        self._add_pairs(passage.text, mentions)

    def _add_pairs(self, text: str, mentions: Sequence[Mention]) -> None:
        if not any(acronyms.is_short(mention.base) for mention in mentions):
            return
        kinds = {mention.base: mention.kind for mention in mentions}
        for short, long in acronyms.beside(text, [one for one in mentions if one.kind != "person"]):
            self._name(short, kinds[short]).companions[long] += 1

    def _name(self, base: str, kind: str) -> Name:
        found = self._names.get((base, kind))
        if found is None:
            found = self._names[base, kind] = Name(base, kind)
        return found

    def _place(self, document: Document, passage: Passage, mention: Mention) -> tuple[int, int, int, int]:
        path, offset = self._paths.number(document.path), document.offset
        if passage.starts is None:
            offset += passage.start
            return path, mention.start + offset, mention.end + offset, self._texts.number(mention.text)
        span = passage.locate(Span(mention.start, mention.end))
        text = document.text[span.start : span.end]
        return path, span.start + offset, span.end + offset, self._texts.number(text)

    def _make_room(self) -> None:
        """Write the occurrences that are in memory to the temporary file."""
        for name in self._names.values():
            if name.places:
                known, *others = name.spilled or (0,)
                name.spilled = (self._spill.append(known, name.places), *others)
                name.places = array("Q")
        self._number = 0

    def close(self) -> None:
        """Give up the temporary file; where the names stand is not known any more."""
        self._spill.close()

    def export(self) -> tuple[Sequence[str], Sequence[str], Iterator[Name]]:
        """All that was collected, for another process: paths, printed forms, the names with their occurrences."""
        return self._paths.texts, self._texts.texts, map(self._whole, self._names.values())

    def _whole(self, name: Name) -> Name:
        places = array("Q")
        for piece in self._numbers(name):
            places.extend(piece)
        return replace(name, places=places, spilled=())

    def merge(self, paths: Iterable[str], texts: Iterable[str], names: Iterable[Name]) -> None:
        """Take over what another process has collected."""
        moved = [self._paths.number(path) for path in paths], [self._texts.number(text) for text in texts]
        for name in names:
            self._take(name, *moved)

    def _take(self, name: Name, paths: Sequence[int], texts: Sequence[int]) -> None:
        name.places[::_FIELDS] = array("Q", map(paths.__getitem__, name.places[::_FIELDS]))
        name.places[3::_FIELDS] = array("Q", map(texts.__getitem__, name.places[3::_FIELDS]))
        self._name(name.base, name.kind).absorb(name)
        self._number += len(name.places) // _FIELDS
        if self._number > self._kept:
            self._make_room()

    def names(self) -> list[Name]:
        """All names, in order."""
        return [self._names[key] for key in sorted(self._names)]

    def occurrences(self, names: Iterable[Name]) -> Iterator[Occurrence]:
        """Where the names stand, by path and place."""
        paths, texts = self._paths.texts, self._texts.texts
        found = [
            Occurrence(paths[path], start, end, texts[text])
            for name in names
            for numbers in self._numbers(name)
            for path, start, end, text in zip(*(numbers[step::_FIELDS] for step in range(_FIELDS)), strict=True)
        ]
        yield from sorted(found)

    def _numbers(self, name: Name) -> Iterator[array[int]]:
        yield name.places
        for known in name.spilled:
            yield from self._spill.read(known)
