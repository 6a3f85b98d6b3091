"""Russian names of persons in all cases: given names, patronymics, family names, double and foreign ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology import russian_phrases
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.russian_declension import Six, declined, is_fixed, six

_NUMBER = re.compile(r"[IVXLC]+|\d+-?\w*|[\W\d_]+")
_WORDS_OF_KOREANS = 3
_SURNAMES_OF_MEN = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий")
_FIRST_ONLY_FAMILIES = ("ов", "ев", "ёв", "ский", "цкий", "ова", "ева", "ёва", "ская", "цкая")
_SURNAMES_OF_WOMEN = ("ова", "ева", "ёва", "ская", "цкая")


def cases(lexeme: Lexeme) -> Six:
    """The name in the six cases.

    >>> cases(Lexeme("Касым-Жомарт Токаев", "person"))[4]
    'Касым-Жомартом Токаевым'
    >>> cases(Lexeme("Ангела Меркель", "person"))[2]
    'Ангеле Меркель'
    >>> cases(Lexeme("Ким Чен Ын", "person"))[1]
    'Ким Чен Ына'
    >>> cases(Lexeme("фон", "person", given=True))[1]
    'фон'
    """
    if lexeme.text.islower() and not all(map(stays, lexeme.text.split(" "))):
        return six(form.lower() for form in cases(replace(lexeme, text=_titled(lexeme.text))))
    words = lexeme.text.split(" ")
    sex = gender(lexeme) or "m"
    roles = _roles(words, given=lexeme.given)
    forms = [_word(word, role, sex) for word, role in zip(words, roles, strict=True)]
    return six(" ".join(column) for column in zip(*forms, strict=True))


def _titled(text: str) -> str:
    words = (word if word in names_of("particles") else word.title() for word in text.split(" "))
    return " ".join(words)


def plural(lexeme: Lexeme) -> Six | None:
    """The family («Токаевы») in the six cases; None for given and full names."""
    name = lexeme.text
    if " " in name or lexeme.given or lexicon.is_only_given(name) or lexeme.gender == "f":
        return None
    if is_fixed(name.rpartition("-")[2], "surname_m"):
        return six([name] * 6)
    rules = _tables()["plural"]
    if name.endswith(tuple(rules["possessive_after"])):
        return six(name + ending for ending in rules["possessive"])
    if name.endswith(tuple(rules["adjective_after"])):
        return six(name[:-2] + ending for ending in rules["adjective"])
    if name.endswith(tuple(rules["noun_after"])):
        endings = rules["noun_sibilant" if name.endswith("ч") else "noun_c" if name.endswith("ц") else "noun_hard"]
        return six(name + ending for ending in endings)
    return None


def gender(lexeme: Lexeme) -> str:
    """`m` or `f`: as the glossary says, else guessed from patronymic, endings and given names; else nothing."""
    if lexeme.gender in ("m", "f"):
        return lexeme.gender
    words = [word for word in lexeme.text.lower().split(" ") if not stays(word)]
    family = "" if lexeme.given else _by_surname(words)
    sure = family if len(words) > 1 and not words[-1].endswith(("ин", "ын", "ина", "ына")) else ""
    known = _by_patronymic(words) or sure or _by_given(words)
    return known or _by_vowel(words) or family or _by_surname(words[:1])


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "russian_persons.toml")


def names_of(name: str) -> frozenset[str]:
    """A list of `russian_persons.toml` by its name: `men`, `women`, `particles` …"""
    return _sets()[name]


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _tables().items() if isinstance(words, list)}


def _by_patronymic(words: Sequence[str]) -> str:
    for word in words[1:]:
        if word.endswith(tuple(_tables()["patronymic_woman"])) or word in ("кызы", "гызы", "кизи"):
            return "f"
        if word.endswith(tuple(_tables()["patronymic_man"])) or word in ("оглы", "оглу", "улы", "уулу", "угли"):
            # «Ванда Дворкович»: as a family name it says nothing.
            return "m" if len(words) > 2 or lexicon.gender_of_name(words[0]) == "m" else ""
    return ""


def _by_given(words: Sequence[str]) -> str:
    """By the first word, or by the second where a family name stands first."""
    first = _known_given(words[0]) if words else ""
    return first or (_known_given(words[1]) if len(words) > 1 and _by_surname(words[:1]) else "")


def _known_given(word: str) -> str:
    # «Жан-Мари» is a man, «Анна-Мария» a woman: the first part decides before the last.
    first, _hyphen, last = word.partition("-")
    if last and first in names_of("first_parts_declined") | {"жан"}:
        return "m"
    for name in (word, last):
        if name in names_of("men"):
            return "m"
        if name in names_of("women"):
            return "f"
    return lexicon.gender_of_name(word) or lexicon.gender_of_name(word.partition("-")[0])


def _by_surname(words: Sequence[str]) -> str:
    for word in words[-1:]:
        if word.endswith(_SURNAMES_OF_WOMEN) or (word.endswith(("ина", "ына", "ая")) and len(word) > 4):
            return "f"
        if word.endswith(_SURNAMES_OF_MEN):
            return "m"
    return ""


def _by_vowel(words: Sequence[str]) -> str:
    return "f" if len(words) > 1 and words[0].endswith(("а", "я")) else ""


def stays(word: str) -> bool:
    """Is it an initial, a number, a particle («фон»), in small letters, that never declines?"""
    return word.endswith(".") or len(word) == 1 or bool(_NUMBER.fullmatch(word)) or word in names_of("particles")


def _roles(words: Sequence[str], *, given: bool) -> list[str]:
    """What each word is: `given`, `patronymic`, `surname`, or `fixed`."""
    roles = ["fixed" if _is_particle(words, index) else "given" for index in range(len(words))]
    titles = next((place for place, word in enumerate(words) if not _is_title(word)), len(words)) % len(words)
    if titles:
        return [*["title"] * titles, *_roles(words[titles:], given=given)]
    places = [index for index, role in enumerate(roles) if role != "fixed"]
    if not places or given:
        return roles
    if _is_eastern(words):
        return [*["fixed"] * (len(words) - 1), "given"]
    numbered = any(_NUMBER.fullmatch(word) for word in words)
    if not (numbered and places[-1] < len(words) - 1):
        roles[_surname_place(words, places)] = "surname"
    if len(places) == 1 and (lexicon.is_only_given(words[places[0]]) or words[places[0]].lower() in names_of("women")):
        roles[places[0]] = "given"
    for index in places[1:]:
        if roles[index] == "given" and words[index].lower().endswith(_patronymics()):
            roles[index] = "patronymic"
        elif roles[index] == "given" and words[index].lower().endswith(_SURNAMES_OF_WOMEN):
            roles[index] = "surname"
    return roles


def _is_title(word: str) -> bool:
    """«канцлер» in «канцлер Ангела Меркель»."""
    return word.islower() and word not in names_of("particles")


def _is_particle(words: Sequence[str], index: int) -> bool:
    word = words[index]
    if index + 1 < len(words) and words[index + 1].lower() in names_of("filial"):
        return index > 0
    last = index == len(words) - 1
    return word.islower() or (stays(word.lower()) and not last) or bool(_NUMBER.fullmatch(word)) or word.endswith(".")


def _surname_place(words: Sequence[str], places: Sequence[int]) -> int:
    first, last = words[places[0]].lower(), words[places[-1]].lower()
    looks = first.endswith((*_SURNAMES_OF_MEN, *_SURNAMES_OF_WOMEN)) and not lexicon.is_only_given(first)
    if first.endswith(",") or (len(places) > 2 and last.endswith(_patronymics())):
        return places[0]
    if len(places) == 2 and looks and (lexicon.is_only_given(last) or not _by_surname([last])):
        sure = first.endswith(_FIRST_ONLY_FAMILIES) or lexicon.is_only_given(last)
        return places[0] if sure else places[-1]
    return places[-1]


@cache
def _patronymics() -> tuple[str, ...]:
    return (*_tables()["patronymic_man"], *_tables()["patronymic_woman"])


def _is_eastern(words: Sequence[str]) -> bool:
    """Is it a Chinese, Korean or Vietnamese name, whose parts but the last do not decline?"""
    if not 2 <= len(words) <= _tables()["eastern_longest"]:
        return False
    family, *rest = (word.lower() for word in words)
    if not all(_eastern().fullmatch(word) for word in rest):
        return False
    if family in names_of("eastern_or_european"):
        return any(mark in word for word in rest for mark in names_of("eastern_marks"))
    if family in names_of("eastern_families"):
        return not any(len(word) > 3 and lexicon.is_only_given(word) for word in rest)
    # «Ко Ын Чжу»: three words of one syllable
    syllables = all(_syllable().fullmatch(word) and not lexicon.is_only_given(word) for word in (family, *rest))
    return len(words) == _WORDS_OF_KOREANS and syllables


@cache
def _eastern() -> re.Pattern[str]:
    syllable = _tables()["eastern_syllable"]
    return re.compile(f"{syllable}{{1,2}}(?:-{syllable})?")


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(_tables()["eastern_syllable"])


def _word(word: str, role: str, sex: str) -> Six:
    if role == "title":
        return russian_phrases.cases(Lexeme(word, "office")) or six([word] * 6)
    if role == "fixed":
        return six([word] * 6)
    if word.endswith(","):
        return six(f"{form}," for form in _word(word.removesuffix(","), role, sex))
    parts = word.split("-")
    # «Момыш-улы», «Турсун-заде»: the first part is a father's name
    father = parts[-1].lower() in names_of("filial") | names_of("filial_parts")
    forms = [
        declined(part, f"{role}_{sex}")
        if index == len(parts) - 1 or (not father and _first_declines(part, role, sex))
        else six([part] * 6)
        for index, part in enumerate(parts)
    ]
    return six("-".join(column) for column in zip(*forms, strict=True))


def _first_declines(part: str, role: str, sex: str) -> bool:
    """Does a part of a double name decline that is not its last («Римского-Корсакова», but «Касым-Жомарта»)?"""
    small = part.lower()
    if small in names_of("first_parts_fixed") or len(small) <= 2 or part.islower():
        return False
    if role == "surname":
        return True
    return small in names_of("first_parts_declined") or (sex == "f" and small.endswith(("а", "я")))
