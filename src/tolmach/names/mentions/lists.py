"""The lists that mentions are found with: the shipped lexicon, the tables of a language, established names."""

from __future__ import annotations

import lzma
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from tolmach.files import load_table

# The kinds of a word, added up.
NOUN, WORD, GIVEN, SURNAME, CITY, PLACE, ORGANISATION, OFFICE, HEAD = (1 << n for n in range(9))
DEMONYM, ACRONYM, FOREIGN, ADJECTIVE, OTHER, PERSON, TOWN, GENITIVE, STOP = (1 << n for n in range(9, 18))
NAME = PLACE | ORGANISATION | OTHER | PERSON
ORDINARY = NOUN | WORD | DEMONYM | STOP | OFFICE
_FOLD = str.maketrans({"ß": "ss", "\u2019": "'", "ё": "е"})


def folded(word: str) -> str:
    """The key of a word in the lists: small letters, ss for ß.

    >>> folded("Weißrußland")
    'weissrussland'
    """
    lower = word.lower()
    return lower if lower.isascii() else lower.translate(_FOLD)


@cache
def lexicon() -> Mapping[str, frozenset[str]]:
    """The shipped lists: de.noun, de.word, en.word, surname, given, city."""
    content = resources.files("tolmach.names.mentions").joinpath("lexicon.bin").read_bytes()
    lines = lzma.decompress(content).decode("utf-8").split("\n")
    return {name: frozenset(words.split("\t")) for name, words in zip(lines[::2], lines[1::2], strict=True)}


@cache
def table(language: str) -> dict[str, Any]:
    """The knowledge of a language as written in mentions/LANGUAGE.toml."""
    return load_table("tolmach.names.mentions", f"{language}.toml")


@cache
def listed(language: str, key: str) -> frozenset[str]:
    """One list of words of the table, folded."""
    return frozenset(folded(word) for word in table(language)[key].split())


@cache
def known_names(language: str) -> Mapping[str, int]:
    """The single words that established names and the table say to be names, folded, with their kinds."""
    from tolmach.transcription.established import rows

    found: dict[str, int] = {}
    kinds = {"place": PLACE, "organisation": ORGANISATION, "person": PERSON}
    for row in rows():
        forms = [form for form, of in ((row.form, row.target), (row.original, row.source)) if of == language]
        for form in forms:
            words = form.split()
            if row.kind == "person" and row.relation == "established" and len(words) == 1 and row.authority:
                continue
            if row.kind == "person" and len(words) in (2, 3) and words[-1][0].isupper() and words[-1][-1] != ".":
                found.setdefault(folded(words[-1]), PERSON)
            elif row.kind in kinds and len(words) == 1:
                found.setdefault(folded(form), kinds[row.kind])
    named = {"place": PLACE, "organisation": ORGANISATION, "other": OTHER}
    for kind, words in table(language).get("names", {}).items():
        found.update((folded(word), named[kind]) for word in words.split())
    return found


@cache
def given_names() -> frozenset[str]:
    """The given names of the comparison and of the established names, folded."""
    from tolmach.names.comparison.identities import given_names as compared
    from tolmach.transcription.established import rows

    single = (row for row in rows() if row.kind == "person" and row.relation == "established" and " " not in row.form)
    patronymic = re.compile("(witsch|wna|vich|vna|schna|ович|евич|овна|евна)$")
    found = {folded(row.form) for row in single if row.authority != "Russian spelling with ё"}
    return frozenset(found | {folded(name) for name in compared().full} - {n for n in found if patronymic.search(n)})


@cache
def _towns() -> frozenset[int]:
    from tolmach.names.comparison.identities import gazetteer

    return frozenset(gazetteer().spellings.tolist())


def is_town(plain: str) -> bool:
    """Is a word the name of a town of the gazetteer?"""
    from tolmach.names.comparison.identities import number

    return number(plain) in _towns()
