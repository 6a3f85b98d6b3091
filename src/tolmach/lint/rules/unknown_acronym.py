"""An acronym that neither the text nor the glossary explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from tolmach.config import primary
from tolmach.lint.acronyms import known_acronyms
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

_CAPITALS = "A-Z\u00c4\u00d6\u00dc\u0410-\u042f\u0401"
_ACRONYM = re.compile(rf"(?<![^\W_])(?<![\w][.-])[{_CAPITALS}]{{3,6}}(?=s?(?![^\W_]))")
_NEXT_CAPITALS = re.compile(rf"\W{{0,2}}[{_CAPITALS}]{{2}}")
_LAST_CAPITALS = re.compile(rf"[{_CAPITALS}]{{2}}\W{{0,2}}\Z")
_ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# What stands between a long form and its acronym: a bracket, «kurz», «oder», a dash; then two words at least.
_EXPLAINED_AFTER = re.compile(
    r"[\u00bb\u201c\u201d\"]?\s?(?:\(|[\u2013\u2014-]\s|,?\s(?:oder|or|или|steht für|stands for)\s)"
    r"\W?[^\W\d_]+[\s-]\W?[^\W\d_]+"
)
_EXPLAINED_BEFORE = re.compile(
    r"[^\W\d_]{3,}[\u00bb\u201c\u201d\"]?"
    r"(?:\s?\([^()]{0,40}|,? (?:kurz|abgekürzt|oder|genannt|or|called|сокращённо|или|далее) )\W?\Z"
)
# German says what it is by a noun without an article: «die Nachrichtenagentur RBC».
_APPOSITION = re.compile(r"[^\W\d_][a-zäöüß-]{4,} \Z")
_REACH = 60
_GLOSSARY = """
[[concept]]
id = "odkb"
kind = "organisation"
[[concept.de]]
form = "ODKB"
status = "preferred"
"""


def check(view: View) -> Iterator[Problem]:
    """Report the first mention of each acronym that is not generally known and explained neither here nor there."""
    text = view.text
    known = known_acronyms(view.language)
    places: dict[str, list[int]] = {}
    for match in _ACRONYM.finditer(text):
        if match[0] not in known and not _ROMAN.fullmatch(match[0]):
            places.setdefault(match[0], []).append(match.start())
    if not places:
        return
    hits = [hit.span for hit in view.hits]
    starts = [span.start for span in hits]
    for acronym, found in places.items():
        used = [place for place in found if not _is_shouted(text, Span(place, place + len(acronym)))]
        ends = [Span(place, place + len(acronym)) for place in found]
        if not used or any(_is_explained(text, span, view.language) for span in ends):
            continue
        if _written_out(acronym, view.language).search(text):
            continue
        span = Span(used[0], used[0] + len(acronym))
        before = bisect_right(starts, span.start)
        if (before and hits[before - 1].contains(span)) or _is_protected(text, span):
            continue
        message = _("{written}: the text does not say what this stands for, nor does the glossary").format(
            written=acronym
        )
        yield Problem(span, message)


def _is_shouted(text: str, span: Span) -> bool:
    """Is it a word in capitals among others, as in a headline, or a name of several acronyms?"""
    first, last = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = text[max(first, span.start - _REACH) : min(last if last >= 0 else len(text), span.end + _REACH)]
    if line.isupper() and " " in line.strip():
        return True
    return bool(
        _NEXT_CAPITALS.match(text, span.end) or _LAST_CAPITALS.search(text[max(0, span.start - 4) : span.start])
    )


def _is_explained(text: str, span: Span, language: str) -> bool:
    if _EXPLAINED_AFTER.match(text, span.end):
        return True
    before = text[max(0, span.start - _REACH) : span.start]
    if primary(language) == "de" and (noun := _APPOSITION.search(before)) and noun[0][0].isupper():
        return True
    return _EXPLAINED_BEFORE.search(before) is not None


@lru_cache(maxsize=1 << 10)
def _written_out(acronym: str, language: str) -> re.Pattern[str]:
    """Words with these initials, one after the other: «Robert-Koch-Institut» tells what RKI is wherever it stands."""
    # Russian writes only the first of them with a capital.
    others = acronym[1:].lower() if primary(language) == "ru" else acronym[1:]
    words = (rf"{letter}[^\W\d_]{{2,}}" for letter in others)
    between = r"(?:-|\s(?:[^\W\d_]{1,5}\s){0,2})"
    return re.compile(rf"(?<!\w){acronym[0]}[^\W\d_]{{2,}}" + "".join(between + word for word in words))


def _is_protected(text: str, span: Span) -> bool:
    from tolmach.text.untouchable import spans

    first = max(0, span.start - 2 * _REACH)
    return any(one.shifted(first).overlaps(span) for one in spans(text[first : span.end + 2 * _REACH]))


RULE = Rule(
    summary="An acronym that the text uses and never explains.",
    why="ODKB, EAEU, SCO: whoever does not know them looks in vain for the long form at their first mention.",
    bad=(
        Example("Die [ODKB] schickt Truppen. Die ODKB tagte."),
        Example("Die Gruppe trifft sich mit der [SOZ] und der EU."),
        Example("Саммит [ШОС] прошёл в Самарканде.", language="ru"),
    ),
    good=(
        Example("Die Organisation des Vertrags über kollektive Sicherheit (ODKB) schickt Truppen. Die ODKB tagte."),
        Example("Die ODKB (Organisation des Vertrags über kollektive Sicherheit) tagte."),
        Example("Die USA, die EU, die NATO und die UNO schwiegen im XIX. Jahrhundert."),
        Example("TRUPPEN DER ODKB IN ALMATY"),
        Example(
            "Die ODKB tagte.",
            glossary=_GLOSSARY,
        ),
    ),
    severity="hint",
    fix="None: only a person knows what it stands for.",
    check=check,
    default=False,
)
