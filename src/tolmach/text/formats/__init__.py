"""The file formats: one module each, defining `FORMAT`; chosen by the ending of the file name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from tolmach import plugins
from tolmach.config import Config
from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.model import Document, Span
from tolmach.text.rendering import Rendering as Rendering
from tolmach.text.rendering import complete
from tolmach.text.streams import Stream

if TYPE_CHECKING:
    from tolmach.text.exchange import Aligned, Notes, Returned

_ENDINGS = re.compile(r"^FORMAT = Format\(\s*\(([^()]*)\)", re.MULTILINE)
_QUOTED = re.compile(r"[\"'](\.[a-z0-9]+)[\"']")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    `path` is how the user named it (shown in messages and findings), `id` the document id, `language` the language
    the user or the configuration gave (BCP 47; None: find out), `content` its bytes. For a bilingual file `language`
    is the target's, `source_language` the source's. `encoding` is what the configuration says of a text that is no
    UTF-8 (Python's name; nothing: find out).
    """

    path: str
    id: str
    content: bytes
    language: str | None = None
    source_language: str | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in a file: `text` for `span`, which counts as a finding's span does.

    In a bilingual file `entry` names the unit and its side, and the span counts in the text of that side.
    """

    span: Span
    text: str
    entry: tuple[int, Literal["source", "target"]] | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: the endings it is known by, how it is read and how it is changed.

    `read` yields the documents of a file: one, or for large files several of at most 1 MB, cut between paragraphs or
    units. It raises TolmachError (path, line) for content it cannot read. `rewrite` gives the file's bytes with the
    edits made and every other byte unchanged, and the edits that could not be made; None: the format is only read.
    `track` does the same with tracked changes, which the editor of a document accepts or refuses. `in_paragraphs`:
    offsets and lines are those of the paragraphs, the file itself is no text. `stream` reads as `read` does a file that
    is too large to be in memory; None: the format must have all of it.

    A format for exchange also has `write`, which gives sentences in these languages (see `exchange`) as the pieces of a
    file, the same ones always the same bytes, and `back`, which reads such a file when others have worked on it.

    `render` gives the file with these sentences in a language (BCP 47): its bytes, and the sentences that could not be
    put in place. What is not among them stays as it is; None: the format cannot be written in another language.
    `remark` says in a line what whoever gets such a file should know of it, or nothing.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Document]]
    bilingual: bool = False
    rewrite: Callable[[Source, Sequence[Edit]], tuple[bytes, tuple[Edit, ...]]] | None = None
    track: Callable[[Source, Sequence[Edit]], tuple[bytes, tuple[Edit, ...]]] | None = None
    in_paragraphs: bool = False
    stream: Callable[[Stream], Iterator[Document]] | None = None
    write: Callable[[Iterable[Aligned], Sequence[str], Notes], Iterator[bytes]] | None = None
    back: Callable[[Source], Returned] | None = None
    render: Callable[[Source, Sequence[Rendering], str], tuple[bytes, tuple[Rendering, ...]]] | None = None
    remark: Callable[[Source], str] | None = None


@cache
def by_suffix() -> dict[str, str]:
    """The id of the format for each known ending, in lower case."""
    return {suffix: name for name in plugins.names(__name__) for suffix in _suffixes(name)}


def _suffixes(name: str) -> Sequence[str]:
    """The endings of a format, taken from its last line: to import all formats for them takes half a start."""
    code = files(__name__).joinpath(f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
    found = _ENDINGS.search(code)
    return _QUOTED.findall(found[1]) if found else load(name).suffixes


def load(name: str) -> Format:
    """The format called `name`."""
    return plugins.load(__name__, name, "FORMAT", Format)


def for_path(path: str) -> Format:
    """The format of a file by its ending; raises TolmachError naming the known endings."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in by_suffix():
        raise TolmachError(_("the format of this file is not known"), path=path, hint=_way_in(suffix))
    return load(by_suffix()[suffix])


def _way_in(suffix: str) -> str:
    """What to do about a file with this ending."""
    if suffix == ".pdf":
        return _("make a text of it first, for example with pdftotext")
    if suffix in (".doc", ".rtf"):
        return _("save it as .docx or .odt first")
    return _("known endings: {suffixes}").format(suffixes=" ".join(sorted(by_suffix())))


def read(source: Source) -> Iterator[Document]:
    """The documents of a file, by the format its ending names."""
    return for_path(source.path).read(source)


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The bytes of a file with the edits made, and the edits that could not be made.

    Not made are those in locked text, those that overlap an earlier one, those cut by markup, and all of them where the
    format is only read. Every byte outside of the edits stays.
    """
    splice = for_path(source.path).rewrite
    if splice is None or not edits:
        return source.content, tuple(edits)
    return splice(source, edits)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences in the language, and the sentences that could not be put in place.

    The format gets each translation with as many U+FFFC as its source has. Raises TolmachError for a format that cannot
    be written in another language.
    """
    write = renderer(source.path)
    asked = {complete(one): one for one in renderings}
    empty = tuple(one for one in asked if not one.text.strip())
    content, left = write(source, tuple(one for one in asked if one.text.strip()), language)
    return content, tuple(asked[one] for one in (*empty, *left))


def renderer(path: str) -> Callable[[Source, Sequence[Rendering], str], tuple[bytes, tuple[Rendering, ...]]]:
    """What writes such a file in another language; raises TolmachError for a format that cannot be written so."""
    write = for_path(path).render
    if write is None:
        known = sorted(suffix for suffix, name in by_suffix().items() if load(name).render is not None)
        raise TolmachError(
            _("files of this format cannot be written in another language"),
            path=path,
            hint=_("known endings: {suffixes}").format(suffixes=" ".join(known)),
        )
    return write


def find_files(path: Path, settings: Config | None = None) -> list[Path]:
    """The readable text files of a path, sorted: the file itself, or those of a folder.

    A file named directly must have a known ending; in folders other files are passed over, and what `walk.files` leaves
    out. Raises TolmachError for a path that does not exist and for a folder without any text.
    """
    if path.is_dir():
        from tolmach.text import walk

        found = _texts(walk.files(path, settings or Config()))
        if found:
            return found
        if _texts(walk.files(path, Config(gitignore=False))):
            message = _("all texts in this folder are excluded by the configuration or ignored by git")
            raise TolmachError(
                message, path=path, hint=_("name files, or see exclude and gitignore in the configuration")
            )
        raise TolmachError(
            _("no texts in this folder"),
            path=path,
            hint=_("known endings: {suffixes}").format(suffixes=" ".join(sorted(by_suffix()))),
        )
    if path.exists():
        for_path(str(path))
        return [path]
    if path.is_symlink():
        raise TolmachError(_("the link leads to nothing"), path=path, hint=_("mend or remove it"))
    raise TolmachError(_("no such file or folder"), path=path, hint=_("check the name"))


def _texts(files: Iterable[Path]) -> list[Path]:
    return sorted(file for file in files if file.suffix.lower() in by_suffix())
