"""What stands around a found form: whose name it is, and whether it is part of a title or another quoted name.

A family name with another person's given name before it, or a given name with a family name after it, is another
person. The words to judge by are data (glossary/contexts); Russian given names and common words are known from the
dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal

from tolmach.glossary.quotation import words_before_quotations
from tolmach.glossary.surroundings import Surroundings, fold, surroundings
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.text.model import Span

Verdict = Literal["counts", "other", "unclear"]

_WINDOW = 90
# A name does not go on in the next paragraph, list entry or cell.
_PARAGRAPH = re.compile(r"\n[^\S\n]*+\n")
_HYPHENS = "\u2010\u2011-"
_HYPHEN = r"\u2010\u2011\-"
_LETTER = r"[^\W\d_]"
_MARK = r"\u0300-\u036f\u0483-\u0487"
# Beyond the letters of Western Europe, Greece and Russia small ones pass, too: a class of single letters takes long.
_CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u0386-\u03ab\u0400-\u042f\u0460-\u0556\u1e00-\u1eff]"
_SMALL = f"(?!{_CAPITAL}){_LETTER}"
_WORD = rf"(?:[\u00ad{_MARK}]|{_LETTER})"
_BEFORE = re.compile(rf"(?P<word>(?:['\u2019\u00ad{_HYPHEN}.{_MARK}]|{_LETTER})+)(?:\s++|(?<=[{_HYPHEN}]))\Z")
_AFTER = re.compile(rf"(?P<gap>\s++|[{_HYPHEN}])(?P<word>(?:['\u2019]|{_WORD})++\.?)")
_LISTED = re.compile(rf",?\s++(?P<word>{_WORD}++(?:-{_CAPITAL}{_WORD}*+)?\.?)")
_INITIAL = re.compile(rf"{_CAPITAL}(?:{_SMALL})?\.")
_INITIALS = re.compile(
    rf"(?<![.])(?<!{_LETTER})(?P<first>{_CAPITAL}(?:{_SMALL})?)\."
    rf"(?:\s?-?{_CAPITAL}(?:{_SMALL})?\.){{0,2}}[\s{_HYPHEN}]*+\Z"
)
_NAME_AFTER_INITIALS = re.compile(rf"(?:\s*+{_CAPITAL}(?:{_SMALL})?\.)*+\s*+{_CAPITAL}{_LETTER}")
_TITLE = re.compile(rf"(?<!{_LETTER})(?P<word>{_LETTER}(?:-|{_LETTER})*+)\.\s*\Z")
_CLAUSE_BEGINS = re.compile(r"(?:^|[.!?;:\u2026\n])[\s\u00ab\u201e\u201c\"(\u2013\u2014-]*+\Z")
_SENTENCE_ENDS = (". ", "! ", "? ", "\n\n")
_SENTENCE_REACH = 500


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
    window = _before(text, span.start)
    if language == "ru" and _acts_as_a_woman(text, span, window):
        return "other"
    if window.casefold().rstrip().endswith(known.retired or ("\0",)):
        return "counts"
    if initials := _INITIALS.search(window):
        return _by_initial(fold(initials["first"]), known, own_given)
    first, second, third, fourth = _words(window, 4)
    if fold(first).endswith(known.patronymic_endings) and second[:1].isupper():
        # «Wladimir Jemeljanowitsch Maximow»: the name before the patronymic decides.
        first, second, third = second, third, fourth
    title = _TITLE.search(window)
    if not first[:1].isupper() or (title and fold(title["word"]) in known.titles):
        return "other" if known.names_a_woman(fold(first)) else "counts"
    return _after_capital((first, second, third), known, own_given, places)


def _acts_as_a_woman(text: str, span: Span, window: str) -> bool:
    """Does a clause begin with a Russian name in -а and a verb of a woman («Максимова победила»)?"""
    if not text[span.start : span.end].casefold().endswith("\u0430") or not _CLAUSE_BEGINS.search(window):
        return False
    from tolmach.morphology.russian import tells_of_a_woman

    verb = _AFTER.match(text, span.end)
    return verb is not None and verb["gap"].isspace() and tells_of_a_woman(fold(verb["word"].rstrip(".")))


def _by_initial(first: str, known: Surroundings, own_given: Collection[str]) -> Verdict:
    return "counts" if first in known.titles or any(name.startswith(first) for name in own_given) else "other"


def _after_capital(
    words: tuple[str, str, str], known: Surroundings, own_given: Collection[str], places: Collection[str]
) -> Verdict:
    """The verdict by the capitalised word directly before the name, the first of the `words` before it."""
    word, before, further = words
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
    return _by_grammar(folded, before, fold(further), known)


def _by_grammar(word: str, before: str, further: str, known: Surroundings) -> Verdict:
    """Is the unknown word no given name, because of its form or of the two words before it?"""
    if known.language == "ru":
        from tolmach.morphology.russian import is_common_word

        return "counts" if is_common_word(word) else "other"
    if (not before and word.endswith(known.opener_endings or ("\0",))) or known.is_ordinary(word):
        return "counts"
    # An article or adjective before a capitalised word shows that it is a noun: «der ehemalige Kollege Maximow».
    return "counts" if fold(before) in known.determiners or _is_adjective(before, further, known) else "other"


def _is_adjective(word: str, before: str, known: Surroundings) -> bool:
    """Has the word an adjective's ending and is neither a preposition («hinter») nor a past tense («zeigten»)?"""
    if not word[:1].islower() or len(word) < 5 or fold(word) in known.openers:
        return False
    past = word.endswith(known.opener_endings or ("\0",)) and before not in known.determiners
    return not past and word.endswith(known.adjective_endings or ("\0",))


