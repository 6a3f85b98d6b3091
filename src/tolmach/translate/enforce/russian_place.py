"""What stands around a place in a Russian sentence and speaks for or against a case there.

Each sign is a short name («L0:p:noun:person» means: right before a person's name stands a noun for a person); how
much a sign speaks for each case is written in `russian_signs.tsv`. A claim is a set of cells that a neighbour agrees
with or is joined to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.translate.enforce.russian_demanded import OPENING, governor, is_out_of_place, passed
from tolmach.translate.enforce.russian_joined import goes_on, joined, same_kind
from tolmach.translate.enforce.russian_verbs_around import verb_signs
from tolmach.translate.enforce.russian_words import ALL, GENDERS, Word, cell, lemmas, rules, short, word_list

_LONGEST_TITLE = 6
_OWNERS = ("свой", "мой", "твой", "наш", "ваш")
_NAMING = ("called", "places", "stays", "relations", "abstract")
_LONGEST_COUNT = 6  # digits of a number that counts things
_FIVE = 5
_NOMINATIVE = 0b000001_000001  # as CASES has it, singular and plural


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sentence: the words before it (nearest first) and after it, and what is to stand there.

    `kind` is p (person), g (place), o (other name) or t (term), `genders` are those that verbs may agree with;
    `capital` tells if the old words begin with a capital inside the sentence, `owned` if the source says that what
    stands before belongs to the name: `of` («the mayor of Astana»), `possessive` («Astana's mayor»), nothing.
    """

    before: Sequence[Word]
    after: Sequence[Word]
    kind: str
    genders: str
    plural: bool
    capital: bool = False
    owned: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Cells that a neighbour asks for; `sign` names the neighbour."""

    sign: str
    cells: int


def signs(place: Place) -> Iterator[str]:
    """The names of everything around the place that speaks for a case."""
    kind = place.kind
    near = place.before[0] if place.before else None
    after = place.after[0] if place.after else None
    left, right = short(near), short(after)
    yield f"K:{kind}"
    yield f"L0:{kind}:{left}"
    yield f"L0:{left}"
    skipped, ruler = governor(place.before, kind)
    name = short(ruler)
    if (exact := short(ruler, exact=True)) != name:
        yield f"G:{exact}"
    yield f"G:{'far' if skipped else 'near'}:{kind}:{name}"
    yield f"G:{name}"
    yield f"R0:{kind}:{right}"
    yield f"R0:{right}"
    yield f"LR:{left.partition(':')[0]}:{right.partition(':')[0]}"
    yield from _naming(place, near)
    yield from _outer(place, skipped)
    yield from _government(place, skipped, ruler)
    yield from verb_signs(place.before, place.after, place.genders, place.kind, ruler, plural=place.plural)
    yield from _joined_signs(place)


def crossed(place: Place, hints: Sequence[str]) -> Iterator[str]:
    """What the source tells, together with the word before the place («S:en:possessive» after a noun)."""
    left = short(place.before[0] if place.before else None).partition(":")[0]
    yield from (f"{hint}|{left}" for hint in hints if ":G:" in hint or hint.endswith("possessive"))


def claims(place: Place) -> Iterator[Claim]:
    """The neighbours that agree with the place or stand in the same case."""
    kind = place.kind
    if place.before:
        yield from _agreement(place)
        near = place.before[0].facts
        if near.nouns and near.sort == "noun" and not near.fixed and not owns(place):
            yield Claim(f"app:{_apposition(place)}", near.nouns)
        elif kind == "p" and not owns(place) and (title := _title(place.before)):
            yield Claim("title:far", title.facts.nouns)
        partner = joined(place.before)
        if partner and not partner.facts.fixed and not _is_misplaced(place, partner):
            cells = partner.facts.nouns & ~(_NOMINATIVE if _after_preposition(place, partner) else 0)
            yield Claim(f"joined:{same_kind(partner, kind)}", cells)
            if goes_on(place.before, place.after, partner):
                yield Claim("joined:list", cells)
    if place.after:
        yield from _claims_after(place)


def owns(place: Place) -> bool:
    """Does what stands right before the place belong to the name, as the source says?"""
    near = place.before[0] if place.before else None
    if not place.owned or near is None or near.facts.sort != "noun" or near.facts.name or place.kind == "t":
        return False
    if place.owned == "possessive":
        return True
    lemma = near.facts.lemma
    bears = any(lemma in word_list("appositions", name) for name in ("same", "places", "called"))
    return lemma in word_list("appositions", "towns") or not (bears or (place.kind != "g" and _stays(lemma)))


def _stays(lemma: str) -> bool:
    return lemma in word_list("appositions", "stays")


def _is_misplaced(place: Place, partner: Word) -> bool:
    return is_out_of_place(partner, place.before[place.before.index(partner) + 1 :])


def _after_preposition(place: Place, partner: Word) -> bool:
    """«в Лондон и»: what stands after a preposition is no nominative, whatever it looks like."""
    rest = place.before[place.before.index(partner) + 1 :]
    return bool(rest) and rest[0].facts.sort == "preposition"


def _apposition(place: Place) -> str:
    near = place.before[0]
    if near.facts.lemma in word_list("appositions", "same"):
        return "same"
    if near.facts.lemma in word_list("appositions", "relations") and not _has_owner(place):
        return f"{place.kind}:relation"
    return f"{place.kind}:{short(near)}"


def _has_owner(place: Place) -> bool:
    """«его сын Ильхам», «своей дочери Марианы»: the relative bears the name that follows."""
    return any(word.facts.sort == "possessive" or word.facts.lemma in _OWNERS for word in place.before[1:3])


def _naming(place: Place, near: Word | None) -> Iterator[str]:
    """«компания Apple», «штат Канзас»: the name stays as it is; in quotation marks even more so."""
    quoted = near is not None and near.text in OPENING
    if quoted and place.kind == "t" and place.capital:
        yield "N:label"
        return
    noun = place.before[1] if quoted and len(place.before) > 1 else near
    if noun is None or noun.facts.sort != "noun":
        if quoted:
            yield f"Q:{short(noun, exact=True)}"
        return
    lemma = noun.facts.lemma
    if place.kind == "t" and place.capital and lemma in word_list("appositions", "labels"):
        yield "N:label"
        return
    if lemma in word_list("appositions", "relations") and _has_owner(place):
        yield f"N:owned:{place.kind}"
        return
    if owns(place):
        return
    stays = next((name for name in _NAMING if lemma in word_list("appositions", name)), "other")
    yield f"N:{'quoted' if quoted else 'bare'}:{stays}:{place.kind}"


def _outer(place: Place, skipped: int) -> Iterator[str]:
    """What governs a person's title or the whole chain of genitives before a name."""
    if place.kind != "p":
        return
    chain = place.before[skipped : skipped + _LONGEST_TITLE]
    for at, word in enumerate(chain):
        if word.facts.sort == "noun" and word.facts.person and not word.facts.name:
            cells = word.facts.nouns
            if not cells & (cells - 1):
                # «сын» is a nominative whatever governs it.
                return
            _count, ruler = governor(place.before[skipped + at + 1 :], "t")
            yield f"O:{'near' if not at else 'far'}:{short(ruler)}"
            yield f"O:{short(ruler, exact=True)}:{word.facts.likely}"
            return
        if not _in_title(word):
            return


