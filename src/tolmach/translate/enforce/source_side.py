"""What the words around a name in the source sentence tell of the case of its rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span

_REMEMBERED = 1 << 12
_SINGULAR = 0b111111
_GENITIVE = 0b10
_NEAR = 60  # code points to either side
_LONGEST = 5_000  # code points of a sentence
_FAR = 4  # words passed over
_WORD = re.compile(r"['’]s\b|\w+(?:-\w+)*|[^\w\s]")


@lru_cache(_REMEMBERED)
def source_signs(source: str, span: Span | None, language: str) -> tuple[str, ...]:
    """The names of the signs, as in `russian_signs.tsv`; none for a language without a list.

    >>> source_signs("the policy of Obama", Span(14, 19), "en")
    ('S:en:L:of', 'S:en:G:of', 'S:en:R:edge', 'S:en:LR:of:edge')
    """
    base = primary(language) if language else ""
    if span is None or base not in _languages():
        return ()
    return tuple(dict.fromkeys(_signs(source, span, base)))


@cache
def _languages() -> dict[str, dict[str, frozenset[str]]]:
    table = load_table("tolmach.translate.enforce", "source_side.toml")
    return {language: {name: frozenset(words) for name, words in lists.items()} for language, lists in table.items()}


def _signs(source: str, span: Span, language: str) -> Iterator[str]:
    lists = _languages()[language]
    before = _WORD.findall(source[max(0, span.start - _NEAR) : span.start])[::-1]
    after = _WORD.findall(source[span.end : span.end + _NEAR])
    name = source[span.start : span.end]
    left = _short(before[0], lists) if before else "edge"
    right = _short(after[0], lists) if after else "edge"
    yield f"S:{language}:L:{left}"
    ruler = next((word for word in before[:_FAR] if not _passed(word, lists)), "")
    yield f"S:{language}:G:{_short(ruler, lists) if ruler else 'edge'}"
    yield f"S:{language}:R:{right}"
    yield f"S:{language}:LR:{left}:{right}"
    if after and after[0] in lists["possessive"]:
        yield f"S:{language}:possessive"
    elif language == "de" and name.endswith("s"):
        yield f"S:{language}:ends-in-s:{right}"


def _passed(word: str, lists: dict[str, frozenset[str]]) -> bool:
    return (
        word.lower() in lists["skipped"] or (word[:1].isupper() and word.lower() not in lists["words"]) or word == "."
    )


def _short(word: str, lists: dict[str, frozenset[str]]) -> str:
    """A small word or sign itself; other words by their looks."""
    small = word.lower()
    if small in lists["words"] or not word[0].isalnum():
        return "possessive" if word in lists["possessive"] else small
    if word[0].isdigit():
        return "number"
    return "Name" if word[0].isupper() else "ed" if small.endswith("ed") else "s" if small.endswith("s") else "word"


def is_possessive(source: str, span: Span | None, language: str, *, after_noun: bool) -> bool:
    """Has the source a possessive there («Obama's»)? «of» and a genitive count where the name follows a noun."""
    if span is not None and language and primary(language) == "ru":
        return after_noun and _is_russian_attribute(source, span)
    found = source_signs(source, span, language)
    own = any(sign.endswith(":possessive") for sign in found)
    return own or (after_noun and any(":G:of" in sign or ":G:des" in sign for sign in found))


def source_owner(source: str, span: Span | None, language: str) -> str:
    """How the source says that what stands before the name belongs to it: `of`, `possessive`, nothing.

    >>> source_owner("the mayor of Astana", Span(13, 19), "en"), source_owner("Astana's mayor", Span(0, 6), "en")
    ('of', 'possessive')
    """
    found = source_signs(source, span, language)
    if any(sign.endswith(":possessive") for sign in found):
        return "possessive"
    return "of" if any(sign.endswith((":L:of", ":L:von", ":L:des")) for sign in found) else ""


def _is_russian_attribute(source: str, span: Span) -> bool:
    """Does the name stand in the genitive after a noun («отставки Лаврова», but «критикует Лаврова»)?"""
    # Other languages do not need the Russian dictionary.
    from tolmach.translate.enforce.russian_words import facts

    cells = _russian_cells(source[span.start : span.end])
    if cells and not cells & _GENITIVE:
        return False
    for word in _WORD.findall(source[max(0, span.start - _NEAR) : span.start])[::-1][:_FAR]:
        known = facts(word)
        if known.sort != "adjective" and not (word[:1].isupper() and (known.name or not known.known)):
            return known.sort == "noun"
    return False


def source_number(source: str, span: Span | None, language: str) -> str:
    """`pl` or `sg` as the ending of an English or Russian word shows; nothing where it does not tell.

    >>> source_number("the records", Span(4, 11), "en"), source_number("the access", Span(4, 10), "en")
    ('pl', 'sg')
    >>> source_number("список записям", Span(7, 14), "ru")
    'pl'
    """
    if span is None or not language:
        return ""
    word = source[span.start : span.end].lower()
    if primary(language) == "ru":
        cells = _russian_cells(word)
        return "" if not cells else "pl" if not cells & _SINGULAR else "" if cells >> 6 else "sg"
    if primary(language) != "en":
        return ""
    return "pl" if word.endswith("s") and not word.endswith(("ss", "us", "is", "news", "'s", "’s")) else "sg"


@lru_cache(_REMEMBERED)
def _russian_cells(words: str) -> int:
    """The cells (see `russian_words`) of the first noun of a Russian term."""
    # Other languages do not need the Russian dictionary.
    from tolmach.translate.enforce.russian_words import facts

    return next((cells for word in words.split() if word[0].isalpha() and (cells := facts(word).nouns)), 0)


@lru_cache(_REMEMBERED)
def located(source: str, term: str) -> Span | None:
    """Where a term stands in its sentence; None where it is not found word for word, or more than once.

    >>> located("Two Records were found.", "record")
    Span(start=4, end=11)
    """
    if not term or len(source) > _LONGEST:
        return None
    found = list(re.finditer(rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)", source, re.IGNORECASE))
    return Span(*found[0].span()) if len(found) == 1 else None
