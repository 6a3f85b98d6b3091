"""Make translate/enforce/russian_signs.tsv: how much the words around a place speak for each Russian case.

    uv run scripts/build/russian_signs.py RUSSIAN.txt ENGLISH.txt GERMAN.txt [--try]

One sentence a line, the three files side by side. Made with 2,124 invented news sentences that were written for this
purpose; they are not part of the repository, because they tell invented things about bodies and persons that exist. No
word of these texts gets into the table: signs are kinds of neighbours and small words.
What grammar says stands in russian_signs.toml; a conditional logit is drawn towards it (NumPy, some ten seconds). The
dictionary often leaves several cases open: what is learned is the sum of their chances. `--try` prints how often the
right case comes first for nouns that the table was not made from, in three rounds.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.fuzz import ratio

from tolmach.files import write_atomic
from tolmach.text.model import Span
from tolmach.transcription.system import load
from tolmach.translate.enforce.russian_place import Place, claims, crossed, signs
from tolmach.translate.enforce.russian_words import CASES, SINGULAR, Word, words
from tolmach.translate.enforce.source_side import source_signs

_TABLE = Path("src/tolmach/translate/enforce/russian_signs.tsv")
_HEAD = """\
# How much each sign speaks for a case (log odds): nomn gent datv accs ablt loct; a claim has one number.
# Made by scripts/build/russian_signs.py from rules of grammar and measured strengths, rounded; no text is quoted.
"""
_KINDS = {"Name": "p", "Surn": "p", "Patr": "p", "Geox": "g", "Orgn": "o"}
_FEWEST = 4  # times that a sign must be seen
_ROUNDS, _RATE, _FOLDS = 150, 0.1, 3
_ALIKE = 75  # percent
_LEAST_SIGN, _LEAST_CLAIM = 0.2, 0.1  # what says less is left out
_WEIGHTS = {"name": 1.0, "term": 0.5, "number open": 0.2, "with source": 0.6, "beside source": 0.4}
Matrix = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Seen:
    """A noun in its place: what stands around it and which cases its form may be."""

    signs: tuple[str, ...]
    claims: tuple[tuple[str, int], ...]
    cases: int
    weight: float


@cache
def grammar() -> dict[str, Any]:
    """The tables of russian_signs.toml."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def seen(russian: str, others: Sequence[tuple[str, str]]) -> Iterator[Seen]:
    """Every known noun of a sentence; names once more with each other language that has them."""
    sentence = words(russian)
    for at, word in enumerate(sentence):
        facts = word.facts
        if facts.sort != "noun" or not facts.nouns or facts.fixed or not facts.known:
            continue
        capital = word.text[:1].isupper()
        kind = (_KINDS.get(facts.name, "o" if at else "t")) if capital else "t"
        open_number = bool(facts.nouns & SINGULAR and facts.nouns >> 6)
        for plural in (False, True):
            cases = facts.nouns >> 6 if plural else facts.nouns & SINGULAR
            if not cases or cases == SINGULAR or (kind != "t" and plural and open_number):
                continue
            place = Place(sentence[:at][::-1], sentence[at + 1 :], kind, facts.gender, plural)
            weight = _WEIGHTS["name" if kind != "t" else "number open" if open_number else "term"]
            yield from _with_sources(place, word, cases, weight, others)


def _with_sources(
    place: Place, word: Word, cases: int, weight: float, others: Sequence[tuple[str, str]]
) -> Iterator[Seen]:
    found = tuple(dict.fromkeys(signs(place)))
    asked = tuple(
        (claim.sign, (claim.cells >> 6 if place.plural else claim.cells) & SINGULAR) for claim in claims(place)
    )
    named = False
    for language, text in others if place.kind != "t" else ():
        if span := _rendering(word.text, text):
            named = True
            hints = source_signs(text, span, language)
            extended = tuple(dict.fromkeys((*found, *hints, *crossed(place, hints))))
            yield Seen(extended, asked, cases, weight * _WEIGHTS["with source"])
    yield Seen(found, asked, cases, weight * (_WEIGHTS["beside source"] if named else 1.0))


def _rendering(word: str, text: str) -> Span | None:
    """The word with a capital that sounds most like the Russian one."""
    latin = _latin(word)
    best = max(re.finditer(r"[A-ZÄÖÜ][\w-]+", text), key=lambda match: ratio(latin, match[0].lower()), default=None)
    return Span(*best.span()) if best and ratio(latin, best[0].lower()) >= _ALIKE else None


@cache
def _latin(word: str) -> str:
    return load("ru-en-bgn").transcribe(word).lower()


@dataclass
class Strengths:
    """A row of six numbers for each sign, one number for each claim."""

    signs: dict[str, int]
    claims: dict[str, int]
    rows: Matrix
    single: Matrix


