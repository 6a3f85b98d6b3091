"""Plain text as passages: which language each paragraph is in is found out when somebody asks for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import overload

from tolmach.text import detect
from tolmach.text.model import Passage, Span

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")


class PlainPassages(Sequence[Passage]):
    """A text as one passage in `language`, or in runs of paragraphs in the language each seems to be written in."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text = text
        self._language = language

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (PlainPassages, tuple)) else NotImplemented

    def __hash__(self) -> int:
        return hash((self._text, self._language))

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        return self._all[index]

    def possible_languages(self) -> frozenset[str]:
        """The languages that passages may be in."""
        return self._possible

    def first_language(self) -> str:
        """The language that the text begins in, as far as its beginning tells."""
        return self._language or detect.guess(self._text)

    def paragraphs(self, places: Iterable[int]) -> Iterator[Passage]:
        """The paragraphs around the places (in order), each as a passage; of the others not even the language is asked.

        Paragraphs end at blank lines.
        """
        if self._language is None:
            yield from self._found(places)
            return
        for number in self._numbers(places):
            span = self._spans[number]
            yield Passage(self._text[span.start : span.end], self._language, span.start)

    def _found(self, places: Iterable[int]) -> Iterator[Passage]:
        for number in self._numbers(places):
            span = self._spans[number]
            yield Passage(self._text[span.start : span.end], self._languages.of(number), span.start)

    def _numbers(self, places: Iterable[int]) -> Iterator[int]:
        """The numbers of the paragraphs that the places stand in."""
        starts = [span.start for span in self._spans]
        last = -1
        for place in places:
            number = max(bisect_right(starts, place) - 1, 0)
            if number != last and number < len(starts):
                yield number
                last = number

    @cached_property
    def _possible(self) -> frozenset[str]:
        return frozenset([self._language]) if self._language else detect.possible(self._text)

    @cached_property
    def _spans(self) -> list[Span]:
        return list(_paragraphs(self._text))

    @cached_property
    def _languages(self) -> detect.Languages:
        spans, text = self._spans, self._text
        return detect.Languages(len(spans), lambda number: text[spans[number].start : spans[number].end])

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        if self._language is not None:
            return (Passage(self._text, self._language),)
        runs = groupby(zip(self._languages.all(), self._spans, strict=True), key=lambda pair: pair[0])
        return tuple(_passage(self._text, code, [span for _code, span in run]) for code, run in runs)


def _passage(text: str, language: str, spans: list[Span]) -> Passage:
    start = spans[0].start
    return Passage(text[start : spans[-1].end], language, start)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))
