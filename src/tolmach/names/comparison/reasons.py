"""Why two spellings are one name, or two: one line for a person, cheap enough to be made for every pair."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from tolmach.messages import _
from tolmach.names.comparison.model import chunk_names, load
from tolmach.names.comparison.originals import Step, original, writer
from tolmach.names.comparison.spelling import alphabet, is_cyrillic, language

if TYPE_CHECKING:
    from tolmach.names.comparison.alignment import Weights
    from tolmach.transcription.established import Established
    from tolmach.transcription.system import System

_SHOWN = 3
"""At most so many differences are named."""

_USUAL, _ALIKE, _UNLIKE = 1.5, 1.0, 0.0
_FEMININE = frozenset("aаá")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def equal() -> str:
    """For two texts that are the same."""
    return _("the same spelling")


def nearly_equal() -> str:
    """For spellings that differ in capitals, marks and signs only."""
    return _("the same letters; only capitals, hyphens or apostrophes differ")


def no_letters() -> str:
    """For a side without letters."""
    return _("a side has no letters to compare")


def too_long() -> str:
    """For a side that is a text rather than a name."""
    return _("too long for a name")


def other_number() -> str:
    """For names with different numbers, MI5 and MI6."""
    return _("the numbers in the names differ")


def one_person(original: str) -> str:
    """For spellings of one prominent surname in two languages."""
    return _("both are spellings of {original}").format(original=original)


def unlike_acronyms() -> str:
    """For acronyms that are not the same letter by letter."""
    return _("acronyms that are not the same letter by letter")


def turned_acronym() -> str:
    """For acronyms with the same letters in another order."""
    return _("acronyms of the same letters in another order, perhaps a misprint")


def town() -> str:
    """For names of one town in the gazetteer."""
    return _("both are names of one town (GeoNames)")


def other_town() -> str:
    """For names of towns that share no name."""
    return _("names of two different towns (GeoNames)")


def given_name() -> str:
    """For spellings of one given name."""
    return _("forms of one given name")


def part_of_name() -> str:
    """For a single name beside a full name that contains it."""
    return _("one side is only a part of the other's full name")


def given_alone() -> str:
    """For full names with the same given name and different surnames."""
    return _("only a part of the names agrees")


def all_parts(*, swapped: bool) -> str:
    """For full names that agree part by part."""
    if swapped:
        return _("all parts agree, in another order")
    return _("all parts agree")


def no_match(left: str, right: str) -> str:
    """For full names with parts that do not agree."""
    return _("{left} and {right} differ").format(left=left, right=right)


def established(row: Established) -> str:
    """For names that a table of established forms connects."""
    return _("both are established names of {original} ({authority})").format(
        original=row.original, authority=row.authority
    )


def written_by(system: System, latin: str) -> str:
    """For a Latin spelling that a transcription system makes of the Cyrillic one."""
    return _("{form} is written by the system {title}").format(form=latin, title=system.title)


def explaining_system(cyrillic: str, latin: str, languages: tuple[str, ...]) -> System | None:
    """The first system that writes the Cyrillic spelling exactly like the Latin one, if any does."""
    return writer(cyrillic, language(cyrillic), latin, languages)


def turned(steps: Sequence[Step]) -> list[Step]:
    """The steps with the sides exchanged."""
    return [(right, left, weight) for left, right, weight in steps]


def one_original(steps: Sequence[Step], left: str, right: str, languages: tuple[str, ...]) -> str:
    """For two Latin spellings whose originals are found: what they are and who writes them so; else nothing."""
    first = original(steps, left, right=False, languages=languages)
    second = original(steps, right, right=True, languages=languages) if first else None
    if not first or not second or _is_gender(steps[-1], chunk_names()):
        return ""
    if first.name == second.name:
        return _("both restore to {original}; {left} by {first}, {right} by {second}").format(
            original=first.name, left=left, first=first.system.title, right=right, second=second.system.title
        )
    if first.system.source == second.system.source:
        return ""
    return _("{left} restores to {one} ({first}), {right} to {other} ({second})").format(
        left=left, one=first.name, first=first.system.title, right=right, other=second.name, second=second.system.title
    )


def same_letters(steps: Sequence[Step], chunks: tuple[str, ...], weights: Weights, *, swapped: bool) -> str:
    """For one name in two spellings: which letters stand for which sound."""
    unlike = [step for step in steps if step[0] != step[1]]
    if unlike and _is_gender(steps[-1], chunks):
        return _("masculine and feminine form of one surname")
    scripts = is_cyrillic(chunks[steps[-1][1]]) or is_cyrillic(chunks[steps[-1][0]])
    shown = dict.fromkeys(
        (left, right) for left, right, weight in unlike if left and right and not (scripts and weight > _USUAL)
    )
    told = ", ".join(_told(left, right, chunks, weights, swapped=swapped) for left, right in list(shown)[:_SHOWN])
    if told:
        return _("the letters stand for the same sounds: {letters}").format(letters=told)
    if all(left and right for left, right, _weight in steps):
        return _("sound for sound the same name")
    return _("the letters agree but for those that are left out")


def _told(left: int, right: int, chunks: tuple[str, ...], weights: Weights, *, swapped: bool) -> str:
    first, second = (chunks[right], chunks[left]) if swapped else (chunks[left], chunks[right])
    sound = _sound(left, right)
    return f"{first} : {second} ({chunks[sound]})" if sound else f"{first} : {second}"


@cache
def _sound(left: int, right: int) -> int:
    """The Cyrillic letter that both Latin chunks write, 0 if there is none or a side is Cyrillic itself."""
    weights, units = load().knowledge.weights, alphabet().units
    both = [
        (min(float(weights.both[left, number]), float(weights.both[right, number])), number)
        for number, unit in enumerate(units)
        if unit in _RUSSIAN
    ]
    cyrillic = any(number < len(units) and is_cyrillic(units[number]) for number in (left, right))
    weight, number = max(both)
    return number if weight > _ALIKE and not cyrillic else 0


def _is_gender(last: Step, chunks: tuple[str, ...]) -> bool:
    left, right, _weight = last
    return not (left and right) and chunks[left or right] in _FEMININE


def other_letters(steps: Sequence[Step], chunks: tuple[str, ...], *, swapped: bool) -> str:
    """For two names: the letters that differ, the worst first."""
    vowels = alphabet().vowels
    bad = sorted((step for step in steps if step[2] < _UNLIKE), key=lambda step: step[2])
    if len(bad) > max(_SHOWN, len(steps) // 2):
        return _("the letters have little in common")
    sides = [(chunks[left], chunks[right]) for left, right, _weight in bad]
    if swapped:
        sides = [(right, left) for left, right in sides]
    consonants = [pair for pair in sides if not all(letter in vowels for unit in pair for letter in unit)]
    told = ", ".join(f"{left or '–'} : {right or '–'}" for left, right in (consonants or sides)[:_SHOWN])
    if not told:
        return _("the spellings differ only a little, but two names are written so")
    if consonants:
        return _("different consonants: {letters}").format(letters=told)
    return _("different vowels: {letters}").format(letters=told)
