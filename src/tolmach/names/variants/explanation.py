"""Two spellings of one name: which original and which transcription system stand behind each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tolmach.names.comparison.originals import original
from tolmach.names.comparison.spelling import is_cyrillic, plain
from tolmach.names.variants.comparisons import alignment
from tolmach.transcription.restore import Original, is_transcription, restore
from tolmach.transcription.system import System, load

_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOURS = ("be", "uk", "de", "en")
_LIKELY = 0.15
_MOST_WORDS = 4
_ASKED = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """An original in its language, and the system that writes the spelling in question of it."""

    original: str
    system: System

    @property
    def language(self) -> str:
        """The language of the original."""
        return self.system.source


@lru_cache(maxsize=1 << 12)
def both(left: str, right: str, kind: str) -> tuple[Explanation, Explanation] | None:
    """The originals and systems of two Latin spellings, where both are found; None where one is not.

    >>> [(one.original, one.language) for one in both("Tokajew", "Toqajew", "person")]
    [('Токаев', 'ru'), ('Тоқаев', 'kk')]
    """
    aligned = _aligned(left, right, kind)
    if aligned:
        return aligned
    first, second = alone(left, kind), alone(right, kind)
    for one in first:
        for other in second:
            if one.original == other.original:
                return one, other
    return None


def _aligned(left: str, right: str, kind: str) -> tuple[Explanation, Explanation] | None:
    pair = plain(left), plain(right)
    if not all(pair) or any(map(is_cyrillic, pair)):
        return None
    steps = alignment(*pair, kind)
    first = original(steps, left, right=False)
    second = original(steps, right, right=True) if first else None
    if not first or not second:
        return None
    if first.system is second.system and first.name != second.name:
        # Two originals of one language; or the second is the name as its own language has it: Лукашенко, Лукашэнка.
        second = original(steps, right, right=True, languages=_NEIGHBOURS) or second
    return _likeliest(Explanation(first.name, first.system), left, Explanation(second.name, second.system), right, kind)


def _likeliest(
    first: Explanation, left: str, second: Explanation, right: str, kind: str
) -> tuple[Explanation, Explanation]:
    """The same with the originals that restoration finds likeliest: an alignment does not know ж from ш behind sch."""
    known = next((one.text for one in restored(left, kind) if first.system.id in one.systems), "")
    if not known or known == first.original or len(known) != len(first.original):
        return first, second
    changes = {ord(old): new for old, new in zip(first.original, known, strict=True) if old != new}
    other = second.original.translate(changes)
    if second.system.transcribe(other).casefold() == right.casefold():
        second = Explanation(other, second.system)
    return Explanation(known, first.system), second


def alone(name: str, kind: str, language: str = "de") -> tuple[Explanation, ...]:
    """The likely Russian originals of a Latin spelling that some system writes just so, the likeliest first."""
    return tuple(
        Explanation(one.text, load(one.system))
        for one in restored(name, kind, language)
        if one.system and one.probability >= _LIKELY
    )


def is_transcribed(name: str) -> bool:
    """Does any word of a Latin spelling look like a transcription?"""
    return any(map(is_transcription, _WORD.findall(name)))


@lru_cache(maxsize=1 << 16)
def restored(name: str, kind: str, language: str = "de") -> tuple[Original, ...]:
    """The likely Russian originals of a Latin spelling; nothing for names of which no word looks transcribed."""
    words = _WORD.findall(name)
    if len(words) > _MOST_WORDS or not is_transcribed(name):
        return ()
    source = language if language in ("de", "en") else "de"
    return restore(name, source=source, kind=kind if kind in ("person", "place") else None, top=_ASKED)
