"""What to offer while a name is typed: the preferred forms whose spellings begin with what stands before the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.lsp.house import Spelling
from tolmach.lsp.reading import Reading
from tolmach.text.model import Span

MOST = 50
_FEWEST = 2  # letters: after one a word can still be anything
_LONGEST = 80  # code points of a name that has been begun
_WORDS = 4
# Letters with the marks that may be typed after them, apostrophes and hyphens.
_WORD = re.compile(r"\w[\w\u0300-\u036f'\u2019\u02bc-]*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A preferred form for a stretch of the text; `typed` is the spelling that begins as the text does."""

    span: Span
    form: str
    typed: str
    concept: str


def offers(reading: Reading, offset: int) -> tuple[list[Offer], bool]:
    """At most `MOST` offers for the place, the best first, and whether these are all."""
    language = primary(reading.language(offset))
    lines = reading.text.lines
    start = lines.starts[lines.position(offset).line]
    before = lines.text[max(start, offset - _LONGEST) : offset]
    words = list(_WORD.finditer(before))[-_WORDS:]
    if not language or not words or words[-1].end() < len(before):
        return [], False
    found: dict[str, Offer] = {}
    for word in words:
        prefix = before[word.start() :]
        if len(prefix) >= _FEWEST:
            for one in sorted(reading.house.spellings(prefix, language), key=_rank):
                span = Span(offset - len(prefix), offset)
                found.setdefault(one.form, Offer(span, one.form, one.written, one.concept))
    every = list(found.values())
    return every[:MOST], len(every) <= MOST and len(words[-1][0]) >= _FEWEST


def _rank(one: Spelling) -> tuple[bool, int, str]:
    return not one.preferred, len(one.written), one.written
