"""Where a finding stands, as other programs want to know it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from tolmach.lint.runner import Finding
from tolmach.text import formats


@dataclass(frozen=True, slots=True)
class Region:
    """The first and the last line of a finding and its columns, from 1; the last column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(finding: Finding) -> Region | None:
    """Lines and columns in the file; None in bilingual files (only the line is known) and where files are no text."""
    if finding.entry is not None or in_paragraphs(finding):
        return None
    breaks = finding.text.count("\n")
    end = len(finding.text) - finding.text.rfind("\n") if breaks else finding.column + len(finding.text)
    return Region(finding.line, finding.column, finding.line + breaks, end)


def in_paragraphs(finding: Finding) -> bool:
    """Is the line of the finding the number of a paragraph?"""
    return formats.for_path(finding.path).in_paragraphs


def address(path: str) -> str:
    """The file as a relative or, where it must be, absolute URI.

    >>> address("Über uns/50 %.txt")
    '%C3%9Cber%20uns/50%20%25.txt'
    """
    pure = PurePath(path)
    encoded = quote(os.fsencode(pure.as_posix()))
    if not pure.is_absolute():
        return encoded
    return f"file://{encoded}" if encoded.startswith("/") else f"file:///{encoded}"
