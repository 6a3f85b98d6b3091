"""Persons by the parts of their names: who may bear which surname, and who is surely somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from tolmach.files import load_table
from tolmach.names.comparison import fullnames
from tolmach.names.comparison.spelling import SEPARATOR

_ROMAN = re.compile(r"[IVX]{1,5}\.?")
_LETTERS = 2
_NUMBER = re.compile(r"\d+")


def _table() -> dict[str, Any]:
    return load_table("tolmach.names.variants", "variants.toml")


@cache
def _no_names() -> frozenset[str]:
    return frozenset(_table()["no_names"])


@cache
def _articles() -> tuple[str, ...]:
    return tuple(f"{article}{SEPARATOR}" for article in _table()["articles"])


@lru_cache(maxsize=1 << 18)
def parts(name: str) -> tuple[str, ...]:
    """The plain parts of a person's name without particles, articles and generation.

    >>> parts("Baschar al-Assad"), parts("von der Leyen"), parts("Donald Trump jr.")
    (('baschar', 'assad'), ('leyen',), ('donald', 'trump'))
    """
    whole = fullnames.parts(name)
    found = tuple(_bare(part) for place, part in enumerate(whole) if not place or part not in _table()["generations"])
    return tuple(map(_without_accents, (*_given_first(name, whole), *(found or whole))))


def _given_first(name: str, parts: Sequence[str]) -> tuple[str, ...]:
    """The given name that is a particle elsewhere: Ben Affleck, but not Ben Ali or Ben Bella."""
    first = name.split(" ", 1)[0]
    is_given = first.istitle() and first.casefold() in _table()["given_first"] and len(parts) == 1 and " " in name
    return (first.casefold(),) if is_given and parts[0] not in _given() else ()


def _without_accents(part: str) -> str:
    """Chávez is also written Chavez; Cyrillic letters keep what sets them apart."""
    if part.isascii() or part[0] > "\u0250":
        return part
    return "".join(letter for letter in unicodedata.normalize("NFKD", part) if not unicodedata.combining(letter))


def _bare(part: str) -> str:
    return next((part.removeprefix(article) for article in _articles() if part.startswith(article)), part)


@lru_cache(maxsize=1 << 18)
def without_articles(name: str) -> str:
    """The name without the articles that stand before parts of it.

    >>> without_articles("Baschar al-Assad")
    'Baschar Assad'
    """
    return " ".join(_without_article(word) for word in name.split())


def _without_article(word: str) -> str:
    if not word.casefold().startswith(_articles()):
        return word
    found = (word[len(article) :] for article in _articles() if word.casefold().startswith(article))
    return next((rest for rest in found if rest[:1].isupper()), word)


def words(name: str) -> tuple[str, ...]:
    """The printed parts that `parts` makes plain; all words where they cannot be told apart."""
    plain_parts = parts(name)
    found = tuple(word for word in name.replace(",", " ").split() if parts(word)[:1] and parts(word)[0] in plain_parts)
    return found if len(found) == len(plain_parts) else tuple(name.split())


def is_full(name: str) -> bool:
    """Has the name a given name and a surname, at least?"""
    return len(parts(name)) > 1


def may_bear(full: str, short: str) -> bool:
    """Is `short` the end of the full name?

    >>> may_bear("Wladimir Putin", "Putin"), may_bear("Wladimir Putin", "Wladimir"), may_bear("Santa Monica", "Monica")
    (True, False, False)
    """
    whole, own = parts(full), parts(short)
    # What stands behind a saint is the name of a place or church, what has one letter an initial.
    if not own or len(own[-1]) < _LETTERS or whole[0] in _table()["saints"]:
        return False
    # «Maβe» with a Greek letter has a part less than its letters; titles of films and papers are nobody.
    if (short.isalpha() and len(own[0]) < len(short)) or not _no_names().isdisjoint(whole):
        return False
    return len(own) < len(whole) and whole[-len(own) :] == own


def may_begin(full: str, short: str) -> bool:
    """Is `short` the beginning of the full name and no given name, as the surname is in Chinese?

    >>> may_begin("Xi Jinping", "Xi"), may_begin("Wladimir Putin", "Wladimir")
    (True, False)
    """
    whole, own = parts(full), parts(short)
    if not len(own) == 1 < len(whole) or full.split()[0].casefold() != short.casefold():
        return False  # Florenç is not Florenc: what is compared without accents must at least be a surname
    return own[0] not in _given() and own[0] not in _listed("given")


def is_given(name: str) -> bool:
    """Is the name a given name and nothing more? Then it says nothing of who is meant."""
    own = parts(name)
    return len(own) == 1 and own[0] in _given()


def are_given(*names: str) -> bool:
    """Are all of these given names and nothing more, in any of the lists?"""
    found = [part for name in names for part in parts(name)]
    return len(found) == len(names) and all(part in _given() or part in _listed("given") for part in found)


def are_loosely_alike(left: str, right: str) -> bool:
    """Do two full names agree in a given name in short form or in an initial only, so that it may be two persons?

    >>> are_loosely_alike("Kate O'Malley", "Katie O'Malley"), are_loosely_alike("C. J. Ramone", "Juan Ramón")
    (True, True)
    >>> are_loosely_alike("J. Rychtář", "Josef Rychtář"), are_loosely_alike("Vladimir Putin", "Wladimir Putin")
    (False, False)
    """
    from tolmach.names.comparison.identities import SHORT, given_names

    first, second = parts(left), parts(right)
    if min(len(first), len(second)) < _LETTERS or first[0] == second[0]:
        return False
    if len(first[0]) == 1 or len(second[0]) == 1:
        return first[-1] != second[-1]
    return given_names().relation(first[0], second[0]) == SHORT


def are_families(left: str, right: str) -> bool:
    """Are the surnames two of those that Western people bear, whatever they sound like?

    >>> are_families("Hans Meier", "Hans Meyer"), are_families("Benjamin Netanjahu", "Benjamin Netanyahu")
    (True, False)
    """
    first, second = parts(left)[-1:], parts(right)[-1:]
    return first != second and _listed("surname").issuperset((*first, *second))


@cache
def _given() -> frozenset[str]:
    from tolmach.names.comparison.identities import given_names

    known = given_names()
    return frozenset(map(_without_accents, (*known.full, *known.short)))


@cache
def _listed(name: str) -> frozenset[str]:
    from tolmach.names.mentions.lists import lexicon

    return frozenset(map(_without_accents, lexicon()[name]))


def ordinals(name: str) -> frozenset[str]:
    """The numbers and generations in a name: Benedikt XVI. is not Benedikt XV., nor the father the son.

    >>> sorted(ordinals("Benedikt XVI.")), sorted(ordinals("George Bush jr."))
    (['XVI'], ['jr'])
    """
    words = name.split()[1:]
    found = {word.strip(".") for word in words if _ROMAN.fullmatch(word) and (len(word) > 1 or word == words[-1])}
    found |= {word for word in (part.casefold().strip(".") for part in words) if word in _table()["generations"]}
    return frozenset((*found, *_NUMBER.findall(name)))


def couple(left: str, right: str) -> bool:
    """Are these the masculine and the feminine form of one surname: two persons, husband and wife or father and child?

    >>> couple("Petrow", "Petrowa"), couple("Michail Gorbatschow", "Raissa Gorbatschowa"), couple("Petrow", "Petrov")
    (True, True, False)
    """
    if not parts(left) or not parts(right):
        return False
    first, second = parts(left)[-1], parts(right)[-1]
    return _is_feminine(first, second) or _is_feminine(second, first)


def _is_feminine(masculine: str, feminine: str) -> bool:
    if masculine[:2] != feminine[:2] or masculine == feminine:
        return False
    for rule in _table()["feminine"]:
        for ending in rule["masculine"]:
            if not masculine.endswith(ending):
                continue
            stem = masculine[: len(masculine) - len(ending)]
            if any(feminine == masculine + added for added in rule.get("ending", ())):
                return True
            if any(feminine == stem + instead for instead in rule.get("instead", ())):
                return True
    return False
