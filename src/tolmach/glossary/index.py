"""What the matcher searches for in one language: the automaton, and what each of its patterns stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol

from tolmach.glossary.model import Concept
from tolmach.glossary.patterns import Meaning, compile_patterns
from tolmach.glossary.surroundings import fold
from tolmach.text.sieve import Sieve, build


class Index(Protocol):
    """The patterns of one language by their number, as the automaton numbers them."""

    @property
    def language(self) -> str:
        """The language, without its variety."""

    @property
    def automaton(self) -> Any:
        """The daachorse automaton of all patterns."""

    @property
    def in_compounds(self) -> Sequence[int]:
        """Of each pattern whether it may stand in a compound without a hyphen."""

    @property
    def fixed(self) -> Sequence[int]:
        """Of each pattern whether it is nothing but a fixed phrase that protects a form."""

    @property
    def doubtful(self) -> Sequence[int]:
        """Of each pattern whether it may be unwanted, or a name of a certain time."""

    @property
    def sieve(self) -> Sieve | None:
        """Finds where doubtful patterns may be; None where they are too odd for that."""

    @property
    def longest(self) -> int:
        """How many code points the longest pattern has."""

    @property
    def family_names(self) -> frozenset[str]:
        """The folded family names of all persons."""

    @property
    def places(self) -> frozenset[str]:
        """The folded names of all places and organisations."""

    def __len__(self) -> int:
        """How many patterns there are."""

    def meanings(self, number: int) -> Sequence[Meaning]:
        """What the pattern of that number stands for."""


class Compiled:
    """The index of a language, made from its concepts."""

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        self.language = language
        self._concepts = tuple(concepts)
        found = compile_patterns(self._concepts, language)
        self.patterns = list(found)
        self._meanings = list(found.values())
        self.in_compounds = bytes(
            language == "de" and not all(one.letters for one in group) for group in self._meanings
        )
        # «Hähnchenkotelett Kiew» protects as «Kotelett Kiew» does.
        self.fixed = bytes(all(one.concept is None for one in group) for group in self._meanings)
        self.doubtful = bytes(any(map(_is_doubtful, group)) for group in self._meanings)
        self.longest = max(map(len, self.patterns), default=0)

    def __len__(self) -> int:
        return len(self.patterns)

    def meanings(self, number: int) -> Sequence[Meaning]:
        """What the pattern of that number stands for."""
        return self._meanings[number]

    @cached_property
    def automaton(self) -> Any:
        """The daachorse automaton of all patterns."""
        from daachorse import CharwiseDoubleArrayAhoCorasick

        return CharwiseDoubleArrayAhoCorasick(self.patterns)

    @cached_property
    def sieve(self) -> Sieve | None:
        """Finds where doubtful patterns may be; None where they are too odd for that."""
        patterns = zip(self.patterns, self.doubtful, self.in_compounds, strict=True)
        return build((pattern, not compound) for pattern, doubtful, compound in patterns if doubtful)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """The folded family names of all persons."""
        return self._names("person")

    @cached_property
    def places(self) -> frozenset[str]:
        """The folded names of all places and organisations."""
        return self._names("place", "organisation")

    def _names(self, *kinds: str) -> frozenset[str]:
        concepts = (concept for concept in self._concepts if concept.kind in kinds)
        entries = (entry for concept in concepts for entry in concept.designations.get(self.language, ()))
        return frozenset(fold(entry.form) for entry in entries if entry.form)


def _is_doubtful(meaning: Meaning) -> bool:
    entries = (meaning.designation, meaning.given_name)
    return any(entry is not None and (bool(entry.valid) or not entry.status.wanted) for entry in entries)
