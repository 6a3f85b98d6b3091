"""Runs of words of a text that nothing interrupts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A hyphen at the end of a word belongs to it («Schutz- und Friedenstruppen»), every other sign ends a run.
_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W_]+)*(?:-(?=[ \n]))?"
_TOKEN = re.compile(rf"({_WORD})|\n|[^\s]")
_NARROW, _WIDE = 45, 130  # letters in the lines of a wrapped text


class Token(NamedTuple):
    """A word and where it stands."""

    start: int
    end: int
    text: str


def chunks(text: str) -> Iterator[list[Token]]:
    """The runs of words between signs, numbers and the ends of lines; a wrapped line goes on in the next one.

    >>> [[token.text for token in chunk] for chunk in chunks("Der Vertrag, ein Schutz- und Trutzbund.")]
    [['Der', 'Vertrag'], ['ein', 'Schutz-', 'und', 'Trutzbund']]
    """
    found: list[Token] = []
    line = 0
    for match in _TOKEN.finditer(text):
        if match.lastindex:
            found.append(Token(*match.span(), match[0].replace("\u2010", "-").replace("\u2011", "-")))
            continue
        if match[0] == "\n":
            width, line = match.start() - line, match.end()
            if _NARROW <= width <= _WIDE:
                continue
        if found:
            yield found
            found = []
    if found:
        yield found


def opened(chunk: list[Token]) -> list[Token]:
    """The run with its first word in small letters, as it would stand within a sentence, unless it is an acronym."""
    first = chunk[0]
    if first.text[1:].islower():
        return [Token(first.start, first.end, first.text.lower()), *chunk[1:]]
    return chunk
