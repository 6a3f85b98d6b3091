"""What the words of a Russian sentence are: their part of speech, their possible cases, genders and numbers.

Cells of a paradigm are bits: case k (in the order of `CASES`) of the singular is bit k, of the plural bit k + 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tolmach.files import load_table
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology import russian_paradigm
from tolmach.morphology.russian_declension import CASES
from tolmach.morphology.russian_heads import GENDERS as TAGS

__all__ = [
    "ALL",
    "CASES",
    "GENDERS",
    "SINGULAR",
    "Facts",
    "Word",
    "cell",
    "facts",
    "lemmas",
    "rules",
    "short",
    "word_list",
    "words",
]

SINGULAR = 0b111111
ALL = 0b111111_111111
GENDERS = "mfn"
_REMEMBERED = 1 << 16
_BEFORE = 120  # code points before a place that can matter
_AFTER = 100
_READINGS = 16  # of a word; indeclinable names have more, all alike
_LEAST = 0.02  # a reading less likely than this is none
_UNCHANGING = "еиоуэю"
_LONGEST = 40  # code points of a word that is looked up
_TOKEN = re.compile(r"\b(?:[А-ЯЁA-Z]|г|им|ул|пос|св)\.|\w+(?:[-'’\u2011]\w+)*|[^\w\s]")
_INITIAL = re.compile(r"[А-ЯЁA-Z]\.")
_DASHES = frozenset("\u2013\u2014\u2015-")
_QUOTES = frozenset("\u00ab\u00bb\u201e\u201c\u201d\"\u2018\u2019'")
_GENDER = {tag: letter for letter, tag in TAGS.items()}
_PLACES = {case: place for place, case in enumerate(CASES)} | {"gen2": 1, "acc2": 3, "loc2": 5}
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")
_SORTS = {
    "NOUN": "noun", "NPRO": "pronoun", "ADJF": "adjective", "PRTF": "adjective", "NUMR": "numeral", "VERB": "verb",
    "INFN": "infinitive", "GRND": "gerund", "PRTS": "short", "ADJS": "short", "COMP": "adverb", "ADVB": "adverb",
    "PRED": "adverb", "PREP": "preposition", "CONJ": "conjunction", "PRCL": "particle", "INTJ": "particle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dictionary says of a word, folded together from all its likely readings.

    `nouns` are the cells it may fill as a noun or pronoun, `adjectives` those as an attribute of a masculine, feminine
    and neuter noun; `likely` is the case of its best reading; `verb` names number and gender of a finite verb.
    """

    sort: str
    lemma: str = ""
    nouns: int = 0
    adjectives: tuple[int, int, int] = (0, 0, 0)
    likely: str = ""
    person: bool = False
    name: str = ""
    gender: str = ""
    verb: str = ""
    transitive: bool = False
    passive: bool = False
    known: bool = True
    fixed: bool = False


class Word(NamedTuple):
    """A word or sign of a sentence."""

    text: str
    start: int
    end: int
    facts: Facts


def short(word: Word | None, *, exact: bool = False) -> str:
    """What a word is, as a sign names it: «prep», «noun:person», «verb:tran»; `exact` tells small words themselves."""
    if word is None:
        return "edge"
    facts, text = word.facts, word.text
    if facts.sort == "preposition":
        return f"prep:{facts.lemma}" if exact else "prep"
    if facts.sort == "sign":
        return "dash" if text in _DASHES else "quote" if text in _QUOTES else text
    if facts.sort == "noun":
        if text[:1].isupper() and (facts.name or not facts.known):
            return f"name:{facts.name or 'unknown'}"
        return "noun:person" if facts.person else "noun:thing"
    if facts.passive and facts.sort in ("adjective", "short"):
        return f"{facts.sort}:passive"
    if facts.sort in ("verb", "infinitive", "gerund"):
        return f"{facts.sort}:{'tran' if facts.transitive else 'intr'}"
    if facts.sort == "conjunction":
        return f"conj:{facts.lemma}" if exact else "conj"
    return facts.sort


@cache
def word_list(*path: str) -> frozenset[str]:
    """A list of words in `russian.toml` by the names of its table and itself."""
    found: Any = rules()
    for name in path:
        found = found[name]
    return frozenset(found)


@cache
def rules() -> dict[str, Any]:
    """The tables of `russian.toml`."""
    return load_table("tolmach.translate.enforce", "russian.toml")


def cell(case: str, number: str) -> int:
    """The bit of a cell; 0 for a case that is none of the six.

    >>> cell("gent", "sg"), cell("nomn", "pl")
    (2, 64)
    """
    place = _PLACES.get(case)
    return 0 if place is None else 1 << (place + (6 if number in ("pl", "plur") else 0))


