"""One concept or name of the source that the translations render in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tolmach.config import primary
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.lint.rule import Example, Position, Problem, Rule, Run, View
from tolmach.messages import _
from tolmach.text.model import Passage, Span, Unit

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Corpus

_GLOSSARY = """
[[concept]]
id = "fighters"
kind = "term"
[[concept.de]]
form = "Friedenstruppen"
status = "preferred"
[[concept.de]]
form = "Friedenssoldaten"
status = "admitted"
[[concept.ru]]
form = "миротворческие силы"
status = "preferred"
[[concept.ru]]
form = "миротворцы"
status = "admitted"
"""
_SAME = 0.9
_SHORTEST = 4
_FIRST_CYRILLIC = "\u0400"
# Endings by which forms of one rendering may differ; what is left decides.
_ENDINGS = {
    "ru": re.compile("(?:[ое]го|[ое]му|[ыи]ми|[ыиое]м|[ое][йю]|[ую]ю|[ая]я|[ыи]й|[ая]ми|[ая]х|[ая]м)?[аеёиоуыьэюяй]*$"),
    "de": re.compile("(?:s|'|\u2019)$"),
    "en": re.compile("(?:['\u2019]s?)$"),
}


@dataclass(frozen=True, slots=True)
class _Rendering:
    """What stands for a concept or name of the source at a place of a target; `said` is what the source has."""

    key: tuple[str, str]
    form: str
    said: str
    position: Position
    span: Span
    written: str
    concept: str = ""
    preferred: bool = False


def survey(run: Run) -> Callable[[View], Iterator[Problem]]:
    """Note how every concept and name is rendered; the check reports those that are not rendered as usual."""
    found: dict[tuple[str, str], list[_Rendering]] = defaultdict(list)
    for rendering in _renderings(run):
        found[rendering.key].append(rendering)
    marks: dict[Position, list[tuple[_Rendering, _Rendering]]] = defaultdict(list)
    for group in found.values():
        for rendering, usual in _unusual(group):
            marks[rendering.position].append((rendering, usual))

    def check(view: View) -> Iterator[Problem]:
        for rendering, usual in sorted(marks.get(view.position, ()), key=lambda one: one[0].span):
            if view.text[rendering.span.start : rendering.span.end]:
                yield _problem(view, rendering, usual)

    return check


def _unusual(group: list[_Rendering]) -> Iterator[tuple[_Rendering, _Rendering]]:
    """The renderings that differ from the usual one: the preferred, else the most frequent, else the first."""
    counts = Counter(one.form for one in group)
    if len(counts) < 2:
        return
    first = {one.form: one for one in reversed(group)}
    usual = max(first.values(), key=lambda one: (one.preferred, counts[one.form], -group.index(one)))
    for one in group:
        if one.form != usual.form:
            yield one, usual


def _renderings(run: Run) -> Iterator[_Rendering]:
    from tolmach.names.mentions.find import Corpus

    corpus = Corpus()
    for unit, _position in _units(run):
        for side in (unit.source, unit.target):
            corpus.add(side.text, primary(side.language))
    names = _Names(corpus)
    for unit, position in _units(run):
        yield from _concepts(unit, run.finder, position)
        yield from names.in_unit(unit, position, run.finder)


def _units(run: Run) -> Iterator[tuple[Unit, Position]]:
    for document in run.read():
        for unit in document.units:
            if unit.state not in ("obsolete", "untranslated") and unit.target.text.strip():
                yield unit, Position(document.path, document.offset, unit.index, "target")


def _concepts(unit: Unit, finder: Finder, position: Position) -> Iterator[_Rendering]:
    """The wanted designations of the target whose concept the source has."""
    said: dict[str, Hit] = {}
    for hit in finder.find(unit.source.text, unit.source.language):
        if hit.certain:
            said.setdefault(hit.concept.id, hit)
    for hit in finder.find(unit.target.text, unit.target.language) if said else ():
        source = said.get(hit.concept.id)
        # What is unwanted has its own rule; names of a certain time and short names beside long ones are no rivals.
        if source is None or not hit.certain or not hit.wanted or hit.designation.valid:
            continue
        length = "short" if hit.designation.is_acronym else "long"
        yield _Rendering(
            (f"{hit.concept.id}/{length}", primary(unit.target.language)),
            hit.designation.form,
            unit.source.text[source.span.start : source.span.end],
            position,
            hit.span,
            hit.designation.form,
            hit.concept.id,
            hit.designation.status.value == "preferred",
        )


class _Names:
    """The names of the sources that no glossary knows, and what stands for them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._keys: dict[str, str] = {}

    def in_unit(self, unit: Unit, position: Position, finder: Finder) -> Iterator[_Rendering]:
        """The names of the target that sound like one of the source."""
        source, target = self._names(unit.source), self._names(unit.target)
        if not source or not target:
            return
        known = [hit.span for hit in finder.find(unit.target.text, unit.target.language)]
        language = primary(unit.target.language)
        for span, name in target:
            # A name left in Latin letters has a rule of its own.
            if any(span.overlaps(other) for other in known) or (name[0] < _FIRST_CYRILLIC and language == "ru"):
                continue
            # The base form of a name that no dictionary has is a guess.
            stem = _stem(name, language)
            said = next((base for _span, base in source if _same(base, name) or _same(base, stem)), None)
            if said is not None:
                yield _Rendering((self._key(said), language), stem, said, position, span, name)

    def _key(self, name: str) -> str:
        """One key for all spellings of a name in the sources: the first one met."""
        if name not in self._keys:
            same = (key for other, key in self._keys.items() if other[0] == name[0] and _same(other, name))
            self._keys[name] = next(same, f"={name}")
        return self._keys[name]

    def _names(self, side: Passage) -> list[tuple[Span, str]]:
        """The names of one word in a side of a unit, and the family names of persons, in their base form."""
        from tolmach.names.mentions.find import mentions

        found = []
        for one in mentions(side.text, primary(side.language), self._corpus):
            last = one.base.split()[-1]
            is_name = one.kind == "person" or (one.kind in ("place", "other") and last == one.base)
            if is_name and not one.long_form and len(last) >= _SHORTEST and not last.isupper() and last[-1].islower():
                start = max(one.start, side.text.rfind(" ", one.start, one.end) + 1)
                found.append((Span(start, one.end), last))
        return found


