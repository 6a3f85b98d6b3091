"""The texts to translate: files read, split into sentences, each with its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tolmach.errors import TolmachError
from tolmach.files import read_bytes
from tolmach.messages import _
from tolmach.text.model import Segment


@dataclass(frozen=True, slots=True)
class Text:
    """A document in one language; `path` is how references name it, `id` the document id."""

    id: str
    path: str
    segments: tuple[Segment, ...]


def read(paths: Sequence[Path], language: str, roots: Sequence[Path] = (), base: Path | None = None) -> Iterator[Text]:
    """The monolingual texts among the paths, in `language`, one after the other.

    A document id is the path below the folder of `roots` it stands in, else below the folder it was found in, without
    the last ending; `Text.path` counts from `base` (default: the working directory). Bilingual files are passed over in
    folders. Raises TolmachError for one named directly, and when two texts would have the same id.
    """
    from tolmach.text import formats

    named = set(paths)
    seen: dict[str, Path] = {}
    for path, folder in formats.find_files(list(paths)):
        if formats.for_path(str(path)).bilingual:
            if path in named:
                raise TolmachError(
                    _("this file is bilingual already"),
                    path=path,
                    hint=_("give texts in one language, or a folder of them"),
                )
            continue
        text = _read(path, _document_id(path, folder, roots), language, base or Path.cwd())
        if text.id in seen:
            raise TolmachError(
                _("two texts would have the same translation file: {id}").format(id=text.id),
                path=path,
                hint=_("rename this one or {other}").format(other=seen[text.id]),
            )
        seen[text.id] = path
        yield text


def _document_id(path: Path, folder: Path, roots: Sequence[Path]) -> str:
    whole = path.resolve()
    below = next((root.resolve() for root in roots if whole.is_relative_to(root.resolve())), folder.resolve())
    # a root may be the file itself
    name = whole.relative_to(below) if whole != below else Path(whole.name)
    return name.with_suffix("").as_posix()


def _read(path: Path, document: str, language: str, base: Path) -> Text:
    from tolmach.text import formats
    from tolmach.text.identity import segments

    source = formats.Source(str(path), document, read_bytes(path), language)
    seen: dict[str, int] = {}
    found = (segment for block in formats.read(source) for segment in segments(block, seen))
    return Text(document, _shown(path, base), tuple(found))


def _shown(path: Path, base: Path) -> str:
    """The path below `base` where that is possible, so that references are the same on every computer."""
    whole, below = path.resolve(), base.resolve()
    return whole.relative_to(below).as_posix() if whole.is_relative_to(below) else path.as_posix()
