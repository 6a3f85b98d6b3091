"""The head of a Russian term, the words that agree with it, and their forms (dictionary: pymorphy3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import filterfalse
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.lexeme import Case, Lexeme, Number
from tolmach.morphology.russian_declension import common, has_rule

_FIXED = object()
_SHORT_ACRONYM = 4
_LETTERS_OF_ACRONYM = 2
QUOTED = re.compile(r"([«„\"“])([^«»„“”\"]+)([»“”\"])")
_PERSONAL = frozenset({"Name", "Surn", "Patr"})
_TAGS = {"sg": "sing", "pl": "plur"}
GENDERS = {"m": "masc", "f": "femn", "n": "neut"}
NAMES = ("place", "organisation", "event", "other")
_REMEMBERED = 1 << 13
# Older, colloquial and misspelt forms of the dictionary; a second genitive or locative.
_MARKED = frozenset(
    {"V-oy", "V-ey", "Arch", "Infr", "Slng", "Erro", "Dist", "gen2", "loc2", "acc2", "V-bi", "V-be", "V-sh", "V-ie"}
)


@dataclass(frozen=True)
class Phrase:
    """A term taken apart: `words` up to the head with their readings (None: unchanged), `rest` stays as it is.

    `number` is that of the text itself, `head` the place of the head; `second` is a phrase of equal rank («Босния и
    Герцеговина») that declines, too, after the word `link`.
    """

    words: tuple[str, ...]
    readings: tuple[Any, ...]
    head: int
    number: Number
    rest: tuple[str, ...]
    link: str = ""
    second: Phrase | None = None

    def form(self, case: Case, number: Number) -> str | None:
        """The phrase in that case and number, without what follows the head; None where a word has no such form."""
        declined_words = [
            word_form(word, parse, self.readings[self.head], case, number, same=number == self.number)
            for word, parse in zip(self.words, self.readings, strict=True)
        ]
        if None in declined_words:
            return None
        text = " ".join(filter(None, declined_words))
        if self.second is None:
            return text
        other = self.second.form(case, self.second.number)
        return None if other is None else f"{text} {self.link} {other}".replace("  ", " ")


def is_acronym(text: str) -> bool:
    """Is it written in capitals only («ОДКБ», «АО "КТЖ"»)?"""
    letters = [letter for letter in text if letter.isalpha()]
    if " " in text or len(letters) < _LETTERS_OF_ACRONYM:
        return False
    # «ЕврАзЭС»
    mixed = "-" not in text and not text.isupper() and text[-2:].isalpha() and text[-2:].isupper()
    return mixed or (all(letter.isupper() for letter in letters) and not _is_shouted_place(text))


def _is_shouted_place(text: str) -> bool:
    # «МОСКВА», but «США»
    tags = [parse.tag for parse in lexicon.known(text.lower())] if len(text) > _SHORT_ACRONYM else []
    return any("Geox" in tag and "Abbr" not in tag for tag in tags)


def two_parts_decline(name: str) -> bool:
    """Is it a name such as «Гусь-Хрустальный», «Каменск-Уральский»?"""
    first, hyphen, second = name.partition("-")
    return bool(hyphen and first) and second.endswith(tuple(phrase_table()["phrase"]["adjective_ends"]))


def like(written: str, form: str) -> str:
    """`form` (small letters) with the capitals of `written`: «Нур-Султан» → «Нур-Султана».

    >>> like("Кот-д’Ивуар", "кот-д’ивуара"), like("Львов", "львовом")
    ('Кот-д’Ивуара', 'Львовом')
    """
    models, parts = written.split("-"), form.split("-")
    if len(parts) != len(models):
        models, parts = [written], [form]
    return "-".join(_capitals(part, model) for part, model in zip(parts, models, strict=True))


def _capitals(form: str, model: str) -> str:
    if len(model) > 1 and model.isupper():
        return form.upper()
    same = common(model.lower(), form)
    written = model[:same] + form[same:]
    # «Ёж», «Ежа»: no letter in common
    return written.capitalize() if not same and model[:1].isupper() else written


@cache
def phrase_table() -> dict[str, Any]:
    """The tables of `russian.toml`."""
    return load_table("tolmach.morphology", "russian.toml")


@lru_cache(_REMEMBERED)
def analysed(lexeme: Lexeme) -> Phrase | None:
    """The phrase taken apart; None when no word can be its head (it declines by its ending or not at all)."""
    words = lexeme.text.split(" ")
    if lexeme.kind in NAMES and is_foreign_title(words):
        return None
    if len(words) == 1 and lexeme.kind in NAMES:
        reading = None if two_parts_decline(words[0]) else name_reading(words[0], lexeme)
        if reading is None and lexeme.kind != "place":
            # «Зелёные»
            reading = next((parse for parse in _adjectives(words[0]) if parse.is_known), None)
        return reading and Phrase((words[0],), (reading,), 0, number_of(reading), ())
    if lexeme.kind in NAMES and words[0][:1].isupper() and not _is_common(words[0]):
        return None
    fits = list(_fitting(words, lexeme))
    if not fits:
        return None
    # «уголовный» may be a noun, too: the head is the last word that fits.
    head, readings = fits[-1] if _adjectives(words[0]) else fits[0]
    number = number_of(readings[head])
    link, second = _second(words, head, lexeme)
    end = head + 1
    may_agree = len(words) == end + 1 and (words[end].islower() or lexeme.kind == "place") and words[end] != "и"
    if may_agree and not second and (after := _agreeing(words[end], readings[head])):
        # «папа римский», «остров Змеиный»
        readings, end = [*readings, after], end + 1
    rest = () if second else tuple(words[end:])
    return Phrase(tuple(words[:end]), tuple(readings), head, number, rest, link, second)


def is_foreign_title(words: Sequence[str]) -> bool:
    """Is it a name in another language («Вашингтон пост»), unlike «пограничный пост»?"""
    known_last = len(words) > 1 and words[-1].lower() in phrase_table()["phrase"]["foreign_last"]
    return known_last and not _adjectives(words[0])


def _is_common(word: str) -> bool:
    """May the word begin a term: an adjective, or a noun that is not only known as a name of a person?"""
    if word.lower() in phrase_table()["phrase"]["foreign"]:
        return False
    nouns = (parse.tag.grammemes for parse in lexicon.known(word.lower()) if parse.tag.POS == "NOUN")
    return bool(_adjectives(word)) or any(not _PERSONAL & tags for tags in nouns)


def number_of(reading: Any) -> Number:
    """The number of a reading; of a noun without one the singular."""
    return "pl" if reading.tag.number == "plur" else "sg"


def _second(words: Sequence[str], head: int, lexeme: Lexeme) -> tuple[str, Phrase | None]:
    """What follows the head with the same rank: «Босния и Герцеговина», «город Алматы», «Папуа — Новая Гвинея»."""
    follows = words[head + 1 :]
    if len(follows) > 1 and follows[0] in phrase_table()["phrase"]["links"]:
        second = _as_name(" ".join(follows[1:]), lexeme)
        return (follows[0], second) if second and not second.rest else ("", None)
    if len(follows) == 1 and words[head].lower() in phrase_table()["phrase"]["appositions"]:
        second = _as_name(follows[0], replace(lexeme, kind="place"))
        masculine = second is not None and second.readings[second.head].tag.gender != "femn"
        return "", None if masculine and words[head].lower() in phrase_table()["phrase"]["same_gender"] else second
    return "", None


def _as_name(text: str, lexeme: Lexeme) -> Phrase | None:
    return analysed(replace(lexeme, text=text, number="", gender=""))


def _fitting(words: Sequence[str], lexeme: Lexeme) -> Iterator[tuple[int, list[Any]]]:
    """Every place where a head may stand, with the readings of the words up to it."""
    for index, word in enumerate(words):
        heads = _nouns(word, lexeme) or (_adjectives(word) if index == 0 and _stands_alone(words) else ())
        for head in heads:
            before = [_agreeing(earlier, head) for earlier in words[:index]]
            if all(before):
                yield index, [None if parse is _FIXED else parse for parse in before] + [head]
                break
        if not (_adjectives(word) or word in ("и",)):
            return


def _agreeing(word: str, head: Any) -> Any | None:
    """The reading of an adjective that agrees with the head; a conjunction between adjectives stays."""
    if word == "и":
        return _FIXED
    for parse in _adjectives(word):
        same_gender = parse.tag.gender == head.tag.gender or head.tag.number == "plur" or head.tag.gender is None
        if parse.tag.number == head.tag.number and same_gender:
            return parse
    return None


def _stands_alone(words: Sequence[str]) -> bool:
    """May an adjective or participle be the head itself («исполняющий обязанности», «уполномоченный по …»)?"""
    return len(words) == 1 or not _adjectives(words[1])


@lru_cache(_REMEMBERED)
def _adjectives(word: str) -> tuple[Any, ...]:
    found = [p for p in lexicon.readings(word.lower()) if p.tag.POS in ("ADJF", "PRTF") and "nomn" in p.tag]
    rare = phrase_table()["phrase"]["rare_adjectives"]
    return tuple(sorted(found, key=lambda parse: parse.normal_form in rare))


def _nouns(word: str, lexeme: Lexeme) -> list[Any]:
    """The readings of the word as a noun in the nominative, the best first."""
    small_word = any(parse.tag.POS in ("PREP", "CONJ") for parse in lexicon.readings(word)[:1])
    if is_acronym(word) or small_word or word in phrase_table()["phrase"]["links"]:
        return []
    found = [p for p in lexicon.readings(word.lower()) if p.tag.POS == "NOUN" and "nomn" in p.tag]
    if any(parse.is_known for parse in found):
        found = [parse for parse in found if parse.is_known]
    elif lexeme.kind == "office" and word.endswith(("ы", "и", "у", "ю", "э", "о")):
        return []
    for fits in _preferences(lexeme):
        found = [*filter(fits, found), *filterfalse(fits, found)]
    if lexeme.number:
        found = [p for p in found if p.tag.number == _TAGS[lexeme.number]]
    return found


def _preferences(lexeme: Lexeme) -> Iterator[Any]:
    """What to prefer among readings, the weakest wish first."""
    yield lambda parse: "Fixd" not in parse.tag
    yield lambda parse: not _PERSONAL & parse.tag.grammemes
    yield lambda parse: parse.tag.number == "sing"
    if gender_tag := GENDERS.get(lexeme.gender):
        yield lambda parse: parse.tag.gender == gender_tag
    if lexeme.kind == "place":
        yield lambda parse: "Geox" in parse.tag


def name_reading(word: str, lexeme: Lexeme) -> Any | None:
    """The dictionary's reading of a name of one word, when it is to be trusted."""
    if is_acronym(word) or has_rule(word, "own_place"):
        return None
    nouns = [parse for parse in _nouns(word, lexeme) if parse.is_known]
    names = [p for p in nouns if {"Geox", "Orgn"} & p.tag.grammemes]
    common = [p for p in nouns if not {"Name", "Surn", "Patr", "anim"} & p.tag.grammemes]
    if lexeme.kind == "place" and _adjectives(word) and not names:
        return None
    return next(iter(names or common), None)


