"""XLIFF 1.2 and 2.x, the exchange format of translation programs, with its dialects SDLXLIFF, MQXLIFF and MXLIFF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tolmach.text import detect
from tolmach.text.exchange import Aligned, Notes, Returned
from tolmach.text.formats import Edit, Format, Source, _blocks, _splice, _xml
from tolmach.text.formats._xliff import read as xliff_read
from tolmach.text.model import Document, Passage, Unit

_GUESSED_FROM = 50  # segments


def read(source: Source) -> Iterator[Document]:
    """The segments as units: those marked by `mrk` (1.2), those of a `segment` (2.x), else whole trans-units.

    The id of a unit is that of the file's unit, with `/` and the id of the segment where the unit is segmented.
    Languages come from the file, else from the caller, else they are guessed. Formatting shows nothing in the text,
    placeholders are one U+FFFC each, text that was struck out is left out. Confirmed translations are reviewed, all
    others drafts. Raises TolmachError for malformed files.
    """
    file = xliff_read.load(source)
    yield from _blocks.of_units(source, file.xml.text, "xliff", _units(source, file))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be: in locked segments, protected text, placeholders."""
    file = xliff_read.load(source)
    return _splice.rewrite(source, file.xml, map(_open_sides, xliff_read.pairs(file)), edits)


def _open_sides(pair: xliff_read.Pair) -> _splice.Sides:
    if pair.locked:
        return _splice.Sides(None, None)
    return _splice.Sides(None if pair.twice else pair.source, pair.target)


def _units(source: Source, file: xliff_read.File) -> Iterator[tuple[Unit, int]]:
    found = xliff_read.pairs(file)
    first = list(islice(found, _GUESSED_FROM))
    guessed = (
        source.source_language or _guess(first, 0),
        source.language or _guess(first, 1),
    )
    lines = _xml.Lines(file.xml.text)
    for index, pair in enumerate(chain(first, found)):
        target = pair.target.text() if pair.target else ""
        languages = [_xml.language_tag(own) or other for own, other in zip(pair.languages, guessed, strict=True)]
        yield (
            Unit(
                index,
                pair.id,
                Passage(pair.source.text(), languages[0]),
                Passage(target, languages[1]),
                lines.at(pair.place),
                "untranslated" if not target.strip() else "reviewed" if pair.reviewed else "draft",
            ),
            pair.end,
        )


def _guess(pairs: Sequence[xliff_read.Pair], side: int) -> str:
    """The language of a side where the file names none."""
    if all(pair.languages[side] for pair in pairs):
        return ""
    contents = (pair.target if side else pair.source for pair in pairs)
    return detect.guess(" ".join(content.text() for content in contents if content))


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as a file of this format, piece by piece."""
    from tolmach.text.formats._xliff import exchange as xliff_exchange

    return xliff_exchange.write(units, languages, notes)


def back(source: Source) -> Returned:
    """The units of a file of this format that this program wrote and others have worked on."""
    from tolmach.text.formats._xliff import exchange as xliff_exchange
    from tolmach.text.formats._xliff import exchange12

    if xliff_read.load(source).version == 1:
        return exchange12.back(source)
    return xliff_exchange.back(source)


FORMAT = Format(
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    read,
    bilingual=True,
    rewrite=rewrite,
    write=write,
    back=back,
)