def _title(before: Sequence[Word]) -> Word | None:
    """«президента» before «США Барака» and «аналитик» before «Morningstar Нил»: the person that a name belongs to."""
    for word in before[:_LONGEST_TITLE]:
        facts = word.facts
        if facts.sort == "noun" and facts.person and not facts.name:
            return word
        if not _in_title(word):
            return None
    return None


def _in_title(word: Word) -> bool:
    facts = word.facts
    genitive = bool(facts.nouns & 0b10_000010)
    return genitive or facts.sort in ("adjective", "latin", "initial") or facts.name in ("Name", "Patr")


def _agreement(place: Place) -> Iterator[Claim]:
    for distance, word in enumerate(place.before[:4]):
        masks = word.facts.adjectives
        if place.kind == "t" and (counted := _counted(word)):
            yield counted
        elif any(masks):
            allowed = 0
            for gender in place.genders or GENDERS:
                allowed |= masks[GENDERS.index(gender)]
            yield Claim(f"agrees:{'near' if not distance else 'far'}:{word.facts.sort}", allowed or ALL)
        if not passed(word, place.kind):
            return


def _counted(word: Word) -> Claim | None:
    """«два типа», «пять типов», «22 типа»: what numerals ask for."""
    small = word.text.lower()
    if small in word_list("words", "few"):
        return Claim("agrees:few", cell("gent", "sg"))
    if small in word_list("words", "many"):
        return Claim("agrees:many", cell("gent", "pl") | cell("gent", "sg"))
    if word.facts.sort != "number" or not small.isdecimal() or len(small) > _LONGEST_COUNT:
        return None
    tens, ones = int(small) // 10 % 10, int(small) % 10
    if tens != 1 and ones == 1:
        return None
    return Claim("agrees:digits", cell("gent", "sg" if tens != 1 and 1 < ones < _FIVE else "pl"))


