"""The program `tolmach`: finds its commands by their file names and turns errors into one line and a hint."""

from __future__ import annotations

import gettext
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from types import TracebackType

import click

from tolmach.cli.group import Group
from tolmach.cli.show import show_error
from tolmach.errors import TolmachError
from tolmach.files import reason
from tolmach.messages import _

COMMANDS = "tolmach.cli.commands"
USER_ERROR, BUG, INTERRUPTED = 2, 3, 130


def _version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"tolmach {version('tolmach')}")
        ctx.exit()


@click.command(
    cls=Group,
    package=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=_("Keep names and terms consistent in German, English and Russian texts: check, translate, set side by side."),
    epilog=_("Example: tolmach check article.txt --glossary glossary"),
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help=_("Show the version and exit."),
)
def tolmach() -> None:
    """Group all commands."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (default: the command line) and return its exit code."""
    # click looks its own words up in gettext's default domain; their translations stand in our catalogue.
    gettext.bindtextdomain("tolmach", str(files("tolmach").joinpath("locale")))
    gettext.textdomain("tolmach")
    try:
        result = tolmach.main(
            args=None if arguments is None else list(arguments), prog_name="tolmach", standalone_mode=False
        )
        sys.stdout.flush()
    except TolmachError as error:
        show_error(error)
        return USER_ERROR
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return USER_ERROR
    except click.ClickException as error:
        show_error(_wrong_usage(error))
        return USER_ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("interrupted"), err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader of our output has gone (click turns that into SystemExit).
        _forget_output()
        return 0
    except OSError as error:
        _forget_output()
        show_error(_refused(error))
        return USER_ERROR
    return result if isinstance(result, int) else 0


def _wrong_usage(error: click.ClickException) -> TolmachError:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "tolmach"
    return TolmachError(error.format_message(), hint=_("see `{command} --help`").format(command=command))


def _refused(error: OSError) -> TolmachError:
    # What concerns a file is caught where the file is known; what arrives here is mostly a full disk behind stdout.
    name = error.filename if isinstance(error.filename, str) else None
    return TolmachError(
        _("cannot read or write: {reason}").format(reason=reason(error)),
        path=name or (None if error.filename else _("standard output")),
        hint=_("check permissions and free space"),
    )


def _forget_output() -> None:
    """What is still buffered for standard output must not complain at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show an error nobody foresaw and leave with the exit code of bugs, not with 1, which means findings."""
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    traceback.print_exception(kind, error, trace)
    show_error(
        TolmachError(
            _("this is a bug in tolmach: {kind}").format(kind=kind.__name__),
            hint=_("please report it with the lines above and the input that led to it"),
        )
    )
    sys.exit(BUG)


def _open_streams() -> None:
    # Python has None for a standard stream that the caller closed (`<&-`): read nothing from it, write nowhere.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def main() -> None:
    """The entry point of the installed program; its exit codes are those of the manual."""
    sys.excepthook = _report_bug
    _open_streams()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")
    sys.exit(run())
