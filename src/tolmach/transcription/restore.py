"""… and back: from a transcribed name to its likely originals, with probabilities and the system that explains it.

Every word is read through the lattice (`lattice`), its readings are ranked (`ranking`), and what is no transcription
of anything gets no answer (`verdict`). Names of several words are restored word by word and ranked together.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from tolmach.transcription.established import fold
from tolmach.transcription.restoration import knowledge, prominent, ranking, reverse, verdict
from tolmach.transcription.restoration.channel import latin
from tolmach.transcription.restoration.lexicon import PROMINENT
from tolmach.transcription.restoration.ranking import Candidate
from tolmach.transcription.restoration.verdict import is_transcription
from tolmach.transcription.system import capitalised, cased_like, plain

__all__ = ["Original", "is_transcription", "restore"]

_WORD = re.compile(
    "[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f]|['\u2019\u2018\u02bc\u02bb\u02b9\u02ba\u2032\u2033`\u00b4\"])*"
)
_NOT_LATIN = re.compile("[\u0370-\u058f\u10a0-\u10ff\u2d00-\u2d2f\u1c80-\u1cbf\u0590-\u0fff\u3000-\ud7ff\\d_]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_MOST_WORDS = 6
_LONGEST = 40  # letters of a word
_JOINED = 100  # whole names that are weighed, however many are asked for
_AGAINST, _FOR = -4.0, 1.0  # nats that a further word of a name tells at most
_LISTED = 3.0  # nats that speak for a name of several words that is known as a whole
_LEAST = 0.003  # of the likeliest original's probability: what is less likely is not worth showing


@dataclass(frozen=True, slots=True)
class Original:
    """A likely original and its probability, that it is a transcription at all included.

    `systems` are the ids of those that write the original just so, the likeliest first; `system` is the first of
    them, empty when none does.
    """

    text: str
    probability: float
    system: str
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Restored:
    """The candidates of one word with the log-odds that the word is a transcription."""

    candidates: tuple[Candidate, ...]
    odds: float


def restore(
    text: str, source: str = "de", target: str = "ru", kind: str | None = None, top: int = 5
) -> tuple[Original, ...]:
    """The likely originals in the language `target` of a name as written for readers of `source`, the best first.

    Nothing is the answer for ordinary words, Western names and whatever is not written in Latin letters. `kind`
    (person, place …) prefers names of that kind. Raises TolmachError for a language that cannot be restored.

    >>> [original.text for original in restore("Nasarbajew", top=1)]
    ['Назарбаев']
    >>> restore("Schtscherbakow", kind="person")[0].text, restore("Regierung")
    ('Щербаков', ())
    >>> restore("Tokajew")[0].system
    'ru-de-wikipedia'
    """
    return tuple(
        Original(original, probability, systems[0] if systems else "", systems)
        for original, probability in likely(text, source, target, kind, top)
        for systems in (explaining(original, text, source, target),)
    )


def likely(text: str, source: str, target: str, kind: str | None, top: int) -> list[tuple[str, float]]:
    """The originals of a name and their probabilities; the systems are not asked for."""
    knowledge.load(target)
    name = _unquoted(plain(text))
    words = _WORD.findall(name)
    if not words or len(words) > _MOST_WORDS or _NOT_LATIN.search(name) or max(map(len, words)) > _LONGEST:
        return []
    restored = [_restored(latin(word), source, target, kind) for word in words]
    complete = all(one.candidates for one in restored)
    found = _joined(name, restored, target, top) if complete else []
    odds = _odds([one.odds for one in restored])
    if found and len(words) > 1 and _is_listed(found[0][0], target):
        odds = max(odds, _LISTED)
    fixed = reverse.originals(name, source, target, kind)
    if fixed and all(fold(original) in reverse.abroad(target) for original in fixed):
        fixed, odds = (), odds + verdict.load().weights["abroad"]
    is_likely = odds >= verdict.load().weights["least"]
    if not is_likely:
        fixed = tuple(original for original in fixed if _at_home(original, target))
    if fixed:
        return _with_fixed(name, fixed, found, verdict.chance(odds))[:top]
    if not is_likely:
        return []
    share = verdict.chance(odds)
    return [(original, chance * share) for original, chance in found]


def _unquoted(name: str) -> str:
    """The name without invisible signs and the quotation marks around it, which are soft signs elsewhere."""
    bare = _INVISIBLE.sub("", name).replace("\t", " ").strip()
    return bare[1:-1] if len(bare) > 2 and bare[0] == bare[-1] and bare[0] in "'\"" else bare


def _odds(parts: list[float]) -> float:
    """The log-odds of a name of several words: the word that tells most, and within limits what the others say."""
    first, *others = sorted(parts, reverse=True)
    return first + sum(max(_AGAINST, min(_FOR, odds)) for odds in others)


def _at_home(original: str, target: str) -> bool:
    """Is this the name of a place where the language is at home? The original of Italien is not Италия."""
    known, lowered = knowledge.load(target), fold(original)
    kinds = known.lexicon.find(lowered, known.letters.alphabet)
    return bool(kinds & PROMINENT) or lowered in reverse.has_native(target)


def _is_listed(name: str, target: str) -> bool:
    """Is a name of several words known as a whole?"""
    known, lowered = knowledge.load(target), fold(name)
    return bool(known.lexicon.find(lowered, known.letters.alphabet)) or lowered in reverse.known(target, None)


@lru_cache(maxsize=8192)
def _restored(word: str, source: str, target: str, kind: str | None) -> _Restored:
    known = knowledge.load(target)
    found = ranking.candidates(word, source, known, kind)
    if sum(map(str.isalpha, word)) == 1:
        found = [candidate for candidate in found if len(candidate.text) == 1]  # an initial
    fixed = reverse.words(source, target).get(word, ()) if kind in (None, "person") else ()
    if fixed:
        best = found[0].score if found else 0.0
        found = [candidate for candidate in found if candidate.text not in fixed]
        found[:0] = [ranking.fixed(original, best) for original in fixed]
        found.sort(key=lambda candidate: -candidate.score)
    if not found:
        return _Restored((), -math.inf)
    judge = verdict.load()
    odds = judge.full(word, found[0].evidence(len(word)))
    odds += judge.weights["famous"] * found[0].facts.famous + judge.weights["western"] * (word in reverse.western())
    return _Restored(tuple(found), odds)


def _joined(name: str, restored: list[_Restored], target: str, top: int) -> list[tuple[str, float]]:
    """The best whole names and their probabilities: words are independent of each other, but some names are known."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for one in restored:
        grown = ((score + found.score, (*texts, found.text)) for score, texts in best for found in one.candidates)
        best = heapq.nlargest(_JOINED, grown)
    write = _writer(name)
    scored = [(score, write(texts)) for score, texts in best]
    if len(restored) > 1:
        scored = [(score + _LISTED * _is_listed(whole, target), whole) for score, whole in scored]
        scored.sort(reverse=True)
    highest = scored[0][0]
    total = sum(math.exp(score - highest) for score, _whole in scored)
    chances = [(whole, math.exp(score - highest) / total) for score, whole in scored[:top]]
    return [(whole, chance) for whole, chance in chances if chance >= _LEAST * chances[0][1]]


