"""Concept cards on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from tolmach.glossary.card import Card
from tolmach.glossary.words import status_word, stretches
from tolmach.messages import N_, _

_CASES = {
    "nomn": N_("nom."),
    "gent": N_("gen."),
    "datv": N_("dat."),
    "accs": N_("acc."),
    "ablt": N_("instr."),
    "loct": N_("loc."),
}

_PLACES = {
    "decided": N_("decided in {place}"),
    "proposed": N_("only proposed, in {place}"),
    "rejected": N_("rejected in {place}"),
}


def as_record(card: Card) -> dict[str, Any]:
    """The card as plain JSON values."""
    record = asdict(card)
    record["original"] = dict(card.original)
    for row, plain in zip(card.rows, record["rows"], strict=True):
        plain.update(status=row.status.value, valid=stretches(row.valid), cases=dict(row.cases))
    return record


def as_lines(card: Card) -> Iterator[str]:
    """The card for reading: what it is, then the designations by language with status, system, reason and cases."""
    yield f"{card.id} ({card.kind}){': ' + card.note if card.note else ''}"
    if card.original:
        yield "  " + _("original: {forms}").format(
            forms=", ".join(f"{text} ({language})" for language, text in card.original)
        )
    for language, rows in groupby(card.rows, key=lambda row: row.language):
        yield f"  {language}"
        for row in rows:
            remarks = [status_word(row.status), row.system, stretches(row.valid), row.reason]
            yield f"    {row.form}: {', '.join(filter(None, remarks))}"
            if len({form for _case, form in row.cases}) > 1:
                yield "      " + " · ".join(f"{_(_CASES[case])} {form}" for case, form in row.cases)
    if card.sources:
        yield "  " + _("sources: {sources}").format(sources="; ".join(card.sources))
    if card.place:
        yield "  " + _(_PLACES[card.state]).format(place=card.place)