def _by_following(text: str, end: int, known: Surroundings, own_given: Collection[str]) -> Verdict | None:
    """«Максимов Владимир», «Maximow, W. J.»: a given name or initial follows, and no other name after it."""
    found = _LISTED.match(text, end)
    if not found or not found["word"][:1].isupper() or _PARAGRAPH.search(found.group()):
        return None
    word = fold(found["word"])
    listed = found.group().startswith(",")
    if _INITIAL.fullmatch(found["word"]):
        own = any(name.startswith(word.rstrip(".")) for name in own_given)
        # «Maximow, W. Putin und andere»: the initial belongs to the next name.
        return None if own or (listed and _NAME_AFTER_INITIALS.match(text, found.end())) else "other"
    ends = word.endswith(".")
    word = word.rstrip(".")
    if not (word in own_given or known.is_given_name(word)):
        return None
    # «Maximow, Wladimir.»: what follows begins a new sentence.
    further = None if ends else _LISTED.match(text, found.end())
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
    if genitive or not found or not found["word"][:1].isupper() or _PARAGRAPH.search(found["gap"]):
        return "counts"
    word = fold(found["word"]).rstrip(".")
    known_name = bool({word, word.removesuffix("s")} & set(family_names))
    if known_name or _INITIAL.fullmatch(found["word"]) or known.is_family_name(word):
        return "other"
    shouted = found["word"].isupper() and text[span.start : span.end].isupper()
    if found["gap"].strip() or shouted or known.is_noun(word) or known.is_ordinary(word):
        return "counts"
    before = _words(_before(text, span.start), 1)[0]
    further = _AFTER.match(text, found.end())
    if further and further["gap"].isspace() and known.is_family_name(fold(further["word"])):
        # «der Bürgermeister von Nursultan Altai Kulginow»: the name of another begins.
        return "counts"
    return "counts" if fold(before) in known.locative else "other"


def _before(text: str, place: int) -> str:
    """What stands before `place` in the same paragraph, as far as it is looked at."""
    return _PARAGRAPH.split(text[max(0, place - _WINDOW) : place])[-1]


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
        _names_work(fold(words[0]), known) for words in words_before_quotations(text, span.start, known.conjunctions)
    )


def _names_work(noun: str, known: Surroundings) -> bool:
    works = _forms_of(known.work_nouns, known.language)
    if noun in works:
        return True
    # German compounds name what their last part names: «Dokumentarfilm».
    return (
        known.language == "de"
        and noun not in known.no_works
        and noun.endswith(_longer(known.work_nouns, known.language))
    )


@cache
def _longer(nouns: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(form for form in _forms_of(nouns, language) if len(form) > 3)


@cache
def _forms_of(nouns: tuple[str, ...], language: str) -> frozenset[str]:
    return frozenset(fold(form.text) for noun in nouns for form in forms(Lexeme(noun), language))


def is_quoted_name(text: str, span: Span, language: str, nouns: tuple[str, ...]) -> bool:
    """Does the span stand in quotation marks after one of the nouns (партия «Наша Молдова»)?

    Between noun and quotation only words in the genitive may stand («партия власти «…»»), which Russian shows.
    """
    expected = _forms_of(nouns, language)
    known = surroundings(language)
    for words in words_before_quotations(text, span.start, known.conjunctions if known else ()):
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
