"""A name that is written by a transcription system that the house does not use."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

from tolmach.config import Config, error, primary
from tolmach.errors import TolmachError
from tolmach.glossary.find import Finder
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

# Letters with marks are those of the bearer's own language, such as Czech.
_WORD = re.compile("(?<![\\w'\u2019-])[A-Z][a-z'\u2019]{3,24}(?![\\w'\u2019])")
_LANGUAGES = ("de", "en")
_ORIGINAL = "ru"
# Where one of these writes a name as it stands, it may be no Russian one.
_SLAVIC = frozenset(("ru-cs", "ru-pl", "ru-de-din1460", "ru-de-iso9", "ru-en-scholarly"))
_LIKELY = 0.9
_STYLES: WeakKeyDictionary[Finder, dict[tuple[str, str], str]] = WeakKeyDictionary()
_ENDINGS = {"de": ("s",), "en": ("'s", "\u2019s", "'", "\u2019")}


def configured(settings: Config) -> Callable[[View], Iterator[Problem]]:
    """The check for a house with these settings; raises TolmachError for a style that no system has."""
    from tolmach.transcription.house import default

    for language in _LANGUAGES if settings.transcription else ():
        try:
            default(_ORIGINAL, language, settings.transcription)
        except TolmachError as problem:
            raise error(settings, problem.message, "transcription", hint=problem.hint) from None
    return partial(check, style=settings.transcription)


def check(view: View, style: str = "") -> Iterator[Problem]:
    """Report each Russian name that only other systems than the house's write so, with the house's form.

    The house's system is the one that most people in the glossary are written by, else that of the `style`.
    """
    language = primary(view.language)
    if language not in _LANGUAGES:
        return
    style = _style(view, language, style)
    found: dict[str, tuple[str, str, str] | None] = {}
    covered: list[Span] | None = None
    for match in _WORD.finditer(view.text):
        word = match[0]
        if word not in found:
            found[word] = _other_form(word, language, style)
        other = found[word]
        if other is None:
            continue
        covered = [hit.span for hit in view.hits] if covered is None else covered
        span = Span(*match.span())
        if not _is_left_alone(view, span, covered):
            yield _problem(view, span, *other)


def _style(view: View, language: str, style: str) -> str:
    """The style of the system that most of the glossary's people are written by, else the given one."""
    styles = _STYLES.setdefault(view.finder, {})
    if (language, style) not in styles:
        found = Counter(_votes(view, language, style)).most_common(1)
        styles[language, style] = found[0][0] if found else style
    return styles[language, style]


def _votes(view: View, language: str, style: str) -> Iterator[str]:
    """The styles of names that tell: «Putin» is the same in all of them, and says nothing against the given one."""
    from tolmach.transcription.house import default, transcribe

    prefix = f"{_ORIGINAL}-{language}-"
    expected = default(_ORIGINAL, language, style).id
    for concept in view.finder.glossary.concepts.values():
        found = concept.preferred(language)
        if concept.kind != "person" or not found or not found.system.startswith(prefix):
            continue
        russian = concept.preferred(_ORIGINAL)
        original = russian.form if russian else concept.original.get(_ORIGINAL, "")
        surname = " ".join(original.split()[-len(found.form.split()) :])
        given = transcribe(surname, _ORIGINAL, language, kind="person", style=style) if surname else ""
        if given == found.form and found.system != expected:
            continue  # Both systems write it so.
        yield found.system.removeprefix(prefix)


@lru_cache(maxsize=1 << 14)
def _other_form(word: str, language: str, style: str) -> tuple[str, str, str] | None:
    """The house's form of a word, its original, and the system that writes it as it stands; None for others."""
    from tolmach.transcription.restore import is_transcription

    if not is_transcription(word):
        return None
    for ending in ("", *_ENDINGS[language]):
        if not word.endswith(ending) or len(word) - len(ending) < 4:
            continue
        bare = word[: len(word) - len(ending)]
        found = _written_otherwise(bare, language, style)
        if found is not None:
            house, original, system = found
            return (house + ending, original, system) if house else None
    return None


def _written_otherwise(bare: str, language: str, style: str) -> tuple[str, str, str] | None:
    """As `_other_form`, of a base form; an empty house form says that the name is written as the house does."""
    from tolmach.transcription.house import default, transcribe
    from tolmach.transcription.restore import restore
    from tolmach.transcription.system import load

    restored = restore(bare, language, _ORIGINAL, kind="person", top=1)
    if not restored or restored[0].probability < _LIKELY or not restored[0].systems:
        return None
    original, systems = restored[0].text, restored[0].systems
    house = transcribe(original, _ORIGINAL, language, kind="person", style=style)
    if default(_ORIGINAL, language, style).id in systems or _plain(house) == _plain(bare) or " " in house:
        return "", original, ""
    if _may_be_another(original, systems):
        return "", original, ""
    # A system for another original, as for Kazakh names, is not a system for Russian ones.
    if any(not system.startswith(f"{_ORIGINAL}-") for system in systems):
        return "", original, ""
    return house, original, load(systems[0]).title


def _plain(name: str) -> str:
    """Without the signs for soft letters, which the press leaves out: «Yel’tsin», «Yeltsin»."""
    return name.lower().replace("\u2019", "").replace("'", "")


def _may_be_another(original: str, systems: tuple[str, ...]) -> bool:
    """Is it a name that other Slavs in Latin letters have, too: a given name (Petr), a town in Bohemia (Slavkov)?"""
    from tolmach.morphology.russian_lexicon import is_given_name
    from tolmach.transcription.established import fold
    from tolmach.transcription.restoration import prominent

    if is_given_name(original):
        return True
    return not _SLAVIC.isdisjoint(systems) and fold(original) not in prominent.names(_ORIGINAL)


def _is_left_alone(view: View, span: Span, covered: list[Span]) -> bool:
    """Is the name the glossary's business, part of an address, or quoted as a title?"""
    from tolmach.glossary.context import in_title
    from tolmach.text.untouchable import spans

    before = bisect_right(covered, span.start, key=lambda one: one.start)
    if before and covered[before - 1].contains(span):
        return True
    first = max(0, span.start - 100)
    if any(one.shifted(first).overlaps(span) for one in spans(view.text[first : span.end + 100])):
        return True
    return in_title(view.text, span, primary(view.language))


def _problem(view: View, span: Span, house: str, original: str, system: str) -> Problem:
    message = _("{written} is {original} by {system}: this house writes {house}").format(
        written=view.text[span.start : span.end], original=original, system=system, house=house
    )
    return Problem(span, message, "", (house,), "unsafe", certain=False)


RULE = Rule(
    summary="A Russian name in a transcription that the house does not use.",
    why=(
        "Khrushchev in a German text and Chruschtschow beside it are one man to nobody who does not know Russian. The "
        "form of the house is found by restoring the original, without any glossary."
    ),
    bad=(
        Example("Dann kam [Khrushchev] an die Macht.", language="de"),
        Example("Then [Chruschtschow] came to power.", language="en"),
    ),
    good=(
        Example("Dann kam Chruschtschow an die Macht.", language="de"),
        Example("Then Khrushchev came to power.", language="en"),
        Example("Der Film „Khrushchev“ lief, siehe Khrushchev.pdf.", language="de"),
        Example("Frau Schumacher und Herr Charlton sprachen mit Chirac.", language="de"),
    ),
    severity="hint",
    fix="Unsafe: the bearer may write the name so.",
    check=check,
    configure=configured,
    options=("transcription",),
    default=False,
)
