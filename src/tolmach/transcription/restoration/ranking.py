"""The originals of one Latin word, the likeliest first: the readings of the lattice, weighed with what is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.files import load_table
from tolmach.morphology import russian_lexicon
from tolmach.transcription.established import fold
from tolmach.transcription.restoration import lattice, prominent, reverse
from tolmach.transcription.restoration.channel import Channel
from tolmach.transcription.restoration.knowledge import ANYBODY, Knowledge
from tolmach.transcription.restoration.letters import NAT
from tolmach.transcription.restoration.lexicon import GIVEN, PLACE, PROMINENT, SURNAME
from tolmach.transcription.restoration.verdict import Evidence

# Spellings by ear and by half a rule are common in German newspapers, not among letters with marks or in English.
_POPULAR, _POPULAR_LETTERS = "de", frozenset("abcdefghijklmnopqrstuvwxyzäöü")
WEIGHED = 10  # readings that are looked up in the dictionary
_WANTED = {"person": SURNAME | GIVEN, "place": PLACE}
_TAGS = {"person": {"Surn", "Name", "Patr"}, "place": {"Geox"}}
_ANY_TAG = {"Surn", "Name", "Patr", "Geox", "Orgn"}
_CHEAP = 3 * NAT  # what the spelling costs at most where a system writes just that
_ODD = 2.5  # nats: no system for the readers spells like that
_FOREIGN = 1.0  # nats that speak against a spelling for other readers
_WELL_KNOWN = 1.5  # nats that a letter of a well-known name costs
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
    famous: bool = False


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
    for reading in distinct(found, knowledge.language)[:WEIGHED]:
        facts = weighed(reading, word, source, knowledge.language, kind)
        points = score(facts, knowledge.weights) - penalty
        if facts.exact and systematic:
            points += knowledge.weights["systematic"]
        ranked.append(Candidate(reading.text, points, facts))
    ranked.sort(key=lambda candidate: -candidate.score)
    return ranked


def fixed(original: str, score: float) -> Candidate:
    """The candidate that the tables of exonyms name, ahead of a score."""
    return Candidate(
        original, score + _FIXED, Facts(0.0, _WELL_KNOWN * len(original), True, True, False, True, False, True)
    )


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
        + weights["famous"] * facts.famous
    )


def weighed(reading: lattice.Reading, word: str, source: str, language: str, kind: str | None) -> Facts:
    """What is known of a reading of a word as a name of a kind (any, if None)."""
    listed = bool(reading.kinds & _WANTED.get(kind or "", SURNAME | GIVEN | PLACE))
    is_word, is_name = _dictionary(reading.text, kind or "") if language == "ru" else (False, False)
    is_name = is_name or reading.text.replace("ё", "е") in reverse.known(language, kind)
    large = kind != "person" and bool(reading.kinds & PROMINENT)
    place = kind == "place" and bool(reading.kinds & PLACE)
    exact = reading.spelling <= _CHEAP and reverse.is_written(reading.text, word, source, language)
    famous = kind in (None, "person") and fold(reading.text) in prominent.names(language)
    famous = famous and (exact or reverse.is_written(reading.text, word, ANYBODY, language))
    costs = reading.spelling / NAT, reading.letters / NAT
    if famous:  # a name in everybody's mouth, however rare its letters are
        listed = is_name = True
        costs = costs[0], min(costs[1], _WELL_KNOWN * len(reading.text))
    return Facts(*costs, listed, is_name, is_word, large, place, exact, famous)


def readable(word: str, channel: Channel) -> str:
    """The word with the marks taken off the letters that the channel does not know: ñ is read as n."""
    if all(letter in channel.pieces for letter in word):
        return word
    plain = (letter if letter in channel.pieces else unicodedata.normalize("NFD", letter)[:1] for letter in word)
    return "".join(plain)


def distinct(readings: list[lattice.Reading], language: str) -> list[lattice.Reading]:
    """The readings that differ in more than ё and е, the cheapest first; known names have a start.

    Readings with letters side by side that no name of the language has are left out.
    """
    best: dict[str, tuple[int, lattice.Reading]] = {}
    impossible = _impossible(language)
    for reading in readings:
        if not reading.kinds and impossible(reading.text):
            continue
        cost = reading.spelling + reading.letters - (2 * NAT if reading.kinds else 0)
        plain = reading.text.replace("ё", "е")
        if plain not in best or cost < best[plain][0]:
            best[plain] = (cost, reading)
    return [reading for _cost, reading in sorted(best.values(), key=lambda pair: pair[0])]


@cache
def _impossible(language: str) -> Callable[[str], re.Match[str] | None]:
    patterns: dict[str, str] = load_table("tolmach.transcription.restoration", "weights.toml")["impossible"]
    return re.compile(patterns.get(language, "(?!)")).search


def _dictionary(word: str, kind: str) -> tuple[bool, bool]:
    """Does the Russian dictionary have the word as something else, and does it have it as a name of the kind?

    A name is asked for in the nominative: Игор is no name, though Игорь and Игора make it one.
    """
    readings = russian_lexicon.known(word)
    if not readings:
        return False, False
    tags = _TAGS.get(kind, _ANY_TAG)
    names = [parse.tag.grammemes for parse in readings if tags & parse.tag.grammemes]
    return not names, any("nomn" in grammemes for grammemes in names)
