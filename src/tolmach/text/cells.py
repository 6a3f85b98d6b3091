"""Cells of tables that spreadsheets open: none of them may become a formula."""

from __future__ import annotations

import re

# A spreadsheet takes the full-width signs for the others.
_SIGNS = r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"'*+{_SIGNS}")
_ESCAPED = re.compile(f"'++{_SIGNS}")


def safe(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe("Minsk"), plain(safe("'=1")), plain("'s-Hertogenbosch")
    ("'=1+1", 'Minsk', "'=1", "'s-Hertogenbosch")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The cell as it was before `safe`."""
    return cell[1:] if _ESCAPED.match(cell) else cell
