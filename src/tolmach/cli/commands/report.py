"""`tolmach report`: who writes which name how, what the check finds, what the glossary decides, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli import texts
from tolmach.cli.options import (
    confidence_option,
    glossary_option,
    load_config,
    load_shelf,
    output_option,
    text_language_option,
)
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.report.build import House
    from tolmach.report.model import Corpus
    from tolmach.text.model import Document


@click.command(
    help=_(
        "Write one page about texts: which of them writes which name how, what the check finds, what the glossary "
        "decides.\n\nPATH is a file or a folder; without one the configured sources are read. The page needs no server "
        "and no network. As a picture (svg, png) the report is the table of spellings and texts alone."
    ),
    short_help=_("Show who writes what: one page or picture."),
    epilog=_("Example: tolmach report seeds --output report.html"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@click.option(
    "--format",
    "style",
    type=click.Choice(["html", "svg", "png"]),
    default="html",
    show_default=True,
    help=_("A page, or a picture of the table alone."),
)
@output_option
@text_language_option
@confidence_option
@glossary_option
def report(
    paths: tuple[str, ...],
    style: str,
    output: Path | None,
    language: str | None,
    confidence: float,
    glossary: tuple[str, ...],
) -> None:
    """Write the page or picture."""
    from tolmach.names.variants.find import Choice, find
    from tolmach.report.build import build

    texts.names_language(language)
    if style == "png" and output is None:
        raise TolmachError(_("a picture is not written to standard output"), hint=_("add --output report.png"))
    settings = load_config()
    files = texts.files(paths, settings)
    texts.spare((file.path for file in files), output)
    shelf = load_shelf(glossary, settings) if style == "html" else None
    finder = None if shelf is None else shelf.finder()
    if style != "html":
        from tolmach.report.picture import require

        require()

    def read() -> Iterator[Document]:
        return texts.documents(files, language)

    choice = Choice(consistent=True, confidence=confidence)
    house = None if finder is None else _house(finder, settings, read)
    corpus = build(find(read, choice), read, [str(file.path) for file in files], house)
    _write(_page(corpus) if style == "html" else _picture(corpus, style), output)
    if shelf is not None and finder is not None:
        # `check` and `glossary validate` say what is wrong with examples.
        shelf.prove(finder)


def _house(finder: Finder, settings: Config, read: Callable[[], Iterable[Document]]) -> House:
    from tolmach.lint import runner
    from tolmach.lint.rule import Run, choose
    from tolmach.report.build import House

    rules = runner.surveyed(choose(settings), Run(read, finder))
    return House(finder, lambda document: runner.check(document, rules, finder))


def _page(corpus: Corpus) -> bytes:
    from importlib.metadata import version

    from tolmach.report.page import page

    return page(corpus, version("tolmach")).encode("utf-8")


def _picture(corpus: Corpus, style: str) -> bytes:
    from tolmach.report.picture import picture

    return picture(corpus, style)


def _write(content: bytes, output: Path | None) -> None:
    from tolmach.files import write_atomic

    if output is not None:
        write_atomic(output, content)
    else:
        click.echo(content.decode("utf-8"), nl=False)


COMMAND = report
