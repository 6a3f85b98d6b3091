"""The one matcher: where a text has a form of a concept.

All forms of all designations of a language are compiled into one Aho–Corasick automaton over normalised text, so the
cost of a scan does not grow with the number of terms. What the automaton finds is then judged by its boundaries,
capitals and neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from tolmach.config import primary
from tolmach.glossary.doubts import Doubts
from tolmach.glossary.hit import Hit
from tolmach.glossary.index import Compiled, Index
from tolmach.glossary.model import Glossary
from tolmach.glossary.recent import Recent
from tolmach.glossary.search import Search
from tolmach.text import sieve

_LINE = re.compile("\n")


class Finder:
    """Finds the concepts of a glossary in texts; a language is compiled when it is first asked for.

    `stored` gives the index of a language that was compiled before, or None; `languages` are those of the glossary
    where they are known. `searched` are the languages in which texts were searched so far.
    """

    def __init__(
        self,
        glossary: Glossary,
        stored: Callable[[str], Index | None] | None = None,
        languages: Iterable[str] | None = None,
    ) -> None:
        self.glossary = glossary
        self._stored = stored
        self._languages = languages
        self._searches: dict[str, Search] = {}
        self.searched: set[str] = set()
        self.recent = Recent()

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """The indexes of the languages compiled so far, without those that were stored."""
        return tuple(search.index for search in self._searches.values() if isinstance(search.index, Compiled))

    def find(self, text: str, language: str, *, nested: bool = False) -> list[Hit]:
        """All hits in `text`, in order; spans count code points of `text`.

        The longest entity wins and none stands within another, unless `nested` asks for those, too.
        """
        return self._search(language).find(text, nested=nested)

    def find_doubtful(self, text: str, language: str, places: sieve.Places | None = None) -> list[Hit]:
        """Those of all hits that may be wrong: unwanted spellings, and names of a certain time; found much faster.

        `places` are those where they may be, as far as they are known already.
        """
        return self.recent.of(text, language, lambda: list(self._search(language).find_doubtful(text, places)))

    def doubts(self, text: str, languages: Iterable[str]) -> Doubts:
        """Where in `text` doubtful hits may be, whichever of the `languages` its parts are in.

        A text or paragraph without any has none. For many languages at once, and much faster than searching.
        """
        asked = {primary(language) for language in languages}.intersection(self.languages)
        searches = {language: self._compiled(language) for language in sorted(asked)}
        indexes = {language: search.index for language, search in searches.items() if search.has_doubtful}
        sieves = {language: index.sieve for language, index in indexes.items() if index.sieve}
        found, unusual = sieve.places_by_sieve(text, sieves.values())
        by_language = dict(zip(sieves, found, strict=True))
        if len(sieves) < len(indexes):
            anywhere = [0, *(line.end() for line in _LINE.finditer(text))]
            by_language |= {language: anywhere for language in indexes if language not in sieves}
        return Doubts(by_language, unusual)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which the glossary has designations, without varieties."""
        if self._languages is not None:
            return frozenset(self._languages)
        return frozenset(language for concept in self.glossary.concepts.values() for language in concept.designations)

    def _search(self, language: str) -> Search:
        base = primary(language)
        self.searched.add(base)
        return self._compiled(base)

    def _compiled(self, base: str) -> Search:
        if base not in self._searches:
            index = self._stored(base) if self._stored else None
            if index is None:
                index = Compiled(self.glossary.concepts.values(), base)
            self._searches[base] = Search(index)
        return self._searches[base]
