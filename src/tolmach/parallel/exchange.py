"""A parallel document as the sentences that the formats for exchange write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tolmach.errors import TolmachError
from tolmach.glossary.card import Card
from tolmach.messages import _
from tolmach.parallel.document import Cell, ParallelDocument
from tolmach.text import formats
from tolmach.text.exchange import Aligned, Notes, Term, base


def in_all_languages(document: ParallelDocument, name: str) -> Iterator[tuple[str, bytes]]:
    """The document as one file of the format called `name`."""
    yield f".{name}", _written(document, name, document.languages)


def by_target(document: ParallelDocument, name: str, ending: str) -> Iterator[tuple[str, bytes]]:
    """The document as a file of the format for each language it is translated into.

    Raises TolmachError where there is none.
    """
    if not document.targets:
        raise TolmachError(
            _("this format is bilingual, and no language of a translation is named"),
            hint=_("for example --languages de,en,ru"),
        )
    for target in document.targets:
        yield f".{target}{ending}", _written(document, name, (document.original, target))


def _written(document: ParallelDocument, name: str, languages: tuple[str, ...]) -> bytes:
    write = formats.load(name).write
    return b"".join(write(units(document), languages, notes(document))) if write is not None else b""


def units(document: ParallelDocument) -> Iterator[Aligned]:
    """The rows, each with its translations, their states and checksums."""
    for row in document.rows:
        translations = {code: cell for code, cell in row.cells.items() if code != document.original}
        yield Aligned(
            id=row.id,
            texts={code: cell.text for code, cell in row.cells.items()},
            states={code: cell.state for code, cell in translations.items()},
            bases=bases(translations),
            marks={code: cell.marks for code, cell in row.cells.items()},
        )


def bases(translations: Mapping[str, Cell]) -> dict[str, str]:
    """The checksums of the translations that there are; where there is none, a draft made meanwhile may go."""
    return {
        code: base(cell.text, reviewed=cell.state == "reviewed") for code, cell in translations.items() if cell.text
    }


def notes(document: ParallelDocument) -> Notes:
    """What the document says of itself."""
    return Notes(
        version=document.signature.version,
        source=document.original,
        document=document.id,
        signature=signed(document),
        terms=tuple(map(_term, document.terms)),
        paragraphs=document.paragraphs,
    )


def signed(document: ParallelDocument) -> str:
    """The signature in one line of English: program, glossary, what made the drafts."""
    made = document.signature
    glossary = f"glossary {made.glossary} ({made.glossary_hash})" if made.glossary else "no glossary"
    engines = f"; drafts: {', '.join(made.engines)}" if made.engines else ""
    return f"tolmach {made.version}; {glossary}{engines}"


def _term(card: Card) -> Term:
    forms: dict[str, list[str]] = {}
    for row in card.rows:
        if row.status.wanted:
            forms.setdefault(row.language, []).append(row.form)
    return Term(card.id, {code: tuple(dict.fromkeys(named)) for code, named in forms.items()}, card.note)
