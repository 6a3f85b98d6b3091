"""German forms: genitive of names, declined multi-word terms, plurals, possessive adjectives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Form, Lexeme

_OF_ATTRIBUTES = ("e", "er", "es", "en")
_ORDINAL = re.compile(r"\d{1,3}\.")
_UMLAUTS = (("au", "äu"), ("aa", "ä"), ("a", "ä"), ("o", "ö"), ("u", "ü"))
_ADJECTIVAL: dict[str, tuple[str, ...]] = {"sg": ("er", "e", "en"), "pl": ("e", "en")}
_NAME_KINDS = ("person", "place", "organisation", "event", "other")
# These are often made of a common noun («Kanzleramt»).
_NOUN_KINDS = ("organisation", "event", "other")


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "german.toml")


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """Every form that German texts show of a name or term.

    >>> [form.text for form in forms(Lexeme("Belarus", "place"))]
    ['Belarus', "Belarus'", 'Belarus’']
    """
    if lexeme.indeclinable:
        return (Form(lexeme.text),)
    if lexeme.acronym:
        return tuple(_acronym_forms(lexeme))
    if " " in lexeme.text:
        return tuple(_phrase_forms(lexeme))
    if lexeme.kind in _NAME_KINDS:
        nouns = _noun_forms(lexeme.text) if lexeme.kind == "event" else ()
        return (*_name_forms(lexeme.text, lexeme.kind), *nouns)
    return tuple(_noun_forms(lexeme.text))


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The German form that stands where `like` stood.

    >>> right_forms(Lexeme("Tokajew", "person"), Form("Toqajews", "gent"))
    ('Tokajews',)
    >>> right_forms(Lexeme("Eurasische Wirtschaftsunion"), Form("Eurasischen Ökonomischen Union", "nomn", "sg", "en"))
    ('Eurasischen Wirtschaftsunion',)
    """
    if lexeme.acronym and like.case == "gent" and not lexeme.indeclinable:
        return (lexeme.text + ("’" if _takes_apostrophe(lexeme.text) else "s"),)
    if lexeme.indeclinable or lexeme.acronym:
        return (lexeme.text,)
    if lexeme.kind == "person" and like.ending:
        return (lexeme.text + like.ending,)
    if " " in lexeme.text and lexeme.kind != "person":
        return _right_phrase(lexeme.text, like)
    if adjectival := _adjectival_stem(lexeme.text):
        # Whether «Flüchtling» had an article, and so which ending its place asks for, is not to be seen.
        endings = (like.ending,) if like.ending else ("en",) if like.case == "gent" else _ADJECTIVAL[like.number]
        return tuple(adjectival + ending for ending in endings)
    if like.ending and like.case != "gent" and lexeme.kind not in _NAME_KINDS:
        # «den Beauftragten» may be one or several.
        return (lexeme.text, *_right_plural(lexeme), *right_forms(lexeme, Form("", "gent")))
    if like.case != "gent":
        return (lexeme.text,) if like.number == "sg" else _right_plural(lexeme)
    if lexeme.kind in _NAME_KINDS:
        return (lexeme.text + ("’" if _takes_apostrophe(lexeme.text) else "s"),)
    return (lexeme.text + next(iter(_noun_class(lexeme.text)["singular_genitive"]), ""),)


def share_head(first: str, second: str) -> bool:
    """Have two terms the same head, so that they have the same gender and the same endings?

    >>> share_head("Eurasische Ökonomische Union", "Eurasische Wirtschaftsunion"), share_head("Experte", "Fachkraft")
    (True, False)
    """
    one, other = (_phrase(text).head.lower() if " " in text else text.lower() for text in (first, second))
    return one.endswith(other) or other.endswith(one)


def takes_article(name: str) -> bool:
    """Does the name of a place never stand without an article («in der Moldau»)?"""
    names = _tables()["names"]
    return name in names["with_article"] or name.lower().endswith(tuple(names["with_article_in"]))


def agrees_before(word: str) -> bool:
    """Does the word change with the gender of a noun after it (article, pronoun, adjective, «im», «zur»)?

    >>> agrees_before("Das"), agrees_before("neue"), agrees_before("nach"), agrees_before("Rede")
    (True, True, False, False)
    """
    rules = _tables()["agreement"]
    small = word.lower()
    if small in rules["determiners"]:
        return True
    return word[:1].islower() and small not in rules["no_adjectives"] and small.endswith(tuple(rules["endings"]))


