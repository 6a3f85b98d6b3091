"""The report as a page: findings by file, each with its line, and a table of what is written how often."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tolmach.config import SEVERITIES
from tolmach.lint.reporter import Report, Reporter
from tolmach.lint.reporters.text import severity, summary
from tolmach.lint.tally import by_words
from tolmach.messages import _

_ROWS = 50  # of the table; the findings follow anyway


def write(report: Report) -> Iterator[str]:
    """One self-contained page without scripts, in the language of the program's messages."""
    from tolmach.pages import Page, asset, render

    by_file = [(path, list(found)) for path, found in groupby(report.findings, key=lambda one: one.path)]
    page = Page(
        package=__package__,
        template="findings.html",
        title=_("Findings of tolmach"),
        # The code of the language that this catalogue is in.
        language=_("en"),
        style=asset(__package__, "findings.css"),
        values={
            "report": report,
            "summary": summary(report),
            "by_file": by_file,
            "tallies": by_words(report.open)[:_ROWS],
            "severity": {name: severity(name) for name in SEVERITIES},
            "words": {
                "count": _("count"),
                "files": _("files"),
                "file": _("file"),
                "rule": _("rule"),
                "what": _("what"),
                "known": _("in the baseline"),
                "unit": _("unit"),
                "glossary": _("glossary"),
            },
        },
    )
    yield render(page).removesuffix("\n")


REPORTER = Reporter(write, quotes=True)
