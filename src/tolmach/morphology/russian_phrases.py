"""Russian places, organisations, offices and terms in all cases: the head declines and what agrees with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.lexeme import Lexeme, Number
from tolmach.morphology.russian_declension import CASES, Six, declined, has_rule, six
from tolmach.morphology.russian_heads import (
    GENDERS,
    NAMES,
    QUOTED,
    analysed,
    is_acronym,
    is_foreign_title,
    name_reading,
    number_of,
    phrase_table,
    two_parts_decline,
    word_form,
)

_WITHOUT_FORMS = frozenset({"ADVB", "PREP", "CONJ", "PRCL", "INTJ"})


def cases(lexeme: Lexeme, number: Number = "sg") -> Six | None:
    """The name or term in the six cases of that number; None when it has no such number.

    >>> cases(Lexeme("Организация Договора о коллективной безопасности", "organisation"))[2]
    'Организации Договора о коллективной безопасности'
    >>> cases(Lexeme("Набережные Челны", "place"), "pl")[1]
    'Набережных Челнов'
    """
    if quoted := QUOTED.fullmatch(lexeme.text):
        inner = cases(replace(lexeme, text=quoted[2]), number)
        return inner and six(f"{quoted[1]}{form}{quoted[3]}" for form in inner)
    if is_acronym(lexeme.text):
        return _acronym(lexeme.text) if number == "sg" else None
    phrase = analysed(lexeme)
    if phrase is None:
        return by_ending(lexeme) if number == "sg" else None
    if number != phrase.number and lexeme.kind in ("place", "organisation"):
        return None
    forms = [phrase.form(case, number) for case in CASES]
    if None in forms:
        return by_ending(lexeme) if number == phrase.number else None
    return six(" ".join((form or "", *phrase.rest)) for form in forms)


def number(lexeme: Lexeme) -> Number:
    """The number of the text itself: `pl` for «Набережные Челны»."""
    if quoted := QUOTED.fullmatch(lexeme.text):
        return number(replace(lexeme, text=quoted[2]))
    phrase = None if is_acronym(lexeme.text) else analysed(lexeme)
    return "pl" if lexeme.number == "pl" or (phrase and phrase.number == "pl") else "sg"


def admitted(lexeme: Lexeme) -> Six | None:
    """The unchanged form of a place in -ово, -ево, -ино, which stands beside the declined one; else None."""
    ends = tuple(phrase_table()["unchanged"]["ends"])
    if lexeme.kind == "place" and " " not in lexeme.text and lexeme.text.endswith(ends):
        return six([lexeme.text] * 6)
    return None


def gender(lexeme: Lexeme) -> str:
    """The grammatical gender of the head noun: `m`, `f`, `n`, or nothing when it is not known."""
    if lexeme.gender:
        return lexeme.gender
    phrase = analysed(lexeme)
    head = phrase and phrase.readings[phrase.head]
    return next((letter for letter, tag in GENDERS.items() if head and head.tag.gender == tag), "")


def _acronym(text: str) -> Six:
    # «МИД» has the gender and the forms of a noun (Розенталь, § 203); endings are small letters.
    if text in phrase_table()["acronyms"]["declined"]:
        return six([text, text + "а", text + "у", text, text + "ом", text + "е"])
    return six([text] * 6)


def by_ending(lexeme: Lexeme) -> Six:
    """A name that the dictionary lacks declines by its ending («Жогорку Кенеш» in its last word); a term stays."""
    order = lexeme.kind if lexeme.kind in ("place", "organisation") else "organisation"
    words = lexeme.text.split(" ")
    if words[0].endswith(".") and words[0].islower():
        return _abbreviated(words, lexeme)
    if words[0] in phrase_table()["acronyms"]["declined"]:
        return six(" ".join((form, *words[1:])) for form in _acronym(words[0]))
    place = None if _is_foreign(words) else _declining(words)
    if lexeme.kind not in NAMES or place is None or any(word[:1].islower() and "-" in word for word in words):
        return six([lexeme.text] * 6)
    forms = _hyphenated(words[place], order, lexeme)
    return six(" ".join((*words[:place], form, *words[place + 1 :])) for form in forms)


def _abbreviated(words: Sequence[str], lexeme: Lexeme) -> Six:
    """«г. Москва» declines its name; after other abbreviations stands a genitive («ул. Ленина»)."""
    name = " ".join(words[1:])
    found = cases(replace(lexeme, text=name)) if words[0] in phrase_table()["phrase"]["abbreviated"] and name else None
    return six(f"{words[0]} {form}" for form in found or [name] * 6) if name else six([lexeme.text] * 6)


def _is_foreign(words: Sequence[str]) -> bool:
    """Is it a foreign title («Вашингтон пост») or a word that has no forms («Вперёд»)?"""
    if len(words) > 1:
        return is_foreign_title(words)
    found = lexicon.known(words[0].lower())
    return bool(found) and all(parse.tag.POS in _WITHOUT_FORMS for parse in found)


def _declining(words: Sequence[str]) -> int | None:
    """Which word of an unknown name declines: the only one, the last of two, the one before small words."""
    if is_acronym(words[0]):
        return None
    capitals = [word[:1].isupper() for word in words]
    if len(words) == 2 and _describes(words[0], words[1]):
        return 1
    genitive = len(words) > 1 and any(p.is_known and "gent" in p.tag for p in lexicon.readings(words[1].lower()))
    if len(words) == 1 or not capitals[1] or (genitive and not _is_nominative(words[1])):
        return 0
    return 1 if len(words) == 2 and not is_acronym(words[1]) else None


def _describes(first: str, noun: str) -> bool:
    """Does a foreign word stand before the noun that declines («Ак жол», «Халык банк»)?"""
    foreign = first.lower() in phrase_table()["phrase"]["foreign"]
    return foreign or (noun.islower() and _is_nominative(noun) and not lexicon.known(first.lower()))


def _is_nominative(word: str) -> bool:
    return any("nomn" in parse.tag for parse in lexicon.known(word.lower()))


def _hyphenated(name: str, order: str, lexeme: Lexeme) -> Six:
    """«Ростов-на-Дону» declines its first part, «Каменск-Уральский» both, others their last part only."""
    parts = name.split("-")
    middle = phrase_table()["phrase"]["middle"]
    if len(parts) > 2 and parts[1].lower() in middle:
        return six("-".join((form, *parts[1:])) for form in _part(parts[0], order, lexeme))
    last = _part(parts[-1], order, lexeme)
    if two_parts_decline(name):
        first = _part(parts[0], order, lexeme)
        return six(f"{one}-{two}" for one, two in zip(first, last, strict=True))
    return six("-".join((*parts[:-1], form)) for form in last)


def _part(word: str, order: str, lexeme: Lexeme) -> Six:
    reading = name_reading(word, replace(lexeme, text=word)) if lexeme.text != word else None
    if reading is not None:
        forms = [word_form(word, reading, reading, case, number_of(reading), same=True) for case in CASES]
        if None not in forms:
            return six(form or "" for form in forms)
    if word.endswith("ь") and not has_rule(word, "own_place"):
        order = "unknown_f" if _gender_of_unknown(word, lexeme) == "f" else "organisation"
    return declined(word, order, animate=False)


def _gender_of_unknown(word: str, lexeme: Lexeme) -> str:
    if lexeme.gender:
        return lexeme.gender
    if word.endswith(tuple(phrase_table()["phrase"]["masculine_ends"])):
        return "m"
    guesses = [p.tag.gender for p in lexicon.readings(word.lower()) if {"NOUN", "nomn", "sing"} in p.tag]
    return "f" if guesses[:1] == ["femn"] else "m"
