"""Compiled glossaries kept on disk, so that a run neither parses nor compiles what another one has.

A file is named after a hash of everything it was made from: the glossary files, the program and the libraries that
inflect. It holds numbers, text and the automaton, never code, and its own checksum; what is corrupt, foreign or
unreadable is passed over and made anew. Only what has passed the glossary's own examples is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from tolmach.errors import TolmachError
from tolmach.files import write_atomic
from tolmach.glossary import rows
from tolmach.glossary.find import Finder
from tolmach.glossary.index import Compiled, Index
from tolmach.glossary.load import contents, load
from tolmach.glossary.model import Concept, Glossary
from tolmach.glossary.patterns import Meaning
from tolmach.glossary.sections import Stretch, packed, unpacked
from tolmach.glossary.validate import failing_examples
from tolmach.text.sieve import Sieve

_LANGUAGE = re.compile("[a-z]{0,3}")
_ROOMS = ("glossary", "morphology", "text")
_LIBRARIES = ("daachorse", "pymorphy3", "pymorphy3_dicts_ru", "pytrovich")
_Kept = TypeVar("_Kept")
_MOST, _FEWEST, _LARGEST = 24, 4, 1 << 29
"""At most so many files are kept, the newest ones; fewer, but never less than a few, where they are very large."""


class Shelf:
    """The place of one glossary (the layers `names`, see `load`) in the folder of all; no folder keeps nothing."""

    def __init__(self, names: Sequence[str | Path], folder: Path | None) -> None:
        self._names = names
        made_from, texts, self._is_empty = hashlib.sha256(_program()), hashlib.sha256(), True
        for name in names:
            made_from.update(b"layer")
            for path, content in contents(str(name)):
                shown = path.encode("utf-8", "surrogatepass")
                made_from.update(b"%d %d " % (len(shown), len(content)) + shown + content)
                texts.update(content)
                self._is_empty = False
        self._folder = None if self._is_empty else folder
        self._key = made_from.hexdigest()[:40]
        self._hash = texts.hexdigest()

    def finder(self) -> Finder:
        """The matcher of the glossary; raises TolmachError for a glossary that `load` refuses."""
        stored = self._stored_glossary()
        if stored is None:
            glossary = load(self._names)
            if not self._hash.startswith(glossary.hash):
                self._folder = None  # a file has changed between two looks
            return Finder(glossary)
        glossary, concepts, languages = stored
        return Finder(glossary, lambda language: self._stored_index(language, concepts), languages)

    def prove(self, finder: Finder) -> list[TolmachError]:
        """What is wrong with the glossary's own examples in the languages that were searched and had to be compiled.

        Where nothing is, they are kept, and neither compiled nor tried again; so are those that were compiled only to
        know that no text has anything in them.
        """
        searched, compiled = frozenset(finder.searched), finder.compiled
        failing = {index.language: list(failing_examples(finder, index.language)) for index in compiled}
        found = [problem for language in failing if language in searched for problem in failing[language]]
        proved = [index for index in compiled if not failing[index.language]]
        if not found and proved and self._folder is not None:
            self._keep(finder, proved, self._folder)
        return found

    def _keep(self, finder: Finder, indexes: Iterable[Compiled], folder: Path) -> None:
        places = {concept.id: number for number, concept in enumerate(finder.glossary.concepts.values())}
        with suppress(OSError, TolmachError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._path("").exists():
                write_atomic(self._path(""), _packed_glossary(finder))
            for index in filter(_is_kept, indexes):
                write_atomic(self._path(index.language), _packed_index(index, places))
            _prune(folder)

    def _path(self, language: str) -> Path:
        name = f"{self._key}.{language}.compiled" if language else f"{self._key}.compiled"
        return (self._folder or Path()) / name

    def _stored_glossary(self) -> tuple[Glossary, _Concepts, tuple[str, ...]] | None:
        def read(sections: dict[str, Any]) -> tuple[Glossary, _Concepts, tuple[str, ...]]:
            concepts, undecided = _Concepts(sections), rows.concepts(sections["undecided"])
            name, digest = json.loads(sections["name"])
            glossary = Glossary(concepts, name, digest, {concept.id: concept for concept in undecided})
            return glossary, concepts, tuple(json.loads(sections["languages"]))

        return self._read("", read)

    def _stored_index(self, language: str, concepts: _Concepts) -> Index | None:
        return self._read(language, lambda sections: _Stored(language, sections, concepts))

    def _read(self, language: str, read: Callable[[dict[str, Any]], _Kept]) -> _Kept | None:
        """What `read` makes of a kept file; None for one that is not there, corrupt, or somebody else's."""
        if self._folder is None or not _LANGUAGE.fullmatch(language):
            return None
        try:
            with self._path(language).open("rb") as stream:
                status = os.fstat(stream.fileno())
                if hasattr(os, "getuid") and status.st_uid != os.getuid():
                    return None
                return read(_opened(unpacked(stream, status.st_size)))
        except (OSError, ValueError, TypeError, KeyError):
            return None


def _is_kept(index: Compiled) -> bool:
    # The header of a file may call its language anything, a path as well.
    return _LANGUAGE.fullmatch(index.language) is not None


def _program() -> bytes:
    """What tells this program and its libraries from another version of them: names, sizes and times of their files."""
    home = Path(__file__).parent.parent
    seen = [repr((sys.version_info, sys.byteorder))]
    for room in _ROOMS:
        for folder, _folders, names in os.walk(home / room):
            paths = sorted(Path(folder, name) for name in names if name.endswith((".py", ".toml", ".tsv")))
            seen += map(_stamp, paths)
    # Importing them, or importlib's way to look for them, takes longer than all the rest.
    for name in _LIBRARIES:
        found = (Path(folder, name, "__init__.py") for folder in sys.path if folder)
        seen.append(next((_stamp(path) for path in found if path.exists()), name))
    return "\n".join(seen).encode("utf-8", "surrogatepass")


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{path.name} {status.st_size} {status.st_mtime_ns}"


