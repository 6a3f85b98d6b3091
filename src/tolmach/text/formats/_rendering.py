"""What all formats need that are written in another language: sentences in their place, and the encoding of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tolmach.text.decode import Decoded
from tolmach.text.formats import Rendering
from tolmach.text.formats._edits import Splice
from tolmach.text.identity import fold


def replaced(text: str, splices: Iterable[Splice]) -> str:
    """The text with what the splices write, which do not overlap."""

    def parts() -> Iterator[str]:
        place = 0
        for splice in sorted(splices):
            yield text[place : splice.start]
            yield splice.text
            place = splice.end
        yield text[place:]

    return "".join(parts())


def encoding_for(decoded: Decoded, text: str) -> str:
    """The encoding that the new text of a file is written in: that of the file if it has all characters, else UTF-8."""
    try:
        text.encode(decoded.encoding)
    except UnicodeEncodeError:
        return "utf-8"
    return decoded.encoding


def encoded(decoded: Decoded, text: str) -> bytes:
    """The new text of a file in the encoding `encoding_for` it, after the byte order mark that the file had."""
    return decoded.mark + text.encode(encoding_for(decoded, text))


def in_place(text: str, renderings: Iterable[Rendering]) -> tuple[list[Rendering], tuple[Rendering, ...]]:
    """The sentences that stand in this text of a file where they say, in order, and those that do not or overlap."""
    kept: list[Rendering] = []
    left: list[Rendering] = []
    end = 0
    for one in sorted(renderings, key=lambda one: one.span):
        stands = end <= one.span.start < one.span.end and fold(text[one.span.start : one.span.end]) == one.source
        (kept if stands else left).append(one)
        end = one.span.end if stands else end
    return kept, tuple(left)