def _with_fixed(
    name: str, fixed: tuple[str, ...], found: list[tuple[str, float]], share: float
) -> list[tuple[str, float]]:
    """What the tables of exonyms name first, then the rest with what is left of the probability."""
    mine = 0.9
    first = [(cased_like(original, name), mine / len(fixed)) for original in fixed]
    known = {original for original, _chance in first}
    rest = [(original, chance * (1 - mine) * share) for original, chance in found if original not in known]
    return first + rest


def _writer(name: str) -> Callable[[tuple[str, ...]], str]:
    """Writes originals in the places and with the capitals of the words of the name."""
    words, between = _WORD.findall(name), _WORD.split(name)
    cased = cache(_cased)

    def write(texts: tuple[str, ...]) -> str:
        found = (cased(text, word) + gap for text, word, gap in zip(texts, words, between[1:], strict=True))
        return between[0] + "".join(found)

    return write


def _cased(original: str, word: str) -> str:
    if original[0].title() == original[0]:
        return original  # a script whose names begin with no capital
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return original.upper()
    return capitalised(original) if letters[0].isupper() else original


def explaining(original: str, text: str, source: str, target: str) -> tuple[str, ...]:
    """The ids of the systems that write `original` as `text`, those for readers of `source` first.

    A spelling made from the name in another language is explained by the system for that language.

    >>> explaining("Щербаков", "Shcherbakov", "en", "ru")[:2]
    ('ru-en-wikipedia', 'ru-en-alalc')
    >>> explaining("Токаев", "Toqajew", "de", "ru")
    ('kk-de',)
    """
    originals, words = _WORD.findall(plain(original)), _WORD.findall(_unquoted(plain(text)))
    if len(originals) != len(words):
        return ()
    found = set(reverse.order(source, target))
    is_written = False
    other: dict[str, None] = {}
    for first, second in zip(originals, words, strict=True):
        writing = _writing(first.lower(), latin(second), source, target)
        # an established form of a part, such as Alexander, goes with every system
        if writing or first.lower() not in reverse.words(source, target).get(latin(second), ()):
            found &= writing
            is_written = True
        elif made := prominent.other_forms(source, target).get(latin(second), {}).get(first.lower()):
            other[made] = None
    own = tuple(name for name in reverse.order(source, target) if name in found) if is_written else ()
    return own or tuple(other)


@lru_cache(maxsize=8192)
def _writing(original: str, word: str, source: str, target: str) -> frozenset[str]:
    return frozenset(name for name, system in reverse.writers(source, target) if latin(system.word(original)) == word)
