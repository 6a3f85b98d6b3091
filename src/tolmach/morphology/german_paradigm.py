"""German paradigms: the four cases, what a compound begins with, adjectives made of a name."""

from __future__ import annotations

from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import german_bases
from tolmach.morphology.german import declines_attribute, is_adjective, starts_attribute, takes_article
from tolmach.morphology.lexeme import Base, Lexeme, Table

_GENITIVE_ATTRIBUTE = "en"


def kind(text: str) -> str:
    """What the text names, by its looks: an acronym an organisation, a head noun a term, others a person."""
    words = text.split(" ")
    if len(words) == 1 and text.isupper() and len(text) > 1:
        return "organisation"
    if text[:1].islower() or any(starts_attribute(word) for word in words[1:]):
        return "term"
    if text.endswith(tuple(_tables()["transcribed"]["places"])) or text in _tables()["closed"]["names"]:
        return "place"
    noun = german_bases.phrase_gender(words)
    if (len(words) > 1 and noun) or noun in ("f", "pl") or text.endswith(tuple(_tables()["phrase"]["organisations"])):
        return "organisation"
    return "person"


def table(lexeme: Lexeme) -> Table:
    """The four cases of a name or term; the genitive may have several right forms.

    >>> table(Lexeme("Warschauer Pakt", "organisation")).singular["gen"]
    ('Warschauer Pakts', 'Warschauer Paktes')
    >>> table(Lexeme("Eurasische Wirtschaftsunion", "organisation")).singular["dat"]
    ('Eurasischen Wirtschaftsunion',)
    """
    cases = _phrase(lexeme) or _name(lexeme)
    found = {"nom": (lexeme.text,), **cases, "compound": (_compound(lexeme.text),)}
    if adjectives := _adjectives(lexeme):
        found["adjective"] = adjectives
    plural = {"nom": (lexeme.text + "s",)} if _has_family(lexeme) else {}
    return Table(found, plural, lexeme.gender)


def bases(text: str, kind: str, gender: str) -> tuple[Base, ...]:
    """The base forms a printed form may have, best first."""
    return german_bases.bases(text, kind, gender)


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "german_bases.toml")


@cache
def _names() -> dict[str, Any]:
    names: dict[str, Any] = load_table("tolmach.morphology", "german.toml")["names"]
    return names


def _same(text: str, genitives: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"gen": tuple(dict.fromkeys(genitives)), "dat": (text,), "acc": (text,)}


def _name(lexeme: Lexeme) -> dict[str, tuple[str, ...]]:
    """A name takes -s, after a sibilant an apostrophe (Duden, rule 16); acronyms may stay as they are."""
    text = lexeme.text
    last = text.split(" ")[-1]
    sibilant = text.lower().endswith(tuple(_names()["apostrophe_after"]))
    if text[1:] and text[-1].isupper():
        return _same(text, (text,) if sibilant else (text, text + "s"))
    if text in _tables()["phrase"]["nominal"]:
        return {"gen": (text + "n",), "dat": (text + "n",), "acc": (text,)}
    strong = lexeme.kind != "person" and last.lower().endswith(tuple(_tables()["phrase"]["strong_es"]))
    apostrophe = text + "’" if sibilant else text + "s"
    if lexeme.kind != "person" and _has_no_ending(lexeme):
        return _same(text, (text, apostrophe))
    if sibilant:
        return _same(text, (text + "es", apostrophe) if strong else (apostrophe,))
    if lexeme.kind == "place" and takes_article(text):
        return _same(text, (text + "s", text))
    return _same(text, (text + "s", text + "es") if strong else (text + "s",))


def _has_no_ending(lexeme: Lexeme) -> bool:
    """«der Ukraine», «der Nato», «der Niederlande», «des Kaukasus»."""
    rules, text = _tables()["phrase"], lexeme.text
    if text.lower().endswith(tuple(rules["masculine_in_s"])) or text in rules["feminine_names"]:
        return True
    if lexeme.kind == "place":
        feminine = text.lower().endswith(tuple(rules["feminine_places"]))
        return feminine or (takes_article(text) and text not in rules["not_feminine"])
    if " " in text and text.endswith(tuple(rules["feminine_titles"])):
        return True
    return german_bases.head_gender(text.rpartition(" ")[2]) in ("f", "pl")


