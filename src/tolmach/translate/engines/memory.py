"""No machine: what the memory does not have stays empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tolmach.translate.engine import Decoder, EnginePlugin, Sentence, Settings


class MemoryEngine:
    """Translates nothing; the pipeline has asked the memory before it asks an engine."""

    name = "memory"
    drafts = False

    def pivot(self, source: str, target: str) -> str | None:
        """None: no pair goes through another language."""

    def signature(self, source: str, target: str) -> str:
        """Always the same."""
        return self.name

    def translate(self, sentences: Iterable[Sentence], source: str, target: str) -> Iterator[str]:
        """Nothing for each sentence."""
        return ("" for _sentence in sentences)

    def decoder(self, source: str, target: str) -> Decoder | None:
        """None: there is nothing to be asked."""


def _create(_settings: Settings) -> MemoryEngine:
    return MemoryEngine()


ENGINE = EnginePlugin(_create)
