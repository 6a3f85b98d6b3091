"""A name in no glossary: its likely originals, and how the house would write them in its languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.morphology.paradigm import bases
from tolmach.transcription.established import native
from tolmach.transcription.house import default, has_system, transcribe
from tolmach.transcription.languages import is_no_russian, order
from tolmach.transcription.restore import Original, restore
from tolmach.transcription.system import plain

_LIKELY, _SURE = 0.05, 0.9
_QUOTES = " '\"\u00ab\u00bb\u201e\u201c\u201d\u2018\u2019\u201a"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A likely original in its language, its probability, the system that explains the spelling, and the house's forms.

    `system` is empty for an original that was given as such and for a spelling that no system explains; `forms` are
    pairs of language and form.
    """

    original: str
    language: str
    probability: float
    system: str
    forms: tuple[tuple[str, str], ...]


def renderings(
    text: str, languages: Sequence[str], kind: str | None = None, style: str = "", top: int = 3
) -> tuple[Rendering, ...]:
    """The likely originals of a name and their forms in `languages` (the first one is that of a Latin spelling).

    An inflected form leads to its base. Nothing for what is no name of ours: ordinary words, Western names.

    >>> found = renderings("Тоқаев", ("de", "en"))[0]
    >>> found.language, found.forms
    ('kk', (('de', 'Toqajew'), ('en', 'Tokayev')))
    """
    text = text.strip(_QUOTES)
    if language := language_of_letters(text):
        original = _base(text, language, kind)
        return (Rendering(original, language, 1.0, "", tuple(_forms(original, language, languages, kind, style))),)
    reader = primary(languages[0])
    language, originals = _restored(_base(text, reader, kind), reader, kind, top)
    return tuple(
        Rendering(
            found.text,
            language,
            found.probability,
            found.system,
            tuple(_forms(found.text, language, languages, kind or _kind(found, language), style)),
        )
        for found in originals
        if found is originals[0] or found.probability >= _LIKELY
    )


def _restored(text: str, reader: str, kind: str | None, top: int) -> tuple[str, tuple[Original, ...]]:
    """The likely originals and their language: Russian, or the one whose system explains what Russian does not."""
    found = restore(text, source=reader, target="ru", kind=kind, top=top)
    if not found or found[0].system or found[0].probability >= _SURE:
        return "ru", found
    others = [
        (code, other)
        for code in order("restored")
        if (other := restore(text, source=reader, target=code, kind=kind, top=top))
        and other[0].system.startswith(f"{code}-{reader}")
        and is_no_russian(other[0].text)
    ]
    return max(others, key=lambda pair: pair[1][0].probability, default=("ru", found))


def _kind(found: Original, language: str) -> str | None:
    """Place for what only the tables of native names explain (Qostanai), else unknown."""
    return "place" if not found.system and native(found.text, language) else None


def _base(text: str, language: str, kind: str | None) -> str:
    return bases(text, language, kind or "")[0].form if language in ("de", "en", "ru") else text


def language_of_letters(text: str) -> str:
    """The likeliest language whose alphabet has all letters of the text, or nothing for Latin and foreign letters.

    >>> language_of_letters("Токаев"), language_of_letters("Тоқаев"), language_of_letters("Tokajew")
    ('ru', 'kk', '')
    """
    letters = {letter for letter in plain(text).lower() if letter.isalpha()}
    if not letters:
        return ""
    fitting = (
        language
        for language in order("alphabets")
        if letters <= default(language, "de").letters.keys() and not (language == "ru" and is_no_russian(text))
    )
    return next(fitting, "")


def _forms(
    original: str, language: str, languages: Sequence[str], kind: str | None, style: str
) -> Iterator[tuple[str, str]]:
    for code in languages:
        target = primary(code)
        if target == language:
            yield code, original
        elif has_system(language, target):
            yield code, transcribe(original, language, target, kind, style)
