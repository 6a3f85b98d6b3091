"""Reading and writing files safely: size limits, atomic writes, locks."""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO, Literal

from tolmach.errors import TolmachError
from tolmach.messages import _

_TOML_PLACE = re.compile(r"(.*) \(at line (\d+), column \d+\)", re.DOTALL)
# Each part of a dotted key costs as much as all before it.
_TOML_DEPTHS = re.compile(rb"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")

LimitName = Literal["file", "part", "glossary"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest inputs in MB (of 1,048,576 bytes): a `file` that is read as a whole, a `part` of a document unpacked
    (a thousand pages take about 6, as a table in three languages 90), a `glossary` from another program.
    """

    file: int = 512
    part: int = 128
    glossary: int = 64


_IN_FORCE: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039


def use_limits(limits: Limits) -> None:
    """Read by these limits from now on."""
    _IN_FORCE.set(limits)


def largest(name: LimitName) -> int:
    """The limit of that name, in bytes."""
    return int(getattr(_IN_FORCE.get(), name)) << 20


def too_large(name: LimitName, path: Path | str, what: str = "") -> TolmachError:
    """What is wrong with a file (or with `what` of it) that is larger than the limit of that name."""
    told = _("{what} unpacks to more than {limit} MB") if what else _("the file is larger than {limit} MB")
    hint = _("split it, or raise {key} of limits in the configuration").format(key=name)
    return TolmachError(told.format(what=what, limit=largest(name) >> 20), path=path, hint=hint)


def reason(error: OSError) -> str:
    """The operating system's words for a failure, without the path."""
    return error.strerror or type(error).__name__


def read_bytes(path: Path, name: LimitName = "file") -> bytes:
    """The content of a file within the limit of that name; raises TolmachError for a larger or unreadable one."""
    limit = largest(name)
    try:
        with path.open("rb") as stream:
            # Room for the whole limit would be made at once, which takes longer than reading a small file.
            size = os.fstat(stream.fileno()).st_size
            content = stream.read(min(size, limit) + 1)
            # A pipe has no size, and a file may grow.
            if size < len(content) <= limit:
                content += stream.read(limit + 1 - len(content))
    except OSError as error:
        raise TolmachError(
            _("cannot read the file: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check the name and your permissions"),
        ) from None
    if len(content) > limit:
        raise too_large(name, path)
    return content


def read_stream(stream: BinaryIO, path: str) -> bytes:
    """The rest of a stream that is read as a whole; raises TolmachError where it is larger than a file may be."""
    pieces, left = [], largest("file")
    while piece := stream.read(1 << 20):
        left -= len(piece)
        if left < 0:
            raise too_large("file", path)
        pieces.append(piece)
    return b"".join(pieces)


def parse_toml(content: bytes, path: Path | str) -> dict[str, Any]:
    """The tables of a TOML file; raises TolmachError with the line that is no TOML or no UTF-8."""
    if deep := _TOML_DEPTHS.search(content):
        raise TolmachError(
            _("keys are nested too deeply"),
            path=path,
            line=content.count(b"\n", 0, deep.start()) + 1,
            hint=_("do not use files of unknown origin"),
        )
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise TolmachError(_("not UTF-8"), path=path, line=at, hint=_("save the file as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.fullmatch(str(error))
        line = int(found[2]) if found else len(content.splitlines())
        message = _("this is not valid TOML: {reason}").format(reason=found[1] if found else error)
        hint = _(
            "texts stand in quotation marks, lists in [ ]; every [[table]] and every key = value on a line of its own"
        )
        raise TolmachError(message, path=path, line=line, hint=hint) from None
    except (RecursionError, ValueError):
        raise TolmachError(
            _("values are nested too deeply, or a number has too many digits"),
            path=path,
            hint=_("do not use files of unknown origin"),
        ) from None


@cache
def version(name: str = "tolmach") -> str:
    """The version of an installed package.

    As importlib.metadata says, which takes longer to import than a small check; asked only where no folder tells.
    """
    for folder in filter(None, sys.path):
        for found in Path(folder).glob(f"{name}-*.dist-info"):
            return found.name.removeprefix(f"{name}-").removesuffix(".dist-info")
    from importlib import metadata

    return metadata.version(name)


@cache
def load_table(package: str, name: str) -> dict[str, Any]:
    """The tables of a data file that stands beside the code of `package`; read once, to be left as they are."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


def write_atomic(path: Path, content: bytes | str | Iterable[bytes]) -> None:
    """Write the whole file or nothing: a temporary neighbour takes the place of `path` when it is complete.

    Text is written as UTF-8 with its line ends as they are, many bytes piece by piece. Missing parent folders are made.
    An existing file keeps its mode; a symbolic link stays one and its target is replaced. Raises TolmachError when the
    place cannot be written or the disk is full.
    """
    whole = content.encode("utf-8") if isinstance(content, str) else content
    payload = [whole] if isinstance(whole, bytes) else whole
    try:
        if _is_device(path):
            with path.open("ab") as stream:
                stream.writelines(payload)
        else:
            _replace(path.resolve() if path.is_symlink() else path, payload)
    except (FileExistsError, NotADirectoryError) as error:
        raise TolmachError(
            _("cannot write the file: {folder} is not a folder").format(folder=error.filename),
            path=path,
            hint=_("name another place"),
        ) from None
    except OSError as error:
        raise TolmachError(
            _("cannot write the file: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check permissions and free space; the old content is untouched"),
        ) from None


def _is_device(path: Path) -> bool:
    # /dev/null, a named pipe, /dev/stdout even where that leads to a file: written to, never replaced.
    return path.exists() and not path.is_dir() and (not path.is_file() or _is_stream(path))


def _is_stream(path: Path) -> bool:
    return path.is_symlink() and Path("/dev") in path.absolute().parents


def _replace(path: Path, payload: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    temporary = path.parent / f".{path.name[:40]}.{os.urandom(8).hex()}.tmp"
    # Never more open to others than the file it replaces; a new file gets what the umask leaves.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666 if mode is None else mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(payload)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the right to write into `folder` against other processes of this program; waits until it is free.

    The folder itself carries the (advisory) lock, so nothing is left behind. Missing folders are made.
    """
    try:
        import fcntl
    except ImportError:  # Windows: the atomic write alone protects the content there
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except (FileExistsError, NotADirectoryError) as error:
        raise TolmachError(
            _("cannot write the file: {folder} is not a folder").format(folder=error.filename),
            path=folder,
            hint=_("name another place"),
        ) from None
    except OSError as error:
        raise TolmachError(
            _("cannot write the file: {reason}").format(reason=reason(error)),
            path=folder,
            hint=_("check your permissions"),
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
