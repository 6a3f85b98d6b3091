"""Where the forms of a proposal stand in the texts: a few quotations, as far as the texts are still there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.errors import TolmachError

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.glossary.model import Concept
    from tolmach.text.model import Document

_TEXTS, _BLOCKS, _AROUND = 6, 4, 200
"""At most so many texts are opened, so many blocks of each read, so many code points taken on either side."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A form as printed, with what stands before and after it, and the text it stands in; blanks are folded."""

    text: str
    before: str
    printed: str
    after: str


def quotations(concept: Concept, language: str, home: Path, most: int) -> tuple[Quotation, ...]:
    """Quotations of the forms in one language, of different forms first; texts are named from the folder `home`."""
    from tolmach.glossary.find import Finder
    from tolmach.glossary.model import Glossary

    finder = Finder(Glossary({concept.id: replace(concept, state="decided")}))
    found: dict[str, list[Quotation]] = {}
    for name in list(_texts(concept, language))[:_TEXTS]:
        for form, quotation in islice(_in_text(name, home, finder, language), most * _TEXTS):
            found.setdefault(form, []).append(quotation)
    first = [quoted[0] for quoted in found.values()]
    rest = [quotation for quoted in found.values() for quotation in quoted[1:]]
    return tuple([*first, *rest][:most])


def _texts(concept: Concept, language: str) -> Iterator[str]:
    """The texts of the forms, so that each form has one among the first."""
    lists = [[text for text, _count in entry.found] for entry in concept.designations.get(language, ())]
    ranked = [one[place] for place in range(max(map(len, lists), default=0)) for one in lists if place < len(one)]
    yield from dict.fromkeys(name for name in ranked if name != "*")


def _in_text(name: str, home: Path, finder: Finder, language: str) -> Iterator[tuple[str, Quotation]]:
    for document in _documents(home / name):
        for passage in document.passages:
            if primary(passage.language) != language:
                continue
            for hit in finder.find(passage.text, language):
                start, end = hit.span.start, hit.span.end
                before = passage.text[max(0, start - _AROUND) : start]
                after = passage.text[end : end + _AROUND]
                parts = (" ".join(part.split()) for part in (f"{before}|", passage.text[start:end], f"|{after}"))
                left, printed, right = parts
                yield hit.designation.full, Quotation(name, left[:-1], printed, right[1:])


@lru_cache(maxsize=8)
def _documents(path: Path) -> tuple[Document, ...]:
    """The beginning of a text; nothing where it is not there any more or cannot be read."""
    from tolmach.text import formats
    from tolmach.text.sources import File, read

    with suppress(TolmachError):
        return tuple(islice(formats.read(read(File(path, path.stem, None, True))), _BLOCKS))
    return ()
