"""Terms that stand in a German compound with another word of the source («Debitorendaten» for «customer data»).

The part that is the other word stays, the part that is the term is replaced: the last one («Speicherzuweisung» →
«Speicherzuordnung») or the one before («Kundendaten»).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.files import load_table
from tolmach.morphology.lexeme import Lexeme
from tolmach.text.bitext.words import Word
from tolmach.text.model import Span
from tolmach.translate.enforce.derived import is_relative
from tolmach.translate.enforce.function_words import is_function_word
from tolmach.translate.enforce.sentence import key
from tolmach.translate.enforce.words import tails

_SHORTEST = 4
_SHORTEST_TAIL = 3
_NEAR = 3  # words between the term and the other word in the source


@dataclass(frozen=True, slots=True)
class Part:
    """The letters of a compound that are to be replaced, and by what."""

    span: Span
    lexeme: Lexeme


def part_of(
    compound: Word, term: str, source: Sequence[Word], rows: range, known: Mapping[str, frozenset[str]]
) -> Part | None:
    """The part of a compound that renders the term in `rows` of the source, while the other part renders a word near.

    `known` are the usual translations by stem.
    """
    if not compound.text[:1].isupper() or not compound.text.isalpha() or len(compound.text) < 2 * _SHORTEST:
        return None
    if " " in term or not term[:1].isupper() or not term.isalpha() or "ß" in compound.text:
        return None
    own = {one for word in source[rows.start : rows.stop] for one in (*known.get(word.stem, ()), word.stem)}
    before, after = source[max(0, rows.start - _NEAR) : rows.start], source[rows.stop : rows.stop + _NEAR]
    near = {one for word in (*before, *after) for one in known.get(word.stem, ()) if one not in own}
    others = {one for one in near if not is_function_word(one, "de")}
    last = _last(compound, term, own, others) if len(rows) == 1 else None
    loan = any(key(word.text) == key(term) for word in source[rows.start : rows.stop])
    return last or _first(compound, term, own, others, None if loan else _link(term))


def _last(compound: Word, term: str, own: set[str], others: set[str]) -> Part | None:
    for cut, tail in tails(compound.text, "de", _SHORTEST_TAIL):
        kept = compound.stem[:cut]
        if tail in own and any(len(one) >= _SHORTEST and kept.startswith(one) for one in others):
            written = compound.text[:cut] + term.lower()
            return Part(Span(compound.start, compound.end), Lexeme(written, "term"))
    return None


def _first(compound: Word, term: str, own: set[str], others: set[str], link: str | None) -> Part | None:
    for cut, tail in tails(compound.text, "de", _SHORTEST_TAIL):
        if tail not in others or is_relative(compound.text[:cut], term):
            continue
        if any(len(one) >= _SHORTEST_TAIL and compound.stem[:cut].startswith(one) for one in own):
            end = compound.start + cut
            if link is not None:
                return Part(Span(compound.start, end), Lexeme(term + link, "term"))
            written = f"{term}-{compound.text[cut].upper()}"
            return Part(Span(compound.start, end + 1), Lexeme(written, "term"))
    return None


def _link(noun: str) -> str | None:
    """What joins the noun to the next one in a compound; None where only a hyphen is certain.

    >>> _link("Kunde"), _link("Zuordnung"), _link("Space")
    ('n', 's', None)
    """
    return next((link for ends, link in _joints() if ends.search(noun.lower())), None)


@cache
def _joints() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = load_table("tolmach.translate.enforce", "compounds.toml")
    return tuple((re.compile(f"(?:{one['ends']})$"), one["link"]) for one in table["joint"])
