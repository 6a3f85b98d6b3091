"""What stands around a found form: whose name it is, and whether it is part of a title or another quoted name.

A family name with another person's given name before it, or a given name with a family name after it, is another
person. The words to judge by are data (glossary/contexts); Russian given names and common words are known from the
dictionary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import regex

from tolmach.glossary.quotation import words_before_quotations
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.text.model import Span

Verdict = Literal["counts", "other", "unclear"]

_WINDOW = 90
_HYPHENS = "\u2010\u2011-"
_HYPHEN = r"\u2010\u2011\-"
# Searched backwards (?r), from the place to judge: the words before it are few.
_BEFORE = regex.compile(rf"(?r)(?P<word>[\p{{L}}\p{{M}}'\u2019\u00ad{_HYPHEN}.]+)(?:\s++|(?<=[{_HYPHEN}]))\Z")
_AFTER = regex.compile(rf"(?P<gap>\s++|[{_HYPHEN}])(?P<word>[\p{{L}}\p{{M}}\u00ad'\u2019]++\.?)")
_LISTED = regex.compile(r",?\s++(?P<word>[\p{L}\p{M}\u00ad]++(?:-\p{Lu}[\p{L}\p{M}]*+)?\.?)")
_INITIAL = regex.compile(r"\p{Lu}\p{Ll}?\.")
_INITIALS = regex.compile(
    rf"(?r)(?<![\p{{L}}.])(?P<first>\p{{Lu}}\p{{Ll}}?)\.(?:\s?-?\p{{Lu}}\p{{Ll}}?\.){{0,2}}[\s{_HYPHEN}]*+\Z"
)
_NAME_AFTER_INITIALS = regex.compile(r"(?:\s*+\p{Lu}\p{Ll}?\.)*+\s++\p{Lu}\p{L}")
_TITLE = regex.compile(r"(?r)(?<!\p{L})(?P<word>\p{L}[\p{L}-]*)\.\s*\Z")
_SENTENCE_ENDS = (". ", "! ", "? ", "\n\n")
_SENTENCE_REACH = 500


@dataclass(frozen=True)
class Surroundings:
    """The words to judge by in one language, all folded."""

    language: str
    surname_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    role_endings: tuple[str, ...]
    longer_endings: tuple[str, ...]
    role_words: frozenset[str]
    titles: frozenset[str]
    retired: tuple[str, ...]
    women: frozenset[str]
    openers: frozenset[str]
    opener_endings: tuple[str, ...]
    determiners: frozenset[str]
    adjective_endings: tuple[str, ...]
    locative: frozenset[str]
    noun_endings: tuple[str, ...]
    nouns: frozenset[str]
    given_names: frozenset[str]
    work_nouns: tuple[str, ...]
    no_works: frozenset[str]

    def is_role(self, word: str) -> bool:
        """Does the word name a profession, rank or role?"""
        last = word.rsplit("-", 1)[-1]
        if last in self.role_words or last.endswith(self.role_endings or ("\0",)):
            return True
        return any(last.endswith(ending) and len(last) >= len(ending) + 5 for ending in self.longer_endings)

    def names_a_woman(self, word: str) -> bool:
        """Is the word the title or profession of a woman?"""
        if word in self.women:
            return True
        if self.language == "ru":
            from tolmach.morphology.russian import names_a_woman

            return names_a_woman(word)
        return self.language == "de" and word.endswith("in") and self.is_role(word[:-2].replace("ä", "a"))

    def is_given_name(self, word: str) -> bool:
        """Is the word a given name?"""
        if word in self.given_names or word.split("-")[0] in self.given_names:
            return True
        if self.language == "ru":
            from tolmach.morphology.russian import is_given_name

            return is_given_name(word)
        return word.removesuffix("s") in self.given_names

    def is_noun(self, word: str) -> bool:
        """Is the word known as a common noun or name of a place that follows another name («Nursultan-Interview»)?"""
        return word in self.nouns or word.endswith(self.noun_endings or ("\0",)) or self.is_role(word)

    def is_family_name(self, word: str) -> bool:
        """Does the word end like a family name?"""
        stem = word.removesuffix("s")
        return (
            len(stem) > 3
            and not self.is_noun(word)
            and (stem.endswith(self.surname_endings) or word.endswith(self.surname_endings))
        )


@cache
def surroundings(language: str) -> Surroundings | None:
    """The data of a language; None where there is none."""
    place = files("tolmach.glossary").joinpath("contexts", f"{language}.toml")
    if not place.is_file():
        return None
    data: dict[str, list[str]] = tomllib.loads(place.read_text(encoding="utf-8"))
    values: dict[str, Any] = {key: tuple(dict.fromkeys(map(fold, words))) for key, words in data.items()}
    # What is looked up is a set, endings are a tuple.
    sets = [one.name for one in fields(Surroundings) if str(one.type).startswith("frozenset")]
    values.update({key: frozenset(values[key]) for key in sets})
    values["work_nouns"] = tuple(data["work_nouns"])
    return Surroundings(language, **values)


def fold(word: str) -> str:
    """The word for looking up: case, ß, ё and soft hyphens do not count."""
    return word.replace("\u00ad", "").casefold().replace("\u0451", "\u0435")


def family_name(text: str, span: Span, language: str, own_given: Collection[str], places: Collection[str]) -> Verdict:
    """Whose family name stands at `span`?

    Alone, after a title and after a given name of the person in question (`own_given`: folded, in all cases) or their
    initials it counts; with another given name, and as a woman's, it is somebody else. `places` are the folded names of
    places and organisations («Premier Kasachstans Maximow»).
    """
    known = surroundings(language)
    if known is None:
        return "unclear"
    if (verdict := _by_following(text, span.end, known, own_given)) is not None:
        return verdict
    window = text[max(0, span.start - _WINDOW) : span.start]
    if window.casefold().rstrip().endswith(known.retired or ("\0",)):
        return "counts"
    if initials := _INITIALS.search(window):
        return _by_initial(fold(initials["first"]), known, own_given)
    first, second, third = _words(window, 3)
    if fold(first).endswith(known.patronymic_endings) and second[:1].isupper():
        # «Wladimir Jemeljanowitsch Maximow»: the name before the patronymic decides.
        first, second = second, third
    title = _TITLE.search(window)
    if not first[:1].isupper() or (title and fold(title["word"]) in known.titles):
        return "other" if known.names_a_woman(fold(first)) else "counts"
    return _after_capital(first, second, known, own_given, places)


def _by_initial(first: str, known: Surroundings, own_given: Collection[str]) -> Verdict:
    return "counts" if first in known.titles or any(name.startswith(first) for name in own_given) else "other"


def _after_capital(
    word: str, before: str, known: Surroundings, own_given: Collection[str], places: Collection[str]
) -> Verdict:
    folded = fold(word.strip(f".'\u2019{_HYPHENS}"))
    if folded in own_given:
        return "counts"
    if len(folded) > 2 and known.is_given_name(folded):
        return "other"
    if known.names_a_woman(folded) or fold(before) in known.women:
        return "other"
    if word[-1:] in _HYPHENS or folded in known.openers or folded in known.determiners or known.is_role(folded):
        return "counts"
    if (
        folded in places
        or folded.removesuffix("s") in places
        or (word.isupper() and 1 < len(word) <= 5 and not before.isupper())
    ):
        return "counts"
    return _by_grammar(folded, before, known)


def _by_grammar(word: str, before: str, known: Surroundings) -> Verdict:
    """Is the unknown word no given name, because of its form or of what stands before it?"""
    if known.language == "ru":
        from tolmach.morphology.russian import is_common_word

        return "counts" if is_common_word(word) else "other"
    if not before and word.endswith(known.opener_endings or ("\0",)):
        return "counts"
    # An article or adjective before a capitalised word shows that it is a noun: «der ehemalige Kollege Maximow».
    described = before[:1].islower() and len(before) > 4 and before.endswith(known.adjective_endings or ("\0",))
    return "counts" if described or fold(before) in known.determiners else "other"


def _by_following(text: str, end: int, known: Surroundings, own_given: Collection[str]) -> Verdict | None:
    """«Максимов Владимир», «Maximow, W. J.»: a given name or initial follows, and no other name after it."""
    found = _LISTED.match(text, end)
    if not found or not found["word"][:1].isupper():
        return None
    word = fold(found["word"])
    listed = found.group().startswith(",")
    if _INITIAL.fullmatch(found["word"]):
        own = any(name.startswith(word.rstrip(".")) for name in own_given)
        # «Maximow, W. Putin und andere»: the initial belongs to the next name.
        return None if own or (listed and _NAME_AFTER_INITIALS.match(text, found.end())) else "other"
    if not (word in own_given or known.is_given_name(word)) or word.endswith("."):
        return None
    further = _LISTED.match(text, found.end())
    if (
        further
        and (further["word"][:1].isupper() or listed)
        and not fold(further["word"]).endswith(known.patronymic_endings)
    ):
        return None
    return "counts" if word in own_given else "other"


def given_name(text: str, span: Span, language: str, family_names: Collection[str], *, genitive: bool) -> Verdict:
    """Is the form at `span` a given name, because a family name, patronymic or initial follows? Then it is `other`.

    `family_names` are the folded family names that the glossary knows; a `genitive` («Nursultans Flughafen») is never
    followed by one.
    """
    known = surroundings(language)
    if known is None:
        return "unclear"
    found = _AFTER.match(text, span.end)
    if genitive or not found or not found["word"][:1].isupper():
        return "counts"
    word = fold(found["word"]).rstrip(".")
    known_name = bool({word, word.removesuffix("s")} & set(family_names))
    if known_name or _INITIAL.fullmatch(found["word"]) or known.is_family_name(word):
        return "other"
    shouted = found["word"].isupper() and text[span.start : span.end].isupper()
    if found["gap"].strip() or shouted or known.is_noun(word):
        return "counts"
    before = _words(text[max(0, span.start - _WINDOW) : span.start], 1)[0]
    return "counts" if fold(before) in known.locative else "other"


def _words(window: str, count: int) -> list[str]:
    """The last `count` words of `window`, the last first; "" where a sentence begins or another sign stands between."""
    words = []
    for _step in range(count):
        found = _BEFORE.search(window)
        word = found["word"] if found else ""
        if word.endswith("."):
            word = ""
        words.append(word.lstrip(f".'\u2019{_HYPHENS}"))
        window = window[: found.start()] if found and word else ""
    return words


def in_title(text: str, span: Span, language: str) -> bool:
    """Does the span stand in quotation marks directly after a noun that names a work (Buch, Film, книга)?"""
    known = surroundings(language)
    return known is not None and any(
        _names_work(fold(words[0]), known) for words in words_before_quotations(text, span.start)
    )


def _names_work(noun: str, known: Surroundings) -> bool:
    works = _forms_of(known.work_nouns, known.language)
    if noun in works:
        return True
    # German compounds name what their last part names: «Dokumentarfilm».
    return (
        known.language == "de"
        and noun not in known.no_works
        and any(noun.endswith(work) for work in works if len(work) > 3)
    )


@cache
def _forms_of(nouns: tuple[str, ...], language: str) -> frozenset[str]:
    return frozenset(fold(form.text) for noun in nouns for form in forms(Lexeme(noun), language))


def is_quoted_name(text: str, span: Span, language: str, nouns: tuple[str, ...]) -> bool:
    """Does the span stand in quotation marks after one of the nouns (партия «Наша Молдова»)?

    Between noun and quotation only words in the genitive may stand («партия власти «…»»), which Russian shows.
    """
    expected = _forms_of(nouns, language)
    for words in words_before_quotations(text, span.start):
        for word in map(fold, words):
            if word in expected:
                return True
            if not _is_genitive(word, language):
                break
    return False


def _is_genitive(word: str, language: str) -> bool:
    if language != "ru":
        return False
    from tolmach.morphology.russian import is_genitive

    return is_genitive(word)


def sentence_around(text: str, span: Span) -> str:
    """Roughly the sentence of the span: up to the nearest . ! ? or paragraph break on both sides."""
    first = max(0, span.start - _SENTENCE_REACH)
    last = span.end + _SENTENCE_REACH
    before = max(text.rfind(sign, first, span.start) for sign in _SENTENCE_ENDS)
    ends = [place for sign in _SENTENCE_ENDS if (place := text.find(sign, span.end, last)) >= 0]
    return text[max(before + 1, first) : min(ends, default=last)]
