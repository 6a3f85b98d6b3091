"""Path patterns, with the meaning they have in .gitignore.

`*` and `?` stay within a folder, `**` is any number of folders, `[a-z]` one of these characters. A pattern without a
slash fits at any depth, one with a slash counts from the folder of its file. What fits a folder fits all that is in it;
a slash at the end says that only folders are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from tolmach.config import Config

_BRACES = re.compile(r"\{([^{},/]*(?:,[^{},/]*)+)\}")
_CLASS = re.compile(r"\[([!^]?)(\]?[^\]/]*)\]")

_RANGE = re.compile("(.)-(.)|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern: `fits` the path of a file or folder itself, `covers` also what is below it."""

    fits: re.Pattern[str]
    covers: re.Pattern[str]
    folders_only: bool
    negated: bool


@cache
def glob(pattern: str, *, escapes: bool = False) -> Glob:
    r"""The pattern, read; with `escapes` a backslash takes the meaning from the next sign, else it is a slash.

    >>> bool(glob("texts/**/a.*").covers.fullmatch("texts/2022/01/a.txt")), bool(glob("b").fits.fullmatch("a/b"))
    (True, True)
    >>> bool(glob(r"old\*.txt").covers.fullmatch("old/more/a.txt")), bool(glob("/b").fits.fullmatch("a/b"))
    (False, False)
    """
    negated = pattern.startswith("!")
    body = pattern.removeprefix("!")
    if not escapes:
        body = body.replace("\\", "/").removeprefix("./")
    folders_only = body.endswith("/")
    body = body.removesuffix("/")
    anchored = "/" in body
    expression = ("" if anchored else "(?:.*/)?") + "".join(_translated(body.removeprefix("/")))
    tail = "/.+" if folders_only else "(?:/.*)?"
    return Glob(
        re.compile(expression, re.DOTALL), re.compile(f"(?:{expression}){tail}", re.DOTALL), folders_only, negated
    )


def _translated(body: str) -> Iterator[str]:
    """The pattern as a regular expression, piece by piece."""
    place = 0
    while place < len(body):
        at_start = place == 0 or body[place - 1] == "/"
        if at_start and body.startswith("**/", place):
            yield "(?:[^/]+/)*"
            place += 3
        elif at_start and body[place:] == "**":
            yield ".+"
            place += 2
        elif body[place] == "*":
            yield "[^/]*"
            place += 1
        elif body[place] == "?":
            yield "[^/]"
            place += 1
        elif found := _CLASS.match(body, place):
            yield f"(?!/)[{'^' if found[1] else ''}{''.join(_ranges(found[2]))}]"
            place = found.end()
        else:
            if body[place] == "\\" and place + 1 < len(body):
                place += 1
            yield re.escape(body[place])
            place += 1


def _ranges(signs: str) -> Iterator[str]:
    """What stands in brackets, for a regular expression; a range from the later to the earlier sign is empty."""
    yield r"\0"  # is in no name, so that there is always something
    for first, last_one, single in _RANGE.findall(signs):
        if single:
            yield re.escape(single)
        elif first <= last_one:
            yield f"{re.escape(first)}-{re.escape(last_one)}"


def alternatives(pattern: str) -> Iterator[str]:
    """The patterns that one with braces stands for.

    >>> list(alternatives("a/*.{md,txt}"))
    ['a/*.md', 'a/*.txt']
    """
    found = _BRACES.search(pattern)
    if found is None:
        yield pattern
        return
    for choice in found[1].split(","):
        yield from alternatives(pattern[: found.start()] + choice + pattern[found.end() :])


def fits(name: str, pattern: str) -> bool:
    """Is the file with that name (its path, with slashes) meant by the pattern?"""
    return any(glob(one).covers.fullmatch(name) for one in alternatives(pattern))


def last(name: str, globs: Iterable[Glob], *, folder: bool) -> Literal["out", "in", ""]:
    """What the last of the globs that fit says of a file or folder itself: leave it out, take it in; or nothing."""
    said: Literal["out", "in", ""] = ""
    for one in globs:
        if (folder or not one.folders_only) and one.fits.fullmatch(name):
            said = "in" if one.negated else "out"
    return said


def name_in(path: Path, settings: Config) -> str:
    """The path of a file as the patterns of the configuration see it: from its folder on; of others the whole path."""
    # A file that is a link keeps its name.
    place = path.parent.resolve() / path.name
    home = (settings.folder or Path()).resolve()
    found = place.relative_to(home) if place.is_relative_to(home) else place
    return found.as_posix().lstrip("/")
