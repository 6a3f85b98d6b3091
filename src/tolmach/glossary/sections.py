"""A file of named sections, each with its checksum: what compiled glossaries are kept in."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO

_MAGIC = b"tolmach glossary 2\n"
_DIGEST = 64
_ROWS, _IN_MEMORY = ("concepts", "meanings"), 4_000_000
"""Sections of which only a few rows are needed; from so many bytes on they stay in the file."""
_CHUNK = 1 << 20


def packed(sections: Mapping[str, bytes]) -> bytes:
    """The sections as the content of a file."""
    head = {name: [len(content), _digest(content)] for name, content in sections.items()}
    line = json.dumps(head).encode() + b"\n"
    return b"".join((_MAGIC, _digest(line).encode(), line, *sections.values()))


class Stretch:
    """A stretch of a file, from where it is being read, of which small parts are read when they are asked for."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._start, self._length = stream.tell(), length
        # The file stays open under this number, even where another has taken its place in the folder meanwhile.
        self._descriptor = os.dup(stream.fileno())

    def __del__(self) -> None:
        os.close(self._descriptor)

    def digest(self) -> str:
        """The checksum of all of it; the file is read up to its end."""
        found, left = hashlib.sha256(), self._length
        while left and (chunk := self._stream.read(min(left, _CHUNK))):
            found.update(chunk)
            left -= len(chunk)
        return found.hexdigest()

    def __getitem__(self, part: slice) -> bytes:
        """That part, read from the file."""
        with open(self._descriptor, "rb", buffering=0, closefd=False) as file:
            file.seek(self._start + part.start)
            return file.read(part.stop - part.start)


def unpacked(stream: BinaryIO, size: int) -> Iterator[tuple[str, bytes | Stretch]]:
    """The sections of a file of `size` bytes; raises ValueError or TypeError for one that is not as it was written."""
    start = stream.read(len(_MAGIC) + _DIGEST)
    line = stream.readline()
    if start != _MAGIC + _digest(line).encode():
        raise ValueError("head")
    content: bytes | Stretch
    for name, (length, digest) in dict(json.loads(line)).items():
        if name in _ROWS and length > _IN_MEMORY:
            content = Stretch(stream, min(length, size))
            found = content.digest()
        else:
            content = stream.read(min(length, size))
            found = _digest(content)
        if found != digest:
            raise ValueError(name)
        yield name, content
    if stream.read(1):
        raise ValueError("more")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
