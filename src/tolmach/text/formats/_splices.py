"""What is to be written anew in a file, gathered piece by piece."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import AnyStr, Generic

from tolmach.text.model import Span


@dataclass(slots=True)
class Splices(Generic[AnyStr]):
    """What is written anew in a text, or in the bytes of a part, so far; a later splice may hold earlier ones.

    `found` are the splices in order: begin, end, and what is to stand there. Spans count as `content` does.
    """

    content: AnyStr
    found: list[tuple[int, int, AnyStr]] = field(default_factory=list)

    def add(self, span: Span, written: AnyStr) -> bool:
        """Write this there; whether that was possible: no other splice may be cut."""
        first, last = self._place(span.start), self._place(span.end)
        if first and self.found[first - 1][1] > span.start:
            return False
        if any(end > span.end for _start, end, _written in self.found[first:last]):
            return False
        del self.found[first:last]
        insort(self.found, (span.start, span.end, written))
        return True

    def add_free(self, span: Span, written: AnyStr) -> None:
        """Write this where nothing else has been written."""
        number = self._place(span.start + 1)
        free = not number or self.found[number - 1][1] <= span.start
        if free and (number == len(self.found) or self.found[number][0] >= span.end):
            insort(self.found, (span.start, span.end, written))

    def raw(self, span: Span) -> AnyStr:
        """What is to stand in this stretch, as far as that is known."""
        parts: list[AnyStr] = []
        place = span.start
        for start, end, written in self.found[self._place(span.start) : self._place(span.end)]:
            if end <= span.end:
                parts += (self.content[place:start], written)
                place = end
        parts.append(self.content[place : span.end])
        return self.content[:0].join(parts)

    def _place(self, start: int) -> int:
        return bisect_left(self.found, (start,))
