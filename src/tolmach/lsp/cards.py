"""Concept cards as an editor shows them over a word: Markdown, or plain text for editors without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from tolmach.glossary.card import Card, Row
from tolmach.glossary.words import status_word, stretches
from tolmach.messages import _

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def markdown(card: Card) -> str:
    """The card in Markdown; nothing in it is taken for markup.

    >>> markdown(Card("a_b", "term", note="<b>\\nnew"))
    '**a\\\\_b** · term: \\\\<b\\\\> new'
    """
    head, *lines = _lines(card, _escaped)
    name, _dot, rest = head.partition(" · ")
    return "\n".join((f"**{name}** · {rest}", *(("", *(f"- {line}" for line in lines)) if lines else ())))


def plain(card: Card) -> str:
    """The card as plain text, line by line."""
    return "\n".join(_lines(card, _folded))


def _lines(card: Card, written: Callable[[str], str]) -> Iterator[str]:
    _language, name = card.heading
    about = f"{written(card.kind)}: {written(card.note)}" if card.note else written(card.kind)
    yield f"{written(name)} · {about}"
    if card.original:
        names = ", ".join(f"{text} ({language})" for language, text in card.original)
        yield written(_("original: {forms}").format(forms=names))
    for language, rows in groupby(card.rows, key=lambda row: row.language):
        yield f"{written(language)}: " + "; ".join(written(_row(row)) for row in rows)
    if card.sources:
        yield written(_("sources: {sources}").format(sources="; ".join(card.sources)))
    if card.place:
        yield written(_("decided in {place}").format(place=card.place))


def _row(row: Row) -> str:
    remarks = ", ".join(filter(None, (status_word(row.status), row.system, stretches(row.valid), row.reason)))
    forms = list(dict.fromkeys(form for _case, form in row.cases))
    return f"{row.form} ({remarks})" + (f": {', '.join(forms[1:])}" if len(forms) > 1 else "")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", _folded(text))
