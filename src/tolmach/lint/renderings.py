"""What may stand for a name in a translation besides its own forms: an adjective, one word shared by two names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Concept, Designation
from tolmach.glossary.patterns import lexeme
from tolmach.lint.rule import View
from tolmach.morphology import adjectives
from tolmach.morphology.paradigm import forms

_BEFORE = 40
_GAP = 60  # signs between the parts of a name that shares a word with another
_SHORTEST_PART = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")


def is_rendered(hit: Hit, source: View, target: View, expected: Iterable[Designation]) -> bool:
    """Has the target an adjective made of the name where the source has an attribute, or the name in another shape?

    «Kasachstans Armee» may be «казахстанская армия»; «министерство здравоохранения» stands in «министерства обороны
    и здравоохранения», «Gesundheitsministerium» in «Gesundheits- und Innenministerium»; «U.S.» is «US».
    """
    designations = list(expected)
    if _is_attribute(hit, source):
        for entry in designations:
            if adjectives.stands(entry.form, hit.concept.kind, target.text, target.language):
                return True
    return any(_is_dotted(entry, target.text) or _is_shared(entry, hit.concept, target) for entry in designations)


def may_be_a_pronoun(hit: Hit, source: View, target: View) -> bool:
    """May a pronoun of the target stand for the person, because the source has fewer of them?"""
    return hit.concept.kind == "person" and _pronouns(target) > _pronouns(source)


def _table(language: str) -> dict[str, Any]:
    tables = load_table("tolmach.lint", "renderings.toml")
    found: dict[str, Any] = tables.get(primary(language), {})
    return found


def _pronouns(view: View) -> int:
    known = _table(view.language).get("pronouns", ())
    return sum(word.lower() in known for word in _WORD.findall(view.text))


def _is_attribute(hit: Hit, view: View) -> bool:
    """Is the name a genitive or an other attribute of a noun («Kasachstans», «der Ukraine», «Kremlin officials»)?"""
    rules = _table(view.language)
    if not rules:
        return False
    if hit.tail:
        return True
    language = primary(view.language)
    words = _WORD.findall(view.text[max(0, hit.span.start - _BEFORE) : hit.span.start])
    last, before = (words[-1].lower() if words else ""), (words[-2] if len(words) > 1 else "")
    if last in rules["of"] or (last in rules["articles"] and before.lower() in rules["of"]):
        return True
    genitive = any(form.case == "gent" for form in hit.forms)
    if language == "ru":
        return genitive and bool(last) and last not in rules["prepositions"]
    if genitive:
        return True
    if language == "de":
        return last in rules["articles"] and bool(before) and before.lower() not in rules["prepositions"]
    # English sets a noun before another.
    return re.match(r"[ \u00a0][a-z]{4}", view.text[hit.span.end :]) is not None


def _is_dotted(entry: Designation, text: str) -> bool:
    """Does the acronym stand there with points («U.S.»)?"""
    dotted = r"\.[ \u00a0]?".join(map(re.escape, entry.form))
    return entry.is_acronym and entry.form.isalpha() and re.search(rf"(?<![\w.]){dotted}\.", text) is not None


def _is_shared(entry: Designation, concept: Concept, target: View) -> bool:
    language = primary(target.language)
    if not _table(language) or entry.is_acronym or concept.kind == "person":
        return False
    pattern = _shared(tuple(form.text for form in forms(lexeme(entry, concept), language)), language)
    return pattern is not None and pattern.search(target.text) is not None


@cache
def _shared(texts: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    """The forms of a name, in two parts that something joined to the name stands between."""
    links = "|".join(map(re.escape, _table(language)["links"]))
    found = list(dict.fromkeys(part for text in texts for part in _parted(text, rf"(?:{links})", language)))
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _parted(text: str, link: str, language: str) -> Iterator[str]:
    words = text.split(" ")
    for place in range(1, len(words)):
        first, last = (r"[\s\u00a0]+".join(map(re.escape, part)) for part in (words[:place], words[place:]))
        gap = rf"[^.!?;:\n]{{1,{_GAP}}}?"
        # «министерства обороны и здравоохранения», «Foreign and Health Ministries»
        yield rf"(?<!\w){first}{gap}(?<!\w){link}\s(?:[^.!?;:\n\s]+\s)?{last}(?!\w)"
        yield rf"(?<!\w){first},?\s{link}{gap}(?<!\w){last}(?!\w)"
    if language == "de" and len(words) == 1 and text[:1].isupper():
        for place in range(_SHORTEST_PART, len(text) - _SHORTEST_PART):
            first, last = re.escape(text[:place]), re.escape(text[place:])
            yield rf"(?<!\w){first}-,?\s{link}\s(?:[^.!?;:\n\s]+\s)?\w+{last}(?!\w)"
