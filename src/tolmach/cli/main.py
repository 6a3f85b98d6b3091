"""The program `tolmach`: finds its commands by their file names and turns errors into one line and a hint."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from tolmach import plugins
from tolmach.cli.show import show_error
from tolmach.errors import TolmachError
from tolmach.messages import _

COMMANDS = "tolmach.cli.commands"
USER_ERROR, BUG, INTERRUPTED = 2, 3, 130


class Commands(click.Group):
    """The group of all commands; a command's module is imported when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return list(plugins.names(COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in plugins.names(COMMANDS):
            return None
        return plugins.load(COMMANDS, cmd_name, "COMMAND", click.Command)


def _version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"tolmach {version('tolmach')}")
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=_("Keep names and terms consistent in German, English and Russian texts: check, translate, set side by side."),
    epilog=_("Example: tolmach check article.txt --glossary glossary"),
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help=_("Show the version and exit.")
)
def tolmach() -> None:
    """Group all commands."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (default: the command line) and return its exit code."""
    try:
        result = tolmach.main(args=None if arguments is None else list(arguments), prog_name="tolmach", standalone_mode=False)
        sys.stdout.flush()
    except TolmachError as error:
        show_error(error)
        return USER_ERROR
    except click.UsageError as error:
        error.show()
        return USER_ERROR
    except click.ClickException as error:
        error.show()
        return USER_ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def main() -> None:
    """The entry point of the installed program; its exit codes are those of the manual."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")
    try:
        code = run()
    except SystemExit:
        raise
    except UnicodeDecodeError as error:
        show_error(TolmachError(_("the input is not UTF-8 (byte {place})").format(place=error.start), hint=_("convert it first")))
        code = USER_ERROR
    sys.exit(code)
