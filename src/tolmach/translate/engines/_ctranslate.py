"""A CTranslate2 model with its tokenizer: sentences in large batches, scores, and decoding under conditions.

Options are those of argostranslate (beam 4, length penalty 0.2, unknown pieces replaced), so that a draft reads as
argostranslate would write it.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Literal

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.translate.engine import Request, Scored, Settings
from tolmach.translate.engines._batches import compute, windows

_BEAM = 4
_LENGTH_PENALTY = 0.2
# all that str.splitlines takes for the end of a line
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Models have positions for 256 pieces at least; nearly every sentence has less than a hundred.
_MOST_PIECES = 240
# How many batches are sorted together: more save time, with fewer a stopped run loses less.
_WINDOW_BATCHES = 4
_BATCH_TOKENS = {"cpu": 1024, "cuda": 16384}
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """How sentences become the pieces of a model; `encode_target` cuts a translation as the model would write it.

    `prefix` are pieces with which every translation starts and that are no part of it.
    """

    encode: Callable[[str], list[str]]
    encode_target: Callable[[str], list[str]]
    decode: Callable[[list[str]], str]
    prefix: tuple[str, ...] = ()


class Model:
    """A model for one pair of languages. Its methods raise TolmachError, with `hint`, where the model fails."""

    def __init__(self, path: Path, tokenizer: Tokenizer, settings: Settings, hint: str) -> None:
        self.path = path
        self._tokenizer = tokenizer
        self._hint = hint
        translator_type = _translator_type()
        device = _device(settings)
        self._tokens = settings.batch_tokens or _BATCH_TOKENS[device]
        self._known: frozenset[str] | None = None
        try:
            self._translator = translator_type(
                str(path), device=device, compute_type=settings.compute_type, **_threads(settings, device)
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise failed(path, error, hint) from error

    def translate(self, sentences: Iterable[str]) -> Iterator[str]:
        """One translation for each sentence, in order."""
        counts: deque[int] = deque()
        parts = _parts((self._tokenizer.encode(sentence) for sentence in sentences), counts)
        translated: list[str] = []
        try:
            for result in self._results(parts):
                translated.append(self._text(result.hypotheses[0]))
                if len(translated) == counts[0]:
                    yield " ".join(translated)
                    counts.popleft()
                    translated.clear()
        except (RuntimeError, ValueError) as error:
            raise failed(self.path, error, self._hint) from error

    def hypotheses(self, requests: Iterable[Request]) -> Iterator[tuple[str, ...]]:
        """The best translations under the conditions of each request, best first; none where they cannot be met."""
        # what is avoided counts for a whole batch
        for avoided, group in groupby(requests, lambda request: request.avoid):
            waiting = iter(group)
            while together := list(islice(waiting, _AT_ONCE)):
                yield from self._decoded(together, avoided)

    def _decoded(self, requests: Sequence[Request], avoided: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        sources = self._guarded(lambda: [self._tokenizer.encode(request.sentence) for request in requests])
        starts = [self._start(request.start) for request in requests]
        fit = [
            place
            for place, (pieces, start) in enumerate(zip(sources, starts, strict=True))
            if start is not None and 0 < len(pieces) <= _MOST_PIECES
        ]
        count = max(request.count for request in requests)
        found: dict[int, tuple[str, ...]] = {}
        if fit:
            results = self._guarded(
                lambda: self._translator.translate_batch(
                    [sources[place] for place in fit],
                    target_prefix=[starts[place] for place in fit],
                    suppress_sequences=self._avoided(avoided) or None,
                    beam_size=max(_BEAM, count),
                    num_hypotheses=count,
                    length_penalty=_LENGTH_PENALTY,
                    replace_unknowns=True,
                    max_batch_size=self._tokens,
                    batch_type="tokens",
                )
            )
            for place, result in zip(fit, results, strict=True):
                texts = (self._text(pieces) for pieces in result.hypotheses)
                found[place] = tuple(dict.fromkeys(texts))[: requests[place].count]
        return (found.get(place, ()) for place in range(len(requests)))

    def _start(self, text: str) -> list[str] | None:
        """The pieces a translation has to start with; None where the model has no such pieces."""
        pieces = [*self._tokenizer.prefix, *(self._tokenizer.encode_target(text) if text else ())]
        return pieces if all(piece in self._vocabulary for piece in pieces) else None

    def _avoided(self, texts: Iterable[str]) -> list[list[str]]:
        cut = (self._tokenizer.encode_target(text) for text in texts)
        return [pieces for pieces in cut if pieces and all(piece in self._vocabulary for piece in pieces)]

    @property
    def _vocabulary(self) -> frozenset[str]:
        """The pieces the model can write. It would take any other for the unknown one without a word."""
        if self._known is None:
            self._known = vocabulary(self.path, "target")
        return self._known

    def scores(self, pairs: Iterable[Scored]) -> Iterator[float]:
        """For each sentence and translation the natural logarithm of its probability, in order."""
        waiting = iter(pairs)
        while together := list(islice(waiting, _AT_ONCE)):
            yield from self._guarded(partial(self._scored, together))

    def _scored(self, pairs: Sequence[Scored]) -> list[float]:
        tokenizer = self._tokenizer
        sources = [tokenizer.encode(pair.sentence)[:_MOST_PIECES] for pair in pairs]
        targets = [[*tokenizer.prefix, *tokenizer.encode_target(pair.translation)][:_MOST_PIECES] for pair in pairs]
        # words are cut one by one, so that the pieces of a beginning are those of the whole
        starts = [len(tokenizer.encode_target(pair.translation[: pair.since])) if pair.since else 0 for pair in pairs]
        results = self._translator.score_batch(
            sources, targets, max_batch_size=self._tokens, batch_type="tokens", offset=len(tokenizer.prefix)
        )
        return [float(sum(result.log_probs[start:])) for result, start in zip(results, starts, strict=True)]

    def _guarded(self, compute_them: Callable[[], Sequence[Any]]) -> Sequence[Any]:
        try:
            return compute_them()
        except (RuntimeError, ValueError, OSError) as error:
            raise failed(self.path, error, self._hint) from error

    def _results(self, sentences: Iterator[list[str]]) -> Iterator[Any]:
        """CTranslate2's results in the order of the sentences."""
        workers: int = self._translator.num_translators
        prefix = list(self._tokenizer.prefix)

        def submit(batch: Sequence[list[str]]) -> Callable[[], list[Any]]:
            submitted = self._translator.translate_batch(
                batch,
                target_prefix=[prefix] * len(batch) if prefix else None,
                beam_size=_BEAM,
                length_penalty=_LENGTH_PENALTY,
                replace_unknowns=True,
                asynchronous=True,
            )
            return lambda: [one.result() for one in submitted]

        for window in windows(sentences, _WINDOW_BATCHES * workers * self._tokens):
            yield from compute(window, self._tokens, submit, workers + 1)

    def _text(self, pieces: list[str]) -> str:
        """The pieces joined, without the prefix and without line breaks."""
        prefix = self._tokenizer.prefix
        own = pieces[len(prefix) :] if tuple(pieces[: len(prefix)]) == prefix else pieces
        return _BREAK.sub(" ", self._tokenizer.decode(own)).strip(" ")


