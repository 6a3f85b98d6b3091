"""Mending: safe findings become edits of the file, every other byte of which stays."""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Literal

from tolmach.errors import TolmachError
from tolmach.glossary.quotation import is_quoted
from tolmach.lint.quotations import places_in_blocks, places_in_quotations
from tolmach.lint.runner import Entry, Finding
from tolmach.messages import _
from tolmach.morphology import function_words
from tolmach.text import formats
from tolmach.text.decode import decode
from tolmach.text.formats import Edit, Source
from tolmach.text.model import Document, Span

_CONTEXT = 3
# What may stand before a word: tags, signs of emphasis.
_MARKUP = re.compile(r"(?:<[^<>]*>|[^\w<>])*")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with its safe findings mended: its new bytes, and which findings that were."""

    source: Source
    content: bytes
    findings: tuple[Finding, ...]


def is_safe(finding: Finding) -> bool:
    """May the finding be mended without asking?"""
    return finding.fix == "safe" and bool(finding.replacements) and not finding.baselined


def mendable(source: Source, findings: Iterable[Finding], *, quotations: bool = False) -> list[Finding]:
    """The findings that may be mended without asking, in order of place.

    What stands in a quotation is what somebody else wrote: it stays, unless `quotations` are to be mended; its marks
    are the house's. Of findings that overlap the first is mended. Raises TolmachError when the findings are not those
    of this content.
    """
    safe = list(filter(is_safe, findings))
    unquoted = list(_unquoted(source, safe)) if safe else []
    return list(_apart(safe if quotations else unquoted))


def fixed(source: Source, findings: Iterable[Finding], *, track: bool = False, quotations: bool = False) -> Fixed:
    """The file with what is `mendable` mended, with `track` as changes that its editor accepts or refuses.

    What the format cannot change (locked units, text cut by markup, with `track` all of a format without tracked
    changes) stays. Raises TolmachError when the findings are not those of this content.
    """
    chosen = mendable(source, findings, quotations=quotations)
    if not chosen:
        return Fixed(source, source.content, ())
    edits = {finding: _edits(finding) for finding in chosen}
    rewrite = _rewriter(source, track=track)
    content, refused = rewrite(source, list(chain.from_iterable(edits.values())))
    left = {finding for finding, parts in edits.items() if not set(refused).isdisjoint(parts)}
    lonely = {_line(finding) for finding in left if _is_mark(finding)}
    left |= {finding for finding in chosen if _is_mark(finding) and _line(finding) in lonely}
    if any(not set(refused).issuperset(edits[finding]) for finding in left):
        # What cannot be mended as a whole is not mended in part.
        content, _none = rewrite(source, [part for one, parts in edits.items() if one not in left for part in parts])
    return Fixed(source, content, tuple(finding for finding in chosen if finding not in left))


def _rewriter(source: Source, *, track: bool) -> Callable[[Source, Sequence[Edit]], tuple[bytes, tuple[Edit, ...]]]:
    if not track:
        return formats.rewrite
    return formats.for_path(source.path).track or (lambda untouched, edits: (untouched.content, tuple(edits)))


def _edits(finding: Finding) -> tuple[Edit, ...]:
    """What is to be replaced; a function word («a», «an») on its own, so that the name keeps its formatting."""
    entry = (finding.entry.index, finding.entry.side) if finding.entry else None
    new = finding.replacements[0]
    old_word, gap, _rest = finding.text.partition(" ")
    word, _gap, rest = new.partition(" ")
    if not gap or not rest or old_word.lower() not in function_words.words(finding.language):
        return (Edit(finding.span, new, entry),)
    start = finding.span.start
    markup = _MARKUP.match(finding.text, len(old_word) + 1)
    name = start + (markup.end() if markup else len(old_word) + 1)
    first, last = Span(start, start + len(old_word)), Span(name, finding.span.end)
    return (Edit(first, word, entry), Edit(last, rest, entry)) if word != old_word else (Edit(last, rest, entry),)


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings in order of place, without those that overlap an earlier one."""
    ends: dict[object, int] = {}
    for finding in sorted(findings, key=lambda one: (_unit(one), one.span)):
        unit = _unit(finding)
        if finding.span.start >= ends.get(unit, 0):
            ends[unit] = finding.span.end
            yield finding


