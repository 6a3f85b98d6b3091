"""Where the report of a check goes, and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from tolmach.cli.handling import Handling
from tolmach.errors import TolmachError
from tolmach.lint import reporter as reporters
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.cli.findings import Texts
    from tolmach.lint.spool import Line

_AT_ONCE = 1000  # lines of output
_TEXT, _TABLE = "text", "statistics"


@dataclass(frozen=True, slots=True)
class Publication:
    """A report to be written by the reporter called `name` to the file `output` or to standard output.

    Raises TolmachError for a reporter that does not exist, and for two things on one standard output.
    """

    name: str
    output: Path | None
    handling: Handling

    def __post_init__(self) -> None:
        chosen = reporters.load(self.name)
        if self.output:
            return
        if chosen.annotate:
            raise TolmachError(
                _("this report is a document, not for a terminal"), hint=_("name a file for it: --output FILE")
            )
        if self.name != _TEXT and (self.handling.statistics or self.handling.diff):
            raise TolmachError(
                _("two reports would stand on standard output"), hint=_("name a file for one of them: --output FILE")
            )

    @property
    def quotes(self) -> bool:
        """Does the report show the lines of the findings?"""
        if self.name != _TEXT:
            return reporters.load(self.name).quotes
        wanted = self.handling.show_source
        return wanted if wanted is not None else self.output is None and sys.stdout.isatty()

    @property
    def wants_suppressed(self) -> bool:
        """Does the report tell of findings that are left alone?"""
        return reporters.load(self.name).wants_suppressed

    @property
    def line(self) -> Line | None:
        """What makes a line of each finding, where nothing is done with the findings before they are reported."""
        is_plain = not (self.quotes or self.handling.transforms)
        return reporters.load(self.name).line if is_plain else None

    def write(self, report: reporters.Report, texts: Texts) -> None:
        """Write the report about these texts."""
        chosen = reporters.load(self.name)
        if chosen.annotate and self.output:
            _save(self.output, chosen.annotate(texts.source(_only(texts.paths)), report.findings))
        elif self.output:
            # Names of files that are no UTF-8 come out as the escapes that stand on the screen, too.
            _save(self.output, (f"{line}\n".encode("utf-8", "backslashreplace") for line in chosen.write(report)))
        elif not self.handling.diff and not self.handling.statistics:
            _print(self.name, self._as_shown(report))
        if self.handling.statistics:
            _print(_TABLE, report)

    def _as_shown(self, report: reporters.Report) -> reporters.Report:
        """The report for the terminal, if there is one: colored unless that is not wanted, and no wider than it."""
        is_terminal = sys.stdout.isatty()
        wanted = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        colored = {"always": True, "never": False}.get(self.handling.color, wanted)
        return replace(report, colored=colored, columns=get_terminal_size().columns if is_terminal else 0)


def _print(name: str, report: reporters.Report) -> None:
    lines = reporters.load(name).write(report)
    while block := list(islice(lines, _AT_ONCE)):
        click.echo("\n".join(block), color=report.colored)


def _save(output: Path, content: bytes | Iterable[bytes]) -> None:
    from tolmach.files import write_atomic

    write_atomic(output, content)


def _only(paths: Iterable[str]) -> str:
    first, *others = paths
    if others:
        raise TolmachError(
            _("this report is a copy of one document, and there are several"), hint=_("check one file at a time")
        )
    return first
