"""Which spellings are one word: what the rules of a language leave to the writer, or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.messages import N_, _
from tolmach.names.terms.model import ARTICLE, OPEN

_HYPHENS = str.maketrans("", "", "-\u2010\u2011\u00ad" + OPEN)
_REMEMBERED = 1 << 17

_TITLES = {
    "f or ph": N_("f or ph"),
    "z or t before -ial, -iell": N_("z or t before -ial, -iell"),
    "a loan word or its German spelling": N_("a loan word or its German spelling"),
    "the spelling before or after 1996": N_("the spelling before or after 1996"),
    "with or without a linking s": N_("with or without a linking s"),
    "British -ise or -ize": N_("British -ise or -ize"),
    "British -yse or American -yze": N_("British -yse or American -yze"),
    "British -our or American -or": N_("British -our or American -or"),
    "British or American spelling": N_("British or American spelling"),
}
"""The titles of the choices of spelling in the tables, for the catalogue of messages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A choice of spelling, named by its title: what matches is written as the replacement."""

    title: str
    pattern: re.Pattern[str]
    replacements: tuple[tuple[str, str], ...]

    def apply(self, word: str) -> str:
        """The word in the one spelling that stands for both."""
        if not self.replacements[0][0]:
            return self.pattern.sub(self.replacements[0][1], word)
        return self.pattern.sub(lambda found: dict(self.replacements)[found[0]], word)


@cache
def table(language: str) -> dict[str, Any]:
    """The knowledge of a language as written in terms/LANGUAGE.toml."""
    return load_table("tolmach.names.terms", f"{language}.toml")


@cache
def listed(language: str, key: str) -> frozenset[str]:
    """One list of words of the table."""
    return frozenset(table(language)[key].split())


@cache
def spellings(language: str) -> tuple[Rule, ...]:
    """The choices of spelling of a language."""
    return tuple(map(_rule, table(language).get("spelling", ())))


def _rule(row: dict[str, str]) -> Rule:
    if "pattern" in row:
        return Rule(row["title"], re.compile(row["pattern"]), (("", row["replacement"]),))
    pairs = [pair.split() for line in row["pairs"].splitlines() for pair in line.split(";") if pair.strip()]
    replacements = tuple((first, second) for first, second in pairs)
    alternatives = "|".join(sorted((re.escape(first) for first, _second in replacements), key=len, reverse=True))
    return Rule(row["title"], re.compile(alternatives), replacements)


@cache
def _apart(language: str) -> frozenset[str]:
    return frozenset(table(language)["apart"]["words"].split())


@lru_cache(_REMEMBERED)
def fold_word(word: str, language: str) -> str:
    """The key of a word: equal for all its spellings.

    >>> fold_word("Anti-Terror-Operation", "de") == fold_word("Antiterroroperation", "de")
    True
    >>> fold_word("Maß", "de") == fold_word("Mass", "de"), fold_word("Spaß", "de") == fold_word("Spass", "de")
    (False, True)
    """
    found = word.lower()
    if found in _apart(language):
        return found
    found = found.replace("ß", "ss").replace("ё", "е").translate(_HYPHENS)
    for rule in spellings(language):
        found = rule.apply(found)
    return found


def fold(variant: str, language: str) -> str:
    """The key of a variant: equal for all spellings of a term, with and without articles in it.

    >>> fold("Vertrag über ~ kollektiv Sicherheit", "de") == fold("Vertrag über kollektiv Sicherheit", "de")
    True
    """
    return " ".join(fold_word(word, language) for word in variant.split(" ") if word != ARTICLE)


def differences(one: str, other: str, language: str) -> Iterator[str]:
    """In what two spellings of a term differ, in words for people.

    >>> list(differences("Delphin", "Delfin", "de"))
    ['f or ph']
    """
    if (ARTICLE in one.split()) != (ARTICLE in other.split()):
        yield _("with or without the article")
    left, right = (variant.replace(f" {ARTICLE}", "") for variant in (one, other))
    if (OPEN in left) != (OPEN in right):
        yield _("in one word or apart")
    if left.count("-") != right.count("-"):
        yield _("with or without a hyphen")
    if left.count("ß") != right.count("ß"):
        yield _("ss or ß")
    if left.count("ё") != right.count("ё"):
        yield _("е or ё")
    plain = [variant.lower().replace("ß", "ss").replace("ё", "е").translate(_HYPHENS) for variant in (left, right)]
    if plain[0] == plain[1] and _only_case(left, right):
        yield _("a capital or a small letter")
    for rule in spellings(language):
        if plain[0] != plain[1] and len(set(map(rule.apply, plain))) < 2 + (rule.apply(plain[0]) == plain[0]):
            yield from _told(rule, plain)


def _told(rule: Rule, plain: list[str]) -> Iterator[str]:
    left, right = plain
    if any(rule.apply(word) != word for word in set(left.split()) ^ set(right.split())):
        yield _(_TITLES[rule.title])


def _only_case(left: str, right: str) -> bool:
    first, second = (variant.translate(_HYPHENS) for variant in (left, right))
    if left.count("-") != right.count("-") or OPEN in left + right:
        return False
    return first != second and first.lower() == second.lower()
