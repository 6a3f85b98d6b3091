"""The line that a finding stands on, shortened, and the span underlined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tolmach.lint.runner import Finding
from tolmach.text.columns import visible, width
from tolmach.text.model import Document, Span

_AROUND = 48  # code points shown on each side
_LONGEST = 160  # of the finding itself
_TAB = 4
_FEWEST = 8  # columns for the finding itself
_CUT = "\u2026"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a line says before, in and after a finding; long lines are cut."""

    before: str
    text: str
    after: str


def excerpt(text: str, span: Span) -> Excerpt:
    """The line of the text that `span` begins on.

    >>> excerpt("Gestern\\nschwieg Toqajew\\nwieder.", Span(16, 23))
    Excerpt(before='schwieg ', text='Toqajew', after='')
    """
    before = text[max(0, span.start - _AROUND - 1) : span.start].rpartition("\n")[2]
    if len(before) > _AROUND:
        before = _CUT + re.sub(r"^\S+(?=\s)", "", before[1:])
    written, broken, _rest = text[span.start : min(span.end, span.start + _LONGEST)].partition("\n")
    if broken or span.end - span.start > _LONGEST:
        return Excerpt(before, written.rstrip("\r") + _CUT, "")
    after = text[span.end : span.end + _AROUND + 1].partition("\n")[0]
    if len(after) > _AROUND:
        after = re.sub(r"(?<=\s)\S+$", "", after[:-1]) + _CUT
    return Excerpt(before, written, after.rstrip("\r"))


def underlined(found: Excerpt, columns: int = 0) -> tuple[str, str]:
    """The line and below it carets under the finding, in columns of a terminal; one that is missing gets one caret.

    Where only so many `columns` are to be had, less is shown around the finding and, if need be, of it.

    >>> underlined(Excerpt("Die 北京-Reise von\\t", "Toqajew", " und"))
    ('Die 北京-Reise von  Toqajew und', '                    ^^^^^^^')
    """
    before, text, after = _fitting(found, columns) if columns else (found.before, found.text, found.after)
    before = _shown(before, 0)
    start = width(before)
    text = _shown(text, start)
    after = _shown(after, start + width(text))
    return f"{before}{text}{after}".rstrip(), " " * start + "^" * max(1, width(text.rstrip(_CUT)))


def _fitting(found: Excerpt, columns: int) -> tuple[str, str, str]:
    # As it is shown: a tab or a control character takes several columns.
    before = _shown(found.before, 0)
    text = _shown(found.text, width(before))
    after = _shown(found.after, width(before) + width(text))
    if width(f"{before}{text}{after}") <= columns:
        return before, text, after
    text = _beginning(text, max(columns, _FEWEST))
    room = max(columns - width(text), 0)
    left = room - min(width(after), room // 2)
    before = _beginning(before[::-1], left)[::-1]
    return before, text, _beginning(after, room - width(before))


def _beginning(text: str, columns: int) -> str:
    """The text, or as much of it as fits, with the sign that something is missing."""
    if width(text) <= columns:
        return text
    cut = text
    while cut and width(cut) >= columns:
        cut = cut[:-1]
    return cut + _CUT if columns else ""


def _shown(text: str, column: int) -> str:
    """The text with tabs as blanks and nothing invisible, beginning in that column."""
    first, *rest = text.split("\t")
    shown = visible(first)
    for part in rest:
        shown += " " * (_TAB - (column + width(shown)) % _TAB) + visible(part)
    return shown


class Excerpts(Mapping[Finding, Excerpt]):
    """The lines of findings, read when they are asked for: in the order of the findings each document is read once.

    `read` gives the documents of all files of the findings, anew whenever it is called.
    """

    def __init__(self, findings: Sequence[Finding], read: Callable[[], Iterable[Document]]) -> None:
        self._findings = findings
        self._read = read
        self._coming: Iterator[Document] = iter(())
        self._document: Document | None = None
        self._changed: set[str] = set()

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __getitem__(self, finding: Finding) -> Excerpt:
        if finding.entry:
            return _of_unit(finding)
        document = self._document_of(finding)
        return excerpt(document.text, finding.span.shifted(-document.offset))

    def _document_of(self, finding: Finding) -> Document:
        """The document around the finding: among those that follow, else among all."""
        for _turn in range(0 if finding.path in self._changed else 2):
            while self._document is not None:
                if _contains(self._document, finding):
                    return self._document
                self._document = next(self._coming, None)
            self._coming = iter(self._read())
            self._document = next(self._coming, None)
        self._changed.add(finding.path)
        raise KeyError(finding)


def _contains(document: Document, finding: Finding) -> bool:
    end = document.offset + len(document.text)
    inside = document.offset <= finding.span.start <= end and finding.span.end <= end
    return inside and document.path == finding.path


def _of_unit(finding: Finding) -> Excerpt:
    if finding.entry is None:
        return Excerpt("", finding.text, "")
    text = finding.entry.source if finding.entry.side == "source" else finding.entry.target
    return excerpt(text, finding.span)
