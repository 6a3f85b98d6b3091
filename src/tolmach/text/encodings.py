"""Which eight-bit encoding a text is in that is no UTF-8, and whether that is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.files import load_table

_SAMPLE = 8_192  # bytes
_ENOUGH = {"latin": 2, "cyrillic": 3}  # words with letters above 127; fewer are no evidence
_SURE, _AHEAD = 0.9, 0.15  # what share of the words must be well written, and by how much more than in any other page
_FEW = 0.25  # the share of words up to which the likelier of two related pages wins when both are equally plausible
_PLAUSIBLE = 0.5  # below this share, none of the pages is worth naming
_USUAL = 0.65  # the share of frequent letters from which on a text is no gibberish
_HIGH_WORD = re.compile(rb"[^\s\x00-\x40\[-`{-\x7f]*[\x80-\xff][^\s\x00-\x40\[-`{-\x7f]*")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class _Page:
    codec: str
    name: str
    script: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Knowledge:
    pages: tuple[_Page, ...]
    frequent: dict[str, frozenset[str]]
    signs: str


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding: Python's name for it, the name to show, and whether nothing else is plausible."""

    codec: str
    name: str
    sure: bool


def guess(content: bytes) -> Guess:
    """The eight-bit encoding of a text; sure only where its words are well written in this encoding and in no other.

    >>> guess("Президент Токаев отменил чрезвычайное положение".encode("cp1251"))
    Guess(codec='cp1251', name='windows-1251', sure=True)
    >>> guess("Größe".encode("cp1252")).sure
    False
    """
    # A few foreign bytes in a long text: look at the place where they stand, not at the start.
    first = _HIGH.search(content)
    start = max(0, first.start() - 1000) if first else 0
    words = _HIGH_WORD.findall(content, start, start + _SAMPLE)
    pages = _knowledge().pages
    shown = {page: _shown(words, page) for page in pages}
    best = max(pages, key=lambda page: _score(shown[page], page))
    # In capitals another alphabet's text may look well written.
    sure = (
        len(words) >= _ENOUGH[best.script]
        and _score(shown[best], best) >= _SURE
        and sum(word.isupper() for word in shown[best]) * 2 < len(words)
        and all(_beats(best, page, shown) for page in pages)
        and _fits(content, best)
    )
    name = best.name if sure or _score(shown[best], best) >= _PLAUSIBLE else _any_name(content[start : start + _SAMPLE])
    return Guess(best.codec, name or best.name, sure)


def _any_name(sample: bytes) -> str:
    """What a text in none of the pages may be: Greek, Japanese and all else."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding.replace("_", "-") if best else ""


def is_damaged_utf8(content: bytes) -> bool:
    """Was this UTF-8 once? Most of its bytes above 127 still stand in sequences that UTF-8 allows."""
    high = sum(map(len, _HIGH.findall(content)))
    valid = sum(map(len, _MULTIBYTE.findall(content)))
    return valid * 2 > high


def _shown(words: list[bytes], page: _Page) -> list[str]:
    return [word.strip(_knowledge().signs) for word in b" ".join(words).decode(page.codec, "replace").split(" ")]


def _beats(best: _Page, rival: _Page, shown: dict[_Page, list[str]]) -> bool:
    """Is `best` clearly the better one, judged by the words in which the two differ?"""
    pairs = [(own, other) for own, other in zip(shown[best], shown[rival], strict=True) if own != other]
    if not pairs:
        return True
    own, other = zip(*pairs, strict=True)
    # A Western text with a few foreign names is not a Czech one.
    related = (
        best.script == rival.script == "latin" and best.rank < rival.rank and len(pairs) <= _FEW * len(shown[best])
    )
    if related:
        return _score(own, best, 1.0) >= _score(other, rival, 1.0)
    return _score(own, best) >= _score(other, rival) + _AHEAD


def _fits(content: bytes, page: _Page) -> bool:
    try:
        content.decode(page.codec)
    except UnicodeDecodeError:
        return False
    return True


def _score(words: Sequence[str], page: _Page, enough: float = _USUAL) -> float:
    """How plausible the words are in this page, from 0 to 1: the share of well-written ones and of usual letters.

    More than `enough` usual letters are no better.
    """
    letters = [sign for word in words for sign in word.lower() if sign > "\x7f"]
    if not letters:
        return 0.0
    usual = sum(sign in _knowledge().frequent[page.script] for sign in letters) / len(letters)
    good = sum(_writing(word, page.script) for word in words) / len(words)
    return good * min(1.0, usual / enough)


def _writing(word: str, script: str) -> float:
    """1 for a word in letters of one script, lower-case but for its first letter; less for one in capitals; else 0."""
    for part in re.split("[-'’–—./]", word):
        if not part:
            continue
        if not part.isalpha() or not _in_script(part, script):
            return 0.0
        if not (part.islower() or part.istitle()) and not part.isupper():
            return 0.0
    return 0.95 if word.isupper() and len(word) > 1 else 1.0


def _in_script(part: str, script: str) -> bool:
    if script == "cyrillic":
        return all("\u0400" <= sign <= "\u04ff" for sign in part)
    return all(sign < "\u0250" for sign in part) and sum(sign > "\x7f" for sign in part) * 2 <= len(part)


@cache
def _knowledge() -> _Knowledge:
    table = load_table("tolmach.text", "encodings.toml")
    frequent = {script: frozenset(letters) for script, letters in table["frequent"].items()}
    pages = tuple(_Page(page[0], page[1], page[2], rank) for rank, page in enumerate(table["pages"]))
    return _Knowledge(pages, frequent, table["signs"])
