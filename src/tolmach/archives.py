"""Zip archives that cannot leave their folder, nor unpack to more than they may."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from tolmach.errors import TolmachError
from tolmach.files import reason
from tolmach.messages import _

MAX_UNPACKED = 4 * 1024 * 1024 * 1024
MAX_ENTRIES = 10_000


def safe_entries(archive: zipfile.ZipFile, path: Path | str, limit: int = MAX_UNPACKED) -> list[zipfile.ZipInfo]:
    """The entries of a zip archive, checked before anything is unpacked.

    Raises TolmachError for an entry that would leave the folder it is unpacked to (absolute, `..`, drive letter,
    symbolic link) and for an archive that unpacks to more than `limit` bytes or 10,000 entries.
    """
    entries = archive.infolist()
    total = 0
    for entry in entries:
        total += entry.file_size
        if _leaves_folder(entry):
            raise TolmachError(
                _("the archive has an entry that leaves its folder: {name}").format(name=entry.filename),
                path=path,
                hint=_("do not use this file; get it from its official source"),
            )
    if total > limit or len(entries) > MAX_ENTRIES:
        raise TolmachError(
            _("the archive unpacks to {size} bytes in {count} entries: too large").format(
                size=total, count=len(entries)
            ),
            path=path,
            hint=_("do not use this file; get it from its official source"),
        )
    return entries


def _leaves_folder(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return (
        is_link
        or name.is_absolute()
        or ".." in name.parts
        or ":" in entry.filename.split("/")[0]
        or "\0" in entry.filename
    )


def unpack(path: Path, folder: Path, limit: int = MAX_UNPACKED) -> None:
    """Unpack a checked zip archive into `folder`; counts what really comes out, not what the directory claims."""
    try:
        with zipfile.ZipFile(path) as archive:
            left = limit
            for entry in safe_entries(archive, path, limit):
                target = folder / entry.filename
                if entry.is_dir():
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                left = _unpack_entry(archive, entry, target, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise TolmachError(
            _("not a readable zip archive: {reason}").format(reason=error),
            path=path,
            hint=_("download or copy it again"),
        ) from None
    except OSError as error:
        raise TolmachError(
            _("cannot unpack the archive: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check permissions and free space"),
        ) from None


def _unpack_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    with archive.open(entry) as source, target.open("wb") as out:
        while block := source.read(1 << 20):
            left -= len(block)
            if left < 0:
                raise TolmachError(
                    _("the archive unpacks to more than it declares"),
                    path=archive.filename,
                    hint=_("do not use this file; get it from its official source"),
                )
            out.write(block)
    return left
