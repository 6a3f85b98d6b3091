"""Russian forms: six cases of persons, places and adjective–noun terms.

Personal names follow pytrovich (the rules of Petrovich), places and common words pymorphy3 with the OpenCorpora dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tolmach.morphology.lexeme import Case, Form, Lexeme, Number

CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_NUMBERS: tuple[Number, ...] = ("sg", "pl")
_TAGS = {"sg": "sing", "pl": "plur"}


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The name or term in all cases, terms and surnames in both numbers.

    >>> [form.text for form in forms(Lexeme("Совет безопасности"))][:3]
    ['Совет безопасности', 'Совета безопасности', 'Совету безопасности']
    """
    if lexeme.indeclinable or lexeme.acronym:
        return (Form(lexeme.text),)
    if lexeme.kind == "person":
        return tuple(_person_forms(lexeme))
    numbers = _NUMBERS if lexeme.kind in ("term", "office", "event", "other") and lexeme.number != "pl" else (lexeme.number or "sg",)
    return tuple(
        Form(text, case, "pl" if number == "pl" else "sg")
        for number in numbers
        for case in CASES
        if (text := _inflect_phrase(lexeme, case, number)) is not None
    )


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The form in the case and number of `like`."""
    found = tuple(form.text for form in forms(lexeme) if form.case == like.case and form.number == like.number)
    return found or tuple(form.text for form in forms(lexeme) if form.case == like.case)[:1]


def is_given_name(word: str) -> bool:
    """Does the dictionary know the word as a given name (in any case)?"""
    return any("Name" in parse.tag for parse in _analyser().parse(word) if parse.is_known)


def is_common_word(word: str) -> bool:
    """Does the dictionary know the word and not as a name of a person?"""
    parses = [parse for parse in _analyser().parse(word) if parse.is_known]
    return bool(parses) and not any({"Name", "Surn", "Patr"} & set(parse.tag.grammemes) for parse in parses)


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


def _person_forms(lexeme: Lexeme) -> Iterator[Form]:
    for case in CASES:
        yield Form(_person(lexeme.text, case, lexeme.gender, given=lexeme.given), case)
    if not lexeme.given and lexeme.gender != "f":
        for case in CASES:
            if plural := _surname_plural(lexeme.text, case):
                yield Form(plural, case, "pl")


def _person(name: str, case: Case, gender: str, *, given: bool) -> str:
    if case == "nomn":
        return name
    from pytrovich.enums import Case as PytrovichCase
    from pytrovich.enums import Gender, NamePart

    cases = {
        "gent": PytrovichCase.GENITIVE,
        "datv": PytrovichCase.DATIVE,
        "accs": PytrovichCase.ACCUSATIVE,
        "ablt": PytrovichCase.INSTRUMENTAL,
        "loct": PytrovichCase.PREPOSITIONAL,
    }
    part = NamePart.FIRSTNAME if given else NamePart.LASTNAME
    if given and name.endswith(("вич", "вна", "ична")):
        part = NamePart.MIDDLENAME
    # Only the last part of a double name declines: «Касым-Жомарта», «Гурбангулы».
    first, hyphen, last = name.rpartition("-")
    declined: str = _maker().make(part, Gender.FEMALE if gender == "f" else Gender.MALE, cases[case], last)
    return first + hyphen + declined


# Plural of surnames in -ов, -ев, -ин, -ын («Токаевы»): Зализняк, mixed declension.
_PLURAL_ENDINGS = {"nomn": "ы", "gent": "ых", "datv": "ым", "accs": "ых", "ablt": "ыми", "loct": "ых"}


def _surname_plural(name: str, case: Case) -> str:
    return name + _PLURAL_ENDINGS[case] if name.endswith(("ов", "ев", "ёв", "ин", "ын")) else ""


def _inflect_phrase(lexeme: Lexeme, case: Case, number: str) -> str | None:
    """The term with its head and the adjectives before it in that case and number; None where a word has no such form."""
    words = lexeme.text.split(" ")
    parses = [_nominative(word, lexeme) for word in words]
    head = next((index for index, parse in enumerate(parses) if parse is not None and parse.tag.POS == "NOUN"), None)
    if head is None:
        return _unknown_noun(lexeme, case) if len(words) == 1 and number != "pl" else (lexeme.text if case == "nomn" else None)
    declined = [_word_form(word, parse, parses[head], case, number) for word, parse in zip(words[: head + 1], parses, strict=False)]
    return None if None in declined else " ".join((*filter(None, declined), *words[head + 1 :]))


def _word_form(word: str, parse: Any | None, head: Any, case: Case, number: str) -> str | None:
    if parse is None or (case == "nomn" and number != "pl"):
        return word if case == "nomn" else None
    wanted = {case, _TAGS[number]}
    if parse is not head:
        if number == "sg":
            wanted.add(head.tag.gender)
        if case == "accs" and (number == "pl" or head.tag.gender == "masc"):
            wanted.add(head.tag.animacy)
    form = parse.inflect({mark for mark in wanted if mark})
    return None if form is None else _like(word, form.word)


# Names that the dictionary lacks decline by their ending (Зализняк: types 1a, 2a, 3a, 4a, 6a, 7a, 8a); others stay as they are.
_DECLENSIONS: tuple[tuple[str, int, tuple[str, str, str, str, str]], ...] = (
    ("ия", 1, ("и", "и", "ю", "ей", "и")),
    ("я", 1, ("и", "е", "ю", "ей", "е")),
    ("га", 1, ("и", "е", "у", "ой", "е")),
    ("ка", 1, ("и", "е", "у", "ой", "е")),
    ("ха", 1, ("и", "е", "у", "ой", "е")),
    ("а", 1, ("ы", "е", "у", "ой", "е")),
    ("й", 1, ("я", "ю", "й", "ем", "е")),
)
_HUSHING = ("ж", "ш", "ч", "щ", "ц")


def _unknown_noun(lexeme: Lexeme, case: Case) -> str | None:
    if case == "nomn":
        return lexeme.text
    if lexeme.kind not in ("place", "organisation", "event", "other"):
        return None
    index = CASES.index(case) - 1
    name = lexeme.text
    for ending, cut, endings in _DECLENSIONS:
        if name.endswith(ending):
            return name[:-cut] + endings[index]
    if name.endswith("ь"):
        return name[:-1] + (("и", "и", "ь", "ью", "и") if lexeme.gender == "f" else ("я", "ю", "ь", "ем", "е"))[index]
    if name[-1:].lower() in "бвгджзклмнпрстфхцчшщ":
        return name + ("а", "у", "", "ем" if name.endswith(_HUSHING) else "ом", "е")[index]
    return name


def _nominative(word: str, lexeme: Lexeme) -> Any | None:
    """The reading of the word as a nominative that fits what the glossary says of gender and number."""
    readings = [parse for parse in _analyser().parse(word.lower()) if "nomn" in parse.tag or parse.tag.POS in ("PREP", "CONJ")]
    readings = [parse for parse in readings if parse.tag.POS not in ("ADJS",)]
    genders = {"m": "masc", "f": "femn", "n": "neut"}
    wanted = genders.get(lexeme.gender)
    if lexeme.number == "pl":
        readings = [parse for parse in readings if parse.tag.number == "plur"] or readings
    elif singular := [parse for parse in readings if parse.tag.number == "sing"]:
        readings = singular
    if wanted and (fitting := [parse for parse in readings if parse.tag.gender == wanted and parse.tag.POS == "NOUN"]):
        readings = fitting + [parse for parse in readings if parse not in fitting]
    if lexeme.kind == "place" and (places := [parse for parse in readings if "Geox" in parse.tag]):
        readings = places
    return readings[0] if readings else None


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
