"""`tolmach glossary diff`: what differs between two glossaries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tolmach.cli.show import visible
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.glossary.diff import Change, Difference
    from tolmach.glossary.model import Concept

SCHEMA = "tolmach.glossary-diff/1"


@click.command(
    help=_(
        "Show which concepts the second glossary has more (+), has no more (-) or has otherwise (~), and which key of "
        "which designation differs. FIRST and SECOND are files, folders or `starter`."
    ),
    short_help=_("Show what differs between two glossaries."),
    epilog=_("Example: tolmach glossary diff starter glossary"),
)
@click.argument("first", metavar=_("FIRST"))
@click.argument("second", metavar=_("SECOND"))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("Output format.")
)
@click.option("--exit-code", "strict", is_flag=True, help=_("Exit with 1 when anything differs."))
def diff(first: str, second: str, form: str, strict: bool) -> int:
    """Write what differs."""
    from tolmach.glossary import diff as differences
    from tolmach.glossary.load import STARTER, load

    one, other = (load([name if name == STARTER else Path(name)]) for name in (first, second))
    found = differences.diff(one, other)
    if form == "json":
        click.echo(json.dumps(_record(found), ensure_ascii=False, indent=1, default=str))
    else:
        for line in lines(found):
            click.echo(visible(line))
    return int(strict and bool(found))


def _record(found: Difference) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "added": [concept.id for concept in found.added],
        "removed": [concept.id for concept in found.removed],
        "changed": [{"id": one.id, "changes": [asdict(change) for change in one.changes]} for one in found.changed],
    }


def lines(found: Difference) -> Iterator[str]:
    """The differences, a line for each concept and below it one for each key."""
    for sign, concepts in (("+", found.added), ("-", found.removed)):
        for concept in concepts:
            yield f"{sign} {concept.id} ({concept.kind}): {_forms(concept)}"
    for one in found.changed:
        yield f"~ {one.id}"
        for change in one.changes:
            yield f"    {_line(change)}"


def _forms(concept: Concept) -> str:
    preferred = ((language, concept.preferred(language)) for language in concept.designations)
    return ", ".join(f"{language} {entry.full}" for language, entry in preferred if entry)


def _line(change: Change) -> str:
    place = f"{change.language} {change.form}".strip()
    if not change.key:
        sign, status = ("+", change.after) if change.before is None else ("-", change.before)
        return f"{sign} {place}: {status}"
    told = f"{change.key}: {_value(change.before)} → {_value(change.after)}"
    return f"{place}: {told}" if place else told


def _value(value: Any) -> str:
    from tolmach.glossary.written import written

    if value is None:
        return "–"
    return value if isinstance(value, str) else written(value)


COMMAND = diff
