"""The index of translation packages, and downloading from it: resumable, bounded, over http and https only."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolmach.errors import TolmachError
from tolmach.files import locked, reason
from tolmach.messages import _
from tolmach.translate import models
from tolmach.translate.models import Installed

TIMEOUT = 30.0
MAX_INDEX = 16 << 20
MAX_PACKAGE = 2 << 30
_ATTEMPTS = 3
_BLOCK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Available:
    """A package in the index; `links` are mirrors of the same file."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]


def address(given: str | None) -> str:
    """The address of the index: `given` (of the file or of its folder), or argostranslate's."""
    if given is None:
        try:
            from argostranslate import settings
        except ImportError as error:
            raise models.missing_extra(error) from None
        given = str(settings.remote_package_index)
    return given if given.endswith(".json") else f"{given.rstrip('/')}/index.json"


def available(index: str) -> list[Available]:
    """The packages of the index at this address, by language pair, the newest of each pair only."""
    content = b"".join(_read_all(index))
    try:
        packages = [package for row in _rows(content) for package in _package(row)]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise TolmachError(
            _("not an index of translation packages"), path=index, hint=_("check the address given with --index")
        ) from None
    newest: dict[tuple[str, str], Available] = {}
    for package in sorted(packages, key=lambda package: models.version_key(package.version)):
        newest[package.source, package.target] = package
    return [newest[pair] for pair in sorted(newest)]


def _rows(content: bytes) -> list[dict[str, Any]]:
    rows = json.loads(content)
    if not isinstance(rows, list):
        raise TypeError
    return rows


def _package(row: dict[str, Any]) -> Iterator[Available]:
    if row.get("type", "translate") == "translate" and "from_code" in row and "to_code" in row:
        links = tuple(link for link in row.get("links", ()) if isinstance(link, str) and _is_web(link))
        yield Available(str(row["from_code"]), str(row["to_code"]), str(row.get("package_version", "")), links)


def _is_web(link: str) -> bool:
    parts = urllib.parse.urlsplit(link)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def choose(index: str, source: str, target: str) -> Available:
    """The package for a pair of languages; raises TolmachError naming the pairs there are."""
    packages = available(index)
    for package in packages:
        if (package.source, package.target) == (source, target):
            return package
    near = [f"{one.source} {one.target}" for one in packages if source in (one.source, one.target)]
    raise TolmachError(
        _("the index has no package from {source} to {target}").format(source=source, target=target),
        path=index,
        hint=_("it has: {pairs}").format(pairs=", ".join(near)) if near else _("tolmach models list --available"),
    )


def install(package: Available, folder: Path, progress: Progress) -> tuple[Installed, str]:
    """Download a package and install it; gives what is installed and the SHA-256 of the file.

    An interrupted download is continued the next time. `progress` is told bytes done and in all (0: not known).
    """
    part = folder / f".{package.source}_{package.target}-{re.sub(r'[^0-9.]', '_', package.version)}.argosmodel.part"
    pair = (package.source, package.target)
    with locked(folder):
        resumed = part.exists()
        checksum = download(package.links, part, progress)
        try:
            return models.install_locked(part, folder, pair), checksum
        except TolmachError:
            if not resumed:
                raise
            # the old beginning may be of another file: once more from the start
            part.unlink()
            checksum = download(package.links, part, progress)
            return models.install_locked(part, folder, pair), checksum
        finally:
            part.unlink(missing_ok=True)


def download(links: Sequence[str], part: Path, progress: Progress) -> str:
    """Fetch the file from the first link that gives all of it and return its SHA-256; `part` grows meanwhile and stays.

    Each link gets three attempts, each of which goes on where the last one stopped.
    """
    problems: list[str] = []
    for link in links:
        for _attempt in range(_ATTEMPTS):
            try:
                if _continue(link, part, progress):
                    return _sha256(part)
                problems.append(_("{link}: the connection broke off").format(link=link))
            except urllib.error.HTTPError as error:
                problems.append(f"{link}: {error.code} {error.reason}")
                error.close()
                break
            except (OSError, http.client.HTTPException, ValueError) as error:
                problems.append(f"{link}: {_why(error)}")
    raise TolmachError(
        _("cannot download the translation package: {reason}").format(
            reason=problems[-1] if problems else _("no links")
        ),
        hint=_("try again (what has arrived is kept), or install a file: tolmach models install FILE.argosmodel"),
    )


def _why(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return reason(cause) if isinstance(cause, OSError) else str(cause) or type(cause).__name__


def _continue(link: str, part: Path, progress: Progress) -> bool:
    """Append to `part` what is missing; says whether the file is whole."""
    have = part.stat().st_size if part.exists() else 0
    try:
        response = _open(link, {"Range": f"bytes={have}-"} if have else {})
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not have:
            raise
        error.close()
        part.unlink()
        return _continue(link, part, progress)
    with response:
        begins = _RANGE.fullmatch(response.headers.get("Content-Range", "")) if response.status == 206 else None
        if begins is None or int(begins[1]) != have:
            have = 0
        if response.status == 206 and not have:
            part.unlink()
            return False
        length = response.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() else 0
        done = _append(response, part, have, lambda count: progress(count, total))
    return not total or done == total


def _append(response: Any, part: Path, have: int, progress: Callable[[int], None]) -> int:
    with part.open("ab" if have else "wb") as stream:
        try:
            for block in _blocks(response, MAX_PACKAGE - have):
                stream.write(block)
                have += len(block)
                progress(have)
        except TolmachError:
            part.unlink()
            raise
    return have


def _blocks(response: Any, limit: int) -> Iterator[bytes]:
    while block := response.read(_BLOCK):
        limit -= len(block)
        if limit < 0:
            raise TolmachError(
                _("the server sends more than a translation package can be"),
                path=response.url,
                hint=_("check the address given with --index"),
            )
        yield block


def _read_all(link: str) -> Iterator[bytes]:
    try:
        with _open(link, {}) as response:
            yield from _blocks(response, MAX_INDEX)
    except urllib.error.HTTPError as error:
        error.close()
        raise _unreachable(link, f"{error.code} {error.reason}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _unreachable(link, _why(error)) from None


def _unreachable(link: str, why: str) -> TolmachError:
    return TolmachError(
        _("cannot read the index of translation packages: {reason}").format(reason=why),
        path=link,
        hint=_("check the connection, or install a file: tolmach models install FILE.argosmodel"),
    )


def _open(link: str, headers: dict[str, str]) -> Any:
    """A response over http or https; redirects to anything else find no opener."""
    if not _is_web(link):
        raise _unreachable(link, _("not an http or https address"))
    opener = urllib.request.OpenerDirector()
    for part in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(part())
    return opener.open(urllib.request.Request(link, headers={"User-Agent": "tolmach", **headers}), timeout=TIMEOUT)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
