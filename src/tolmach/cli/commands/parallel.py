"""`tolmach parallel`: texts and their translations side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import (
    glossary_option,
    language_code,
    language_codes,
    load_config,
    load_shelf,
    source_paths,
    translations_option,
)
from tolmach.cli.show import visible
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
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
    default="html",
    show_default=True,
    help=_("What to write, such as html."),
)
@click.option("--languages", help=_("Languages of the columns, in any order. Default: the configured ones."))
@click.option(
    "--rows",
    type=click.Choice(["sentence", "paragraph"]),
    default="sentence",
    show_default=True,
    help=_("What stands in a row; only sentences can be imported again."),
)
@click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the texts. Default: the first of the configured ones."),
)
@click.option("--output", type=click.Path(path_type=Path), help=_("Folder, or file for a single text."))
@translations_option
@glossary_option
def parallel(
    names: tuple[str, ...],
    format_name: str,
    languages: str | None,
    rows: str,
    source: str | None,
    output: Path | None,
    translations: Path | None,
    glossary: tuple[str, ...],
) -> None:
    """Write one file a text and print where it is."""
    from tolmach.parallel import writers
    from tolmach.text import sources

    writer = writers.load(format_name)
    settings = load_config()
    hint = _("for example --languages de,en,ru")
    columns = settings.languages if languages is None else language_codes(languages, hint)
    folder = translations or settings.locate(settings.translations)
    original = source or settings.languages[0]
    texts = list(sources.texts(_files(names, settings), original))
    shelf = load_shelf(glossary, settings)
    finder = shelf.finder()
    house = _house(original, columns, folder, finder)
    documents = (_document(text, house, columns, rows) for text in texts)
    for path in _write(documents, len(texts), writer, output or folder / "parallel"):
        click.echo(visible(path.as_posix()))
    # `check` and `glossary validate` say what is wrong with examples.
    shelf.prove(finder)


def _files(names: tuple[str, ...], settings: Config) -> list[File]:
    """The files named by path or, where there is no such path, by document id among the configured sources."""
    from tolmach.text import sources

    paths = [name for name in names if not settings.sources or Path(name).exists()]
    ids = set(names).difference(paths)
    found = list(sources.find(source_paths(paths, settings), settings)) if paths or not names else []
    if ids:
        configured = sources.find(source_paths((), settings), settings)
        found += (replace(file, named=True) for file in configured if file.id in ids)
    raise_all(
        [
            TolmachError(
                _("neither a file nor a document: {name}").format(name=name),
                hint=_("give a path, or a path below a configured source folder without its ending"),
            )
            for name in sorted(ids - {file.id for file in found})
        ]
    )
    return list({file.path.resolve(): file for file in found}.values())


def _house(original: str, columns: Sequence[str], folder: Path, finder: Finder) -> House:
    from tolmach.memory.lookup import Memory
    from tolmach.parallel.build import House

    memories = {code: Memory.open(folder, original, code) for code in columns if code != original}
    return House(memories, finder if len(finder.glossary) else None)


def _document(text: Text, house: House, columns: Sequence[str], rows: str) -> ParallelDocument:
    from tolmach.files import version
    from tolmach.parallel.build import build
    from tolmach.parallel.paragraphs import in_paragraphs

    targets = [code for code in columns if code != text.language]
    document = build(text, house, targets, version(), columns)
    return in_paragraphs(document) if rows == "paragraph" else document


def _write(documents: Iterable[ParallelDocument], count: int, writer: Writer, output: Path) -> Iterator[Path]:
    from tolmach.files import write_atomic

    for document in documents:
        for ending, content in writer.write(document):
            is_file = output.suffix.lower() == PurePath(f"x{ending}").suffix and not output.is_dir()
            if is_file and count > 1:
                raise TolmachError(
                    _("{count} texts do not fit into one file").format(count=count),
                    path=output,
                    hint=_("give a folder with --output"),
                )
            path = _named(output, ending) if is_file else output / f"{document.id}{ending}"
            write_atomic(path, content)
            yield path


def _named(output: Path, ending: str) -> Path:
    """The file that the user has named, with the language where the format has a file for each."""
    return output if output.name.lower().endswith(ending.lower()) else output.with_suffix(ending)


COMMAND: click.Command = parallel
