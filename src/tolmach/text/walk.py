"""The files in a folder that may be texts: without hidden ones, what other programs put there, and what is excluded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from tolmach.config import Config
from tolmach.files import load_table
from tolmach.text.globs import Glob, alternatives, glob, last

_IGNORE = ".gitignore"
_OWN = Path(".git/info/exclude")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one file; they count from `folder`."""

    folder: Path
    globs: tuple[Glob, ...]

    def says(self, place: Path, *, folder: bool) -> Literal["out", "in", ""]:
        """What they say of the file or folder at that place."""
        if not self.globs or not place.is_relative_to(self.folder):
            return ""
        return last(place.relative_to(self.folder).as_posix(), self.globs, folder=folder)


def files(folder: Path, settings: Config) -> Iterator[Path]:
    """The files below the folder, each folder in alphabetical order.

    Left out are hidden files and folders, the folders and files of other programs that `walk.toml` names, what
    `tolmach parallel` writes into the folder of the translations, what the patterns of `exclude` fit, and what git
    ignores (in a working tree of git, unless `gitignore` is false). The folder itself is never left out: the user has
    named it.
    """
    own = _excluded(settings)
    tree = _tree(folder) if settings.gitignore else None
    ignored = () if tree is None else tuple(_above(folder.resolve(), tree))
    return _files(folder, folder.resolve(), (own, *ignored), in_tree=tree is not None)


def is_excluded(path: Path, settings: Config) -> bool:
    """Would the patterns of `exclude` leave the file, or a folder that it is in, out of the folder of the settings?"""
    own = _excluded(settings)
    place = path.parent.resolve() / path.name
    folders = any(own.says(parent, folder=True) == "out" for parent in place.parents)
    return folders or own.says(place, folder=False) == "out"


def _excluded(settings: Config) -> _Patterns:
    # What `tolmach parallel` has written is none of the house's texts: its glossaries tell the very forms to avoid.
    pages = f"/{PurePath(settings.translations).as_posix()}/parallel/"
    patterns = (pages, *settings.exclude)
    globs = tuple(glob(one) for pattern in patterns for one in alternatives(pattern))
    return _Patterns((settings.folder or Path()).resolve(), globs)


def _files(folder: Path, place: Path, patterns: tuple[_Patterns, ...], *, in_tree: bool) -> Iterator[Path]:
    """The files; the first of the patterns that say anything count, `place` is the folder seen from the root."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:  # a folder that must not be read is passed over, as a shell does it
        return
    if in_tree and (inner := _read(place / _IGNORE, place)):
        patterns = (patterns[0], inner, *patterns[1:])
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if _is_foreign(entry.name, folder=is_folder):
            continue
        said = (one.says(place / entry.name, folder=is_folder) for one in patterns)
        if next(filter(None, said), "") == "out":
            continue
        if is_folder:
            yield from _files(folder / entry.name, place / entry.name, patterns, in_tree=in_tree)
        elif entry.is_file():
            yield folder / entry.name


def _is_foreign(name: str, *, folder: bool) -> bool:
    table = load_table("tolmach.text", "walk.toml")
    if name.startswith("."):
        return True
    return name in table["folders"] if folder else name.startswith(tuple(table["beginnings"]))


def _tree(folder: Path) -> Path | None:
    """The working tree of git that the folder is in."""
    home = folder.resolve()
    return next((one for one in (home, *home.parents) if (one / ".git").exists()), None)


def _above(folder: Path, tree: Path) -> Iterator[_Patterns]:
    """The patterns that the folders above have, the innermost first, and at last those of the tree itself."""
    for home in folder.parents:
        if home.is_relative_to(tree) and (found := _read(home / _IGNORE, home)):
            yield found
    if found := _read(tree / _OWN, tree):
        yield found


def _read(file: Path, folder: Path) -> _Patterns | None:
    try:
        lines = file.read_bytes().decode("utf-8-sig", "surrogateescape").split("\n")
    except OSError:
        return None
    return _Patterns(folder, tuple(glob(line, escapes=True) for line in map(_stripped, lines) if line))


def _stripped(line: str) -> str:
    """The pattern on a line, as the manual of gitignore has it; nothing for a comment."""
    bare = re.sub(r"(?<!\\)[ ]+$", "", line.rstrip("\r"))
    return "" if bare.startswith("#") or not bare.strip("!/ ") else bare
