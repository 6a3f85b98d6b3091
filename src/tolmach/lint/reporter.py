"""What a reporter is: findings in, text out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tolmach import plugins
from tolmach.lint.runner import Finding
from tolmach.lint.spool import Spooled, grade

if TYPE_CHECKING:
    from tolmach.lint.excerpt import Excerpt
    from tolmach.text.formats import Source

REPORTERS = "tolmach.lint.reporters"


@dataclass(frozen=True)
class Report:
    """All findings of a run with what it looked at.

    `rules` are those that ran. `excerpts` has the line of each finding, where they are to be shown. `fixed` are the
    findings that were mended (None: nothing was to be mended); they are not among `findings`. `compared` says that the
    findings were compared with a baseline: then those that it knows are `baselined`. `suppressed` are what is left
    alone, for reporters that tell of it; they are not among `findings` and count nowhere. A terminal shows the report
    `colored`, and no wider than `columns` (0: as wide as may be).
    """

    findings: Sequence[Finding]
    files: int
    version: str
    glossary: str
    rules: tuple[str, ...] = ()
    excerpts: Mapping[Finding, Excerpt] = field(default_factory=dict)
    fixed: Sequence[Finding] | None = None
    compared: bool = False
    colored: bool = False
    columns: int = 0
    suppressed: Sequence[Finding] = ()

    def count(self, severity: str) -> int:
        """How many findings have that severity, without those that the baseline knows."""
        return self._counts[severity]

    @property
    def known(self) -> int:
        """How many findings the baseline knows."""
        return self._counts["known"]

    @property
    def open(self) -> Iterator[Finding]:
        """The findings that the baseline does not know."""
        return (finding for finding in self.findings if not finding.baselined)

    def lines(self, line: Callable[[Finding], str]) -> Iterator[str]:
        """What `line` makes of each finding."""
        return self.findings.lines(line) if isinstance(self.findings, Spooled) else map(line, self.findings)

    @cached_property
    def _counts(self) -> Counter[str]:
        # Many findings are read from a file whenever they are asked for.
        if isinstance(self.findings, Spooled):
            return self.findings.counts
        return Counter(map(grade, self.findings))


@dataclass(frozen=True, slots=True)
class Reporter:
    """Writes a report: `write` yields lines, without their line feeds.

    With `annotate` it has no lines, but gives a copy of the checked file with the findings written into it. With
    `quotes` it shows the lines of the findings; one that `wants_suppressed` also tells of findings that are left alone.
    `line` is what it makes of a single finding, if that depends on nothing else.
    """

    write: Callable[[Report], Iterator[str]]
    annotate: Callable[[Source, Sequence[Finding]], bytes] | None = None
    quotes: bool = False
    wants_suppressed: bool = False
    line: Callable[[Finding], str] | None = None


def names() -> tuple[str, ...]:
    """The ids of all reporters."""
    return plugins.names(REPORTERS)


def load(name: str) -> Reporter:
    """The reporter of that id; raises TolmachError for an unknown one."""
    return plugins.load(REPORTERS, name, "REPORTER", Reporter)
