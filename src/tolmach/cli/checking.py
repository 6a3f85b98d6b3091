"""The findings of many files, looked for by one process or by several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from tolmach.cli.jobs import shared
from tolmach.errors import TolmachError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tolmach.glossary.find import Finder
    from tolmach.lint.rule import Rule, Side
    from tolmach.lint.runner import Finding
    from tolmach.text.formats import Source
    from tolmach.text.model import Document

_LARGE = 1_000_000  # bytes from which the blocks of one file are shared


class Texts(Protocol):
    """What there is to check."""

    def sources(
        self, report: Callable[[TolmachError], None], wanted: Callable[[int, int], bool]
    ) -> Iterator[tuple[int, Source]]:
        """The texts that are not empty with their numbers, as far as they are `wanted` by number and size in bytes.

        `report` is given what cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Task:
    """What to check and how; with `suppressed`, findings that are left alone are wanted, too."""

    texts: Texts
    rules: Mapping[str, Rule]
    finder: Finder
    side: Side
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """How many texts could be checked, what was found, in order, and what could not be read."""

    files: int
    findings: list[Finding]
    problems: list[TolmachError]


@dataclass(slots=True)
class _Share:
    """What one process has done: findings by the numbers of text and block, problems by that of the text."""

    files: int = 0
    found: list[tuple[tuple[int, int], list[Any]]] = field(default_factory=list)
    problems: list[tuple[int, TolmachError]] = field(default_factory=list)
    searched: frozenset[str] = frozenset()


def check(task: Task, jobs: int) -> Checked:
    """Check all texts in that many processes."""
    shares = shared(lambda number: _share(task, number, jobs), jobs)
    found = sorted(chain.from_iterable(share.found for share in shares), key=lambda block: block[0])
    findings = list(chain.from_iterable(block for _place, block in found))
    if jobs > 1:
        findings = list(_unpacked(findings))
        for language in frozenset().union(*(share.searched for share in shares)):
            # The other processes have searched in it; here its examples must be tried.
            task.finder.find("", language)
    problems = sorted(chain.from_iterable(share.problems for share in shares), key=lambda problem: problem[0])
    return Checked(sum(share.files for share in shares), findings, [problem for _number, problem in problems])


def _share(task: Task, number: int, jobs: int) -> _Share:
    """Every text has one process that answers for it; the blocks of large ones are shared."""
    from tolmach.text import formats

    share = _Share()
    problems: list[TolmachError] = []
    for text, source in task.texts.sources(problems.append, lambda text, size: size > _LARGE or text % jobs == number):
        mine = text % jobs == number
        blocks: list[tuple[tuple[int, int], list[Any]]] = []
        try:
            for block, document in enumerate(formats.read(source)):
                if len(source.content) > _LARGE and block % jobs != number:
                    continue
                findings = list(_found(document, task))
                if findings:
                    blocks.append(((text, block), _packed(findings) if jobs > 1 else findings))
        except TolmachError as problem:
            share.problems += [(text, problem)] if mine else []
        else:
            share.files += mine
            share.found += blocks
    share.problems += [(-1, problem) for problem in problems]
    share.searched = frozenset(task.finder.searched)
    return share


def _found(document: Document, task: Task) -> Iterator[Finding]:
    from tolmach.lint import runner

    return runner.check(document, task.rules, task.finder, task.side, suppressed=task.suppressed)


def _packed(findings: Iterable[Finding]) -> list[Any]:
    """The findings as tuples, which are sent much faster."""
    names = [one.name for one in fields(next(iter(findings)))]
    return list(map(attrgetter(*names), findings))


def _unpacked(rows: Iterable[Any]) -> Iterator[Finding]:
    from tolmach.lint.runner import Finding

    return (Finding(*row) for row in rows)
