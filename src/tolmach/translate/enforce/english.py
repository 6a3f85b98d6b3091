"""English: the possessive, the plural and the article of a term put in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import function_words
from tolmach.morphology.english import plurals
from tolmach.morphology.lexeme import Lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.source_side import source_number
from tolmach.translate.enforce.written import fitted

_BEFORE = re.compile(r"([A-Za-z’']+)(\s+)$")
_NEAR = 40  # code points
_POSSESSIVE = re.compile(r"['’]s?$")
_SURE, _LIKELY = 0.97, 0.8


def ranked(task: Task) -> tuple[Choice, ...]:
    """The term as the old words stood: singular or plural, with their possessive; then the other number."""
    lexeme = task.lexeme
    mark = _possessive(task)
    plural, sure = _is_plural(task)
    several = list(plurals(lexeme)) or ([lexeme.text + "s"] if plural and lexeme.kind == "person" else [])
    forms = [(lexeme.text, "sg"), *((text, "pl") for text in several[:1])]
    if plural and len(forms) > 1:
        forms.reverse()
    confidence = _SURE if sure or len(forms) == 1 else _LIKELY
    chances = (confidence, 1 - confidence)
    return tuple(
        _choice(task, text + _mark(text, mark, number), "poss" if mark else "nom", number, chance)
        for (text, number), chance in zip(forms, chances, strict=False)
    )


@cache
def _articles() -> dict[str, Any]:
    found: dict[str, Any] = load_table("tolmach.translate.enforce", "english.toml")["article"]
    return found


def _possessive(task: Task) -> str:
    """The apostrophe of the old words, as they write it."""
    found = _POSSESSIVE.search(task.old)
    if found and any(base.case == "poss" for base in task.like):
        return found[0][0]
    known = task.old.endswith(("'s", "’s")) and not task.lexeme.text.endswith(("'s", "’s"))
    return found[0][0] if found and known else ""


def _mark(text: str, mark: str, number: str) -> str:
    if not mark:
        return ""
    return mark if text.endswith("s") and number == "pl" else f"{mark}s"


def _is_plural(task: Task) -> tuple[bool, bool]:
    """Were the old words plural, and is that sure?"""
    ahead = _BEFORE.search(task.text, max(0, task.span.start - _NEAR), task.span.start)
    if task.lexeme.kind == "person" and ahead and ahead[1].lower() == "the" and task.old.endswith("s"):
        # «the Nazarbaevs» are a family.
        return not task.lexeme.text.endswith("s"), True
    if task.like:
        return task.like[0].number == "pl", True
    named = task.lexeme.kind in ("person", "place", "organisation", "event", "other")
    if named or task.lexeme.number == "pl" or (ahead and ahead[1].lower() in ("a", "an")):
        return False, True
    if shown := source_number(task.source, task.source_span, task.source_language):
        return shown == "pl", False
    word = _POSSESSIVE.sub("", task.old).rpartition(" ")[2].lower()
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return plural, False


def _choice(task: Task, form: str, case: str, number: str, chance: float) -> Choice:
    written = fitted(form, task.text, task.span)
    article = tuple(_article(task, written, number))
    inserted = _needed_article(task) if not article else ""
    changes = (Change(task.span, inserted + written), *article)
    return Choice(written, changes, case, number, chance)


def _article(task: Task, form: str, number: str) -> Iterator[Change]:
    """«a» or «an», and no «the» before a name that stands without it."""
    found = _BEFORE.search(task.text, max(0, task.span.start - _NEAR), task.span.start)
    if not found:
        return
    word, span = found[1], Span(*found.span(1))
    if word.lower() in ("a", "an") and number == "sg":
        wanted = function_words.fitting(word, form, "en")
        if wanted != word.lower():
            yield Change(span, wanted.capitalize() if word[0].isupper() else wanted)
    elif word == "the" and takes_article(task.old) and _is_bare(task.lexeme):
        yield Change(Span(span.start, task.span.start), "")


def takes_article(name: str) -> bool:
    """Does the name stand with «the» («the Netherlands», «the European Union»)?"""
    rules = _articles()
    bare = _POSSESSIVE.sub("", name)
    return bare in rules["with"] or (" " in bare and _head(bare) in rules["heads"])


def _head(name: str) -> str:
    words = name.lower().split(" ")
    place = next((at for at, word in enumerate(words) if word in ("of", "for", "on", "in")), len(words))
    return words[max(0, place - 1)]


def _is_bare(lexeme: Lexeme) -> bool:
    """A name that surely has no article: a person, a place or acronym that no list has."""
    return lexeme.kind in ("person", "place") and not takes_article(lexeme.text)


def _needed_article(task: Task) -> str:
    """«the » before a name that needs it, where the old one stood bare."""
    if (
        not takes_article(task.lexeme.text)
        or takes_article(task.old)
        or task.lexeme.kind not in ("place", "organisation")
    ):
        return ""
    before = task.text[max(0, task.span.start - _NEAR) : task.span.start]
    words = re.findall(r"[A-Za-z’'-]+$", before.rstrip())
    attributive = re.match(r"(?:\s+[a-z]+|-)", task.text[task.span.end : task.span.end + _NEAR])
    follows = bool(words) and (words[0].lower() in _articles()["determiners"] or words[0].endswith(("'s", "’s")))
    free = not before.strip() or (bool(words) and words[0].lower() in _articles()["bare_after"])
    if follows or not free or (attributive and attributive[0].strip() not in _articles()["before"]):
        return ""
    return "The " if not before.strip() else "the "
