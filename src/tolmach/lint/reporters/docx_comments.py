"""The findings as comments in a copy of the Word document: its editor decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.errors import TolmachError
from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.runner import Finding
from tolmach.messages import _
from tolmach.text import formats
from tolmach.text.formats import Source, docx


def write(report: Report) -> Iterator[str]:
    """No lines: see `annotate`."""
    return iter(())


def annotate(source: Source, findings: Sequence[Finding]) -> bytes:
    """The document with one comment a finding; raises TolmachError for any other format."""
    if formats.for_path(source.path) is not docx.FORMAT:
        raise TolmachError(
            _("only a Word document can have comments"), path=source.path, hint=_("choose another report format")
        )
    notes = [(one.span, f"{one.message} [{one.rule}]") for one in findings if not one.baselined]
    return docx.write_comments(source, notes) if notes else source.content


REPORTER = Reporter(write, annotate)