def word_form(word: str, parse: Any, head: Any, case: Case, number: Number, *, same: bool) -> str | None:
    """The word in that case and number, agreeing with the head; None where the dictionary has no such form.

    `parse` is the reading of the word (None: it never changes), `same` whether `number` is the word's own.
    """
    if parse is None or (case == "nomn" and same):
        return word
    wanted = {case, _TAGS[number]}
    if parse is not head:
        if number == "sg":
            wanted.add(head.tag.gender or "masc")
        if case == "accs":
            wanted |= _animacy(parse, head, number)
    elif parse.tag.POS != "NOUN":
        # «уполномоченный» is a noun now, that of a person
        wanted |= {parse.tag.gender} if number == "sg" else set()
        wanted |= _animacy(parse, head, number) if case == "accs" else set()
    found = inflected(parse, frozenset(wanted))
    return None if found is None else like(word, found)


def _animacy(parse: Any, head: Any, number: Number) -> set[str]:
    if number == "sg" and head.tag.gender != "masc":
        return set()
    return {"anim" if head.tag.animacy == "anim" or head.tag.POS != "NOUN" else "inan"}


@lru_cache(_REMEMBERED)
def inflected(parse: Any, wanted: frozenset[str]) -> str | None:
    """The form of a reading with these grammemes, in small letters; None where there is none."""
    # Of several forms the one most like the nominative: «Высшей», not «Высочайшей».
    fitting = [form for form in _lexeme(parse) if wanted <= form.tag.grammemes and not _MARKED & form.tag.grammemes]
    if not fitting:
        found = parse.inflect(wanted)
        return None if found is None else str(found.word)
    return str(max(fitting, key=lambda form: common(parse.word, form.word) if form.tag.POS != "NOUN" else 0).word)


@lru_cache(_REMEMBERED)
def _lexeme(parse: Any) -> tuple[Any, ...]:
    return tuple(parse.lexeme)
