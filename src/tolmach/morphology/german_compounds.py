"""What a name may be written together with in German: the words after it, the parts before it."""

from __future__ import annotations

from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Lexeme


def is_compound_tail(tail: str, lexeme: Lexeme) -> bool:
    """May `tail` (lower case, ß as ss) make a closed compound with the name before it: «Weißrussland|reise»?

    Derivations are no compounds: «Kiew|er», «Maximow|a», «Belarus|sisch».

    >>> is_compound_tail("reise", Lexeme("Weißrussland", "place")), is_compound_tail("er", Lexeme("Kiew", "place"))
    (True, False)
    """
    rules = _compounds()
    if is_adjective_tail(tail):
        return True
    if lexeme.kind == "person" and tail.startswith(tuple(rules["name_beginnings"])):
        return False
    if len(lexeme.text) <= rules["short_name"] and not tail.startswith(_tails_of_short_names()):
        return False
    derived = tail in _derivations() or tail.endswith(tuple(rules["derivation_endings"]))
    derived = derived or tail.startswith(tuple(rules["derivation_starts"]))
    long_enough = len(tail) >= rules["shortest_tail"] or tail in rules["short_tails"]
    return long_enough and len(tail) <= rules["longest_tail"] and not derived and tail.isalpha()


def is_adjective_tail(tail: str) -> bool:
    """Does `tail` (lower case, ß as ss) make an adjective of the name before it: «kirgistan|freundlich»?"""
    return tail in _adjective_tails()


def is_compound_prefix(prefix: str) -> bool:
    """May `prefix` (lower case, ß as ss) make a closed compound with a name after it: «Nord|kirgistan»?"""
    return prefix in _prefixes()


def _compounds() -> dict[str, Any]:
    compounds: dict[str, Any] = load_table("tolmach.morphology", "german.toml")["compounds"]
    return compounds


@cache
def _derivations() -> frozenset[str]:
    return frozenset(_compounds()["derivations"])


@cache
def _adjective_tails() -> frozenset[str]:
    rules = _compounds()
    return frozenset(tail + ending for tail in rules["adjective_tails"] for ending in rules["adjective_tail_endings"])


@cache
def _tails_of_short_names() -> tuple[str, ...]:
    return tuple(tail.replace("ß", "ss") for tail in _compounds()["tails_of_short_names"])


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(prefix.replace("ß", "ss") for prefix in _compounds()["prefixes"])