def shows_genitive(word: str) -> bool:
    """Is a masculine or neuter noun after the word in the genitive («des», «eines»)?"""
    return word.lower() in _tables()["agreement"]["genitive"]


def _right_plural(lexeme: Lexeme) -> tuple[str, ...]:
    # The plural of a noun is not to be guessed in writing, unless the glossary says it.
    return lexeme.irregular[:1]


def _right_phrase(text: str, like: Form) -> tuple[str, ...]:
    phrase = _phrase(text)
    attributes = tuple(_stem(word) + like.ending for word in phrase.attributes) if like.ending else phrase.attributes
    attributes = tuple(
        old if _is_invariant(old) else new for old, new in zip(phrase.attributes, attributes, strict=True)
    )
    genitive = _noun_class(phrase.head)["singular_genitive"]
    ending = genitive[0] if like.case == "gent" and genitive and like.number == "sg" else ""
    return (" ".join((*attributes, phrase.head + ending, *phrase.rest)),) if like.number == "sg" else ()


def declines_attribute(attribute: str) -> bool:
    """Does an attribute change its ending («Islamischer»), unlike the adjective of a place («Schanghaier»)?"""
    return not _is_invariant(attribute)


def is_descriptive(name: str) -> bool:
    """Does the name of a body begin with an adjective that is often written small?

    >>> is_descriptive("Eurasische Ökonomische Union"), is_descriptive("Rotes Kreuz")
    (True, False)
    """
    first, *others = name.split(" ")
    # An adjective and one noun may be any name.
    return len(others) > 1 and first.endswith(_OF_ATTRIBUTES[:3]) and not _is_invariant(first)


def is_adjective(word: str) -> bool:
    """Has the word the ending of an adjective without an article («Deutsche», «Südliches», «Allgemeiner»)?"""
    stem = word.removesuffix("r") if word.endswith("er") else word.removesuffix("s")
    masculine = stem + "r"
    return stem.endswith("e") and not _is_invariant(masculine) and not masculine.endswith("ter")


def starts_attribute(word: str) -> bool:
    """Does the word begin what follows the head of a term («des», «für»)?"""
    return word in _tables()["attribute_starts"]


def _is_invariant(attribute: str) -> bool:
    """Is it an adjective of a place in -er («Schanghaier»), which never declines, or a number («2.»)?"""
    if attribute.endswith(".") or attribute.lower().endswith(tuple(_tables()["places_in_er"])):
        return True
    return attribute.endswith("er") and not attribute.lower().endswith(tuple(_tables()["declined_in_er"]))


def _takes_apostrophe(name: str) -> bool:
    return name.lower().endswith(tuple(_tables()["names"]["apostrophe_after"]))


def _name_forms(name: str, kind: str) -> Iterator[Form]:
    rules = _tables()["names"]
    yield Form(name)
    if kind in _NOUN_KINDS and name.lower().endswith(tuple(_strong())):
        yield Form(name + "es", "gent")
    if _takes_apostrophe(name):
        yield from (Form(name + ending, "gent") for ending in rules["apostrophe"])
        return
    yield from (Form(name + ending, "gent") for ending in rules["genitive"])
    if kind == "person":
        for ending in rules["possessive_adjective"]:
            yield from (Form(name + mark + ending, "nomn", "sg", mark + ending) for mark in ("", "'", "’"))


def _acronym_forms(lexeme: Lexeme) -> Iterator[Form]:
    yield Form(lexeme.text)
    rules = _tables()["names"]
    # Behind other letters an apostrophe closes a quotation.
    apostrophe = rules["apostrophe"] if _takes_apostrophe(lexeme.text) else ()
    yield from (Form(lexeme.text + ending, "gent") for ending in (*rules["genitive"], *apostrophe))


def _noun_class(noun: str) -> dict[str, Any]:
    classes: list[dict[str, Any]] = _tables()["noun_class"]
    return next(entry for entry in classes if noun.lower().endswith(tuple(entry["base"])))


def _strong() -> list[str]:
    """The ends of nouns that may have their genitive in -es."""
    ends: list[str] = load_table("tolmach.morphology", "german_bases.toml")["phrase"]["strong_es"]
    return ends


def _adjectival_stem(noun: str) -> str:
    """The stem of a noun that declines like an adjective; "" of any other.

    >>> _adjectival_stem("Vorsitzender"), _adjectival_stem("Kalender")
    ('Vorsitzend', '')
    """
    stem = noun.removesuffix("r").removesuffix("e")
    known = noun.endswith(("e", "er")) and stem.lower().endswith(tuple(_tables()["adjectival_nouns"]))
    return stem if known else ""


