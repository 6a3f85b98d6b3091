"""The findings of many files, looked for by one process or by several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from tolmach.cli.jobs import shared
from tolmach.errors import TolmachError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tolmach.glossary.find import Finder
    from tolmach.lint.rule import Rule, Side
    from tolmach.lint.runner import Finding
    from tolmach.lint.spool import Filling, Line, Spool
    from tolmach.text.sources import Reading

_LARGE = 1_000_000  # bytes from which the blocks of one file are shared


class Texts(Protocol):
    """What there is to check."""

    def readings(
        self, report: Callable[[TolmachError], None], wanted: Callable[[int, int], bool]
    ) -> Iterator[tuple[int, Reading]]:
        """The texts that are not empty with their numbers, as far as they are `wanted` by number and size in bytes.

        `report` is given what cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Task:
    """What to check and how; with `suppressed`, findings that are left alone are wanted, too.

    `line` makes the line of a report out of a finding: where several processes work, each makes its own.
    """

    texts: Texts
    rules: Mapping[str, Rule]
    finder: Finder
    side: Side
    suppressed: bool = False
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """How many texts could be checked, what was found, in order, and what could not be read."""

    files: int
    findings: Sequence[Finding]
    problems: list[TolmachError]


@dataclass(slots=True)
class _Share:
    """What one process has done besides its findings; `problems` by the number of their text.

    `filling` says what is in its spool.
    """

    files: int = 0
    problems: list[tuple[int, TolmachError]] = field(default_factory=list)
    searched: frozenset[str] = frozenset()
    filling: Filling | None = None


def check(task: Task, jobs: int, most: int | None = None) -> Checked:
    """Check all texts in that many processes, with `most` findings in memory."""
    from tolmach.lint import spool

    line = task.line if jobs > 1 else None
    spools = [spool.Spool(spool.MOST if most is None else most, line=line), *spool.prepared(jobs - 1, line)]
    shares = shared(lambda number: _share(task, number, spools), jobs)
    for filled, share in zip(spools[1:], shares[1:], strict=True):
        filled.filling = share.filling or filled.filling
    if jobs > 1:
        for language in frozenset().union(*(share.searched for share in shares)):
            # The other processes have searched in it; here its examples must be tried.
            task.finder.find("", language)
    problems = sorted(chain.from_iterable(share.problems for share in shares), key=lambda problem: problem[0])
    files = sum(share.files for share in shares)
    return Checked(files, spool.Spooled(spools), [problem for _number, problem in problems])


def _share(task: Task, number: int, spools: Sequence[Spool]) -> _Share:
    """Every text has one process that answers for it; the blocks of large ones are shared."""
    jobs, spool, share = len(spools), spools[number], _Share()
    unread: list[TolmachError] = []
    for text, reading in task.texts.readings(unread.append, lambda text, size: size > _LARGE or text % jobs == number):
        mine = text % jobs == number
        try:
            for block, findings in _found(task, reading, number, jobs):
                spool.add((text, block), findings)
        except TolmachError as problem:
            spool.drop(text)
            share.problems += [(text, problem)] if mine else []
        else:
            share.files += mine
    if number:
        spool.store()
    share.problems += [(-1, problem) for problem in unread]
    share.searched = frozenset(task.finder.searched)
    share.filling = spool.filling
    return share


def _found(task: Task, reading: Reading, number: int, jobs: int) -> Iterator[tuple[int, list[Finding]]]:
    """The findings in those blocks of a text that are for this process."""
    from tolmach.lint import runner

    for block, document in enumerate(reading.documents()):
        if reading.size <= _LARGE or block % jobs == number:
            findings = list(runner.check(document, task.rules, task.finder, task.side, suppressed=task.suppressed))
            if findings:
                yield block, findings