def _opened(sections: Iterable[tuple[str, bytes | Stretch]]) -> dict[str, Any]:
    """The sections with their automata, each of which is made before the next section is read: they are large."""
    import daachorse

    kinds: dict[str, Any] = {
        "automaton": daachorse.CharwiseDoubleArrayAhoCorasick,
        "sieve": daachorse.DoubleArrayAhoCorasick,
    }
    found: dict[str, Any] = {}
    for name, content in sections:
        if name in kinds:
            found[name] = kinds[name].deserialize(content) if content else None
        else:
            found[name] = content
    return found


def _packed_glossary(finder: Finder) -> bytes:
    glossary = finder.glossary
    written = [rows.written(concept) for concept in glossary.concepts.values()]
    return packed(
        {
            "name": json.dumps([glossary.name, glossary.hash]).encode(),
            "languages": json.dumps(sorted(finder.languages)).encode(),
            "ids": json.dumps(list(glossary.concepts)).encode(),
            "places": _places(written),
            "concepts": b"".join(written),
            "undecided": b"\n".join(map(rows.written, glossary.undecided.values())),
        }
    )


def _packed_index(index: Compiled, places: Mapping[str, int]) -> bytes:
    written = [rows.written_meanings(group, places, index.language) for group in map(index.meanings, range(len(index)))]
    return packed(
        {
            "automaton": bytes(index.automaton.serialize()) if len(index) else b"",
            "in_compounds": bytes(index.in_compounds),
            "fixed": bytes(index.fixed),
            "doubtful": bytes(index.doubtful),
            "longest": b"%d" % index.longest,
            **_packed_sieve(index.sieve),
            "places": _places(written),
            "meanings": b"".join(written),
            "family_names": json.dumps(sorted(index.family_names)).encode(),
            "place_names": json.dumps(sorted(index.places)).encode(),
        }
    )


def _packed_sieve(sieve: Sieve | None) -> dict[str, bytes]:
    if sieve is None:
        return {}
    automaton = b"" if sieve.automaton is None else bytes(sieve.automaton.serialize())
    return {"sieve": automaton, "bounded": sieve.bounded, "skipped": b"%d" % sieve.skipped}


def _places(written: Iterable[bytes]) -> bytes:
    """Where each row ends."""
    ends, end = array("Q", [0]), 0
    for row in written:
        end += len(row)
        ends.append(end)
    return ends.tobytes()


class _Rows:
    """Rows one behind the other, found by their number."""

    def __init__(self, places: bytes, content: bytes | Stretch) -> None:
        self._ends = array("Q", places)
        self._content = content

    def __len__(self) -> int:
        return len(self._ends) - 1

    def row(self, number: int) -> bytes:
        return self._content[self._ends[number] : self._ends[number + 1]]


class _Concepts(Mapping[str, Concept]):
    """The concepts of a stored glossary by their id, each read when it is asked for."""

    def __init__(self, sections: dict[str, bytes]) -> None:
        self._ids = sections["ids"]
        self._rows = _Rows(sections["places"], sections["concepts"])
        self._read: dict[int, Concept] = {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(json.loads(self._ids))}

    def at(self, number: int) -> Concept:
        """The concept of that number, always the same object."""
        found = self._read.get(number)
        if found is None:
            found = self._read[number] = rows.concept(self._rows.row(number))
        return found

    def __getitem__(self, name: str) -> Concept:
        return self.at(self._numbers[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._rows)


class _Stored:
    """The index of a language as it was kept; meanings are read when a text has their pattern."""

    def __init__(self, language: str, sections: dict[str, Any], concepts: _Concepts) -> None:
        self.language = language
        self.in_compounds = sections["in_compounds"]
        self.fixed = sections["fixed"]
        self.doubtful = sections["doubtful"]
        self.longest = int(sections["longest"])
        self._rows = _Rows(sections["places"], sections["meanings"])
        self._names = {name: sections[name] for name in ("family_names", "place_names")}
        self._concepts = concepts
        self._read: dict[int, tuple[Meaning, ...]] = {}
        self.automaton = sections["automaton"]
        self.sieve = None
        if "sieve" in sections:
            self.sieve = Sieve(sections["sieve"], sections["bounded"], int(sections["skipped"]), self.longest)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """The folded family names of all persons."""
        return frozenset(json.loads(self._names["family_names"]))

    @cached_property
    def places(self) -> frozenset[str]:
        """The folded names of all places and organisations."""
        return frozenset(json.loads(self._names["place_names"]))

    def meanings(self, number: int) -> Sequence[Meaning]:
        """What the pattern of that number stands for."""
        found = self._read.get(number)
        if found is None:
            found = self._read[number] = rows.meanings(self._rows.row(number), self._concepts.at, self.language)
        return found


def _prune(folder: Path) -> None:
    """Leave the newest files."""
    newest = sorted(((path.stat(), path) for path in folder.glob("*.compiled")), key=lambda one: -one[0].st_mtime_ns)
    sizes = accumulate(status.st_size for status, _path in newest)
    for number, ((_status, path), size) in enumerate(zip(newest, sizes, strict=True)):
        if number >= _MOST or (size > _LARGEST and number >= _FEWEST):
            path.unlink()
