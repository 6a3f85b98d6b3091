"""Russian forms: six cases of persons, places and adjective–noun terms.

Personal names follow pytrovich (the rules of Petrovich), places and common words pymorphy3 with the OpenCorpora
dictionary; both are loaded when first needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Case, Form, Lexeme, Number

CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_NUMBERS: tuple[Number, ...] = ("sg", "pl")
_TAGS = {"sg": "sing", "pl": "plur"}
_GENDERS = {"m": "masc", "f": "femn", "n": "neut"}
_COUNTED = ("term", "office", "event", "other")
_UNKNOWN_DECLINE = ("place", "organisation", "event", "other")
_PYTROVICH = {
    "gent": "GENITIVE",
    "datv": "DATIVE",
    "accs": "ACCUSATIVE",
    "ablt": "INSTRUMENTAL",
    "loct": "PREPOSITIONAL",
}


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The name or term in all cases, terms and surnames in both numbers.

    >>> [form.text for form in forms(Lexeme("Совет безопасности"))][:3]
    ['Совет безопасности', 'Совета безопасности', 'Совету безопасности']
    """
    if lexeme.indeclinable or lexeme.acronym:
        return tuple(Form(lexeme.text, case) for case in CASES)
    found = _person_forms(lexeme) if lexeme.kind == "person" else _phrase_forms(lexeme)
    return tuple(variant for form in found for variant in (form, *_older(form)))


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The form in the case and number of `like`."""
    found = [form.text for form in forms(lexeme) if form.case == like.case and form.number == like.number]
    return (
        tuple(found[:1]) or tuple(form.text for form in forms(lexeme) if form.case == like.case)[:1] or (lexeme.text,)
    )


def is_given_name(word: str) -> bool:
    """Does the dictionary know the word as a given name (in any case)?"""
    return len(word) > 1 and any("Name" in parse.tag for parse in _analyser().parse(word) if parse.is_known)


def is_common_word(word: str) -> bool:
    """Does the dictionary know the word (of a compound: its last part) and not as a name of a person?

    >>> is_common_word("президента"), is_common_word("экс-премьера"), is_common_word("Ерлан")
    (True, True, False)
    """
    parses = [parse for parse in _analyser().parse(word.rpartition("-")[2]) if parse.is_known]
    return bool(parses) and not any({"Name", "Surn", "Patr"} & set(parse.tag.grammemes) for parse in parses)


def is_genitive(word: str) -> bool:
    """May the word be a noun or adjective in the genitive («партия власти»)?"""
    return any("gent" in parse.tag and parse.tag.POS in ("NOUN", "ADJF") for parse in _analyser().parse(word))


def governed(word: str) -> frozenset[str]:
    """The cases in which a name may stand after the word; all of them after a word that is no preposition.

    >>> sorted(governed("из")), sorted(governed("в"))
    (['gent'], ['accs', 'loct'])
    """
    cases = (case for case, prepositions in _data()["prepositions"].items() if word.lower() in prepositions)
    return frozenset(cases) or frozenset(CASES)


def agrees_before(word: str) -> bool:
    """Does the word change with the gender of a noun after it (adjective, participle, pronoun)?"""
    return any(parse.tag.POS in ("ADJF", "PRTF") for parse in _analyser().parse(word))


def gender(lexeme: Lexeme) -> str:
    """The grammatical gender of the head noun: `m`, `f`, `n`, or nothing when it is not known."""
    if lexeme.gender:
        return lexeme.gender
    parses = (_nominative(word, lexeme) for word in lexeme.text.split(" "))
    head = next((parse for parse in parses if parse is not None and parse.tag.POS == "NOUN"), None)
    return next((letter for letter, tag in _GENDERS.items() if head and head.tag.gender == tag), "")


def names_a_woman(word: str) -> bool:
    """Is the word a profession or title of a woman, in the nominative («балерина»)?"""
    women = _data()["women"]
    return word in women["nouns"] or (word.endswith(tuple(women["endings"])) and word not in women["kin"])


@cache
def _data() -> dict[str, Any]:
    return load_table("tolmach.morphology", "russian.toml")


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


def _older(form: Form) -> Iterator[Form]:
    if form.case == "ablt" and form.number == "sg":
        endings = _data()["instrumental"]
        for usual, older in zip(endings["usual"], endings["older"], strict=True):
            if form.text.endswith(usual):
                yield Form(form.text.removesuffix(usual) + older, "ablt")


def _person_forms(lexeme: Lexeme) -> Iterator[Form]:
    for case in CASES:
        yield Form(_person(lexeme, case), case)
    plural = _data()["surname_plural"]
    if (
        not lexeme.given
        and lexeme.gender != "f"
        and lexeme.text.endswith(tuple(plural["after"]))
        and " " not in lexeme.text
    ):
        yield from (
            Form(lexeme.text + ending, case, "pl") for case, ending in zip(CASES, plural["endings"], strict=True)
        )


def _person(lexeme: Lexeme, case: Case) -> str:
    """The name in that case; of a full name the last word is the family name and what stands before it given names."""
    if case == "nomn":
        return lexeme.text
    words = lexeme.text.split(" ")
    only_given = lexeme.given or (len(words) == 1 and _is_only_given(lexeme.text))
    parts = [_name_part(word, given=only_given or index < len(words) - 1) for index, word in enumerate(words)]
    return " ".join(_declined_name(word, part, lexeme.gender, case) for word, part in zip(words, parts, strict=True))


def _is_only_given(word: str) -> bool:
    """Is the word known as a given name and not as a family name («Павел», «Лев»)?"""
    parses = [parse for parse in _analyser().parse(word) if parse.is_known and "nomn" in parse.tag]
    return any("Name" in parse.tag for parse in parses) and not any("Surn" in parse.tag for parse in parses)


def _name_part(word: str, *, given: bool) -> str:
    if not given:
        return "LASTNAME"
    return "MIDDLENAME" if word.endswith(tuple(_data()["patronymic"]["endings"])) else "FIRSTNAME"


def _declined_name(name: str, part: str, gender: str, case: Case) -> str:
    from pytrovich.enums import Case as PytrovichCase
    from pytrovich.enums import Gender, NamePart

    # Only the last part of a double name declines: «Касым-Жомарта».
    first, hyphen, last = name.rpartition("-")
    sex = Gender.FEMALE if gender == "f" else Gender.MALE
    declined: str = _maker().make(NamePart[part], sex, PytrovichCase[_PYTROVICH[case]], last)
    return first + hyphen + declined


def _phrase_forms(lexeme: Lexeme) -> Iterator[Form]:
    numbers: tuple[Number, ...] = _NUMBERS if lexeme.kind in _COUNTED else ("sg",)
    if lexeme.number == "pl":
        numbers = ("pl",)
    for number in numbers:
        for case in CASES:
            yield from (Form(text, case, number) for text in _inflect_phrase(lexeme, case, number))


def _inflect_phrase(lexeme: Lexeme, case: Case, number: Number) -> Iterator[str]:
    """The term with head and adjectives in that case and number; nothing where a word has no such form."""
    words = lexeme.text.split(" ")
    parses = [_nominative(word, lexeme) for word in words]
    head = next((index for index, parse in enumerate(parses) if parse is not None and parse.tag.POS == "NOUN"), None)
    if head is None:
        if case == "nomn" and number == (lexeme.number or "sg"):
            yield lexeme.text
        elif len(words) == 1 and number == "sg":
            yield _unknown_noun(lexeme, case)
        return
    declined = [
        _word_form(word, parse, parses[head], case, number)
        for word, parse in zip(words[: head + 1], parses, strict=False)
    ]
    if None in declined:
        return
    for rest in _complements(words[head + 1 :], number):
        yield " ".join((*filter(None, declined), *rest))


def _complements(words: list[str], number: Number) -> Iterator[list[str]]:
    """What follows the head: it stays, but one noun may stand in the plural with it («главы государств»)."""
    yield words
    if len(words) == 1 and number == "pl":
        parse = next((parse for parse in _analyser().parse(words[0]) if {"NOUN", "gent", "sing"} in parse.tag), None)
        plural = parse.inflect({"plur", "gent"}) if parse else None
        if plural:
            yield [_like(words[0], plural.word)]


def _word_form(word: str, parse: Any | None, head: Any, case: Case, number: Number) -> str | None:
    if parse is None or (case == "nomn" and _TAGS[number] in parse.tag):
        return word if case == "nomn" else None
    wanted = {case, _TAGS[number]}
    if parse is not head:
        if number == "sg":
            wanted.add(head.tag.gender)
        if case == "accs" and (number == "pl" or head.tag.gender == "masc"):
            wanted.add(head.tag.animacy)
    form = parse.inflect({mark for mark in wanted if mark})
    return None if form is None else _like(word, form.word)


def _unknown_noun(lexeme: Lexeme, case: Case) -> str:
    """A noun that the dictionary lacks declines by its ending; a term stays as it is."""
    if lexeme.kind not in _UNKNOWN_DECLINE:
        return lexeme.text
    for entry in _data()["noun"]:
        if lexeme.text.lower().endswith(tuple(entry["ends"])) and entry.get("gender", lexeme.gender) == lexeme.gender:
            stem = lexeme.text[: len(lexeme.text) - entry["cut"]]
            return stem + str(entry["endings"][CASES.index(case) - 1])
    return lexeme.text


def _nominative(word: str, lexeme: Lexeme) -> Any | None:
    """The reading of the word as a nominative that fits what the glossary says of gender and number."""
    readings = [parse for parse in _analyser().parse(word.lower()) if _is_nominative(parse)]
    if not any(parse.is_known for parse in readings) and lexeme.kind in _UNKNOWN_DECLINE and lexeme.text == word:
        return None
    for fits in _preferences(lexeme):
        readings = [parse for parse in readings if fits(parse.tag)] or readings
    return readings[0] if readings else None


def _is_nominative(parse: Any) -> bool:
    return ("nomn" in parse.tag and parse.tag.POS != "ADJS") or parse.tag.POS in ("PREP", "CONJ")


def _preferences(lexeme: Lexeme) -> Iterator[Any]:
    wanted = _TAGS[lexeme.number or "sg"]
    yield lambda tag: tag.number == wanted
    if gender := _GENDERS.get(lexeme.gender):
        yield lambda tag: tag.POS != "NOUN" or tag.gender == gender
    if lexeme.kind == "place":
        yield lambda tag: "Geox" in tag


def _like(written: str, form: str) -> str:
    """`form` (lower case) with the capitals of `written`: «Нур-Султан» → «Нур-Султана»."""
    parts = form.split("-")
    models = written.split("-")
    if len(parts) != len(models):
        return form.capitalize() if written[:1].isupper() else form
    return "-".join(_capitals(part, model) for part, model in zip(parts, models, strict=True))


def _capitals(form: str, model: str) -> str:
    if len(model) > 1 and model.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
