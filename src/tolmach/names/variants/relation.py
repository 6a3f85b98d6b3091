"""What one spelling is to another one of the same name: a habit, an old name, an exonym, another system, an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tolmach.messages import _
from tolmach.names.variants import known
from tolmach.names.variants.acronyms import is_short
from tolmach.names.variants.comparisons import comparison
from tolmach.names.variants.explanation import Explanation, alone, both, is_transcribed
from tolmach.names.variants.likeness import distance, letters
from tolmach.names.variants.links import aliases
from tolmach.transcription.established import Established, same

Classification = Literal["main", "system", "exonym", "renaming", "spelling", "error"]

ORDER: tuple[Classification, ...] = ("main", "spelling", "exonym", "renaming", "system", "error")
_TYPOS = 2
DIFFERENT = 0.2
"""A comparison with a lower score says that two spellings are two names."""


@dataclass(frozen=True, slots=True)
class Class:
    """The classification of a form, in one line why, the originals that explain it, and the id of the form's system."""

    classification: Classification
    reason: str
    explanations: tuple[Explanation, ...] = ()
    system: str = ""


def relation(name: str, main: str, kind: str, codes: Iterable[str], *, suspected: bool = False) -> Class:
    """One spelling set against another one of the same name; `suspected` where nothing but the context joins them."""
    if letters(name) == letters(main):
        return habit(name, main)
    if row := _renaming(name, main, kind, tuple(codes)):
        return Class("renaming", _dates(name, row))
    explained = both(main, name, kind) if is_transcribed(name) or is_transcribed(main) else None
    if explained and _is_spoken(name, main, kind) and explained[0].system is not explained[1].system:
        return _systems(name, main, *explained)
    row = _same(name, main, kind)
    if row and not _is_namesake(row, explained):
        return Class(
            "exonym",
            _("another established name of {original} ({authority})").format(
                original=row.original, authority=row.authority
            ),
            explained or (),
        )
    if explained and explained[0].system is not explained[1].system:
        return _systems(name, main, *explained)
    return _unexplained(name, main, kind, explained, suspected=suspected)


def _is_spoken(name: str, main: str, kind: str) -> bool:
    """Do the two differ as transcriptions do, whatever the tables have: Gasprom and Gazprom, not UNO and UN?"""
    return kind == "person" or (kind != "place" and not is_short(name) and distance(name, main) <= _TYPOS)


def _renaming(name: str, main: str, kind: str, codes: tuple[str, ...]) -> Established | None:
    if kind == "person":
        return None
    pairs = ((one, other) for one in aliases(main, kind) for other in aliases(name, kind))
    found = (known.renaming(*pair, codes) for pair in pairs)
    return next((rows[0] for rows in found if rows), None)


def _same(name: str, main: str, kind: str) -> Established | None:
    pairs = ((one, other) for one in aliases(name, kind) for other in aliases(main, kind))
    return next((row for pair in pairs if (row := same(*pair))), None)


def _is_namesake(row: Established, explained: tuple[Explanation, Explanation] | None) -> bool:
    """Is the place known by quite another original, as Вятка was to Kirov: may the two be those of a person?"""
    if not explained or explained[0].system is explained[1].system:
        return False
    originals = {one.original for one in explained}
    return len(originals) == 1 and row.original not in originals


def habit(name: str, main: str) -> Class:
    """For two spellings of the same letters: what differs."""
    if name.casefold().replace("ß", "ss") == main.casefold().replace("ß", "ss"):
        told = _("capitals differ from {main}") if "ss" not in name and "ß" not in name else _("ss or ß: {main}")
        return Class("spelling", told.format(main=main))
    return Class("spelling", _("hyphens, accents or abbreviations differ from {main}").format(main=main))


def _dates(name: str, row: Established) -> str:
    since, until = row.since, row.until
    if since and until:
        return _("{name} was the name from {since} to {until}").format(name=name, since=since, until=until)
    if until:
        return _("{name} was the name until {until}").format(name=name, until=until)
    if since:
        return _("{name} has been the name since {since}").format(name=name, since=since)
    return _("{name} is another name of the place").format(name=name)


def _systems(name: str, main: str, first: Explanation, second: Explanation) -> Class:
    reason = _("{name} is {other} by {second}; {main} is {one} by {first}").format(
        name=name,
        other=second.original,
        second=second.system.title,
        main=main,
        one=first.original,
        first=first.system.title,
    )
    return Class("system", reason, (first, second), second.system.id)


def _unexplained(
    name: str, main: str, kind: str, explained: tuple[Explanation, Explanation] | None, *, suspected: bool
) -> Class:
    compared = comparison(name, main, kind)
    own, other = alone(name, kind), alone(main, kind)
    if suspected and compared.score < DIFFERENT:
        if own and other and own[0].original != other[0].original:
            reason = _("probably misspelt: {name} is written for {original}, {main} for {other}").format(
                name=name, original=own[0].original, main=main, other=other[0].original
            )
            return Class("error", reason, (other[0],))
        return Class("error", _("probably misspelt for {main}").format(main=main), other[:1])
    if other and not own and not explained:
        reason = _("probably misspelt: no system writes {original} so").format(original=other[0].original)
        return Class("error", reason, other[:1])
    return Class("spelling", compared.reason, explained or ())
