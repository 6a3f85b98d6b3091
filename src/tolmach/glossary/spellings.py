"""The spellings that texts have of a name, language by language, and what a glossary would say of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tolmach.glossary.model import Designation, Status, Validity
from tolmach.names.variants import acronyms
from tolmach.names.variants.explanation import alone
from tolmach.names.variants.find import Group
from tolmach.names.variants.relation import Classification
from tolmach.transcription.established import Established, fold, originals, rows, same
from tolmach.transcription.renderings import language_of_letters
from tolmach.transcription.system import load, names

REST = "*"
"""Stands in `found` for the texts that are not named, counted together."""
_MOST_TEXTS = 10
_BY_OTHER = "by another system"
_LONG_GENITIVE = re.compile(r"(?<=\w)es\b")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A base form in the texts of one language; `sources` counts its occurrences by text."""

    form: str
    language: str
    classification: Classification
    systems: tuple[str, ...]
    sources: Mapping[str, int]

    @property
    def count(self) -> int:
        """How often it was found."""
        return sum(self.sources.values())

    @property
    def is_short(self) -> bool:
        """Is it an acronym?"""
        return Designation(self.form, Status.ADMITTED).is_acronym


def spellings(
    group: Group, language_of: Callable[[str], str], name_of: Callable[[str], str] = str
) -> tuple[Spelling, ...]:
    """The spellings of a group, those of one language apart from those of another, in the order of the group.

    `language_of` tells the language of the text with a path, `name_of` how a glossary names it.
    """
    found = list(_by_language(group, language_of, name_of))
    # «NATO» in a Russian text is a Latin word there, no Russian name, unless the texts know no other.
    own = [one for one in found if one.language != "ru" or language_of_letters(one.form)]
    joint: dict[tuple[str, str], Spelling] = {}
    for one in own or found:
        key = one.language, fold(one.form)
        joint[key] = joined(joint[key], one) if key in joint else one
    return tuple(joint.values())


def _by_language(group: Group, language_of: Callable[[str], str], name_of: Callable[[str], str]) -> Iterator[Spelling]:
    for form in group.forms:
        letters = language_of_letters(form.form)
        counts: dict[str, Counter[str]] = {}
        for path, count in form.sources:
            language = language_of(path)
            if letters and language in ("de", "en"):
                language = letters
            counts.setdefault(language, Counter())[name_of(path)] += count
        for language, sources in counts.items():
            yield Spelling(form.form, language, form.classification, form.systems, sources)


def joined(spelling: Spelling, other: Spelling) -> Spelling:
    """Two spellings that count as one."""
    return replace(spelling, sources=Counter(spelling.sources) + Counter(other.sources))


