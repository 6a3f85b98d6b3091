"""Russian declension of single words by their endings, after the rules of `russian_declension.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Case

CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_VOWELS = frozenset("аеёиоуыэюя")
_REMEMBERED = 1 << 14
Six = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which words have a paradigm: `words` and keys of `stems` are whole, `ends` are endings of a word.

    `to` takes the place of `replace` before the paradigm's endings are added (Коломиец, Коломийц|а); `syllables` is
    the most vowels a word may have (0: any number).
    """

    words: frozenset[str]
    stems: dict[str, str]
    ends: tuple[str, ...]
    replace: str
    to: str
    syllables: int
    cut: int
    endings: tuple[str, ...]

    def stem(self, word: str) -> str | None:
        """What the endings follow, for a word in small letters; None when the rule is not about the word."""
        if word in self.stems:
            return self.stems[word]
        if word in self.words:
            return word[: len(word) - self.cut]
        if not word.endswith(self.ends) or (self.syllables and sum(map(_VOWELS.__contains__, word)) > self.syllables):
            return None
        return word.removesuffix(self.replace) + self.to if self.replace else word[: len(word) - self.cut]


def declined(word: str, order: str, *, animate: bool = True) -> Six:
    """The six cases of a word by the rules for its kind of name; a word that no rule fits stays as it is.

    `order` is one of `surname_m`, `given_f`, `place` …: the tables that decide, as the data file has them.

    >>> declined("Коломиец", "surname_m")[1], declined("Караганда", "place", animate=False)[4]
    ('Коломийца', 'Карагандой')
    """
    forms = _declined(word.lower(), order, animate)
    if word.isupper() and len(word) > 1:
        return six(form.upper() for form in forms)
    return six(word[: common(word.lower(), form)] + form[common(word.lower(), form) :] for form in forms)


def is_fixed(word: str, order: str) -> bool:
    """Has the word one form in all cases?"""
    return len(set(_declined(word.lower(), order, True))) == 1


def has_rule(word: str, order: str) -> bool:
    """Do the tables of `order` speak of the word?"""
    return any(rule.stem(word.lower()) is not None for rule in _rules(order))


@lru_cache(_REMEMBERED)
def is_listed(word: str, order: str) -> bool:
    """Do the tables of `order` name the whole word (small letters), not only its ending?"""
    return any(word in rule.words or word in rule.stems for rule in _rules(order))


@lru_cache(_REMEMBERED)
def _declined(word: str, order: str, animate: bool) -> Six:
    if _VOWELS.isdisjoint(word) or len(word) == 1:
        return six([word] * 6)
    for rule in _rules(order):
        stem = rule.stem(word)
        if stem is not None:
            oblique = [stem + ending for ending in rule.endings]
            if rule.endings[2] == "*":
                oblique[2] = oblique[0] if animate else word
            return six([word, *oblique])
    return six([word] * 6)


def six(forms: Iterable[str]) -> Six:
    """The forms, one for each case, as a tuple of known length."""
    nomn, gent, datv, accs, ablt, loct = forms
    return nomn, gent, datv, accs, ablt, loct


def common(word: str, form: str) -> int:
    """How many letters the two begin with in common."""
    # Forms differ in their last letters.
    length = min(len(word), len(form))
    while word[:length] != form[:length]:
        length -= 1
    return length


@cache
def _rules(order: str) -> tuple[Rule, ...]:
    table = load_declension()
    return tuple(_parsed(entry, table) for group in table["order"][order] for entry in table["group"][group])


@cache
def load_declension() -> dict[str, Any]:
    """The tables of `russian_declension.toml`."""
    return load_table("tolmach.morphology", "russian_declension.toml")


def _parsed(entry: dict[str, Any], table: dict[str, Any]) -> Rule:
    paradigm = table["paradigm"][entry["paradigm"]]
    return Rule(
        frozenset(entry.get("words", ())),
        entry.get("stems", {}),
        tuple(entry.get("ends", ())),
        entry.get("replace", ""),
        entry.get("to", ""),
        entry.get("syllables", 0),
        paradigm["cut"],
        tuple(paradigm["endings"]),
    )


def base_endings(order: str) -> Iterator[tuple[str, str]]:
    """Every pair (ending of an oblique form, what stands for it in the nominative) that the rules can give."""
    seen = set()
    for rule in _rules(order):
        for pair in _pairs(rule):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _pairs(rule: Rule) -> Iterator[tuple[str, str]]:
    for end in rule.ends:
        stem = rule.stem(end) or ""
        yield from ((stem + ending.replace("*", ""), end) for ending in rule.endings)
    for word in (*rule.stems, *rule.words):
        stem = rule.stem(word) or ""
        yield from ((stem + ending.replace("*", ""), word) for ending in rule.endings)
