"""`tolmach memory`: bring translations in, take them out, look them up."""

from __future__ import annotations

import click

from tolmach.cli.group import Group
from tolmach.messages import _

COMMANDS = "tolmach.cli.memory"


@click.command(
    cls=Group,
    package=COMMANDS,
    help=_(
        "Bring translations in from bilingual files, take the house's out, and look sentences up: the same, similar "
        "ones with what differs, and those that contain a text."
    ),
    short_help=_("Import, export and search translated sentences."),
    epilog=_("Example: tolmach memory find 'Präsident Tokajew sprach in Astana.' --to ru"),
)
def memory() -> None:
    """Group the memory commands."""


COMMAND = memory
