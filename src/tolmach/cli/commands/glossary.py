"""`tolmach glossary`: look at glossaries, validate them, fill them from texts, decide."""

from __future__ import annotations

import click

from tolmach.cli.group import Group
from tolmach.messages import _

COMMANDS = "tolmach.cli.glossary"


@click.command(
    cls=Group,
    package=COMMANDS,
    help=_(
        "Look at glossaries, validate them, fill them from texts and decide: `propose` finds the names, `review` asks "
        "about each."
    ),
    short_help=_("Look at glossaries, validate and fill them."),
    epilog=_("Example: tolmach glossary propose texts --into glossary/names.toml"),
)
def glossary() -> None:
    """Group the glossary commands."""


COMMAND = glossary
