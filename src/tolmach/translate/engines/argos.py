"""Argos packages (OpenNMT models), decoded by CTranslate2 in large batches.

Sentences go in one by one as they are: nothing is split again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tolmach.config import primary
from tolmach.messages import _
from tolmach.translate import models
from tolmach.translate.engine import Decoder, EnginePlugin, Sentence, Settings
from tolmach.translate.engines._ctranslate import Model, Tokenizer, failed
from tolmach.translate.models import Installed

_PIVOT = "en"


class ArgosEngine:
    """Translates with the installed Argos packages; a pair without a package goes through English."""

    name = "argos"
    drafts = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folders = settings.packages or models.folders()
        self._loaded: dict[Path, Model] = {}

    def pivot(self, source: str, target: str) -> str | None:
        """English, unless there is a package for the pair itself."""
        direct = models.find(self._folders, source, target)
        return None if direct is not None or _PIVOT in (primary(source), primary(target)) else _PIVOT

    def signature(self, source: str, target: str) -> str:
        """Engine, and language pair and version of each package on the way."""
        steps = (f"{step.source}_{step.target} {step.version}".strip() for step in self._route(source, target))
        return f"{self.name} {' + '.join(steps)}"

    def translate(self, sentences: Iterable[Sentence], source: str, target: str) -> Iterator[str]:
        """One translation for each sentence, in order."""
        translated: Iterator[str] = (sentence.text for sentence in sentences)
        for step in self._route(source, target):
            translated = self._load(step).translate(translated)
        return translated

    def decoder(self, source: str, target: str) -> Decoder | None:
        """The model of the pair's own package."""
        route = self._route(source, target)
        return self._load(route[0]) if len(route) == 1 else None

    def _route(self, source: str, target: str) -> tuple[Installed, ...]:
        via = self.pivot(source, target)
        pairs = [(source, target)] if via is None else [(source, via), (via, target)]
        return tuple(models.require(self._folders, *pair) for pair in pairs)

    def _load(self, package: Installed) -> Model:
        if package.path not in self._loaded:
            hint = _(
                "install it again: tolmach models install {source} {target}; or change --device or --compute-type"
            ).format(source=package.source, target=package.target)
            try:
                tokenizer = _tokenizer(package.path)
            except (RuntimeError, ValueError, OSError, AttributeError) as error:
                raise failed(package.path, error, hint) from error
            self._loaded[package.path] = Model(package.path / "model", tokenizer, self._settings, hint)
        return self._loaded[package.path]


def _tokenizer(folder: Path) -> Tokenizer:
    """The package's own tokenizer, which serves both languages."""
    described = _package_type()(folder)
    own = described.tokenizer
    prefix = getattr(described, "target_prefix", "") or ""
    return Tokenizer(own.encode, own.encode, lambda pieces: str(own.decode(pieces)), (prefix,) if prefix else ())


def _package_type() -> Any:
    """argostranslate's package, imported when it is needed."""
    try:
        from argostranslate.package import Package
    except ImportError as error:
        raise models.missing_extra(error) from None
    return Package


ENGINE = EnginePlugin(ArgosEngine)
