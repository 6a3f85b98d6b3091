"""Any CTranslate2 model with a SentencePiece tokenizer: OPUS-MT and other Marian models, OpenNMT, M2M-100, NLLB.

A model is named as a folder, or as `de-en=FOLDER` where several pairs of languages are wanted. The folder has what the
converters of CTranslate2 write (`model.bin`, a vocabulary) and beside it the SentencePiece files of the original model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.messages import _
from tolmach.translate import models
from tolmach.translate.engine import Decoder, EnginePlugin, Sentence, Settings
from tolmach.translate.engines._ctranslate import Model, Tokenizer, failed, vocabulary

_PIVOT = "en"
_PAIR = re.compile(r"([a-z]{2,3})[-_]([a-z]{2,3})=(.+)", re.DOTALL)
_END = "</s>"
# One file for both languages, in this order.
_SHARED = ("sentencepiece.model", "sentencepiece.bpe.model", "spm.model", "spiece.model", "tokenizer.model")
_MAX_CONFIG = 1 << 20


class Ct2Engine:
    """Translates with models that a person names; a pair without one goes through English."""

    name = "ct2"
    drafts = True

    def __init__(self, settings: Settings) -> None:
        if not settings.models:
            raise TolmachError(
                _("the engine ct2 needs a model"), hint=_("name its folder: --model DIR or --model de-en=DIR")
            )
        self._settings = settings
        self._paths = dict(map(_named, settings.models))
        self._loaded: dict[tuple[str, str], Model] = {}

    def pivot(self, source: str, target: str) -> str | None:
        """English, where the pair has no model of its own and both ways through English have one."""
        steps = ((primary(source), _PIVOT), (_PIVOT, primary(target)))
        own = self._path(source, target) is not None
        return _PIVOT if not own and all(step in self._paths for step in steps) else None

    def signature(self, source: str, target: str) -> str:
        """Engine, and the folder and size of each model on the way."""
        steps = (f"{path.name} {_size(path)}" for _pair, path in self._route(source, target))
        return f"{self.name} {' + '.join(steps)}"

    def translate(self, sentences: Iterable[Sentence], source: str, target: str) -> Iterator[str]:
        """One translation for each sentence, in order."""
        translated: Iterator[str] = (sentence.text for sentence in sentences)
        for pair, path in self._route(source, target):
            translated = self._load(pair, path).translate(translated)
        return translated

    def decoder(self, source: str, target: str) -> Decoder | None:
        """The model of the pair itself."""
        route = self._route(source, target)
        return self._load(*route[0]) if len(route) == 1 else None

    def _path(self, source: str, target: str) -> Path | None:
        return self._paths.get((primary(source), primary(target))) or self._paths.get(("", ""))

    def _route(self, source: str, target: str) -> list[tuple[tuple[str, str], Path]]:
        via = self.pivot(source, target)
        pairs = [(source, target)] if via is None else [(source, via), (via, target)]
        return [((primary(left), primary(right)), self._require(left, right)) for left, right in pairs]

    def _require(self, source: str, target: str) -> Path:
        path = self._path(source, target)
        if path is None:
            raise TolmachError(
                _("no model from {source} to {target}").format(source=source, target=target),
                hint=f"--model {primary(source)}-{primary(target)}=DIR",
            )
        return path

    def _load(self, pair: tuple[str, str], path: Path) -> Model:
        if pair not in self._loaded:
            hint = _("it needs what a converter of CTranslate2 writes: model.bin and a vocabulary")
            if not (path / "model.bin").is_file():
                raise TolmachError(_("no CTranslate2 model in this folder"), path=path, hint=hint)
            self._loaded[pair] = Model(path, _tokenizer(path, *pair), self._settings, hint)
        return self._loaded[pair]


def _named(model: str) -> tuple[tuple[str, str], Path]:
    """The pair and folder of `de-en=FOLDER`; a bare folder serves every pair."""
    found = _PAIR.fullmatch(model)
    return ((found[1], found[2]), Path(found[3])) if found else (("", ""), Path(model))


def _size(folder: Path) -> int:
    try:
        return (folder / "model.bin").stat().st_size
    except OSError:
        return 0


def _tokenizer(folder: Path, source: str, target: str) -> Tokenizer:
    left, right = _pieces(folder, source, target)
    before, after, prefix = _marks(folder, source, target)

    def encode(sentence: str) -> list[str]:
        return [*before, *left.encode(sentence, out_type=str), *after]

    def encode_target(sentence: str) -> list[str]:
        return list(right.encode(sentence, out_type=str))

    return Tokenizer(encode, encode_target, lambda pieces: str(right.decode_pieces(pieces)), prefix)


def _pieces(folder: Path, source: str, target: str) -> tuple[Any, Any]:
    """The SentencePiece models of both languages."""
    load = _processor()
    pair = [folder / "source.spm", folder / "target.spm"]
    if not all(path.is_file() for path in pair):
        pair = [folder / f"vocab.{source}{target}.spm"] * 2
    if not all(path.is_file() for path in pair):
        shared = [folder / name for name in _SHARED if (folder / name).is_file()]
        if not shared:
            raise TolmachError(
                _("no SentencePiece model beside the translation model"),
                path=folder,
                hint=_("copy source.spm and target.spm, or {name}, from the original model").format(name=_SHARED[0]),
            )
        pair = shared[:1] * 2
    try:
        return load(str(pair[0])), load(str(pair[1]))
    except (RuntimeError, ValueError, OSError) as error:
        raise failed(folder, error, _("copy it again from the original model")) from error


def _processor() -> Callable[[str], Any]:
    try:
        from sentencepiece import SentencePieceProcessor
    except ImportError as error:
        raise models.missing_extra(error) from None
    return lambda path: SentencePieceProcessor(model_file=path)


def _marks(folder: Path, source: str, target: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The pieces that a model of many languages wants before and behind a sentence, and before its translation."""
    read, written = vocabulary(folder, "source"), vocabulary(folder, "target")
    wanted = next((mark for mark in _listed(target, "wanted") if mark in read), None)
    left = next((mark for mark in _listed(source, "both") if mark in read), None)
    right = next((mark for mark in _listed(target, "both") if mark in written), None)
    before = tuple(mark for mark in (wanted, left) if mark)
    marian = (folder / "source.spm").is_file()
    end = (_END,) if _END in read and (marian or left) and not _adds_end(folder) else ()
    return before, end, (right,) if right else ()


def _listed(language: str, use: str) -> list[str]:
    return list(_languages().get(language, {}).get(use, []))


@cache
def _languages() -> dict[str, Any]:
    return load_table(__package__, "ct2.toml")


def _adds_end(folder: Path) -> bool:
    """Does CTranslate2 itself put the end sign behind a sentence?"""
    path = folder / "config.json"
    try:
        settings = json.loads(path.read_bytes()[:_MAX_CONFIG]) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        settings = {}
    return isinstance(settings, dict) and bool(settings.get("add_source_eos"))


ENGINE = EnginePlugin(Ct2Engine)
