"""The distinct names of many texts, counted: how often, where, in what office, beside which long form.

What is kept is bounded by the number of distinct names and texts; where each of them stands is kept in arrays of
numbers, or not at all.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tolmach.names.variants import acronyms
from tolmach.text.model import Document, Passage, Span

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Mention

_FIELDS = 4  # numbers of an occurrence


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
    """

    base: str
    kind: str
    sources: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    companions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    places: array[int] = field(default_factory=lambda: array("Q"))

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


class Gathering:
    """Collects the mentions of texts, passage by passage."""

    def __init__(self, *, occurrences: bool = True) -> None:
        self._names: dict[tuple[str, str], Name] = {}
        self._keep = occurrences
        self._paths: dict[str, int] = {}
        self._texts: dict[str, int] = {}

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
        span = passage.locate(Span(mention.start, mention.end))
        text = document.text[span.start : span.end]
        return (
            self._paths.setdefault(document.path, len(self._paths)),
            span.start + document.offset,
            span.end + document.offset,
            self._texts.setdefault(text, len(self._texts)),
        )

    def names(self) -> list[Name]:
        """All names, in order."""
        return [self._names[key] for key in sorted(self._names)]

    def occurrences(self, names: Iterable[Name]) -> Iterator[Occurrence]:
        """Where the names stand, by path and place."""
        paths, texts = list(self._paths), list(self._texts)
        found = [
            Occurrence(paths[path], start, end, texts[text])
            for name in names
            for path, start, end, text in zip(*(name.places[step::_FIELDS] for step in range(_FIELDS)), strict=True)
        ]
        yield from sorted(found)
