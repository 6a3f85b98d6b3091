"""The texts that `tolmach align` lays side by side, each in its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tolmach.cli.options import language_codes
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.text.sources import File, Text


def codes_of(languages: str | None, count: int) -> Sequence[str | None]:
    """The languages named for so many texts; raises TolmachError where there are not as many."""
    if languages is None:
        return [None] * count
    hint = _("for example --languages de,en")
    codes = language_codes(languages, hint)
    if len(codes) != count:
        raise TolmachError(_("there must be one language for each text"), hint=hint)
    return codes


def read_texts(paths: Sequence[Path], codes: Sequence[str | None], settings: Config) -> list[Text]:
    """The texts in the languages given, else in those of the configuration, the file's name or its content.

    Raises TolmachError for a bilingual or an empty file, and for two texts in one language.
    """
    texts = [_text(path, code, settings) for path, code in zip(paths, codes, strict=True)]
    if len({primary(text.language) for text in texts}) < len(texts):
        raise TolmachError(
            _("these texts are not in different languages: {languages}").format(
                languages=", ".join(text.language for text in texts)
            ),
            hint=_("name their languages, for example --languages de,en"),
        )
    return texts


def _text(path: Path, code: str | None, settings: Config) -> Text:
    from tolmach.text import sources

    file = next(iter(sources.find([path], settings)))
    language = code or file.language or _guessed(file)
    text = next(sources.texts([replace(file, language=language, named=True)], language))
    if not text.segments:
        raise TolmachError(_("there is no text in this file"), path=path, hint=_("name another file"))
    return text


def _guessed(file: File) -> str:
    """The language by the name of the file, else that of most of its text."""
    from tolmach.text import detect, formats, sources

    named = detect.from_name(file.path.name)
    if named is not None or formats.for_path(str(file.path)).bilingual:
        return named or "de"
    lengths: Counter[str] = Counter()
    for document in formats.read(sources.read(file)):
        for passage in document.passages:
            lengths[passage.language] += len(passage.text)
    return max(lengths, key=lambda one: lengths[one], default="de")
