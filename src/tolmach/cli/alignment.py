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
    from tolmach.parallel.alignment.model import Bead
    from tolmach.text.sources import File, Text

_SUBTITLES = (".srt", ".vtt")
_SAMPLE = 200  # sentences that tell the language of a text


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

    Raises TolmachError for a bilingual or an empty file, for two texts in one language, for the same text twice and for
    languages named in another order than the texts.
    """
    texts = [_text(path, code, settings) for path, code in zip(paths, codes, strict=True)]
    written = [" ".join(segment.text for segment in text.segments) for text in texts]
    for place, text in enumerate(texts):
        if written[place] in written[:place]:
            raise TolmachError(_("this is the same text"), path=text.path, hint=_("name its translation"))
    _check_languages(texts)
    return texts


def _check_languages(texts: Sequence[Text]) -> None:
    from tolmach.text import detect

    if len({primary(text.language) for text in texts}) < len(texts):
        raise TolmachError(
            _("these texts are not in different languages: {languages}").format(
                languages=", ".join(text.language for text in texts)
            ),
            hint=_("name their languages, for example --languages de,en"),
        )
    named = [primary(text.language) for text in texts]
    found = [_most((detect.languages(one.text for one in text.segments[:_SAMPLE])), text) for text in texts]
    if found != named and sorted(found) == sorted(named):
        raise TolmachError(
            _("these texts seem to be in {languages}, in this order").format(languages=",".join(found)),
            hint=_("name the languages in the order of the texts: --languages {languages}").format(
                languages=",".join(found)
            ),
        )


def _most(languages: Sequence[str], text: Text) -> str:
    """The language of most of the text."""
    lengths: Counter[str] = Counter()
    for language, segment in zip(languages, text.segments, strict=False):
        lengths[language] += len(segment.text)
    return max(lengths, key=lambda one: lengths[one])


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


def times_of(path: Path, text: Text, settings: Config) -> list[tuple[float, float]]:
    """From when to when each sentence of subtitles is shown, in seconds; nothing for another text."""
    from tolmach.parallel.alignment.clock import cue_times
    from tolmach.text import formats, sources

    if path.suffix.lower() not in _SUBTITLES:
        return []
    document = next(iter(formats.read(sources.read(next(iter(sources.find([path], settings)))))))
    return cue_times(document.text, [(one.span.start, one.span.end - one.span.start) for one in text.segments])


def check_accord(texts: Sequence[Text], alignments: Sequence[Sequence[Bead]]) -> None:
    """Raise TolmachError where the beads say that a text does not translate the first one."""
    from tolmach.parallel.alignment.model import STRANGERS, accord

    for text, beads in zip(texts[1:], alignments, strict=True):
        if accord(beads) < STRANGERS:
            raise TolmachError(
                _("this does not seem to be a translation of {source}").format(source=texts[0].path),
                path=text.path,
                hint=_("compare the texts and their languages; without --po and --output they are shown side by side"),
            )
