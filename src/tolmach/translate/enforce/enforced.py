"""An engine whose drafts keep the terms: asked as it knows them best, and put right with its own help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tolmach.translate.enforce.decoded import STEPS, Enforcement
from tolmach.translate.enforce.model import Pair, Repaired, Term
from tolmach.translate.enforce.repair import Repair
from tolmach.translate.enforce.spelled import OwnWords
from tolmach.translate.engine import Decoder, Engine, Sentence

_TOGETHER = 256  # sentences that the model is asked about together


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence to be translated, its terms, and the sentences beside it."""

    text: str
    terms: tuple[Term, ...] = ()
    before: str = ""
    after: str = ""


class Enforced:
    """Translates from one language into another so that every term stands in its right form."""

    def __init__(self, engine: Engine, source: str, target: str, steps: frozenset[str] = STEPS) -> None:
        self._engine = engine
        self._source, self._target = source, target
        self._steps = steps
        self._repair = Repair(steps=steps)
        self._own_words: OwnWords | None = None

    def translate(self, tasks: Iterable[Task]) -> Iterator[Repaired]:
        """One translation for each sentence, in order, with what became of its terms; an empty one means: none."""
        rest = iter(tasks)
        while together := list(islice(rest, _TOGETHER)):
            sentences = (
                Sentence(task.text, tuple((term.source, term.target) for term in task.terms), task.before, task.after)
                for task in together
            )
            drafts = self._engine.translate(sentences, self._source, self._target)
            if any(task.terms for task in together):
                yield from self._mended(together, list(drafts))
            else:
                # as they come, so that a stopped run loses little
                yield from map(Repaired, drafts)

    def _mended(self, tasks: Sequence[Task], drafts: Sequence[str]) -> list[Repaired]:
        decoder = self._engine.decoder(self._source, self._target)
        terms = self._terms(tasks, decoder)
        pairs = [
            Pair(task.text, draft, self._source, self._target, known if draft else ())
            for task, draft, known in zip(tasks, drafts, terms, strict=True)
        ]
        if decoder is None:
            return self._repair.batch(pairs)
        return Enforcement(decoder, self._repair, self._steps).batch(pairs)

    def _terms(self, tasks: Sequence[Task], decoder: Decoder | None) -> list[tuple[Term, ...]]:
        if decoder is None or "alone" not in self._steps:
            return [task.terms for task in tasks]
        own = self._own_words = self._own_words or OwnWords(decoder)
        own.learn(term for task in tasks for term in task.terms)
        return [own.added(task.terms) for task in tasks]
