"""A report from its parts: the groups of `tolmach variants`, the texts once more, the rules, the glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from tolmach.report import classes, coverage, sources
from tolmach.report.contexts import contexts
from tolmach.report.findings import Tallies
from tolmach.report.model import Cell, Context, Corpus, Coverage, Entry, Limits, Plain, Row, Ruling, Source
from tolmach.text.model import Document

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.lint.runner import Finding
    from tolmach.names.variants.find import Form, Group

_Place = tuple[int, int]


@dataclass(frozen=True)
class House:
    """What a house knows: the finder of its glossary, and the findings of its rules in a document."""

    finder: Finder
    check: Callable[[Document], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class _Name:
    """A group on its way into the report, with no more places than may be shown: by form, by path."""

    group: Group
    places: tuple[dict[str, list[_Place]], ...]


@dataclass
class _Reading:
    """What reading the texts once more gives: the contexts of the places asked for, languages, findings."""

    tallies: Tallies
    contexts: dict[tuple[str, _Place], Context] = field(default_factory=dict)
    languages: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def language(self, path: str) -> str:
        """The language most of the text is in; "" for a text without words."""
        found = self.languages.get(path)
        return max(found, key=lambda code: (found[code], code)) if found else ""


def build(
    groups: Iterable[Group],
    read: Callable[[], Iterable[Document]],
    paths: Sequence[str],
    house: House | None = None,
    limits: Limits | None = None,
) -> Corpus:
    """The report of the texts that `read` gives, `paths` of which are all its files; `groups` may hold names with one
    spelling only, too.

    Names are put in order of importance: probable errors first, then by number of occurrences. Their ids are those that
    `tolmach variants` gives them.
    """
    limits = limits or Limits()
    names, plain = _sorted(groups, limits)
    shown = names[: limits.names]
    mentions = _mentions(shown)
    kept = sources.busiest(paths, mentions, {}, limits.sources)
    reading = _read(read, _wanted(shown, kept, limits.all_contexts), Tallies(limits), house)
    columns = sources.columns(paths, mentions, reading.tallies.by_path, limits.sources)
    columns = {path: replace(column, language=reading.language(path)) for path, column in columns.items()}
    entries = [_entry(name, columns, reading, house) for name in shown]
    told = [_plain(group, reading, house) for group in plain]
    rest = [_ruling(name.group, reading, house) for name in names[limits.names :]]
    rulings = [*(entry.ruling for entry in entries), *(one.ruling for one in told), *rest]
    return Corpus(
        title=sources.folder_name(paths),
        texts=len(paths),
        sources=tuple(sorted({column.number: column for column in columns.values()}.values(), key=_number)),
        entries=tuple(entries),
        found=len(names),
        errors=sum(any(form.classification == "error" for form in name.group.forms) for name in names),
        plain=tuple(sorted(told, key=lambda one: (-one.count, one.form))[: limits.consistent]),
        plain_names=len(told),
        findings=reading.tallies.tallies(columns) if house else None,
        coverage=_coverage(rulings, house),
        matrix=limits.matrix,
    )


def _coverage(rulings: Iterable[Ruling | None], house: House | None) -> Coverage | None:
    if house is None or not len(house.finder.glossary):
        return None
    return coverage.coverage((one for one in rulings if one), house.finder.glossary)


def _number(source: Source) -> int:
    return source.number


def _sorted(groups: Iterable[Group], limits: Limits) -> tuple[list[_Name], list[Group]]:
    """The names written in several ways in order of importance, and the others."""
    names: list[_Name] = []
    plain: list[Group] = []
    for group in groups:
        forms = tuple(replace(form, occurrences=()) for form in group.forms)
        if any(form.classification != "main" for form in forms):
            bare = replace(group, id=f"g{len(names) + 1}", forms=forms)
            names.append(_Name(bare, tuple(_places(form, limits.contexts) for form in group.forms)))
        else:
            plain.append(replace(group, forms=forms))
    return sorted(names, key=lambda name: _importance(name.group)), plain


def _importance(group: Group) -> tuple[int, int, str]:
    worst = classes.rank(form.classification for form in group.forms)
    return worst, -sum(form.count for form in group.forms), group.forms[0].form


def _places(form: Form, most: int) -> dict[str, list[_Place]]:
    found: defaultdict[str, list[_Place]] = defaultdict(list)
    for one in form.occurrences:
        if len(found[one.path]) < most:
            found[one.path].append((one.start, one.end))
    return dict(found)


def _wanted(names: Sequence[_Name], kept: Container[str], most: int) -> dict[str, list[_Place]]:
    """The places to show, by path: one of every form, then one of every cell, then more, but not more than so many.

    Only the sources `kept`, which have a column of their own, show places.
    """
    ranks: tuple[list[tuple[str, _Place]], ...] = ([], [], [])
    for name in names:
        for by_path in name.places:
            cells = ((path, places) for path, places in by_path.items() if path in kept)
            for column, (path, places) in enumerate(cells):
                for number, place in enumerate(places):
                    ranks[2 if number else min(column, 1)].append((path, place))
    found: defaultdict[str, list[_Place]] = defaultdict(list)
    for path, place in islice(chain.from_iterable(ranks), most):
        found[path].append(place)
    return {path: sorted(set(places)) for path, places in found.items()}


def _read(
    read: Callable[[], Iterable[Document]], wanted: Mapping[str, list[_Place]], tallies: Tallies, house: House | None
) -> _Reading:
    reading = _Reading(tallies)
    for document in read():
        for passage in document.passages:
            reading.languages[document.path][passage.language] += len(passage.text)
        for place, context in contexts(document, wanted.get(document.path, [])):
            reading.contexts[document.path, place] = context
        if house:
            tallies.add(house.check(document))
    return reading


def _mentions(names: Iterable[_Name]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in names:
        for form in name.group.forms:
            found.update(dict(form.sources))
    return found


def _entry(name: _Name, columns: Mapping[str, Source], reading: _Reading, house: House | None) -> Entry:
    group = name.group
    rows = tuple(
        _row(number, form, places, columns, reading)
        for number, (form, places) in enumerate(zip(group.forms, name.places, strict=True), start=1)
    )
    return Entry(
        group.id,
        group.kind,
        group.confidence,
        group.original,
        group.proposal,
        group.reasons,
        rows,
        _ruling(group, reading, house),
    )


def _row(
    number: int, form: Form, places: Mapping[str, list[_Place]], columns: Mapping[str, Source], reading: _Reading
) -> Row:
    counts: Counter[int] = Counter()
    told: defaultdict[int, list[Context]] = defaultdict(list)
    for path, count in form.sources:
        column = columns[path]
        counts[column.number] += count
        if not column.others:
            keys = ((path, place) for place in places.get(path, ()))
            told[column.number] += [reading.contexts[key] for key in keys if key in reading.contexts]
    cells = tuple(Cell(source, count, tuple(told[source])) for source, count in sorted(counts.items()))
    return Row(
        number,
        form.form,
        _language(form, reading),
        form.count,
        form.classification,
        form.reason,
        form.systems,
        cells,
    )


def _language(form: Form, reading: _Reading) -> str:
    """The language of the text in which the form stands most often."""
    path, _count = max(form.sources, key=lambda source: (source[1], source[0]), default=("", 0))
    return reading.language(path)


def _ruling(group: Group, reading: _Reading, house: House | None) -> Ruling | None:
    if house is None or not len(house.finder.glossary):
        return None
    forms = _spellings(group, reading)
    return coverage.ruling(forms, group.kind, house.finder)


def _spellings(group: Group, reading: _Reading) -> Iterator[tuple[str, str]]:
    return ((_language(form, reading), form.form) for form in group.forms)


def _plain(group: Group, reading: _Reading, house: House | None) -> Plain:
    main = group.forms[0]
    count = sum(form.count for form in group.forms)
    return Plain(main.form, _language(main, reading), group.kind, count, _ruling(group, reading, house))
