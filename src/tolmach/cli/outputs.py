"""Which texts a command makes files of, and where those go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tolmach.cli.options import source_paths
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.parallel.build import House
    from tolmach.text.sources import File


def files(names: tuple[str, ...], settings: Config) -> list[File]:
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


def house(original: str, languages: Iterable[str], folder: Path, finder: Finder) -> House:
    """What is known of texts in `original`: their translations in the folder and the terms of the glossary."""
    from tolmach.memory.lookup import Memory
    from tolmach.parallel.build import House

    memories = {code: Memory.open(folder, original, code) for code in languages if code != original}
    return House(memories, finder if len(finder.glossary) else None)


def place(output: Path, name: str, ending: str, count: int) -> Path:
    """Where the file with this ending goes that is made of the text `name`, one of `count`.

    `output` is the folder for it, or the file itself where it ends as such a file does; then the language stands before
    its ending where the format has a file for each. Raises TolmachError where several texts would go into one file, and
    for the name of a file of another format.
    """
    wanted = PurePath(f"x{ending}").suffix
    if output.suffix.lower() != wanted.lower() or output.is_dir():
        if not output.is_dir() and _is_of_a_file(output):
            raise TolmachError(
                _("what is written here ends in {ending}").format(ending=wanted),
                path=output,
                hint=_("name such a file, or a folder, with --output; --help tells the formats"),
            )
        return output / f"{name}{ending}"
    if count > 1:
        raise TolmachError(
            _("{count} texts do not fit into one file").format(count=count),
            path=output,
            hint=_("give a folder with --output"),
        )
    return output if output.name.lower().endswith(ending.lower()) else output.with_suffix(ending)


def _is_of_a_file(path: Path) -> bool:
    """Does the path end as files do that people write texts into, and no folder does?"""
    from tolmach.text import formats

    return path.suffix.lower() in {*formats.by_suffix(), ".epub", ".pdf"}
