"""Which names are one: links join them, the strongest first, unless something known speaks against it.

The answer does not depend on the order of texts or mentions: names are put in order first, and links by strength.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tolmach.messages import _
from tolmach.names.variants import acronyms, bearers, known
from tolmach.names.variants.gathering import Name
from tolmach.names.variants.likeness import fitting, part_of, two_parts
from tolmach.names.variants.links import Link, links
from tolmach.names.variants.settling import settled, unsaid

_DIFFERENT = 0.2  # score of a comparison
_ONE_TEXT, _ANY_TEXT = 0.95, 0.8
_FEW_TEXTS, _FEW_PEOPLE = 25, 400
"""Few texts about few people are about one thing: a surname means the same person without a text that names him. In
2.8 MB of newspaper sentences about anything (4,000 people) only every second surname meant the bearer of another text.
"""
_FAR_MORE, _NEARLY_ALL = 3, 0.8
_SURE = 0.99
_PERSON, _OTHER = "person", "other"
_CERTAIN = frozenset(("established", "acronym", "spelling"))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Names of one thing, the links that hold them together, and the probability that all of them belong together."""

    names: tuple[Name, ...]
    links: tuple[Link, ...]
    confidence: float


def cluster(names: Iterable[Name]) -> list[Cluster]:
    """The names in groups, each group in order of its most frequent name."""
    ordered = settled(names)
    ordered = sorted((*ordered, *unsaid(ordered)), key=lambda one: one.key)
    forest = _Forest(ordered, list(links(ordered)))
    forest.join_all()
    forest.join_surnames()
    return sorted(forest.clusters(), key=lambda one: (-sum(name.count for name in one.names), one.names[0].key))


class _Forest:
    """Names in trees of links; two trees become one where nothing speaks against it."""

    def __init__(self, names: Sequence[Name], found: Sequence[Link]) -> None:
        self._names = names
        self._links = sorted(found, key=lambda one: (-one.strength, one.left, one.right, one.why, one.reason))
        self._linked = {(one.left, one.right): one.why for one in reversed(self._links)}
        self._root = list(range(len(names)))
        self._members = {place: [place] for place in range(len(names))}
        self._used: dict[int, list[Link]] = {}
        texts = len({path for name in names for path in name.sources})
        people = sum(name.kind == _PERSON and bearers.is_full(name.base) for name in names)
        self._is_small = texts <= _FEW_TEXTS and people <= _FEW_PEOPLE
        self._alone = {parts for name in names if len(parts := bearers.parts(name.base)) == 1}

    def join_all(self) -> None:
        """Join the trees of linked names, the strongest links first."""
        for link in self._links:
            self._join(link)

    def _find(self, place: int) -> int:
        while self._root[place] != place:
            self._root[place] = place = self._root[self._root[place]]
        return place

    def _join(self, link: Link) -> None:
        first, second = sorted((self._find(link.left), self._find(link.right)))
        if first == second:
            return
        pairs = ((one, other) for one in self._members[first] for other in self._members[second])
        if any(self._apart(*sorted(pair)) for pair in pairs):
            return
        self._root[second] = first
        self._members[first] = sorted(self._members[first] + self._members.pop(second))
        self._used[first] = [*self._used.pop(first, ()), *self._used.pop(second, ()), link]

    def _apart(self, left: int, right: int) -> bool:
        return apart(self._names[left], self._names[right], self._linked.get((left, right), ""))

    def join_surnames(self) -> None:
        """Join surnames with the only person who bears them, as far as these texts know, the longer names first."""
        by_part: dict[str, list[int]] = {}
        for place, name in enumerate(self._names):
            if name.kind == _PERSON and bearers.is_full(name.base):
                for part in set(bearers.parts(name.base)):
                    by_part.setdefault(part, []).append(place)
        shorts = [place for place, name in enumerate(self._names) if name.kind in (_PERSON, _OTHER)]
        shorts.sort(key=lambda place: (-len(bearers.parts(self._names[place].base)), place))
        for place in shorts:
            self._join_surname(place, by_part)

    def _join_surname(self, place: int, by_part: dict[str, list[int]]) -> None:
        own = self._members[self._find(place)]
        full = self._bearers(own, by_part, bearers.may_bear)
        begins = not full
        full = full or self._bearers(own, by_part, self._begins)
        roots: dict[int, list[int]] = {}
        for other in sorted(full):
            roots.setdefault(self._find(other), []).append(other)
        roots.pop(self._find(place), None)
        found = self._only(own, roots)
        if found is None:
            return
        shares = bool(self._sources(own) & self._sources(self._members[found]))
        if not shares and (begins or not self._is_small):
            return
        bearer = max(roots[found], key=lambda other: (self._names[other].count, -other))
        told = _("{full} is the only one of that name in these texts")
        if len(roots) > 1:
            told = _("of that name these texts mean {full}")
        left, right = sorted((place, bearer))
        strength = _ONE_TEXT if shares and len(roots) == 1 else _ANY_TEXT
        self._join(Link(left, right, strength, "surname", told.format(full=self._names[bearer].base)))

    def _bearers(self, own: list[int], by_part: dict[str, list[int]], bears: Callable[[str, str], bool]) -> set[int]:
        return {
            other
            for short in own
            if not acronyms.is_short(self._names[short].base)
            for part in bearers.parts(self._names[short].base)[-1:]
            for other in by_part.get(part, ())
            if bears(self._names[other].base, self._names[short].base)
        }

    def _begins(self, full: str, short: str) -> bool:
        """Does the name begin with the surname? Then nobody uses its end alone."""
        return bearers.may_begin(full, short) and bearers.parts(full)[-1:] not in self._alone

    def _only(self, own: list[int], roots: dict[int, list[int]]) -> int | None:
        """The only tree that a surname can belong to: of several bearers the only one whom its texts name in full.

        Who is named far more often than all other bearers, and in nearly all of its texts, is meant by the surname.
        """
        if len(roots) < 2:
            return next(iter(roots), None)
        texts = self._sources(own)
        shared = {root: len(texts & self._sources(self._members[root])) for root in roots}
        near = [root for root, count in shared.items() if count]
        if len(near) == 1 and shared[near[0]] == len(texts):
            return near[0]
        counts = sorted(
            ((sum(self._names[place].count for place in roots[root]), root) for root in roots), reverse=True
        )
        (most, first), (other, _second) = counts[:2]
        is_leading = most >= _FAR_MORE * other and shared[first] >= _NEARLY_ALL * len(texts)
        return first if is_leading else None

    def _sources(self, places: Iterable[int]) -> set[str]:
        return {path for place in places for path in self._names[place].sources}

    def clusters(self) -> list[Cluster]:
        """The trees, each with its names in order of their number."""
        found = []
        for root, members in self._members.items():
            said = (self._names[place] for place in members if self._names[place].count)
            names = sorted(said, key=lambda one: (-one.count, one.key))
            if not names:
                continue
            used = tuple(self._needed(self._used.get(root, [])))
            found.append(Cluster(tuple(names), used, _together(used, names[0].kind)))
        return found

    def _needed(self, used: list[Link]) -> list[Link]:
        """The links without those that lead to nothing but a name that never stands alone."""
        while True:
            ends = Counter(place for link in used for place in (link.left, link.right))
            loose = {place for place, count in ends.items() if count == 1 and not self._names[place].count}
            if not loose:
                return used
            used = [link for link in used if not loose & {link.left, link.right}]


