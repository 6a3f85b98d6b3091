"""What stands around a place in a Russian sentence and speaks for or against a case there.

Each sign is a short name («L0:p:noun:person» means: right before a person's name stands a noun for a person); how
much a sign speaks for each case is written in `russian_signs.toml`. A claim is a set of cells that a neighbour agrees
with or is joined to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.translate.enforce.russian_words import ALL, GENDERS, Word, rules

_FAR = 9  # words in which a verb is looked for
_OPENING = frozenset("«„“\"‘'‚‹([")
_STOPS = frozenset(".!?;:()[]…")
_DASHES = frozenset("–—-―")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sentence: the words before it (nearest first) and after it, and what is to stand there."""

    before: Sequence[Word]
    after: Sequence[Word]
    kind: str
    genders: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """Cells that a neighbour asks for; `sign` names the neighbour."""

    sign: str
    cells: int


def signs(place: Place) -> Iterator[str]:
    """The names of everything around the place that speaks for a case."""
    kind = place.kind
    near = place.before[0] if place.before else None
    yield f"K:{kind}"
    yield f"L0:{kind}:{_name(near)}"
    skipped, ruler = governor(place.before, kind)
    yield f"G:{_name(ruler, exact=True)}"
    yield f"G:{'far' if skipped else 'near'}:{kind}:{_name(ruler)}"
    after = place.after[0] if place.after else None
    yield f"R0:{kind}:{_name(after)}"
    yield f"LR:{_coarse(near)}:{_coarse(after)}"
    yield from _government(place, ruler)
    yield from _verb_before(place)
    yield from _verb_after(place)
    yield from _joined_signs(place)


def claims(place: Place) -> Iterator[Claim]:
    """The neighbours that agree with the place or stand in the same case."""
    kind = place.kind
    if place.before:
        yield from _agreement(place)
        near = place.before[0].facts
        if near.nouns and near.sort == "noun" and not near.fixed:
            yield Claim(f"app:{kind}:{_name(place.before[0])}", near.nouns)
        if partner := _joined(place.before):
            yield Claim(f"joined:{_same_kind(partner, kind)}", partner.facts.nouns)
    if place.after:
        yield from _claims_after(place)


def governor(before: Sequence[Word], kind: str) -> tuple[int, Word | None]:
    """The first word to the left that is no attribute, title or part of a name, and how many were passed over."""
    for place, word in enumerate(before):
        if not _passed(word, kind):
            return place, word
    return len(before), None


def _passed(word: Word, kind: str) -> bool:
    sort = word.facts.sort
    if sort in ("adjective", "possessive", "numeral", "number", "initial", "latin"):
        return True
    if sort == "sign":
        return word.text in _OPENING and word.text not in "(["
    if word.facts.lemma in rules()["words"]["skipped"]:
        return True
    return kind == "p" and word.facts.name in ("Name", "Patr") and word.text[:1].isupper()


def _agreement(place: Place) -> Iterator[Claim]:
    for distance, word in enumerate(place.before[:4]):
        masks = word.facts.adjectives
        if any(masks):
            allowed = 0
            for gender in place.genders or GENDERS:
                allowed |= masks[GENDERS.index(gender)]
            yield Claim(f"agrees:{'near' if not distance else 'far'}:{word.facts.sort}", allowed or ALL)
        if not _passed(word, place.kind):
            return


def _claims_after(place: Place) -> Iterator[Claim]:
    after = place.after[0]
    if place.kind == "p" and after.text[:1].isupper() and after.facts.nouns and not after.facts.fixed:
        known = "known" if after.facts.known else "guessed"
        yield Claim(f"name:{known if after.facts.name in ('Name', 'Surn', 'Patr') else 'other'}", after.facts.nouns)
    if after.facts.lemma in rules()["words"]["joining"] and len(place.after) > 1:
        partner = place.after[1]
        if partner.facts.nouns and not partner.facts.fixed:
            yield Claim(f"joined-after:{_same_kind(partner, place.kind)}", partner.facts.nouns)


@cache
def _family() -> dict[str, str]:
    return {"Name": "p", "Surn": "p", "Patr": "p", "Geox": "g", "Orgn": "o"}


def _same_kind(word: Word, kind: str) -> str:
    own = _family().get(word.facts.name, "t")
    return "same" if own == kind else "names" if word.text[:1].isupper() and kind != "t" else "other"


