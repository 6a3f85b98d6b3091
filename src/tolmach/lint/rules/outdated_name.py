"""A name that was not in force at the date its sentence names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Designation, Status, Validity
from tolmach.lint.rule import Example, Problem, Rule, View, doubtful_places
from tolmach.lint.terms import instead_of
from tolmach.messages import _
from tolmach.text.dates import dates
from tolmach.text.model import Span

# «2017 war sie in Astana, 2021 in Nur-Sultan»: a date counts for its own clause first.
# The comma of «January 5, 2022» belongs to the date.
_CUT = re.compile(r"(?:[;:()\u2013\u2014]|(?<!\d),|,(?!\s(?:19|20)\d\d))(?=\s)|(?<=\s)\(")

_GLOSSARY = """
[[concept]]
id = "nur-sultan"
kind = "place"
[[concept.de]]
form = "Nur-Sultan"
status = "preferred"
valid = [{ from = 2019-03-23, until = 2022-09-17 }]
[[concept.de]]
form = "Astana"
status = "admitted"
valid = [{ until = 2019-03-22 }, { from = 2022-09-18 }]
"""

# «2017 in Astana und 2021 in Nur-Sultan»
_AND = re.compile(r"\s(?:und|and|\u0438)\s")
_TWO, _LONG_CLAUSE = 2, 400
# Every date has one of these.
_YEAR = re.compile(r"\d{4}|\d\.\s?\d\d?\.\s?\d\d")
_AROUND = 4000


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    dates: tuple[Validity, ...]


def check(view: View) -> Iterator[Problem]:
    """Report a dated name whose sentence names only days on which another name was in force."""
    dated = [
        hit
        for hit in view.doubtful_hits
        if hit.designation.valid and hit.designation.status is Status.ADMITTED and hit.certain
    ]
    if not dated or not _YEAR.search(view.text):
        return
    sentences = list(_sentences(view, dated))
    starts = [span.start for span in sentences]
    clauses: dict[Span, list[_Clause]] = {}
    # Many names of one kind in one clause are decided once.
    decided: dict[tuple[_Clause, Designation], Designation | None] = {}
    for hit in dated:
        index = bisect_right(starts, hit.span.start) - 1
        if index < 0 or not sentences[index].overlaps(hit.span):
            continue
        sentence = sentences[index]
        if sentence not in clauses:
            clauses[sentence] = _clauses(view, sentence, [one.span.start for one in dated])
        clause = clauses[sentence][bisect_right(clauses[sentence], hit.span.start, key=lambda one: one.start) - 1]
        key = (clause, hit.designation)
        if key not in decided:
            decided[key] = _in_force(hit, clause.dates, view.language)
        instead = decided[key]
        if instead is not None:
            yield _problem(view, hit, instead)


def _sentences(view: View, hits: Iterable[Hit]) -> Iterator[Span]:
    """The sentences around the hits, where there is a date not far from them."""
    from tolmach.text.segments import split

    text, before = (view.page, view.passage.start) if view.page else (view.text, 0)
    for stretch in _stretches(text, (hit.span.shifted(before) for hit in hits)):
        if _YEAR.search(text, stretch.start, stretch.end):
            for paragraph in split(text[stretch.start : stretch.end], view.language):
                yield from (span.shifted(stretch.start - before) for span in paragraph)


def _stretches(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Whole lines around the spans, enough of them to see whether they are wrapped, apart from each other."""
    start = end = 0
    for span in spans:
        first = text.rfind("\n", 0, max(span.start - _AROUND, 0)) + 1
        if first > end:
            yield Span(start, end)
            start = first
        if span.end + _AROUND > end:
            last = text.find("\n", span.end + _AROUND)
            end = len(text) if last < 0 else last
    yield Span(start, end)


def _clauses(view: View, sentence: Span, names: list[int]) -> list[_Clause]:
    """The clauses of a sentence with the dates that they name, or else those of the whole sentence."""
    cuts = [sentence.start, *(cut.end() for cut in _CUT.finditer(view.text, sentence.start, sentence.end))]
    ends = [*cuts[1:], sentence.end]
    starts = [place for start, end in zip(cuts, ends, strict=True) for place in _halves(view, start, end, names)]
    named = [_dates(view, start, end) for start, end in zip(starts, [*starts[1:], sentence.end], strict=True)]
    everything = _dates(view, sentence.start, sentence.end) if len(starts) > 1 else ()
    return [_Clause(start, found or everything) for start, found in zip(starts, named, strict=True)]


def _halves(view: View, start: int, end: int, names: list[int]) -> Iterator[int]:
    """Where a clause begins, and its second half after «und», if both have a date and a dated name of their own."""
    yield start
    first, last = bisect_left(names, start), bisect_left(names, end)
    if last - first != _TWO or end - start > _LONG_CLAUSE:
        return
    for cut in _AND.finditer(view.text, names[first], names[last - 1]):
        if _dates(view, start, cut.start()) and _dates(view, cut.end(), end):
            yield cut.end()
            return


def _dates(view: View, start: int, end: int) -> tuple[Validity, ...]:
    return tuple(dict.fromkeys(Validity(*stretch) for stretch in dates(view.text[start:end], view.language)))


def _in_force(hit: Hit, stretches: tuple[Validity, ...], language: str) -> Designation | None:
    """The preferred name of the days that the sentence names, when the one it uses was in force on none of them."""
    if not stretches or any(hit.designation.valid_during(stretch) for stretch in stretches):
        return None
    return hit.concept.preferred(primary(language), when=stretches[0])


def _problem(view: View, hit: Hit, instead: Designation) -> Problem:
    written = " ".join(view.text[hit.span.start : hit.span.end].split())
    found = () if hit.closed else instead_of(view, hit, instead)
    message = _("{written} was not the name at that date: write {instead}").format(
        written=written, instead=instead.form
    )
    return Problem(hit.span, message, hit.concept.id, found, "unsafe" if found else "none")


RULE = Rule(
    summary="An admitted name that was not in force at the date its clause or sentence names.",
    why=(
        "Places are renamed; a report about 2021 from «Astana» puts the reader into the wrong year. "
        "The preferred name is right at any date."
    ),
    bad=(
        Example("Im Sommer 2021 traf man sich in [Astana].", glossary=_GLOSSARY),
        Example("Am 5. Januar 2022 blieben [Astanas] Straßen leer.", glossary=_GLOSSARY),
        Example("2018 war sie in Kiew, 2021 in [Astana].", glossary=_GLOSSARY),
    ),
    good=(
        Example("Man traf sich in Astana.", glossary=_GLOSSARY),
        Example("Im Jahr 2017 war die Ausstellung in Astana.", glossary=_GLOSSARY),
        Example("Von 2019 bis 2022 trug Astana einen anderen Namen.", glossary=_GLOSSARY),
        Example("Das war im Sommer 2021. In Astana schneit es.", glossary=_GLOSSARY),
        Example("Im Jahr 2018 war sie in Astana, 2021 in Nur-Sultan.", glossary=_GLOSSARY),
    ),
    severity="warning",
    fix="Unsafe: the sentence may look back from a later day.",
    check=check,
    places=doubtful_places,
)
