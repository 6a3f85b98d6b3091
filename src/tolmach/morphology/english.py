"""English forms: plural, possessive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Case, Form, Lexeme, Number

_FAMILY_ENDINGS: tuple[tuple[str, Case], ...] = (("", "nomn"), ("'", "gent"), ("\u2019", "gent"))


def forms(lexeme: Lexeme) -> tuple[Form, ...]:
    """The name or term in the singular and plural, each with its possessive.

    >>> [form.text for form in forms(Lexeme("head of state"))][:4]
    ['head of state', "head of state's", 'head of state’s', 'heads of state']
    """
    return tuple(_forms(lexeme))


def right_forms(lexeme: Lexeme, like: Form) -> tuple[str, ...]:
    """The singular or plural, with the possessive where `like` has it (case `gent`).

    >>> right_forms(Lexeme("Tokayev", "person"), Form("Tokaev's", "gent"))
    ('Tokayev’s',)
    """
    base = lexeme.text
    if like.number == "pl" and lexeme.number != "pl":
        base = _family(lexeme) or next(plurals(lexeme), base)
    if like.case != "gent":
        return (base,)
    return (base + ("’" if base.endswith("s") and "pl" in (like.number, lexeme.number) else "’s"),)


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "english.toml")


def _forms(lexeme: Lexeme) -> Iterator[Form]:
    numbers: tuple[tuple[Number, tuple[str, ...]], ...] = (("sg", (lexeme.text,)), ("pl", tuple(plurals(lexeme))))
    for number, texts in numbers:
        for text in texts:
            yield Form(text, "nomn", number)
            yield from (Form(text + ending, "gent", number) for ending in _possessives(text))
    if family := _family(lexeme):
        yield from (Form(family + ending, case, "pl") for ending, case in _FAMILY_ENDINGS)


def _family(lexeme: Lexeme) -> str:
    """The members of a family («the Nazarbayevs»); "" for names that would look like another one («Williams»)."""
    family = lexeme.text + "s"
    known = lexeme.kind == "person" and not lexeme.given and family.endswith(tuple(_tables()["family_plural"]))
    return family if known else ""


def _possessives(text: str) -> list[str]:
    """An apostrophe alone follows what ends in s; behind other words it closes a quotation («'Kiev'»)."""
    endings: list[str] = _tables()["possessive"]
    return endings if text[-1:].lower() in _tables()["apostrophe_after"] else [one for one in endings if len(one) > 1]


def plurals(lexeme: Lexeme) -> Iterator[str]:
    """The plurals of a term, the usual one first; names of persons and places have none."""
    if lexeme.kind in ("person", "place") or lexeme.number == "pl":
        return
    words = lexeme.text.split(" ")
    after_head = {*_tables()["links"], *_tables()["postposed"]}
    head = next((index - 1 for index, word in enumerate(words) if index and word in after_head), len(words) - 1)
    yield " ".join((*words[:head], _plural(words[head], acronym=lexeme.acronym), *words[head + 1 :]))
    if words[head + 1 :] and words[head + 1] in _tables()["postposed"]:
        yield lexeme.text + "s"


def _plural(noun: str, *, acronym: bool) -> str:
    if acronym:
        return noun + "s"
    entry = next(entry for entry in _tables()["plural"] if noun.lower().endswith(tuple(entry["ends"])))
    return noun[: len(noun) - entry.get("cut", 0)] + str(entry["ending"])
