"""Tables as spreadsheets take them: CSV in any encoding with any separator, cells that would be formulas made safe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.errors import TolmachError
from tolmach.glossary.formats import Incoming
from tolmach.glossary.formats._fields import hide, show
from tolmach.messages import _
from tolmach.text.cells import plain, safe
from tolmach.text.decode import decode

_SEPARATORS = "\t;,|"
_SPECIAL = re.compile(r'[\t;,|"\r\n]|^\s|\s$')
_LONGEST = 1 << 24
_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and the line where it begins."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """The cell at that place without blanks around it; an empty one where the row is shorter."""
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""


def written(rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """The rows as CSV in UTF-8; whatever might be taken for a separator is quoted."""
    return "".join(f"{separator.join(_quoted(safe(hide(cell))) for cell in row)}\n" for row in rows).encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def rows(source: Incoming, separator: str = "") -> Iterator[Row]:
    """The rows of a table that are not empty; without a `separator` it is guessed.

    Raises TolmachError (path, line) for what cannot be decoded, and for quotation marks that are never closed.
    """
    text = decode(source.content, source.path, source.encoding)
    named = re.match(r"sep=(.)\r?\n", text)
    sign = separator or (named[1] if named else guessed(text))
    lines = io.StringIO(text[named.end() :] if named else text, newline="")
    # One cell may hold much; the limit of the file is a limit for it, too.
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    line = done = 1 if named else 0
    try:
        for cells in reader:
            line, done = done + 1, reader.line_num + bool(named)
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(show(plain(cell)) for cell in cells))
    except csv.Error as error:
        raise TolmachError(
            _("malformed CSV: {reason}").format(reason=error),
            path=source.path,
            line=done + 1,
            hint=_("check the quotation marks of this row"),
        ) from None


def guessed(text: str) -> str:
    """The separator that stands most evenly in the first lines, outside quotation marks.

    >>> guessed('"a;b",c\\n"d",e\\n')
    ','
    """
    bare = re.sub(r'"[^"]*"', "", text[:_LOOKED_AT])
    # A quotation mark that is left over opens a cell that goes on behind what was looked at.
    lines = [line for line in (bare.partition('"')[0] or bare).splitlines()[:50] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in _SEPARATORS}
    there = {sign: least for sign, found in counts.items() if (least := min(found, default=0))}
    if there:
        return max(there, key=lambda sign: (there[sign], -_SEPARATORS.index(sign)))
    return max(_SEPARATORS, key=lambda sign: sum(counts[sign]))
