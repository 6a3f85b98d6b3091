"""What translates sentences: the protocol of an engine and how one is found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from tolmach import plugins

_PACKAGE = "tolmach.translate.engines"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an engine may be told: where its models stand, and how it computes.

    `packages` are folders of Argos packages (none: where argostranslate keeps them), `models` are models as a person
    names them; `threads` 0 means: as many as there are cores, `batch_tokens` 0: what suits the device, which
    is a graphics card where there is one. `url` is where a
    server listens, which is on this computer unless `remote` is allowed.
    """

    packages: tuple[Path, ...] = ()
    models: tuple[str, ...] = ()
    threads: int = 0
    compute_type: str = "auto"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    batch_tokens: int = 0
    url: str = ""
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what helps to translate it: terms and how they are to be written, and its neighbours."""

    text: str
    terms: tuple[tuple[str, str], ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence to be translated under conditions.

    The translation starts with the words `start`, has none of `avoid`, and the best `count` are asked for.
    """

    sentence: str
    start: str = ""
    avoid: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and a translation to be scored; only what stands from `since` (code points) on counts."""

    sentence: str
    translation: str
    since: int = 0


class Decoder(Protocol):
    """A model that can be asked for more than its best translation."""

    def hypotheses(self, requests: Iterable[Request]) -> Iterator[tuple[str, ...]]:
        """The best translations under the conditions of each request, best first; none where they cannot be met."""

    def scores(self, pairs: Iterable[Scored]) -> Iterator[float]:
        """For each sentence and translation the natural logarithm of its probability, in order."""


class Engine(Protocol):
    """A translator of single sentences.

    Languages are ISO 639-1 codes. Its methods raise TolmachError when it cannot translate this pair of languages.
    """

    @property
    def name(self) -> str:
        """The id of the engine."""

    @property
    def drafts(self) -> bool:
        """Does it ever translate anything?"""

    def pivot(self, source: str, target: str) -> str | None:
        """The language this pair is translated through, None when directly."""

    def signature(self, source: str, target: str) -> str:
        """Engine, model and version in one line; the same signature means the same output."""

    def translate(self, sentences: Iterable[Sentence], source: str, target: str) -> Iterator[str]:
        """One translation for each sentence, in order, while it reads on; an empty one means: none.

        Most engines read the text alone.
        """

    def decoder(self, source: str, target: str) -> Decoder | None:
        """The model of a pair that is translated directly, None where the engine cannot be asked for more."""


@dataclass(frozen=True, slots=True)
class EnginePlugin:
    """How an engine is made; the constant `ENGINE` of its module."""

    create: Callable[[Settings], Engine]


def create(name: str, settings: Settings | None = None) -> Engine:
    """The engine called `name`; raises TolmachError for a name that does not exist."""
    return plugins.load(_PACKAGE, name, "ENGINE", EnginePlugin).create(settings or Settings())
