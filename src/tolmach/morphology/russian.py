"""Russian forms: six cases of persons, places and multi-word terms, in both numbers where it makes sense.

Names of persons follow rules of our own (`russian_persons`), places and common words the OpenCorpora dictionary of
pymorphy3 (`russian_phrases`), which is loaded when first needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import russian_heads, russian_persons, russian_phrases
from tolmach.morphology.lexeme import Form, Lexeme, Number
from tolmach.morphology.russian_declension import CASES, Six
from tolmach.morphology.russian_lexicon import (
    agrees_before,
    is_common_word,
    is_genitive,
    is_given_name,
    tells_of_a_woman,
)
from tolmach.morphology.russian_lexicon import readings as _readings

__all__ = [
    "CASES",
    "agrees_before",
    "forms",
    "gender",
    "governed",
    "is_common_word",
    "is_genitive",
    "is_given_name",
    "names_a_woman",
    "right_forms",
    "tables",
    "tells_of_a_woman",
]

_NUMBERS: tuple[Number, ...] = ("sg", "pl")
_DESCRIPTIVE = 2
_ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")
_COUNTED = ("term", "office", "event", "other")


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The name or term in all cases, terms and surnames in both numbers.

    >>> [form.text for form in forms(Lexeme("Совет безопасности"))][:3]
    ['Совет безопасности', 'Совета безопасности', 'Совету безопасности']
    """
    found = (
        Form(text, case, number)
        for number, table in tables(lexeme).items()
        for case, whole in zip(CASES, table, strict=True)
        for text in _complements(whole, lexeme, number)
    )
    return tuple(variant for form in (*found, *_admitted(lexeme)) for variant in (form, *_older(form)))


def tables(lexeme: Lexeme) -> dict[Number, Six]:
    """The six cases, in the order of `CASES`, for each number the name or term has.

    >>> tables(Lexeme("Токаев", "person"))["pl"][5]
    'Токаевых'
    """
    if lexeme.indeclinable or lexeme.acronym:
        return {"sg": (lexeme.text,) * 6}
    if lexeme.kind == "person":
        found = {"sg": russian_persons.cases(lexeme), "pl": russian_persons.plural(lexeme)}
    else:
        found = {number: russian_phrases.cases(lexeme, number) for number in _numbers(lexeme)}
    return {number: table for number in _NUMBERS if (table := found.get(number))}


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The form in the case and number of `like`."""
    found = [form.text for form in forms(lexeme) if form.case == like.case and form.number == like.number]
    return (
        tuple(found[:1]) or tuple(form.text for form in forms(lexeme) if form.case == like.case)[:1] or (lexeme.text,)
    )


def governed(word: str) -> frozenset[str]:
    """The cases in which a name may stand after the word; all of them after a word that is no preposition.

    >>> sorted(governed("из")), sorted(governed("в"))
    (['gent'], ['accs', 'loct'])
    """
    cases = (case for case, prepositions in _tables()["prepositions"].items() if word.lower() in prepositions)
    return frozenset(cases) or frozenset(CASES)


def gender(lexeme: Lexeme) -> str:
    """The grammatical gender of a person or of the head noun: `m`, `f`, `n`, or nothing when it is not known."""
    return russian_persons.gender(lexeme) if lexeme.kind == "person" else russian_phrases.gender(lexeme)


def is_descriptive(name: str) -> bool:
    """Does the name of a body only say what it is, so that small letters are as usual as the first capital?

    >>> is_descriptive("Министерство иностранных дел"), is_descriptive("Новая газета")
    (True, False)
    """
    first, *others = name.split(" ")
    # An adjective and one noun may be any name: «Грузинская мечта».
    named = len(others) < _DESCRIPTIVE and first.endswith(_ADJECTIVE_ENDINGS)
    return bool(others) and all(map(str.islower, others)) and not named


def names_a_woman(word: str) -> bool:
    """Is the word a profession or title of a woman, in the nominative («балерина»)?"""
    women = _tables()["women"]
    return word in women["nouns"] or (word.endswith(tuple(women["endings"])) and word not in women["kin"])


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "russian.toml")


def _numbers(lexeme: Lexeme) -> tuple[Number, ...]:
    own = russian_phrases.number(lexeme)
    return _NUMBERS if own == "sg" and lexeme.kind in _COUNTED else (own,)


def _admitted(lexeme: Lexeme) -> Iterator[Form]:
    unchanged = None if lexeme.kind == "person" else russian_phrases.admitted(lexeme)
    yield from (Form(text, case) for case, text in zip(CASES, unchanged or (), strict=False))


def _older(form: Form) -> Iterator[Form]:
    if form.case == "ablt" and form.number == "sg":
        endings = _tables()["instrumental"]
        for usual, older in zip(endings["usual"], endings["older"], strict=True):
            if form.text.endswith(usual):
                yield Form(form.text.removesuffix(usual) + older, "ablt")


def _complements(whole: str, lexeme: Lexeme, number: Number) -> Iterator[str]:
    """The form; a single noun after the head may stand in the plural with it («главы государств»), too."""
    yield whole
    first, _blank, last = whole.rpartition(" ")
    if number == "pl" and lexeme.kind in _COUNTED and len(lexeme.text.split(" ")) == 2 and lexeme.text.endswith(last):
        parse = next((parse for parse in _readings(last) if {"NOUN", "gent", "sing"} in parse.tag), None)
        plural = parse.inflect({"plur", "gent"}) if parse else None
        if plural:
            yield f"{first} {russian_heads.like(last, plural.word)}"
