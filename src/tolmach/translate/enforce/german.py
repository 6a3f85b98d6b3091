"""German: the form of a term for its place, its article and the adjectives before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from tolmach.morphology.german import declines_attribute, is_adjective, starts_attribute, takes_article
from tolmach.morphology.german_bases import head_place
from tolmach.morphology.lexeme import Form, Lexeme
from tolmach.morphology.paradigm import right_forms
from tolmach.text.model import Span
from tolmach.translate.enforce import german_nouns as nouns
from tolmach.translate.enforce import german_verbs
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.german_old import Old, is_plural, replaced
from tolmach.translate.enforce.german_place import Place, agreeing, article, declined, look, shares
from tolmach.translate.enforce.source_side import is_possessive, source_number
from tolmach.translate.enforce.written import begins, fitted

_NAMES = ("person", "place")
_CASES = {"n": "nom", "g": "gen", "d": "dat", "a": "acc"}
_UNSURE_PLURAL = 0.6
_COMPOUND = 0.9
_LEAST = 0.01
_NEAR = 40  # code points
_POSSESSIVE = 25.0  # factors for a genitive
_NOT_POSSESSIVE = 0.2
_AFTER_NOUN = {"person": 3.0, "place": 15.0}
# «von Kirill Miller»: the preposition governs the given name and the surname.
_GOVERNED = re.compile(r"\b(?:von|mit|bei|für|an|aus|über|durch|gegen|zwischen|und)\s+(?:[A-ZÄÖÜ][\w-]*\.?\s+){1,2}$")
_NEXT = re.compile(r"\s+(?:[a-zäöüß]+(?:e|en|er|es|em)\s+){0,2}([A-ZÄÖÜ][\w-]+)")
_GOES_ON = re.compile(r"\s+([A-ZÄÖÜ][\w-]*)")
_PLURAL_IN_S = 0.9
_LINKING = ("ung", "heit", "keit", "schaft", "ion", "tät", "ing")  # «Meldungs-ID»
_FEW = 0.1  # organisations that have a plural
_REMEMBERED = 1 << 13


def ranked(task: Task) -> tuple[Choice, ...]:
    """The forms of the term with what changes before it, the likeliest first."""
    if german_verbs.is_small(task.lexeme):
        return german_verbs.ranked(task)
    if inside := _compound(task):
        return (inside,)
    shown = source_number(task.source, task.source_span, task.source_language)
    old = replaced(task.old, task.like, shown)
    place = look(task.text, task.span.start)
    total: dict[tuple[Change, ...], tuple[float, str, str, str]] = {}
    for cell, number, share in _cells(task, place, old):
        form, sure = _form(task.lexeme, cell, number, place)
        changes = tuple(_changes(task, place, form, cell, number, old))
        chance, *_rest = total.get(changes, (0.0, "", "", ""))
        total[changes] = (chance + share * sure, form, _CASES[cell], number)
    ordered = sorted(total.items(), key=lambda entry: -entry[1][0])
    return tuple(
        Choice(_written(form, task), changes, case, number, min(1.0, chance))
        for changes, (chance, form, case, number) in ordered
        if chance > _LEAST
    ) or (Choice(task.lexeme.text, (Change(task.span, task.lexeme.text),), "nom", "sg", 0.0),)


def _written(form: str, task: Task) -> str:
    """With a capital at the beginning of a sentence or label; elsewhere that of a noun says nothing of an adjective."""
    if form[:1].islower() and " " not in task.old and not begins(task.text, task.span.start):
        return form
    return fitted(form, task.text, task.span)


def _compound(task: Task) -> Choice | None:
    """A part of a compound («Obama-Regierung») does not decline."""
    tail = next((base.tail for base in task.like if base.tail), "")
    after, before = task.text[task.span.end : task.span.end + 2], task.text[: task.span.start][-1:]
    joined = bool(re.match(r"-?\w", after))
    if not tail and not joined and not (before.isalpha() or before == "-"):
        return None
    text = task.lexeme.text.replace(" ", "-") if tail or joined else task.lexeme.text
    if (after.startswith("-") or tail.startswith("-")) and task.lexeme.kind not in _NAMES and text.endswith(_LINKING):
        text += "s"
    if before.isalpha():
        text = text.lower()
    closed = (joined and after[0] != "-") or before.isalpha()
    form = text + tail
    return Choice(form, (Change(task.span, form),), "nom", "sg", _COMPOUND / 2 if closed else _COMPOUND)


@lru_cache(_REMEMBERED)
def _gender(lexeme: Lexeme) -> str:
    if lexeme.gender or lexeme.kind == "person":
        return lexeme.gender
    if lexeme.kind == "place" and takes_article(lexeme.text):
        places: dict[str, list[str]] = nouns.rules()["places"]
        return next((sex for sex, names in places.items() if lexeme.text in names), "f")
    words = lexeme.text.split(" ")
    head = words[head_place(words)] if _is_phrase(lexeme) else words[-1]
    return nouns.gender(head)


def _is_plural(lexeme: Lexeme) -> bool:
    """Is the term itself a plural («personenbezogene Daten»)?"""
    words = lexeme.text.split(" ")
    return lexeme.number == "pl" or (lexeme.kind not in _NAMES and is_plural(words[head_place(words)]))


def _is_phrase(lexeme: Lexeme) -> bool:
    """Is it a term of several words with a head («Warschauer Pakt»), unlike «Sankt Petersburg»?"""
    words = lexeme.text.split(" ")
    if len(words) == 1 or lexeme.kind in _NAMES:
        return False
    return (
        is_adjective(words[0]) or any(map(starts_attribute, words)) or lexeme.kind in ("term", "office", "organisation")
    )


def _cells(task: Task, place: Place, old: Old) -> Iterator[tuple[str, str, float]]:
    """Case, number and probability."""
    name = task.lexeme.kind in _NAMES or task.lexeme.acronym
    plural = old.plural * (_FEW if task.lexeme.kind == "organisation" else 1.0)
    if old.genitive and task.lexeme.kind in _NAMES and not place.determiner and _owns(task, sure=bool(task.like)):
        # «von Mirzajewas Söhnen»: the preposition governs the noun.
        yield "g", "sg", 1.0
        return
    numbers = (("sg", 1.0),) if name else (("pl", plural), ("sg", 1.0 - plural))
    if _is_plural(task.lexeme):
        numbers = (("pl", 1.0),)
    points = {}
    position = _by_position(task, place)
    if old.genitive and not place.determiner and not place.adjectives and task.lexeme.kind not in _NAMES:
        # Common nouns have no genitive without an article: «Triggers» are several.
        old = replace(old, genitive=False)
        numbers = (("pl", _PLURAL_IN_S), ("sg", 1 - _PLURAL_IN_S)) if len(numbers) > 1 else numbers
    for number, weight in numbers:
        genders = "p" if number == "pl" else old.genders or "mfn"
        for case, share in shares(place, genders):
            share *= old.speaks(case) * _by_source(task, place, case) * position.get(case, 1.0)
            points[case, number] = share * weight
    whole = sum(points.values()) or 1.0
    yield from ((case, number, point / whole) for (case, number), point in points.items())


def _by_position(task: Task, place: Place) -> dict[str, float]:
    """Before an infinitive and after «Sie» stands an object («ein Feld anlegen»), at the beginning rather a subject."""
    if place.preposition or (place.determiner and place.determiner.preposition):
        return {}
    follows = re.match(r"\s+([a-zäöüß]+)", task.text[task.span.end : task.span.end + _NEAR])
    small = follows[1] if follows else ""
    if small.endswith("en") and small not in nouns.rules()["small"]["auxiliaries"]:
        return {"a": 4.0}
    if place.before is not None and place.before.text == "Sie":
        # «Öffnen Sie den Ordner»: the subject is there already.
        return {"a": 4.0, "n": 0.1}
    return {"n": 3.0} if place.before is None else {}


def _by_source(task: Task, place: Place, case: str) -> float:
    """A name without an article stands in the genitive after a noun that it owns, or where the source says so."""
    if place.determiner or place.preposition or task.lexeme.kind not in _NAMES or case != "g":
        return 1.0
    if _GOVERNED.search(task.text, max(0, task.span.start - _NEAR), task.span.start):
        return 1.0
    if _continues(task):
        return 1.0
    owned = _is_after_owned(place)
    told = is_possessive(task.source, task.source_span, task.source_language, after_noun=True)
    if told and (owned or (_owns(task) and not _is_titled(place))):
        return _POSSESSIVE
    if not told and task.source_span is not None and task.source_language:
        return _NOT_POSSESSIVE
    return _AFTER_NOUN[task.lexeme.kind] if owned else 1.0


def _is_after_owned(place: Place) -> bool:
    """Does the name stand right after a noun that may belong to it? («am Donnerstag Jerewan» is none.)"""
    if place.before is None or place.adjectives or place.before.span.start == 0:
        return False
    return _is_owned(place.before.text)


def _is_titled(place: Place) -> bool:
    """«dem Präsidenten Tokajew»: the noun before bears the name."""
    return place.before is not None and place.before.text.lower().endswith(_naming())


def _owns(task: Task, *, sure: bool = False) -> bool:
    """Does a common noun follow, perhaps after an adjective: «Mubaraks lange Herrschaft»?

    Where it is `sure` that a genitive stood there, any noun will do.
    """
    found = _NEXT.match(task.text, task.span.end)
    return bool(found and (sure or nouns.gender(found[1])))


def _continues(task: Task) -> bool:
    """Does the name go on («Enrique» before «Pena Nieto»)?"""
    found = _GOES_ON.match(task.text, task.span.end)
    return bool(found and not nouns.gender(found[1]))


def _is_owned(noun: str) -> bool:
    """May a genitive follow: is it a common noun, and none that bears a name («Präsident», «Stadt»)?"""
    return noun[:1].isupper() and bool(nouns.gender(noun)) and not noun.lower().endswith(_naming())


@cache
def _naming() -> tuple[str, ...]:
    return (*nouns.rules()["names"]["naming"], *nouns.rules()["names"]["times"])


def _form(lexeme: Lexeme, case: str, number: str, place: Place) -> tuple[str, float]:
    """The form and how sure it is."""
    if lexeme.indeclinable or (lexeme.acronym and number == "sg"):
        return lexeme.text, 1.0
    if lexeme.kind == "person" or (lexeme.kind == "place" and not takes_article(lexeme.text)):
        genitive = case == "g" and place.determiner is None
        return (right_forms(lexeme, Form("", "gent"), "de")[0] if genitive else lexeme.text), 1.0
    gender = "p" if number == "pl" else _gender(lexeme) or _by_article(place, case)
    if _is_phrase(lexeme):
        return _phrase(lexeme.text.split(" "), case, gender, place)
    return _noun(lexeme.text, case, gender, lexeme)


def _by_article(place: Place, case: str) -> str:
    """The gender that the article shows, where the noun's own is not known."""
    cells = place.determiner.cells if place.determiner else frozenset()
    found = {cell[1] for cell in cells if cell[0] == case} - {"p"}
    return "m" if found == {"m", "n"} else found.pop() if len(found) == 1 else ""


