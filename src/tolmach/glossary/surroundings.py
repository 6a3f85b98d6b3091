"""The words to judge by what stands around a name, one file of data per language (glossary/contexts)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

_LONG_NOUN = 7


@dataclass(frozen=True)
class Surroundings:
    """The words to judge by in one language, all folded."""

    language: str
    surname_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    role_endings: tuple[str, ...]
    longer_endings: tuple[str, ...]
    role_words: frozenset[str]
    titles: frozenset[str]
    retired: tuple[str, ...]
    women: frozenset[str]
    openers: frozenset[str]
    opener_endings: tuple[str, ...]
    determiners: frozenset[str]
    adjective_endings: tuple[str, ...]
    locative: frozenset[str]
    noun_endings: tuple[str, ...]
    nouns: frozenset[str]
    given_names: frozenset[str]
    work_nouns: tuple[str, ...]
    no_works: frozenset[str]
    conjunctions: frozenset[str]

    def is_role(self, word: str) -> bool:
        """Does the word name a profession, rank or role?"""
        last = word.rsplit("-", 1)[-1]
        if last in self.role_words or last.endswith(self.role_endings or ("\0",)):
            return True
        return any(last.endswith(ending) and len(last) >= len(ending) + 5 for ending in self.longer_endings)

    def names_a_woman(self, word: str) -> bool:
        """Is the word the title or profession of a woman?"""
        if word in self.women:
            return True
        if self.language == "ru":
            from tolmach.morphology.russian import names_a_woman

            return names_a_woman(word)
        return self.language == "de" and word.endswith("in") and self.is_role(word[:-2].replace("ä", "a"))

    def is_given_name(self, word: str) -> bool:
        """Is the word a given name?"""
        if word in self.given_names or word.split("-")[0] in self.given_names:
            return True
        if self.language == "ru":
            from tolmach.morphology.russian import is_given_name

            return is_given_name(word)
        return word.removesuffix("s") in self.given_names

    def is_noun(self, word: str) -> bool:
        """Is the word known as a common noun or name of a place that follows another name («Nursultan-Interview»)?"""
        return word in self.nouns or word.endswith(self.noun_endings or ("\0",)) or self.is_role(word)

    def is_ordinary(self, word: str) -> bool:
        """Is it a German noun, or an English word, and nobody's given name or family name?"""
        if self.language not in ("de", "en"):
            return False
        # The lists are large, and few names need them.
        from tolmach.names.mentions.german import is_noun
        from tolmach.names.mentions.lists import folded, lexicon

        plain = folded(word)
        lists = lexicon()
        bare = {plain, plain.removesuffix("s")}
        if not (bare.isdisjoint(lists["given"]) and bare.isdisjoint(lists["surname"])):
            return False
        if self.language == "en":
            return plain in lists["en.word"]
        # «Saken» is a name, and might be the plural of Sake.
        return plain in lists["de.noun"] or (len(plain) >= _LONG_NOUN and is_noun(plain))

    def is_family_name(self, word: str) -> bool:
        """Does the word end like a family name?"""
        stem = word.removesuffix("s")
        return (
            len(stem) > 3
            and not self.is_noun(word)
            and (stem.endswith(self.surname_endings) or word.endswith(self.surname_endings))
        )


@cache
def surroundings(language: str) -> Surroundings | None:
    """The data of a language; None where there is none."""
    place = files("tolmach.glossary").joinpath("contexts", f"{language}.toml")
    if not place.is_file():
        return None
    data: dict[str, list[str]] = tomllib.loads(place.read_text(encoding="utf-8"))
    values: dict[str, Any] = {key: tuple(dict.fromkeys(map(fold, words))) for key, words in data.items()}
    # What is looked up is a set, endings are a tuple.
    sets = [one.name for one in fields(Surroundings) if str(one.type).startswith("frozenset")]
    values.update({key: frozenset(values[key]) for key in sets})
    values["work_nouns"] = tuple(data["work_nouns"])
    return Surroundings(language, **values)


def fold(word: str) -> str:
    """The word for looking up: case, ß, ё and soft hyphens do not count."""
    return word.replace("\u00ad", "").casefold().replace("\u0451", "\u0435")
