"""Documents that are zip archives: read within limits, and changed so that every other member keeps its bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tolmach.archives import safe_entries
from tolmach.errors import TolmachError
from tolmach.files import largest, too_large
from tolmach.messages import _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: an encrypted document, or one of Word before 2007

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR_FOLLOWS = 0x08
_ZIP64 = 1
_VERSION = 20  # what deflate needs
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked zip archive: its bytes, how the user named it, and its members in the order of the directory."""

    content: bytes
    path: str
    members: tuple[zipfile.ZipInfo, ...]
    directory: int  # where the central directory begins

    def has(self, name: str) -> bool:
        """Is there a member of that name?"""
        return any(member.filename == name for member in self.members)

    def read(self, name: str) -> bytes:
        """The content of a member; raises TolmachError when it is missing, damaged or too large."""
        if not self.has(name):
            raise TolmachError(
                _("the document has no part {name}").format(name=name),
                path=self.path,
                hint=_("open it in its program and save it anew"),
            )
        with _readable(self.path), zipfile.ZipFile(io.BytesIO(self.content)) as archive, archive.open(name) as stream:
            content = stream.read(largest("part") + 1)
        if len(content) > largest("part"):
            raise too_large("part", self.path, name)
        return content


@dataclass(frozen=True, slots=True)
class _Record:
    """A member as the central directory lists it: the fixed fields, its name, extra fields and comment."""

    fields: tuple[bytes | int, ...]
    name: bytes
    extra: bytes
    comment: bytes

    def packed(self) -> bytes:
        fields = (*self.fields[:10], len(self.name), len(self.extra), len(self.comment), *self.fields[13:])
        return _CENTRAL.pack(*fields) + self.name + self.extra + self.comment

    def at(self, offset: int) -> _Record:
        """The same record for a member that begins there."""
        return _Record((*self.fields[:16], offset), self.name, self.extra, self.comment)

    def holding(self, checksum: int, packed: int, size: int) -> _Record:
        """The record of a member with another content."""
        signature, made, needed, flags, *rest = self.fields
        plain = int(flags) & ~_DESCRIPTOR_FOLLOWS
        fields = (signature, made, needed, plain, *rest[:3], checksum, packed, size, *rest[6:])
        return _Record(fields, self.name, _without_zip64(self.extra), self.comment)


def load(content: bytes, path: str) -> Archive:
    """The archive in these bytes; raises TolmachError for one that is damaged, encrypted, hostile or none at all."""
    if content.startswith(_OLE):
        raise TolmachError(
            _("the document is encrypted or in the format of Word before 2007"),
            path=path,
            hint=_("save it without a password as .docx or .odt"),
        )
    with _readable(path), zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = tuple(safe_entries(archive, Path(path)))
        found = Archive(content, path, members, archive.start_dir)
    _refuse_tricks(found)
    return found


def _refuse_tricks(archive: Archive) -> None:
    """Members that share bytes or a name, or begin before the file: two readers would read different documents."""
    places = sorted((member.header_offset, member.compress_size) for member in archive.members)
    ends = [*(start for start, _size in places[1:]), archive.directory]
    overlap = any(
        start < 0 or start + _LOCAL.size + size > end for (start, size), end in zip(places, ends, strict=False)
    )
    if overlap or len({member.filename for member in archive.members}) < len(archive.members):
        raise TolmachError(
            _("the archive holds the same name or the same bytes twice"),
            path=archive.path,
            hint=_("do not use this file; get it from where it comes from"),
        )


@contextmanager
def _readable(path: str) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError, struct.error,
    ) as error:  # fmt: skip
        raise TolmachError(
            _("not a readable zip archive: {reason}").format(reason=error),
            path=path,
            hint=_("open it in its program and save it anew, without a password"),
        ) from None


def replaced(archive: Archive, changed: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of the archive with other contents for the members in `changed`, and those in `added` at its end.

    All other members keep their bytes, headers included, and all members their order, method and time.
    """
    with _readable(archive.path):
        records = list(_records(archive))
        out = bytearray(archive.content[: min((member.header_offset for member in archive.members), default=0)])
        written = dict(_written(archive, records, changed, out))
        listed = [written[number] for number in range(len(records))]
        listed.extend(_appended(name, content, listed[0], out) for name, content in (added or {}).items())
        directory = b"".join(record.packed() for record in listed)
        end = _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), len(out), len(_comment(archive)))
        return bytes(out) + directory + end + _comment(archive)


def _records(archive: Archive) -> Iterator[_Record]:
    place = archive.directory
    for _member in archive.members:
        fields = _CENTRAL.unpack_from(archive.content, place)
        name_end = place + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        end = extra_end + fields[12]
        content = archive.content
        yield _Record(
            fields, content[place + _CENTRAL.size : name_end], content[name_end:extra_end], content[extra_end:end]
        )
        place = end


def _written(
    archive: Archive, records: list[_Record], changed: Mapping[str, bytes], out: bytearray
) -> Iterator[tuple[int, _Record]]:
    """Write every member to `out`, in the order of their places; yield its number and its record there."""
    order = sorted(range(len(records)), key=lambda number: archive.members[number].header_offset)
    for number, following in zip(order, [*order[1:], None], strict=True):
        member = archive.members[number]
        end = archive.directory if following is None else archive.members[following].header_offset
        place = len(out)
        if member.filename in changed:
            record = _changed(archive, member, records[number], changed[member.filename], out)
        else:
            record = records[number]
            out += archive.content[member.header_offset : end]
        yield number, record.at(place)


def _changed(archive: Archive, member: zipfile.ZipInfo, record: _Record, content: bytes, out: bytearray) -> _Record:
    fields = _LOCAL.unpack_from(archive.content, member.header_offset)
    name_end = member.header_offset + _LOCAL.size + fields[9]
    name = archive.content[member.header_offset + _LOCAL.size : name_end]
    extra = _without_zip64(archive.content[name_end : name_end + fields[10]])
    packed = _packed(content, member.compress_type)
    checksum = zlib.crc32(content)
    signature, needed, flags, *rest = fields
    sizes = (checksum, len(packed), len(content), len(name), len(extra))
    out += _LOCAL.pack(signature, needed, flags & ~_DESCRIPTOR_FOLLOWS, *rest[:3], *sizes) + name + extra + packed
    return record.holding(checksum, len(packed), len(content))


def _packed(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"compression method {method}")
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


def _appended(name: str, content: bytes, model: _Record, out: bytearray) -> _Record:
    """Add a member, with the time of the one that `model` describes."""
    time, date = model.fields[5], model.fields[6]
    packed, encoded = _packed(content, zipfile.ZIP_DEFLATED), name.encode("utf-8")
    sizes = (zlib.crc32(content), len(packed), len(content))
    flags = 0 if encoded.isascii() else _UTF8_NAME
    kind = (_VERSION, flags, zipfile.ZIP_DEFLATED, time, date)
    place = len(out)
    out += _LOCAL.pack(b"PK\3\4", *kind, *sizes, len(encoded), 0) + encoded + packed
    return _Record((b"PK\1\2", _VERSION, *kind, *sizes, 0, 0, 0, 0, 0, 0, place), encoded, b"", b"")


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields without the sizes of more than four gigabytes, which no member here has."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64:
            kept += extra[place : place + 4 + size]
        place += 4 + size
    return kept + extra[place:]


def _comment(archive: Archive) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        return opened.comment
