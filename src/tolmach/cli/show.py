"""Showing things on a terminal: errors in two lines, foreign text without control characters."""

from __future__ import annotations

import click

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.columns import visible

__all__ = ["note", "show_error", "visible"]


def show_error(error: TolmachError) -> None:
    """Write each problem to stderr: one line what and where, one line what to do."""
    for problem in error.all():
        click.echo(_("error: {message}").format(message=visible(str(problem))), err=True)
        if problem.hint:
            click.echo(_("hint: {hint}").format(hint=visible(problem.hint)), err=True)


def note(message: str) -> None:
    """Write a remark to stderr."""
    click.echo(_("note: {message}").format(message=visible(message)), err=True)
