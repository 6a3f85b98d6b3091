"""Adjectives made of names: «Казахстан», «казахстанский»; «Armenia», «Armenian»; «Kasachstan», «kasachisch»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table

_SHORTEST = 3
_VOWELS = "аеёиоуыэюяь"


def stands(name: str, kind: str, text: str, language: str) -> bool:
    """Has the text an adjective made of the name of a concept of that kind?

    >>> stands("Казахстан", "place", "Казахстанское правительство", "ru")
    True
    >>> stands("Armenia", "place", "the Armenian army", "en"), stands("Armenien", "place", "Arme Leute", "de")
    (True, False)
    """
    pattern = _pattern(name, kind, primary(language))
    return pattern is not None and pattern.search(text) is not None


@lru_cache(1 << 10)
def _pattern(name: str, kind: str, language: str) -> re.Pattern[str] | None:
    rules = load_table("tolmach.morphology", "adjectives.toml").get(language)
    if rules is None:
        return None
    found = {one for one in _adjectives(name, kind, language, rules) if len(one) >= _SHORTEST}
    if not found:
        return None
    either = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    # «прокремлёвский», «Moscow-based» and «nordkoreanisch» are other words.
    return re.compile(rf"(?<!\w)(?:{either}){rules['inflection']}(?!\w)", re.IGNORECASE)


def _adjectives(name: str, kind: str, language: str, rules: dict[str, Any]) -> Iterator[str]:
    """The adjectives without their endings, also some that nobody uses."""
    known = [adjective for own, adjective in rules["irregular"] if own == name]
    yield from known
    if language == "de":
        country = load_table("tolmach.morphology", "german_bases.toml")["countries"].get(name)
        if country:
            yield country
            return
    if kind not in rules["kinds"] or " " in name or name.isupper():
        return
    stem = name.rstrip(_VOWELS) if language == "ru" else name
    for cut, instead in rules["endings"]:
        if stem.endswith(cut) and len(stem) - len(cut) >= _SHORTEST:
            yield stem.removesuffix(cut) + instead
