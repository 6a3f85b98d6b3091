"""The words of a sentence with the key that they are compared by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tolmach.text.model import Span

# Hyphens and apostrophes part words, so that each part of a compound is a word.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f])*")
_REMEMBERED = 1 << 17
_UNSEEN = str.maketrans(
    {"\u00ad": None, "\u0300": None, "\u0301": None, "\u0451": "\u0435", "\u2019": "'", "\u00df": "ss"}
)
# What may stand between the words of one name: blanks, hyphens and dashes, apostrophes, the point of an initial.
_JOINT = re.compile(r"\s*(?:[-\u2010\u2011\u2013'\u2019.]\s*)?")
_OPENING = ("\u00ab", "\u201e", "\u201c", "\u2018", '"', "'")


@lru_cache(_REMEMBERED)
def key(word: str) -> str:
    """The word as it is compared: small letters, no stress marks and soft hyphens, е for ё.

    >>> key("Алё\\u0301на"), key("Weiß")
    ('алена', 'weiss')
    """
    small = word.lower()
    return small if small.isascii() else unicodedata.normalize("NFC", small).translate(_UNSEEN)


class Sentence:
    """A text as words: their places, how they are written and their keys; `taken` marks words that are spoken for."""

    __slots__ = ("keys", "starts", "taken", "text", "words")

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self.text = text
        self.words = [one.group() for one in found]
        self.starts = [one.start() for one in found]
        self.keys = [key(word) for word in self.words]
        self.taken: set[int] = set()

    def span(self, first: int, last: int) -> Span:
        """From the beginning of one word to the end of another."""
        return Span(self.starts[first], self.starts[last] + len(self.words[last]))

    def covered(self, span: Span) -> range:
        """The words that begin in the stretch."""
        places = [place for place, start in enumerate(self.starts) if span.start <= start < span.end]
        return range(places[0], places[-1] + 1) if places else range(0)

    def joined(self, first: int, last: int) -> bool:
        """Do only blanks, hyphens and the like stand between the words from `first` to `last`?"""
        return all(
            _JOINT.fullmatch(self.text, self.starts[place] + len(self.words[place]), self.starts[place + 1])
            for place in range(first, last)
        )

    def parts_compound(self, first: int, last: int) -> bool:
        """Does a hyphen join the words to others, so that they are but a part of a compound?"""
        end = self.starts[last] + len(self.words[last])
        return self.text[: self.starts[first]].endswith("-") or self.text.startswith("-", end)

    def free(self, first: int, last: int) -> bool:
        """Is none of the words spoken for?"""
        return not self.taken or self.taken.isdisjoint(range(first, last + 1))

    def starts_clause(self, place: int) -> bool:
        """Does the word begin the text or follow a full stop, so that its capital says nothing?"""
        before = self.text[: self.starts[place]].rstrip(" \u00a0\"'\u00ab\u201e\u201c\u2018\u2014\u2013-([")
        return not before or before[-1] in ".!?:;\u2026\n"

    def starts_label(self, place: int) -> bool:
        """Does the word begin the text, a sentence or a quotation?"""
        return self.text[: self.starts[place]].endswith(_OPENING) or self.starts_clause(place)


def words_of(text: str) -> tuple[str, ...]:
    """The keys of the words of a text.

    >>> words_of("Belarus Free Theatre’s")
    ('belarus', 'free', 'theatre', 's')
    """
    return tuple(key(word) for word in _WORD.findall(text))
