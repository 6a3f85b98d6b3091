"""What a reporter is: findings in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tolmach import plugins
from tolmach.lint.runner import Finding

REPORTERS = "tolmach.lint.reporters"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a run with what it looked at."""

    findings: Sequence[Finding]
    files: int
    version: str
    glossary: str

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(finding.severity == severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Writes a report: `write` yields lines, without their line feeds."""

    write: Callable[[Report], Iterator[str]]


def names() -> tuple[str, ...]:
    """The ids of all reporters."""
    return plugins.names(REPORTERS)


def load(name: str) -> Reporter:
    """The reporter of that id; raises TolmachError for an unknown one."""
    return plugins.load(REPORTERS, name, "REPORTER", Reporter)
