"""Writing tables with tabs, and reading what a spreadsheet has made of them.

A cell that would start a formula gets an apostrophe before it, which is taken away again when the table comes back. The
table of a document begins with a byte order mark, because spreadsheets take it for an old encoding otherwise.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.cells import plain, safe
from tolmach.text.decode import decode
from tolmach.text.exchange import STATES, Aligned, Notes, Returned, State, base_of
from tolmach.text.formats import Source
from tolmach.text.identity import fold

_ID, _STATE, _BASES = "id", "state", "made from"
_BASE_OF = re.compile(r"([\w-]+)#([dr][0-9a-f]{8})")


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as a table with a heading, one a line; blanks of any kind and line ends become single blanks.

    A document has further columns: the id of each unit, the state of each translation and what it was made from.
    Without a document the texts stand alone and as they are, for programs.
    """
    if not notes.document:
        yield _line(languages)
        for unit in units:
            yield _line([_folded(unit.texts.get(language, "")) for language in languages])
        return
    yield "\ufeff".encode() + _line(_heading(languages, notes.source))
    for unit in units:
        yield _line([_cell(text) for text in _texts(unit, languages, notes.source)])


def _heading(languages: Sequence[str], source: str) -> Iterator[str]:
    yield _ID
    for language in languages:
        yield language
        if language != source:
            yield f"{language} {_STATE}"
    yield _BASES


def _texts(unit: Aligned, languages: Sequence[str], source: str) -> Iterator[str]:
    yield unit.id
    for language in languages:
        yield unit.texts.get(language, "")
        if language != source:
            yield unit.states.get(language, "missing")
    yield " ".join(f"{language}#{unit.bases[language]}" for language in languages if language in unit.bases)


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    """The text as a spreadsheet takes it: never as a formula, quoted where it begins with a quotation mark."""
    text = _folded(text.replace("\0", "\ufffd"))
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else safe(text)


def back(source: Source) -> Returned:
    """The rows of a table of ours, as it is or as a spreadsheet has saved it; columns are known by their heading.

    Raises TolmachError for a table without the columns of a document, and for all rows that are no such row.
    """
    text = decode(source.content, source.path, source.encoding)
    rows = list(_rows(source, text))
    heading = [cell.strip() for cell in rows[0][1]] if rows else []
    languages = [cell for cell in heading if detect.is_code(cell)]
    original = [language for language in languages if f"{language} {_STATE}" not in heading]
    if _ID not in heading or len(original) != 1 or len(set(heading)) != len(heading):
        raise TolmachError(
            _("this is no table of a parallel document with its original"),
            path=source.path,
            line=1,
            hint=_("its heading is that of `tolmach parallel --format tsv`: id, the original, the translations"),
        )
    targets = tuple(language for language in languages if language != original[0])
    problems: list[TolmachError] = []
    units = tuple(_returned(source, rows[1:], heading, original[0], targets, problems))
    raise_all(problems)
    return Returned(original[0], targets, units)


def _rows(source: Source, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line it begins on."""
    # of these line ends only, as spreadsheets do: a text may have U+2028
    lines = (f"{line}\n" for line in re.split(r"\r\n|\r|\n", text))
    rows, line = csv.reader(lines, delimiter=_delimiter(text), strict=True), 1
    try:
        for row in rows:
            # a mark that is never closed swallows the rows below it, tabs and all
            if any("\n" in cell and "\t" in cell for cell in row):
                raise _unclosed(source, line)
            if any(cell.strip() for cell in row):
                yield line, row
            line = rows.line_num + 1
    except csv.Error:
        raise _unclosed(source, line) from None


def _unclosed(source: Source, line: int) -> TolmachError:
    return TolmachError(
        _("the quotation marks of this row do not fit"),
        path=source.path,
        line=line,
        hint=_("a cell that begins with one ends with one, and has each within it twice; a spreadsheet writes it so"),
    )


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max("\t;,", key=heading.count)


def _returned(
    source: Source,
    rows: Iterable[tuple[int, list[str]]],
    heading: Sequence[str],
    original: str,
    targets: Sequence[str],
    problems: list[TolmachError],
) -> Iterator[Aligned]:
    for number, row in rows:
        cells = dict(zip(heading, (plain(cell) for cell in [*row, *[""] * len(heading)]), strict=False))
        states: dict[str, State] = {}
        for language in targets:
            state = _state(cells, language)
            if state is None:
                problems.append(_unknown_state(source, number, language, cells))
            states[language] = state or "draft"
        bases = {language: base_of(base) for language, base in _BASE_OF.findall(cells.get(_BASES, ""))}
        texts = {language: cells[language] for language in (original, *targets)}
        yield Aligned(cells[_ID], texts, states, bases, place=str(number), line=number)


def _state(cells: dict[str, str], language: str) -> State | None:
    said = cells[f"{language} {_STATE}"].strip().lower()
    if not fold(cells[language]):
        return "missing"
    if said in ("", "missing"):
        return "draft"
    return next((state for state in STATES if state == said), None)


def _unknown_state(source: Source, line: int, language: str, cells: dict[str, str]) -> TolmachError:
    return TolmachError(
        _("{state} is no state of a translation ({language})").format(
            state=repr(cells[f"{language} {_STATE}"][:40]), language=language
        ),
        path=source.path,
        line=line,
        hint=_("write reviewed or draft"),
    )