def _claims_after(place: Place) -> Iterator[Claim]:
    after = place.after[0]
    facts = after.facts
    if place.kind == "p" and after.text[:1].isupper() and facts.nouns and not facts.fixed:
        personal = facts.name in ("Name", "Surn", "Patr")
        yield Claim(f"name:{'other' if not personal else 'known' if facts.known else 'guessed'}", facts.nouns)
    if (facts.lemma in word_list("words", "joining") or after.text == ",") and len(place.after) > 1:
        partner = next((word for word in place.after[1:3] if not any(word.facts.adjectives)), place.after[1])
        if partner.facts.sort == "noun" and not partner.facts.fixed:
            link = "," if after.text == "," else "и"
            yield Claim(f"joined-after:{link}:{same_kind(partner, place.kind)}", partner.facts.nouns)


def _joined_signs(place: Place) -> Iterator[str]:
    partner = joined(place.before)
    if partner is None:
        return
    index = place.before.index(partner)
    _skipped, ruler = governor(place.before[index + 1 :], place.kind)
    link = "," if any(word.text == "," for word in place.before[:index]) else "и"
    likely = partner.facts.likely
    if likely == "nomn" and _after_preposition(place, partner):
        likely = "accs"
    if not partner.facts.fixed and not _is_misplaced(place, partner):
        yield f"J:{link}:{same_kind(partner, place.kind)}:{likely}"
    if ruler is not None and ruler.facts.sort == "preposition":
        yield f"JG:{link}:{short(ruler, exact=True)}"


def _government(place: Place, skipped: int, ruler: Word | None) -> Iterator[str]:
    """Words that govern a case of their own: «руководить», «помощь»; «визит в» governs the accusative."""
    if ruler is None:
        return
    government = rules()["government"]
    facts = ruler.facts
    if facts.sort == "noun":
        yield from (
            f"GN:{case}" for case in government["nouns"] if facts.lemma in word_list("government", "nouns", case)
        )
        if not facts.person and facts.lemma.endswith(tuple(rules()["deverbal"]["ends"])):
            yield "GN:deverbal"
    elif facts.sort in ("verb", "infinitive", "gerund", "short", "adjective", "adverb"):
        for strength in ("strict", "other"):
            cases = (case for case in government[strength] if facts.lemma in word_list("government", strength, case))
            yield from (f"GV:{strength}:{case}" for case in cases)
    elif facts.sort == "preposition" and facts.lemma in ("в", "во", "на", "за", "под"):
        before = place.before[skipped + 1 : skipped + 4]
        moves = any(_moves(word) for word in before)
        yield f"GM:{facts.lemma}:{'motion' if moves else 'rest'}"


def _moves(word: Word) -> bool:
    """A word of motion in one of its readings («прибыли» is no profit here)."""
    moving = word_list("motion", "words")
    return word.facts.lemma in moving or any(lemma in moving for lemma in lemmas(word.text))
