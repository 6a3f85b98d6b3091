"""Comparisons of two spellings, most made in blocks before they are asked for: one alone takes ten times as long.

What is prepared never changes an answer, so it need not be all that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tolmach.names.variants import bearers
from tolmach.names.variants.gathering import Name
from tolmach.names.variants.likeness import letters

if TYPE_CHECKING:
    from tolmach.names.compare import Comparison

Steps = list[tuple[int, int, float]]
_MANY = 1 << 15
_PERSON = "person"
_LIKELY = 0.1  # score from which the originals of two spellings may be asked for

_compared: dict[tuple[str, str, str], Comparison] = {}
_aligned: dict[tuple[str, str], Steps] = {}


def comparison(left: str, right: str, kind: str) -> Comparison:
    """The comparison of two spellings of names of a kind."""
    from tolmach.names.compare import compare

    return _compared.get((left, right, kind)) or compare(left, right, kind)


def alignment(left: str, right: str, kind: str) -> Steps:
    """The steps that align two plain spellings in Latin letters."""
    turn = left > right
    found = _aligned.get((right, left) if turn else (left, right))
    if found is None:
        _align([(right, left) if turn else (left, right)], kind)
        found = _aligned[(right, left) if turn else (left, right)]
    return [(second, first, weight) for first, second, weight in found] if turn else found


def prepare(found: Iterable[tuple[Sequence[Name], Name]]) -> None:
    """Compare what the classification of these groups of names, each with its main form, is likely to ask for."""
    from tolmach.names.compare import compare_all

    asked: dict[str, dict[tuple[str, str], None]] = {}
    for names, main in found:
        kind = _PERSON if any(name.kind == _PERSON for name in names) else main.kind
        asked.setdefault(kind, {}).update(dict.fromkeys(_pairs(names, main, kind)))
    if len(_compared) > _MANY:
        _compared.clear()
        _aligned.clear()
    for kind, pairs in asked.items():
        likely = []
        for pair, answer in zip(pairs, compare_all(pairs, kind), strict=True):
            _compared[*pair, kind] = answer
            if answer.score > _LIKELY:
                likely.append(pair)
        _align(_plain(likely), kind)


def _pairs(names: Sequence[Name], main: Name, kind: str) -> Iterator[tuple[str, str]]:
    if kind != _PERSON:
        yield from ((name.base, main.base) for name in names if letters(name.base) != letters(main.base))
        return
    full = next((name.base for name in names if bearers.is_full(name.base)), "")
    usual = dict.fromkeys((*_words(main.base), *_words(full)))
    for name in names:
        yield from ((word, other) for word in _words(name.base) if word not in usual for other in usual)


def _words(name: str) -> tuple[str, ...]:
    return bearers.words(bearers.without_articles(name))


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
