"""What is joined to a place in a Russian sentence: the noun before «и» or a comma, and lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.translate.enforce.russian_words import Word, word_list

_STOPS = frozenset(".!?;:()[]\u2026")
_CAPITAL_KINDS = {"Name": "p", "Surn": "p", "Patr": "p", "Geox": "g", "Orgn": "o"}


def same_kind(word: Word, kind: str) -> str:
    """`same`, `names` or `other`: is the word a name of this kind, any name, or none?"""
    capital = word.text[:1].isupper()
    if capital and not word.facts.known and kind != "t":
        return "same"
    own = _CAPITAL_KINDS.get(word.facts.name, "t")
    return "same" if own == kind else "names" if capital and kind != "t" else "other"


def joined(before: Sequence[Word]) -> Word | None:
    """The noun that stands before «и» or a comma, of the same rank as what stands at the place."""
    start = 0
    while start < min(3, len(before)) and before[start].facts.sort in ("adjective", "possessive", "initial"):
        if before[start].facts.passive:
            return None
        start += 1
    if start >= len(before):
        return None
    link = before[start]
    if link.text != "," and link.facts.lemma not in word_list("words", "joining"):
        return None
    for word in before[start + 1 : start + 4]:
        if word.facts.sort == "noun" and word.facts.nouns:
            return word
        if word.facts.sort not in ("sign", "latin", "number") or word.text in _STOPS:
            return None
    return None


def goes_on(before: Sequence[Word], after: Sequence[Word], partner: Word) -> bool:
    """Is there another name before the partner's comma, or after the place: «Моне, Ренуара, Сислея»?"""
    rest = before[before.index(partner) + 1 :]
    return _goes_on(rest) or _goes_on(after)


def _goes_on(side: Sequence[Word]) -> bool:
    start = 0
    while start < min(3, len(side)) and side[start].text[:1].isupper():
        start += 1
    more = side[start : start + 2]
    return len(more) > 1 and more[0].text == "," and more[1].text[:1].isupper() and more[1].facts.sort == "noun"
