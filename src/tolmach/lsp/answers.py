"""What is found in a text, in the words of the protocol: diagnostics, quick fixes, cards, offers, places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from tolmach.config import Severity
from tolmach.errors import TolmachError
from tolmach.glossary.card import card
from tolmach.lsp import cards, completion
from tolmach.lsp.ignoring import directive
from tolmach.lsp.positions import Lines, Position
from tolmach.lsp.reading import Placed, Reading, Replacement
from tolmach.messages import _
from tolmach.text.model import Span

SOURCE = "tolmach"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
_MOST = 1000  # diagnostics of a text: more than that no one reads
_MOST_CARDS = 3
# «Hint» would hardly be seen: editors show hints as three faint dots.
_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "hint": types.DiagnosticSeverity.Information,
}
_OUTDATED = ("deprecated-term", "outdated-name")


def diagnostics(reading: Reading, findings: Sequence[Placed]) -> list[types.Diagnostic]:
    """The findings, or why there are none; behind the last that are shown one that says so."""
    lines = reading.text.lines
    if reading.problem is not None:
        return [_unreadable(problem, lines) for problem in reading.problem.all()[:_MOST]]
    found = [_diagnostic(placed, lines) for placed in findings[:_MOST]]
    if len(findings) > _MOST:
        message = _("only the first {count} findings are shown").format(count=_MOST)
        found.append(_remark(message, types.Range(types.Position(0, 0), types.Position(0, 0))))
    return found


def actions(
    reading: Reading, findings: Sequence[Placed], wanted: types.Range, only: Sequence[str]
) -> Iterator[types.CodeAction]:
    """Quick fixes for each finding in the range, and one for all in the text that may be mended without asking."""
    lines = reading.text.lines
    start, end = (lines.offset(Position(place.line, place.character)) for place in (wanted.start, wanted.end))
    if _is_wanted(types.CodeActionKind.QuickFix.value, only):
        for placed in findings:
            if placed.span.start <= end and start <= placed.span.end:
                yield from _quick_fixes(reading, placed)
        yield from _directives(reading, [one for one in findings if one.span.start <= end and start <= one.span.end])
    if reading.mendable and _is_wanted(FIX_ALL, only):
        changes = reading.fixed([(finding, finding.replacements[0]) for finding in reading.mendable])
        if changes:
            title = _("write all names as the glossary does where that is safe")
            yield types.CodeAction(title, FIX_ALL, edit=_edit(reading, changes))


def hover(reading: Reading, place: types.Position, *, markdown: bool) -> types.Hover | None:
    """The cards of the concepts at a place; None where there are none."""
    hits = reading.hits(reading.text.lines.offset(Position(place.line, place.character)))
    concepts = {hit.concept.id: hit.concept for hit, _span in hits[:_MOST_CARDS]}
    if not concepts:
        return None
    shown = [card(concept, sorted(concept.designations)) for concept in concepts.values()]
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    text = ("\n\n---\n\n" if markdown else "\n\n").join(map(cards.markdown if markdown else cards.plain, shown))
    return types.Hover(types.MarkupContent(kind, text), _range(hits[0][1], reading.text.lines))


def definition(reading: Reading, place: types.Position) -> list[types.Location]:
    """Where the glossary defines the concepts at a place."""
    found: dict[tuple[Path, int], types.Location] = {}
    for hit, _span in reading.hits(reading.text.lines.offset(Position(place.line, place.character))):
        path = reading.house.place(hit.concept)
        if path is not None:
            start = types.Position(max(hit.concept.line - 1, 0), 0)
            found[path, start.line] = types.Location(path.as_uri(), types.Range(start, start))
    return list(found.values())


def completions(reading: Reading, place: types.Position) -> types.CompletionList:
    """The preferred forms that can be meant by what stands before the place."""
    lines = reading.text.lines
    offers, complete = completion.offers(reading, lines.offset(Position(place.line, place.character)))
    concepts = reading.house.finder.glossary.concepts
    found = [
        types.CompletionItem(
            label=offer.form,
            kind=types.CompletionItemKind.Text,
            detail=": ".join(filter(None, (offer.concept, concepts[offer.concept].note))),
            sort_text=f"{number:03}",
            filter_text=offer.typed,
            text_edit=types.TextEdit(_range(offer.span, lines), offer.form),
        )
        for number, offer in enumerate(offers)
    ]
    return types.CompletionList(is_incomplete=not complete, items=found)


def _diagnostic(placed: Placed, lines: Lines) -> types.Diagnostic:
    finding = placed.finding
    return types.Diagnostic(
        _range(placed.span, lines),
        finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source=SOURCE,
        tags=[types.DiagnosticTag.Deprecated] if finding.rule in _OUTDATED else None,
        data=finding.fingerprint,
    )


def _unreadable(problem: TolmachError, lines: Lines) -> types.Diagnostic:
    number = min(problem.line or 1, len(lines.starts)) - 1
    start = lines.starts[number]
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return _remark(message, _range(Span(start, start + len(lines.line(number))), lines))


def _remark(message: str, place: types.Range) -> types.Diagnostic:
    return types.Diagnostic(place, message, severity=types.DiagnosticSeverity.Information, source=SOURCE)


def _quick_fixes(reading: Reading, placed: Placed) -> Iterator[types.CodeAction]:
    finding = placed.finding
    for number, text in enumerate(finding.replacements):
        changes = reading.fixed([(finding, text)])
        if changes:
            yield types.CodeAction(
                _("write {instead}").format(instead=text),
                types.CodeActionKind.QuickFix,
                [_diagnostic(placed, reading.text.lines)],
                is_preferred=number == 0 and finding in reading.mendable,
                edit=_edit(reading, changes),
            )


def _directives(reading: Reading, found: Sequence[Placed]) -> Iterator[types.CodeAction]:
    """One for each rule: write into the text that this is to be left alone."""
    for rule, placed in {one.finding.rule: one for one in reversed(found)}.items():
        change = directive(reading, placed.finding)
        if change:
            yield types.CodeAction(
                _("ignore {rule} here").format(rule=rule),
                types.CodeActionKind.QuickFix,
                [_diagnostic(placed, reading.text.lines)],
                edit=_edit(reading, [change]),
            )


def _edit(reading: Reading, changes: Sequence[Replacement]) -> types.WorkspaceEdit:
    edits = [types.TextEdit(_range(change.span, reading.text.lines), change.text) for change in changes]
    return types.WorkspaceEdit(changes={reading.text.uri: edits})


def _is_wanted(kind: str, only: Sequence[str]) -> bool:
    """Does the editor ask for everything, for this kind or for one that it belongs to?"""
    return not only or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def _range(span: Span, lines: Lines) -> types.Range:
    start, end = lines.position(span.start), lines.position(span.end)
    return types.Range(types.Position(*start), types.Position(*end))