def _noun_forms(noun: str) -> Iterator[Form]:
    if stem := _adjectival_stem(noun):
        yield from (Form(stem + ending, "nomn", "sg", ending) for ending in _tables()["adjective_endings"])
        return
    entry = _noun_class(noun)
    yield Form(noun)
    yield from (Form(noun + ending, "gent") for ending in entry["singular_genitive"])
    yield from (Form(noun + ending, "nomn", "pl") for ending in entry["plural"])
    # «Ministerien»: a foreign ending goes.
    yield from (Form(noun.removesuffix("um") + ending, "nomn", "pl") for ending in entry.get("plural_of_stem", ()))
    if (changed := _umlaut(noun)) != noun:
        yield from (Form(changed + ending, "nomn", "pl") for ending in entry.get("umlaut_plural", ()))


def _umlaut(noun: str) -> str:
    """The noun with its last a, o, u or au changed, as in Rat, Räte.

    >>> _umlaut("Rat"), _umlaut("Raum"), _umlaut("Arzt")
    ('Rät', 'Räum', 'Ärzt')
    """
    small = noun.lower()
    places = [(small.rfind(plain), plain, changed) for plain, changed in _UMLAUTS if plain in small]
    if not places:
        return noun
    place, plain, changed = max(places, key=lambda entry: (entry[0] + len(entry[1]), len(entry[1])))
    if place == 0 and noun[:1].isupper():
        changed = changed.capitalize()
    return noun[:place] + changed + noun[place + len(plain) :]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A multi-word term: declined attributes, the head noun, what follows unchanged."""

    attributes: tuple[str, ...]
    head: str
    rest: tuple[str, ...]


def _phrase(text: str) -> _Phrase:
    """Which word of the term is its head.

    >>> _phrase("Organisation des Vertrags über kollektive Sicherheit").head
    'Organisation'
    >>> _phrase("Eurasische Wirtschaftsunion").head
    'Wirtschaftsunion'
    """
    words = text.split(" ")
    starts = set(_tables()["attribute_starts"])
    end = next((index for index, word in enumerate(words) if index and word in starts), len(words))
    core = words[:end]
    attributes = 0
    while attributes < len(core) - 1 and (
        core[attributes].endswith(_OF_ATTRIBUTES) or _ORDINAL.fullmatch(core[attributes])
    ):
        attributes += 1
    return _Phrase(tuple(core[:attributes]), core[attributes], (*core[attributes + 1 :], *words[end:]))


def _phrase_forms(lexeme: Lexeme) -> Iterator[Form]:
    yield Form(lexeme.text)
    if lexeme.kind == "person":
        yield from _name_forms(lexeme.text, "place")
        return
    phrase = _phrase(lexeme.text)
    heads = tuple(_noun_forms(phrase.head))
    rests = (phrase.rest, *_other_genitives(phrase.rest))
    for attributes, ending in _attribute_forms(phrase.attributes):
        for head, rest in product(heads, rests):
            yield Form(" ".join((*attributes, head.text, *rest)), head.case, head.number, ending or head.ending)
    if lexeme.kind in _NAME_KINDS and not set(phrase.rest) & set(_tables()["attribute_starts"]):
        # «Sankt Petersburgs», «Republik Moldaus»: the last word of a name may carry the genitive.
        yield from (Form(form.text, form.case) for form in _name_forms(lexeme.text, "place"))


def _other_genitives(rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What follows the head with the other genitive of a noun: «des Vertrags» for «des Vertrages»."""
    for place, word in enumerate(rest):
        stem = word.removesuffix("s").removesuffix("e")
        if place and word[:1].isupper() and word.endswith("s") and stem.lower().endswith(tuple(_strong())):
            yield (*rest[:place], stem + ("s" if word.endswith("es") else "es"), *rest[place + 1 :])


def _attribute_forms(attributes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The attributes in every ending (all with the same one), and which it is; «Schanghaier» may stay as it is."""
    yield attributes, ""
    if not attributes:
        return
    endings: list[str] = _tables()["adjective_endings"]
    for ending in endings:
        yield tuple(word if _is_invariant(word) else _stem(word) + ending for word in attributes), ending


def _stem(adjective: str) -> str:
    return next(
        (adjective.removesuffix(ending) for ending in ("en", "er", "es", "e") if adjective.endswith(ending)), adjective
    )
