"""A name in Latin letters in a Russian text that has a Russian form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tolmach.config import primary
from tolmach.glossary.find import Finder
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_CAPITAL = f"(?:(?![a-z\u00df-\u00f6\u00f8-\u00ff])[{_LETTER}])"
_PART = f"{_CAPITAL}[{_LETTER}'\u2019]+(?:-[{_LETTER}]+)*"
# A run of words with capitals; a Russian ending may hang on it («Berlin'е»).
_NAME = re.compile(rf"(?<![\w'\u2019./@&+-]){_PART}(?:[ \u00a0]{_PART})*+(?![\w&+@/]|\.\w|-\d)")
_LATIN_BESIDE = re.compile(rf"[ \u00a0][{_LETTER}\d]")
_OPENING, _CLOSING = '\u00ab\u201e\u201c"', '\u00bb\u201c\u201d"'
_SOURCES = ("de", "en")
_LIKELY = 0.95
_SHORTEST = 5
_LONGEST = 60
_REACH = 120


def check(view: View) -> Iterator[Problem]:
    """Report Latin names that have a Russian form, outside quotation marks, brackets and addresses."""
    if primary(view.language) != "ru":
        return
    for match in _NAME.finditer(view.text):
        written = " ".join(match[0].split())
        span = Span(*match.span())
        if len(written) > _LONGEST or _is_part_of_a_longer_name(view.text, span) or not _is_like_a_name(written):
            continue
        decided = _in_glossary(view.finder, written)
        found = (_in_tables(written) or _restored(written)) if decided is None else decided
        if found and not _is_meant(view.text, span):
            message = _("{written} stands in Latin letters: in Russian it is {instead}").format(
                written=written, instead=found
            )
            certain = decided is not None or bool(_in_tables(written))
            yield Problem(span, message, "", (found,), "unsafe", certain)


def _is_like_a_name(written: str) -> bool:
    """Is it no acronym and no brand with capitals inside (YouTube)?"""
    return all(part[1:].islower() for word in written.split() for part in word.split("-") if len(part) > 1)


def _is_part_of_a_longer_name(text: str, span: Span) -> bool:
    """Do Latin words or numbers go on («Deutsche Welle online», «Windows 10»)?"""
    before = text[max(0, span.start - 2) : span.start]
    behind = bool(before[-1:].isspace() and before[:1].isascii() and before[:1].isalnum())
    return behind or _LATIN_BESIDE.match(text, span.end) is not None


def _is_meant(text: str, span: Span) -> bool:
    """Does it stand in quotation marks or brackets (the original beside the Russian form), or in an address?"""
    from tolmach.text.untouchable import spans

    reach = max(0, span.start - _REACH)
    first = max(text.rfind("\n\n", reach, span.start) + 1, reach)
    before, after = text[first : span.start], text[span.end : span.end + _REACH]
    if before[-1:] in ("(", "[", *_OPENING) or after[:1] in (")", "]", *_CLOSING):
        return True
    quoted = before.count("\u00ab") > before.count("\u00bb") or before.count('"') % 2 == 1
    bracketed = before.rfind("(") > before.rfind(")")
    return quoted or bracketed or any(one.shifted(first).overlaps(span) for one in spans(text[first : span.end + 80]))


def _in_glossary(finder: Finder, written: str) -> str | None:
    """The Russian form that the glossary gives the name; nothing where it stays as it is, None for unknown ones."""
    for language in _SOURCES:
        for hit in finder.find(written, language):
            if hit.span != Span(0, len(written)) or not hit.certain:
                continue
            preferred = hit.concept.preferred("ru", acronym=False)
            if hit.concept.do_not_translate or preferred is None or preferred.full.isascii():
                return ""
            return preferred.full if hit.given is not None else preferred.form
    return None


@lru_cache(maxsize=1 << 12)
def _in_tables(written: str) -> str:
    """The Russian form in the tables of exonyms: of a place or of a prominent person."""
    from tolmach.transcription import established
    from tolmach.transcription.restoration.reverse import originals

    places = (name for language in _SOURCES for name in originals(written, language, "ru", "place"))
    persons = (
        row.original
        for language in _SOURCES
        for row in established.originals(written, language, "ru")
        if row.kind == "person"
    )
    return next(places, "") or next(persons, "")


@lru_cache(maxsize=1 << 12)
def _restored(written: str) -> str:
    """The original of a Russian name that is written in Latin letters."""
    from tolmach.transcription.restore import is_transcription, restore

    if len(written) < _SHORTEST or not any(map(is_transcription, written.split())):
        return ""
    for language in _SOURCES:
        found = restore(written, language, "ru", top=1)
        if found and found[0].probability >= _LIKELY and found[0].systems:
            return found[0].text
    return ""


RULE = Rule(
    summary="A name left in Latin letters in a Russian text, though Russian has a form of it.",
    why="Berlin, Tokayev and Bishkek in Latin letters are what a translator, or a machine, has overlooked.",
    bad=(
        Example("Он уехал в [Berlin] и не вернулся.", language="ru"),
        Example("Президент [Tokayev] выступил.", language="ru"),
    ),
    good=(
        Example("Он уехал в Берлин (Berlin) и читал газету «Berlin heute».", language="ru"),
        Example("Компания Siemens, сервис YouTube и канал RT DE.", language="ru"),
        Example("См. https://example.org/Berlin и Berlin.pdf.", language="ru"),
        Example("He went to Berlin.", language="en"),
    ),
    severity="warning",
    fix="Unsafe: the case is for a person to choose.",
    check=check,
    default=False,
)
