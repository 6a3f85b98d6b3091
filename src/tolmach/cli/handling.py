"""The options of `tolmach check` that say what is to be done with findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from tolmach.errors import TolmachError
from tolmach.messages import _

Command = TypeVar("Command", bound=Callable[..., object])


def options(command: Command) -> Command:
    """Give a command the options of `Handling`."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--show-source/--no-show-source",
        default=None,
        help=_("Show the line of each finding (text; default: on a terminal)."),
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help=_("Color the text report; auto: on a terminal, unless NO_COLOR is set."),
    ),
    click.option(
        "--statistics",
        is_flag=True,
        help=_("Print a table of what was found how often, instead of the report or, with --output, beside it."),
    ),
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False, path_type=Path),
        help=_("Findings in this file are known: they are marked and do not count."),
    ),
    click.option("--write-baseline", is_flag=True, help=_("Write all findings into the file of --baseline.")),
    click.option(
        "--changed-since",
        metavar=_("REVISION"),
        help=_("Report only what stands on lines changed in git since then."),
    ),
    click.option("--exit-zero", is_flag=True, help=_("Exit with 0 even when there are findings.")),
    click.option("--fix", is_flag=True, help=_("Mend what can safely be mended, and report what remains.")),
    click.option("--diff", is_flag=True, help=_("Show what --fix would change, and change nothing.")),
    click.option(
        "--fix-quotations", is_flag=True, help=_("With --fix: mend within quotations, too, which others have written.")
    ),
    click.option(
        "--track",
        is_flag=True,
        help=_("With --fix: write tracked changes into Word and OpenDocument texts, leave other files alone."),
    ),
)


@dataclass(frozen=True, slots=True)
class Handling:
    """What is to be done with the findings, as the options say."""

    show_source: bool | None
    color: str
    statistics: bool
    baseline: Path | None
    write_baseline: bool
    changed_since: str | None
    exit_zero: bool
    fix: bool
    diff: bool
    fix_quotations: bool
    track: bool

    @property
    def transforms(self) -> bool:
        """Is anything done with the findings, besides reporting them?"""
        compared = self.baseline is not None or self.changed_since is not None
        return compared or self.fix or self.diff or self.statistics

    def __post_init__(self) -> None:
        if self.write_baseline and self.baseline is None:
            raise TolmachError(_("there is no file for the baseline"), hint=_("name it: --baseline FILE"))
        if self.write_baseline and self.changed_since:
            raise TolmachError(
                _("a baseline of changed lines would forget the others"), hint=_("leave out --changed-since")
            )
        if (self.track or self.fix_quotations) and not (self.fix or self.diff):
            name = "--track" if self.track else "--fix-quotations"
            raise TolmachError(_("{option} changes nothing by itself").format(option=name), hint=_("add --fix"))
