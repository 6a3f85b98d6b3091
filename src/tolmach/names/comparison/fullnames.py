"""Full names by their parts: who shares only a given name is somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from tolmach.files import load_table
from tolmach.names.comparison.spelling import plain, units

MOST_PARTS = 5
PART_OF_NAME, GIVEN_ALONE = -0.4, -1.6
"""At most so much for a surname, or a given name, beside a full name: it may be anybody who bears it."""

_LOWEST, _HIGHEST = -6.0, 4.0
_SWAPPED = 0.7


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two parts agree: the log-odds that they are one name, and their alignment's weight for each unit."""

    odds: float
    support: float


EQUAL, INITIAL, OTHER_INITIAL = Agreement(6.0, 1.3), Agreement(0.5, 0.6), Agreement(-4.0, -0.6)
"""Equal parts, an initial beside a name that begins with it, and one beside any other name."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The best way to put the parts of two names side by side."""

    pairs: tuple[tuple[int, int], ...]
    agreements: tuple[Agreement, ...]
    swapped: bool
    left_over: tuple[str, ...]

    @property
    def weakest(self) -> float:
        """The log-odds of the two parts that agree least."""
        return min(agreement.odds for agreement in self.agreements)


def parts(text: str) -> tuple[str, ...]:
    """The plain parts of a full name, particles aside; a comma after the surname is understood.

    >>> parts("Токаев, К. К."), parts("Ursula von der Leyen")
    (('к', 'к', 'токаев'), ('ursula', 'leyen'))
    """
    return tuple(part for part, _word in _parts(text))


def written_parts(text: str) -> tuple[str, ...]:
    """The same parts as they are written.

    >>> written_parts("Ursula von der Leyen")
    ('Ursula', 'Leyen')
    """
    return tuple(word for _part, word in _parts(text))


def _parts(text: str) -> list[tuple[str, str]]:
    surname, comma, rest = text.partition(",")
    words = (f"{rest} {surname}" if comma and rest.strip() else text).replace(".", " ").split()
    found = [(part, word) for word in words if (part := plain(word))]
    named = [pair for pair in found if pair[0] not in _words("particles")]
    return (named or found)[:MOST_PARTS]


def match(left: Sequence[str], right: Sequence[str], agree: Callable[[str, str], Agreement]) -> Matching:
    """Each part of the shorter name beside a part of the longer one, so that the sum of log-odds is greatest."""
    if len(left) > len(right):
        turned = match(right, left, lambda first, second: agree(second, first))
        return Matching(
            tuple((second, first) for first, second in turned.pairs),
            turned.agreements,
            turned.swapped,
            turned.left_over,
        )
    table = [[agree(first, second) for second in right] for first in left]
    odds = [[min(max(cell.odds, _LOWEST), _HIGHEST) for cell in row] for row in table]
    best: tuple[float, tuple[int, ...]] = (float("-inf"), ())
    for order in permutations(range(len(right)), len(left)):
        total = sum(row[place] for row, place in zip(odds, order, strict=True))
        # The order as it stands comes first; another one must be clearly better.
        total -= 1.5 * (list(order) != sorted(order))
        best = max(best, (total, order), key=lambda choice: choice[0])
    order = best[1]
    return Matching(
        pairs=tuple(enumerate(order)),
        agreements=tuple(row[place] for row, place in zip(table, order, strict=True)),
        swapped=list(order) != sorted(order),
        left_over=tuple(part for place, part in enumerate(right) if place not in order),
    )


def is_initial(part: str) -> bool:
    """Is a plain part of a name one unit: `k`, `sh`?"""
    return len(units(part)) == 1


def is_patronymic(part: str) -> bool:
    """Does a plain part of a name end like a patronymic?"""
    return part.endswith(_words("patronymics"))


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(load_table("tolmach.names.comparison", "parts.toml")[name])


def missing(matching: Matching) -> float:
    """What parts without a partner take from the log-odds: a patronymic may be left out, a middle name less so."""
    return sum(0.0 if is_initial(part) or is_patronymic(part) else 1.0 for part in matching.left_over)


def together(
    matching: Matching, whole: float, sides: tuple[Sequence[str], Sequence[str]], learned: Sequence[float]
) -> float:
    """The log-odds of two full names from those of their parts and of the spellings as a whole.

    `learned` holds a constant and the weights of `numbers`.
    """
    count, other = sorted(map(len, sides))
    if count == 1:
        # The whole spellings agree if one side only runs the parts together: Kara Balta, Karabalta.
        return whole if whole > 0 and _as_long(sides) else _part_beside_full_name(matching, sides)
    # Parts without a partner, and another order, make the whole spellings unlike.
    total = whole if count == other and not matching.swapped else matching.weakest
    constant, *weights = learned
    odds = constant + sum(
        weight * number for weight, number in zip(weights, numbers(matching.agreements, total), strict=True)
    )
    odds -= missing(matching) + _SWAPPED * matching.swapped
    return float(odds if count == other or whole < odds else whole)


def _as_long(sides: tuple[Sequence[str], Sequence[str]]) -> bool:
    left, right = (sum(map(len, side)) for side in sides)
    return 4 * min(left, right) >= 3 * max(left, right)


def numbers(agreements: Sequence[Agreement], whole: float) -> tuple[float, ...]:
    """What is weighed: log-odds (of the weakest part, on average, as a whole), support (weakest, on average)."""
    odds = [min(max(agreement.odds, _LOWEST), _HIGHEST) for agreement in agreements]
    support = [agreement.support for agreement in agreements]
    return (
        min(odds),
        sum(odds) / len(odds),
        min(max(whole, _LOWEST), _HIGHEST),
        min(support),
        sum(support) / len(support),
    )


def _part_beside_full_name(matching: Matching, sides: tuple[Sequence[str], Sequence[str]]) -> float:
    longer = max(sides, key=len)
    partner = next((part for part in longer if part not in matching.left_over), longer[-1])
    most = PART_OF_NAME if partner == longer[-1] else GIVEN_ALONE
    return min(matching.weakest, most)