def _joined(before: Sequence[Word]) -> Word | None:
    """The noun that stands before «и» or a comma, of the same rank as what stands at the place."""
    start = 0
    while start < min(3, len(before)) and before[start].facts.sort in ("adjective", "possessive", "initial"):
        start += 1
    if start >= len(before):
        return None
    link = before[start]
    if link.text != "," and link.facts.lemma not in rules()["words"]["joining"]:
        return None
    for word in before[start + 1 : start + 4]:
        if word.facts.sort == "noun" and word.facts.nouns and not word.facts.fixed:
            return word
        if word.facts.sort not in ("sign", "latin", "number") or word.text in _STOPS:
            return None
    return None


def _joined_signs(place: Place) -> Iterator[str]:
    partner = _joined(place.before)
    if partner is None:
        return
    index = place.before.index(partner)
    _skipped, ruler = governor(place.before[index + 1 :], place.kind)
    link = "," if any(word.text == "," for word in place.before[:index]) else "и"
    yield f"J:{link}:{_same_kind(partner, place.kind)}:{partner.facts.likely}"
    if ruler is not None and ruler.facts.sort == "preposition":
        yield f"JG:{link}:{_name(ruler, exact=True)}"


def _name(word: Word | None, *, exact: bool = False) -> str:
    """What a word is, in short: «prep», «noun:person», «verb:tran»."""
    if word is None:
        return "edge"
    facts = word.facts
    if facts.sort == "preposition":
        return f"prep:{facts.lemma}" if exact else "prep"
    if facts.sort == "sign":
        return "dash" if word.text in _DASHES else "open" if word.text in _OPENING else word.text
    if facts.sort == "noun":
        if word.text[:1].isupper() and (facts.name or not facts.known):
            return f"name:{facts.name or 'unknown'}"
        return "noun:person" if facts.person else "noun:thing"
    if facts.sort in ("verb", "infinitive", "gerund"):
        return f"{facts.sort}:{'tran' if facts.transitive else 'intr'}"
    if facts.sort == "conjunction":
        return f"conj:{facts.lemma}" if exact else "conj"
    return facts.sort


def _coarse(word: Word | None) -> str:
    return _name(word).partition(":")[0]


def _government(place: Place, ruler: Word | None) -> Iterator[str]:
    """Words that govern a case of their own: «руководить», «помощь»."""
    government = rules()["government"]
    near = place.before[0] if place.before else None
    if near is not None and near.facts.sort == "noun":
        yield from (f"GN:{case}" for case, nouns in government["nouns"].items() if near.facts.lemma in nouns)
    if ruler is not None and ruler.facts.sort in ("verb", "infinitive", "gerund", "short", "adjective"):
        yield from (f"GV:{case}" for case, verbs in government["verbs"].items() if ruler.facts.lemma in verbs)


def _clause(side: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    for distance, word in enumerate(side[:_FAR]):
        if word.text in _STOPS or word.text == "," or word.text in _DASHES:
            return
        yield distance, word


def _verb_before(place: Place) -> Iterator[str]:
    """The verb that stands before the place in its clause: does it agree, may it have an object, has it a subject?"""
    verb, distance, subject = None, 0, False
    for at, word in _clause(place.before):
        if verb is None and word.facts.sort in ("verb", "infinitive", "gerund", "short"):
            verb, distance = word, at
        nominative = word.facts.nouns & 0b1000001 and word.facts.likely == "nomn"
        subject = subject or (bool(nominative) and at > 0)
    if verb is None:
        yield f"LV:none:{'subject' if subject else 'none'}:{place.kind}"
        return
    near = "near" if governor(place.before, place.kind)[1] is verb else "far" if distance > 3 else "middle"
    agrees = _agrees(verb, place)
    has = "subject" if subject else "none"
    yield f"LV:{near}:{_name(verb)}:{agrees}:{has}"
    yield f"LV:{near}:{agrees}:{has}:{place.kind}"
    before = place.before[distance + 1] if distance + 1 < len(place.before) else None
    if near == "near":
        yield f"LVB:{_coarse(before)}:{agrees}:{_name(verb)}"


def _agrees(verb: Word, place: Place) -> str:
    form = verb.facts.verb
    if not form:
        return "no"
    if form == "pl":
        return "yes" if place.plural else "plural"
    if place.plural:
        return "no"
    return "yes" if form == "sg" or not place.genders or form in place.genders else "no"


def _verb_after(place: Place) -> Iterator[str]:
    subject = False
    for distance, word in _clause(place.after):
        if word.facts.sort in ("verb", "short") and word.facts.verb:
            near = "near" if not distance else "far"
            yield f"RV:{near}:{_agrees(word, place)}:{'subject' if subject else 'none'}"
            yield f"RVB:{near}:{_agrees(word, place)}:{_coarse(place.before[0] if place.before else None)}"
            return
        subject = subject or (bool(word.facts.nouns & 0b1000001) and word.facts.likely == "nomn")
    yield "RV:none"
