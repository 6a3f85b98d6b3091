"""A name that one text, or one collection of texts, spells in several ways; found without any glossary."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.glossary.context import in_title, sentence_around
from tolmach.glossary.find import Finder
from tolmach.glossary.model import Concept, Designation, Glossary, Status
from tolmach.lint.rule import Example, Problem, Rule, Run, View
from tolmach.lint.terms import instead_of
from tolmach.messages import _
from tolmach.text.dates import dates
from tolmach.text.model import Passage, Span
from tolmach.text.untouchable import spans as untouchable_spans

if TYPE_CHECKING:
    from tolmach.glossary.model import Kind
    from tolmach.lint.corpus import Place
    from tolmach.lint.rule import Position
    from tolmach.lint.spellings import Mark

_SURE = 0.7
"""Groups that the search for variants is less certain of are left out."""

_REACH = 200
_NEAR = 40
_FEW = 2
_END = re.compile(r"[.!?]\s|\n\s*\n")
_ASIDE = re.compile(r"[(/]")
_WORD = re.compile(r"[^\W\d_]+")


def survey(run: Run) -> Callable[[View], Iterator[Problem]]:
    """Look for variants in all texts of the run; the check that reports the spellings in the minority."""
    from tolmach.lint.corpus import Corpus
    from tolmach.lint.spellings import marks
    from tolmach.names.variants.find import Choice, find

    corpus = Corpus(run)
    groups = find(corpus.documents, Choice(confidence=_SURE))
    found: dict[Position, list[Mark]] = {}
    for mark in marks(groups, corpus, lambda text, language: _is_wanted(text, language, run.finder)):
        found.setdefault(mark.place.position, []).append(mark)
    lines = corpus.lines({mark.first for group in found.values() for mark in group if mark.first})

    def check(view: View) -> Iterator[Problem]:
        return _check(view, found.get(view.position, []), lines)

    return check


def _is_wanted(text: str, language: str, finder: Finder) -> bool:
    """Has the glossary decided for this spelling?"""
    return any(hit.wanted and hit.span == Span(0, len(text)) for hit in finder.find(text, language))


def _check(view: View, marks: list[Mark], lines: dict[Place, int]) -> Iterator[Problem]:
    for mark in sorted(marks, key=lambda one: one.place.span):
        span = mark.place.span
        # A file may have changed since it was surveyed.
        if view.text[span.start : span.end] == mark.printed and not _is_left_alone(view, mark):
            yield _problem(view, mark, lines)


def _is_left_alone(view: View, mark: Mark) -> bool:
    """Is the spelling the glossary's business, quoted, part of an address, or explained by the sentence?"""
    span = mark.place.span
    before = bisect_right(view.hits, span.start, key=lambda hit: hit.span.start)
    if before and view.hits[before - 1].span.contains(span):
        return True
    first = max(0, span.start - _REACH)
    around = untouchable_spans(view.text[first : span.end + _REACH])
    if any(one.shifted(first).overlaps(span) for one in around):
        return True
    return in_title(view.text, span, primary(view.language)) or _is_explained(view, mark)


def _is_explained(view: View, mark: Mark) -> bool:
    """Does the sentence itself say that there are two names: «Astana (früher Nur-Sultan)»?"""
    if mark.relation == "error":
        return False
    span, rival = mark.place.span, mark.rival
    before, after = view.text[max(0, span.start - _NEAR) : span.start], view.text[span.end : span.end + _NEAR]
    gaps = [before.rpartition(rival)[2] if rival in before else "", after.partition(rival)[0] if rival in after else ""]
    if any(_joins(gap, view.language) for gap in gaps):
        return True
    if mark.relation not in ("renaming", "exonym"):
        return False
    sentence = sentence_around(view.text, span)
    # One spelling may be part of the other: Таллин, Таллинн.
    if rival in sentence.replace(mark.printed, " "):
        return True
    # A hint about a renaming is not worth a doubt: «Swasiland hieß es früher».
    told = _WORD.findall(sentence.lower()) if mark.relation == "renaming" else _WORD.findall(before.lower())[-_FEW:]
    if not _words("former", view.language).isdisjoint(told):
        return True
    return mark.relation == "renaming" and any(dates(sentence, primary(view.language)))


