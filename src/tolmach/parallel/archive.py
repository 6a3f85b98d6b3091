"""Zip archives written as a stream, so that the same members always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip archive knows
_UNIX = 3


@dataclass(frozen=True)
class Member:
    """A file in the archive: its name and its text in pieces; `stored` as it is, without compression."""

    name: str
    pieces: Iterable[str]
    stored: bool = False


def pack(members: Iterable[Member]) -> bytes:
    """The archive with these members in this order, none of which has to be in memory as a whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member in members:
            entry = zipfile.ZipInfo(member.name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if member.stored else zipfile.ZIP_DEFLATED
            # What zipfile takes from the system would differ between machines.
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as stream:
                for piece in member.pieces:
                    stream.write(piece.encode("utf-8"))
    return out.getvalue()
