"""Are two spellings one name? A calibrated probability, a verdict, and a reason that a person understands.

Both sides may be written in any of the languages and scripts that the program knows. The spellings are aligned sound by
sound (alignment), the alignment is measured (evidence) and judged by a learned model (model); established forms and
towns are looked up, full names are compared by their parts, acronyms letter by letter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from tolmach.names.comparison import fullnames, reasons
from tolmach.names.comparison.identities import SHARED, STRANGERS, are_known_persons, is_another, surname
from tolmach.names.comparison.spelling import is_acronym, is_cyrillic, plain, tidy

if TYPE_CHECKING:
    from tolmach.names.comparison.pool import Pool

Verdict = Literal["same", "different", "unsure"]

SAME, UNSURE = 0.45, 0.2
"""From these scores up a pair is «same» or «unsure»; the first is where precision and recall balance best."""

BLOCK = 1024
_HIGHEST, _CERTAIN, _LOWEST = 0.998, 0.999, 0.001
_ESTABLISHED = 0.98
_MISPRINT = 0.35
_ONE_TOWN, _PERHAPS_TOWN = 2.0, 0.5  # log-odds, the second if the kind is not known
_LONGEST = 200  # characters: what is longer is no name
_SEVERAL = re.compile(r"[\s,.]")
_DIGITS = re.compile(r"\d+")
_RULER = re.compile(r"\s([IVX]+)\.?$")
_NO_SAME_GIVEN = -4.0  # log-odds that two known given names are one
_DOUBTFUL = 2.0  # from these log-odds up a spelling may be made from the name in a third language
_UNLIKELY, _OTHERS = 1.5, -1.5  # below the first, two persons known by their full names are most likely others
_PROMINENT, _ANOTHER = 3.0, -0.9  # log-odds for spellings of one prominent surname, and at most of it and another one


@dataclass(frozen=True, slots=True)
class Comparison:
    """The probability that two spellings are one name, what to make of it, and why."""

    score: float
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of texts, as sent and as plain spellings; in a fixed order, so that the answer does not depend on it."""

    left: str
    right: str
    plain_left: str
    plain_right: str
    swapped: bool

    @property
    def spellings(self) -> tuple[str, str]:
        """The plain spellings of both sides."""
        return self.plain_left, self.plain_right

    @classmethod
    def of(cls, left: str, right: str) -> Case:
        """The case of two texts."""
        left, right = _apart(tidy(left), tidy(right))
        first, second = plain(left), plain(right)
        if (is_cyrillic(first), first, left) > (is_cyrillic(second), second, right):
            return cls(right, left, second, first, True)
        return cls(left, right, first, second, False)


def _apart(left: str, right: str) -> tuple[str, str]:
    """Of names with more words than are matched part by part: the words in which they differ.

    What a long name shares with another («Министерство сельского хозяйства …») says nothing of what is left over.
    """
    first, second = left[:_LONGEST].split(), right[:_LONGEST].split()
    if max(len(first), len(second)) <= fullnames.MOST_PARTS or left == right:
        return left, right
    for end in (0, -1):
        while first and second and plain(first[end]) == plain(second[end]):
            del first[end], second[end]
    return (" ".join(first), " ".join(second)) if first and second else (left, right)


def compare(left: str, right: str, kind: str | None = None, languages: Sequence[str] = ()) -> Comparison:
    """Are two spellings one name?

    `kind` is the kind of concept (`person`, `place` …), None if it is not known; `languages` names those that count
    for the reason, all if empty. The score is the same for both orders.

    >>> compare("Tokajew", "Токаев").verdict, compare("Minsk", "Pinsk").verdict
    ('same', 'different')
    """
    return next(compare_all([(left, right)], kind, languages))


def compare_all(
    pairs: Iterable[tuple[str, str]], kind: str | None = None, languages: Sequence[str] = ()
) -> Iterator[Comparison]:
    """The comparison of each pair, in order. Pairs are taken in blocks, which is much faster than one by one."""
    rest = iter(pairs)
    while block := list(islice(rest, BLOCK)):
        yield from _compared([Case.of(left, right) for left, right in block], kind, tuple(languages))


def score_all(pairs: Iterable[tuple[str, str]], kind: str | None = None) -> Iterator[float]:
    """The score of each pair, in order: `compare_all` without the reasons, which take as long as the scores.

    >>> [round(score) for score in score_all([("Tokajew", "Tokajew"), ("Minsk", "Pinsk")])]
    [1, 0]
    """
    rest = iter(pairs)
    while block := list(islice(rest, BLOCK)):
        for case, known, judgement, pool in _judged([Case.of(left, right) for left, right in block], kind):
            yield known.score if known else _rounded(_weighed(case, kind, judgement, pool).score)


