"""`tolmach parallel`: texts and their translations side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, load_config, load_glossary, source_paths
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.model import Glossary
    from tolmach.parallel.build import House, Text
    from tolmach.parallel.writers import Writer

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@click.command(
    "parallel",
    help=_(
        "Write texts beside their translations, sentence by sentence, with the terms of the glossary explained.\n\n"
        "A sentence without a translation gives an empty cell. Without PATH, the configured sources."
    ),
    epilog=_("Example: tolmach parallel seeds --format html"),
)
@click.argument("names", nargs=-1, metavar=_("[PATH or document id …]"))
@click.option("--format", "format_name", default="html", show_default=True, help=_("What to write, such as html."))
@click.option("--languages", help=_("Languages of the columns, the text's own first. Default: the configured ones."))
@click.option("--output", type=click.Path(path_type=Path), help=_("Folder, or file for a single text."))
@click.option("--translations", type=click.Path(file_okay=False, path_type=Path), help=_("Folder of the PO files."))
@glossary_option
def parallel(
    names: tuple[str, ...],
    format_name: str,
    languages: str | None,
    output: Path | None,
    translations: Path | None,
    glossary: tuple[str, ...],
) -> None:
    """Write one file a text and print where it is."""
    from tolmach.parallel import writers

    writer = writers.load(format_name)
    settings = load_config()
    columns = _columns(languages.split(",") if languages is not None else settings.languages)
    folder = translations or settings.locate(settings.translations)
    texts = _texts(names, columns[0], settings)
    house = _house(columns, folder, load_glossary(glossary, settings))
    for path in _write(texts, house, columns[1:], writer, output or folder / "parallel"):
        click.echo(path.as_posix())


def _columns(given: Iterable[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.strip() for code in given))
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise TolmachError(
                _("not a language code: {code}").format(code=repr(code)), hint=_("for example --languages de,en,ru")
            )
    return codes


def _texts(names: tuple[str, ...], language: str, settings: Config) -> list[Text]:
    """The texts named by path or, where there is no such path, by document id among the configured sources."""
    roots = [settings.locate(source) for source in settings.sources]
    paths = tuple(name for name in names if not roots or Path(name).exists())
    ids = {name for name in names if name not in paths}
    found = [*_read(source_paths(paths, settings), language, roots)] if paths or not names else []
    if ids:
        found += [text for text in _read(roots, language, roots) if text.id in ids]
    for name in sorted(ids - {text.id for text in found}):
        raise TolmachError(
            _("neither a file nor a document: {name}").format(name=name),
            hint=_("give a path, or a path below a configured source folder without its ending"),
        )
    return list({text.id: text for text in found}.values())


def _read(paths: Sequence[Path], language: str, roots: Sequence[Path]) -> Iterator[Text]:
    from tolmach.parallel.build import Text
    from tolmach.translate import texts

    for text in texts.read(paths, language, roots):
        yield Text(text.id, language, text.segments)


def _house(columns: Sequence[str], folder: Path, glossary: Glossary) -> House:
    from tolmach.glossary.find import Finder
    from tolmach.memory.lookup import Memory
    from tolmach.parallel.build import House

    memories = {code: Memory.open(folder, columns[0], code) for code in columns[1:]}
    return House(memories, Finder(glossary) if len(glossary) else None)


def _write(texts: Sequence[Text], house: House, targets: Sequence[str], writer: Writer, output: Path) -> Iterator[Path]:
    from importlib.metadata import version

    from tolmach.files import write_atomic
    from tolmach.parallel.build import build

    for text in texts:
        for ending, content in writer.write(build(text, house, targets, version("tolmach"))):
            is_file = output.name.lower().endswith(ending) and not output.is_dir()
            if is_file and len(texts) > 1:
                raise TolmachError(
                    _("{count} texts do not fit into one file").format(count=len(texts)),
                    path=output,
                    hint=_("give a folder with --output"),
                )
            path = output if is_file else output / f"{text.id}{ending}"
            write_atomic(path, content)
            yield path


COMMAND: click.Command = parallel
