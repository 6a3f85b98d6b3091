"""Word forms for the tiny translation packages: German and Russian cases by the endings of tiny_names.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GERMAN_CASES = ("nom", "gen", "dat", "acc")
RUSSIAN_CASES = ("nom", "gen", "dat", "acc", "ins", "prep")
RUSSIAN_GENDERS = "mfnp"
Entry = dict[str, Any]

VOCABULARY: Entry = tomllib.loads(Path(__file__).with_name("tiny_names.toml").read_text(encoding="utf-8"))
NAMES: Entry = VOCABULARY["names"]


@dataclass(frozen=True)
class Phrase:
    """One noun phrase: its forms by name ("nom", "gen", …, "in", "to") and what a verb must know of it."""

    de: dict[str, str]
    en: dict[str, str]
    ru: dict[str, str]
    gender: str = "m"
    plural: bool = False
    plural_en: bool = False
    names: frozenset[str] = field(default_factory=frozenset)


def decline(words: str, language: str) -> list[str]:
    """All cases of "word/class word/class …"; a word without a class stays."""
    cases = GERMAN_CASES if language == "de" else RUSSIAN_CASES
    columns = []
    for word in words.split(" "):
        stem, _, name = word.partition("/")
        endings = VOCABULARY["endings"][language][name] if name else [""] * len(cases)
        first = endings[0] if name else ""
        if not stem.endswith(first):
            raise ValueError(f"{word}: does not end in {first!r}")
        columns.append([stem.removesuffix(first) + ending for ending in endings])
    return [" ".join(forms) for forms in zip(*columns, strict=True)]


def russian(entry: Entry) -> list[str]:
    """The six cases of an entry."""
    return entry.get("ru_cases") or decline(entry["ru"], "ru")


def joined(before: list[str], after: list[str] | str) -> list[str]:
    """Two lists of cases side by side."""
    tails = [after] * len(before) if isinstance(after, str) else after
    return [f"{left} {right}".strip() for left, right in zip(before, tails, strict=True)]


def phrase(de: list[str], en: str, ru: list[str], post: str = "", **facts: Any) -> Phrase:
    """A phrase from its cases; `post` is the genitive that follows a noun ("Tokajews", "von Präsident Tokajew")."""
    german = dict(zip(GERMAN_CASES, de, strict=True)) | {"post": post or de[1], "": de[0]}
    return Phrase(german, {"": en}, dict(zip(RUSSIAN_CASES, ru, strict=True)) | {"": ru[0]}, **facts)