def _compared(cases: Sequence[Case], kind: str | None, languages: tuple[str, ...]) -> Iterator[Comparison]:
    for case, known, judgement, pool in _judged(cases, kind):
        yield known or _answer(case, kind, judgement, pool, languages)


def _judged(cases: Sequence[Case], kind: str | None) -> Iterator[tuple[Case, Comparison | None, _Judgement, Pool]]:
    """Each case with what settles it, or else with what the pool is asked about it; the pool has judged."""
    from tolmach.names.comparison.pool import Pool

    pool = Pool(kind)
    settled = [_settled(case, kind) for case in cases]
    judged = [
        _NOTHING if known else _Judgement.of(case, kind, pool) for case, known in zip(cases, settled, strict=True)
    ]
    pool.judge()
    for case, known, judgement in zip(cases, settled, judged, strict=True):
        yield case, known, judgement, pool


def _settled(case: Case, kind: str | None) -> Comparison | None:
    """What needs no measuring: empty and endless texts, equal ones, established forms."""
    if not case.plain_left or not case.plain_right:
        equal = case.left == case.right != ""
        return _comparison(_CERTAIN if equal else 0.0, reasons.equal() if equal else reasons.no_letters())
    if max(len(case.left), len(case.right)) > _LONGEST:
        equal = case.left == case.right
        return _comparison(_CERTAIN if equal else _LOWEST, reasons.equal() if equal else reasons.too_long())
    if _other_number(case):
        return _comparison(_LOWEST, reasons.other_number())
    if case.plain_left == case.plain_right:
        return _comparison(_CERTAIN, reasons.equal() if case.left == case.right else reasons.nearly_equal())
    return _established(case, kind)


def _other_number(case: Case) -> bool:
    """Are there different numbers on both sides, digits (MI5, MI6) or the Roman number of a ruler at the end?"""
    first, second = _DIGITS.findall(case.left), _DIGITS.findall(case.right)
    if first and second and first != second:
        return True
    left, right = _RULER.search(case.left), _RULER.search(case.right)
    return bool(left and right and left[1] != right[1])


def _established(case: Case, kind: str | None) -> Comparison | None:
    from tolmach.transcription.established import same

    row = same(case.left, case.right)
    # A state is a place and an organisation; persons are neither.
    if row is None or (kind and kind != row.kind and "person" in (kind, row.kind)):
        return None
    return _comparison(_ESTABLISHED, reasons.established(row))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What the pool is asked about a case: the whole spellings and, for full names, every two parts."""

    whole: int
    parts: tuple[tuple[str, ...], tuple[str, ...]] | None
    questions: dict[tuple[str, str], int]

    @classmethod
    def of(cls, case: Case, kind: str | None, pool: Pool) -> _Judgement:
        whole = pool.ask(case.spellings)
        if kind not in (None, "person") or not (_SEVERAL.search(case.left) or _SEVERAL.search(case.right)):
            return cls(whole, None, {})
        left, right = fullnames.parts(case.left), fullnames.parts(case.right)
        if len(left) < 2 and len(right) < 2:
            return cls(whole, None, {})
        asked = ((first, second) for first in left for second in right if first != second)
        return cls(whole, (left, right), {pair: pool.ask(pair) for pair in asked})

    def odds(self, pool: Pool) -> tuple[float, fullnames.Matching | None]:
        """The log-odds of the case, and how the parts were matched."""
        whole = pool.odds(self.whole)
        if self.parts is None or not all(self.parts):
            return whole, None
        matching = fullnames.match(*self.parts, self._agreement(pool))
        return fullnames.together(matching, whole, self.parts, pool.model.parts.tolist()), matching

    def _agreement(self, pool: Pool) -> Callable[[str, str], fullnames.Agreement]:
        def agreement(first: str, second: str) -> fullnames.Agreement:
            if fullnames.is_initial(first) or fullnames.is_initial(second):
                return fullnames.INITIAL if pool.begin_alike(first, second) else fullnames.OTHER_INITIAL
            if first == second:
                return fullnames.EQUAL
            question = self.questions[first, second]
            odds = pool.odds(question)
            if pool.given_name(question) == STRANGERS:
                odds = min(odds, _NO_SAME_GIVEN)
            else:
                odds, _original = _surname_odds(odds, first, second)
            return fullnames.Agreement(odds, pool.support(question))

        return agreement


_NOTHING = _Judgement(-1, None, {})


def _surname_odds(odds: float, left: str, right: str) -> tuple[float, str]:
    """The log-odds of two surnames with what is known of prominent ones, and the original that speaks for them."""
    if odds < _PROMINENT and (original := surname(left, right)):
        return _PROMINENT, original
    if _ANOTHER < odds < _DOUBTFUL and is_another(left, right):
        return _ANOTHER, ""
    return odds, ""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The score of a case and what it was found by; `is_turned` says of unlike acronyms whether the letters agree."""

    score: float
    matching: fullnames.Matching | None = None
    renamed: bool = False
    prominent: str = ""
    is_turned: bool | None = None


