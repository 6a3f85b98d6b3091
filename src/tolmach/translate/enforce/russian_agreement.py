"""What changes around a Russian term that takes another's place: prepositions, attributes, relative words, verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tolmach.morphology import function_words
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.russian_heads import GENDERS as TAGS
from tolmach.morphology.russian_heads import inflected, like
from tolmach.translate.enforce.russian_words import GENDERS, SINGULAR, Word, rules, word_list

_REMEMBERED = 1 << 12
_COORDINATING = ("и", "или")
_FAR = 6  # words between a subject and its verb
_ATTRIBUTES = 3
_LONGEST_CLAUSE = 16
_NOMINATIVES = 0b1000001


@dataclass(frozen=True, slots=True)
class Agreement:
    """What attributes and verbs agree with: gender (`m`, `f`, `n`, or unknown) and number."""

    gender: str
    plural: bool
    animate: bool = False

    def same(self, other: Agreement) -> bool:
        """Do the same forms agree with both? Where a gender is not known nothing is to be changed."""
        if self.plural and other.plural:
            return True
        unknown = (not self.gender and not self.plural) or (not other.gender and not other.plural)
        return unknown or (self.plural == other.plural and self.gender == other.gender)

    def grammemes(self, case: str = "") -> frozenset[str]:
        """What the dictionary calls a form that agrees."""
        number = {"plur"} if self.plural else {"sing", TAGS[self.gender]}
        animacy = set()
        if case == "accs" and (self.plural or self.gender == "m"):
            animacy = {"anim" if self.animate else "inan"}
        return frozenset(number | animacy | ({case} if case else set()))


def around(
    before: Sequence[Word], after: Sequence[Word], form: str, case: str, old: Agreement, new: Agreement
) -> Iterator[tuple[Word, str]]:
    """The words beside the place that have to change, each with what takes its place."""
    if before:
        yield from _preposition(before[0], form)
    if not old.same(new):
        yield from ((word, text) for word, text in _agreeing(before, after, case, old, new) if not _is_name(word))


def _agreeing(
    before: Sequence[Word], after: Sequence[Word], case: str, old: Agreement, new: Agreement
) -> Iterator[tuple[Word, str]]:
    yield from _attributes(before, case, old, new)
    yield from _numeral(before, new)
    yield from _after_comma(after, case, old, new)
    if case == "nomn" and not (before and not new.animate and _is_head(before[0])):
        yield from _predicate(before, after, old, new)


def _is_name(word: Word) -> bool:
    """Is it another name, whatever it looks like («Ньето»)?"""
    return word.text[:1].isupper() and (bool(word.facts.name) or not word.facts.known)


def _is_head(word: Word) -> bool:
    """Does the name belong to a noun, with which the verb agrees («аэропорт Астана закрыт»)?"""
    return word.facts.sort == "noun" and not word.facts.name and bool(word.facts.nouns & _NOMINATIVES)


def _preposition(word: Word, form: str) -> Iterator[tuple[Word, str]]:
    """«в Бельгии», «во Франции»: the shape that the new word asks for."""
    wanted = function_words.fitting(word.text, form, "ru")
    if wanted != word.text.lower():
        yield word, wanted.capitalize() if word.text[0].isupper() else wanted


def _attributes(before: Sequence[Word], case: str, old: Agreement, new: Agreement) -> Iterator[tuple[Word, str]]:
    for word in before[:_ATTRIBUTES]:
        if not any(word.facts.adjectives):
            if word.facts.sort in ("adverb", "number") or word.facts.lemma in word_list("words", "skipped"):
                continue
            return
        if found := _adjective(word, case, old, new):
            yield word, found


def _numeral(before: Sequence[Word], new: Agreement) -> Iterator[tuple[Word, str]]:
    """«два каталога», «две папки»: the numerals that show a gender."""
    pairs: dict[str, str] = rules()["numerals"]
    other = pairs if new.gender == "f" else {womanly: word for word, womanly in pairs.items()}
    small = before[0].text.lower() if before else ""
    if new.gender and not new.plural and small in other:
        yield before[0], like(before[0].text, other[small])


def _adjective(word: Word, case: str, old: Agreement, new: Agreement) -> str:
    """The attribute in the gender and number of the new word; nothing where it did not agree with the old one."""
    for parse in lexicon.readings(word.text.lower()):
        tag = parse.tag
        if tag.POS not in ("ADJF", "PRTF") or str(tag.case) != case or "Fixd" in tag:
            continue
        if not _fits(tag, old):
            continue
        found = inflected(parse, new.grammemes(case))
        return like(word.text, found) if found and found != word.text.lower() else ""
    return ""


def _fits(tag: object, old: Agreement) -> bool:
    number, gender = str(getattr(tag, "number", "")), getattr(tag, "gender", None)
    if old.plural:
        return number == "plur"
    return number == "sing" and (gender is None or str(gender) == TAGS.get(old.gender))


def _after_comma(after: Sequence[Word], case: str, old: Agreement, new: Agreement) -> Iterator[tuple[Word, str]]:
    """«…, который», «…, созданный»: the first word after the comma when it agrees with the old word."""
    if len(after) < 2 or after[0].text != ",":
        return
    word = after[1]
    relative = word.facts.lemma in word_list("words", "relative")
    if not relative and word.facts.sort != "adjective":
        return
    readings = lexicon.readings(word.text.lower())
    if relative and _is_object(after):
        readings = tuple(sorted(readings, key=lambda parse: parse.tag.case != "accs"))
    for parse in readings:
        tag = parse.tag
        if tag.POS not in ("ADJF", "PRTF") or not _fits(tag, old) or (not relative and str(tag.case) != case):
            continue
        found = inflected(parse, new.grammemes(str(tag.case)))
        if found and found != word.text.lower():
            yield word, like(word.text, found)
            if relative and str(tag.case) == "nomn":
                yield from (
                    change for verb in after[2:4] if verb.facts.sort == "verb" for change in _verb(verb, old, new)
                )
        return


def _is_object(after: Sequence[Word]) -> bool:
    """Has the relative clause a subject of its own: «, который создал Минск»?"""
    verb = after[2].facts if len(after) > 3 else None
    follows = after[3].facts if len(after) > 3 else None
    return bool(verb and follows and verb.transitive and verb.verb and follows.likely == "nomn" and follows.nouns)


def _predicate(
    before: Sequence[Word], after: Sequence[Word], old: Agreement, new: Agreement
) -> Iterator[tuple[Word, str]]:
    """The verb of which the old word was the subject: right after it, or right before it."""
    start = _after_clause(after)
    for at, word in enumerate(after[start : start + _FAR], start):
        if word.facts.verb and word.facts.sort in ("verb", "short"):
            yield from _verb(word, old, new)
            yield from _participle(after[at : at + _FAR], old, new)
            return
        if not _between(word):
            break
    for at, word in enumerate(before[:_ATTRIBUTES]):
        if word.facts.verb and word.facts.sort in ("verb", "short"):
            yield from _verb(word, old, new)
            if word.facts.sort == "short" and at + 1 < len(before) and before[at + 1].facts.lemma == "быть":
                yield from _verb(before[at + 1], old, new)
            return
        if not any(word.facts.adjectives) and word.facts.sort not in ("adverb", "particle", "number"):
            return


def _participle(verbs: Sequence[Word], old: Agreement, new: Agreement) -> Iterator[tuple[Word, str]]:
    """«был создан», «не может быть создан и удалён»: the short forms after the verb."""
    place = 1
    while place < len(verbs) and (verbs[place].facts.lemma == "быть" or verbs[place].facts.sort == "adverb"):
        place += 1
    if not any(word.facts.lemma == "быть" for word in verbs[:place]):
        return
    while place < len(verbs) and verbs[place].facts.sort.startswith("short"):
        yield from _verb(verbs[place], old, new)
        if place + 1 < len(verbs) and verbs[place + 1].text not in _COORDINATING:
            return
        place += 2


def _after_clause(after: Sequence[Word]) -> int:
    """Where the main clause goes on after «, который …,»; 0 where no such clause follows."""
    relative = len(after) > 1 and after[0].text == "," and after[1].facts.lemma in word_list("words", "relative")
    ends = (at + 1 for at, word in enumerate(after[1:_LONGEST_CLAUSE], 1) if word.text == ",")
    return next(ends, 0) if relative else 0


def _between(word: Word) -> bool:
    """May it stand between a subject and its verb: adverbs, small words, attributes in the genitive?"""
    facts = word.facts
    if facts.sort in ("adverb", "particle", "possessive", "latin") or facts.lemma in word_list("words", "skipped"):
        return True
    if facts.sort == "noun":
        return bool(facts.nouns & 0b10_000010) and facts.likely == "gent"
    return any(mask & 0b10_000010 for mask in facts.adjectives)


def _verb(word: Word, old: Agreement, new: Agreement) -> Iterator[tuple[Word, str]]:
    agrees = "pl" if old.plural else old.gender
    if word.facts.verb not in (agrees, "sg" if not old.plural else agrees):
        return
    for parse in lexicon.readings(word.text.lower()):
        tag = parse.tag
        if tag.POS not in ("VERB", "PRTS", "ADJS"):
            continue
        wanted = {"plur" if new.plural else "sing", str(tag.POS)}
        past = tag.tense == "past" or tag.POS in ("PRTS", "ADJS")
        if past and not new.plural:
            wanted.add(TAGS[new.gender])
        if not past:
            wanted.add("3per")
        found = inflected(parse, frozenset(wanted))
        if found and found != word.text.lower():
            yield word, like(word.text, found)
        return


@lru_cache(_REMEMBERED)
def agreement(cells: int, gender: str) -> Agreement:
    """What agrees with a word that fills these cells."""
    plural = bool(cells >> 6) and not cells & SINGULAR
    return Agreement(gender if gender in GENDERS else "", plural)
