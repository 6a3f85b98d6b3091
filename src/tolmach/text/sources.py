"""The source texts of a house: which files they are, what each is called and which language it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.config import Config, primary
from tolmach.errors import TolmachError
from tolmach.files import read_bytes
from tolmach.messages import _
from tolmach.text.model import Document, Segment
from tolmach.text.streams import LARGE, Stream

if TYPE_CHECKING:
    from tolmach.text.formats import Source


@dataclass(frozen=True, slots=True)
class File:
    """A file with text, not read yet.

    `id` is the document id, `language` and `encoding` are what the configuration says (None, "": nothing), `named` says
    whether the user asked for this very file, not for a folder around it.
    """

    path: Path
    id: str
    language: str | None
    named: bool
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A monolingual text in its sentences; `id` is the document id, `path` the file as references name it."""

    id: str
    language: str
    segments: Sequence[Segment]
    path: str = ""


def refuse(problem: TolmachError) -> None:
    """Raise the problem: the way to report one where nothing else can be done."""
    raise problem


def find(paths: Sequence[Path], settings: Config, report: Callable[[TolmachError], None] = refuse) -> Iterator[File]:
    """The files of the paths in all known formats, each once.

    A document id is the path below the configured source folder the file stands in, else below the folder it was found
    in, without the last ending. `report` is given what is wrong with a path (see `formats.find_files`).
    """
    from tolmach.text import formats

    roots = [_place(settings.locate(name)) for name in settings.sources]
    named = set(paths)
    seen: set[Path] = set()
    home = cache(Path.resolve)
    for path in paths:
        try:
            found = formats.find_files(path, settings)
        except TolmachError as problem:
            report(problem)
            continue
        folder = path if path.is_dir() else path.parent
        for file in found:
            place = home(file.parent) / file.name
            real = place.resolve() if file.is_symlink() else place
            if real not in seen:
                seen.add(real)
                name = _document_id(place, home(folder), roots)
                yield File(file, name, language_of(file, settings), file in named, encoding_of(file, settings))


def language_of(path: Path, settings: Config) -> str | None:
    """The language of the first configured pattern that fits the path."""
    return _first(path, settings.language_of, settings)


def encoding_of(path: Path, settings: Config) -> str:
    """The encoding (Python's name) of the first configured pattern that fits the path; nothing without one."""
    return _first(path, settings.encoding_of, settings) or ""


def _first(path: Path, patterns: Mapping[str, str], settings: Config) -> str | None:
    if not patterns:
        return None
    from tolmach.text import globs

    name = globs.name_in(path, settings)
    return next((value for pattern, value in patterns.items() if globs.fits(name, pattern)), None)


def read(file: File, language: str | None = None) -> Source:
    """The content of the file, in `language` or else the configured one; raises TolmachError for an unreadable one."""
    from tolmach.text.formats import Source

    content = read_bytes(file.path)
    return Source(str(file.path), file.id, content, language or file.language, encoding=file.encoding)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to be read as documents, `size` bytes long; `empty`: it has nothing but blanks."""

    size: int
    documents: Callable[[], Iterator[Document]]
    empty: bool = False


def reading(file: File, language: str | None = None, large: int = LARGE) -> Reading:
    """The file to be read as documents; one of more than `large` bytes is not in memory as a whole, if its format can.

    Raises TolmachError for an unreadable one, and so does reading its documents.
    """
    from tolmach.text import formats

    size = size_of(file.path)
    stream = formats.for_path(str(file.path)).stream if size > large else None
    if stream is not None:
        source = Stream(str(file.path), file.id, language or file.language, configured=file.encoding)
        return Reading(size, partial(stream, source))
    return reading_of(read(file, language))


def reading_of(source: Source) -> Reading:
    """A text in memory to be read as documents."""
    from tolmach.text import formats

    return Reading(len(source.content), partial(formats.read, source), not source.content.strip())


def size_of(path: Path) -> int:
    """How many bytes the file has; 0 where that cannot be known: whoever reads it says what is wrong with it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def texts(files: Iterable[File], language: str, base: Path | None = None) -> Iterator[Text]:
    """The texts in `language` among the files, one after the other; see `opened`.

    `Text.path` counts from `base` (default: the working directory).
    """
    found = opened(files, language)
    return (
        Text(file.id, language, tuple(_segments(source)), _shown(file.path, base or Path.cwd()))
        for file, source in found
    )


def opened(files: Iterable[File], language: str) -> Iterator[tuple[File, Source]]:
    """The files with texts in `language` among those, with what is in them.

    Bilingual files, empty ones and those that the configuration or their name gives to another language are passed
    over; a variety (`de-CH` for `de`) is the same language. Raises TolmachError for such a file that is named by the
    user, when two texts have the same id, and when there is no text.
    """
    return _opened([file for file in files if _fits(file, language)], language)


def _opened(files: Iterable[File], language: str) -> Iterator[tuple[File, Source]]:
    seen: dict[str, Path] = {}
    for file in files:
        source = read(file, file.language or language)
        if not source.content.strip() and not file.named:
            continue
        if file.id in seen:
            raise TolmachError(
                _("two texts would have the same translation file: {id}").format(id=file.id),
                path=file.path,
                hint=_("rename this one or {other}").format(other=seen[file.id]),
            )
        seen[file.id] = file.path
        yield file, source
    if not seen:
        raise TolmachError(
            _("there are no texts in {language}").format(language=language),
            hint=_("name files or folders with texts in this language, or correct language_of in the configuration"),
        )


def _fits(file: File, language: str) -> bool:
    from tolmach.text import detect, formats

    bilingual = formats.for_path(str(file.path)).bilingual
    own = file.language or detect.from_name(str(file.path))
    foreign = own is not None and primary(own) != primary(language)
    if bilingual and file.named:
        raise TolmachError(
            _("this file is bilingual already"),
            path=file.path,
            hint=_("give texts in one language, or a folder of them"),
        )
    if foreign and file.named:
        raise TolmachError(
            _("this text is in {own}, not in {language}").format(own=own, language=language),
            path=file.path,
            hint=_("name its language with --from, or correct language_of in the configuration"),
        )
    return not bilingual and not foreign


def _segments(source: Source) -> Iterator[Segment]:
    from tolmach.text import formats
    from tolmach.text.identity import segments

    seen: dict[str, int] = {}
    for block in formats.read(source):
        yield from segments(block, seen)


def _document_id(place: Path, folder: Path, roots: Sequence[Path]) -> str:
    below = next((root for root in roots if place.is_relative_to(root)), folder)
    # a root may be the file itself
    name = place.relative_to(below) if place != below else Path(place.name)
    return name.with_suffix("").as_posix()


def _place(path: Path) -> Path:
    """Where the path stands, seen from the root; a file that is a link keeps its place and name."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _shown(path: Path, base: Path) -> str:
    """The path below `base` where that is possible, so that references are the same on every computer."""
    place, below = _place(path), base.resolve()
    return place.relative_to(below).as_posix() if place.is_relative_to(below) else path.as_posix()