def _weighed(case: Case, kind: str | None, judgement: _Judgement, pool: Pool) -> _Weighed:
    if is_acronym(case.left) and is_acronym(case.right) and not pool.agrees_throughout(judgement.whole):
        # Two letters of four in common make words alike, but not acronyms.
        is_turned = sorted(case.plain_left) == sorted(case.plain_right)
        return _Weighed(_MISPRINT if is_turned else _LOWEST, is_turned=is_turned)
    odds, matching = judgement.odds(pool)
    renamed = False
    if kind in (None, "place") and pool.town(judgement.whole) == SHARED:
        # Renamed towns share no letters; no two towns of the labelled pairs share a name.
        least = _ONE_TOWN if kind else _PERHAPS_TOWN
        renamed, odds = odds < least, max(odds, least)
    prominent = ""
    if kind in (None, "person") and not judgement.parts:
        odds, prominent = _surname_odds(odds, *case.spellings)
    elif odds < _UNLIKELY and judgement.parts and are_known_persons(*case.spellings):
        odds = min(odds, _OTHERS)
    score = min(max(1 / (1 + math.exp(-odds)), _LOWEST), _HIGHEST)
    return _Weighed(score, matching, renamed, prominent)


def _answer(case: Case, kind: str | None, judgement: _Judgement, pool: Pool, languages: tuple[str, ...]) -> Comparison:
    found = _weighed(case, kind, judgement, pool)
    if found.is_turned is not None:
        return _comparison(found.score, reasons.turned_acronym() if found.is_turned else reasons.unlike_acronyms())
    if judgement.parts and found.matching and not found.renamed:
        return _comparison(found.score, _parts_reason(found.score, case, judgement.parts, found.matching))
    return _comparison(found.score, _reason(case, kind, found.score, judgement.whole, pool, languages, found.prominent))


def _parts_reason(
    score: float, case: Case, parts: tuple[tuple[str, ...], tuple[str, ...]], matching: fullnames.Matching
) -> str:
    if score >= SAME:
        return reasons.all_parts(swapped=matching.swapped)
    if min(map(len, parts)) == 1:
        return reasons.part_of_name() if matching.weakest > 0 else reasons.given_alone()
    left, right = min(zip((one.odds for one in matching.agreements), matching.pairs, strict=True))[1]
    first, second = fullnames.written_parts(case.left)[left], fullnames.written_parts(case.right)[right]
    return reasons.no_match(second, first) if case.swapped else reasons.no_match(first, second)


def _reason(
    case: Case, kind: str | None, score: float, number: int, pool: Pool, languages: tuple[str, ...], prominent: str
) -> str:
    town = pool.town(number)
    if score < SAME:
        if town == STRANGERS and kind != "person":
            return reasons.other_town()
        return reasons.other_letters(pool.steps(number), pool.chunks, swapped=case.swapped)
    steps = pool.steps(number)
    if is_cyrillic(case.plain_right):
        system = None if is_cyrillic(case.plain_left) else reasons.explaining_system(case.right, case.left, languages)
        told = reasons.written_by(system, case.left) if system else ""
    elif case.swapped:
        told = reasons.one_original(reasons.turned(steps), case.right, case.left, languages)
    else:
        told = reasons.one_original(steps, case.left, case.right, languages)
    if told or prominent:
        return told or reasons.one_person(prominent)
    if pool.given_name(number) > 0:
        return reasons.given_name()
    if town == SHARED and kind != "person" and not pool.agrees_throughout(number):
        return reasons.town()
    return reasons.same_letters(steps, pool.chunks, pool.model.knowledge.weights, swapped=case.swapped)


def _comparison(score: float, reason: str) -> Comparison:
    verdict: Verdict = "same" if score >= SAME else "unsure" if score >= UNSURE else "different"
    return Comparison(_rounded(score), verdict, reason)


def _rounded(score: float) -> float:
    return round(score, 4)
