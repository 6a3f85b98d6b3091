"""Verbs in the clause around a place: may it be their subject or their object?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.translate.enforce.russian_words import Word, short

_FAR = 9  # words in which a verb is looked for
_MIDDLE = 3
_ENDS = frozenset(".!?;:()[]…,–—-")
_NOMINATIVES = 0b1000001


def verb_signs(
    before: Sequence[Word], after: Sequence[Word], genders: str, kind: str, ruler: Word | None, *, plural: bool
) -> Iterator[str]:
    """The signs of the nearest verbs: where they stand, if they agree, if they may have an object, have a subject."""
    several = plural or (kind != "t" and _is_joint(before, after))
    yield from _before(before, genders, kind, ruler, plural=plural, several=several)
    yield from _after(before, after, genders, plural=plural, several=several)


def _is_joint(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Is another name joined by «и», so that both together are several?"""
    return any(
        len(side) > 1 and side[0].facts.lemma == "и" and side[1].text[:1].isupper() and _may_be_subject(side[1])
        for side in (before, after)
    )


def _may_be_subject(name: Word) -> bool:
    return name.facts.likely == "nomn" or name.facts.sort == "latin" or not name.facts.nouns


def _clause(side: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    for distance, word in enumerate(side[:_FAR]):
        if word.text in _ENDS:
            return
        yield distance, word


def _is_subject(word: Word) -> bool:
    return word.facts.likely == "nomn" and bool(word.facts.nouns & _NOMINATIVES)


def _before(
    before: Sequence[Word], genders: str, kind: str, ruler: Word | None, *, plural: bool, several: bool
) -> Iterator[str]:
    verb, distance, subject = None, 0, False
    for at, word in _clause(before):
        if verb is None and word.facts.sort in ("verb", "infinitive", "gerund", "short"):
            verb, distance = word, at
        subject = subject or (at > 0 and _is_subject(word))
    if verb is None:
        yield f"LV:none:{'subject' if subject else 'none'}:{kind}"
        return
    near = "near" if ruler is verb else "far" if distance > _MIDDLE else "middle"
    agrees, has = _agrees(verb, genders, plural=plural, several=several), "subject" if subject else "none"
    yield f"LV:{near}:{short(verb)}:{agrees}:{has}"
    yield f"LV:{near}:{agrees}:{has}:{kind}"
    ahead = before[distance + 1] if distance + 1 < len(before) else None
    if near != "near":
        yield f"LVQ:{short(ahead).partition(':')[0]}:{agrees}:{has}"
    else:
        yield f"LVB:{short(ahead).partition(':')[0]}:{agrees}:{short(verb)}"


def _agrees(verb: Word, genders: str, *, plural: bool, several: bool) -> str:
    form = verb.facts.verb
    if not form:
        return "no"
    if form == "pl":
        return "yes" if several else "plural"
    if plural:
        return "no"
    return "yes" if form == "sg" or not genders or form in genders else "no"


def _after(
    before: Sequence[Word], after: Sequence[Word], genders: str, *, plural: bool, several: bool
) -> Iterator[str]:
    subject = False
    for distance, word in _clause(after):
        if word.facts.verb and word.facts.sort in ("verb", "short"):
            near, agrees = "far" if distance else "near", _agrees(word, genders, plural=plural, several=several)
            yield f"RV:{near}:{agrees}:{'subject' if subject else 'none'}"
            yield f"RVB:{near}:{agrees}:{short(before[0] if before else None).partition(':')[0]}"
            return
        subject = subject or _is_subject(word)
    yield "RV:none"
