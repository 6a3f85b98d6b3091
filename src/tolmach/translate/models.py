"""The translation packages on this computer: listing, installing and removing them.

A package is a folder with `metadata.json`, a SentencePiece or BPE model and `model/`, as argostranslate keeps it;
packages installed here are found there and the other way round. argostranslate's own installer is not used: it needs
PyTorch and unpacks unchecked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolmach.archives import unpack
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import locked, read_bytes, reason
from tolmach.messages import _

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MAX_METADATA = 1 << 20
_PIP = "pip install ctranslate2 sentencepiece sacremoses packaging && pip install --no-deps argostranslate"


@dataclass(frozen=True, slots=True)
class Installed:
    """A package on this computer; `size` in bytes."""

    source: str
    target: str
    version: str
    path: Path
    size: int


def missing_extra(error: ImportError) -> TolmachError:
    """What to say when the libraries of the `mt` extra are not there."""
    return TolmachError(
        _("machine translation needs the package {name}, which is not installed").format(
            name=error.name or "argostranslate"
        ),
        hint=_PIP,
    )


def folders() -> tuple[Path, ...]:
    """Where argostranslate keeps its packages; packages are installed into the first."""
    try:
        from argostranslate import settings
    except ImportError as error:
        raise missing_extra(error) from None
    return tuple(Path(folder) for folder in settings.package_dirs)


def version_key(version: str) -> tuple[int, ...]:
    """By this key versions sort.

    >>> version_key("1.10") > version_key("1.9")
    True
    """
    return tuple(int(number) for number in re.findall(r"\d{1,18}", version))


def installed(places: Sequence[Path]) -> list[Installed]:
    """The packages in these folders, by language pair, the newest of a pair first.

    Raises TolmachError for a package that cannot be read.
    """
    found = [package for folder in places for package in _in_folder(folder)]
    found.sort(key=lambda package: version_key(package.version), reverse=True)
    return sorted(found, key=lambda package: (package.source, package.target))


def _in_folder(folder: Path) -> Iterator[Installed]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if not (path / "metadata.json").is_file():
            continue
        metadata = read_metadata(path)
        if metadata.get("type", "translate") == "translate":
            source, target = languages(metadata, path / "metadata.json")
            yield Installed(source, target, str(metadata.get("package_version", "")), path, _size(path))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def find(places: Sequence[Path], source: str, target: str) -> Installed | None:
    """The newest package for a pair of languages, if there is one; a variety is translated as its language."""
    packages = {(one.source, one.target): one for one in reversed(installed(places))}
    return packages.get((source, target)) or packages.get((primary(source), primary(target)))


def require(places: Sequence[Path], source: str, target: str) -> Installed:
    """The newest package for a pair of languages; raises TolmachError that says how to get it."""
    package = find(places, source, target)
    if package is None:
        raise TolmachError(
            _("no translation package from {source} to {target}").format(source=source, target=target),
            hint=f"tolmach models install {primary(source)} {primary(target)}",
        )
    return package


def read_metadata(folder: Path) -> dict[str, Any]:
    """What `metadata.json` in the folder of a package says."""
    path = folder / "metadata.json"
    content = read_bytes(path)
    try:
        metadata = json.loads(content) if len(content) <= _MAX_METADATA else None
    except (ValueError, RecursionError):
        metadata = None
    if not isinstance(metadata, dict):
        raise TolmachError(
            _("the description of the translation package is not a JSON object"),
            path=path,
            hint=_("remove the folder and install the package again"),
        )
    return metadata


def languages(metadata: dict[str, Any], path: Path | str) -> tuple[str, str]:
    """The two language codes of a package; raises TolmachError when they are missing or no codes."""
    codes = metadata.get("from_code"), metadata.get("to_code")
    source, target = (code if isinstance(code, str) and _CODE.fullmatch(code) else "" for code in codes)
    if not source or not target:
        raise TolmachError(
            _("the translation package does not say from which language into which it translates"),
            path=path,
            hint=_("from_code and to_code must be language codes, such as de and en"),
        )
    return source, target


def install(archive: Path, folder: Path, expected: tuple[str, str] | None = None) -> Installed:
    """Unpack the package file `archive` into `folder`, whole or not at all; older packages for the same languages go.

    Raises TolmachError when the file is no package, or not one for the `expected` languages.
    """
    with locked(folder):
        return install_locked(archive, folder, expected)


def install_locked(archive: Path, folder: Path, expected: tuple[str, str] | None = None) -> Installed:
    """`install` for a caller that holds the lock on `folder`."""
    with _workshop(folder, archive) as workshop:
        unpack(archive, workshop)
        fresh = _checked(workshop, archive)
        if expected is not None and (fresh.source, fresh.target) != expected:
            raise TolmachError(
                _("this package translates from {source} to {target}").format(source=fresh.source, target=fresh.target),
                path=archive,
                hint=_("the index or the server is wrong; try again later or install a file"),
            )
        outdated = [one for one in installed([folder]) if (one.source, one.target) == (fresh.source, fresh.target)]
        place = folder / fresh.path.name
        if place.exists():
            place.rename(workshop.with_name("old"))
        fresh.path.rename(place)
        for package in outdated:
            if package.path != place:
                shutil.rmtree(package.path)
    return Installed(fresh.source, fresh.target, fresh.version, place, fresh.size)


@contextmanager
def _workshop(folder: Path, archive: Path) -> Iterator[Path]:
    """A folder to unpack in, gone afterwards.

    It lies beside the packages, not among them, where argostranslate would stumble over it; among them only when a
    rename from beside is not possible.
    """
    beside = folder.parent
    same_device = beside.stat().st_dev == folder.stat().st_dev
    try:
        with tempfile.TemporaryDirectory(
            prefix=".tolmach-", dir=beside if same_device and os.access(beside, os.W_OK) else folder
        ) as temporary:
            workshop = Path(temporary) / "new"
            workshop.mkdir()
            yield workshop
    except OSError as error:
        raise TolmachError(
            _("cannot install the translation package: {reason}").format(reason=reason(error)),
            path=archive,
            hint=_("check permissions and free space in {folder}").format(folder=folder),
        ) from None


def _checked(workshop: Path, archive: Path) -> Installed:
    """The one package in the folder; raises TolmachError when it is not complete."""
    tops = [path for path in workshop.iterdir() if path.name != "__MACOSX"]
    if len(tops) != 1 or not (tops[0] / "metadata.json").is_file():
        raise _no_package(archive, _("it must have one folder with metadata.json"))
    package = tops[0]
    metadata = read_metadata(package)
    if metadata.get("type", "translate") != "translate":
        raise _no_package(archive, _("it is of another type: {kind}").format(kind=metadata.get("type")))
    source, target = languages(metadata, f"{archive}/metadata.json")
    if not (package / "model" / "model.bin").is_file():
        raise _no_package(archive, _("model/model.bin is missing"))
    if not any((package / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise _no_package(archive, _("sentencepiece.model is missing"))
    return Installed(source, target, str(metadata.get("package_version", "")), package, _size(package))


def _no_package(archive: Path, why: str) -> TolmachError:
    return TolmachError(
        _("not a translation package: {reason}").format(reason=why),
        path=archive,
        hint=_("packages end in .argosmodel and come from the index: tolmach models list --available"),
    )


def remove(places: Sequence[Path], source: str, target: str) -> list[Installed]:
    """Delete the packages for a pair of languages and say which they were; raises TolmachError when there are none."""
    found = [one for one in installed(places) if (one.source, one.target) == (source, target)]
    if not found:
        raise TolmachError(
            _("no translation package from {source} to {target}").format(source=source, target=target),
            hint=_("tolmach models list shows what is installed"),
        )
    for package in found:
        try:
            with locked(package.path.parent):
                shutil.rmtree(package.path)
        except OSError as error:
            raise TolmachError(
                _("cannot remove the package: {reason}").format(reason=reason(error)),
                path=package.path,
                hint=_("check your permissions"),
            ) from None
    return found
