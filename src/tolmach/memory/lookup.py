"""Finding remembered sentences: the same and similar ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.memory import po
from tolmach.memory.model import Difference, Entry, Match
from tolmach.text.identity import fold
from tolmach.text.model import Span

if TYPE_CHECKING:
    from tolmach.memory.store import Store

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Memory:
    """The translated sentences of a house from one language into another, and what stands in large files besides."""

    def __init__(self, entries: Iterable[Entry] = (), stores: Sequence[Store] = ()) -> None:
        self._stores = stores
        self._by_text: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        for entry in entries:
            self._by_text.setdefault(fold(entry.source), []).append(entry)
            if entry.id and (entry.id not in self._by_id or _rank(entry) < _rank(self._by_id[entry.id])):
                self._by_id[entry.id] = entry

    @classmethod
    def open(
        cls,
        folder: Path,
        source_language: str,
        target_language: str,
        also: Iterable[Entry] = (),
        stores: Sequence[Store] = (),
    ) -> Memory:
        """The PO files below `folder/<target_language>`, and `also` what comes from elsewhere; an absent folder is an
        empty memory. `stores` are large files.

        Files whose header names another source language are left out. Raises TolmachError (path, line) for a malformed
        file.
        """
        return cls((*_read_folder(folder / target_language, source_language), *also), stores)

    def __len__(self) -> int:
        return sum(len(entries) for entries in self._by_text.values())

    def __iter__(self) -> Iterator[Entry]:
        for entries in self._by_text.values():
            yield from entries

    def entry(self, sentence: str) -> Entry | None:
        """The entry with this sentence id, the one a person stands for if there are several."""
        return self._by_id.get(sentence)

    def translation(self, sentence: str, text: str) -> Entry | None:
        """The entry with this sentence id whose source is this text, and which its document has not lost."""
        entry = self.entry(sentence)
        return entry if entry and not entry.obsolete and fold(entry.source) == fold(text) else None

    def exact(self, text: str, sentence: str = "") -> Match | None:
        """The translation of the same text: reviewed before draft, the one with this sentence id before others."""
        entries = [
            *self._by_text.get(fold(text), ()),
            *(found for store in self._stores if (found := store.exact(text)) is not None),
        ]
        if not entries:
            return None
        return _match(min(entries, key=lambda entry: (not entry.reviewed, entry.id != sentence, *_rank(entry))), 1.0)

    def fuzzy(self, text: str, minimum: float = 0.75, best: int = 5) -> list[Match]:
        """The at most `best` entries whose source is similar to `text` with a score of at least `minimum`, best first.

        The score is the share of code points the two texts have in common in the same order (normalised Indel
        similarity).
        """
        from rapidfuzz import fuzz, process

        asked = fold(text)
        similar = process.extract(
            asked, self._by_text.keys(), scorer=fuzz.ratio, score_cutoff=100 * minimum, limit=best
        )
        found = [(score / 100, entry) for source, score, _index in similar for entry in self._by_text[source]]
        for store in self._stores:
            found += store.similar(text, minimum, best)
        found.sort(key=lambda pair: (-pair[0], not pair[1].reviewed, *_rank(pair[1])))
        return [
            replace(_match(entry, score), differences=differences(text, entry.source)) for score, entry in found[:best]
        ]

    def containing(self, text: str, most: int = 10) -> list[Entry]:
        """The first entries whose source has `text` in it, whatever its letter case (a concordance)."""
        wanted = fold(text).casefold()
        own = (entry for entry in self if wanted and not entry.obsolete and wanted in fold(entry.source).casefold())
        found = list(islice(own, most))
        for store in self._stores:
            found += store.containing(text, most - len(found))
        return found


def _rank(entry: Entry) -> tuple[bool, bool, str, str]:
    return (entry.obsolete, not entry.reviewed, entry.path, entry.id)


def _match(entry: Entry, score: float) -> Match:
    return Match(entry.source, entry.target, score, entry.reviewed, entry.path, entry.id, entry.signature)


def _read_folder(folder: Path, source_language: str) -> Iterator[Entry]:
    for path in sorted(folder.rglob("*.po")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        file = po.read(path)
        if po.source_language(file) in (None, source_language):
            yield from po.entries(file, path)


def differences(asked: str, found: str) -> tuple[Difference, ...]:
    """Where two texts differ, by whole words and signs; kinds of blanks do not count.

    >>> [(one.asked, one.found) for one in differences("Tokajew sprach.", "Putin sprach.")]
    [(Span(start=0, end=7), Span(start=0, end=5))]
    """
    from rapidfuzz.distance import Levenshtein

    left, right = list(_TOKEN.finditer(asked)), list(_TOKEN.finditer(found))
    steps = Levenshtein.opcodes([_compared(token) for token in left], [_compared(token) for token in right])
    changed: list[tuple[int, int, int, int]] = []
    for step in steps:
        if step.tag == "equal":
            continue
        if changed and (changed[-1][1], changed[-1][3]) == (step.src_start, step.dest_start):
            changed[-1] = (changed[-1][0], step.src_end, changed[-1][2], step.dest_end)
        else:
            changed.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    return tuple(
        Difference(_stretch(left, start, end, len(asked)), _stretch(right, other_start, other_end, len(found)))
        for start, end, other_start, other_end in changed
    )


def _compared(token: re.Match[str]) -> str:
    return " " if token[0].isspace() else unicodedata.normalize("NFC", token[0])


def _stretch(tokens: list[re.Match[str]], first: int, last: int, length: int) -> Span:
    start = tokens[first].start() if first < len(tokens) else length
    return Span(start, tokens[last - 1].end() if last > first else start)
