"""Writing the index of a large bilingual file: a database with its units, made once and never changed.

A row of `units` is a pair of texts with a checksum; `keys` finds the same text again, `words` (FTS5, or a table of our
own where SQLite was built without it) the rows that have a word. `frequent` says how many rows the common words are in,
`lengths` how long each source is, so that candidates can be ranked before they are read.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from tolmach.memory.model import Entry
from tolmach.text.identity import fold

VERSION = 1
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 64
_BATCH = 10_000
_FREQUENT = 500  # rows
_MOST_FREQUENT = 200_000  # words
_LONGEST = 65_535  # code points; more are counted as so many
_PRAGMAS = (
    "page_size = 8192",
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -16384",
    f"user_version = {VERSION}",
)
_UNITS = """CREATE TABLE units
    (id INTEGER PRIMARY KEY, source TEXT, target TEXT, reviewed INTEGER, line INTEGER, sum INTEGER)"""
_KEYS = "CREATE TABLE keys (key INTEGER, id INTEGER)"
_FTS = "CREATE VIRTUAL TABLE words USING fts5(text, content = '', detail = none, columnsize = 0, tokenize = 'ascii')"
_TABLE = "CREATE TABLE words (word TEXT, id INTEGER)"


def words(text: str) -> list[str]:
    """The words of a text as the index knows them, in order.

    >>> words("Tokajews Rede, 5 Seiten")
    ['tokajews', 'rede', '5', 'seiten']
    """
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text).casefold())]


def key(text: str) -> int:
    """A number by which the same text is found again, whatever its blanks."""
    digest = blake2b(fold(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def checksum(source: str, target: str) -> int:
    """What shows that a row is as it was written."""
    return zlib.crc32(f"{source}\0{target}".encode("utf-8", "surrogatepass"))


def has_fts() -> bool:
    """Was SQLite built with full-text search?"""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def write(path: Path, entries: Iterable[Entry], *, fts: bool | None = None) -> int:
    """Make the database of the entries at `path`, where nothing may stand; gives their number.

    `fts` says whether full-text search is used (None: where there is any). Raises sqlite3.Error when the disk is full.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        count = _fill(connection, entries, fts=has_fts() if fts is None else fts)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return count


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry], *, fts: bool) -> int:
    for table in (_UNITS, _KEYS, _FTS if fts else _TABLE):
        connection.execute(table)
    lengths = array("H")
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        _add(connection, len(lengths) + 1, batch, fts=fts)
        lengths.extend(min(len(fold(entry.source)), _LONGEST) for entry in batch)
    _finish(connection, fts=fts)
    connection.execute("CREATE TABLE lengths (content BLOB, count INTEGER, fts INTEGER)")
    connection.execute("INSERT INTO lengths VALUES (?, ?, ?)", (lengths.tobytes(), len(lengths), int(fts)))
    return len(lengths)


def _add(connection: sqlite3.Connection, first: int, batch: list[Entry], *, fts: bool) -> None:
    numbered = list(enumerate(batch, first))
    connection.executemany(
        "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, one.source, one.target, int(one.reviewed), one.line, checksum(one.source, one.target))
            for number, one in numbered
        ),
    )
    connection.executemany("INSERT INTO keys VALUES (?, ?)", ((key(one.source), number) for number, one in numbered))
    if fts:
        rows: Iterator[tuple[int, str]] = ((number, " ".join(words(one.source))) for number, one in numbered)
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
    else:
        pairs = ((word, number) for number, one in numbered for word in dict.fromkeys(words(one.source)))
        connection.executemany("INSERT INTO words VALUES (?, ?)", pairs)


def _finish(connection: sqlite3.Connection, *, fts: bool) -> None:
    connection.execute("CREATE INDEX keys_key ON keys (key, id)")
    connection.execute("CREATE TABLE frequent (word TEXT, rows INTEGER)")
    if fts:
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)")
        counts = "SELECT term, doc FROM vocabulary WHERE doc >= ?"
    else:
        connection.execute("CREATE INDEX words_word ON words (word, id)")
        counts = "SELECT word, count(*) AS doc FROM words GROUP BY word HAVING doc >= ?"
    connection.execute(
        f"INSERT INTO frequent SELECT * FROM ({counts}) ORDER BY doc DESC LIMIT ?", (_FREQUENT, _MOST_FREQUENT)
    )
