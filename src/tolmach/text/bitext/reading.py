"""The words of a sentence, its numbers, symbols and objects, as their links with those of a translation need them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span

if TYPE_CHECKING:
    from regex import Pattern

QUOTES = '"\u00ab\u00bb\u201e\u201c\u201d\u201a\u2018\u2039\u203a'
STOPS = ".,;:!?\u2026"

_WORD = r"""
    \ufffc
  | \d+ (?: [.,:'\u2019\u00a0\u202f] \d+ | [ ] \d{3} (?!\d) )* (?: -?\w+ )*
  | \w+ (?: (?: [-'\u2019\u2011.] | (?!\ufffc) \p{S} )+ \w+ )* (?: (?!\ufffc) \p{S} )*
  | (?: (?!\ufffc) [\p{S}\u00a7\u2020-\u2022] )+
"""
_SHORTEST_ADJECTIVE = 4  # letters


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number, symbol or object of a sentence: where it stands, and whether it only carries grammar."""

    text: str
    span: Span
    function: bool


def words(text: str, language: str) -> list[Word]:
    """The words of a sentence in order; a compound with hyphens and a number with its points are one word each."""
    grammar = _listed("function", primary(language))
    return [
        Word(found[0], Span(*found.span()), found[0].casefold() in grammar and not found[0].isupper())
        for found in _words().finditer(text)
    ]


@cache
def _words() -> Pattern[str]:
    import regex

    return regex.compile(_WORD, regex.VERBOSE)


def in_parts(source: list[Word], target: list[Word], cuts: Collection[int]) -> tuple[list[Word], list[Word]]:
    """The words of both sides, those in parts that a mark begins or ends within.

    `cuts` are its places in the source. A word is cut beside a hyphen («Tokajew-Lager»), or where the translation has
    the same word, which is cut likewise («H2O»).
    """
    same = {one.text.casefold() for one in target}
    places = sorted(cuts)
    parts: dict[str, list[int]] = {}
    left: list[Word] = []
    for one in source:
        first, last = bisect_right(places, one.span.start), bisect_left(places, one.span.end)
        own = [cut - one.span.start for cut in places[first:last]]
        if own and one.text.casefold() in same:
            parts.setdefault(one.text.casefold(), own)
        else:
            own = [cut for cut in own if not one.text[cut - 1 : cut + 1].isalnum()]
        left += _cut(one, own)
    return left, [part for one in target for part in _cut(one, parts.get(one.text.casefold(), []))]


def _cut(word: Word, cuts: Sequence[int]) -> Iterator[Word]:
    places = [0, *cuts, len(word.text)]
    for first, last in pairwise(places):
        text = word.text[first:last]
        if text.strip("-\u2011'\u2019."):
            yield Word(text, Span(word.span.start + first, word.span.start + last), word.function)


def is_article(word: str, language: str) -> bool:
    """Is this word an article of the language?"""
    return word.casefold() in _listed("articles", primary(language))


def is_preposition(word: str, language: str) -> bool:
    """Is it a preposition that goes with the words behind it?"""
    return word.casefold() in _listed("prepositions", primary(language))


def is_adjective(word: str, language: str) -> bool:
    """Does it look like an adjective, where the language has endings for that?"""
    return (
        len(word) > _SHORTEST_ADJECTIVE
        and word.endswith(tuple(_listed("adjectives", primary(language))))
        and not word[0].isdigit()
    )


def attributes(words: Sequence[Word], language: str) -> list[bool]:
    """Which words look like adjectives before their nouns; none in a language that does not show it."""
    if primary(language) != "de":
        return [is_adjective(word.text, language) for word in words]
    nouns = [word.text[0].isupper() for word in words[1:]] + [False]
    return [
        noun and word.text[0].islower() and not word.function and is_adjective(word.text, language)
        for word, noun in zip(words, nouns, strict=True)
    ]


@cache
def table() -> dict[str, Any]:
    """What stands in links.toml."""
    return load_table(__package__ or "", "links.toml")


@cache
def _listed(name: str, language: str) -> frozenset[str]:
    return frozenset(table()[name].get(language, "").split())


@cache
def _numerals() -> dict[str, int]:
    return {word: number for number, row in enumerate(table()["numerals"], 1) for word in row.split()}


def numeral(text: str) -> int | None:
    """The number that a word means, in any form: «двух» is 2."""
    return _numerals().get(text.casefold())
