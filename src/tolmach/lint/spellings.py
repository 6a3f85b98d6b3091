"""Which spellings of one name compete in the texts of a run, and which of them is in the minority.

Spellings compete in a slot: the surnames and the given names of a person, the acronyms and the long forms of an
organisation, in one language. Short and full name never compete, nor do two forms that the search for variants calls
main forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tolmach.lint.corpus import Corpus, Place
from tolmach.text.model import Span

if TYPE_CHECKING:
    from tolmach.names.variants.find import Form, Group
    from tolmach.names.variants.gathering import Occurrence

_WORD = re.compile(r"\S+")
_LONG = 3
"""From so many words on the name of an organisation is a long form."""

_ALIKE, _SLIPS = 0.2, 6
"""From this probability on two parts of names may be one; two letters may differ in words of so many."""

_GRAVITY = ("main", "spelling", "renaming", "exonym", "system", "error")
_WARNED = ("exonym", "system", "error")
"""What is more than a habit or a date, and so a warning where one text mixes it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A spelling in the minority: where it stands, as it is printed there, and the spelling that it competes with.

    `base` and `rival` are base forms of concept kind `kind`; `relation` is what one is to the other, `reason` says so
    in words. `first` is where the rival first stands in the same text (None: in other texts only); `how` says why the
    rival wins.
    """

    place: Place
    printed: str
    base: str
    rival: str
    kind: str
    relation: str
    reason: str
    first: Place | None
    how: str

    @property
    def certain(self) -> bool:
        """Is it worth a warning: two spellings in one text that are no habit and no dates?"""
        return self.first is not None and self.relation in _WARNED


@dataclass(slots=True)
class _Spelling:
    """A spelling in a slot: what the forms with it are beside the main ones, and where it stands, by path.

    `wanted` by the glossary in force; `past`: a name that is out of date.
    """

    text: str
    wanted: bool = False
    past: bool = False
    forms: list[Form] = field(default_factory=list)
    places: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(map(len, self.places.values()))

    @property
    def classification(self) -> str:
        return self._telling.classification

    @property
    def reason(self) -> str:
        return self._telling.reason

    @property
    def _telling(self) -> Form:
        """Of several forms with the spelling the shortest says what it is."""
        return min(self.forms, key=lambda form: (len(form.form.split()), _GRAVITY.index(form.classification)))

    def add(self, form: Form, path: str, place: Place, printed: str) -> None:
        """One more occurrence, in this form."""
        if form not in self.forms:
            self.forms.append(form)
        self.places.setdefault(path, []).append((place, printed))

    def doubt(self, main: _Spelling) -> None:
        """Two surnames cannot both be main ones, though one of them is so in a full name: the full name tells."""
        names = self.text.casefold(), main.text.casefold()
        telling = [form for form in self.forms if form.classification != "main"]
        if telling and not any(one in other for one, other in (names, names[::-1])):
            self.forms = telling


_Slot = dict[str, _Spelling]


def marks(groups: Iterator[Group], corpus: Corpus, wanted: Callable[[str, str], bool]) -> Iterator[Mark]:
    """The marks of all groups; `wanted` says whether the glossary in force wants a spelling in a language."""
    for group in groups:
        for (language, name), slot in _slots(group, corpus).items():
            if name == "last":
                main, *others = slot.values()
                for one in others:
                    one.doubt(main)
            if len(slot) > 1 and any(one.classification != "main" for one in slot.values()):
                for one in slot.values():
                    one.wanted = wanted(one.text, language)
                    one.past = _is_past(one.text, language, group)
                yield from _marked(slot, group.kind)


def _is_past(text: str, language: str, group: Group) -> bool:
    """Is it one of several names that a place had one after another, and not today's?"""
    from tolmach.glossary.spellings import stretches

    if not any(form.classification == "renaming" for form in group.forms):
        return False
    dates = stretches(text, language)
    return bool(dates) and all(stretch.last for stretch in dates)


def _slots(group: Group, corpus: Corpus) -> dict[tuple[str, str], _Slot]:
    found: dict[tuple[str, str], _Slot] = {}
    begins = _beginnings(group)
    for form in group.forms:
        if group.kind != "person" and _is_foreign(form):
            continue
        for occurrence in form.occurrences:
            parts = _parts(form.form, occurrence, begins) if group.kind == "person" else _whole(form.form, occurrence)
            for name, text, span in parts:
                shift = occurrence.start
                place = corpus.place(occurrence.path, shift + span.start, shift + span.end)
                spelling = found.setdefault((place.language, name), {}).setdefault(text, _Spelling(text))
                spelling.add(form, occurrence.path, place, occurrence.text[span.start : span.end])
    return found


def _is_foreign(form: Form) -> bool:
    """Is it a long form that a text quotes in the foreign language, transcribed?"""
    from tolmach.names.variants.acronyms import russian

    return len(form.form.split()) >= _LONG and bool(russian(form.form))


def _beginnings(group: Group) -> frozenset[str]:
    """The words that begin full names of the group and end none, as the surname does in Chinese."""
    names = [form.form.split() for form in group.forms]
    full = [name for name in names if len(name) > 1]
    return frozenset(name[0] for name in full) - {name[-1] for name in full}


