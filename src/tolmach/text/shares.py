"""Files in shares that are read on their own, by any process: whole files, and stretches of large plain texts.

A large text is never in memory as a whole: it is read once to see where it can be cut, then share by share.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tolmach.errors import TolmachError
from tolmach.files import reason
from tolmach.messages import _
from tolmach.text.formats import _blocks, plain
from tolmach.text.model import Document
from tolmach.text.sources import File

LARGE = 4_000_000
"""From so many bytes on a plain text is read in stretches."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Share:
    """A file, or its bytes `start:end`, which begin `offset` code points into the file, on `line`."""

    file: File
    start: int = 0
    end: int = 0
    offset: int = 0
    line: int = 1


def shares(files: Iterable[File], size: int = LARGE) -> Iterator[Share]:
    """The files in order, plain texts of more than `size` bytes in stretches of at most 1 MB."""
    for file in files:
        stretches = list(_stretches(file)) if _is_large(file.path, size) else []
        yield from stretches or [Share(file)]


def _is_large(path: Path, size: int) -> bool:
    try:
        return path.suffix.lower() in plain.FORMAT.suffixes and path.stat().st_size > size
    except OSError:  # told when it is read
        return False


def _stretches(file: File) -> Iterator[Share]:
    """The stretches of a UTF-8 text; nothing for any other file: whoever reads it says what is wrong with it."""
    found: list[Share] = []
    try:
        with file.path.open("rb") as stream:
            start = len(codecs.BOM_UTF8) if stream.read(3) == codecs.BOM_UTF8 else 0
            stream.seek(start)
            chunks = iter(lambda: stream.read(_CHUNK), b"")
            for block in _blocks.of_pieces(codecs.iterdecode(chunks, "utf-8")):
                if "\0" in block.text:
                    return
                end = start + len(block.text.encode("utf-8"))
                found.append(Share(file, start, end, block.offset, block.line))
                start = end
    except (OSError, UnicodeDecodeError):
        return
    yield from found


def documents(share: Share, language: str | None = None) -> Iterator[Document]:
    """The documents of a share; raises TolmachError for a file that cannot be read, or has changed meanwhile."""
    from tolmach.text import formats, sources

    if not share.end:
        source = sources.read(share.file, language)
        if source.content.removeprefix(codecs.BOM_UTF8).strip():
            yield from formats.read(source)
        return
    path = str(share.file.path)
    yield plain.document(path, share.file.id, _read(share), language or share.file.language, share.offset, share.line)


def _read(share: Share) -> str:
    try:
        with share.file.path.open("rb") as stream:
            stream.seek(share.start)
            return stream.read(share.end - share.start).decode("utf-8")
    except OSError as error:
        raise TolmachError(
            _("cannot read the file: {reason}").format(reason=reason(error)),
            path=share.file.path,
            hint=_("check the name and your permissions"),
        ) from None
    except UnicodeDecodeError:
        raise TolmachError(
            _("the file has changed while it was read"), path=share.file.path, hint=_("run the command again")
        ) from None
