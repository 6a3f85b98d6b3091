"""Undoing the case of a Russian name of a person: which nominatives may have a printed form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.lexeme import Case
from tolmach.morphology.russian_declension import CASES, base_endings, declined, is_listed
from tolmach.morphology.russian_heads import like
from tolmach.morphology.russian_persons import names_of, stays

_PERSONAL = frozenset({"Name", "Surn", "Patr"})
_VOWELS = ("а", "е", "и", "о", "у", "ы", "э", "ю", "я")
_CHOICES = 3  # nominatives of each word of a full name that are tried
_LONGEST = 5  # words of a full name
_REMEMBERED = 1 << 13


def nominatives(text: str, sex: str) -> Iterator[str]:
    """Nominatives of a name for that gender (`m`, `f`): its words are undone in one case all together.

    >>> "Касым-Жомарт Токаев" in nominatives("Касым-Жомарту Токаеву", "m")
    True
    """
    words = text.split(" ")
    yield text
    if len(words) == 1:
        yield from dict.fromkeys(base for base, _case in _undone_double(text, sex))
        yield from (text.removesuffix(form) + base for form, base in _families() if text.endswith(form))
    elif len(words) <= _LONGEST:
        for case in CASES[1:]:
            choices = [_choices(words, place, case, sex) for place in range(len(words))]
            yield from (" ".join(choice) for choice in product(*choices))


@lru_cache(1 << 16)
def likelihood(word: str, sex: str) -> float:
    """How much a word looks like a given or family name: it is in the dictionary, or ends as such names do."""
    small = word.lower()
    ends = rules()["typical"]
    known = [parse.tag for parse in lexicon.known(small)]
    names = [tag for tag in known if _PERSONAL & tag.grammemes]
    own = "femn" if sex == "f" else "masc"
    if stays(word):
        return 0.0
    listed = is_listed(small, f"surname_{sex}") or small in names_of("eastern_families")
    if listed or small in names_of("women" if sex == "f" else "men"):
        return 2.0
    fitting = [tag for tag in names if {"nomn", "sing"} in tag and str(tag.gender or own) in (own, "ms-f")]
    # The dictionary has foreign names that never change and look like cases of others («Ангеле»).
    score = max((1.5 if "Fixd" in tag and small.endswith(_VOWELS) else 2.0 for tag in fitting), default=0.0)
    if small.endswith(tuple(ends["woman" if sex == "f" else "man"])):
        return score + (1.5 if sex == "f" else 2.0)
    if small.endswith(tuple(ends["families"])):
        return score - 1.5
    if small.endswith(tuple(ends["fixed"])) and (names or not known):
        return score + 1.5
    if score:
        return score
    if small.endswith(tuple(ends["oblique"])):
        return -1.5
    seldom = not small.endswith("ия") and small.endswith(tuple(ends["seldom_woman" if sex == "f" else "seldom_man"]))
    rare = bool(_rare().search(small))
    common = known and not names and not small.endswith(("ый", "ий", "ой"))
    return (-0.5 if seldom else 0.0) - (0.3 if common else 0.0) - (0.8 if rare else 0.0)


@cache
def rules() -> dict[str, Any]:
    """The tables of `russian_bases.toml`."""
    return load_table("tolmach.morphology", "russian_bases.toml")


def _choices(words: Sequence[str], place: int, case: Case, sex: str) -> list[str]:
    """The best nominatives of one word of a full name in that case."""
    word = words[place]
    if word.islower() and place == 0 and not stays(word):
        return _titles(word, case) or [word]
    if stays(word) or stays(word.lower()) or word.islower():
        return [word]
    found = [base for base, one in _undone_double(word, sex) if one == case]
    if place and word.lower().endswith(("вны", "вне", "вну", "вной")):
        found.insert(0, word[: -2 if word.endswith("ой") else -1] + "а")
    best = sorted(dict.fromkeys(found), key=lambda base: -likelihood(base, sex))[:_CHOICES]
    return best if word in best or place == len(words) - 1 else [*best, word]


def _titles(word: str, case: Case) -> list[str]:
    """Nominatives of a noun before a name: «патриарха Кирилла»."""
    fitting = (parse for parse in lexicon.known(word) if {"NOUN", "sing", case} in parse.tag)
    nominative = (parse.inflect({"nomn", "sing"}) for parse in fitting)
    return list(dict.fromkeys(str(parse.word) for parse in nominative if parse))


@lru_cache(_REMEMBERED)
def _undone_double(word: str, sex: str) -> tuple[tuple[str, Case], ...]:
    """Bases of a word with their case; of a double name («Римского-Корсакова») all parts or the last one."""
    first, hyphen, last = word.rpartition("-")
    found = []
    for base, case in _undone(last, sex):
        if hyphen:
            found += [(f"{other}-{base}", case) for other, one in _undone(first, sex) if one == case]
        found.append((first + hyphen + base, case))
    return tuple(found)


def _undone(word: str, sex: str) -> list[tuple[str, Case]]:
    """Bases of one word by the rules for given and family names, the likely ones first."""
    found: dict[tuple[str, Case], float] = {}
    for order in (f"surname_{sex}", f"given_{sex}", f"patronymic_{sex}"):
        for base in inverted(word, order):
            for place, form in enumerate(declined(base, order)):
                if form == word:
                    found.setdefault((base, CASES[place]), likelihood(base, sex))
    return sorted(found, key=lambda pair: -found[pair])


def inverted(word: str, order: str) -> Iterator[str]:
    """Words that may have the form `word` by the declension tables of `order`; not all of them do."""
    small = word.lower()
    for length in range(min(len(small), _longest(order)), -1, -1):
        for base in _endings(order).get(small[len(small) - length :], ()):
            restored = small[: len(small) - length] + base
            if len(restored) > 1 and not _impossible().search(restored):
                yield like(word, restored)


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(rules()["typical"]["rare"])


def is_rare(word: str) -> bool:
    """Does hardly any name end so?"""
    return bool(_rare().search(word.lower()))


@cache
def _impossible() -> re.Pattern[str]:
    return re.compile(rules()["typical"]["impossible"])


@cache
def _endings(order: str) -> dict[str, tuple[str, ...]]:
    """For each ending of an oblique form the endings of the nominative it may come from."""
    found: dict[str, list[str]] = {}
    for form, base in base_endings(order):
        found.setdefault(form, []).append(base)
    return {form: tuple(bases) for form, bases in found.items()}


@cache
def _longest(order: str) -> int:
    return max(map(len, _endings(order)))


@cache
def _families() -> tuple[tuple[str, str], ...]:
    plural = load_table("tolmach.morphology", "russian_persons.toml")["plural"]
    pairs = [(after + ending, after) for after in plural["possessive_after"] for ending in plural["possessive"]]
    pairs += [(after[:-2] + ending, after) for after in plural["adjective_after"] for ending in plural["adjective"]]
    for after in plural["noun_after"]:
        endings = plural["noun_sibilant" if after.endswith("ч") else "noun_c" if after.endswith("ц") else "noun_hard"]
        pairs += [(after + ending, after) for ending in endings]
    return tuple(pairs)