def words(text: str, begin: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words and signs of a passage from `begin` to `end`, with what is known of each."""
    found = _TOKEN.finditer(text, begin, len(text) if end is None else end)
    return tuple([Word(match[0], match.start(), match.end(), facts(match[0])) for match in found])


def surroundings(text: str, start: int, end: int) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """The words before the place (nearest first), in it and after it, as far as they can matter."""
    begin = 0
    if start > _BEFORE:
        # Not in the middle of a word.
        begin = start - _BEFORE
        begin = next((at for at in range(begin, start) if text[at] == " "), begin)
    return words(text, begin, start)[::-1], words(text, start, end), words(text, end, end + _AFTER)


@lru_cache(_REMEMBERED)
def facts(word: str) -> Facts:
    """What is known of a word as it is printed.

    >>> facts("президенту").sort, facts("президенту").nouns == cell("datv", "sg")
    ('noun', True)
    """
    if word.endswith(".") and len(word) > 1:
        return Facts("initial", word) if _INITIAL.fullmatch(word) else facts(word[:-1])
    if not word[0].isalnum():
        return Facts("sign", word)
    if word[0].isdigit():
        return Facts("number", word)
    small = word.lower()
    if small in word_list("prepositions", "words"):
        return Facts("preposition", small)
    if small in word_list("words", "possessive"):
        return Facts("possessive", small)
    if len(word) > _LONGEST or not any("\u0400" <= letter <= "\u04ff" for letter in word):
        return Facts("latin" if word[0].isupper() else "unknown", small)
    if small in word_list("words", "conjunctions"):
        return Facts("conjunction", small)
    if small in rules()["appositions"]["titles"]:
        return _title(small)
    found = _folded(small, lexicon.readings(small)[:_READINGS])
    if found.sort == "noun" and not found.known and word[:1].isupper() and (cells := _cells_of_name(word)):
        return replace(found, nouns=cells)
    return found


@lru_cache(_REMEMBERED)
def lemmas(word: str) -> frozenset[str]:
    """The base forms that a verb or noun may have, the unlikely ones, too («прибыли»: прибыль, прибыть)."""
    known = (parse for parse in lexicon.readings(word.lower())[:_READINGS] if parse.is_known)
    return frozenset(str(parse.normal_form) for parse in known)


def _title(word: str) -> Facts:
    """«г-н», «г-жа»: the dictionary does not know them."""
    cells = 0
    for case in rules()["appositions"]["titles"][word].split():
        cells |= cell(case, "sg")
    return Facts("noun", word, cells, person=True, gender="f" if "ж" in word else "m")


def _cells_of_name(word: str) -> int:
    """The cases of a name that the dictionary lacks, by the rules for names of persons."""
    cells = 0
    for base in russian_paradigm.bases(word, "person", ""):
        cells |= cell(base.case, base.number) if base.number == "sg" else 0
    # «Санду» need not be a form of «Санда».
    return cells | cell("nomn", "sg") if cells and word[-1] in _UNCHANGING else cells


def _folded(word: str, readings: Sequence[Any]) -> Facts:
    likely = [parse for parse in readings if parse.score >= _LEAST] or list(readings[:1])
    if not likely:
        return Facts("unknown", word)
    best = likely[0]
    tag = best.tag
    nominal = next((parse.tag for parse in likely if parse.tag.POS in ("NOUN", "NPRO")), None)
    finite = next((parse for parse in likely if parse.tag.POS in ("VERB", "PRTS", "ADJS")), None)
    return Facts(
        _SORTS.get(str(tag.POS), "unknown"),
        str(best.normal_form),
        _cells(likely, ("NOUN", "NPRO")),
        _attributes(likely),
        str(nominal.case or "") if nominal is not None else str(tag.case or ""),
        nominal is not None and (nominal.animacy == "anim" or nominal.POS == "NPRO"),
        next((mark for mark in _NAMES if nominal is not None and mark in nominal), ""),
        _GENDER.get(str(nominal.gender), "") if nominal is not None else "",
        _agreement(finite.tag) if finite is not None and finite is likely[0] else "",
        "tran" in tag and not word.endswith(("ся", "сь")),
        "pssv" in tag,
        any(parse.is_known for parse in likely),
        any("Fixd" in parse.tag for parse in likely),
    )  # fmt: skip


def _cells(readings: Sequence[Any], sorts: tuple[str, ...]) -> int:
    found = 0
    for parse in readings:
        if parse.tag.POS in sorts:
            found |= cell(str(parse.tag.case), str(parse.tag.number))
    return found


def _attributes(readings: Sequence[Any]) -> tuple[int, int, int]:
    found = [0, 0, 0]
    for parse in readings:
        tag = parse.tag
        if tag.POS not in ("ADJF", "PRTF", "NUMR"):
            continue
        bit = cell(str(tag.case), str(tag.number)) or 0
        if tag.POS == "NUMR":
            bit = cell(str(tag.case), "pl")
        for place, gender in enumerate(GENDERS):
            if tag.gender is None or _GENDER.get(str(tag.gender)) == gender:
                found[place] |= bit
    return found[0], found[1], found[2]


def _agreement(tag: Any) -> str:
    """Number, and gender in the past: `pl`, `sg`, `m`, `f`, `n`; nothing for the first and second person."""
    if tag.person in ("1per", "2per") or tag.mood == "impr":
        return ""
    if tag.number == "plur":
        return "pl"
    return _GENDER.get(str(tag.gender), "sg")
