"""A name in no glossary: its likely originals, and how the house would write them in its languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.transcription.house import default, has_system, transcribe
from tolmach.transcription.restore import restore
from tolmach.transcription.system import plain

# In the order in which a name that fits several alphabets is more likely to be theirs.
_ALPHABETS = ("ru", "uk", "be", "bg", "kk", "ky", "tg", "mn", "az", "tk", "uz", "hy", "ka")


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

    Nothing for what is no name of ours: ordinary words, Western names.

    >>> found = renderings("Тоқаев", ("de", "en"))[0]
    >>> found.language, found.forms
    ('kk', (('de', 'Toqajew'), ('en', 'Tokayev')))
    """
    if language := language_of_letters(text):
        return (Rendering(text, language, 1.0, "", tuple(_forms(text, language, languages, kind, style))),)
    return tuple(
        Rendering(
            found.text,
            "ru",
            found.probability,
            found.system,
            tuple(_forms(found.text, "ru", languages, kind, style)),
        )
        for found in restore(text, source=languages[0], target="ru", kind=kind, top=top)
    )


def language_of_letters(text: str) -> str:
    """The likeliest language whose alphabet has all letters of the text, or nothing for Latin and foreign letters.

    >>> language_of_letters("Токаев"), language_of_letters("Тоқаев"), language_of_letters("Tokajew")
    ('ru', 'kk', '')
    """
    letters = {letter for letter in plain(text).lower() if letter.isalpha()}
    if not letters:
        return ""
    fitting = (language for language in _ALPHABETS if letters <= default(language, "de").letters.keys())
    return next(fitting, "")


def _forms(
    original: str, language: str, languages: Sequence[str], kind: str | None, style: str
) -> Iterator[tuple[str, str]]:
    for target in languages:
        if target == language:
            yield target, original
        elif has_system(language, target):
            yield target, transcribe(original, language, target, kind, style)
