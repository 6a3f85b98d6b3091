"""`tolmach segment`: text in, one sentence per line out."""

from __future__ import annotations

import sys

import click

from tolmach.messages import _


@click.command(
    help=_("Split text from standard input into sentences: one a line, a blank line between paragraphs."),
    epilog=_("Example: tolmach segment --lang de < article.txt"),
)
@click.option("--lang", "language", default="de", show_default=True, help=_("Language of the text: de, en or ru."))
def segment(language: str) -> None:
    """Split standard input into sentences."""
    from tolmach.text.identity import fold
    from tolmach.text.segments import split

    text = sys.stdin.read()
    for number, sentences in enumerate(split(text, language)):
        if number:
            click.echo()
        for span in sentences:
            click.echo(fold(text[span.start : span.end]))


COMMAND = segment
