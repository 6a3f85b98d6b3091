"""A command whose own commands are the modules of a folder."""

from __future__ import annotations

from typing import Any

import click

from tolmach import plugins


class Group(click.Group):
    """The commands in `package`, one module each defining `COMMAND`, which is imported when it is called or listed."""

    def __init__(self, *arguments: Any, package: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return list(plugins.names(self.package))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in plugins.names(self.package):
            return None
        return plugins.load(self.package, cmd_name, "COMMAND", click.Command)
