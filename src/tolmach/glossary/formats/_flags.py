"""The flags of a glossary in Weblate, and what sets apart the lines of one source."""

from __future__ import annotations

from tolmach.glossary.formats._pairs import FORBIDDEN, READ_ONLY, Pair, folded


def flags_of(pair: Pair) -> list[str]:
    """The flags of a pair: always `terminology`, and whether it is unwanted or stays as it is."""
    more = [FORBIDDEN] if pair.forbidden else [READ_ONLY] if pair.concept.do_not_translate else []
    return ["terminology", *more]


def context(pair: Pair) -> str:
    """The id; of an unwanted translation with the form, of another wanted form of the source with that."""
    if pair.forbidden:
        return f"{pair.concept.id}/{folded(pair.target.form)}"
    return pair.concept.id
