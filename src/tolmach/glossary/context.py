"""What stands around a found form: whose name it is, and whether it is quoted as part of a title.

A family name with another person's given name before it, or a given name with a family name after it, is another person. The words
to judge by are data (glossary/contexts); a Russian given name is known from the dictionary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import regex

from tolmach.text.model import Span

Verdict = Literal["counts", "other", "unclear"]

_WINDOW = 90
_QUOTE_WINDOW = 300
_BEFORE = regex.compile(r"(?P<word>[\p{L}\p{M}'\u2019\u00ad.-]+)[\s\u00a0\u202f]+$")
_AFTER = regex.compile(r"(?P<gap>[\s\u00a0\u202f]+|[-\u2010\u2011])(?P<word>[\p{L}\p{M}\u00ad'\u2019]+\.?)")
_INITIAL = regex.compile(r"\p{Lu}\p{Ll}{0,3}\.")
_QUOTES = frozenset("\"\u201e\u201c\u201d\u00ab\u00bb\u201a\u2018\u203a\u2039")
_WORD_AT_END = regex.compile(r"[\p{L}\u00ad]+$")


@dataclass(frozen=True)
class Surroundings:
    """The words to judge by in one language."""

    language: str
    surname_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    role_endings: tuple[str, ...]
    role_words: frozenset[str]
    openers: frozenset[str]
    determiners: frozenset[str]
    locative: frozenset[str]
    given_names: frozenset[str]
    works: frozenset[str]

    def is_role(self, word: str) -> bool:
        """Does the word (folded) name a profession, rank or role?"""
        last = word.rsplit("-", 1)[-1]
        return last in self.role_words or (bool(self.role_endings) and last.endswith(self.role_endings))

    def is_given_name(self, word: str) -> bool:
        """Is the word (folded) a given name?"""
        if word in self.given_names or word.split("-")[0] in self.given_names:
            return True
        if self.language == "ru":
            from tolmach.morphology.russian import is_given_name

            return is_given_name(word)
        return False


@cache
def surroundings(language: str) -> Surroundings | None:
    """The data of a language; None where there is none."""
    place = files(__package__).joinpath("contexts", f"{language}.toml")
    if not place.is_file():
        return None
    data = tomllib.loads(place.read_text(encoding="utf-8"))
    return Surroundings(
        language,
        tuple(data["surname_endings"]),
        tuple(data["patronymic_endings"]),
        tuple(data["role_endings"]),
        frozenset(data["role_words"]),
        frozenset(data["openers"]),
        frozenset(data["determiners"]),
        frozenset(data["locative"]),
        frozenset(fold(name) for name in data["given_names"]),
        frozenset(fold(noun + ending) for noun in data["work_nouns"] for ending in data["work_endings"]),
    )


def fold(word: str) -> str:
    """The word for looking up: case, ß, ё and soft hyphens do not count."""
    return word.replace("\u00ad", "").casefold().replace("\u0451", "\u0435")


def family_name(text: str, span: Span, language: str, own_given: Collection[str]) -> Verdict:
    """Whose family name stands at `span`: `own_given` are the folded given names (all cases) of the person in question.

    Alone, after a title and after one of his given names or their initials it counts; with another given name it is somebody else.
    """
    known = surroundings(language)
    if known is None:
        return "unclear"
    first, second = _words_before(text, span.start, 2)
    if first and (_INITIAL.fullmatch(first) or fold(first).endswith(known.patronymic_endings)) and second[:1].isupper():
        # «K. K. Maximow», «Wladimir Jemeljanowitsch Maximow»: the name before the patronymic decides.
        first, second = second, _words_before(text, span.start, 3)[2]
    if not first[:1].isupper():
        return "other" if _given_name_follows(text, span, known, own_given) else "counts"
    if _INITIAL.fullmatch(first):
        return "counts" if _is_own_initial(first, own_given) else _initial_or_title(first, known)
    return _after_capital(fold(first.strip(".-'\u2019")), second, known, own_given)


def _is_own_initial(word: str, own_given: Collection[str]) -> bool:
    return any(name.startswith(fold(word[:-1])) for name in own_given)


def _initial_or_title(word: str, known: Surroundings) -> Verdict:
    return "counts" if fold(word[:-1]) in known.role_words else "other"


def _after_capital(word: str, before: str, known: Surroundings, own_given: Collection[str]) -> Verdict:
    if word in own_given:
        return "counts"
    if known.is_given_name(word):
        return "other"
    if word in known.openers or known.is_role(word) or fold(before) in known.determiners:
        return "counts"
    if known.language == "ru":
        from tolmach.morphology.russian import is_common_word

        return "counts" if is_common_word(word) else "other"
    # An adjective before a capitalised word shows that it is a noun: «der ehemalige Kollege Maximow».
    if known.language == "de" and before[:1].islower() and before.endswith(("e", "en", "er", "em", "es")) and len(before) > 4:
        return "counts"
    return "other"


def _given_name_follows(text: str, span: Span, known: Surroundings, own_given: Collection[str]) -> bool:
    """«Максимов Владимир»: the given name stands after the family name and no other name after it."""
    found = _AFTER.match(text, span.end)
    if not found or not found["word"][:1].isupper() or found["gap"].strip():
        return False
    word = fold(found["word"])
    further = _AFTER.match(text, found.end())
    if further and further["word"][:1].isupper() and not fold(further["word"]).endswith(known.patronymic_endings):
        return False
    return word not in own_given and known.is_given_name(word)


def given_name(text: str, span: Span, language: str, family_names: Collection[str], *, genitive: bool) -> Verdict:
    """Is the form at `span` a given name here, because a family name, patronymic or initial follows? Then it is `other`.

    `family_names` are the folded family names that the glossary knows; a `genitive` («Nursultans Flughafen») is never followed by one.
    """
    known = surroundings(language)
    if known is None:
        return "unclear"
    found = _AFTER.match(text, span.end)
    if genitive or not found or not found["word"][:1].isupper():
        return "counts"
    word = fold(found["word"]).rstrip(".")
    stem = word.removesuffix("s")
    if _INITIAL.fullmatch(found["word"]) or {word, stem} & set(family_names):
        return "other"
    shouted = found["word"].isupper() and text[span.start : span.end].isupper()
    if len(stem) > 3 and (stem.endswith(known.surname_endings) or word.endswith(known.surname_endings)):
        return "other"
    if found["gap"].strip() or shouted:
        return "counts"
    before = fold(_words_before(text, span.start, 1)[0])
    return "counts" if before in known.locative else "other"


def _words_before(text: str, place: int, count: int) -> list[str]:
    """The `count` words before `place`, nearest first; "" where a sentence begins or another sign stands between."""
    window = text[max(0, place - _WINDOW) : place]
    words = []
    for _step in range(count):
        found = _BEFORE.search(window)
        word = found["word"] if found else ""
        if word.endswith(".") and not _INITIAL.fullmatch(word):
            word = ""
        words.append(word.lstrip(".-'\u2019"))
        window = window[: found.start()] if found and word else ""
    return words


def in_title(text: str, span: Span, language: str) -> bool:
    """Does the span stand in quotation marks directly after a noun that names a work (Buch, Film, книга)?"""
    known = surroundings(language)
    return known is not None and bool(noun := noun_before_quotation(text, span.start)) and _names_work(noun, known)


def _names_work(noun: str, known: Surroundings) -> bool:
    # German compounds name what their last part names: «Dokumentarfilm». Four letters keep «Brutbuch»-like accidents away.
    return noun in known.works or (known.language == "de" and any(noun.endswith(work) for work in known.works if len(work) > 3))


def noun_before_quotation(text: str, place: int) -> str:
    """The word (folded) directly before the quotation that `place` stands in; "" outside of quotations."""
    closed = 0
    for index in range(place - 1, max(-1, place - _QUOTE_WINDOW), -1):
        sign = text[index]
        if sign == "\n" and text[index - 1 : index] == "\n":
            return ""
        if sign not in _QUOTES:
            continue
        if not _opens(text, index):
            closed += 1
        elif closed:
            closed -= 1
        else:
            found = _WORD_AT_END.search(text[max(0, index - _WINDOW) : index].rstrip())
            return fold(found.group()) if found else ""
    return ""


def _opens(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isspace() or before in "([{\u2013\u2014-/" or before in _QUOTES) and not after.isspace()


def sentence_around(text: str, span: Span) -> str:
    """Roughly the sentence of the span: up to the nearest . ! ? or paragraph break on both sides."""
    before = max(text.rfind(sign, 0, span.start) for sign in (". ", "! ", "? ", "\n\n"))
    ends = [place for sign in (". ", "! ", "? ", "\n\n") if (place := text.find(sign, span.end)) >= 0]
    return text[before + 1 : min(ends, default=len(text))]