def _phrase(lexeme: Lexeme) -> dict[str, tuple[str, ...]]:
    """A term of several words: attributes decline with the head; nothing when the text is no such term."""
    words = lexeme.text.split(" ")
    end = german_bases.head_place(words) + 1
    equals = lexeme.kind == "place" and "und" in words  # «Bosnien und Herzegowinas»
    if lexeme.kind == "person" or equals or not _is_term(words, end):
        return {}
    attributes, head, rest = words[: end - 1], words[end - 1], words[end:]
    gender = german_bases.phrase_gender(words) or _by_attribute(attributes)
    # The strong ending of a feminine is -e, of a neuter -es: «Frankfurter Allgemeine Zeitung» begins with a place.
    weak = [word if _is_of_place(word, gender) else _declined(word) for word in attributes]
    endings = [""] if gender in ("f", "pl") else _genitive_endings(head)
    oblique = " ".join((*weak, head, *rest))
    genitives = tuple(" ".join((*weak, head + ending, *rest)) for ending in endings)
    accusative = oblique if gender == "m" else lexeme.text
    dative = " ".join((*weak, _dative_plural(head), *rest)) if gender == "pl" else oblique
    return {"gen": genitives, "dat": (dative,), "acc": (accusative,)}


def _dative_plural(noun: str) -> str:
    """«Emiraten», but «Nationen», «Taliban»."""
    return noun + "n" if noun.endswith(("e", "er", "el")) else noun


def _is_term(words: list[str], end: int) -> bool:
    """Is it a head noun with what declines before it or belongs to it after it, unlike «Sankt Petersburg»?"""
    follows = any(starts_attribute(word) for word in words[end:])
    adjectives = end > 1 and is_adjective(words[0])
    return len(words) > 1 and (follows or adjectives or bool(german_bases.phrase_gender(words)))


def _genitive_endings(head: str) -> list[str]:
    if head.lower().endswith(("ius", "mus", "kus", "rus", "lus", "tus", "nus", "fonds")):
        return [""]
    if head.lower().endswith(("s", "ß", "x", "z")):
        return ["es"]
    return ["s", "es"] if head.lower().endswith(tuple(_tables()["phrase"]["strong_es"])) else ["s"]


def _by_attribute(attributes: list[str]) -> str:
    """The gender that the ending of an attribute shows («Islamischer Staat»)."""
    for word in attributes:
        if word.endswith("er") and declines_attribute(word):
            return "m"
        if word.endswith("es"):
            return "n"
        if word.endswith("e"):
            return "f"
    return "m"


def _is_of_place(attribute: str, gender: str) -> bool:
    return gender != "m" and attribute.endswith("er") and not is_adjective(attribute)


def _declined(word: str) -> str:
    if not word.endswith(("er", "es", "e")) or (word.endswith("er") and not declines_attribute(word)):
        return word
    stem = word.removesuffix("e") if word.endswith("e") else word[:-2]
    return stem + _GENITIVE_ATTRIBUTE


def _compound(text: str) -> str:
    return text.replace(" ", "-") + "-"


def _has_family(lexeme: Lexeme) -> bool:
    single = lexeme.kind == "person" and " " not in lexeme.text
    return single and not lexeme.text.lower().endswith(tuple(_names()["apostrophe_after"]))


def _adjectives(lexeme: Lexeme) -> tuple[str, ...]:
    """«Moskauer», «kasachisch», «Tokajew’sche»: only where the rules or the list of countries are sure."""
    if lexeme.kind == "person" and " " not in lexeme.text:
        return (lexeme.text + "’sche", lexeme.text.lower() + "sche")
    if lexeme.kind != "place" or " " in lexeme.text:
        return ()
    countries: dict[str, str] = _tables()["countries"]
    if lexeme.text in countries:
        return (countries[lexeme.text],)
    if takes_article(lexeme.text) or lexeme.text.lower().endswith(("stan", "land", "ien", "us")):
        return ()
    return (lexeme.text.removesuffix("e") + "er",)