def _unit(finding: Finding) -> tuple[int, str]:
    return (finding.entry.index, finding.entry.side) if finding.entry else (-1, "")


def _unquoted(source: Source, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that stand in no quotation; raises TolmachError unless they quote what stands in the file now."""
    left = list(findings)
    for document in formats.read(source):
        inside = [finding for finding in left if _quotes(document, finding)]
        words = [one for one in inside if not one.entry and not _is_mark(one)]
        marks = [one for one in inside if not one.entry and _is_mark(one)]
        quoted = places_in_quotations(document, [one.span.start - document.offset for one in words])
        quoted |= places_in_blocks(document, [one.span.start - document.offset for one in marks])
        for finding in inside:
            if finding.entry:
                if _is_mark(finding) or not is_quoted(_side(document, finding.entry), finding.span.start):
                    yield finding
            elif finding.span.start - document.offset not in quoted:
                yield finding
        gone = set(map(id, inside))
        left = [finding for finding in left if id(finding) not in gone]
    if left:
        raise TolmachError(
            _("the file has changed since it was checked"), path=source.path, hint=_("run the check again")
        )


def _is_mark(finding: Finding) -> bool:
    """Is it a quotation mark? The one that closes stands before its end, and only both may be mended."""
    return finding.rule == "quotes"


def _line(finding: Finding) -> tuple[tuple[int, str], int]:
    return _unit(finding), finding.line


def _quotes(document: Document, finding: Finding) -> bool:
    if finding.entry:
        text, span = _side(document, finding.entry), finding.span
    else:
        text, span = document.text, finding.span.shifted(-document.offset)
    return span.start >= 0 and text[span.start : span.end] == finding.text


def _side(document: Document, entry: Entry) -> str:
    first = document.units[0].index if document.units else 0
    if not first <= entry.index < first + len(document.units):
        return ""
    unit = document.units[entry.index - first]
    return unit.source.text if entry.side == "source" else unit.target.text


def difference(change: Fixed) -> Iterator[str]:
    """What the mending changes as a unified diff, line by line without line feeds.

    Of a file that is no text (DOCX, ODT) the lines are its paragraphs.
    """
    before, after = (_lines(change.source, content) for content in (change.source.content, change.content))
    groups = list(_matcher(before, after).get_grouped_opcodes(_CONTEXT))
    if groups:
        yield f"--- {change.source.path}"
        yield f"+++ {change.source.path}"
    for group in groups:
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for kind, first, last, new_first, new_last in group:
            if kind == "equal":
                yield from _marked(" ", before[first:last])
            else:
                yield from _marked("-", before[first:last])
                yield from _marked("+", after[new_first:new_last])


def _lines(source: Source, content: bytes) -> list[str]:
    if formats.for_path(source.path).in_paragraphs:
        return [
            f"{line}\n"
            for document in formats.read(replace(source, content=content))
            for line in document.text.split("\n")
        ]
    return re.findall(r"[^\n]*\n|[^\n]+", decode(content, source.path, source.encoding))


class _LineByLine(difflib.SequenceMatcher[str]):
    """Compares texts of equally many lines, each line with its own: the way of the base class takes minutes."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__()
        self._lines = before, after

    def get_opcodes(self) -> list[tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]]:
        """What has become of which lines."""
        return list(self._runs())

    def _runs(self) -> Iterator[tuple[Literal["replace", "equal"], int, int, int, int]]:
        place = 0
        for same, run in groupby(map(operator.eq, *self._lines)):
            end = place + sum(1 for _line in run)
            yield "equal" if same else "replace", place, end, place, end
            place = end


def _matcher(before: list[str], after: list[str]) -> difflib.SequenceMatcher[str]:
    if len(before) == len(after):
        return _LineByLine(before, after)
    return difflib.SequenceMatcher(None, before, after, autojunk=False)


def _range(first: int, last: int) -> str:
    count = last - first
    return str(first + 1) if count == 1 else f"{first + (count > 0)},{count}"


def _marked(sign: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
