"""What the replaced Russian words tell of the form that belongs there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.morphology.lexeme import Base, Number
from tolmach.morphology.russian_declension import common
from tolmach.translate.enforce.russian_words import ALL, SINGULAR, Word, cell, rules

_NOMINATIVE = 0b1000001
_INSTRUMENTAL = 0b10000
_NO_NOUNS = ("verb", "infinitive", "gerund", "adverb", "short")
_VOWELS = frozenset("аеёиоуыэюяьй")


@dataclass(frozen=True, slots=True)
class Old:
    """The cells that the replaced words fill, how far they are to be trusted, and their gender."""

    cells: int
    trust: float
    number_trust: float
    gender: str = ""

    def speaks(self, case: int, number: Number) -> float:
        """Points for a cell (zero or less)."""
        shift = 6 if number == "pl" else 0
        if self.cells >> (case + shift) & 1:
            return 0.0
        same = self.cells >> shift & 0b111111
        return -self.trust if same else -self.number_trust


def replaced(inside: Sequence[Word], like: Sequence[Base], forms: Mapping[Number, Sequence[str]]) -> Old:
    """What the replaced words tell: the dictionary's readings, narrowed by the given ones, else the ending.

    `like` are the readings given. `forms` are those of the wanted term: a misspelt name ends as they do («Бреннэна»,
    «Бреннана»).
    """
    strength = _strength()
    heads = [word for word in inside if word.facts.nouns or any(word.facts.adjectives)]
    gender = heads[-1].facts.gender if heads else ""
    if inside and not heads and inside[0].facts.known and inside[0].facts.sort in _NO_NOUNS:
        return Old(ALL, 0.0, 0.0)
    given = 0
    for base in like:
        given |= cell(base.case, base.number)
    cells, known = _cells(heads)
    if given and inside and inside[0].text[:1].isupper() and not any(word.facts.name for word in heads):
        # «Родина» is a form of «Роден» rather than the country one is born in.
        known = False
    if given and not _is_whole(given) and not (known and cells and not given & cells):
        narrow = given & cells if known and given & cells else given
        trust = strength["nominative" if narrow & _NOMINATIVE else "oblique"]
        if narrow & SINGULAR == _INSTRUMENTAL and inside and inside[-1].text[:1].isupper():
            trust = strength["instrumental"]
        # Of a word that the dictionary lacks any form may have been taken for a singular.
        return Old(narrow, trust, strength["number" if known or len(forms) == 1 else "guessed_number"], gender)
    if not cells or _is_whole(cells) or any(word.facts.fixed for word in heads):
        # An unchanged name tells its number at most («США»).
        return Old(cells if cells and not cells & SINGULAR else ALL, 0.0, 0.0, gender)
    if not known and (ending := _by_ending(inside[-1].text, forms)):
        trust = strength["instrumental" if ending == _INSTRUMENTAL else "ending"]
        return Old(ending, trust, strength["number"], gender)
    name = "" if known else "guessed_"
    trust = strength[name + ("nominative" if cells & _NOMINATIVE else "oblique")]
    return Old(cells, trust, strength[name + "number"], gender)


def _by_ending(word: str, forms: Mapping[Number, Sequence[str]]) -> int:
    """The cells whose ending the word has, where it begins like the wanted name."""
    six = [form.rpartition(" ")[2] for form in forms.get("sg", ())]
    if not six or word[:1] != six[0][:1] or len(set(six)) == 1:
        return 0
    stem = min(common(six[0], form) for form in six)
    endings = [form[stem:] for form in six]
    fitting = [ending for ending in endings if word.endswith(ending) and len(word) > len(ending) + 1]
    longest = max(fitting, key=len, default="")
    if not longest and word[-1] in _VOWELS:
        return 0
    return sum(1 << case for case, ending in enumerate(endings) if ending == longest)


def _is_whole(cells: int) -> bool:
    return cells & 0b111111 == 0b111111 or cells >> 6 == 0b111111


def _cells(heads: Sequence[Word]) -> tuple[int, bool]:
    """The cells that all of the words can fill together; attributes in the genitive after the head are left out."""
    cells, known = 0, False
    for word in heads:
        own = word.facts.nouns
        for mask in word.facts.adjectives:
            own |= mask
        if not cells:
            cells, known = own, word.facts.known
        elif cells & own:
            cells &= own
        else:
            break
    return cells, known


@cache
def _strength() -> dict[str, float]:
    found: dict[str, float] = rules()["old"]
    return found