def _phrase(words: list[str], case: str, gender: str, place: Place) -> tuple[str, float]:
    at = head_place(words)
    attributes = [
        declined(word, place.declension, case + gender) if gender and declines_attribute(word) else word
        for word in words[:at]
    ]
    head, sure = _noun(words[at], case, gender)
    return " ".join((*attributes, head, *words[at + 1 :])), sure


def _noun(noun: str, case: str, gender: str, lexeme: Lexeme | None = None) -> tuple[str, float]:
    if gender == "p":
        if (lexeme is not None and lexeme.number == "pl") or is_plural(noun):
            return (nouns.dative_plural(noun) if case == "d" else noun), 1.0
        if lexeme is not None and lexeme.irregular:
            return lexeme.irregular[0], 1.0
        text, sure = nouns.plural(noun)
        return (nouns.dative_plural(text) if case == "d" else text), 1.0 if sure else _UNSURE_PLURAL
    if gender == "m" and nouns.is_weak(noun) and case != "n":
        return nouns.genitive(noun), 1.0
    if case == "g" and gender in ("m", "n") and not noun.isupper():
        return nouns.genitive(noun), 1.0
    return noun, 1.0


def _changes(task: Task, place: Place, form: str, case: str, number: str, old: Old) -> Iterator[Change]:
    gender = "p" if number == "pl" else _gender(task.lexeme)
    written = _written(form, task)
    if task.lexeme.kind == "place":
        yield from _place_changes(task, place, written, case, gender, old)
        return
    yield Change(task.span, written)
    if gender and task.lexeme.kind != "person":
        yield from _before(place, case + gender)


