"""Argos packages (OpenNMT models), decoded by CTranslate2 in large batches.

Sentences go in one by one as they are: nothing is split again. Options are those of argostranslate (beam 4, length
penalty 0.2, unknown pieces replaced), so that a draft reads as argostranslate would write it.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.translate import models
from tolmach.translate.engine import EnginePlugin, Settings
from tolmach.translate.engines._batches import compute, windows
from tolmach.translate.models import Installed

_PIVOT = "en"
_BEAM = 4
_LENGTH_PENALTY = 0.2
# all that str.splitlines takes for the end of a line
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Models have positions for 256 pieces at least; nearly every sentence has less than a hundred.
_MOST_PIECES = 240
# How many batches are sorted together: more save time, with fewer a stopped run loses less.
_WINDOW_BATCHES = 4
_BATCH_TOKENS = {"cpu": 1024, "cuda": 16384}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A package in memory: its translator and its tokenizer."""

    translator: Any
    tokenizer: Any
    prefix: str


class ArgosEngine:
    """Translates with the installed Argos packages; a pair without a package goes through English."""

    name = "argos"
    drafts = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folders = settings.packages or models.folders()
        self._loaded: dict[Path, _Loaded] = {}

    def pivot(self, source: str, target: str) -> str | None:
        """English, unless there is a package for the pair itself."""
        direct = models.find(self._folders, source, target)
        return None if direct is not None or _PIVOT in (primary(source), primary(target)) else _PIVOT

    def signature(self, source: str, target: str) -> str:
        """Engine, and language pair and version of each package on the way."""
        steps = (f"{step.source}_{step.target} {step.version}".strip() for step in self._route(source, target))
        return f"{self.name} {' + '.join(steps)}"

    def translate(self, sentences: Iterable[str], source: str, target: str) -> Iterator[str]:
        """One translation for each sentence, in order."""
        translated: Iterator[str] = iter(sentences)
        for step in self._route(source, target):
            translated = self._step(step, translated)
        return translated

    def _route(self, source: str, target: str) -> tuple[Installed, ...]:
        via = self.pivot(source, target)
        pairs = [(source, target)] if via is None else [(source, via), (via, target)]
        return tuple(models.require(self._folders, *pair) for pair in pairs)

    def _step(self, package: Installed, sentences: Iterator[str]) -> Iterator[str]:
        loaded = self._load(package)
        counts: deque[int] = deque()
        parts = _parts((loaded.tokenizer.encode(sentence) for sentence in sentences), counts)
        translated: list[str] = []
        try:
            for result in _results(loaded, parts, self._batch_tokens()):
                translated.append(_text(loaded, result.hypotheses[0]))
                if len(translated) == counts[0]:
                    yield " ".join(translated)
                    counts.popleft()
                    translated.clear()
        except (RuntimeError, ValueError) as error:
            raise self._failed(package, error) from error

    def _batch_tokens(self) -> int:
        return self._settings.batch_tokens or _BATCH_TOKENS[self._settings.device]

    def _load(self, package: Installed) -> _Loaded:
        if package.path not in self._loaded:
            self._loaded[package.path] = self._read(package)
        return self._loaded[package.path]

    def _read(self, package: Installed) -> _Loaded:
        translator_type, package_type = _libraries()
        try:
            described = package_type(package.path)
            translator = translator_type(
                str(package.path / "model"),
                device=self._settings.device,
                compute_type=self._settings.compute_type,
                **_threads(self._settings),
            )
            return _Loaded(translator, described.tokenizer, getattr(described, "target_prefix", "") or "")
        except (RuntimeError, ValueError, OSError, AttributeError) as error:
            raise self._failed(package, error) from error

    def _failed(self, package: Installed, error: Exception) -> TolmachError:
        return TolmachError(
            _("the model does not work: {reason}").format(reason=str(error).partition("\n")[0]),
            path=package.path,
            hint=_(
                "install it again: tolmach models install {source} {target}; or change --device or --compute-type"
            ).format(source=package.source, target=package.target),
        )


def _libraries() -> tuple[Any, Any]:
    """CTranslate2's translator and argostranslate's package, imported when they are needed."""
    import warnings

    try:
        with warnings.catch_warnings():
            # older releases of CTranslate2 import pkg_resources
            warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
            from argostranslate.package import Package
            from ctranslate2 import Translator
    except ImportError as error:
        raise models.missing_extra(error) from None
    return Translator, Package


def _threads(settings: Settings) -> dict[str, int]:
    """Workers of at most four threads each: more threads on one batch gain little."""
    if settings.device == "cuda":
        return {"inter_threads": 1, "intra_threads": settings.threads}
    threads = settings.threads or _cores()
    workers = max(1, threads // 4)
    return {"inter_threads": workers, "intra_threads": threads // workers}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parts(sentences: Iterator[list[str]], counts: deque[int]) -> Iterator[list[str]]:
    """The sentences, those longer than a model reads in parts; `counts` gets the number of parts of each."""
    for pieces in sentences:
        parts = []
        while len(pieces) > _MOST_PIECES:
            # before a word, if one begins in the second half
            words = (
                place for place in range(_MOST_PIECES, _MOST_PIECES // 2, -1) if pieces[place].startswith("\u2581")
            )
            cut = next(words, _MOST_PIECES)
            parts.append(pieces[:cut])
            pieces = pieces[cut:]
        counts.append(len(parts) + 1)
        yield from (*parts, pieces)


def _results(loaded: _Loaded, sentences: Iterator[list[str]], tokens: int) -> Iterator[Any]:
    """CTranslate2's results in the order of the sentences."""
    workers: int = loaded.translator.num_translators

    def submit(batch: Sequence[list[str]]) -> Callable[[], list[Any]]:
        submitted = loaded.translator.translate_batch(
            batch,
            target_prefix=[[loaded.prefix]] * len(batch) if loaded.prefix else None,
            beam_size=_BEAM,
            length_penalty=_LENGTH_PENALTY,
            replace_unknowns=True,
            asynchronous=True,
        )
        return lambda: [one.result() for one in submitted]

    for window in windows(sentences, _WINDOW_BATCHES * workers * tokens):
        yield from compute(window, tokens, submit, workers + 1)


def _text(loaded: _Loaded, pieces: list[str]) -> str:
    """The pieces joined, without the package's target prefix and without line breaks."""
    text = str(loaded.tokenizer.decode(pieces))
    if loaded.prefix:
        text = text.removeprefix(loaded.prefix)
    return _BREAK.sub(" ", text).strip(" ")


ENGINE = EnginePlugin(ArgosEngine)
