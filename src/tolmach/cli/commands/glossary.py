"""`tolmach glossary`: look at glossaries, validate them, fill them from texts, decide."""

from __future__ import annotations

import click

from tolmach import plugins
from tolmach.messages import _

COMMANDS = "tolmach.cli.glossary"


class Subcommands(click.Group):
    """The commands about glossaries; a command's module is imported when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return list(plugins.names(COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in plugins.names(COMMANDS):
            return None
        return plugins.load(COMMANDS, cmd_name, "COMMAND", click.Command)


@click.group(
    cls=Subcommands,
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