def failed(path: Path, error: Exception, hint: str) -> TolmachError:
    """What to say when a model does not work."""
    reason = str(error).partition("\n")[0]
    return TolmachError(_("the model does not work: {reason}").format(reason=reason), path=path, hint=hint)


def _translator_type() -> Any:
    """CTranslate2's translator, imported when it is needed."""
    import warnings

    from tolmach.translate.models import missing_extra

    try:
        with warnings.catch_warnings():
            # older releases of CTranslate2 import pkg_resources
            warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
            from ctranslate2 import Translator
    except ImportError as error:
        raise missing_extra(error) from None
    return Translator


def vocabulary(folder: Path, side: Literal["source", "target"]) -> frozenset[str]:
    """The pieces of one language, out of the files CTranslate2 keeps beside a model."""
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        listed = folder / f"{name}.json"
        if listed.is_file():
            return frozenset(map(str, json.loads(listed.read_text(encoding="utf-8"))))
        plain = folder / f"{name}.txt"
        if plain.is_file():
            return frozenset(plain.read_text(encoding="utf-8").split("\n"))
    return frozenset()


def _device(settings: Settings) -> str:
    """The device named, else a graphics card where CTranslate2 sees one."""
    if settings.device != "auto":
        return settings.device
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def _threads(settings: Settings, device: str) -> dict[str, int]:
    """Workers of at most four threads each: more threads on one batch gain little."""
    if device == "cuda":
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
