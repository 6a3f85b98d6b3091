"""The findings as a table: how often what is written, and what should be."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters.text import summary
from tolmach.lint.tally import by_words, table


def write(report: Report) -> Iterator[str]:
    """A line for each rule and wording, most frequent first, then the summary; without what the baseline knows."""
    if len(report.findings) > report.known:
        yield from table(by_words(report.open))
        yield ""
    yield summary(report)


REPORTER = Reporter(write)
