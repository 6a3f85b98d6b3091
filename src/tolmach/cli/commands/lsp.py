"""`tolmach lsp`: a language server, so that an editor shows findings, cards and quick fixes while one types."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout

import click

from tolmach.cli.options import cache_folder
from tolmach.errors import TolmachError
from tolmach.messages import _


@click.command(
    help=_(
        "Serve an editor over standard input and output (Language Server Protocol): findings as you type, concept "
        "cards, quick fixes, completion. Editors start it themselves; what is checked is what the configuration of "
        "the text's folder says."
    ),
    short_help=_("Serve an editor (Language Server Protocol)."),
    epilog=_("Example: tolmach lsp"),
)
def lsp() -> int:
    """Serve until the editor ends it and return the exit code."""
    try:
        from tolmach.lsp import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise TolmachError(
            _("the language server needs {package}").format(package="pygls"), hint="pip install 'tolmach[lsp]'"
        ) from None
    # The protocol has standard output for itself: what anything else prints goes to standard error.
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with redirect_stdout(sys.stderr):
        return server.serve(sys.stdin.buffer, stdout, cache_folder())


COMMAND = lsp
