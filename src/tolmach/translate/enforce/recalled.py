"""Renderings known from other sentences: what the engine usually writes for a term."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tolmach.morphology.lexeme import Base
from tolmach.translate.enforce.known import readings
from tolmach.translate.enforce.rendering import Group, Rendering, Work, settle
from tolmach.translate.enforce.sentence import key

_MOST = 1 << 16  # terms remembered
_USUAL = 2  # sentences that must agree


@dataclass(slots=True)
class Habits:
    """For each term the base forms that an engine wrote for it, with how often."""

    _seen: defaultdict[tuple[str, str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, works: Iterable[Work]) -> None:
        """Remember the single words that were found by their sound or by alignment."""
        if len(self._seen) > _MOST:
            self._seen.clear()
        for work in works:
            for group in work.groups:
                for one in group.found:
                    if one.step in ("sound", "alignment") and one.first == one.last:
                        self._seen[_name(work, group)].update({key(base.form) for base in one.like})

    def recall(self, works: Iterable[Work]) -> None:
        """Find words that were found for the same term elsewhere."""
        for work in works:
            for group in work.open:
                usual = self._seen.get(_name(work, group))
                if usual:
                    for place, like in _words(work, group, usual):
                        if group.open:
                            span = work.target.span(place, place)
                            settle(work, group, Rendering(place, place, span, "memory", False, like))


def _name(work: Work, group: Group) -> tuple[str, str, str]:
    return group.term.source, group.term.target, work.language


def _words(work: Work, group: Group, usual: Counter[str]) -> Iterator[tuple[int, tuple[Base, ...]]]:
    """Free words that are forms of what usually stands for the term."""
    capital = group.term.target[:1].isupper()
    for place, word in enumerate(work.target.words):
        if word[0].isupper() >= capital and work.target.free(place, place):
            found = readings(word, work.language, group.term.kind)
            like = tuple(base for base in found if usual[key(base.form)] >= _USUAL)
            if like:
                yield place, like
