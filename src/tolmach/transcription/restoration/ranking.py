"""The originals of one Latin word, the likeliest first: the readings of the lattice, weighed with what is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tolmach.transcription.restoration import lattice, reverse
from tolmach.transcription.restoration.channel import Channel
from tolmach.transcription.restoration.knowledge import ANYBODY, Knowledge
from tolmach.transcription.restoration.letters import NAT
from tolmach.transcription.restoration.lexicon import GIVEN, PLACE, PROMINENT, SURNAME
from tolmach.transcription.restoration.verdict import Evidence

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

# Spellings by ear and by half a rule are common in German newspapers, not among letters with marks or in English.
_POPULAR, _POPULAR_LETTERS = "de", frozenset("abcdefghijklmnopqrstuvwxyzäöü")
WEIGHED = 10  # readings that are looked up in the dictionary
_WANTED = {"person": SURNAME | GIVEN, "place": PLACE}
_TAGS = {"person": {"Surn", "Name", "Patr"}, "place": {"Geox"}}
_ANY_TAG = {"Surn", "Name", "Patr", "Geox", "Orgn"}
_CHEAP = 3 * NAT  # what the spelling costs at most where a system writes just that
_ODD = 2.5  # nats: no system for the readers spells like that
_FOREIGN = 1.0  # nats that speak against a spelling for other readers
_FIXED = 3.0  # nats by which a form that the tables of exonyms print is ahead


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a reading, in nats and yes or no; the field names are those of the weights."""

    spelling: float
    letters: float
    known: bool
    dictionary: bool
    word: bool
    prominent: bool
    place: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible original in small letters; `score` is a log-probability but for a constant."""

    text: str
    score: float
    facts: Facts

    def evidence(self, letters: int) -> Evidence:
        """What the candidate says of a word of so many letters."""
        facts = self.facts
        costs = facts.spelling / letters, facts.letters / letters
        return Evidence(*costs, facts.known, facts.dictionary, facts.prominent, facts.place, facts.exact)


def candidates(word: str, source: str, knowledge: Knowledge, kind: str | None = None) -> list[Candidate]:
    """The candidates for a Latin word in small letters, the best first; none for what no reading explains.

    A spelling that is odd for the readers may have been made for others: then it is read by everybody's channel, too.
    """
    found = _ranked(word, source, knowledge, kind, 0.0)
    if source != ANYBODY and not any(candidate.facts.spelling < _ODD for candidate in found):
        texts: dict[str, Candidate] = {}
        for candidate in (*found, *_ranked(word, ANYBODY, knowledge, kind, _FOREIGN)):
            plain = candidate.text.replace("ё", "е")
            if plain not in texts or candidate.score > texts[plain].score:
                texts[plain] = candidate
        found = sorted(texts.values(), key=lambda candidate: -candidate.score)[:WEIGHED]
    return found


def _ranked(word: str, source: str, knowledge: Knowledge, kind: str | None, penalty: float) -> list[Candidate]:
    channel = knowledge.channel(source)
    found = lattice.readings(readable(word, channel), channel, knowledge.letters, knowledge.lexicon)
    systematic = source != _POPULAR or any(letter not in _POPULAR_LETTERS for letter in word)
    ranked = []
    for reading in distinct(found)[:WEIGHED]:
        facts = weighed(reading, word, source, knowledge.language, kind)
        points = score(facts, knowledge.weights) - penalty
        if facts.exact and systematic:
            points += knowledge.weights["systematic"]
        ranked.append(Candidate(reading.text, points, facts))
    ranked.sort(key=lambda candidate: -candidate.score)
    return ranked


def fixed(original: str, score: float) -> Candidate:
    """The candidate that the tables of exonyms name, ahead of a score."""
    return Candidate(original, score + _FIXED, Facts(0.0, 1.5 * len(original), True, True, False, True, False, True))


def score(facts: Facts, weights: Mapping[str, float]) -> float:
    """The facts, weighed."""
    return (
        weights["spelling"] * facts.spelling
        + weights["letters"] * facts.letters
        + weights["known"] * facts.known
        + weights["dictionary"] * facts.dictionary
        + weights["word"] * facts.word
        + weights["prominent"] * facts.prominent
        + weights["place"] * facts.place
        + weights["exact"] * facts.exact
    )


def weighed(reading: lattice.Reading, word: str, source: str, language: str, kind: str | None) -> Facts:
    """What is known of a reading of a word as a name of a kind (any, if None)."""
    listed = bool(reading.kinds & _WANTED.get(kind or "", SURNAME | GIVEN | PLACE))
    is_word, is_name = _dictionary(reading.text, kind or "") if language == "ru" else (False, False)
    is_name = is_name or reading.text.replace("ё", "е") in reverse.known(language, kind)
    prominent = kind != "person" and bool(reading.kinds & PROMINENT)
    place = kind == "place" and bool(reading.kinds & PLACE)
    exact = reading.spelling <= _CHEAP and reverse.is_written(reading.text, word, source, language)
    return Facts(reading.spelling / NAT, reading.letters / NAT, listed, is_name, is_word, prominent, place, exact)


def readable(word: str, channel: Channel) -> str:
    """The word with the marks taken off the letters that the channel does not know: ñ is read as n."""
    if all(letter in channel.pieces for letter in word):
        return word
    plain = (letter if letter in channel.pieces else unicodedata.normalize("NFD", letter)[:1] for letter in word)
    return "".join(plain)


def distinct(readings: list[lattice.Reading]) -> list[lattice.Reading]:
    """The readings that differ in more than ё and е, the cheapest first; known names have a start."""
    best: dict[str, tuple[int, lattice.Reading]] = {}
    for reading in readings:
        cost = reading.spelling + reading.letters - (2 * NAT if reading.kinds else 0)
        plain = reading.text.replace("ё", "е")
        if plain not in best or cost < best[plain][0]:
            best[plain] = (cost, reading)
    return [reading for _cost, reading in sorted(best.values(), key=lambda pair: pair[0])]


@cache
def _analyser() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _dictionary(word: str, kind: str) -> tuple[bool, bool]:
    """Does the Russian dictionary have the word as something else, and does it have it as a name of the kind?"""
    analyser = _analyser()
    if not analyser.word_is_known(word):
        return False, False
    tags = _TAGS.get(kind, _ANY_TAG)
    is_name = any(tags & parse.tag.grammemes for parse in analyser.parse(word))
    return not is_name, is_name
