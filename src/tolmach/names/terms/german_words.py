"""German words as parts of terms: their classes, nouns without their endings, compounds."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tolmach.files import load_table
from tolmach.names.mentions.german import is_listed_noun, is_noun
from tolmach.names.mentions.lists import (
    DEMONYM,
    GIVEN,
    NOUN,
    ORGANISATION,
    OTHER,
    PERSON,
    PLACE,
    STOP,
    SURNAME,
    folded,
    lexicon,
)
from tolmach.names.mentions.words import Words
from tolmach.names.terms.spelling import fold_word, listed, table

IS_NOUN, IS_ADJECTIVE, IS_PREPOSITION, IS_ARTICLE, IS_GENITIVE, IS_BOTH, IS_JOINT, IS_CUT, IS_ELSE = "NAPDGBUT-"
"""The classes of words; an article may be that of a genitive, or both."""
ADJECTIVE_ENDING = re.compile("e[nrsm]?$")

_NAME = PLACE | ORGANISATION | OTHER | PERSON | GIVEN | DEMONYM | STOP
_ENDINGS = ("n", "s", "es", "en", "e")
_SHORTEST, _LONGEST = 4, 60  # letters
_REMEMBERED = 1 << 17
_CAMEL = re.compile("[a-zäöüß][A-ZÄÖÜ]")


@cache
def _words() -> Words:
    return Words("de")


@lru_cache(_REMEMBERED)
def class_of(word: str) -> str:
    """The class of a word as a part of terms: noun, adjective, preposition, article, conjunction, cut compound."""
    if word[0].islower() and "-" not in word:
        return _small(word)
    if word.endswith("-"):
        return IS_CUT if _is_noun(word[:-1]) or is_noun(folded(word[:-1]).removesuffix("s")) else IS_ELSE
    return IS_NOUN if _is_noun(word) else IS_ELSE


def _small(word: str) -> str:
    if word in listed("de", "prepositions"):
        return IS_PREPOSITION
    is_article, is_genitive = (word in listed("de", key) for key in ("articles", "genitive_articles"))
    if is_article or is_genitive:
        return IS_BOTH if is_article and is_genitive else IS_ARTICLE if is_article else IS_GENITIVE
    if word in listed("de", "conjunctions"):
        return IS_JOINT
    return IS_ADJECTIVE if _is_adjective(word) else IS_ELSE


def _is_adjective(word: str) -> bool:
    stem = ADJECTIVE_ENDING.sub("", word)
    if stem == word or stem in _of_places() or not stem.endswith(tuple(table("de")["adjectives"].split())):
        return False
    return len(stem) > _SHORTEST and stem not in listed("de", "no_adjectives") and stem[0].islower()


@cache
def _of_places() -> frozenset[str]:
    """The adjectives of countries: an American embassy is no term."""
    countries = load_table("tolmach.morphology", "german_bases.toml")["countries"]
    return frozenset(countries.values())


def _is_noun(word: str) -> bool:
    """Is it an ordinary noun that may be a term or its head: no name, no date, no quantity?"""
    if len(word) < _SHORTEST or len(word) > _LONGEST or (word.isupper() and "-" not in word):
        return False
    first, hyphen, rest = word.partition("-")
    if not hyphen:
        return word[0].isupper() and not _CAMEL.search(word) and _is_common(word)
    last = rest.rpartition("-")[2]
    if word[0].islower():
        return len(first) == 1 and last.islower() and is_known_noun(last)
    return is_known_noun(last) and all(_is_part(part) for part in word.split("-")[:-1])


def _is_common(word: str) -> bool:
    if not is_known_noun(word):
        return False
    kinds = _words().kinds(word)
    if _begin(fold_word(lemma(word), "de")) == 0:
        kinds &= ~GIVEN  # Delphin is a given name, too; where it stands as a name it is no candidate
    if folded(word).startswith(_days()):
        return False
    if kinds & _NAME or (not kinds & NOUN and is_noun(folded(word))):
        return False
    return not {folded(word), fold_word(lemma(word), "de")} & _no_nouns()


def is_known_noun(word: str) -> bool:
    """Is it an ordinary noun, in whichever of its spellings the lists have it?"""
    return is_noun(folded(word)) or _begin(fold_word(lemma(word), "de")) == 0 or is_noun(fold_word(word, "de"))


@cache
def _days() -> tuple[str, ...]:
    """What the names of days and their times begin with: Donnerstagabend, Weihnachtszeit."""
    return tuple(map(folded, listed("de", "days")))


@cache
def _no_nouns() -> frozenset[str]:
    return frozenset(map(folded, listed("de", "no_nouns")))


def _is_part(part: str) -> bool:
    """May it be a part of a compound with hyphens that is no name: Anti-Terror-, E-, not Tokajew-, US-, Berlin-?"""
    if len(part) == 1 or part.lower() in listed("de", "prefixes"):
        return part.isalpha()
    kinds = _words().kinds(part[:1].upper() + part[1:])
    plain = folded(part)
    known = is_listed_noun(plain.removesuffix("s")) or plain in lexicon()["de.word"] or _are_two(plain)
    return known and not part.isupper() and not kinds & (_NAME & ~STOP | (SURNAME if not kinds & NOUN else 0))


@lru_cache(_REMEMBERED)
def lemma(word: str) -> str:
    """The noun without the ending of a case or plural, in its own spelling, as far as the lists know the rest.

    >>> lemma("Friedenstruppen"), lemma("Delphine"), lemma("Vertrages"), lemma("Regierung")
    ('Friedenstruppe', 'Delphin', 'Vertrag', 'Regierung')
    """
    plain = word.lower().rpartition("-")[2]
    if plain.endswith(_whole()):
        return word
    own = _begin(fold_word(plain, "de"))
    found: list[tuple[int, int]] = []
    for place, ending in enumerate(_ENDINGS):
        stem = plain.removesuffix(ending)
        if stem == plain or len(stem) < _SHORTEST:
            continue
        begin = _begin(fold_word(stem, "de"))
        # «Rate» is no plural of «Rat»: a noun in -e that the lists have stays.
        if begin < _LONGEST and (begin < own or (begin == own and ending != "e")):
            found.append((begin, place))
    return word[: len(word) - len(_ENDINGS[min(found)[1]])] if found else word


@cache
def _whole() -> tuple[str, ...]:
    return tuple(table("de")["whole"].split())


def is_listed(word: str) -> bool:
    """Is the folded word a noun of the lists, or does a long one end it?"""
    return _begin(word) < _LONGEST


def _begin(word: str) -> int:
    """Where the longest noun of the lists begins that ends the word; beyond its end if there is none."""
    nouns = _nouns()
    if word in nouns:
        return 0
    return next((start for start in range(3, len(word) - _SHORTEST + 1) if word[start:] in nouns), _LONGEST)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(fold_word(noun, "de") for noun in lexicon()["de.noun"])


def is_compound(variant: str) -> bool:
    """Is the noun made of two or more, and not so usual that the lists have it?

    >>> is_compound("Friedenstruppe"), is_compound("Vertrag"), is_compound("Flughafen"), is_compound("E-Mail")
    (True, False, False, True)
    """
    if "-" in variant:
        return True
    plain = fold_word(variant, "de")
    return plain not in _nouns() and not _is_derived(plain) and _are_two(plain)


def _is_derived(plain: str) -> bool:
    """Is it made of an adjective or a verb (der Vorsitzende, die Angestellten)?"""
    return plain.removesuffix("n").endswith(("ende", "ete", "ierte"))


def _are_two(plain: str) -> bool:
    nouns = _nouns()
    return any(
        plain[cut:] in nouns and (plain[:cut] in nouns or plain[:cut].removesuffix("s") in nouns)
        for cut in range(_SHORTEST - 1, len(plain) - _SHORTEST + 1)
    )
