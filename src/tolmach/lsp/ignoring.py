"""The directive that leaves a finding alone, written where its format lets it stand."""

from __future__ import annotations

import re
from dataclasses import replace

from tolmach.errors import TolmachError
from tolmach.lint import suppress
from tolmach.lint.runner import Finding
from tolmach.lsp.reading import Reading, Replacement
from tolmach.text import formats
from tolmach.text.formats import Source
from tolmach.text.model import Span

_LARGEST = 200_000
"""Code points of a marked-up text that is read once more for a quick fix."""
_AT_THE_END = {
    "plain": "  # tolmach: ignore {rule}",
    "markdown": " <!-- tolmach: ignore {rule} -->",
    "html": " <!-- tolmach: ignore {rule} -->",
}
_ABOVE = {"po": "# tolmach: ignore {rule}"}
_BLANK_LINE = re.compile(r"(?:\r\n|(?<!\r)\n|\r(?!\n))[ \t]*(?=[\r\n])|\A")


def directive(reading: Reading, finding: Finding) -> Replacement | None:
    """What the text must get so that the rule is silent at the finding; None where a directive cannot stand.

    A directive that stands on the line already gets the rule, too.
    """
    form = reading.documents[0].format if reading.documents else ""
    change = _longer(reading, finding, form) or _written(reading, finding, form)
    return change if change and _is_harmless(reading, finding, form, change) else None


def _longer(reading: Reading, finding: Finding, form: str) -> Replacement | None:
    for one in suppress.find(reading.text.lines.text, form):
        # On a line of its own it is about something else.
        if one.rules and one.line == one.first == one.last == finding.line:
            written = reading.text.lines.text[one.span.start : one.span.end]
            place = one.span.start + written.index(one.rules[-1], written.index("ignore") + 1) + len(one.rules[-1])
            return Replacement(Span(place, place), f", {finding.rule}")
    return None


def _written(reading: Reading, finding: Finding, form: str) -> Replacement | None:
    lines, number = reading.text.lines, finding.line - 1
    start = lines.starts[number]
    if form in _ABOVE:
        blank = list(_BLANK_LINE.finditer(lines.text, 0, start))[-1]
        first = lines.position(blank.end()).line + (blank.end() > 0)
        end = lines.text[start + len(lines.line(number)) :][:2]
        stop = end if end == "\r\n" else end[:1] or "\n"
        return Replacement(
            Span(lines.starts[first], lines.starts[first]), _ABOVE[form].format(rule=finding.rule) + stop
        )
    if form in _AT_THE_END:
        line = lines.line(number)
        return Replacement(
            Span(start + len(line.rstrip()), start + len(line)), _AT_THE_END[form].format(rule=finding.rule)
        )
    return None


def _is_harmless(reading: Reading, finding: Finding, form: str, change: Replacement) -> bool:
    """Does it silence the finding, and is the text read as before?"""
    text = reading.text.lines.text
    new = text[: change.span.start] + change.text + text[change.span.end :]
    line = finding.line + (form in _ABOVE)
    if not any(one.covers(finding.rule, line) for one in suppress.find(new, form)):
        return False
    if form not in ("markdown", "html"):
        return True
    source = replace(reading.source, content="\ufeff".encode() + new.encode())
    return len(new) <= _LARGEST and _words(source) == _words(reading.source)


def _words(source: Source) -> list[list[str]]:
    try:
        found = [passage.text.split() for document in formats.read(source) for passage in document.passages]
    except TolmachError:
        return []
    return found
