"""Undoing the case of a Russian place or term: the head and what agrees with it are put to the nominative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.russian_heads import QUOTED, inflected, like, phrase_table, two_parts_decline
from tolmach.morphology.russian_person_bases import inverted

_PERSONAL = frozenset({"Name", "Surn", "Patr"})
_ACRONYM = re.compile(r"([А-ЯЁ]{2,})(?:а|у|ом|е)")
_ADJECTIVES = ("ADJF", "PRTF")
_LONGEST = 12  # words: no name of a place, an organisation or a term has more


def nominatives(text: str) -> Iterator[str]:
    """Nominatives that the printed text may be a form of, those by the dictionary first.

    >>> next(nominatives("Набережных Челнов"))
    'Набережные Челны'
    >>> "Босния и Герцеговина" in nominatives("Боснией и Герцеговиной")
    True
    """
    if quoted := QUOTED.fullmatch(text):
        yield from (f"{quoted[1]}{inner}{quoted[3]}" for inner in nominatives(quoted[2]))
        return
    words = text.split(" ")
    if len(words) > _LONGEST:
        yield text
        return
    found = [*reversed(list(_by_head(words))), *_by_adjective(words)]
    yield from dict.fromkeys([*found, *_by_ending(words), text])


def _by_head(words: Sequence[str]) -> Iterator[str]:
    for index, word in enumerate(words):
        for parse in lexicon.readings(word.lower()):
            personal = _PERSONAL & parse.tag.grammemes and not word.islower()
            if parse.tag.POS == "NOUN" and (parse.is_known or "-" in word) and not personal:
                yield from _around(words, index, parse)
        if word != "и" and not _is_adjective(word):
            return


def _is_adjective(word: str) -> bool:
    return any(parse.tag.POS in _ADJECTIVES for parse in lexicon.readings(word.lower()))


def _around(words: Sequence[str], index: int, head: Any) -> Iterator[str]:
    """The phrase with its head, in the reading `head`, and the adjectives before it in the nominative."""
    before = [_agreeing(word, head) for word in words[:index]]
    base = head.inflect({"nomn", head.tag.number} if head.tag.number else {"nomn"})
    if base is None or not all(before):
        return
    noun = like(words[index], base.word)
    for rest in _rests(words[index + 1 :], noun, head):
        yield " ".join((*map(str, before), noun, *rest))
    singular = head.inflect({"nomn", "sing"}) if head.tag.number == "plur" and index == 0 else None
    if singular:
        yield " ".join((like(words[0], singular.word), *words[1:]))


def _rests(rest: Sequence[str], noun: str, head: Any) -> Iterator[tuple[str, ...]]:
    """What follows the head: unchanged, or a name of equal rank or an adjective in the nominative, too."""
    rules = phrase_table()["phrase"]
    if len(rest) > 1 and rest[0] in rules["links"]:
        yield from ((rest[0], second) for second in nominatives(" ".join(rest[1:])))
    elif len(rest) == 1 and noun.lower() in rules["appositions"]:
        yield from ((second,) for second in nominatives(rest[0]))
    elif len(rest) == 1 and (adjective := _agreeing(rest[0], head)):
        yield (adjective,)
    yield tuple(rest)


def _agreeing(word: str, head: Any) -> str | None:
    """The adjective in the nominative, when it agrees with the head; a conjunction stays."""
    if word == "и":
        return word
    for parse in lexicon.readings(word.lower()):
        same = parse.tag.case == head.tag.case and parse.tag.number == head.tag.number
        same = same and (parse.tag.gender is None or parse.tag.gender == head.tag.gender)
        if same and parse.tag.POS in _ADJECTIVES:
            wanted = {"nomn", head.tag.number} | ({head.tag.gender} if head.tag.number == "sing" else set())
            found = inflected(parse, frozenset(mark for mark in wanted if mark))
            if found:
                return like(word, found)
    return None


def _by_adjective(words: Sequence[str]) -> Iterator[str]:
    """«уполномоченного по …», «Рудного»: an adjective that is the head itself."""
    for parse in lexicon.readings(words[0].lower()):
        if parse.tag.POS in _ADJECTIVES:
            gender = {parse.tag.gender or "masc"} if parse.tag.number == "sing" else set()
            found = inflected(parse, frozenset({"nomn", parse.tag.number} | gender))
            if found:
                yield " ".join((like(words[0], found), *words[1:]))


def _by_ending(words: Sequence[str]) -> Iterator[str]:
    """Names that the dictionary lacks: «Жогорку Кенеша», «Каменска-Уральского»."""
    if acronym := _ACRONYM.fullmatch(words[0]):
        yield " ".join((acronym[1], *words[1:]))
    if len(words) > 2 or acronym:
        return
    *before, last = words
    if before:
        yield from (f"{before[0]} {noun}" for noun in _by_head([last]))
    first, hyphen, second = last.rpartition("-")
    if not hyphen and any(parse.is_known for parse in lexicon.readings(last.lower())):
        return
    start, _hyphen, rest = last.partition("-")
    if rest.partition("-")[0] in phrase_table()["phrase"]["middle"]:
        yield from (f"{base}-{rest}" for base in (*_by_head([start]), *inverted(start, "place")))
    for base in (*inverted(second, "place"), *inverted(second, "organisation")):
        if hyphen and two_parts_decline(f"{first}-{base}"):
            yield from (f"{other}-{base}" for other in (*inverted(first, "place"), *_by_head([first])))
        yield " ".join((*before, first + hyphen + base))
