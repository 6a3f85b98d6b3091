"""English forms: plural, possessive."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.morphology.lexeme import Form, Lexeme, Number

_POSSESSIVE = ("'s", "’s", "'", "’")
# Words that begin what belongs to a head noun before them: «heads of state».
_LINKS = ("of", "for", "in", "on", "to", "and", "at", "with", "against")
# Adjectives that English puts after the noun of an office: «prosecutors general».
_POSTPOSED = ("general", "elect", "designate", "martial", "emeritus", "laureate")


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The name or term in the singular and plural, each with its possessive.

    >>> [form.text for form in forms(Lexeme("head of state"))][:4]
    ['head of state', "head of state's", 'head of state’s', "head of state'"]
    """
    return tuple(_forms(lexeme))


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The singular or plural, with the possessive where `like` has it (case `gent`)."""
    base = lexeme.text if like.number == "sg" or lexeme.number == "pl" else next(iter(_plurals(lexeme)), lexeme.text)
    if like.case != "gent":
        return (base,)
    return (base + ("’" if base.endswith("s") and (like.number == "pl" or lexeme.number == "pl") else "’s"),)


def _forms(lexeme: Lexeme) -> Iterator[Form]:
    for number, texts in (("sg", [lexeme.text]), ("pl", list(_plurals(lexeme)))):
        for text in texts:
            count: Number = "pl" if number == "pl" else "sg"
            yield Form(text, "nomn", count)
            yield from (Form(text + ending, "gent", count) for ending in _POSSESSIVE)


def _plurals(lexeme: Lexeme) -> Iterator[str]:
    if lexeme.kind in ("person", "place") or lexeme.number == "pl":
        return
    words = lexeme.text.split(" ")
    head = next((index - 1 for index, word in enumerate(words) if index and (word in _LINKS or word in _POSTPOSED)), len(words) - 1)
    for plural in _noun_plurals(words[head], acronym=lexeme.acronym):
        yield " ".join((*words[:head], plural, *words[head + 1 :]))


def _noun_plurals(noun: str, *, acronym: bool) -> Iterator[str]:
    if acronym:
        yield noun + "s"
    elif noun.endswith("y") and noun[-2:-1] not in "aeiou":
        yield noun[:-1] + "ies"
    elif noun.endswith(("s", "x", "z", "ch", "sh")):
        yield noun + "es"
    elif noun.endswith("man"):
        yield noun[:-3] + "men"
    else:
        yield noun + "s"