def found(sources: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The texts with counts as a glossary keeps them: the richest ones by name, the others together."""
    ordered = sorted(sources.items(), key=lambda pair: (pair[0] == REST, -pair[1], pair[0]))
    rest = sum(count for _path, count in ordered[_MOST_TEXTS:])
    return (*ordered[:_MOST_TEXTS], *([(REST, rest)] if rest else []))


def text_name(path: str, home: Path | None) -> str:
    """How a glossary names a text: from the folder of the configuration (or the working one) where it stands in it.

    Bytes of a file name that are no UTF-8 are written as escapes.
    """
    base = (home or Path()).resolve()
    whole = Path(path).absolute()
    name = whole.relative_to(base).as_posix() if whole.is_relative_to(base) else path
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def equal(left: str, right: str) -> bool:
    """Are the spellings one to a glossary, which takes ss for ß and ё for е?

    >>> equal("Weissrussland", "Weißrussland"), equal("Nursultan", "Nur-Sultan")
    (True, False)
    """
    return fold(left) == fold(right)


def with_system(entry: Designation, system: str, known: Sequence[str]) -> Designation:
    """The designation with its system; a reason that spoke of another one names this one, or one of those known."""
    reason = entry.reason
    if reason.startswith(_BY_OTHER):
        told = [_by_other(name) for name in known]
        reason = _by_other(system) if system else reason if reason in told else "by another transcription system"
    return replace(entry, system=system, reason=reason)


def _by_other(system: str) -> str:
    return f"{_BY_OTHER}: {load(system).title}"


def judged(spelling: Spelling, part: str, preferred: str) -> Designation:
    """What a glossary that prefers `preferred` would say of the spelling, of which `part` is written in this place."""
    entry = Designation(part, Status.DEPRECATED, found=found(spelling.sources))
    if spelling.classification == "renaming":
        valid = stretches(part, spelling.language)
        return replace(entry, status=Status.ADMITTED, valid=valid, reason="its name at another time")
    if spelling.classification == "system" and not spelling.is_short:
        return replace(entry, reason=_other_system(spelling))
    if spelling.classification in ("exonym", "system"):
        return _exonym(entry, spelling, preferred)
    if spelling.classification == "error":
        return replace(entry, reason=f"probably misspelt for {preferred}")
    if spelling.classification == "main" and f"{preferred} ".startswith(f"{part} "):
        return replace(entry, status=Status.ADMITTED, reason=f"short for {preferred}")
    if spelling.classification == "main":
        return replace(entry, reason=f"{preferred} is the usual form")
    if _LONG_GENITIVE.sub("s", part) == _LONG_GENITIVE.sub("s", preferred):
        return replace(entry, status=Status.ADMITTED, reason="the longer or shorter genitive")
    return replace(entry, reason=f"another spelling of {preferred}")


def _other_system(spelling: Spelling) -> str:
    system = next((name for name in spelling.systems if name in names()), "")
    return _by_other(system) if system else "by another transcription system"


def _exonym(entry: Designation, spelling: Spelling, preferred: str) -> Designation:
    joining = same(entry.form, preferred)
    rows_here = originals(entry.form, spelling.language) if joining else ()
    if not joining and len(entry.form.split()) > 1 and acronyms.russian(entry.form):
        return replace(entry, status=Status.ADMITTED, reason="the Russian long form, transcribed")
    named = [row.authority for row in (*rows_here, *([joining] if joining else [])) if row.authority]
    authority = f": {named[0]}" if named else ""
    # A state has a short name and an official one (Russland, Russische Föderation): both are right.
    is_length = any(row.kind == "place" for row in rows_here) and len(entry.form.split()) != len(preferred.split())
    status = Status.ADMITTED if is_length and not spelling.is_short else entry.status
    return replace(entry, status=status, reason=f"also established{authority}")


def stretches(form: str, language: str) -> tuple[Validity, ...]:
    """When a place bore the name, as the tables of renamings say.

    >>> [(stretch.first.isoformat(), stretch.last.isoformat()) for stretch in stretches("Nur-Sultan", "de")]
    [('2019-03-23', '2022-09-17')]
    """
    known = [form] if language == "ru" else [row.original for row in originals(form, language, "ru")]
    known = known or [one.original for one in alone(form, "place", language)[:1]] or [form]
    russian = set(map(fold, known))
    found = {
        (row.since, row.until)
        for row in rows()
        if row.relation == "renaming" and row.target == "ru" and fold(row.form) in russian
    }
    return tuple(Validity(_day(since, 1, 1), _day(until, 12, 31)) for since, until in sorted(found))


def _day(written: str, month: int, day: int) -> date | None:
    """A day, or the first or last one of a year."""
    if not written:
        return None
    return date(int(written), month, day) if len(written) == 4 else date.fromisoformat(written)


def authorities(form: str, language: str, originals_: Sequence[str]) -> Iterator[str]:
    """Who vouches for an established form of one of these originals."""
    wanted = {fold(original) for original in originals_}
    fitting: list[Established] = [row for row in originals(form, language) if fold(row.original) in wanted]
    yield from (row.authority for row in fitting[:1] if row.authority)
