"""The sentences of a document, each with an id that outlives edits elsewhere in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from tolmach.text.model import REPLACED, Document, Passage, Segment, Span
from tolmach.text.segments import split

_LETTER = r"[^\W\d_]"
_SOFT_HYPHEN = re.compile("\u00ad\\s*\n\\s*|\u00ad")
# A word broken at a line end. The hyphen is the word's own before a capital («Ex-\nSowjetrepubliken»), after one
# («EU-\nweit») and beside a digit («20-\njährig»), and stays with its blank where a part is only spared («Vor-\nund»).
_BROKEN_WORD = re.compile(
    rf"(?<=\w)(?P<hyphen>[-\u2010])[^\S\n]*\n\s*(?!(?:und|oder|bzw|sowie|bis|noch|and|or|to|и|или|либо)\b)(?=\w)(?P<lower>{_LETTER})?"
)
_QUOTES = "\"'\u00ab\u00bb\u2018-\u201f\u2039\u203a"
_SPOKEN = frozenset({"srt", "vtt"})  # formats without headings: sounds and songs do not end with a mark either
_CLOSED = re.compile(rf"[.!?\u2026:][{_QUOTES})\]\s]*$")


def fold(text: str) -> str:
    r"""The text in NFC on one line: runs of blanks are one blank, soft hyphens and line-end hyphenation are gone.

    >>> fold("Ex-\nSowjetrepubliken wie  Kirgi-\nstan"), fold("Vor-\nund Nachteile")
    ('Ex-Sowjetrepubliken wie Kirgistan', 'Vor- und Nachteile')
    """
    text = unicodedata.normalize("NFC", text)
    if "\u00ad" in text:
        text = _SOFT_HYPHEN.sub("", text)
    if "\n" in text:
        text = _BROKEN_WORD.sub(_mended, text)
    return " ".join(text.split())


def checksum(text: str) -> str:
    """Eight hexadecimal digits that tell one text from another, whatever blanks it has.

    >>> checksum("Tokajew  sprach.") == checksum("Tokajew sprach."), checksum("Toqajew sprach.")
    (True, 'cf0f9561')
    """
    return sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _mended(found: re.Match[str]) -> str:
    following, before = found["lower"] or "", found.string[found.start() - 1]
    drops = following.islower() and before.islower()
    return following if drops else found["hyphen"] + following


def segments(document: Document, seen: dict[str, int] | None = None) -> tuple[Segment, ...]:
    """The sentences of a monolingual document, in order.

    An id is the document id, `#` and the first eight hex digits of the SHA-256 of the folded sentence in UTF-8; repeats
    get `-2`, `-3` … Pass the same `seen` for all blocks of a large file, so that repeats are counted across them.
    """
    counts: dict[str, int] = {} if seen is None else seen
    return tuple(_segments(document, counts))


def _segments(document: Document, counts: dict[str, int]) -> Iterator[Segment]:
    line, counted = document.line, 0
    for paragraph, (passage, sentences) in enumerate(_paragraphs(document)):
        for sentence in sentences:
            text = fold(passage.text[sentence.start : sentence.end])
            if not text.strip(REPLACED + " "):
                continue
            span = passage.locate(sentence)
            # Passages may stand inside one another (a description of a picture), so a line may lie before the last one.
            line += document.text.count("\n", counted, span.start) - document.text.count("\n", span.start, counted)
            counted = span.start
            heading = document.format not in _SPOKEN and len(sentences) == 1 and not _CLOSED.search(text)
            yield Segment(_identity(document.id, text, counts), text, span, line, paragraph, heading)


def _paragraphs(document: Document) -> Iterator[tuple[Passage, list[Span]]]:
    for passage in document.passages:
        for sentences in split(passage.text, passage.language):
            yield passage, sentences


def _identity(document: str, text: str, counts: dict[str, int]) -> str:
    name = f"{document}#{sha256(text.encode('utf-8')).hexdigest()[:8]}"
    counts[name] = counts.get(name, 0) + 1
    return name if counts[name] == 1 else f"{name}-{counts[name]}"
