"""Showing things on a terminal: errors in two lines, foreign text without control characters."""

from __future__ import annotations

import unicodedata

import click

from tolmach.errors import TolmachError
from tolmach.messages import _

# Unicode categories that a terminal obeys or cannot show: controls, formats (bidi overrides), surrogates, private
# use, line separators.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_HARMLESS = frozenset("\u00ad\u200c\u200d")


def visible(text: str) -> str:
    """`text` with control characters written as escapes, so that it cannot steer the terminal.

    >>> visible("Tokajew\\x1b[31m")
    'Tokajew\\\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        character if unicodedata.category(character) not in _HIDDEN or character in _HARMLESS else repr(character)[1:-1]
        for character in text
    )


def show_error(error: TolmachError) -> None:
    """Write each problem to stderr: one line what and where, one line what to do."""
    for problem in error.all():
        click.echo(_("error: {message}").format(message=visible(str(problem))), err=True)
        if problem.hint:
            click.echo(_("hint: {hint}").format(hint=visible(problem.hint)), err=True)


def note(message: str) -> None:
    """Write a remark to stderr."""
    click.echo(_("note: {message}").format(message=visible(message)), err=True)
