"""The house's translations gathered over all languages, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tolmach.memory.lookup import Memory
from tolmach.memory.model import Entry
from tolmach.text.exchange import Aligned
from tolmach.text.identity import fold


def gathered(folder: Path, languages: Sequence[str], *, drafts: bool = False) -> Iterator[Aligned]:
    """The sentences below `folder` with their translations from the first language into the others, in one unit by
    their sentence id; those without one meet by their text.

    Only what is reviewed, unless `drafts` are wanted, too. A second translation of the same sentence into the same
    language is a unit of its own.
    """
    source, *targets = languages
    units: dict[tuple[str, str], dict[str, str]] = {}
    more: list[Aligned] = []
    for target in targets:
        for entry in sorted(Memory.open(folder, source, target), key=_order):
            if not (entry.reviewed or (drafts and not entry.obsolete)):
                continue
            texts = units.setdefault((entry.id, fold(entry.source)), {source: entry.source})
            if texts.setdefault(target, entry.target) != entry.target:
                more.append(Aligned(entry.id, {source: entry.source, target: entry.target}))
    yield from (Aligned(name, texts) for (name, _text), texts in units.items())
    yield from more


def _order(entry: Entry) -> tuple[str, int]:
    return entry.path, entry.line
