"""English terms: nouns by their endings or the list, with adjectives and nouns before them, and what `of` joins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from tolmach.names.mentions.lists import lexicon
from tolmach.names.mentions.words import is_english
from tolmach.names.terms.chunks import Token, chunks, opened
from tolmach.names.terms.model import Candidate, Forms
from tolmach.names.terms.spelling import fold_word, listed, table

_NOUN, _ADJECTIVE, _OF, _WORD, _ELSE = "NAOW-"
_SHORTEST = 4  # letters
_ENDINGS = (("ies", "y", 3), ("s", "", 3), ("ed", "e", 4), ("ing", "e", 4), ("d", "", 4))
"""An ending, what stands for it in the base form, and the letters that this has at least."""
_REMEMBERED = 1 << 17
_PHRASE = re.compile(f"[{_ADJECTIVE}{_NOUN}]{{1,2}}{_NOUN}|{_NOUN}{_OF}[{_ADJECTIVE}{_NOUN}]?{_NOUN}")


@cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns, adjectives = (table("en")[key].strip() for key in ("nouns", "adjectives"))
    return re.compile(f"(?:{nouns})$"), re.compile(f"(?:{adjectives})$")


@lru_cache(_REMEMBERED)
def lemma(word: str) -> str:
    """The word without the ending of a plural or verb, as far as the lists know the rest.

    >>> lemma("organisations"), lemma("organised"), lemma("e-mails"), lemma("crisis")
    ('organisation', 'organise', 'e-mail', 'crisis')
    """
    last = word.rpartition("-")[2]
    head = word[: len(word) - len(last)]
    for ending, rest, shortest in _ENDINGS:
        stem = last.removesuffix(ending) + rest
        if len(stem) >= shortest and last.endswith(ending) and not last.endswith(("ss", "us", "is")) and is_word(stem):
            return head + stem
    return word


def is_word(word: str) -> bool:
    """Is it a word of the list, in British or American spelling?"""
    return is_english(word) or fold_word(word, "en") in _folded()


@cache
def _folded() -> frozenset[str]:
    return frozenset(fold_word(word, "en") for word in lexicon()["en.word"])


@lru_cache(_REMEMBERED)
def class_of(word: str) -> str:
    """The class of a word as a part of terms; only words in small letters are parts."""
    if not word.islower():
        return _ELSE
    if word == "of":
        return _OF
    stem = lemma(word)
    if len(word) < _SHORTEST or stem in listed("en", "no_nouns"):
        return _ELSE
    nouns, adjectives = _endings()
    if stem in listed("en", "heads") or (len(stem) > _SHORTEST + 1 and nouns.search(stem) and is_word(stem)):
        return _NOUN
    if adjectives.search(word) and len(word) > _SHORTEST + 1 and word not in listed("en", "no_adjectives"):
        return _ADJECTIVE if is_word(word) else _WORD
    return _WORD


def candidates(text: str) -> Iterator[Candidate]:
    """Every word in small letters, and every noun phrase."""
    for chunk in map(opened, chunks(text)):
        classes = "".join(class_of(token.text) for token in chunk)
        for token, found in zip(chunk, classes, strict=True):
            if found not in (_ELSE, _OF):
                yield Candidate(token.start, token.end, lemma(token.text), 1)
        for first in range(len(classes)):
            for last in range(first + 2, min(first + 5, len(classes) + 1)):
                if _PHRASE.fullmatch(classes, first, last):
                    yield _candidate(chunk[first:last])


def _candidate(tokens: Sequence[Token]) -> Candidate:
    parts = [lemma(token.text) for token in tokens]
    return Candidate(tokens[0].start, tokens[-1].end, " ".join(parts), len(parts) - ("of" in parts))


def is_compound(variant: str) -> bool:
    """Is the word a noun made of several, which only a hyphen tells?"""
    return "-" in variant and class_of(variant.rpartition("-")[2]) == _NOUN


def label(variant: str, forms: Forms) -> str:
    """A single word without its ending, of several words the most frequent form."""
    return forms.usual if " " in variant else variant
