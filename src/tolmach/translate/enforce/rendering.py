"""Where a translation has the rendering of each of its terms: what was found, and what known forms show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tolmach.config import primary
from tolmach.morphology.lexeme import Base
from tolmach.text.model import Span
from tolmach.translate.enforce.derived import is_derived, stem
from tolmach.translate.enforce.known import Place, known, source_forms
from tolmach.translate.enforce.model import Pair, Step, Term
from tolmach.translate.enforce.sentence import Sentence, key

# Terms with these kinds are translated, not transcribed: their sound says nothing.
MEANT = ("term", "office", "event")
_OPENING = ("\u00ab", "\u201e", "\u201c", '"')
_CLOSING = ("\u00bb", "\u201c", "\u201d", '"')


@dataclass(frozen=True, slots=True)
class Rendering:
    """What stands for a term: its words, how it was found, what it may be an inflected form of.

    Nothing is to be done about one that is `right`.
    """

    first: int
    last: int
    span: Span
    step: Step
    right: bool
    like: tuple[Base, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Group:
    """A term of a pair, however often it is listed: where in the list, how often it is expected, what was found."""

    term: Term
    numbers: list[int]
    expected: int = 1
    found: list[Rendering] = field(default_factory=list)
    within: bool = False

    @property
    def open(self) -> int:
        """How many renderings are still to be found."""
        return 0 if self.within else max(0, self.expected - len(self.found))


@dataclass(slots=True)
class Work:
    """A pair while its renderings are looked for."""

    pair: Pair
    target: Sentence
    groups: list[Group]
    language: str
    _source: Sentence | None = None

    @property
    def source(self) -> Sentence:
        """The words of the source sentence, read when first needed."""
        if self._source is None:
            self._source = Sentence(self.pair.source)
        return self._source

    @property
    def open(self) -> list[Group]:
        """The terms for which something is still to be found."""
        return [group for group in self.groups if group.open]


def begin(pair: Pair) -> Work:
    """The pair with what known forms show, the longest terms first.

    Of a name first the right forms count, then other known ones; words made from it come last. A foreign word beside a
    word made from a term may be meant otherwise («Speicherplatz» in a «Space»), so there they come first.
    """
    work = Work(pair, Sentence(pair.target), _groups(pair.terms), primary(pair.target_language))
    _count(work)
    for group in work.groups:
        if not group.within:
            _by_form(work, group, right=True)
            if group.term.kind not in MEANT:
                _by_form(work, group, right=False)
    for group in work.open:
        _derived(work, group)
        if not group.found or work.language == "ru":
            _by_form(work, group, right=False)
    return work


def _groups(terms: Sequence[Term]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for number, term in enumerate(terms):
        name = key(term.source), key(term.target)
        same = groups.get(name)
        if same:
            same.numbers.append(number)
            same.expected += 1
        else:
            groups[name] = Group(replace(term, span=None) if term.span else term, [number])
    if len(groups) == 1:
        return list(groups.values())
    return sorted(groups.values(), key=lambda group: (-group.term.source.count(" "), -len(group.term.source)))


def _count(work: Work) -> None:
    """How often each term stands in the source, apart from longer terms that contain it."""
    source = key(work.pair.source)
    names = [key(group.term.source) for group in work.groups]
    for group, name in zip(work.groups, names, strict=True):
        nested = any(name != other and name in other for other in names)
        # One term with two translations: nothing tells how often each is meant.
        several = names.count(name) > 1
        if several or (not nested and _is_whole_count(work, group, source.count(name))):
            continue
        if nested:
            _take_longer(work, names)
        count = sum(1 for _place in _in_source(work, group))
        if nested or count:
            group.expected, group.within = count, not count


def _is_whole_count(work: Work, group: Group, count: int) -> bool:
    """Does the base form alone stand as often as expected? Where names decline there may be others («Молдавии»)."""
    return count == group.expected and (primary(work.pair.source_language) == "en" or group.term.kind in MEANT)


def _in_source(work: Work, group: Group) -> Iterator[Place]:
    return source_forms(group.term.source, group.term.kind, work.pair.source_language).places(work.source)


def _take_longer(work: Work, names: Sequence[str]) -> None:
    """Mark the words of terms that contain others."""
    if work.source.taken:
        return
    for group, name in zip(work.groups, names, strict=True):
        if any(name != other and other in name for other in names):
            for place in list(_in_source(work, group)):
                work.source.taken.update(range(place.first, place.last + 1))


def _by_form(work: Work, group: Group, *, right: bool) -> None:
    """Take the right forms of a term, or the other renderings that are known."""
    if not group.open:
        return
    for place in known(group.term, work.pair.source_language, work.language).places(work.target):
        if group.open and place.entry.wanted == right:
            _take(work, group, place, right=right)


def _take(work: Work, group: Group, place: Place, *, right: bool) -> None:
    span = work.target.span(place.first, place.last)
    # A name left in Latin letters shows no Russian case.
    like = () if place.entry.left and work.language == "ru" else place.entry.readings
    settle(work, group, Rendering(place.first, place.last, span, "form", right, like))


def settle(work: Work, group: Group, rendering: Rendering) -> None:
    """Note that a rendering was found, and that its words are spoken for."""
    if not rendering.right and group.term.target[:1] in _OPENING:
        rendering = replace(rendering, span=quoted(work.target.text, rendering.span))
    group.found.append(rendering)
    work.target.taken.update(range(rendering.first, rendering.last + 1))


def quoted(text: str, span: Span) -> Span:
    """The stretch with the quotation marks around it, if there are any.

    >>> quoted("в «Шпигель» сообщили", Span(3, 10))
    Span(start=2, end=11)
    """
    around = text[span.start - 1 : span.start] in _OPENING and text[span.end : span.end + 1] in _CLOSING
    return Span(span.start - 1, span.end + 1) if around and span.start > 0 and span.end < len(text) else span


def _derived(work: Work, group: Group) -> None:
    """A word made from the term («обамовский», «Datenbankzugriff») renders it rightly."""
    target, language, name = work.target, work.language, group.term.target
    # An umlaut may stand in the stem of a German plural.
    part = stem(name, language) if language != "de" else key(name)[:1]
    for place, one in enumerate(target.keys):
        if part in one and group.open and target.free(place, place) and is_derived(target.words[place], name, language):
            settle(work, group, Rendering(place, place, target.span(place, place), "form", True, note="derived"))


def in_small_letters(works: Iterable[Work]) -> None:
    """What is called by a common word may be written small («бундестаг»)."""
    for work in works:
        for group in work.open if work.language == "ru" else ():
            forms = known(group.term, work.pair.source_language, work.language)
            for place in forms.places(work.target, capital=False):
                if group.open and place.entry.wanted:
                    _take(work, group, place, right=True)
