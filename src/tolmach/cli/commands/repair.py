"""`tolmach repair`: put the names and terms of translations right, whatever engine made them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import Existing, glossary_option, language_code, load_config, load_shelf
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder


@click.command(
    help=_(
        "Put the names and terms of translations right, in the form that their place asks for.\n\n"
        "With --jsonl, objects with source, target, source_lang, target_lang and terms are read from standard input, "
        "one a line, and answered line by line; without terms, those of the glossary count. Of PO files the drafts "
        "(marked fuzzy) are changed in place; what a person has reviewed is only reported."
    ),
    short_help=_("Put names and terms of translations right."),
    epilog=_("Example: tolmach repair translations/ru/news.po --diff"),
)
@click.argument("files", nargs=-1, metavar=_("[FILE]..."), type=Existing())
@click.option("--jsonl", is_flag=True, help=_("Read sentence pairs from standard input, one JSON object a line."))
@glossary_option
@click.option(
    "--from", "source", callback=language_code, metavar=_("CODE"), help=_("Language of the sources of a PO file.")
)
@click.option("--insert", is_flag=True, help=_("Add a name that has no rendering at the end, in brackets."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--diff", is_flag=True, help=_("Show what would be changed, and change nothing."))
def repair(
    files: tuple[Path, ...],
    jsonl: bool,
    glossary: tuple[str, ...],
    source: str | None,
    insert: bool,
    dry_run: bool,
    diff: bool,
) -> None:
    """Answer the lines of standard input, or repair the files."""
    from tolmach.translate.enforce.repair import Repair

    if jsonl == bool(files):
        raise click.UsageError(_("give PO files, or --jsonl and sentence pairs on standard input"))
    work = Repair(insert=insert)
    if jsonl:
        from tolmach.cli import pairs

        pairs.answer(work, lambda: _finder(glossary))
        return
    from tolmach.cli import drafts

    finder = _finder(glossary)
    if not finder.glossary.concepts:
        raise TolmachError(_("the glossary is empty"), hint=_("name one with --glossary"))
    for path in files:
        for line in drafts.repaired(path, work, finder, source, write=not (dry_run or diff), diff=diff):
            click.echo(line)
        sys.stdout.flush()


def _finder(glossary: tuple[str, ...]) -> Finder:
    return load_shelf(glossary, load_config()).finder()


COMMAND = repair
