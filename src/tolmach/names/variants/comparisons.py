"""Comparisons of two spellings, most made in blocks before they are asked for: one alone takes ten times as long.

What is prepared never changes an answer, so it need not be all that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tolmach.names.compare import Comparison

Steps = list[tuple[int, int, float]]
_MANY = 1 << 15
_LIKELY = 0.1  # score from which the originals of two spellings may be asked for

_scores: dict[tuple[str, str, str], float] = {}
_compared: dict[tuple[str, str, str], Comparison] = {}
_aligned: dict[tuple[str, str], Steps] = {}


def score(left: str, right: str, kind: str) -> float:
    """The score of two spellings of names of a kind."""
    if (left, right, kind) not in _scores:
        prepare([(left, right, kind)])
    return _scores[left, right, kind]


def comparison(left: str, right: str, kind: str) -> Comparison:
    """The comparison of two spellings of names of a kind."""
    from tolmach.names.compare import compare

    found = _compared.get((left, right, kind))
    if found is None:
        found = _compared[left, right, kind] = compare(left, right, kind)
    return found


def alignment(left: str, right: str, kind: str) -> Steps:
    """The steps that align two plain spellings in Latin letters."""
    turn = left > right
    found = _aligned.get((right, left) if turn else (left, right))
    if found is None:
        _align([(right, left) if turn else (left, right)], kind)
        found = _aligned[(right, left) if turn else (left, right)]
    return [(second, first, weight) for first, second, weight in found] if turn else found


def prepare(asked: Iterable[tuple[str, str, str]]) -> None:
    """Score pairs of spellings, with their kinds, that will be asked for; compare and align those that may be one."""
    from tolmach.names.compare import compare_all, score_all

    if len(_scores) > _MANY:
        _scores.clear()
        _compared.clear()
        _aligned.clear()
    by_kind: dict[str, dict[tuple[str, str], None]] = {}
    for left, right, kind in asked:
        if (left, right, kind) not in _scores:
            by_kind.setdefault(kind, {})[left, right] = None
    for kind, pairs in by_kind.items():
        _scores.update(((*pair, kind), one) for pair, one in zip(pairs, score_all(pairs, kind), strict=True))
        likely = [pair for pair in pairs if _scores[*pair, kind] > _LIKELY]
        _compared.update(((*pair, kind), one) for pair, one in zip(likely, compare_all(likely, kind), strict=True))
        _align(_plain(likely), kind)


def _plain(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The plain spellings of the pairs in Latin letters, in a fixed order."""
    from tolmach.names.comparison.spelling import is_cyrillic, plain

    found = (sorted((plain(left), plain(right))) for left, right in pairs)
    return [(left, right) for left, right in found if left and right and not is_cyrillic(left + right)]


def _align(pairs: Iterable[tuple[str, str]], kind: str) -> None:
    from tolmach.names.comparison.pool import Pool

    pool = Pool(kind)
    numbers = {pair: pool.ask(pair) for pair in pairs if pair not in _aligned}
    pool.judge()
    _aligned.update((pair, pool.steps(number)) for pair, number in numbers.items())
