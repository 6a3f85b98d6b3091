"""A coarse key of a name: what is left of it in every script and spelling.

Tokajew, Tokayev, Tokaev, Toqajew, Токаев and Тоқаев all have the key TKV. Twelve consonant classes are kept and the
vowels are dropped, so that the endings of Lukaschenko and Lukaschenka, Ivanov and Ivanova fall away too.

What is merged, and why:

- all sibilants and affricates (с з ц ж ш щ ч дж) into S, with a т or д before them: s is с in English and з in
  German, z is з in English and ц in German, sz is ш in Polish; runs of them count once (щ = шч = schtsch);
- в and ф: w, v, f, ff (Romanoff);
- г, х, ғ, ҳ into G: h is г in Ukrainian and х in Bulgarian names, gh is г or ғ, kh and ch are х;
- к and қ into K; doubled consonants; vowels, й, j and y, except that a name which starts with any of them starts
  with «a»: Jewgenij, Evgeni, Yevgeny.

What stays apart: к and г, b and p, d and t. Merging them would find 0.1 to 1.3 per cent more of the known variants, but
make the groups of names that share a key 40 to 75 per cent larger.

What is branched on: `ch` is х or ч, `j` is й or дж, `c` is ц or к, `x` is кс or х, `q` is к or г, `h` may be mute. The
main key is that of the German and Slavic spellings, which write ch for х and j for й, unless the word looks English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tolmach.files import load_table

# т and д before a sibilant, and all but the last letter of a run.
_SURPLUS = re.compile(r"[DT]+(?=S)|S(?=[DT]*S)|([BDGKLMNPRTVa])(?=\1)")
_READ_IN_SEVERAL_WAYS = re.compile("[chjqx]")


class Letters(dict[int, str]):
    """For `str.translate`: what letters are written as; one with marks that is not listed counts as its base letter."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        decomposed = unicodedata.normalize("NFKD", letter)
        known = "" if decomposed == letter else "".join(self.get(ord(part), "") for part in decomposed)
        self[point] = known
        return known


@dataclass(frozen=True, slots=True)
class _Spelling:
    letters: Letters
    clusters: Mapping[str, str]
    pattern: re.Pattern[str]

    def shape(self, word: str) -> str:
        """The classes of the word's letters; one mark for vowels that stand together, none at the end."""
        # Most words have no cluster: asking first is cheaper than a substitution.
        if self.pattern.search(word):
            clusters = self.clusters
            word = self.pattern.sub(lambda found: clusters[found[0]], word)
        classes = _SURPLUS.sub("", word.translate(self.letters))
        return classes[:1] + classes[1:].rstrip("a")


@cache
def _tables() -> dict[str, Any]:
    return load_table("tolmach.transcription", "skeleton.toml")


@cache
def _spellings() -> tuple[_Spelling, ...]:
    tables = _tables()
    plain = {ord(letter): kind for kind, letters in tables["letters"].items() for letter in letters.replace(" ", "")}
    classes = {ord(letter): letter for kind in tables["letters"] for letter in kind}
    return tuple(
        _spelling(plain | classes, spelling["letters"], tables["clusters"] | spelling["clusters"])
        for spelling in tables["spellings"]
    )


def _spelling(plain: dict[int, str], own: dict[str, str], clusters: dict[str, str]) -> _Spelling:
    letters = Letters(plain | {ord(letter): kind for letter, kind in own.items()})
    longest_first = sorted(clusters, key=lambda cluster: (-len(cluster), cluster))
    return _Spelling(letters, clusters, re.compile("|".join(longest_first)))


@cache
def _marked() -> tuple[tuple[re.Pattern[str], tuple[_Spelling, ...]], ...]:
    """The spellings that some words show by their marks, each with the order of reading then."""
    every = _spellings()
    titled = zip(_tables()["spellings"], every, strict=True)
    return tuple(
        (re.compile(table["marks"]), (own, *(other for other in every if other is not own)))
        for table, own in titled
        if "marks" in table
    )


def _order(word: str) -> tuple[_Spelling, ...]:
    """The spellings that a word may be in, the likeliest first."""
    if not _READ_IN_SEVERAL_WAYS.search(word):
        return _spellings()[:1]
    for marks, order in _marked():
        if marks.search(word):
            return order
    return _spellings()


@cache
def _doubts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(doubt["pattern"]), doubt["replacement"]) for doubt in _tables()["doubts"])


@cache
def _any_doubt() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _replacement in _doubts()))


def _lowered(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).lower()


def skeleton(word: str) -> str:
    """The main key of a name in Latin, Cyrillic, Armenian or Georgian letters; "" for a word without such letters.

    Signs, blanks and hyphens are no part of the key.

    >>> {skeleton(name) for name in ("Schtscherbakow", "Shcherbakov", "Szczerbakow", "Ščerbakov", "Щербаков")}
    {'SRBKV'}
    >>> skeleton("Kara-Balta") == skeleton("Карабалта")
    True
    """
    lowered = _lowered(word)
    return key(_order(lowered)[0].shape(lowered))


def key(shape: str) -> str:
    """The key that belongs to a shape.

    >>> key("aVaNaV")
    'aVNV'
    """
    return shape[:1] + shape[1:].replace("a", "")


def keys(word: str) -> tuple[str, ...]:
    """The keys of a name by every spelling it may be written in, the main one first, each once.

    Two names may be one where they share a key.

    >>> keys("Jugashvili"), keys("ჯუღაშვილი")
    (('aGSVL', 'SGSVL'), ('SGSVL',))
    """
    return tuple(dict.fromkeys(map(key, shapes(word))))


def shapes(word: str) -> tuple[str, ...]:
    """Finer keys, in the same order: these also show where vowels stand, except at the end.

    >>> shapes("Lukaschenko"), shapes("Лукшина")
    (('LaKaSaNK',), ('LaKSaN',))
    """
    lowered = _lowered(word)
    words = [lowered]
    # One search for all of them halves the time, since most words raise no doubt.
    if _any_doubt().search(lowered):
        words += (pattern.sub(replacement, lowered) for pattern, replacement in _doubts() if pattern.search(lowered))
    found: dict[str, None] = {}
    for each in words:
        for spelling in _order(each):
            found[spelling.shape(each)] = None
    found.pop("", None)
    return tuple(found)
