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
from functools import cache
from importlib import resources
from typing import TypeVar

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

PACKAGE = "tolmach.transcription.exonyms"
COLUMNS = ("kind", "source", "original", "target", "form", "relation", "since", "until", "authority")
KINDS = frozenset(("person", "place", "organisation", "office", "event", "term", "other"))
RELATIONS = frozenset(("exonym", "established", "renaming", "native"))
# ISO 639 codes of the languages whose names the tables hold or may come to hold.
_CODES = """
ab ar av az ba be bg bs ca ce crh cs cu cv da de el en es et eu fa fi fr ga gag ha he hi hr hu hy id is it ja ka kaa kk
km ko ky la lb lt lv mk mn mo ms mt my ne nl no os pl ps pt ro ru sah sk sl so sq sr sv sw ta tg th tk tr tt tyv udm ug
uk ur uz vi yi zh
"""
LANGUAGES = frozenset(_CODES.split())
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


def fold(name: str) -> str:
    """The key under which a name is looked up: case, ё, blanks and the shape of apostrophes do not count.

    >>> fold("КИШИНЁВ") == fold("Кишинев")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name.casefold()).translate(_EQUAL).split())


def parse(text: str, name: str) -> Iterator[Established | TolmachError]:
    """The rows of one table (`name` is the file for error messages), each malformed line as an error in its place."""
    seen: set[tuple[str, ...]] = set()
    header = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if header:
            header = False
            if tuple(fields) != COLUMNS:
                yield _problem(_("the header must name the columns"), name, number)
            continue
        if problem := _mistake(fields):
            yield _problem(problem, name, number)
            continue
        key = (*fields[:5], *fields[6:8])
        if key in seen:
            yield _problem(_("this row stands here twice"), name, number)
        seen.add(key)
        yield Established(*fields)


def _mistake(fields: list[str]) -> str:
    if len(fields) != len(COLUMNS):
        return _("{count} columns instead of {expected}").format(count=len(fields), expected=len(COLUMNS))
    kind, source, original, target, form, relation, since, until, authority = fields
    if kind not in KINDS or relation not in RELATIONS:
        return _("unknown kind or relation: {kind}, {relation}").format(kind=kind, relation=relation)
    if source not in LANGUAGES or target not in LANGUAGES:
        return _("unknown language: {source}, {target}").format(source=source, target=target)
    if not (original and form and authority) or any(field != field.strip() for field in (original, form, authority)):
        return _("original, form and authority must be filled, without blanks around them")
    if (since or until) and not (_is_date(since) and _is_date(until) and (not until or since <= until)):
        return _("dates are written YYYY or YYYY-MM-DD, the first before the last: {since}, {until}").format(
            since=since, until=until
        )
    if relation == "renaming" and source != target:
        return _("a renaming stays in one language: {source}, {target}").format(source=source, target=target)
    return ""


def _is_date(text: str) -> bool:
    if not text:
        return True
    try:
        date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")
    except ValueError:
        return False
    return len(text) in (4, 10)


def _problem(message: str, name: str, line: int) -> TolmachError:
    columns = " · ".join(COLUMNS)
    return TolmachError(
        message, path=name, line=line, hint=_("columns, set apart by tabs: {columns}").format(columns=columns)
    )


@cache
def rows() -> tuple[Established, ...]:
    """All rows, file by file in the order of their names; raises TolmachError for every malformed line at once."""
    folder = resources.files(PACKAGE)
    found: list[Established] = []
    problems: list[TolmachError] = []
    for table in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not table.name.endswith(".tsv"):
            continue
        for row in parse(table.read_text(encoding="utf-8"), f"exonyms/{table.name}"):
            if isinstance(row, TolmachError):
                problems.append(row)
            else:
                found.append(row)
    raise_all(problems)
    return tuple(found)


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
