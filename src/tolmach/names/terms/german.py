"""German terms: nouns with their adjectives and what belongs to them, compounds, two compounds with one tail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tolmach.morphology.german_bases import head_gender
from tolmach.names.mentions.tally import Counts
from tolmach.names.terms.chunks import Token, chunks
from tolmach.names.terms.german_words import (
    ADJECTIVE_ENDING,
    IS_ADJECTIVE,
    IS_ARTICLE,
    IS_BOTH,
    IS_CUT,
    IS_GENITIVE,
    IS_JOINT,
    IS_NOUN,
    IS_PREPOSITION,
    class_of,
    is_compound,
    is_listed,
    lemma,
)
from tolmach.names.terms.model import ARTICLE, OPEN, Candidate, Forms
from tolmach.names.terms.spelling import fold_word, table

__all__ = ["candidates", "is_compound", "label"]

_GENDERS = {"m": "er", "n": "es"}
_SHOWN = {
    "f": ("die e", "eine e", "der en", "einer en", " e"),
    "m": ("der e", "ein er", "den en", "einen en", "dem en", "des en", " er"),
    "n": ("das e", "ein es", "dem en", "des en", " es"),
}
"""The articles and endings of adjectives that stand with the singular of each gender."""
_PAIRS = frozenset(pair for pairs in _SHOWN.values() for pair in pairs)
_BARE = str.maketrans("äöü", "aou")
_MOST = 2  # adjectives


def candidates(text: str) -> Iterator[Candidate]:
    """Every noun, every noun with its adjectives, and what a genitive or a preposition joins to it."""
    for chunk in chunks(text):
        classes = "".join(class_of(token.text) for token in chunk)
        if IS_NOUN not in classes:
            continue
        for place, found in enumerate(classes):
            if found == IS_NOUN:
                yield from _around(chunk, classes, place)


def _around(chunk: Sequence[Token], classes: str, noun: int) -> Iterator[Candidate]:
    """The candidates whose head is the noun at a place."""
    ends = [noun, *_ends(classes, noun)]
    for first in range(noun, max(-1, noun - _MOST - 1), -1):
        if first < noun and classes[first] != IS_ADJECTIVE:
            break
        for last in ends:
            article = _article(chunk, first, noun)
            yield _candidate(chunk[first : last + 1], classes[first : last + 1], article)
    if classes[noun - 2 : noun] == IS_CUT + IS_JOINT:
        yield _candidate(chunk[noun - 2 : noun + 1], classes[noun - 2 : noun + 1])
    if classes[noun + 1 : noun + 2] == IS_NOUN:
        parts = [chunk[noun].text, chunk[noun + 1].text]
        yield Candidate(chunk[noun].start, chunk[noun + 1].end, f"{parts[0]}{OPEN}{lemma(parts[1])}", 1)


def _article(chunk: Sequence[Token], first: int, noun: int) -> str:
    """The article before the adjectives of a noun (empty: none) and their ending; nothing without an adjective."""
    ending = ADJECTIVE_ENDING.search(chunk[first].text) if first < noun else None
    if ending is None:
        return ""
    before = chunk[first - 1].text.lower() if first else ""
    return f"{before if any(words.startswith(before + ' ') for words in _PAIRS) else ''} {ending[0]}"


_JOINED = re.compile(
    f"(?:{IS_PREPOSITION}[{IS_ARTICLE}{IS_BOTH}{IS_GENITIVE}]?|[{IS_GENITIVE}{IS_BOTH}]){IS_ADJECTIVE}{{0,{_MOST}}}{IS_NOUN}"
)


def _ends(classes: str, noun: int) -> Iterator[int]:
    """Where a term may end that begins with the noun and goes on."""
    found = _JOINED.match(classes, noun + 1)
    if found:
        yield found.end() - 1


def _candidate(tokens: Sequence[Token], classes: str, article: str = "") -> Candidate:
    parts: list[str] = []
    for token, found in zip(tokens, classes, strict=True):
        before = parts[-1:] == [ARTICLE] or classes[len(parts) - 1 : len(parts)] == IS_PREPOSITION
        parts.append(_part(token.text, found, after_preposition=before))
    words = sum(found in (IS_NOUN, IS_ADJECTIVE, IS_CUT) for found in classes)
    return Candidate(tokens[0].start, tokens[-1].end, " ".join(parts), words, article)


def _part(word: str, found: str, *, after_preposition: bool) -> str:
    if found == IS_NOUN:
        return lemma(word)
    if found == IS_ADJECTIVE:
        return ADJECTIVE_ENDING.sub("", word)
    if found in (IS_ARTICLE, IS_GENITIVE, IS_BOTH):
        return ARTICLE if after_preposition else "des"
    return word


def label(variant: str, forms: Forms) -> str:
    """The base form: adjectives in the nominative, the head without its ending where texts or lists have it so."""
    if " " not in variant and OPEN not in variant:
        return variant
    usual = forms.usual.split()
    if OPEN in variant:
        return " ".join((usual[0], _base(usual[1], forms.words)))
    place = next((at for at, word in enumerate(usual) if word[0].isupper()), len(usual) - 1)
    if usual[place].endswith("-"):
        return " ".join(usual)
    head = _base(usual[place], forms.words)
    ending = "e" if _is_plural(head) else _GENDERS.get(gender_of(head, forms.articles), "e")
    adjectives = [ADJECTIVE_ENDING.sub("", word) + ending for word in usual[:place]]
    return " ".join((*adjectives, head, *usual[place + 1 :]))


def _base(noun: str, words: Counts) -> str:
    """The noun without its ending: that of a genitive, or one without which the texts mostly have it."""
    stem = lemma(noun)
    if stem == noun:
        return noun
    if noun.removeprefix(stem) in ("s", "es") or words.get(stem, 0) > words.get(noun, 0):
        return stem
    # «Menschenrechten» is the dative of «Menschenrechte», «Beziehungen» of nothing shorter.
    is_dative = noun.endswith("en") and words.get(noun[:-1], 0) and head_gender(stem) != "f"
    return noun[:-1] if is_dative else noun


def _is_plural(noun: str) -> bool:
    """Is it a plural by its ending («Kräfte», «Kinder»)?"""
    plain = fold_word(noun.rpartition("-")[2], "de")
    return lemma(noun) != noun or (plain.endswith("er") and is_listed(plain.removesuffix("er").translate(_BARE)))


@cache
def _gender_endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((gender, tuple(endings.split())) for gender, endings in table("de")["genders"].items())


def gender_of(noun: str, articles: Mapping[str, int]) -> str:
    """The gender that a noun shows by its ending, else by the words before it; the feminine one if nothing tells.

    >>> gender_of("Abkommen", {}), gender_of("Sicherheit", {}), gender_of("Koma", {"das e": 1})
    ('n', 'f', 'n')
    """
    small = noun.lower()
    found = [
        (len(ending), gender) for gender, endings in _gender_endings() for ending in endings if small.endswith(ending)
    ]
    if found:
        return max(found)[1]
    shown = {gender: sum(articles.get(words, 0) for words in pairs) for gender, pairs in _SHOWN.items()}
    return head_gender(noun) or max("fmn", key=lambda gender: shown[gender])