def started(examples: Sequence[Seen]) -> Strengths:
    """The signs that occur often enough, with what grammar says of them."""
    counts = Counter(sign for example in examples for sign in example.signs)
    known = sorted(sign for sign, count in counts.items() if count >= _FEWEST)
    asked = sorted({sign for example in examples for sign, _cases in example.claims})
    rows = np.zeros((len(known), len(CASES)))
    for place, sign in enumerate(known):
        rows[place] = said(sign)
    single = np.array([grammar()["claims"].get(sign, 0.0) for sign in asked])
    places = {sign: place for place, sign in enumerate(known)}
    return Strengths(places, {sign: place for place, sign in enumerate(asked)}, rows, single)


def said(sign: str) -> Matrix:
    """What grammar says of a sign: for one case, against the others."""
    row = np.zeros(len(CASES))
    for place, case in enumerate(CASES):
        if weight := grammar()[case].get(sign):
            row += np.where(np.arange(len(CASES)) == place, weight, -weight / (len(CASES) - 1))
    return row


def learned(examples: Sequence[Seen]) -> Strengths:
    """The strengths that make the examples likely and stay near grammar (gradient descent with momentum, Adam)."""
    found = started(examples)
    hold, first = grammar()["hold"], (found.rows.copy(), found.single.copy())
    pairs = [(at, found.signs[sign]) for at, one in enumerate(examples) for sign in one.signs if sign in found.signs]
    asked = [(at, found.claims[sign], cases) for at, one in enumerate(examples) for sign, cases in one.claims]
    where, which = (np.array(column) for column in zip(*pairs, strict=True))
    claim_where, claim_which, claim_cases = (np.array(column) for column in zip(*asked, strict=True))
    bits = (claim_cases[:, None] >> np.arange(len(CASES)) & 1).astype(float)
    allowed = (np.array([one.cases for one in examples])[:, None] >> np.arange(len(CASES)) & 1).astype(float)
    weights = np.array([one.weight for one in examples])[:, None]
    slopes = [np.zeros_like(found.rows), np.zeros_like(found.single)]
    sizes = [np.zeros_like(found.rows), np.zeros_like(found.single)]
    for step in range(1, _ROUNDS + 1):
        points = np.zeros((len(examples), len(CASES)))
        np.add.at(points, where, found.rows[which])
        np.add.at(points, claim_where, found.single[claim_which][:, None] * bits)
        chances = np.exp(points - points.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        right = chances * allowed
        right /= np.maximum(right.sum(1, keepdims=True), 1e-9)
        error = (chances - right) * weights
        down = [hold * (found.rows - first[0]), hold * (found.single - first[1])]
        np.add.at(down[0], which, error[where])
        np.add.at(down[1], claim_which, (error[claim_where] * bits).sum(1))
        rate = _RATE * (1 - 0.9 * step / _ROUNDS)
        for table, slope, size, change in zip((found.rows, found.single), slopes, sizes, down, strict=True):
            slope += 0.1 * (change - slope)
            size += 0.01 * (change * change - size)
            table -= rate * slope / (1 - 0.9**step) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    return found


def right(examples: Sequence[Seen], found: Strengths) -> Iterator[tuple[str, bool]]:
    """The kind of each noun and if its likeliest case is one that its form has."""
    for one in examples:
        points = sum((found.rows[found.signs[sign]] for sign in one.signs if sign in found.signs), np.zeros(len(CASES)))
        known = ((sign, cases) for sign, cases in one.claims if sign in found.claims)
        for sign, cases in known:
            points = points + found.single[found.claims[sign]] * (cases >> np.arange(len(CASES)) & 1)
        kind = next(sign for sign in one.signs if sign.startswith("K:"))
        yield kind, bool(one.cases >> int(points.argmax()) & 1)


def table(found: Strengths) -> str:
    """The file: signs and claims that say anything, in order."""
    lines = []
    for sign, place in found.signs.items():
        row = np.round(found.rows[place] - found.rows[place].mean(), 1)
        if abs(row).max() >= _LEAST_SIGN:
            lines.append("\t".join((sign, *(f"{number + 0:g}" for number in row))))
    given = {sign for case in CASES for sign in grammar()[case]} - set(found.signs)
    lines += ["\t".join((sign, *(f"{number:.1f}" for number in said(sign)))) for sign in sorted(given)]
    lines += [
        f"{sign}\t{found.single[place]:.1f}" for sign, place in found.claims.items() if abs(found.single[place]) >= 0.1
    ]
    return _HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the table, or try it."""
    texts = [Path(name).read_text(encoding="utf-8").splitlines() for name in sys.argv[1:4]]
    sentences = [
        list(seen(russian.strip(), (("en", english), ("de", german))))
        for russian, english, german in zip(*texts, strict=True)
    ]
    if "--try" in sys.argv:
        tally: Counter[tuple[str, bool]] = Counter()
        for fold in range(_FOLDS):
            rest = [one for at, ones in enumerate(sentences) if at % _FOLDS != fold for one in ones]
            tried = [one for at, ones in enumerate(sentences) if at % _FOLDS == fold for one in ones]
            tally.update(right(tried, learned(rest)))
        for kind in sorted({kind for kind, _right in tally}):
            print(kind, round(tally[kind, True] / (tally[kind, True] + tally[kind, False]), 3))
        return
    write_atomic(_TABLE, table(learned([one for ones in sentences for one in ones])))


if __name__ == "__main__":
    main()
