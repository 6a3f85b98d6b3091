"""`tolmach parallel`: texts and their translations side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli import outputs
from tolmach.cli.options import (
    glossary_option,
    language_codes,
    load_config,
    load_shelf,
    original_option,
    place_option,
    translations_option,
)
from tolmach.cli.show import visible
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.parallel.build import House
    from tolmach.parallel.document import ParallelDocument
    from tolmach.parallel.writers import Writer
    from tolmach.text.sources import File, Text


@click.command(
    "parallel",
    help=_(
        "Write texts beside their translations, sentence by sentence, with the terms of the glossary explained.\n\n"
        "A sentence without a translation gives an empty cell. Without PATH, the configured sources."
    ),
    epilog=_("Example: tolmach parallel seeds --format html"),
)
@click.argument("names", nargs=-1, metavar=_("[PATH or document id]..."))
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    help=_(
        "What to write: html (print it for a PDF), docx, epub, md, tsv, tmx, xliff, xliff12, po. Default: what the "
        "ending of --output says, else html."
    ),
)
@click.option("--languages", help=_("Languages of the columns, in any order. Default: the configured ones."))
@click.option(
    "--rows",
    type=click.Choice(["sentence", "paragraph"]),
    default="sentence",
    show_default=True,
    help=_("What stands in a row; only sentences can be imported again."),
)
@original_option
@click.option("--findings", is_flag=True, help=_("Check the sentences, and show in html what is found beside them."))
@place_option
@translations_option
@glossary_option
def parallel(
    names: tuple[str, ...],
    format_name: str | None,
    languages: str | None,
    rows: str,
    source: str | None,
    findings: bool,
    output: Path | None,
    translations: Path | None,
    glossary: tuple[str, ...],
) -> None:
    """Write one file a text and print where it is."""
    from tolmach.cli.sentences import with_findings
    from tolmach.parallel import writers
    from tolmach.parallel.paragraphs import in_paragraphs
    from tolmach.text import sources

    writer = writers.load(format_name or (output and writers.name_for(output)) or "html")
    settings = load_config()
    hint = _("for example --languages de,en,ru")
    columns = settings.languages if languages is None else language_codes(languages, hint)
    folder = translations or settings.locate(settings.translations)
    original = source or settings.languages[0]
    files = outputs.files(names, settings)
    texts = list(sources.texts(files, original))
    outputs.tell_passed_over(files, original)
    shelf = load_shelf(glossary, settings)
    finder = shelf.finder()
    house = outputs.house(original, columns, folder, finder)
    documents = (_document(text, house, columns) for text in texts)
    if findings:
        documents = (with_findings(document, finder, settings) for document in documents)
    if rows == "paragraph":
        documents = (in_paragraphs(document) for document in documents)
    for path in _write(documents, files, len(texts), writer, output or folder / "parallel"):
        click.echo(visible(path.as_posix()))
    # `check` and `glossary validate` say what is wrong with examples.
    shelf.prove(finder)


def _document(text: Text, house: House, columns: Sequence[str]) -> ParallelDocument:
    from tolmach.files import version
    from tolmach.parallel.build import build

    targets = [code for code in columns if code != text.language]
    return build(text, house, targets, version(), columns)


def _write(
    documents: Iterable[ParallelDocument], files: Sequence[File], count: int, writer: Writer, output: Path
) -> Iterator[Path]:
    from tolmach.cli.texts import spare
    from tolmach.files import write_atomic

    originals = {file.path.resolve() for file in files}
    for document in documents:
        for ending, content in writer.write(document):
            path = outputs.place(output, document.id, ending, count)
            if path.resolve() in originals:
                spare(originals, path)
            write_atomic(path, content)
            yield path


COMMAND: click.Command = parallel
