"""What the check found, counted by rule and source; the first findings of each are kept to be listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tolmach.config import SEVERITIES, Severity
from tolmach.lint.runner import Finding
from tolmach.report.model import Limits, Listed, Source, Tally

_Key = tuple[str, Severity, str]


class Tallies:
    """Counts findings by rule, severity and path."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._counts: Counter[_Key] = Counter()
        self._listed: defaultdict[_Key, list[Listed]] = defaultdict(list)

    def add(self, findings: Iterable[Finding]) -> None:
        """Count the findings."""
        for finding in findings:
            key = finding.rule, finding.severity, finding.path
            self._counts[key] += 1
            if len(self._listed[key]) < self._limits.findings:
                self._listed[key].append(
                    Listed(finding.line, finding.column, finding.text, finding.message, finding.language)
                )

    @property
    def by_path(self) -> Counter[str]:
        """How many findings each path has."""
        found: Counter[str] = Counter()
        for (_rule, _severity, path), count in self._counts.items():
            found[path] += count
        return found

    def tallies(self, columns: Mapping[str, Source]) -> tuple[Tally, ...]:
        """The tallies, the severest first; sources that share a column are counted together there."""
        left = self._limits.all_findings
        joined: Counter[tuple[str, Severity, int]] = Counter()
        listed: defaultdict[tuple[str, Severity, int], list[Listed]] = defaultdict(list)
        for rule, severity, path in sorted(self._counts, key=lambda key: (*_order(key), columns[key[2]].number, key)):
            column = columns[path]
            key = rule, severity, column.number
            joined[key] += self._counts[rule, severity, path]
            if not column.others:
                kept = self._listed[rule, severity, path][:left]
                left -= len(kept)
                listed[key] += kept
        return tuple(Tally(*key, count, tuple(listed[key])) for key, count in joined.items())


def _order(key: _Key) -> tuple[int, str]:
    rule, severity, _path = key
    return SEVERITIES.index(severity), rule
