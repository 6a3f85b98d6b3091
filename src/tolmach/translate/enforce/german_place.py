"""What stands before a place in a German sentence: preposition, article, adjectives, and the cases they allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.text.model import Span
from tolmach.translate.enforce.german_nouns import rules

CASES = "ngda"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_NEAR = 120  # code points
_ADJECTIVES = 3
_ENDINGS = ("en", "em", "er", "es", "e")
_SHORTEST = 4  # letters of an adjective
_OTHER_ENDING, _OTHER_ENDING_ALONE = 0.03, 0.2  # factors where an adjective does not agree


@dataclass(frozen=True, slots=True)
class Written:
    """A word before the place and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Determiner:
    """An article or pronoun: its `group` (definite, indefinite, pronominal, contracted), stem, and what it stands for.

    `cells` are pairs of case and gender («dm»); `preposition` is the one that a contracted article has in itself.
    """

    word: Written
    group: str
    stem: str
    cells: frozenset[str]
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The words before a place, nearest first, taken apart."""

    adjectives: tuple[Written, ...]
    determiner: Determiner | None
    preposition: Written | None
    before: Written | None

    @property
    def declension(self) -> str:
        """How adjectives decline after this determiner: weak, mixed or strong."""
        if self.determiner is None:
            return "strong"
        return "mixed" if self.determiner.group == "indefinite" else "weak"


def look(text: str, start: int) -> Place:
    """Take apart what stands right before `start`."""
    offset = max(0, start - _NEAR)
    words = [
        Written(found[0], Span(found.start() + offset, found.end() + offset))
        for found in _WORD.finditer(text[offset:start])
    ][::-1]
    adjectives: list[Written] = []
    while len(adjectives) < min(_ADJECTIVES, len(words)) and _is_adjective(words[len(adjectives)].text):
        adjectives.append(words[len(adjectives)])
    rest = words[len(adjectives) :]
    determiner = _determiner(rest[0]) if rest else None
    rest = rest[1:] if determiner else rest
    preposition = rest[0] if rest and rest[0].text.lower() in _governed() else None
    before = (rest[1] if len(rest) > 1 else None) if preposition else (rest[0] if rest else None)
    return Place(tuple(adjectives), determiner, preposition, before)


def _is_adjective(word: str) -> bool:
    small = word.islower() and len(word) >= _SHORTEST and word.endswith(_ENDINGS)
    return small and word not in _governed() and _determiner_cells(word) is None and word not in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(rules()["small"]["words"])


@cache
def _governed() -> dict[str, str]:
    return {word: cases for cases, words in rules()["prepositions"].items() for word in words}


def cases_after(preposition: str) -> str:
    """The cases (letters of `CASES`) that a preposition governs."""
    return _governed().get(preposition.lower(), "")


def _determiner(word: Written) -> Determiner | None:
    found = _determiner_cells(word.text.lower())
    if found is None:
        return None
    group, stem, cells, preposition = found
    return Determiner(word, group, stem, cells, preposition)


@cache
def _determiners() -> dict[str, tuple[str, str, frozenset[str], str]]:
    articles, stems = rules()["articles"], rules()["stems"]
    found = {word: ("definite", "", frozenset(cells), "") for word, cells in articles["definite"].items()}
    for word, (preposition, *cells) in articles["contracted"].items():
        found[word] = ("contracted", "", frozenset(cells), preposition)
    for group in ("indefinite", "pronominal"):
        for stem in stems[group]:
            for ending, cells in articles[group].items():
                found.setdefault(stem + ending, (group, stem, frozenset(cells), ""))
    return found


def _determiner_cells(word: str) -> tuple[str, str, frozenset[str], str] | None:
    return _determiners().get(word)


def agreeing(determiner: Determiner, cell: str) -> str:
    """The determiner for that case and gender («dm» → «dem»); with its preposition where it was contracted with one."""
    articles = rules()["articles"]
    if determiner.group == "contracted":
        for word, (preposition, *cells) in articles["contracted"].items():
            if preposition == determiner.preposition and cell in cells:
                return str(word)
        return f"{determiner.preposition} {_ending(articles['definite'], cell)}"
    ending = _ending(articles[determiner.group], cell)
    return determiner.stem + ending if determiner.group != "definite" else ending


def article(cell: str) -> str:
    """The definite article."""
    return _ending(rules()["articles"]["definite"], cell)


def _ending(table: Mapping[str, list[str]], cell: str) -> str:
    return next((ending for ending, cells in table.items() if cell in cells), "")


def declined(adjective: str, declension: str, cell: str) -> str:
    """The adjective with the ending for that case and gender after such a determiner.

    >>> declined("neuen", "weak", "nf"), declined("neue", "strong", "nm")
    ('neue', 'neuer')
    """
    stem = next((adjective.removesuffix(end) for end in _ENDINGS if adjective.endswith(end)), adjective)
    return stem + _ending(rules()["adjectives"][declension], cell)


def adjective_cells(adjective: str, declension: str) -> frozenset[str]:
    """The cases and genders that the ending of an adjective allows after such a determiner."""
    ending = next((end for end in _ENDINGS if adjective.endswith(end)), "")
    return frozenset(rules()["adjectives"][declension].get(ending, ()))


def shares(place: Place, genders: str) -> Iterator[tuple[str, float]]:
    """How likely each case is, as far as what stands before tells, for a noun of one of these genders."""
    governed = cases_after(place.preposition.text) if place.preposition else ""
    if place.determiner and place.determiner.preposition:
        governed = cases_after(place.determiner.preposition)
    prior: dict[str, float] = rules()["prior"]["governed" if governed else "free"]
    free = not governed
    after_noun = place.before is not None and place.before.text[:1].isupper()
    for case in CASES:
        share = prior[case] if not governed or case in governed else 0.002
        if place.determiner is not None:
            share *= 1.0 if any(case + sex in place.determiner.cells for sex in genders) else 0.02
            share *= rules()["prior"]["after_noun" if after_noun else "alone"] if free and case == "g" else 1.0
        for adjective in place.adjectives[:1]:
            allowed = adjective_cells(adjective.text, place.declension)
            other = _OTHER_ENDING if place.determiner else _OTHER_ENDING_ALONE
            share *= 1.0 if any(case + sex in allowed for sex in genders) else other
        yield case, share
