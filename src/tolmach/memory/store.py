"""Large bilingual files, looked up by an index on disk: a gigabyte of TMX takes no more memory than a megabyte.

The index of a file stands in a folder of the cache, named after the file, its size and times, its first and last bytes
and the languages; when one of them changes, another index is made. An index appears as a whole or not at all, is never
changed, and is made anew when it turns out to be damaged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple, TypeVar
from weakref import finalize

from tolmach.errors import TolmachError
from tolmach.files import locked, reason
from tolmach.memory import candidates, indexing
from tolmach.memory.files import entries_of
from tolmach.memory.model import Entry
from tolmach.messages import _

LARGE = 4 << 20
"""Bytes from which on a file is worth an index."""
MAX_FILE = 1 << 36
_CACHE, _NAME = "memory", "index.sqlite"
_ENDS = 1 << 16
_MOST, _LARGEST = 64, 32 << 30  # indexes kept, and their size in bytes
_MOST_WORDS = 50  # of a text asked for that are looked up; all of it is compared
_TOGETHER = 200  # rows read at once for a concordance
_SCANNED = 50_000  # rows looked at for a concordance
_COLUMNS = "SELECT id, source, target, reviewed, line, sum FROM units WHERE id"

_Answer = TypeVar("_Answer")


class Store:
    """The translations in one large file from one language into another; `len` of it is the number of units.

    `folder` is where indexes are kept (None: nowhere, then one is made for this run), `report` is told that an index is
    being made, which takes a minute or two for a gigabyte. Raises TolmachError for a file that `entries_of` cannot
    read, and when the index cannot be written.
    """

    def __init__(
        self,
        path: Path,
        source_language: str,
        target_language: str,
        folder: Path | None,
        report: Callable[[str], None] | None = None,
    ) -> None:
        self.path = path
        self._languages = (source_language, target_language)
        self._report = report
        self._closers: list[finalize[..., Store]] = []
        self._place = self._folder(folder) / _NAME
        self._remembered: _Known | None = None
        self._connection = self._opened()

    def __len__(self) -> int:
        return self._ask(lambda: len(self._known.lengths))

    def close(self) -> None:
        """Let go of the index; one that is kept nowhere is removed."""
        while self._closers:
            self._closers.pop()()

    def exact(self, text: str) -> Entry | None:
        """The translation of the same text: reviewed before draft, else the first one."""
        return self._ask(lambda: self._exact(text))

    def similar(self, text: str, minimum: float, best: int) -> list[tuple[float, Entry]]:
        """The at most `best` entries whose source is similar to `text`, with their scores, best first.

        Looked at are those that share the rarer words with it.
        """
        return self._ask(lambda: self._similar(text, minimum, best))

    def containing(self, text: str, most: int) -> list[Entry]:
        """The first entries whose source has `text` in it, whatever its letter case."""
        return self._ask(lambda: list(islice(self._containing(text, most), max(0, most))))

    def _folder(self, folder: Path | None) -> Path:
        if folder is not None:
            place = folder / _CACHE / _identity(self.path, self._languages)
            with suppress(OSError):
                # translations may be confidential
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                if os.access(place, os.W_OK) or (place / _NAME).is_file():
                    return place
        own = mkdtemp(prefix="tolmach-memory-")
        self._closers.append(finalize(self, rmtree, own, ignore_errors=True))
        return Path(own)

    def _opened(self) -> sqlite3.Connection:
        connection = self._found_or_made()
        self._closers.append(finalize(self, connection.close))
        return connection

    def _found_or_made(self) -> sqlite3.Connection:
        if (connection := _connected(self._place)) is not None:
            with suppress(OSError):
                os.utime(self._place)
            return connection
        with locked(self._place.parent):
            # another process may have made it in the meantime
            connection = _connected(self._place)
            if connection is None:
                self._make()
                connection = _connected(self._place)
        if connection is None:
            raise self._unusable(_("it cannot be read back"))
        return connection

    def _make(self) -> None:
        if self._report is not None:
            self._report(_("indexing {name}; this is done once").format(name=self.path.name))
        for stale in self._place.parent.glob("*.tmp*"):
            stale.unlink(missing_ok=True)
        temporary = self._place.with_name(f"{os.urandom(8).hex()}.tmp")
        try:
            indexing.write(temporary, entries_of(self.path, *self._languages))
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            temporary.replace(self._place)
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from None
        except OSError as error:
            raise self._unusable(reason(error)) from None
        finally:
            temporary.unlink(missing_ok=True)
        if self._place.parent.parent.name == _CACHE:
            _prune(self._place.parent.parent, self._place)

    def _unusable(self, why: str) -> TolmachError:
        return TolmachError(
            _("no index of this memory can be made: {reason}").format(reason=why),
            path=self.path,
            hint=_("check free space and permissions of {folder}").format(folder=self._place.parent),
        )

    def _ask(self, question: Callable[[], _Answer]) -> _Answer:
        """The answer; an index that turns out to be damaged is made anew."""
        try:
            return question()
        except sqlite3.DatabaseError:
            self._connection.close()
            self._remembered = None
            with suppress(OSError):
                self._place.unlink()
            self._connection = self._opened()
        try:
            return question()
        except sqlite3.DatabaseError as error:
            raise self._unusable(str(error)) from None

    def _exact(self, text: str) -> Entry | None:
        found = self._connection.execute("SELECT id FROM keys WHERE key = ? LIMIT 100", (indexing.key(text),))
        entries = [one for one in self._entries([row[0] for row in found]) if candidates.is_same(one.source, text)]
        return min(entries, key=lambda entry: not entry.reviewed, default=None)

    def _entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries with these numbers, in the order of the file."""
        marks = ",".join("?" * len(numbers))
        return [self._entry(row) for row in self._connection.execute(f"{_COLUMNS} IN ({marks}) ORDER BY id", numbers)]

    def _entry(self, row: tuple[int, str, str, int, int, int]) -> Entry:
        _number, source, target, reviewed, line, total = row
        if indexing.checksum(source, target) != total:
            raise sqlite3.DatabaseError("checksum")
        return Entry("", source, target, bool(reviewed), self.path.as_posix(), line)

    @property
    def _known(self) -> _Known:
        """What is kept in memory of the index."""
        if self._remembered is None:
            frequent = dict(self._connection.execute("SELECT word, rows FROM frequent"))
            content, fts = self._connection.execute("SELECT content, fts FROM lengths").fetchone()
            if not isinstance(content, bytes) or len(content) % 2:
                raise sqlite3.DatabaseError("lengths")
            self._remembered = _Known(frequent, candidates.lengths(content), bool(fts))
        return self._remembered

    def _similar(self, text: str, minimum: float, best: int) -> list[tuple[float, Entry]]:
        known = self._known
        numbers = candidates.ranked(text, minimum, known.frequent, known.lengths, self._rows)
        return candidates.scored(text, self._entries(numbers), minimum, best)

    def _rows(self, word: str, beside: str, most: int) -> list[int]:
        """The rows with the word, and, if it is given, the other one beside it."""
        if self._known.fts:
            asked = f'"{word}" AND "{beside}"' if beside else f'"{word}"'
            found = self._connection.execute("SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (asked, most))
        elif beside:
            query = "SELECT id FROM words WHERE word = ? INTERSECT SELECT id FROM words WHERE word = ? LIMIT ?"
            found = self._connection.execute(query, (word, beside, most))
        else:
            found = self._connection.execute("SELECT id FROM words WHERE word = ? LIMIT ?", (word, most))
        return [row[0] for row in found]

    def _containing(self, text: str, most: int) -> Iterator[Entry]:
        wanted, rows = candidates.comparable(text), self._rows_of(indexing.words(text)[:_MOST_WORDS])
        while numbers := list(islice(rows, _TOGETHER)):
            for entry in self._entries(numbers):
                if wanted in candidates.comparable(entry.source):
                    yield entry

    def _rows_of(self, words: Sequence[str]) -> Iterator[int]:
        """The rows that have all the words; of the last one the beginning is enough."""
        if not words:
            return
        if self._known.fts:
            asked = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
            query = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
            found = self._connection.execute(query, (asked, _SCANNED))
        else:
            query = "SELECT DISTINCT id FROM words WHERE word >= ? AND word < ? ORDER BY id LIMIT ?"
            found = self._connection.execute(query, (words[-1], f"{words[-1]}\U0010ffff", _SCANNED))
        yield from (row[0] for row in found)


class _Known(NamedTuple):
    """What of an index stays in memory: how often common words are, how long the sources, whether it has FTS5."""

    frequent: dict[str, int]
    lengths: candidates.Numbers
    fts: bool


def _connected(place: Path) -> sqlite3.Connection | None:
    """The index at that place, if it is one of ours; it is only read."""
    if not place.is_file():
        return None
    connection = sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    with suppress(sqlite3.DatabaseError):
        connection.execute("PRAGMA trusted_schema = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == indexing.VERSION and connection.execute("SELECT count FROM lengths").fetchone():
            return connection
    connection.close()
    return None


def _identity(path: Path, languages: tuple[str, str]) -> str:
    """The name of the index of a file: another one when the file may have changed."""
    try:
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            if state.st_size > MAX_FILE:
                raise TolmachError(
                    _("the file is larger than {limit} bytes").format(limit=MAX_FILE),
                    path=path,
                    hint=_("split it into smaller files"),
                )
            ends = stream.read(_ENDS)
            stream.seek(max(0, state.st_size - _ENDS))
            ends += stream.read(_ENDS)
    except OSError as error:
        raise TolmachError(
            _("cannot read the file: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check the name and your permissions"),
        ) from None
    known = (indexing.VERSION, *languages, path.resolve(), state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return sha256("\0".join(map(str, known)).encode("utf-8", "surrogateescape") + ends).hexdigest()[:32]


def _prune(folder: Path, kept: Path) -> None:
    """Leave the indexes used last; what another process has open stays readable for it."""
    with suppress(OSError):
        known = [(place.stat(), place) for place in folder.glob(f"*/{_NAME}") if place != kept]
        size, number = kept.stat().st_size, 1
        for state, place in sorted(known, key=lambda one: -one[0].st_mtime_ns):
            size, number = size + state.st_size, number + 1
            if number > _MOST or size > _LARGEST:
                with suppress(OSError):
                    place.unlink()
                    place.parent.rmdir()
