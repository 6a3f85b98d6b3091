"""`tolmach rules`: what the rules of the check find, why, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.lint.rule import Rule


@click.command(
    help=_(
        "The manual of the rules.\n\nWithout an ID all rules are listed: severity, whether they are on by default, "
        "whether --fix mends what they find, and what that is. With an ID one rule is explained, with examples."
    ),
    epilog=_("Example: tolmach rules mixed-script"),
)
@click.argument("identity", metavar=_("[ID]"), required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help=_("Form of the output."),
)
def rules(identity: str | None, style: str) -> None:
    """Print one rule, or all."""
    from tolmach.lint import rule

    wanted = rule.names() if identity is None else (identity.lower(),)
    found = {name: rule.load(name) for name in wanted}
    for line in _lines(found, style, alone=identity is not None):
        click.echo(line)


def _lines(found: dict[str, Rule], style: str, *, alone: bool) -> Iterator[str]:
    import json

    from tolmach.lint import manual

    if style == "json":
        records = [manual.record(name, one) for name, one in found.items()]
        return iter([json.dumps({"schema": "tolmach.rules/1", "rules": records}, ensure_ascii=False, indent=1)])
    if not alone:
        return manual.table(found) if style == "text" else manual.page(found)
    ((name, one),) = found.items()
    return manual.text(name, one) if style == "text" else manual.markdown(name, one, "#")


COMMAND = rules
