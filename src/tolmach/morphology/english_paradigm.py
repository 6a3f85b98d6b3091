"""English paradigms: singular and plural with their possessives, and the base of a printed form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.english import plurals, right_forms
from tolmach.morphology.lexeme import Base, Form, Lexeme, Table


def kind(text: str) -> str:
    """What the text names: small letters and a link make a term, acronyms an organisation, else it is a person."""
    words = text.split(" ")
    if text.isupper() and len(text) > 1:
        return "organisation"
    return "term" if text[:1].islower() or set(words) & set(_tables()["links"]) else "person"


def table(lexeme: Lexeme) -> Table:
    """Nominative and possessives of the singular, and of the plural where the kind has one.

    >>> table(Lexeme("head of state", "office")).plural["nom"]
    ('heads of state',)
    >>> table(Lexeme("Belarus", "place")).singular["poss"]
    ('Belarus’s', 'Belarus’')
    """
    own = right_forms(lexeme, Form("", "gent"))
    extra = (lexeme.text + "’",) if lexeme.text.endswith("s") else ()
    singular = {"nom": (lexeme.text,), "poss": tuple(dict.fromkeys((*own, *extra)))}
    texts = _family(lexeme) or tuple(plurals(lexeme))
    if not texts:
        return Table(singular)
    possessives = tuple(text + ("’" if text.endswith("s") else "’s") for text in texts)
    return Table(singular, {"nom": texts, "poss": possessives})


def bases(text: str, kind: str, gender: str) -> tuple[Base, ...]:
    """The base forms a printed form may have, best first.

    >>> [(base.form, base.case) for base in bases("Tokayev’s", "", "")]
    [('Tokayev', 'poss')]
    >>> bases("Putin-backed", "", "")[0].tail
    '-backed'
    """
    return tuple(_bases(text.removeprefix("the "), kind)) or (Base(text, "nom"),)


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "english.toml")


def _family(lexeme: Lexeme) -> tuple[str, ...]:
    """«the Tokayevs», «the Joneses»."""
    if lexeme.kind != "person" or " " in lexeme.text:
        return ()
    return (lexeme.text + ("es" if lexeme.text.endswith(("s", "x", "z", "ch", "sh")) else "s"),)


def _bases(text: str, kind: str) -> Iterator[Base]:
    first, hyphen, last = text.rpartition("-")
    if hyphen and first[:1].isupper() and (last in _tables()["tails"] or last.endswith(("ed", "ing"))):
        yield Base(first, "nom", hyphen + last)
    for ending in ("'s", "’s"):
        if text.endswith(ending):
            yield Base(text.removesuffix(ending), "poss")
            return
    if text.endswith(("'", "’")):
        yield Base(text[:-1], "poss")
        yield from (Base(base.form, "poss", "", "pl") for base in _singulars(text[:-1], kind))
        return
    yield from _singulars(text, kind)
    yield Base(text, "nom")


def _singulars(text: str, kind: str) -> Iterator[Base]:
    """Singulars of a plural: of the head of a term, of an acronym, of a family after «the»."""
    words = text.split(" ")
    links = set(_tables()["links"])
    place = next((index - 1 for index, word in enumerate(words) if index and word in links), len(words) - 1)
    head = words[place]
    for singular in _singular(head, common=head.islower() or (len(words) > 1 and kind not in ("", "person", "place"))):
        yield Base(" ".join((*words[:place], singular, *words[place + 1 :])), "nom", "", "pl")


def _singular(noun: str, *, common: bool) -> Iterator[str]:
    if noun.endswith("s") and noun[:-1].isupper() and len(noun) > 2:
        yield noun[:-1]
        return
    if not (common or noun.endswith(tuple(_tables()["family_plural"]))):
        return
    for ending, singular in _tables()["singular"]:
        if noun.endswith(ending) and len(noun) > len(ending) + 1:
            if ending != singular:
                yield noun.removesuffix(ending) + singular
            return
