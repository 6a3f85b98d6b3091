"""The line that a finding stands on, shortened, and the span underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tolmach.lint.runner import Finding
from tolmach.text.columns import visible, width
from tolmach.text.model import Document, Span

_AROUND = 48  # code points shown on each side
_LONGEST = 160  # of the finding itself
_TAB = 4
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


def underlined(found: Excerpt) -> tuple[str, str]:
    """The line and below it carets under the finding, in columns of a terminal; one that is missing gets one caret.

    >>> underlined(Excerpt("Die 北京-Reise von\\t", "Toqajew", " und"))
    ('Die 北京-Reise von  Toqajew und', '                    ^^^^^^^')
    """
    before = _shown(found.before, 0)
    start = width(before)
    text = _shown(found.text, start)
    after = _shown(found.after, start + width(text))
    return f"{before}{text}{after}".rstrip(), " " * start + "^" * max(1, width(text.rstrip(_CUT)))


def _shown(text: str, column: int) -> str:
    """The text with tabs as blanks and nothing invisible, beginning in that column."""
    first, *rest = text.split("\t")
    shown = visible(first)
    for part in rest:
        shown += " " * (_TAB - (column + width(shown)) % _TAB) + visible(part)
    return shown


def excerpts(findings: Sequence[Finding], documents: Iterable[Document]) -> Mapping[Finding, Excerpt]:
    """The lines of the findings; `documents` are read once, those of all files of the findings."""
    found = {one: _of_unit(one) for one in findings if one.entry}
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.entry is None:
            places.setdefault(finding.path, []).append(finding)
    for document in documents:
        for finding in _inside(document, places.get(document.path, ())):
            found[finding] = excerpt(document.text, finding.span.shifted(-document.offset))
    return found


def _inside(document: Document, findings: Sequence[Finding]) -> Iterator[Finding]:
    end = document.offset + len(document.text)
    return (one for one in findings if document.offset <= one.span.start <= end and one.span.end <= end)


def _of_unit(finding: Finding) -> Excerpt:
    if finding.entry is None:
        return Excerpt("", finding.text, "")
    text = finding.entry.source if finding.entry.side == "source" else finding.entry.target
    return excerpt(text, finding.span)
