"""The texts that a command looks for names in: which files they are, and their documents, read as often as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.cli.options import source_paths
from tolmach.config import primary
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.text.model import Document
    from tolmach.text.sources import File


def files(paths: Sequence[str], settings: Config) -> list[File]:
    """The monolingual files of the paths; what is wrong with paths is raised at once."""
    from tolmach.text import formats, sources

    problems: list[TolmachError] = []
    found = []
    for file in sources.find(source_paths(paths, settings), settings, problems.append):
        if not file.path.is_file():
            problems.append(
                TolmachError(
                    _("this is no ordinary file"), path=file.path, hint=_("texts are read twice; save it as a file")
                )
            )
        elif not formats.for_path(str(file.path)).bilingual:
            found.append(file)
        elif file.named:
            problems.append(
                TolmachError(
                    _("this file is bilingual"),
                    path=file.path,
                    hint=_("give texts in one language, or a folder of them"),
                )
            )
    raise_all(problems)
    if not found:
        raise TolmachError(_("there are no texts"), hint=_("name files or folders with texts"))
    return found


def shares(found: Iterable[File], language: str | None) -> list[Callable[[], Iterator[Document]]]:
    """What reads the files, share by share, in any process."""
    from tolmach.text import shares as cut

    return [partial(cut.documents, share, language) for share in cut.shares(found)]


def documents(found: Iterable[File], language: str | None) -> Iterator[Document]:
    """The documents of all files; raises every unreadable file at once, at the end."""
    problems: list[TolmachError] = []
    for share in shares(found, language):
        try:
            yield from share()
        except TolmachError as problem:
            problems.append(problem)
    raise_all(problems)


def spare(paths: Iterable[Path], output: Path | None) -> None:
    """Refuse to write the result over one of the texts at these paths."""
    if output is not None and output.resolve() in {path.resolve() for path in paths}:
        raise TolmachError(_("this is one of the texts"), path=output, hint=_("name another file after --output"))


def names_language(language: str | None) -> None:
    """Refuse a language in which no names are found."""
    from tolmach.names.variants.find import LANGUAGES

    if language and primary(language) not in LANGUAGES:
        raise TolmachError(
            _("names are not found in {language}").format(language=language),
            hint=_("the languages are {codes}").format(codes=", ".join(LANGUAGES)),
        )