def _together(used: Sequence[Link], kind: str) -> float:
    """A group is as sure as its weakest link, a name alone as its kind.

    The links of a group are no independent trials: of 182 groups read (docs/news-groups.tsv) those with many links were
    right as often as those with one.
    """
    return round(min((one.strength for one in used), default=_SURE if kind != _OTHER else 0.9), 4)


def apart(left: Name, right: Name, why: str = "") -> bool:
    """Can the two not be one, whatever else links them? `why` is the kind of evidence that links them directly."""
    if not fitting(left, right) or bearers.ordinals(left.base) != bearers.ordinals(right.base):
        return True
    if why in _CERTAIN:
        return left.kind == "place" and two_parts(left.base, right.base)
    if _PERSON in (left.kind, right.kind):
        return _other_person(left.base, right.base, why)
    if known.strangers(left.base, right.base):
        return True
    return not why and (part_of(left.base, right.base) or _other_acronym(left, right))


def _other_person(left: str, right: str, why: str) -> bool:
    if bearers.couple(left, right):
        return True
    if not (bearers.is_full(left) and bearers.is_full(right)):
        return False
    if why:
        return known.strangers(left, right)
    is_part = any(
        bears(*pair) for bears in (bearers.may_bear, bearers.may_begin) for pair in ((left, right), (right, left))
    )
    return not is_part and _score(left, right) < _DIFFERENT


def _other_acronym(left: Name, right: Name) -> bool:
    """Two acronyms of different letters, of which nothing is known, not even one long form of both."""
    if not (acronyms.is_short(left.base) and acronyms.is_short(right.base)) or left.companions & right.companions:
        return False
    is_known = known.entities(left.base) or known.entities(right.base)
    return not is_known and sorted(left.base) != sorted(right.base)


@lru_cache(maxsize=1 << 14)
def _score(left: str, right: str) -> float:
    from tolmach.names.compare import compare

    return compare(left, right, _PERSON).score
