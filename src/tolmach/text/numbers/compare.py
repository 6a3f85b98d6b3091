"""Which numbers of two texts are the same, and what may excuse a difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tolmach.config import primary
from tolmach.text.numbers import Number
from tolmach.text.numbers.language import FOLLOWING, rules, starts


def unmatched(first: Sequence[Number], second: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """The numbers of either text that the other does not have; parts of dates count on their own."""
    left, right = _rest(first, second)
    # A number that is repeated may be said once.
    left = [one for one in left if not (one.optional or _stands(one, second))]
    right = [one for one in right if not (one.optional or _stands(one, first))]
    return left, right


def _stands(one: Number, among: Sequence[Number]) -> bool:
    """Is the number among the others, or are all of its parts?"""
    if any(one.same(other) for other in _all(among)):
        return True
    # Of two dates, or times of day, each is whole: «4.1.» is not «April 4».
    others = (
        _all([replace(other, parts=()) if other.is_whole else other for other in among])
        if one.is_whole
        else _all(among)
    )
    return bool(one.parts) and all(part.optional or any(part.same(other) for other in others) for part in one.parts)


def _rest(first: Sequence[Number], second: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    left, right = [], list(second)
    for one in first:
        match = next((other for other in right if one.same(other)), None)
        if match is None:
            left.append(one)
        else:
            right.remove(match)
    return left, right


def _all(numbers: Sequence[Number]) -> list[Number]:
    return [*numbers, *(part for one in numbers for part in one.parts)]


def has_words(text: str, language: str) -> bool:
    """Are there numbers in words?"""
    return starts(primary(language), "words").search(text.casefold()) is not None


def shown(number: Number, text: str) -> str:
    """The number as the text has it, with the word in which it counts («1,5 Mrd.»)."""
    following = FOLLOWING.match(text, number.span.end) if number.bare else None
    end = following.end() if following else number.span.end
    return " ".join(text[number.span.start : end].rstrip(".").split())


def has_scale(text: str, language: str) -> bool:
    """Is there a word or abbreviation such as «million» in which something is counted?"""
    return _scale(primary(language)).search(text.casefold()) is not None


@cache
def _scale(language: str) -> re.Pattern[str]:
    names = [name for name, _power in rules(language)["scales"]]
    whole = "|".join(re.escape(name[:-1]) for name in names if name.endswith("$"))
    # «zwölftausend» is one word.
    parts = "|".join(re.escape(name) for name in names if not name.endswith("$"))
    return re.compile(rf"{parts}|(?<![^\W\d])(?:{whole})(?!\w)" if whole else parts)


def is_converted(number: Number, text: str, language: str) -> bool:
    """Does a measure stand beside the number that translators convert (miles, pounds, Fahrenheit)?"""
    around = text[number.span.end : number.span.end + 30].casefold()
    return starts(primary(language), "converted").search(around) is not None
