"""`tolmach segment`: text in, one sentence per line out."""

from __future__ import annotations

import sys

import click

from tolmach.cli.options import language_code
from tolmach.messages import _


@click.command(
    help=_("Split text from standard input into sentences: one a line, a blank line between paragraphs."),
    short_help=_("Split text into sentences, one a line."),
    epilog=_("Example: tolmach segment --lang de < article.txt"),
)
@click.option(
    "--lang",
    "language",
    callback=language_code,
    metavar=_("CODE"),
    default="de",
    show_default=True,
    help=_("Language of the text: de, en or ru."),
)
def segment(language: str) -> None:
    """Split standard input into sentences."""
    from tolmach.files import read_stream
    from tolmach.text.decode import decode
    from tolmach.text.identity import fold
    from tolmach.text.segments import split

    content = read_stream(sys.stdin.buffer, _("standard input"))
    text = decode(content, _("standard input")) if content.strip() else ""
    for number, sentences in enumerate(split(text, language)):
        if number:
            click.echo()
        for span in sentences:
            click.echo(fold(text[span.start : span.end]))


COMMAND = segment