def _stem(name: str, language: str) -> str:
    endings = _ENDINGS.get(language)
    return endings.sub("", name, count=1) if endings else name


@lru_cache(maxsize=1 << 14)
def _same(one: str, other: str) -> bool:
    from tolmach.names.compare import compare

    return one == other or compare(one, other).score >= _SAME


def _problem(view: View, rendering: _Rendering, usual: _Rendering) -> Problem:
    written = " ".join(view.text[rendering.span.start : rendering.span.end].split())
    message = _("{written} stands for {said}, which is {usual} elsewhere").format(
        written=written, said=" ".join(rendering.said.split()), usual=usual.written
    )
    return Problem(rendering.span, message, rendering.concept, certain=bool(rendering.concept))


RULE = Rule(
    summary="A concept or name of the source that is rendered in two ways within the texts of a run.",
    why=(
        "A reader of the translation takes миротворческие силы and миротворцы, Жанаозен and Жанаузен for two things. "
        "The source may spell the name in several ways, too: the concept counts, or the sound."
    ),
    bad=(
        Example(
            "Die Friedenstruppen kamen.",
            glossary=_GLOSSARY,
            target="Прибыли миротворцы.",
            others=(("Die Friedenstruppen bleiben.", "Миротворческие силы остаются."),),
        ),
        Example(
            "In Schanaosen war es still.",
            target="В Жанаузене было тихо.",
            others=(
                ("In Schangaösen brannte es.", "В Жанаозене горело."),
                ("Nach Schangaösen fuhr man.", "В город Жанаозен ехали."),
            ),
        ),
    ),
    good=(
        Example(
            "Die Friedenstruppen kamen.",
            glossary=_GLOSSARY,
            target="Прибыли миротворцы.",
            others=(("Die Friedenstruppen bleiben.", "Миротворцы остаются."),),
        ),
        Example(
            "Tokajew sprach mit Putin.",
            target="Токаев говорил с Путиным.",
            others=(("Putin dankte Tokajew.", "Путин поблагодарил Токаева."),),
        ),
    ),
    severity="hint",
    fix="None: which rendering is right is for a translator, or the glossary, to say.",
    survey=survey,
    gravest="warning",
    default=False,
)
