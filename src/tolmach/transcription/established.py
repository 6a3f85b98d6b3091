"""Names that no transcription rule gives: exonyms, renamings and established forms, with their dates.

The rows stand in `exonyms/*.tsv`, one fact a line: kind, source, original, target, form, relation, since, until,
authority. They are the one source of such names for every room. Of the rows for one original the first that is in
force on a day is the form to write; the later ones are met as well.

Relations: `exonym`, a form that transcription does not give (Moskau); `established`, a usual form that a system may
give too, given names (Alexander), and another name in the same language (США, Соединённые Штаты); `renaming`, what the
place was called in its own language from `since` until `until`; `native`, the name of the same place in the language
of the place (Костанай → Қостанай).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar

PACKAGE = "tolmach.transcription.exonyms"
COLUMNS = ("kind", "source", "original", "target", "form", "relation", "since", "until", "authority")
_HEADER = "\t".join(COLUMNS)
Key = TypeVar("Key", bound=Hashable)
# Spellings that count as one when a name is looked up: ё is written as е, apostrophes have many shapes, the Turkic
# letters ı and İ lose what sets them apart when the case changes, Romanian s and t are often printed with a cedilla.
_EQUAL = str.maketrans("ёı\u015f\u0163\u02bc\u02bb\u2019\u2018\u00a0", "еi\u0219\u021b'''' ", "\u0307")


@dataclass(frozen=True, slots=True)
class Established:
    """One row: what `original` (in the language `source`) is called in the language `target`, by whose `authority`.

    `since` and `until` are the first and the last day on which `form` holds: YYYY or YYYY-MM-DD, empty where open.
    """

    kind: str
    source: str
    original: str
    target: str
    form: str
    relation: str
    since: str = ""
    until: str = ""
    authority: str = ""

    def in_force(self, day: date) -> bool:
        """Does the form hold on that day?

        >>> row = Established("place", "kk", "Астана", "kk", "Нұр-Сұлтан", "renaming", "2019-03-23", "2022-09-16")
        >>> row.in_force(date(2022, 1, 5))
        True
        """
        text = day.isoformat()
        # A year alone is compared with the year of the day, as much as the row says.
        return text[: len(self.since)] >= self.since and (not self.until or text[: len(self.until)] <= self.until)


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The key under which a name is looked up: case, ё, blanks and the shape of apostrophes do not count.

    >>> fold("КИШИНЁВ") == fold("Кишинев")
    True
    """
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFC", name.casefold()).translate(_EQUAL).split())


@cache
def rows() -> tuple[Established, ...]:
    """All rows, file by file in the order of their names.

    They are taken as they stand: the tests prove that the shipped tables are well formed.
    """
    lines = (line for text in _tables() for line in text.split("\n") if line and line[0] != "#")
    return tuple(Established(*line.split("\t")) for line in lines if line != _HEADER)


def _tables() -> Iterator[str]:
    for table in sorted(resources.files(PACKAGE).iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".tsv"):
            yield table.read_text(encoding="utf-8")


@cache
def _by_original() -> Mapping[tuple[str, str, str], tuple[Established, ...]]:
    return _grouped(((row.source, row.target, fold(row.original)), row) for row in rows())


@cache
def _by_form() -> Mapping[tuple[str, str], tuple[Established, ...]]:
    return _grouped(((row.target, fold(row.form)), row) for row in rows())


@cache
def _native() -> Mapping[tuple[str, str], tuple[Established, ...]]:
    return _grouped(((row.source, fold(row.original)), row) for row in rows() if row.relation == "native")


def _grouped(pairs: Iterable[tuple[Key, Established]]) -> Mapping[Key, tuple[Established, ...]]:
    groups: dict[Key, list[Established]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return {key: tuple(group) for key, group in groups.items()}


def forms(original: str, source: str, target: str) -> tuple[Established, ...]:
    """All recorded forms of `original` in the language `target`, the usual one first, whatever their dates.

    >>> [row.form for row in forms("Ереван", "ru", "de")]
    ['Eriwan', 'Jerewan']
    """
    return _by_original().get((source, target, fold(original)), ())


def established(
    original: str, source: str, target: str, kind: str | None = None, on: date | None = None
) -> Established | None:
    """The form of `original` to write in the language `target` on a day (today), None where no row says so.

    >>> established("Москва", "ru", "de").form
    'Moskau'
    """
    return _first(forms(original, source, target), kind, on)


def native(original: str, source: str, kind: str | None = None, on: date | None = None) -> Established | None:
    """The name that a place or person has in its own language, where `source` is another one.

    >>> native("Ереван", "ru").form
    'Երևան'
    """
    return _first(_native().get((source, fold(original)), ()), kind, on)


def originals(form: str, target: str, source: str | None = None) -> tuple[Established, ...]:
    """Backwards: the rows that write some original as `form` in the language `target`.

    >>> sorted(row.original for row in originals("Weißrussland", "de", "ru"))
    ['Беларусь', 'Белоруссия']
    """
    found = _by_form().get((target, fold(form)), ())
    return found if source is None else tuple(row for row in found if row.source == source)


def _first(found: tuple[Established, ...], kind: str | None, on: date | None) -> Established | None:
    for row in found:
        if kind is not None and row.kind != kind:
            continue
        if not (row.since or row.until) or row.in_force(on or date.today()):
            return row
    return None


def same(a: str, b: str) -> Established | None:
    """The row that makes two spellings names of one place or person, in whatever languages; None where none does.

    Renamings and native names are followed, so `Leningrad` and `Sankt Petersburg` are one city.

    >>> same("Weißrussland", "Белоруссия").original
    'Белоруссия'
    >>> same("Minsk", "Pinsk") is None
    True
    """
    entities, wanted = _entities(), {fold(a), fold(b)}
    first, second = (_by_name().get(fold(name), ()) for name in (a, b))
    shared = {entities[_node(row)] for row in first} & {entities[_node(row)] for row in second}
    return max(
        (row for row in (*second, *first) if entities[_node(row)] in shared),
        key=lambda row: {fold(row.original), fold(row.form)} == wanted,
        default=None,
    )


@cache
def _by_name() -> Mapping[str, tuple[Established, ...]]:
    return _grouped((name, row) for row in rows() for name in {fold(row.original), fold(row.form)})


def _node(row: Established) -> tuple[str, str, str]:
    return row.kind, row.source, fold(row.original)


@cache
def _entities() -> Mapping[tuple[str, str, str], tuple[str, str, str]]:
    # Originals that renamings, native names and names in the same language (США, Соединённые Штаты) connect, each with
    # one of them as its representative. Exonyms connect nothing: Moldau is a state and a river.
    parent: dict[tuple[str, str, str], tuple[str, str, str]] = {}

    def root(node: tuple[str, str, str]) -> tuple[str, str, str]:
        while (above := parent.setdefault(node, node)) != node:
            node = above
        return node

    for row in rows():
        one = root(_node(row))
        if row.relation in ("native", "renaming") or row.source == row.target:
            parent[root((row.kind, row.target, fold(row.form)))] = one
    return {node: root(node) for node in parent}