def _parts(base: str, occurrence: Occurrence, begins: frozenset[str]) -> Iterator[tuple[str, str, Span]]:
    """Slot, spelling and place of each part of a person's name; the name as a whole where parts cannot be told."""
    words = base.split()
    printed = [Span(*found.span()) for found in _WORD.finditer(occurrence.text)]
    if len(words) != len(printed):
        yield f"whole {len(words)}", base, Span(0, len(occurrence.text))
        return
    last = len(words) - 1
    for number, (word, span) in enumerate(zip(words, printed, strict=True)):
        if number == last:
            name = "first" if not number and word in begins else "last"
        else:
            name = "first" if not number else f"{number} of {len(words)}"
        yield name, word, span


def _whole(base: str, occurrence: Occurrence) -> Iterator[tuple[str, str, Span]]:
    from tolmach.names.variants.acronyms import is_short

    name = "short" if is_short(base) else "long" if len(base.split()) >= _LONG else "name"
    yield name, base, Span(0, len(occurrence.text))


def _marked(slot: _Slot, kind: str) -> Iterator[Mark]:
    total = Counter({text: one.count for text, one in slot.items()})
    paths = sorted({path for one in slot.values() for path in one.places})
    for path in paths:
        here = [one for one in slot.values() if path in one.places]
        counts = Counter({one.text: len(one.places[path]) for one in here})
        mixed = [pair for pair in _against(here, counts, total) if kind != "person" or _are_alike(*pair)]
        if mixed:
            for one, winner in mixed:
                yield from _within(one, winner, path, kind)
        else:
            yield from _across(here, slot, total, path, kind)


def _against(
    spellings: list[_Spelling], count: Counter[str], total: Counter[str]
) -> Iterator[tuple[_Spelling, _Spelling]]:
    """Each spelling in the minority, with the one that it should be."""

    def rank(one: _Spelling) -> tuple[bool, bool, int, int, bool, bool, str]:
        is_wrong, is_main = one.classification == "error", one.classification == "main"
        return not one.wanted, is_wrong, -count[one.text], -total[one.text], one.past, not is_main, one.text

    ordered = sorted(spellings, key=rank)
    winner = ordered[0]
    for one in ordered[1:]:
        if not one.wanted and _relation(one, winner) != "main":
            yield one, _nearest(one, winner, ordered)


def _nearest(one: _Spelling, winner: _Spelling, ordered: list[_Spelling]) -> _Spelling:
    """Of several main forms the one that the spelling looks like."""
    from tolmach.names.variants.likeness import distance

    if winner.classification != "main" or winner.wanted:
        return winner
    mains = [other for other in ordered if other.classification == "main"]
    return min(mains, key=lambda other: distance(one.text, other.text))


def _are_alike(one: _Spelling, winner: _Spelling) -> bool:
    """Can two parts of a person's name be one? Names of three parts may have other ones at the same place."""
    from tolmach.names.compare import compare
    from tolmach.names.variants.likeness import distance

    is_slip = min(len(one.text), len(winner.text)) >= _SLIPS and distance(one.text, winner.text) <= 2
    return is_slip or compare(one.text, winner.text, "person").score >= _ALIKE


def _relation(one: _Spelling, winner: _Spelling) -> str:
    """What the two are to each other: the graver of what each is beside the main form.

    A name and its official long form («Tschechien», «Tschechische Republik») are both right.
    """
    found = max(one.classification, winner.classification, key=_GRAVITY.index)
    is_longer = len(one.text.split()) != len(winner.text.split())
    return "main" if found == "exonym" and is_longer else found


def _reason(one: _Spelling, winner: _Spelling) -> str:
    return (one if one.classification != "main" and _relation(one, winner) == one.classification else winner).reason


def _within(one: _Spelling, winner: _Spelling, path: str, kind: str) -> Iterator[Mark]:
    first = min((place for place, _printed in winner.places[path]), key=lambda place: (place.position, place.span))
    how = "mostly" if len(winner.places[path]) > len(one.places[path]) else "also"
    yield from _all(one, winner, path, kind, first, "glossary" if winner.wanted else how)


def _across(here: list[_Spelling], slot: _Slot, total: Counter[str], path: str, kind: str) -> Iterator[Mark]:
    """Where a text is consistent in itself but most others write otherwise."""
    for one, winner in _against(list(slot.values()), total, total):
        relation = _relation(one, winner)
        if kind == "person" and not _are_alike(one, winner):
            continue
        is_outvoted = winner.wanted or total[winner.text] > total[one.text] or relation == "error"
        if one in here and path not in winner.places and is_outvoted and relation != "renaming":
            yield from _all(one, winner, path, kind, None, "glossary" if winner.wanted else "mostly")


def _all(one: _Spelling, winner: _Spelling, path: str, kind: str, first: Place | None, how: str) -> Iterator[Mark]:
    relation, reason = _relation(one, winner), _reason(one, winner)
    for place, printed in one.places[path]:
        yield Mark(place, printed, one.text, winner.text, kind, relation, reason, first, how)
