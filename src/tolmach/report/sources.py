"""The columns of a report: sources named without the place they lie in, short where there is little room."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath

from tolmach.report.model import Source

SHORT = 20
"""Characters of the longest short name."""


def names(paths: Iterable[str]) -> dict[str, str]:
    """Each path as it is seen from the folder that all of them share.

    >>> names(["news/a/1.txt", "news/b/1.txt"])
    {'news/a/1.txt': 'a/1.txt', 'news/b/1.txt': 'b/1.txt'}
    """
    folders = {path: os.path.abspath(path) for path in paths}  # noqa: PTH100 (links keep their names)
    shared = _shared(folders.values())
    return {path: PurePath(os.path.relpath(place, shared)).as_posix() for path, place in folders.items()}


def _shared(places: Iterable[str]) -> str:
    return os.path.commonpath([os.path.dirname(place) for place in places] or [os.curdir])  # noqa: PTH120


def folder_name(paths: Iterable[str]) -> str:
    """The name of the folder that all sources share, or that of the only source."""
    places = sorted({os.path.abspath(path) for path in paths})  # noqa: PTH100
    return Path(places[0] if len(places) == 1 else _shared(places)).name


def short_names(full: Sequence[str]) -> list[str]:
    """The names without ending, with as many folders as tell them apart, cut in the middle; never two the same.

    >>> short_names(["a/letter.txt", "b/letter.txt", "b/000_ef11cda701331b98.txt", "b/Gesandtschaftsbericht-1991.md"])
    ['a/letter', 'b/letter', '000_ef11cda701331b98', 'Gesandtsch…icht-1991']
    """
    stems = Counter(PurePath(name).stem for name in full)
    told = [PurePath(name).stem if stems[PurePath(name).stem] == 1 else _without_ending(name) for name in full]
    cut = [name if len(name) <= SHORT else f"{name[: SHORT // 2]}…{name[1 - SHORT // 2 :]}" for name in told]
    seen: Counter[str] = Counter()
    return [_numbered(name, seen) for name in cut]


def _without_ending(name: str) -> str:
    return PurePath(name).with_suffix("").as_posix()


def _numbered(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    if seen[name] == 1:
        return name
    return _numbered(f"{name} ({seen[name]})", seen)


def busiest(paths: Iterable[str], mentions: Mapping[str, int], findings: Mapping[str, int], most: int) -> set[str]:
    """The paths that have a column of their own: the `most` with the most mentions, after these the most findings."""
    full = names(paths)
    used = [path for path in full if mentions.get(path) or findings.get(path)]
    used.sort(key=lambda path: (-mentions.get(path, 0), -findings.get(path, 0), full[path]))
    return set(used[:most])


def columns(
    paths: Sequence[str], mentions: Mapping[str, int], findings: Mapping[str, int], most: int
) -> dict[str, Source]:
    """The column of each path that has mentions or findings, in the order of their names; see `busiest`.

    All paths that have no column of their own share the last.
    """
    full = names(paths)
    kept = busiest(paths, mentions, findings, most)
    ordered = sorted(kept, key=lambda path: full[path])
    found = {}
    for number, (path, short) in enumerate(zip(ordered, short_names([full[one] for one in ordered]), strict=True), 1):
        found[path] = Source(number, full[path], short, mentions=mentions.get(path, 0), findings=findings.get(path, 0))
    rest = [path for path in full if path not in kept and (mentions.get(path) or findings.get(path))]
    last = Source(
        len(ordered) + 1,
        "",
        "",
        mentions=sum(mentions.get(path, 0) for path in rest),
        findings=sum(findings.get(path, 0) for path in rest),
        others=len(rest),
    )
    return found | dict.fromkeys(rest, last)