def _joins(gap: str, language: str) -> bool:
    """Is there a bracket, a slash or a word between two names that makes them two names of one, in one sentence?"""
    if _END.search(gap):
        return False
    return bool(_ASIDE.search(gap)) or not _words("joining", language).isdisjoint(_WORD.findall(gap.lower()))


def _words(name: str, language: str) -> frozenset[str]:
    table = load_table("tolmach.lint.rules", "inconsistent_name.toml").get(primary(language), {})
    return frozenset(table.get(name, ()))


def _problem(view: View, mark: Mark, lines: dict[Place, int]) -> Problem:
    written = " ".join(mark.printed.split())
    if mark.first is None:
        told = _("{written}: the other texts mostly write {rival} ({reason})")
        if mark.how == "glossary":
            told = _("{written}: other texts write {rival}, and so does the glossary ({reason})")
    elif mark.how == "mostly":
        told = _("{written}: this text mostly writes {rival}, first in line {line} ({reason})")
    elif mark.how == "also":
        told = _("{written}: this text also writes {rival}, first in line {line} ({reason})")
    else:
        told = _("{written}: the glossary writes {rival}, as this text does in line {line} ({reason})")
    line = lines.get(mark.first, 1) if mark.first else 0
    message = told.format(written=written, rival=mark.rival, reason=mark.reason, line=line)
    instead = _instead(view, mark)
    return Problem(mark.place.span, message, "", instead, "unsafe" if instead else "none", certain=mark.certain)


def _instead(view: View, mark: Mark) -> tuple[str, ...]:
    """The rival, inflected and written as the spelling is printed."""
    span = mark.place.span
    first = max(0, span.start - _NEAR)
    part = Passage(view.text[first : span.end + _NEAR], view.language)
    base = primary(view.language)
    finder, rival = _pair(mark.base, mark.rival, mark.kind, base)
    for hit in finder.find(part.text, base):
        if hit.span == Span(span.start - first, span.end - first) and hit.designation != rival:
            return () if hit.closed else instead_of(View(part, finder), hit, rival)
    return (mark.rival,) if mark.printed == mark.base else ()


@lru_cache(maxsize=1 << 10)
def _pair(base: str, rival: str, kind: Kind, language: str) -> tuple[Finder, Designation]:
    """A glossary of one decision: the rival instead of the other spelling."""
    wanted = Designation(rival, Status.PREFERRED)
    entries = (wanted, Designation(base, Status.DEPRECATED))
    concept = Concept("pair", kind, {language: entries})
    return Finder(Glossary({concept.id: concept})), wanted


RULE = Rule(
    summary="A spelling of a name that is in the minority in its text, or among the texts that are checked together.",
    why=(
        "A reader who meets Tokajew and Toqajew takes them for two people. The spellings are found without a glossary, "
        "by the originals they are transcribed from; what the glossary in force decides is left to its own rules."
    ),
    bad=(
        Example(
            "Präsident Tokajew sprach in Almaty. Tokajew blieb. Präsident [Toqajew] schwieg, und [Toqajews] Sprecher "
            "auch. Dann ging Tokajew."
        ),
        Example(
            "Die Organisation des Vertrags über kollektive Sicherheit (Organisazija Dogowora o Kollektiwnoi "
            "Besopasnosti, [ODBK]) tagte. Die ODKB will helfen. Truppen der ODKB kamen."
        ),
        Example(
            "Die Regierung von [Weißrussland] schwieg, [Weißrusslands] Opposition nicht.",
            beside=("In Belarus blieb es ruhig. Die Hauptstadt von Belarus ist Minsk. Belarus wählt.",),
        ),
    ),
    good=(
        Example("Präsident Kassym-Schomart Tokajew sprach. Tokajew blieb, und Tokajews Sprecher schwieg."),
        Example("Man traf sich in Astana (früher Nur-Sultan). Astana liegt am Ischim."),
        Example("Die Grenze von Belarus ist lang. Belarus, in Deutschland meist Weißrussland genannt, wählt."),
        Example("Der Film „Weißrussland“ lief. In Belarus blieb es ruhig. Belarus wählt, und Minsk feiert."),
        Example("Wladimir Petrow und seine Frau Olga Petrowa lebten in Moskau. Petrow schwieg, Petrowa sprach."),
    ),
    severity="warning",
    fix="Unsafe: which spelling is right is for a person, or a glossary, to decide.",
    survey=survey,
    gravest="warning",
    default=False,
)