def _before(place: Place, cell: str) -> Iterator[Change]:
    """The article and adjectives as the new gender asks for, where they are other words then."""
    if place.determiner is not None and cell not in place.determiner.cells:
        word = place.determiner.word
        yield Change(word.span, _cased(agreeing(place.determiner, cell), word.text))
    if place.determiner is None:
        return
    for adjective in place.adjectives:
        found = declined(adjective.text, place.declension, cell)
        if found != adjective.text:
            yield Change(adjective.span, found)


def _cased(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def _place_changes(task: Task, place: Place, form: str, case: str, gender: str, old: Old) -> Iterator[Change]:
    """«in Moldawien», but «in der Moldau»: an article comes or goes with a name of a place."""
    wants = takes_article(task.lexeme.text) and task.lexeme.text not in nouns.rules()["names"]["free"]
    determiner = place.determiner
    if wants and determiner is None and not place.adjectives and gender:
        yield Change(task.span, f"{article(case + gender)} {form}")
    elif takes_article(task.lexeme.text):
        yield Change(task.span, form)
        yield from _before(place, case + gender) if gender else ()
    elif determiner is not None and not place.adjectives and takes_article(old.text):
        yield Change(task.span, form)
        preposition = determiner.preposition
        end = task.span.start if not preposition else determiner.word.span.end
        yield Change(Span(determiner.word.span.start, end), _cased(preposition, determiner.word.text))
    else:
        yield Change(task.span, form)
