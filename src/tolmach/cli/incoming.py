"""What an import shows: the terms that would come, and the first of everything that stands in their way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tolmach.cli.glossary.diff import lines
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.glossary.diff import Changed, Difference
    from tolmach.glossary.formats import Found
    from tolmach.glossary.incoming import Plan, Revision
    from tolmach.glossary.merge import Conflict
    from tolmach.glossary.model import Concept

SCHEMA = "tolmach.glossary-import/1"
_SHOWN = 20


def show_plan(plan: Plan) -> None:
    """Write the concepts that come to stdout, and to stderr those that wait for a decision."""
    for line in lines(_difference(plan.added, plan.changed)):
        click.echo(visible(line))
    if plan.waiting:
        note(
            plural(
                "{count} concept of yours would gain something, but is decided or stands in another file:",
                "{count} concepts of yours would gain something, but are decided or stand in another file:",
                len(plan.waiting),
            )
        )
        for line in lines(_difference([], plan.waiting[:_SHOWN])):
            click.echo(visible(line), err=True)
        _tell_more(len(plan.waiting))


def show_left_out(left_out: Sequence[TolmachError]) -> None:
    """Write the places of the file that could not be read."""
    if left_out:
        note(plural("{count} place could not be read:", "{count} places could not be read:", len(left_out)))
    for problem in left_out[:_SHOWN]:
        click.echo(visible(f"{problem}"), err=True)
    _tell_more(len(left_out))


def show_problems(problems: Sequence[TolmachError]) -> None:
    """Write the first problems, and each hint once."""
    first = problems[:_SHOWN]
    for problem in first:
        click.echo(_("error: {message}").format(message=visible(str(problem))), err=True)
    for hint in dict.fromkeys(problem.hint for problem in first if problem.hint):
        click.echo(_("hint: {hint}").format(hint=visible(hint)), err=True)
    _tell_more(len(problems))


def show_broken(broken: Sequence[TolmachError]) -> None:
    """Write the self-tests that fail once the proposals are decided."""
    for problem in broken[:_SHOWN]:
        note(_("if this were decided, a self-test would fail: {problem}").format(problem=problem))
    _tell_more(len(broken))


def _tell_more(count: int) -> None:
    if count > _SHOWN:
        note(
            plural(
                "{count} more is not shown: --report FILE writes everything",
                "{count} more are not shown: --report FILE writes everything",
                count - _SHOWN,
            )
        )


def record(found: Found, plan: Plan, problems: Iterable[TolmachError], broken: Iterable[TolmachError]) -> str:
    """Everything about the import as JSON."""
    from tolmach.glossary.formats import table

    whole = {
        "schema": SCHEMA,
        "added": [{**_place(one), **table(one)} for one in plan.added],
        "changed": [_change(one) for one in _changes(plan.changed)],
        "waiting": [_change(one) for one in _changes(plan.waiting)],
        "known": plan.same,
        "rejected": plan.rejected,
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "left_out": [_problem(one) for one in found.left_out],
        "problems": [_problem(one) for one in problems],
        "failing_self_tests": [_problem(one) for one in broken],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n"


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "id": one.first.id,
        "about": one.about,
        "ours": {**_place(one.first), "value": one.before},
        "theirs": {**_place(one.second), "value": one.after},
    }


def _place(concept: Concept) -> dict[str, Any]:
    return {"path": Path(concept.path).as_posix(), "line": concept.line}


def _problem(problem: TolmachError) -> dict[str, Any]:
    return {"path": str(problem.path or ""), "line": problem.line or 0, "message": problem.message}


def _change(one: Changed) -> dict[str, Any]:
    return {"id": one.id, "changes": [asdict(change) for change in one.changes]}


def _difference(added: Sequence[Concept], changed: Iterable[Revision]) -> Difference:
    from tolmach.glossary.diff import Difference

    return Difference(tuple(added), (), tuple(_changes(changed)))


def _changes(changed: Iterable[Revision]) -> Iterator[Changed]:
    from tolmach.glossary.diff import Changed, changes

    return (Changed(one.before.id, tuple(changes(one.before, one.after))) for one in changed)
