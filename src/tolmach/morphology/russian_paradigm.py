"""Russian paradigms as a grammar prints them, and the base forms a printed form may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tolmach.morphology import russian_heads, russian_person_bases, russian_phrase_bases, russian_phrases
from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.lexeme import Base, Lexeme, Table
from tolmach.morphology.russian import gender, tables
from tolmach.morphology.russian_declension import CASES, Six
from tolmach.morphology.russian_person_bases import is_rare, likelihood, rules
from tolmach.morphology.russian_persons import stays

_GENDERS = ("m", "f")
_MOST = 6
_UNKNOWN = 0.3
_FULL_NAME = 2.0  # points for several words of which each looks like a name
_WORSE = 3.0  # points that a base may stand behind the best one


def kind(text: str) -> str:
    """What the text names: small letters make a term, places are in the dictionary, else it is a person."""
    if not text[:1].isupper():
        return "term"
    words = text.split(" ")
    if russian_heads.is_acronym(text):
        return "organisation"
    if len(words) == 1 and text.endswith(tuple(rules()["typical"]["man"][:9] + rules()["typical"]["woman"])):
        return "place" if lexicon.known(text.lower()) and not _is_name(text) else "person"
    nouns = [p.tag for p in lexicon.known(words[-1].lower()) if "nomn" in p.tag and p.tag.POS == "NOUN"]
    if any("Geox" in tag for tag in nouns) and not any({"Name", "Surn"} & tag.grammemes for tag in nouns[:1]):
        return "place"
    if all(word[:1].isupper() for word in words) and not _common_phrase(words):
        return "person"
    return "organisation"


def _is_name(word: str) -> bool:
    tags = [parse.tag for parse in lexicon.known(word.lower()) if "nomn" in parse.tag]
    return not any("Geox" in tag for tag in tags) or any("Surn" in tag or "Name" in tag for tag in tags)


def _common_phrase(words: list[str]) -> bool:
    return any(lexicon.is_common_word(word.lower()) for word in words)


def table(lexeme: Lexeme) -> Table:
    """The six cases; unchanged forms of places in -ово follow the declined ones, which are better style."""
    found = tables(lexeme)
    unchanged = None if lexeme.kind == "person" else russian_phrases.admitted(lexeme)
    singular = _columns(found.get("sg") or found["pl"], unchanged)
    return Table(singular, _columns(found["pl"], None) if {"sg", "pl"} <= set(found) else {}, gender(lexeme))


def _columns(six: Six, admitted: Six | None) -> dict[str, tuple[str, ...]]:
    rows = (six,) if admitted is None else (six, admitted)
    return {case: tuple(dict.fromkeys(row[place] for row in rows)) for place, case in enumerate(CASES)}


def bases(text: str, kind: str, gender: str) -> tuple[Base, ...]:
    """Base forms whose paradigm contains the text, best first.

    >>> [(base.form, base.case) for base in bases("Токаеву", "person", "")]
    [('Токаев', 'datv'), ('Токаева', 'accs')]
    """
    if quoted := russian_heads.QUOTED.fullmatch(text):
        inside = bases(quoted[2], kind, gender)
        return tuple(replace(base, form=f"{quoted[1]}{base.form}{quoted[3]}") for base in inside)
    if kind == "person" and text.isupper() and not text.title().isupper():
        found = bases(text.title(), kind, gender)
        return tuple(replace(base, form=base.form.upper()) for base in found)
    ranked: dict[Base, float] = {}
    for lexeme, weight in _candidates(text, kind, gender):
        for base, place in _cells(lexeme, text):
            score = weight - 0.1 * place - (base.number == "pl")
            ranked[base] = max(score, ranked.get(base, score))
    best = sorted(ranked, key=lambda base: -ranked[base])
    return tuple(base for base in best[:_MOST] if ranked[base] > ranked[best[0]] - _WORSE) or (Base(text, "nomn"),)


def _cells(lexeme: Lexeme, text: str) -> Iterator[tuple[Base, int]]:
    """Where the text stands in the paradigm; of an unchanged name only the nominative is told."""
    for number, six in tables(lexeme).items():
        places = [place for place, form in enumerate(six) if form == text]
        if len(places) == len(CASES):
            places = [] if lexeme.kind == "person" and number == "pl" else places[:1]
        yield from ((Base(lexeme.text, CASES[place], "", number), place) for place in places)


def _candidates(text: str, kind: str, gender: str) -> Iterator[tuple[Lexeme, float]]:
    """Lexemes that might have such a form, with how likely they are from their looks."""
    acronym = text.rstrip("аоуме")
    if russian_heads.is_acronym(acronym):
        yield Lexeme(acronym, kind or "organisation"), 0.0
        return
    if kind == "person" or (not kind and all(word[:1].isupper() for word in text.split(" "))):
        for sex in (gender,) if gender else _GENDERS:
            names = dict.fromkeys(russian_person_bases.nominatives(text, sex))
            for base in names:
                weight = _weight_of_person(base, sex)
                # A form that is not known as a name is rather an oblique one.
                yield Lexeme(base, "person", sex), weight - (_UNKNOWN if base == text and weight <= _FULL_NAME else 0.0)
    if kind != "person":
        kinds = (kind,) if kind else ("place", "organisation") if text[:1].isupper() else ("term", "office")
        for lexeme in (Lexeme(base, one) for base in russian_phrase_bases.nominatives(text) for one in kinds):
            weight = _weight_of_phrase(lexeme)
            yield lexeme, weight - (_UNKNOWN if lexeme.text == text and weight < 1 else 0.0)


def _may_follow(word: str) -> bool:
    """May the word stand after the head of a term, as it is: a genitive or a name of its own?"""
    return lexicon.is_genitive(word) or any("nomn" in parse.tag for parse in lexicon.readings(word.lower()))


def _weight_of_person(name: str, sex: str) -> float:
    words = [word for word in name.split(" ") if word[:1].isupper() and not stays(word)] or [name]
    found = [likelihood(word, sex) for word in words]
    # A name is as likely as its strangest word, the others count a little.
    likely = 0.7 * min(found) + 0.3 * sum(found) / len(found)
    return likely + (0.3 if len(words) == 1 else _FULL_NAME)


def _weight_of_phrase(lexeme: Lexeme) -> float:
    """How much the base looks like a place or term: known to the dictionary, or at least analysed by it."""
    words = lexeme.text.split(" ")
    if len(words) > 1 or lexeme.text.startswith("«"):
        phrase = russian_heads.analysed(replace(lexeme, text=lexeme.text.strip("«»")))
        if phrase is None:
            return -1.0 if lexeme.text.endswith(tuple(rules()["typical"]["oblique"])) else -0.5
        strange = any(not lexicon.known(word.lower()) for word in phrase.rest if word.istitle())
        strange = strange or (bool(phrase.rest) and phrase.rest[0].istitle() and not _may_follow(phrase.rest[0]))
        nominal = phrase.readings[phrase.head].tag.POS != "NOUN" and bool(phrase.rest)
        declined = len(phrase.words) - (0 if phrase.second is None else -1)
        neuter = nominal and phrase.readings[phrase.head].tag.gender == "neut"
        place = "Geox" in phrase.readings[phrase.head].tag
        return 2.3 + place - 0.3 * neuter + 0.2 * declined - strange - nominal
    known = [p for p in lexicon.known(lexeme.text.lower()) if "nomn" in p.tag]
    if "-" in lexeme.text and any("Geox" in p.tag for p in lexicon.known(lexeme.text.rpartition("-")[2].lower())):
        known = [p for p in lexicon.known(lexeme.text.rpartition("-")[2].lower()) if "nomn" in p.tag]
    if any("Geox" in p.tag for p in known):
        return 3.5 if lexeme.kind == "place" else 1.0
    if known:
        return 1.0
    oblique = lexeme.text.endswith(tuple(rules()["typical"]["oblique"]))
    return (-1.0 if oblique else 0.5) - is_rare(lexeme.text)
